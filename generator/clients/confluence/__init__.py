"""Confluence as we use it: one client for Cloud and Data Center, values in and values out."""

from collections.abc import Callable

from generator.clients.confluence.client import Confluence
from generator.clients.confluence.model import ConfluencePage, Property, Space, Stub, Writing
from generator.clients.http import RetryPolicy
from generator.settings.jira import Connection

__all__ = ["Confluence", "ConfluencePage", "Property", "RetryPolicy", "Space", "Stub", "Writing", "connect"]


def connect(
    connection: Connection, *, waits: RetryPolicy | None = None, log: Callable[[str], None] | None = None
) -> Confluence:
    """A client of the Confluence of a connection; nothing is asked yet. `` gets a sentence when it waits."""
    return Confluence(connection, waits=waits, log=log)
