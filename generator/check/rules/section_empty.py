"""A section holds something."""

from collections.abc import Iterator

from generator.check.rule import AT_MOST_WARNING, Context, Hit, Rule
from generator.check.text import reading
from generator.document.parse import Document

# Their own rules say what belongs there.
_ELSEWHERE = {"lucky", "timeline", "action-items", "contributing-factors"}


def check(document: Document, context: Context) -> Iterator[Hit]:  # noqa: ARG001 - the shape of every check
    """Each heading without anything below it."""
    seen = reading(document)
    for part in seen.parts:
        if part.level > 1 and part.title and part.key not in _ELSEWHERE and seen.is_empty(part):
            yield Hit(part.line, f"There is nothing below “{part.title}”.", "Fill it, or remove the heading.")


RULE = Rule(
    id="section-empty",
    title="A section holds something",
    why="An empty section looks as if something were known that is not written down.",
    before="## Resolution\n\n## Action items",
    after="## Resolution\n\nBuilding the missing index ended the errors within two minutes.\n\n## Action items",
    check=check,
    **AT_MOST_WARNING,
)
