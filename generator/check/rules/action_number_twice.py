"""No two action items have the same number."""

from collections.abc import Iterator

from generator.check.rule import ALWAYS_ERROR, Context, Hit, Rule
from generator.check.rules.numbers import next_free
from generator.document.parse import Document


def check(document: Document, context: Context) -> Iterator[Hit]:
    """Each number that was used further up already."""
    seen: dict[int, int] = {}
    free = next_free(document, context.base)
    for item in document.postmortem.actions:
        if item.number is None:
            continue
        if item.number in seen:
            message = f"The number {item.number} stands on line {seen[item.number]} already."
            yield Hit(item.line, message, f"Give the newer of the two the number {free}, which is free.")
            free += 1
        else:
            seen[item.number] = item.line


RULE = Rule(
    id="action-number-twice",
    title="No two action items have the same number",
    why="Two items with one number share a ticket and a place in the tracker, so one of them is lost.",
    before="| 2 | Retry at most once | amara.okafor | ...\n| 2 | Alert on pool saturation | jose.alvarez | ...",
    after="| 2 | Retry at most once | amara.okafor | ...\n| 3 | Alert on pool saturation | jose.alvarez | ...",
    check=check,
    **ALWAYS_ERROR,
)
