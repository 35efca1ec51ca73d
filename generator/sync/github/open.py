"""Opening the archive's repositories as a tracker."""

from collections.abc import Callable

from generator.clients.github.issues import GitHubIssues
from generator.settings import load
from generator.sync.github import GitHubTracker


def open_tracker(config: load.Config, log: Callable[[str], None] | None = None) -> GitHubTracker | None:
    """The repositories whose issues action items become, or None where no tracker is github; nothing is asked yet.

    Raises UsageError where GITHUB_TOKEN is missing or an address cannot be right.
    """
    repositories = load.trackers(config.settings)
    clients = [GitHubIssues(one, log=log) for one in repositories]
    return GitHubTracker(clients, config.settings) if clients else None
