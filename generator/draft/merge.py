"""Several sources' incidents as one.

What they disagree on is settled by rules, and reported:

- of single values, and of the times when it ended, the first source's wins: in the order in which they were named,
  those that have an incident of their own before those that only add events;
- of the times when it began the earliest wins, if it lies within a day of the first source's: an error that was first
  seen months ago is not the start of today's incident;
- lists are joined, each thing once.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from generator.draft.dedupe import folded, merged
from generator.draft.escape import one_line
from generator.draft.events import completed, without_distant_releases
from generator.draft.evidence import named_record
from generator.draft.incident import Alert, ErrorGroup, FollowUp, Incident, Participant, Reference
from generator.draft.merge_releases import merged_releases
from generator.draft.people import PeopleFinder, role
from generator.draft.severities import severity_of
from generator.draft.statuses import Words
from generator.draft.times import DAY, around, clock, known, utc
from generator.errors import PostmortemError
from generator.settings.model import Settings

T = TypeVar("T", Alert, ErrorGroup, FollowUp, Participant, Reference)

_BEGINNINGS = ("created", "started", "detected", "acknowledged")
_FIRST_SEEN = ("started", "detected", "created", "acknowledged")
_ENDS = ("mitigated", "resolved")
_NEVER = -(10**9)  # the minute of an alert without a time
_LAST = datetime.max.replace(tzinfo=UTC)
_SINGLE = (
    "ref",
    "title",
    "url",
    "severity",
    "priority",
    "status",
    "category",
    "kind",
    "environment",
    "description",
    "impact",
    "channel",
)


def merge(incidents: Sequence[Incident], settings: Settings) -> Incident:
    """One incident from many sources, in the order in which they were named.

    Its `notes` say what the sources could not read and where they disagree. Raises `PostmortemError` without any.
    """
    if not incidents:
        raise PostmortemError(
            "There is no incident to draft from; name one with --from, such as --from file:incident.json."
        )
    words = Words(settings.statuses)
    ranked = sorted(incidents, key=lambda one: one.partial)
    single: dict[str, Any] = {name: _first(ranked, name) for name in _SINGLE}
    anchor = _anchor(ranked)
    times: dict[str, Any] = {name: _earliest(ranked, name, anchor) for name in _BEGINNINGS}
    times |= {name: next((at for _, at in _told(ranked, name)), None) for name in _ENDS}
    window = around(anchor, times["resolved"] or times["mitigated"] or _last_event(ranked[0]))
    events = merged([completed(one, window) for one in ranked], words)
    near = without_distant_releases(events, window) if anchor else events
    notes = [*(note for one in incidents for note in one.notes), *_disagreements(ranked, settings, words, times)]
    if len(events) > len(near):
        notes.append(f"releases: over a day from the incident, so not in its timeline: {len(events) - len(near)}.")
    return replace(
        ranked[0],
        **single,
        **times,
        source=", ".join(dict.fromkeys(one.source for one in incidents if one.source)),
        services=_services(ranked, settings),
        components=_names(name for one in ranked for name in one.components),
        tags=_names(tag for one in ranked for tag in one.tags),
        participants=_participants(ranked, PeopleFinder(settings)),
        events=near,
        alerts=_alerts(ranked),
        errors=_joined(
            (error for one in ranked for error in one.errors), lambda e: (e.uid or e.url or f"{e.title}|{e.culprit}",)
        ),
        releases=merged_releases(release for one in ranked for release in one.releases),
        references=_references(ranked),
        follow_ups=_joined(
            (item for one in ranked for item in one.follow_ups),
            lambda f: (f.key.casefold() or f.url or folded(f.title),),
        ),
        attachments=tuple({(a.url, a.name): a for one in ranked for a in one.attachments}.values()),
        metrics=_metrics(ranked),
        private=any(one.private for one in incidents),
        also=tuple(dict.fromkeys(id_ for one in ranked for id_ in one.also)),
        notes=tuple(dict.fromkeys(notes)),
    )


def _first(incidents: Iterable[Incident], name: str) -> str:
    return next((value for one in incidents if (value := str(getattr(one, name)).strip())), "")


def _told(incidents: Iterable[Incident], name: str) -> list[tuple[str, datetime]]:
    return [(one.source, at) for one in incidents if (at := known(getattr(one, name)))]


def _anchor(incidents: Sequence[Incident]) -> datetime | None:
    """When the first source that says so saw the incident begin; the others' beginnings are measured by it."""
    return next((at for one in incidents for name in _FIRST_SEEN if (at := known(getattr(one, name)))), None)


def _earliest(incidents: Sequence[Incident], name: str, anchor: datetime | None) -> datetime | None:
    return min((at for _, at in _told(incidents, name) if anchor and abs(at - anchor) <= DAY), default=None)


def _last_event(incident: Incident) -> datetime | None:
    return max((at for event in incident.events if (at := known(event.at))), default=None)


def _names(names: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for name in map(one_line, names):
        if name:
            found.setdefault(name.casefold(), name)
    return tuple(found.values())


def _services(incidents: Iterable[Incident], settings: Settings) -> tuple[str, ...]:
    known_as = {
        alias.casefold(): service.name for service in settings.services for alias in (*service.aliases, service.name)
    }
    return _names(known_as.get(one_line(name).casefold(), name) for one in incidents for name in one.services)


def _participants(incidents: Iterable[Incident], people: PeopleFinder) -> tuple[Participant, ...]:
    told = (replace(person, role=role(person.role)) for one in incidents for person in one.participants)
    return _joined(
        (one for one in told if one.name or one.email or one.account),
        lambda p: (p.role, people.handle(p.name, p.email, p.account).casefold()),
    )


def _alerts(incidents: Iterable[Incident]) -> tuple[Alert, ...]:
    """Every alert once: by identity and minute of its start, or by title where two tools report it within two minutes."""
    found: dict[Hashable, Alert] = {}
    told: dict[int, list[tuple[str, Hashable, int]]] = {}
    for number, one in enumerate(incidents):
        for alert in one.alerts:
            at = known(alert.at)
            minute = int(at.timestamp() // 60) if at else _NEVER
            title = folded(alert.title)
            key: Hashable = (alert.uid or alert.url or title, minute)
            near = (twin for m in range(minute - 2, minute + 3) for twin in told.get(m, ()))
            twins = (twin for other, twin, teller in near if teller != number and _same_title(title, other))
            key = next(twins, key)
            told.setdefault(minute, []).append((title, key, number))
            found[key] = _filled(found[key], alert) if key in found else alert
    return tuple(sorted(found.values(), key=lambda alert: utc(alert.at) if alert.at else _LAST))


def _same_title(one: str, other: str) -> bool:
    """Whether two tools mean one alert: `HighErrorRate` and `HighErrorRate: more than 5 % fail`."""
    return one == other or one.startswith(f"{other} ") or other.startswith(f"{one} ")


def _references(incidents: Sequence[Incident]) -> tuple[Reference, ...]:
    """The links of all, and the addresses of the other sources' own records."""
    own = (
        Reference(one.url, named_record(one.source, one.ref), "incident")
        for one in incidents[1:]
        if one.url and one.url != incidents[0].url
    )
    told = (reference for one in incidents for reference in one.references if reference.url)
    return _joined((*own, *told), lambda r: (r.url,))


def _metrics(incidents: Iterable[Incident]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for one in incidents:
        for name, value in one.metrics.items():
            if str(value).strip():
                found.setdefault(name, str(value))
    return found


def _joined(things: Iterable[T], identity: Callable[[T], Hashable]) -> tuple[T, ...]:
    found: dict[Hashable, T] = {}
    for thing in things:
        key = identity(thing)
        found[key] = _filled(found[key], thing) if key in found else thing
    return tuple(found.values())


def _filled(first: T, second: T) -> T:
    """The first with what only the second knows."""
    gaps: dict[str, Any] = {
        field.name: getattr(second, field.name)
        for field in fields(first)
        if getattr(first, field.name) in ("", None) and getattr(second, field.name) not in ("", None)
    }
    return replace(first, **gaps) if gaps else first


def _disagreements(
    incidents: Sequence[Incident],
    settings: Settings,
    words: Words,
    times: Mapping[str, datetime | None],
) -> Iterable[str]:
    comparable: dict[str, Callable[[str], str]] = {
        "title": folded,
        "severity": lambda word: severity_of(word, settings) or word.casefold(),
        "status": lambda word: words.state(word) or word.casefold(),
        "priority": str.casefold,
    }
    for name, compare in comparable.items():
        said = [(one.source, value) for one in incidents if (value := one_line(getattr(one, name)))]
        if len({compare(value) for _, value in said}) > 1:
            yield f"{name}: {_sayings(said)}; taken from {said[0][0]}, which was named first."
    for name in ("started", "detected", "mitigated", "resolved"):
        chosen = times[name]
        told = _told(incidents, name)
        if len({clock(at) for _, at in told}) > 1 or (told and chosen is None):
            taken = f"{clock(chosen)} is taken" if chosen else "none is near the others, so none is taken"
            yield f"{name}: {_sayings([(source, clock(at)) for source, at in told])}; {taken}."


def _sayings(said: Iterable[tuple[str, str]]) -> str:
    return ", ".join(dict.fromkeys(f'{source or "one source"} says "{value}"' for source, value in said))
