"""Jira as we use it: one client for Cloud and Data Center, values in and values out."""

from collections.abc import Callable

from generator.clients.http import Waits
from generator.clients.jira.client import Jira
from generator.clients.jira.model import (
    Account,
    Created,
    Fetched,
    Field,
    FieldMeta,
    Issue,
    IssueLink,
    IssueType,
    LinkType,
    RemoteLink,
    Status,
    Transition,
)
from generator.settings.jira import Connection

__all__ = [
    "Account",
    "Created",
    "Fetched",
    "Field",
    "FieldMeta",
    "Issue",
    "IssueLink",
    "IssueType",
    "Jira",
    "LinkType",
    "RemoteLink",
    "Status",
    "Transition",
    "Waits",
    "connect",
]


def connect(connection: Connection, *, waits: Waits | None = None, log: Callable[[str], None] | None = None) -> Jira:
    """A client of the Jira of a connection; nothing is asked yet. `log` is told, in words, when it waits."""
    return Jira(connection, waits=waits, log=log)
