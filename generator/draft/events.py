"""One source's events made complete: a row for each alert, release and known time that it has no event for."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from generator.draft.dedupe import folded
from generator.draft.escape import plain
from generator.draft.incident import Event, EventKind, Incident
from generator.draft.times import ANY_TIME, Window, known, utc

_NEAR = timedelta(minutes=1)
_MOMENTS = (
    ("started", "Impact began"),
    ("detected", "Incident detected"),
    ("created", "Incident opened"),
    ("acknowledged", "Incident acknowledged"),
    ("mitigated", "Incident mitigated"),
    ("resolved", "Incident resolved"),
)


def completed(incident: Incident, window: Window = ANY_TIME) -> tuple[Event, ...]:
    """The source's events, then those that follow from its alerts, releases and times in the window."""
    told = tuple(replace(event, source=event.source or incident.source) for event in incident.events)
    seen = _Seen(told)
    added = [event for event in (*_of_alerts(incident), *_of_releases(incident)) if not seen.tells(event)]
    for event in added:
        seen.add(event)
    for name, text in _MOMENTS:
        at = known(getattr(incident, name))
        if at and window.holds(at) and not seen.near(at):
            added.append(Event(at, text, incident.source, EventKind.STATUS))
            seen.add(added[-1])
    return (*told, *added)


def without_distant_releases(events: Iterable[Event], window: Window) -> tuple[Event, ...]:
    """The events without releases outside the window: a repository's whole history is no part of one incident."""
    return tuple(event for event in events if event.kind is not EventKind.RELEASE or window.holds(event.at))


def _of_alerts(incident: Incident) -> Iterable[Event]:
    for alert in incident.alerts:
        for at, words in ((alert.at, "Alert fired"), (alert.ended, "Alert recovered")):
            if known(at) and at:
                yield Event(at, f"{words}: {plain(alert.title)}", incident.source, EventKind.ALERT, url=alert.url)


def _of_releases(incident: Incident) -> Iterable[Event]:
    for release in incident.releases:
        if release.at and known(release.at):
            told = release.environment.casefold() in release.name.casefold()
            where = f" to {plain(release.environment)}" if release.environment and not told else ""
            whose = f"{plain(release.service)}: " if release.service and release.service not in release.name else ""
            text = f"Release: {whose}{plain(release.name)}{where}"
            yield Event(release.at, text, incident.source, EventKind.RELEASE, url=release.url)


class _Seen:
    """What is there already, by minute."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._told: dict[int, list[tuple[datetime, str]]] = defaultdict(list)  # minute → moments and folded words
        for event in events:
            self.add(event)

    def add(self, event: Event) -> None:
        at = known(event.at)
        if at:
            self._told[_minute(at)].append((at, folded(event.text)))

    def near(self, at: datetime) -> bool:
        """Whether anything is reported within a minute of `at`."""
        return any(True for _ in self._around(at))

    def tells(self, event: Event) -> bool:
        """Whether something within a minute names the same alert or release."""
        name = folded(event.text.partition(": ")[2] or event.text.partition(" ")[2])
        return any(name in words for words in self._around(utc(event.at)))

    def _around(self, at: datetime) -> Iterable[str]:
        minute = _minute(at)
        for near in (minute - 1, minute, minute + 1):
            yield from (words for moment, words in self._told.get(near, ()) if abs(at - moment) <= _NEAR)


def _minute(at: datetime) -> int:
    return int(at.timestamp() // 60)
