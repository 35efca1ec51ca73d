"""The one door to other systems' HTTP interfaces: bounded, patient, and silent about credentials."""

from generator.rest.answer import Answer
from generator.rest.auth import Auth
from generator.rest.client import Rest
from generator.rest.waits import Waits

__all__ = ["Answer", "Auth", "Rest", "Waits"]
