"""There are not more action items than get done."""

from collections.abc import Iterator

from generator.check.rule import LATE_WARNING, Context, Hit, Rule
from generator.document.parse import Document

MOST = 10


def check(document: Document, context: Context) -> Iterator[Hit]:  # noqa: ARG001 - the shape of every check
    """More than ten items, on the first that is too many; those that are done or dropped count too."""
    items = document.postmortem.actions
    if len(items) > MOST:
        hint = "Five that get done beat fifteen that do not. Which would prevent, detect or soften the most?"
        yield Hit(items[MOST].line, f"There are {len(items)} action items.", hint)


RULE = Rule(
    id="actions-many",
    title="There are at most ten action items",
    why="Long lists are not worked off. The items that matter drown among those that were easy to write down.",
    before="17 rows, from “Rewrite the client” to “Fix a typo in the runbook”.",
    after="The five that prevent, detect or soften the most; the others as ordinary tickets.",
    check=check,
    **LATE_WARNING,
)
