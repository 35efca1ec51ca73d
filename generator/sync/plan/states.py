"""What the other side's states mean for an action item, and the other way round."""

from generator.document.model import ActionStatus
from generator.settings.jira import JiraSettings
from generator.sync.plan.snapshot import Remote

OF_CATEGORY = {
    "new": ActionStatus.OPEN,
    "indeterminate": ActionStatus.IN_PROGRESS,
    "done": ActionStatus.COMPLETED,
}
CATEGORY_OF = {
    ActionStatus.OPEN: "new",
    ActionStatus.IN_PROGRESS: "indeterminate",
    ActionStatus.COMPLETED: "done",
    ActionStatus.WONT_DO: "done",
}


def item_status(remote: Remote, settings: JiraSettings) -> ActionStatus | None:
    """How far an item is, by the category of its ticket's status and never by its name; None where that says nothing."""
    found = OF_CATEGORY.get(remote.category)
    given_up = {word.casefold() for word in settings.wont_do}
    if found is ActionStatus.COMPLETED and (remote.given_up or remote.resolution.casefold() in given_up):
        return ActionStatus.WONT_DO
    return found
