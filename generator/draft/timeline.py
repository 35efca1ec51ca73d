"""The timeline as a reader needs it: the rows that tell the story, and the chat that would bury them."""

import re
from collections.abc import Sequence

from generator.draft.escape import cell, inline, link, one_line, plain
from generator.draft.incident import Event, EventKind
from generator.draft.people import PeopleFinder
from generator.draft.questions import todo
from generator.draft.rows import DraftRow, Shown, bullets, table
from generator.draft.times import clock

PLAIN_MESSAGES = 30  # with more of them, those that say nothing about the course of things are folded away
_TELLING = re.compile(
    r"\b(?:resolv|mitigat|identif|confirm|recover|restor|revert|roll(?:ed|ing)?[- ]?back|fail(?:ed|ing)?[- ]?over|restart"
    r"|deploy|releas|scal(?:ed|ing)|declar|escalat|paged|monitoring|root cause|workaround|hotfix|sev-?\d|back to normal"
    r"|statuspage|status page|all clear)",
    re.IGNORECASE,
)


def timeline(events: Sequence[Event], people: PeopleFinder) -> tuple[Shown[DraftRow], Shown[DraftRow]]:
    """The timeline, and the chat messages that are not in it; together they hold every event."""
    folded = _folded(events)
    rows = [_entry(event, people) for event in events if event not in folded]
    chat = [_entry(event, people) for event in events if event in folded]
    shown = table(("Time", "Event", "Source"), ((row.time, row.event, row.source) for row in rows))
    if not rows:
        shown = f"{todo('timeline')}\n\n{shown}"
    return Shown(rows, shown), Shown(chat, _folded_list(chat))


def _folded(events: Sequence[Event]) -> frozenset[Event]:
    messages = [event for event in events if event.kind is EventKind.MESSAGE and not event.key]
    if len(messages) <= PLAIN_MESSAGES:
        return frozenset()
    return frozenset(event for event in messages if not _TELLING.search(event.text))


def _entry(event: Event, people: PeopleFinder) -> DraftRow:
    text = inline(event.text) or "(no text)"
    actor = one_line(event.actor)
    name = people.name(actor)
    if name and actor.casefold() not in event.source.casefold() and name.casefold() not in text.casefold():
        said = event.kind in {EventKind.MESSAGE, EventKind.NOTE}
        text = f"{plain(name)}: {text}" if said else f"{text} ({plain(name)})"
    if event.key:
        text = f"★ {text}"
    if event.url:
        text = f"{text} ({link('link', event.url)})"
    return DraftRow(clock(event.at), cell(text), cell(plain(event.source)), str(event.kind), event.key)


def _folded_list(chat: Sequence[DraftRow]) -> str:
    if not chat:
        return ""
    lines = bullets(f"{entry.time} {entry.event}" for entry in chat)
    words = f"{len(chat)} more messages" if len(chat) > 1 else "one more message"
    return f'<details markdown="1">\n<summary>Chat log: {words}</summary>\n\n{lines}\n\n</details>'
