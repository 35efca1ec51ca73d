"""The only client of other systems' HTTP interfaces: bounded, patient, and silent about credentials."""

from generator.clients.http.auth import Auth
from generator.clients.http.client import RestClient
from generator.clients.http.response import Response
from generator.clients.http.retry import RetryPolicy

__all__ = ["Auth", "Response", "RestClient", "RetryPolicy"]
