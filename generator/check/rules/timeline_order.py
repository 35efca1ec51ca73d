"""The timeline's rows follow each other."""

from collections.abc import Iterator

from generator.check.rule import Context, Hit, Rule
from generator.document.parse import Document


def check(document: Document, context: Context) -> Iterator[Hit]:  # noqa: ARG001 - the shape of every check
    """Each row that lies before the one above it; a single row in the wrong place is a single finding."""
    above = None
    for entry in document.postmortem.timeline:
        if entry.time is not None:
            if above is not None and entry.time < above:
                message = f"{entry.time_text!r} lies before the row above it ({above:%Y-%m-%d %H:%M} UTC)."
                yield Hit(
                    entry.line, message, "Does one of the two rows belong elsewhere, or is a day or an hour mistyped?"
                )
            above = entry.time


RULE = Rule(
    id="timeline-order",
    title="The timeline's rows are in order",
    why="A row in the wrong place tells a wrong story: the fix seems to come before the alert.",
    before="| 2026-03-15 14:35 | Alert | PagerDuty |\n| 2026-03-15 14:32 | Pool is full | Logs |",
    after="| 2026-03-15 14:32 | Pool is full | Logs |\n| 2026-03-15 14:35 | Alert | PagerDuty |",
    check=check,
)
