"""Opening the archive's Jira as a tracker."""

from collections.abc import Callable

from generator.clients.jira import connect
from generator.document.links import page_of
from generator.document.tickets import JIRA
from generator.settings import load
from generator.settings.model import Settings
from generator.sync.jira import JiraTracker


def open_tracker(config: load.Config, log: Callable[[str], None] | None = None) -> JiraTracker | None:
    """The Jira that is set up, or None; nothing is asked yet.

    Raises UsageError where its address or the credentials cannot be right.
    """
    settings = config.settings
    # An address of Jira alone may be there to draft from; where things are kept elsewhere, it needs a project too.
    if not settings.jira.project and (_other_trackers(settings) or load.confluence(settings)):
        return None
    connection = load.jira(settings)
    if connection is None:
        return None
    return JiraTracker(connect(connection, log=log), settings, lambda name: page_of(name, settings.url))


def _other_trackers(settings: Settings) -> bool:
    return any(name != JIRA for name in settings.trackers_named())
