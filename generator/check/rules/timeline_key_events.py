"""The four key events are in the timeline."""

from collections.abc import Iterator

from generator.check.rule import Context, Hit, Rule
from generator.check.rules.key_rows import MINUTE, labelled
from generator.check.rules.time_utc import KEYS
from generator.check.text import reading
from generator.document.parse import Document


def check(document: Document, context: Context) -> Iterator[Hit]:  # noqa: ARG001 - the shape of every check
    """Each of the front matter's times at which the table has no row."""
    known = document.postmortem
    rows = [(entry.time, entry.line) for entry in known.timeline if entry.time is not None]
    if not rows:
        return
    part = reading(document).part("timeline")
    named = labelled(known.timeline)
    for key in KEYS:
        at = getattr(known, key)
        if at is None or key in named:
            continue
        nearest, line = min(rows, key=lambda row: abs(row[0] - at))
        if abs(nearest - at) > MINUTE:
            message = f"The timeline has no row at {at:%Y-%m-%d %H:%M}, when it was {key}."
            hint = f"The nearest row is {nearest:%Y-%m-%d %H:%M} on line {line}. Add one, or correct `{key}`."
            yield Hit(part.line if part else rows[0][1], message, hint)


RULE = Rule(
    id="timeline-key-events",
    title="The four key events are in the timeline",
    why="Start, detection, mitigation and end are what readers look for first. A row at each of them shows how it was known.",
    before="mitigated: 2026-03-15T15:15:00Z\n\n| 2026-03-15 15:04 | Index is being built | Slack |",
    after="mitigated: 2026-03-15T15:15:00Z\n\n| 2026-03-15 15:04 | Index is being built | Slack |\n| 2026-03-15 15:15 | **Mitigated:** error rate below 0.3 % | Grafana |",
    check=check,
)
