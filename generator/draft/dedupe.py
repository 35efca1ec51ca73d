"""Whether two events are one: the same thing reported by two sources, or twice by one."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache

from generator.draft.incident import Event, EventKind
from generator.draft.statuses import Words
from generator.draft.times import utc
from generator.markup.inline_text import text_of

TEXT_MINUTES = 2  # how far apart two sources may tell the same words
STATUS_MINUTES = 5  # and the same change of status: one of them is often told by hand


@lru_cache(maxsize=16_384)
def folded(text: str) -> str:
    """A text for comparing: its words without case, emphasis and punctuation."""
    return " ".join(re.findall(r"\w+|[<>=+%]+", text_of(text).casefold())) or text


@dataclass(slots=True)
class _Row:
    """An event and who reported it so far: the sources' numbers and labels."""

    event: Event
    words: str
    numbers: set[int]
    sources: list[str] = field(default_factory=list)


class Merged:
    """Rows found again by identity, by words and by status, each in the minutes around a moment."""

    def __init__(self, words: Words) -> None:
        self._status = words
        self._rows: list[_Row] = []
        self._by_uid: dict[tuple[str, str], list[_Row]] = defaultdict(list)
        self._by_words: dict[tuple[str, int], list[_Row]] = defaultdict(list)
        self._by_state: dict[tuple[str, int], list[_Row]] = defaultdict(list)

    def add(self, number: int, event: Event) -> None:
        """Add an event of the source with this number, to the row that has it already or as a new one."""
        event = replace(event, at=utc(event.at))
        words = folded(event.text)
        state = self._status.target(event.text) if event.kind is EventKind.STATUS else ""
        row = self._known(number, event, words, state)
        if row is None:
            row = _Row(event, words, {number}, [event.source])
            self._rows.append(row)
            minute = _minute(event.at)
            self._by_words[words, minute].append(row)
            if state:
                self._by_state[state, minute].append(row)
        else:
            self._join(row, number, event, words, state)
        if event.uid:
            self._by_uid[event.source, event.uid].append(row)

    def events(self) -> tuple[Event, ...]:
        """The rows in order of time; those of one moment in the order in which they were reported."""
        rows = sorted(self._rows, key=lambda row: row.event.at)
        return tuple(replace(row.event, source=", ".join(dict.fromkeys(row.sources))) for row in rows)

    def _known(self, number: int, event: Event, words: str, state: str) -> _Row | None:
        candidates = [
            row for row in self._by_uid.get((event.source, event.uid), ()) if event.uid and row.event.kind is event.kind
        ]
        for row in candidates:
            if row.words == words or number not in row.numbers:
                return row
        minute = _minute(event.at)
        for row in _around(self._by_words, words, minute, TEXT_MINUTES):
            if number in row.numbers:
                same_actor = not row.event.actor or not event.actor or row.event.actor == event.actor
                if _minute(row.event.at) == minute and same_actor:
                    return row
            elif _apart(row.event.at, event.at) <= TEXT_MINUTES * 60:
                return row
        if state:
            for row in _around(self._by_state, state, minute, STATUS_MINUTES):
                if number not in row.numbers and _apart(row.event.at, event.at) <= STATUS_MINUTES * 60:
                    return row
        return None

    def _join(self, row: _Row, number: int, event: Event, words: str, state: str) -> None:
        known = row.event
        text = known.text
        if event.source in row.sources:
            text = max(text, event.text, key=len)  # the same tool, perhaps before and after an edit
        elif row.words != words and self._status.without(set(words.split()) - set(row.words.split())):
            text = f"{text} / {event.text}"  # the other source says more than the change: nothing is lost
        row.event = replace(
            known,
            text=text,
            at=known.at if state in {"mitigated", "resolved"} else min(known.at, event.at),
            actor=known.actor or event.actor,
            url=known.url or event.url,
            key=known.key or event.key,
        )
        row.numbers.add(number)
        row.sources.append(event.source)


def merged(timelines: Sequence[Iterable[Event]], words: Words) -> tuple[Event, ...]:
    """The events of all sources in order of time, each once, its `source` naming everyone who reported it."""
    rows = Merged(words)
    for number, events in enumerate(timelines):
        for event in events:
            rows.add(number, event)
    return rows.events()


def _around(index: dict[tuple[str, int], list[_Row]], key: str, minute: int, reach: int) -> Iterable[_Row]:
    for distance in sorted(range(-reach, reach + 1), key=abs):
        yield from index.get((key, minute + distance), ())


def _minute(at: datetime) -> int:
    return (at.toordinal() * 24 + at.hour) * 60 + at.minute


def _apart(one: datetime, other: datetime) -> float:
    return abs((one - other).total_seconds())
