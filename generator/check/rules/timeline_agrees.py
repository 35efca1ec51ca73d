"""The front matter and the timeline agree."""

from collections.abc import Iterator

from generator.check.rule import Context, Hit, Rule
from generator.check.rules.key_rows import labelled, near
from generator.document.parse import Document


def check(document: Document, context: Context) -> Iterator[Hit]:  # noqa: ARG001 - the shape of every check
    """Each row that calls itself detected (started, ...) at another time than the front matter."""
    known = document.postmortem
    for key, entries in labelled(known.timeline).items():
        at = getattr(known, key)
        if at is not None and not any(near(at, entry) for entry in entries):
            entry = entries[0]
            message = (
                f"This row says {key} at {entry.time:%Y-%m-%d %H:%M}, the front matter says {at:%Y-%m-%d %H:%M} UTC."
            )
            line = document.front.lines.get(key, 1)
            yield Hit(entry.line, message, f"Which one is right? The front matter's `{key}` stands on line {line}.")


RULE = Rule(
    id="timeline-agrees",
    title="The front matter and the timeline agree",
    why="Lists and charts use the front matter, readers the table. If they differ, one of them misleads.",
    before="detected: 2026-03-15T14:35:00Z\n\n| 2026-03-15 14:40 | **Detected:** alert pages the on-call | PagerDuty |",
    after="detected: 2026-03-15T14:35:00Z\n\n| 2026-03-15 14:35 | **Detected:** alert pages the on-call | PagerDuty |",
    check=check,
)
