"""Doors through which postmortems go out: one room per system that keeps issues or pages."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.settings.jira import Connection
    from generator.settings.load.github import Repository
    from generator.settings.model import Settings
    from generator.sync.confluence import ConfluenceTarget
    from generator.sync.github import GitHubTarget
    from generator.sync.jira import JiraTarget


def open_jira(
    connection: "Connection", settings: "Settings", *, log: Callable[[str], None] | None = None
) -> "JiraTarget":
    """The Jira of a connection as a place where postmortems are kept; nothing is asked yet."""
    from generator.clients.jira import connect
    from generator.document.links import page_of
    from generator.sync.jira import JiraTarget

    return JiraTarget(connect(connection, log=log), settings, lambda name: page_of(name, settings.url))


def open_confluence(
    connection: "Connection", settings: "Settings", *, log: Callable[[str], None] | None = None
) -> "ConfluenceTarget":
    """The Confluence of a connection as a place where postmortems have their pages; nothing is asked yet."""
    from generator.clients.confluence import connect
    from generator.sync.confluence import ConfluenceTarget

    return ConfluenceTarget(connect(connection, log=log), settings)


def open_github(
    repositories: "Iterable[Repository]", settings: "Settings", *, log: Callable[[str], None] | None = None
) -> "GitHubTarget":
    """Repositories on GitHub as places where action items are kept; nothing is asked yet."""
    from generator.clients.github.issues import GitHubIssues
    from generator.sync.github import GitHubTarget

    return GitHubTarget([GitHubIssues(one, log=log) for one in repositories], settings)
