"""The timeline is a table with rows."""

from collections.abc import Iterator

from generator.check.rule import AT_MOST_WARNING, Context, Hit, Rule
from generator.check.text import reading
from generator.document.parse import Document
from generator.document.parse import timeline_tables as tables


def check(document: Document, context: Context) -> Iterator[Hit]:  # noqa: ARG001 - the shape of every check
    """A timeline section from which no row could be read."""
    seen = reading(document)
    part = seen.part("timeline")
    if part is None or document.postmortem.timeline:
        return
    if tables(document.outline) or seen.is_empty(part):
        yield Hit(part.line, "The timeline has no rows.", "Begin before the impact: with the change that mattered.")
    else:
        hint = "Use a table with the columns Time and Event; then the site draws it and the times can be compared."
        yield Hit(part.line, "The timeline is no table with a Time and an Event column, so none of it is read.", hint)


RULE = Rule(
    id="timeline-table",
    title="The timeline is a table with rows",
    why="From the table the site draws the course of the incident, and `check` compares it with the front matter.",
    before="## Timeline\n\n- 14:32 Connection pool is full\n- 14:35 Alert",
    after="## Timeline\n\n| Time | Event | Source |\n|---|---|---|\n| 2026-03-15 14:32 | Connection pool is full | Logs |\n| 2026-03-15 14:35 | Alert | PagerDuty |",
    check=check,
    **AT_MOST_WARNING,
)
