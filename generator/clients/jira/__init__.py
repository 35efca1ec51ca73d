"""Jira as we use it: one client for Cloud and Data Center, values in and values out."""

from collections.abc import Callable

from generator.clients.http import RetryPolicy
from generator.clients.jira.client import Jira
from generator.clients.jira.model import (
    Created,
    Fetched,
    FieldMeta,
    IssueLink,
    IssueType,
    JiraField,
    JiraIssue,
    JiraStatus,
    JiraUser,
    LinkType,
    RemoteLink,
    Transition,
)
from generator.settings.jira import Connection

__all__ = [
    "Created",
    "Fetched",
    "FieldMeta",
    "IssueLink",
    "IssueType",
    "Jira",
    "JiraField",
    "JiraIssue",
    "JiraStatus",
    "JiraUser",
    "LinkType",
    "RemoteLink",
    "RetryPolicy",
    "Transition",
    "connect",
]


def connect(
    connection: Connection, *, waits: RetryPolicy | None = None, log: Callable[[str], None] | None = None
) -> Jira:
    """A client of the Jira of a connection; nothing is asked yet. `` gets a sentence when it waits."""
    return Jira(connection, waits=waits, log=log)
