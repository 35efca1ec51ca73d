"""Moments and spans as a document writes them, and the four times of an incident."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from generator.document.times import Occurrence, earliest
from generator.draft.incident import EventKind, Incident
from generator.draft.statuses import Words

DAY = timedelta(days=1)  # what is further from an incident tells of something else
EARLIEST, LATEST = 1990, 2100  # years outside are a tool's zero values and typing errors, not incidents


@dataclass(frozen=True, slots=True)
class Times:
    """The four times, in UTC; None where no source knows. `derived` says of each one that was inferred, from what."""

    started: datetime | None = None
    detected: datetime | None = None
    mitigated: datetime | None = None
    resolved: datetime | None = None
    derived: tuple[tuple[str, str], ...] = ()

    @property
    def span(self) -> timedelta | None:
        """How long it lasted, from its beginning; None where an end is open or before it."""
        if self.begin is None or self.resolved is None or self.resolved < self.begin:
            return None
        return self.resolved - self.begin

    @property
    def begin(self) -> datetime | None:
        """The start, else the detection."""
        when = earliest(started=self.started, detected=self.detected)
        return when.at if when else None

    def occurrence(self, timeline: Iterable[datetime | None] = ()) -> Occurrence | None:
        """When it happened, as the document will say; `timeline` holds the moments of its rows."""
        return earliest(
            started=self.started,
            detected=self.detected,
            timeline=map(known, timeline),
            mitigated=self.mitigated,
            resolved=self.resolved,
        )


@dataclass(frozen=True, slots=True)
class Window:
    """The time from `begin` to `end`; an end that is None is open."""

    begin: datetime | None = None
    end: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether a moment lies in it."""
        at = utc(at)
        return (self.begin is None or self.begin <= at) and (self.end is None or at <= self.end)


ANY_TIME = Window()


def around(begin: datetime | None, end: datetime | None) -> Window:
    """An incident's time with a day before and after it."""
    last = end or begin
    return Window(begin and begin - DAY, last and last + DAY)


def utc(at: datetime) -> datetime:
    """The moment in UTC; a naive one is taken for UTC, one at the edge of the calendar stays where it is."""
    if at.tzinfo is None:
        return at.replace(tzinfo=UTC)
    try:
        return at.astimezone(UTC)
    except OverflowError:
        return at.replace(tzinfo=UTC)


def known(at: datetime | None) -> datetime | None:
    """The moment in UTC where it can be true, else None: the year 1 is a tool's way to say nothing."""
    if at is None:
        return None
    at = utc(at)
    return at if EARLIEST <= at.year < LATEST else None


def clock(at: datetime | None) -> str:
    """A moment as a timeline writes it: `2026-03-15 14:32`."""
    return f"{utc(at).isoformat(sep=' ')[:16]}" if at else ""


def rfc3339(at: datetime) -> str:
    """A moment as front matter writes it: `2026-03-15T14:32:00Z`."""
    return f"{utc(at).isoformat()[:19]}Z"


def human(span: timedelta) -> str:
    """A span as people say it, in its two largest units: `2 h 14 min`, `45 s`, `3 d 1 h`; seconds only where there is no minute."""
    seconds = int(span.total_seconds())
    if seconds < 60:
        return f"{seconds} s"
    units = ((seconds // 86400, "d"), (seconds // 3600 % 24, "h"), (seconds // 60 % 60, "min"))
    largest = next(position for position, (count, _) in enumerate(units) if count)
    return " ".join(f"{count} {unit}" for count, unit in units[largest : largest + 2] if count)


def interval(begin: datetime | None, end: datetime | None) -> str:
    """An interval in UTC: `2026-03-15 14:32 to 2026-03-15 16:46 UTC`; empty where an end is open."""
    return f"{clock(begin)} to {clock(end)} UTC" if begin and end else ""


def times_of(incident: Incident, words: Words) -> Times:
    """The four times as the incident says them, and where it does not, as its alerts and status changes tell them."""
    derived: list[tuple[str, str]] = []

    def best(name: str, *candidates: tuple[datetime | None, str]) -> datetime | None:
        said = known(getattr(incident, name))
        if said:
            return said
        at, why = next(((at, why) for at, why in candidates if at), (None, ""))
        if at:
            derived.append((name, why))
        return at

    said = (known(getattr(incident, name)) for name in ("started", "detected", "created", "acknowledged"))
    anchor = next((at for at in said if at), None)
    alert = _earliest(one.at for one in incident.alerts if not anchor or utc(one.at or anchor) >= anchor - DAY)
    started = best("started", (alert, "the first alert"))
    opened = [(known(alert), "the first alert"), (known(incident.created), "the opening of the incident")]
    after = [(at, why) for at, why in opened if at and (started is None or at >= started)]
    detected = best("detected", *sorted(after or [(at, why) for at, why in opened if at], key=lambda one: one[0]))
    resolved = best("resolved", (_last(incident, words, "resolved"), "the last change of status"))
    mitigated = best("mitigated", (_last(incident, words, "mitigated", until=resolved), "the change of status"))
    return Times(started, detected, mitigated, resolved, tuple(derived))


def _earliest(moments: Iterable[datetime | None]) -> datetime | None:
    return min((at for at in map(known, moments) if at), default=None)


def _last(incident: Incident, words: Words, state: str, until: datetime | None = None) -> datetime | None:
    """When the incident came to rest in `state`: the first such change after which it was never open again."""
    found: datetime | None = None
    for event in sorted(incident.events, key=lambda one: utc(one.at)):
        at = known(event.at)
        if event.kind is not EventKind.STATUS or at is None or (until and at > until):
            continue
        target = words.target(event.text)
        if target == state:
            found = found or at
        elif target and target != "resolved":
            found = None
    return found
