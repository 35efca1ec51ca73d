"""The four times follow each other."""

from collections.abc import Iterator
from itertools import pairwise

from generator.check.rule import Context, Hit, Rule
from generator.check.rules.time_utc import KEYS
from generator.document.finding import Level
from generator.document.parse import Document


def check(document: Document, context: Context) -> Iterator[Hit]:  # noqa: ARG001 - the shape of every check
    """Each time that lies before the one that it follows."""
    known = document.postmortem
    stated = [(key, at) for key in KEYS if (at := getattr(known, key)) is not None]
    for (before, earlier), (after, later) in pairwise(stated):
        if later < earlier:
            message = f"`{after}` ({later:%Y-%m-%d %H:%M} UTC) lies before `{before}` ({earlier:%Y-%m-%d %H:%M} UTC)."
            hint = "Is a day, a month or a time zone mistyped? Durations on the site would be negative."
            if (before, after) == ("started", "detected"):
                hint = "Was it noticed before it affected anybody? Then `started` is when the risk began."
            yield Hit(document.front.lines.get(after, 1), message, hint)


RULE = Rule(
    id="time-order",
    title="Started, detected, mitigated, resolved: in this order",
    why="Time to detect, to mitigate and to resolve are computed from these four. A negative one spoils every median that it is part of.",
    before="started: 2026-03-15T14:32:00Z\ndetected: 2026-03-15T14:35:00Z\nmitigated: 2026-03-15T13:15:00Z",
    after="started: 2026-03-15T14:32:00Z\ndetected: 2026-03-15T14:35:00Z\nmitigated: 2026-03-15T15:15:00Z",
    check=check,
    draft=Level.WARNING,
)
