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
    times |= {name: next((at for _, at in _times_of(ranked, name)), None) for name in _ENDS}
    window = around(anchor, times["resolved"] or times["mitigated"] or _last_event(ranked[0]))
    events = merged([completed(one, window) for one in ranked], words)
    near = without_distant_releases(events, window) if anchor else events
    notes = [*_all(incidents, "notes"), *_disagreements(ranked, settings, words, times)]
    if len(events) > len(near):
        notes.append(f"releases: over a day from the incident, so not in its timeline: {len(events) - len(near)}.")
    return replace(
        ranked[0],
        **single,
        **times,
        source=", ".join(dict.fromkeys(one.source for one in incidents if one.source)),
        services=_services(ranked, settings),
        components=_names(_all(ranked, "components")),
        tags=_names(_all(ranked, "tags")),
        participants=_participants(ranked, PeopleFinder(settings)),
        events=near,
        alerts=_alerts(ranked),
        errors=_joined(_all(ranked, "errors"), lambda e: (e.uid or e.url or f"{e.title}|{e.culprit}",)),
        releases=merged_releases(_all(ranked, "releases")),
        references=_references(ranked),
        follow_ups=_joined(_all(ranked, "follow_ups"), lambda f: (f.key.casefold() or f.url or folded(f.title),)),
        attachments=tuple({(a.url, a.name): a for a in _all(ranked, "attachments")}.values()),
        metrics=_metrics(ranked),
        private=any(one.private for one in incidents),
        also=tuple(dict.fromkeys(_all(ranked, "also"))),
        notes=tuple(dict.fromkeys(notes)),
    )


def _all(incidents: Iterable[Incident], name: str) -> list[Any]:
    """What the sources give under a name, one after the other."""
    return [thing for one in incidents for thing in getattr(one, name)]


def _first(incidents: Iterable[Incident], name: str) -> str:
    return next((value for one in incidents if (value := str(getattr(one, name)).strip())), "")


def _times_of(incidents: Iterable[Incident], name: str) -> list[tuple[str, datetime]]:
    return [(one.source, at) for one in incidents if (at := known(getattr(one, name)))]


def _anchor(incidents: Sequence[Incident]) -> datetime | None:
    """When the first source that says so saw the incident begin; the others' beginnings are measured by it."""
    return next((at for one in incidents for name in _FIRST_SEEN if (at := known(getattr(one, name)))), None)


def _earliest(incidents: Sequence[Incident], name: str, anchor: datetime | None) -> datetime | None:
    return min((at for _, at in _times_of(incidents, name) if anchor and abs(at - anchor) <= DAY), default=None)


def _last_event(incident: Incident) -> datetime | None:
    return max((at for event in incident.events if (at := known(event.at))), default=None)


def _names(names: Iterable[str]) -> tuple[str, ...]:
    names_by_key: dict[str, str] = {}
    for name in map(one_line, names):
        if name:
            names_by_key.setdefault(name.casefold(), name)
    return tuple(names_by_key.values())


def _services(incidents: Iterable[Incident], settings: Settings) -> tuple[str, ...]:
    known_as = {
        alias.casefold(): service.name for service in settings.services for alias in (*service.aliases, service.name)
    }
    return _names(known_as.get(one_line(name).casefold(), name) for one in incidents for name in one.services)


def _participants(incidents: Iterable[Incident], people: PeopleFinder) -> tuple[Participant, ...]:
    named = (replace(person, role=role(person.role)) for one in incidents for person in one.participants)
    return _joined(
        (one for one in named if one.name or one.email or one.account),
        lambda p: (p.role, people.handle(p.name, p.email, p.account).casefold()),
    )


def _alerts(incidents: Iterable[Incident]) -> tuple[Alert, ...]:
    """Every alert once: by identity and minute of its start, or by title where two tools report it within two minutes."""
    alerts: dict[Hashable, Alert] = {}
    titles: dict[int, list[tuple[str, Hashable, int]]] = {}
    for number, one in enumerate(incidents):
        for alert in one.alerts:
            at = known(alert.at)
            minute = int(at.timestamp() // 60) if at else _NEVER
            title = folded(alert.title)
            key: Hashable = (alert.uid or alert.url or title, minute)
            near = (twin for m in range(minute - 2, minute + 3) for twin in titles.get(m, ()))
            twins = (twin for other, twin, teller in near if teller != number and _same_title(title, other))
            key = next(twins, key)
            titles.setdefault(minute, []).append((title, key, number))
            alerts[key] = _filled(alerts[key], alert) if key in alerts else alert
    return tuple(sorted(alerts.values(), key=lambda alert: utc(alert.at) if alert.at else _LAST))


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
    others = (reference for one in incidents for reference in one.references if reference.url)
    return _joined((*own, *others), lambda r: (r.url,))


def _metrics(incidents: Iterable[Incident]) -> Mapping[str, str]:
    metrics: dict[str, str] = {}
    for one in incidents:
        for name, value in one.metrics.items():
            if str(value).strip():
                metrics.setdefault(name, str(value))
    return metrics


def _joined(things: Iterable[T], identity: Callable[[T], Hashable]) -> tuple[T, ...]:
    joined: dict[Hashable, T] = {}
    for thing in things:
        key = identity(thing)
        joined[key] = _filled(joined[key], thing) if key in joined else thing
    return tuple(joined.values())


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
        stated = [(one.source, value) for one in incidents if (value := one_line(getattr(one, name)))]
        if len({compare(value) for _, value in stated}) > 1:
            yield f"{name}: {_sayings(stated)}; taken from {stated[0][0]}, which was named first."
    for name in ("started", "detected", "mitigated", "resolved"):
        chosen = times[name]
        moments = _times_of(incidents, name)
        if len({clock(at) for _, at in moments}) > 1 or (moments and chosen is None):
            taken = f"{clock(chosen)} is taken" if chosen else "none is near the others, so none is taken"
            yield f"{name}: {_sayings([(source, clock(at)) for source, at in moments])}; {taken}."


def _sayings(stated: Iterable[tuple[str, str]]) -> str:
    return ", ".join(dict.fromkeys(f'{source or "one source"} says "{value}"' for source, value in stated))
