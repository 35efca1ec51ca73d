"""No action item is due later than the policy allows."""

from collections.abc import Iterator

from generator.check.rule import AT_MOST_WARNING, Context, Hit, Rule
from generator.document.deadlines import due_dates
from generator.document.parse import Document


def check(document: Document, context: Context) -> Iterator[Hit]:
    """Each open item whose date lies behind the latest one that its incident's severity allows."""
    known = document.postmortem
    deadline = due_dates(known, context.settings).action
    if deadline is None:
        return
    for item in known.actions:
        if item.due is not None and item.due > deadline.day and not (item.status is not None and item.status.done):
            message = (
                f"This item is due on {item.due}; {known.severity} allows {deadline.days} days, until {deadline.day}."
            )
            hint = (
                "Is there a smaller step that helps by then? Or silence this with the reason, so that readers know it."
            )
            yield Hit(item.line, message, hint)


RULE = Rule(
    id="action-late",
    title="No action item is due later than the policy allows",
    why="Until the item is done, the same incident can happen again. How long that is acceptable is set for each severity in the `policy` of site_config/archive.yml.",
    before="severity: SEV1\nresolved: 2026-03-17T16:46:00Z\n\n| 6 | Push payment status over one connection | jane.smith | 2027-01-29 | open |  |",
    after="severity: SEV1\nresolved: 2026-03-17T16:46:00Z\n\n| 6 | Push payment status for card payments over one connection | jane.smith | 2026-06-12 | open |  |",
    check=check,
    **AT_MOST_WARNING,
)
