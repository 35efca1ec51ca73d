"""No time lies in the future."""

from collections.abc import Iterator
from datetime import timedelta

from generator.check.rule import Context, Hit, Rule
from generator.check.rules.time_utc import KEYS
from generator.document.parse import Document


def check(document: Document, context: Context) -> Iterator[Hit]:
    """Each time or day that has not come yet; a day's grace, since today is not the same day everywhere."""
    tomorrow = context.today + timedelta(days=1)
    known = document.postmortem
    days = {key: at.date() for key in KEYS if (at := getattr(known, key)) is not None}
    days |= {key: day for key in ("reviewed", "published") if (day := getattr(known, key)) is not None}
    for key, day in days.items():
        if day > tomorrow:
            hint = "Is the year mistyped?" if day.year > context.today.year else "Is the month or the day mistyped?"
            yield Hit(document.front.lines.get(key, 1), f"`{key}` lies in the future: {day.isoformat()}.", hint)


RULE = Rule(
    id="time-future",
    title="No time lies in the future",
    why="A mistyped year puts an incident at the top of every list, and makes it last for a year.",
    before="resolved: 2062-03-15T16:46:00Z",
    after="resolved: 2026-03-15T16:46:00Z",
    check=check,
)
