"""The sections stand in the order that readers know."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from generator.check.rule import LATE_WARNING, Context, Hit, Rule
from generator.check.rules.sections_required import NAMES, kind
from generator.check.text import SectionPart, reading
from generator.document.parse import Document

ORDER = tuple(NAMES)
# A security review follows its steps, in which the impact comes after the cause.
SECURITY_ORDER = ("summary", "timeline", "root-cause", "action-items", "lessons-learned")


def check(document: Document, context: Context) -> Iterator[Hit]:  # noqa: ARG001 - the shape of every check
    """Each section that would have to move, as few as possible."""
    order = SECURITY_ORDER if kind(document) == "security" else ORDER
    first: dict[str, SectionPart] = {}
    for part in reading(document).parts:
        if part.key in order and part.key not in first and part.level <= 2:
            first[part.key] = part
    placed = sorted(first.values(), key=lambda part: part.line)
    positions = [_place(order, part.key) for part in placed]
    kept = _longest_rising(positions)
    for index, part in enumerate(placed):
        if index not in kept:
            behind = [other for other in placed if _place(order, other.key) < _place(order, part.key)]
            nearest = max(behind, key=lambda other: order.index(other.key), default=None)
            where = f"behind “{nearest.title}”" if nearest else "to the beginning"
            message = f"“{part.title}” stands in an unusual place."
            yield Hit(part.line, message, f"Move it {where}: {', '.join(NAMES[key] for key in order)}.")


def _place(order: Sequence[str], key: str) -> int:
    """The section's place; what was learned and what is done about it may stand in either order."""
    return order.index("lessons-learned" if key == "action-items" else key)


def _longest_rising(values: Sequence[int]) -> set[int]:
    """The indices of a longest run of these values that never falls, others left out."""
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int] = {}
    for index, value in enumerate(values):
        place = bisect_right(tails, value)
        tails[place : place + 1] = [value]
        ends[place : place + 1] = [index]
        if place:
            before[index] = ends[place - 1]
    kept: set[int] = set()
    index = ends[-1] if ends else -1
    while index >= 0:
        kept.add(index)
        index = before.get(index, -1)
    return kept


RULE = Rule(
    id="sections-order",
    title="The sections stand in the order that readers know",
    why="Someone who reads ten postmortems finds the figures without searching if they always stand in the same place.",
    before="## Root cause\n\n## Action items\n\n## Summary",
    after="## Summary\n\n## Root cause\n\n## Action items",
    check=check,
    **LATE_WARNING,
)
