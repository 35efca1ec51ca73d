"""The timeline begins before the detection."""

from collections.abc import Iterator
from datetime import timedelta

from generator.check.rule import AT_MOST_WARNING, Context, Hit, Rule
from generator.document.parse import Document


def check(document: Document, context: Context) -> Iterator[Hit]:  # noqa: ARG001 - the shape of every check
    """A timeline whose first row comes after somebody knew."""
    known = document.postmortem
    first = next((entry for entry in known.timeline if entry.time is not None), None)
    if first is None or first.time is None or known.detected is None:
        return
    if first.time > known.detected + timedelta(minutes=1):
        message = f"The timeline begins at {first.time:%Y-%m-%d %H:%M}, after the detection at {known.detected:%Y-%m-%d %H:%M} UTC."
        yield Hit(first.line, message, "What came before: the change, the first sign, the alert?")


RULE = Rule(
    id="timeline-first",
    title="The timeline begins before the detection",
    why="What happened before anybody knew is what would have had to be noticed earlier.",
    before="detected: 2026-03-15T14:35:00Z\n\n| 2026-03-15 14:38 | Incident declared | Slack |",
    after="detected: 2026-03-15T14:35:00Z\n\n| 2026-03-15 14:29 | v2.3.1 is released | GitHub |\n| 2026-03-15 14:35 | Alert | PagerDuty |",
    check=check,
    **AT_MOST_WARNING,
)
