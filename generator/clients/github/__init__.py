"""GitHub as we use it: one repository's pull requests, comments and issues; values in and values out."""

from collections.abc import Callable

from generator.clients.github.client import GitHub
from generator.clients.github.model import Comment, Issue, Note, Pull, Remark
from generator.clients.http import Waits
from generator.settings.load.github import GitHub as Connection

__all__ = ["Comment", "Connection", "GitHub", "Issue", "Note", "Pull", "Remark", "Waits", "connect"]


def connect(connection: Connection, *, waits: Waits | None = None, log: Callable[[str], None] | None = None) -> GitHub:
    """A client of one repository; nothing is asked yet. `log` is told, in words, when it waits."""
    return GitHub(connection, waits=waits, log=log)
