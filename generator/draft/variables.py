"""The variables of a template: the incident as text that is ready to stand in a document."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from generator.draft import evidence
from generator.draft.escape import block, inline, link, one_line, plain
from generator.draft.incident import Incident
from generator.draft.people import COMMANDER, TOOK_PART, PeopleFinder, participants_in
from generator.draft.questions import TODO, todo
from generator.draft.rows import ActionRow, AlertRow, DraftRow, ErrorRow, KeyFact, ReleaseRow, Shown, bullets
from generator.draft.severities import severity_of
from generator.draft.statuses import Words
from generator.draft.timeline import timeline
from generator.draft.times import Times, clock, human, interval, times_of
from generator.settings.calendar import quarter
from generator.settings.model import Settings


@dataclass(frozen=True, slots=True)
class TemplateVariables:
    """What templates call `incident`. Unknown facts are `TODO:` with a question; sequences print themselves."""

    title: str
    id: str
    severity: str
    duration: str
    services: Shown[str]
    commander: str
    timeline: Shown[DraftRow]
    alerts: Shown[AlertRow]
    errors: Shown[ErrorRow]
    releases: Shown[ReleaseRow]
    type: str
    quarter: str
    status: str
    priority: str
    category: str
    environment: str
    created: str
    started: str
    detected: str
    mitigated: str
    resolved: str
    interval: str
    description: str
    summary: str
    impact: str
    facts: Shown[KeyFact]
    roles: Shown[KeyFact]
    components: Shown[str]
    channel: str
    causes: Shown[str]
    fixes: Shown[str]
    candidates: Shown[ReleaseRow]
    actions: Shown[ActionRow]
    links: Shown[str]
    chat: Shown[DraftRow]
    starred: bool
    sources: str
    ref: str
    url: str


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """What is certain enough for front matter: plain values, empty or None where nobody said."""

    times: Times
    severity: str
    services: tuple[str, ...]
    commander: str


def known_of(incident: Incident, settings: Settings) -> DraftFacts:
    """The facts that front matter holds, in the archive's own words."""
    people = PeopleFinder(settings)
    leads = participants_in((COMMANDER,), incident.participants)
    severity = (
        severity_of(incident.severity, settings)
        or (not incident.severity and severity_of(incident.priority, settings))
        or ""
    )
    return DraftFacts(
        times=times_of(incident, Words(settings.statuses)),
        severity=severity,
        services=tuple(map(one_line, incident.services)),
        commander=people.handle(leads[0].name, leads[0].email, leads[0].account) if leads else "",
    )


def view_of(
    incident: Incident,
    known: DraftFacts,
    settings: Settings,
    *,
    id: str,  # noqa: A002 - the variable's name
    type: str,  # noqa: A002 - the variable's name
    now: datetime,
) -> TemplateVariables:
    """The incident as templates see it; `now` dates only what has no time of its own."""
    people, words, times = PeopleFinder(settings), Words(settings.statuses), known.times
    rows, chat = timeline(incident.events, people)
    when = times.occurrence(one.at for one in incident.events)
    releases = evidence.releases(incident.releases, times)
    view = TemplateVariables(
        title=plain(incident.title) or todo("title"),
        id=id,
        severity=known.severity or _unrated(incident, settings),
        duration=_duration(times),
        services=_names(known.services, todo("services")),
        commander=_people_named(incident, (COMMANDER,), people) or todo("commander"),
        timeline=rows,
        alerts=evidence.alerts(incident.alerts),
        errors=evidence.errors(incident.errors),
        releases=releases,
        type=type,
        quarter=quarter(when.day if when else now, settings.quarter_start),
        status=plain(words.shown(incident.status)),
        priority=plain(incident.priority),
        category=plain(incident.category),
        environment=plain(incident.environment),
        created=clock(incident.created),
        started=clock(times.started) or todo("started"),
        detected=clock(times.detected) or todo("detected"),
        mitigated=clock(times.mitigated) or todo("mitigated"),
        resolved=clock(times.resolved) or todo("resolved"),
        interval=interval(times.begin, times.resolved) if times.span is not None else "",
        description=block(incident.description),
        summary=block(incident.description) or todo("summary"),
        impact=block(incident.impact),
        facts=Shown((), ""),
        roles=_roles(incident, people),
        components=_names(incident.components, ""),
        channel=_channel(incident.channel),
        causes=evidence.named(incident.releases, "caused_by"),
        fixes=evidence.named(incident.releases, "fixed_by"),
        candidates=evidence.candidates(releases),
        actions=evidence.actions(incident.follow_ups, people, words),
        links=evidence.links(incident),
        chat=chat,
        starred=any(row.key for row in rows),
        sources=plain(incident.source),
        ref=plain(incident.ref),
        url=incident.url,
    )
    facts = tuple(_facts(view, incident))
    return replace(view, facts=Shown(facts, bullets(f"**{fact.name}**: {fact.value}" for fact in facts)))


def unescaped(view: TemplateVariables, incident: Incident, known: DraftFacts) -> TemplateVariables:
    """The view for a title, which front matter holds as it is: nothing escaped, `TODO` where nobody knows."""
    return replace(
        view,
        title=one_line(incident.title),
        severity=known.severity or f"{TODO} severity",
        duration=view.duration if TODO not in view.duration else f"{TODO} duration",
        services=_shown(known.services, ", ".join(known.services) or f"{TODO} services"),
        commander=known.commander or f"{TODO} commander",
        status=one_line(incident.status),
        priority=one_line(incident.priority),
        category=one_line(incident.category),
        environment=one_line(incident.environment),
        components=_shown(incident.components, ", ".join(incident.components)),
        ref=one_line(incident.ref),
    )


def metrics_of(incident: Incident) -> Mapping[str, str]:
    """What templates call `metrics`: the incident's own, and a question for the two that every template may use."""
    told = {name: inline(value) for name, value in incident.metrics.items()}
    spelled = {_bare(name): value for name, value in reversed(told.items())}
    named = {name: spelled.get(name.casefold()) or todo(name) for name in ("errorRate", "latency")}
    return {**told, **named}


def _bare(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())


def _unrated(incident: Incident, settings: Settings) -> str:
    names = ", ".join(severity.name for severity in settings.severities)
    said = (
        f"{plain(evidence.teller(incident))} says “{plain(incident.severity)}”; " if incident.severity.strip() else ""
    )
    return f"{TODO} {said}how bad was it: {names}?"


def _duration(times: Times) -> str:
    if times.span is None and times.begin and not times.resolved:
        return f"{todo('duration')} It began {clock(times.begin)} UTC, and the data show no end."
    if times.span is None:
        return todo("duration")
    return human(times.span) if times.started else f"at least {human(times.span)}"


def _names(names: Iterable[str], otherwise: str) -> Shown[str]:
    shown = tuple(plain(name) for name in names)
    return _shown(shown, ", ".join(shown) or otherwise)


def _shown(items: Iterable[str], text: str) -> Shown[str]:
    return Shown(items, text)


def _people_named(incident: Incident, roles: Iterable[str], people: PeopleFinder) -> str:
    found = (people.name(one.name, one.email, one.account) for one in participants_in(roles, incident.participants))
    return ", ".join(plain(name) for name in dict.fromkeys(found) if name)


def _roles(incident: Incident, people: PeopleFinder) -> Shown[KeyFact]:
    """The roles other than the commander's; those who only took part come last, each under their first role."""
    told = dict.fromkeys(one.role for one in incident.participants if one.role and one.role != COMMANDER)
    facts = [
        KeyFact(plain(role[:1].upper() + role[1:]), _people_named(incident, (role,), people))
        for role in told
        if role not in TOOK_PART
    ]
    named = {
        _people_named(incident, (COMMANDER,), people),
        *(name for fact in facts for name in fact.value.split(", ")),
    }
    others = [name for name in _people_named(incident, TOOK_PART, people).split(", ") if name and name not in named]
    facts += [KeyFact("Responders", ", ".join(others))] if others else []
    return Shown(facts, bullets(f"**{fact.name}**: {fact.value}" for fact in facts))


def _channel(channel: str) -> str:
    channel = one_line(channel)
    return link("", channel) if "://" in channel else plain(channel)


def _facts(view: TemplateVariables, incident: Incident) -> Iterable[KeyFact]:
    said = one_line(incident.severity)
    severity = (
        f"{view.severity} (“{plain(said)}” in {plain(evidence.teller(incident))})"
        if said and said != view.severity and TODO not in view.severity
        else view.severity
    )
    yield KeyFact("Severity", severity)
    yield KeyFact(
        "Duration",
        f"{view.duration} ({view.interval})" if view.interval and TODO not in view.duration else view.duration,
    )
    yield KeyFact("Commander", view.commander)
    yield from view.roles
    record = evidence.record(incident)
    optional = (
        ("Priority", view.priority),
        ("Status", view.status),
        ("Category", view.category),
        ("Kind", plain(incident.kind)),
        ("Environment", view.environment),
        ("Opened", f"{view.created} UTC" if view.created else ""),
        ("Services", str(view.services) if view.services else ""),
        ("Components", str(view.components)),
        ("Channel", view.channel),
        ("Record", link(record, incident.url) if incident.url else plain(incident.ref)),
    )
    yield from (KeyFact(name, value) for name, value in optional if value)
