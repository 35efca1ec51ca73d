"""The one door to other systems' HTTP interfaces: bounded, patient, and silent about credentials."""

from generator.clients.http.auth import Auth
from generator.clients.http.client import Rest
from generator.clients.http.response import Answer
from generator.clients.http.retry import Waits

__all__ = ["Answer", "Auth", "Rest", "Waits"]
