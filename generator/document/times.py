"""When it happened: one answer for lists, pages, tickets and notices, which says what it rests on.

An incident's start is often not known yet, least of all in a draft from an alert: then the best of what the document
does say stands for it, and whoever shows it says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum

from generator.document.model import Postmortem


class Basis(StrEnum):
    """What the answer rests on, best first."""

    STARTED = "started"
    DETECTED = "detected"
    TIMELINE = "timeline"
    MITIGATED = "mitigated"
    RESOLVED = "resolved"
    PUBLISHED = "published"


# As people read it behind a date; the start itself needs no word.
_WORDS = {Basis.STARTED: "", Basis.TIMELINE: "first timeline entry"}
_BEGINNINGS = frozenset({Basis.STARTED, Basis.DETECTED, Basis.TIMELINE})


@dataclass(frozen=True, slots=True)
class Occurrence:
    """When an incident happened: its UTC `day`, the moment where one is known, and what that rests on."""

    day: date
    at: datetime | None
    basis: Basis

    @property
    def begins(self) -> bool:
        """Whether this tells of the beginning; a mitigation or publication only tells that it was before."""
        return self.basis in _BEGINNINGS

    @property
    def qualifier(self) -> str:
        """What is said behind the date, such as `detected`; empty for a start."""
        return _WORDS.get(self.basis, str(self.basis))

    @property
    def qualified(self) -> str:
        """The same as text for people, with what it rests on where that is no start."""
        return f"{self.iso} ({self.qualifier})" if self.qualifier else self.iso

    @property
    def timestamp(self) -> float:
        """Seconds since 1970, for putting incidents in order; a bare day counts from its first moment."""
        return (self.at or datetime.combine(self.day, time(), UTC)).timestamp()

    @property
    def iso(self) -> str:
        """RFC 3339 in UTC, or an ISO date where only the day is known."""
        return f"{self.at.isoformat()[:19]}Z" if self.at else self.day.isoformat()


def earliest(
    *,
    started: datetime | None = None,
    detected: datetime | None = None,
    timeline: Iterable[datetime | None] = (),
    mitigated: datetime | None = None,
    resolved: datetime | None = None,
    published: date | None = None,
) -> Occurrence | None:
    """The first of these that is known, in this order; moments are aware and in UTC.

    Of a timeline it is the earliest entry, as some are written with the newest first. The publication comes last: it
    may lie weeks behind the end.
    """
    first = min((at for at in timeline if at is not None), default=None)
    moments = (
        (started, Basis.STARTED),
        (detected, Basis.DETECTED),
        (first, Basis.TIMELINE),
        (mitigated, Basis.MITIGATED),
        (resolved, Basis.RESOLVED),
    )
    for at, basis in moments:
        if at is not None:
            return Occurrence(at.date(), at, basis)
    return Occurrence(published, None, Basis.PUBLISHED) if published else None


def occurrence(known: Postmortem) -> Occurrence | None:
    """When the incident of a postmortem happened; None where the document gives nothing to go by."""
    return earliest(
        started=known.started,
        detected=known.detected,
        timeline=(entry.time for entry in known.timeline),
        mitigated=known.mitigated,
        resolved=known.resolved,
        published=known.published,
    )


def order(known: Postmortem) -> float:
    """A number that is larger the later an incident happened; what gives no time lies before everything."""
    when = occurrence(known)
    return when.timestamp if when else float("-inf")


def same_moment(new: Postmortem, other: Postmortem) -> bool:
    """Whether two documents place their incident at the same moment.

    What `new` rests on may have been kept by `other` beside something better: a start that a person has added since.
    """
    when, there = occurrence(new), occurrence(other)
    if when is None or when.at is None or there is None:
        return False
    return when.at in {there.at, getattr(other, str(when.basis), None)}
