"""GitHub as we use it: one repository's pull requests, comments and issues; values in and values out."""

from collections.abc import Callable

from generator.clients.github.client import GitHub
from generator.clients.github.model import Comment, GitHubIssue, PullRequest, Remark, ReviewComment
from generator.clients.http import RetryPolicy
from generator.settings.load.github import Repository

__all__ = [
    "Comment",
    "GitHub",
    "GitHubIssue",
    "PullRequest",
    "Remark",
    "Repository",
    "RetryPolicy",
    "ReviewComment",
    "connect",
]


def connect(
    connection: Repository, *, waits: RetryPolicy | None = None, log: Callable[[str], None] | None = None
) -> GitHub:
    """A client of one repository; nothing is asked yet. `` gets a sentence when it waits."""
    return GitHub(connection, waits=waits, log=log)
