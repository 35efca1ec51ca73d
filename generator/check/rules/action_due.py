"""Every action item has a due date."""

from collections.abc import Iterator

from generator.check.rule import Context, Hit, Rule
from generator.document.headings import NOBODY
from generator.document.parse import Document


def check(document: Document, context: Context) -> Iterator[Hit]:  # noqa: ARG001 - the shape of every check
    """Each open item without a date, and each date that cannot be read."""
    for item in document.postmortem.actions:
        if item.due is not None:
            continue
        if item.due_text.casefold().strip(" .:") not in NOBODY and not item.due_text.startswith("TODO"):
            yield Hit(item.line, f"{item.due_text!r} is not a date.", "Write it as `2026-03-31`.")
        elif item.status is None or not item.status.done:
            yield Hit(item.line, "This item has no due date.", "By when would it be a pity if it were not done?")


RULE = Rule(
    id="action-due",
    title="Every action item has a due date",
    why="Without a date an item is never late, and so it is never reminded of.",
    before="| 2 | Retry payment requests at most once | amara.okafor | next quarter | open |  |",
    after="| 2 | Retry payment requests at most once | amara.okafor | 2026-04-17 | open |  |",
    check=check,
)
