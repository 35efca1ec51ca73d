"""Every row of the timeline has a time that can be read."""

import re
from collections.abc import Iterator

from generator.check.rule import Context, Hit, Rule
from generator.document.parse import Document
from generator.markup.inline_text import text_of

_CLOCK = re.compile(r"[~≈]?\s*(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?\s*(?:Z|UTC|GMT)?")


def check(document: Document, context: Context) -> Iterator[Hit]:  # noqa: ARG001 - the shape of every check
    """Each row whose time is missing or not understood; clock times whose day nobody knows are one finding."""
    unread = [entry for entry in document.postmortem.timeline if entry.time is None and entry.time_text[:4] != "TODO"]
    clocks = [entry for entry in unread if _CLOCK.fullmatch(text_of(entry.time_text))]
    if len(clocks) > 1:
        hint = "Write the day into the first row, or `started` into the front matter; the others take it from there."
        yield Hit(clocks[0].line, f"{len(clocks)} rows have a clock time and no day.", hint)
    for entry in unread:
        hint = "Write it in UTC as `2026-03-15 14:32`; a bare `14:32` takes the day of the row above."
        if not entry.time_text.strip():
            if entry.event or entry.source:
                yield Hit(entry.line, "This row has no time.", hint)
        elif len(clocks) < 2 or not _CLOCK.fullmatch(text_of(entry.time_text)):
            yield Hit(entry.line, f"{entry.time_text!r} is not a time that can be read.", hint)


RULE = Rule(
    id="timeline-time",
    title="Every row of the timeline has a time",
    why="A row without a readable time is missing in the drawing and cannot be put in order.",
    before="| around noon | First complaints | Zendesk |",
    after="| 2026-03-15 12:05 | First complaints | Zendesk |",
    check=check,
)
