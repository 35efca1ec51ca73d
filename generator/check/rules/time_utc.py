"""Front-matter times are written in UTC."""

import re
from collections.abc import Iterator

from generator.check.rule import AT_MOST_WARNING, Context, Hit, Rule
from generator.document import iso_times
from generator.document.parse import Document
from generator.markup.yaml import rfc3339

KEYS = ("started", "detected", "mitigated", "resolved")
_CANONICAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z")


def in_utc(written: str) -> str:
    """The time as RFC 3339 in UTC, or nothing where it is so already, cannot be read, or does not say its zone."""
    if _CANONICAL.fullmatch(written.strip()):
        return ""
    at, zoned = iso_times.moment(written)
    return rfc3339(at) if at is not None and zoned else ""


def check(document: Document, context: Context) -> Iterator[Hit]:  # noqa: ARG001 - the shape of every check
    """Each time that has an offset, or a space instead of the T."""
    for key in KEYS:
        written = document.front.values.get(key)
        if isinstance(written, str) and (better := in_utc(written)):
            message = f"`{key}` is written {written!r}; times are written in UTC."
            yield Hit(document.front.lines[key], message, f"Write `{better}`; `postmortem check --fix` does it.")


RULE = Rule(
    id="time-utc",
    title="Times are written in UTC",
    why="People read the front matter beside the timeline, which is in UTC. An offset makes every reader compute, and some will not notice it.",
    before="started: 2026-03-15 15:32 +01:00",
    after="started: 2026-03-15T14:32:00Z",
    check=check,
    **AT_MOST_WARNING,
    fixable=True,
)
