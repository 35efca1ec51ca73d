"""Atlassian Statuspage: incidents and scheduled maintenances with their updates, and webhooks."""

from datetime import datetime

from generator.draft.incident import Event, EventKind, Incident
from generator.draft.sources.extract.evidence import Cases, Evidence, Record, by_time, changed, ordered, overlaid
from generator.draft.sources.extract.json import (
    dicts,
    dig,
    first,
    label,
    moment,
    one_line,
    pieces,
    plain,
    record,
    text,
    unique,
    url,
)
from generator.draft.sources.extract.prose import flat, joined, markdown
from generator.errors import InputError

LABEL = "Statuspage"

ENVELOPES = ("incident", "incidents", "scheduled_maintenances", "scheduled_maintenance", "data")
OVER = {"resolved", "completed", "postmortem"}
# What an account has beside incidents, told by the keys that only they have together.
SETTINGS = (
    {"page_id", "position", "components"},
    {"page_id", "position", "showcase"},
    {"uptime_percentage", "major_outage", "partial_outage"},
    {"activity_score", "allow_page_subscribers"},
    {"organization_id", "first_name", "last_name", "email", "created_at"},
)


def recognises(payload: object) -> bool:
    """Whether any object in `payload` is shaped as Statuspage writes it."""
    return any(_is_ours(piece) for piece in pieces(payload))


def incidents_from(payload: object) -> tuple[Incident, ...]:
    """Every incident and maintenance in `payload`; InputError where Statuspage wrote it but it tells of none."""
    cases = Cases()
    for piece in pieces(payload):
        page = record(piece.get("page"))
        for one in _inside(piece):
            if _is_incident(one):
                cases.add(text(one.get("id")), "incident", [{**one, "page_url": page.get("url")}])
                cases.add(text(one.get("id")), "update", dicts(one.get("incident_updates")))
            elif _is_update(one):
                cases.add(text(one.get("incident_id")), "update", [one])
        if isinstance(piece.get("component_update"), dict):
            cases.add("", "component", [piece])
    told = tuple(_incident(ref, evidence) for ref, evidence in cases.closed())
    told = tuple(one for one in told if one.title or one.events)
    if not told:
        raise InputError(
            "This is from Statuspage and holds no incident. "
            "Export the incidents of the page (GET /v1/pages/{page_id}/incidents, or /api/v2/incidents.json) instead."
        )
    return told


def _is_ours(piece: Record) -> bool:
    if any(_is_incident(one) or _is_update(one) for one in _inside(piece)):
        return True
    if isinstance(piece.get("component_update"), dict) and isinstance(piece.get("page"), dict):
        return True
    summary = isinstance(dig(piece, "status", "indicator"), str) and isinstance(piece.get("page"), dict)
    return summary or any(keys <= piece.keys() and "contact" not in piece for keys in SETTINGS)


def _inside(piece: Record) -> list[Record]:
    found = [piece]
    for key in ENVELOPES:
        found += dicts(piece.get(key)) or dicts([piece.get(key)])
    return found


def _is_incident(one: Record) -> bool:
    keys = one.keys()
    if "name" not in keys or "status" not in keys:
        return False
    return ("incident_updates" in keys and bool(keys & {"impact", "shortlink", "page_id"})) or (
        {"impact", "shortlink"} <= keys or {"impact", "page_id", "created_at"} <= keys
    )


def _is_update(one: Record) -> bool:
    return {"incident_id", "status", "body"} <= one.keys() and bool(one.keys() & {"display_at", "affected_components"})


def _incident(ref: str, evidence: Evidence) -> Incident:
    base = overlaid(evidence.get("incident", []), "updated_at")
    updates = by_time(by_time(evidence.get("update", []), "created_at"), "display_at", "created_at")
    status = text(base.get("status"))
    planned = text(base.get("impact")) == "maintenance" or moment(base.get("scheduled_for")) is not None
    created = moment(base.get("created_at"))
    events = _course(updates) + [event for one in evidence.get("component", []) for event in _component(one)]
    said = [plain(one.get("body")) for one in updates if text(one.get("body"))]
    return Incident(
        source=LABEL,
        ref=ref,
        title=one_line(text(base.get("name"))),
        url=_address(base, ref),
        severity=first(base.get("impact_override"), base.get("impact")),
        status=status,
        category="maintenance" if planned else "",
        description=plain(base.get("postmortem_body")) or next(iter(said), ""),
        created=created,
        started=moment(base.get("scheduled_for")) if planned else _began(base),
        mitigated=None if planned else moment(base.get("monitoring_at")) or _reached(updates, {"monitoring"}),
        resolved=(moment(base.get("resolved_at")) or _reached(updates, OVER)) if not status or status in OVER else None,
        components=_components(base, evidence),
        events=ordered(events or _from_fields(base, ref, planned=planned)),
    )


def _address(base: Record, ref: str) -> str:
    page = url(base.get("page_url"))
    return first(url(base.get("shortlink")), f"{page.rstrip('/')}/incidents/{ref}" if page and ref.isalnum() else "")


def _shown(update: Record) -> datetime | None:
    """When an update says it was, which is not when somebody typed it in."""
    return moment(update.get("display_at")) or moment(update.get("created_at"))


def _began(base: Record) -> datetime | None:
    """When it started; of an incident that was entered afterwards, `started_at` is when it was entered."""
    started, created = moment(base.get("started_at")), moment(base.get("created_at"))
    return min(started, created) if started and created else started


def _reached(updates: list[Record], states: set[str]) -> datetime | None:
    """When it came to one of `states` to stay in or to go on from there."""
    found = None
    for one in updates:
        state = text(one.get("status"))
        if state in states:
            found = found or _shown(one)
        elif state not in OVER:
            found = None
    return found


def _course(updates: list[Record]) -> list[Event]:
    events, before = [], ""
    for one in updates:
        at, state, said = _shown(one), text(one.get("status")), flat(plain(one.get("body")))
        uid = text(one.get("id"))
        if at is None:
            continue
        if state and state != before:
            told = joined(changed("Status", label(state), label(before)), said)
            events.append(Event(at, told, LABEL, EventKind.STATUS, uid=uid))
        elif said:
            events.append(Event(at, said, LABEL, EventKind.MESSAGE, uid=uid))
        before = state or before
        for part in dicts(one.get("affected_components")):
            old, new, name = (text(part.get(key)) for key in ("old_status", "new_status", "name"))
            if name and new and old != new:
                told = changed(markdown(one_line(name)), label(new), label(old))
                events.append(Event(at, told, LABEL, EventKind.NOTE, uid=f"{uid}/{first(part.get('code'), name)}"))
    return events


def _component(piece: Record) -> list[Event]:
    """A webhook about a component that got better or worse."""
    one = record(piece.get("component_update"))
    at, name = moment(one.get("created_at")), one_line(text(dig(piece, "component", "name"))) or "Component"
    new = text(one.get("new_status"))
    told = changed(markdown(name), label(new), label(one.get("old_status")))
    return [Event(at, told, LABEL, EventKind.NOTE, uid=text(one.get("id")))] if at and new else []


def _from_fields(base: Record, ref: str, *, planned: bool) -> list[Event]:
    """What an incident's own fields tell of its course, where there are no updates."""
    unplanned = (("investigating", "started_at"), ("monitoring", "monitoring_at"), ("resolved", "resolved_at"))
    maintenance = (("scheduled", "created_at"), ("in_progress", "scheduled_for"), ("completed", "resolved_at"))
    return _course(
        [
            {"id": f"{ref}/{state}", "status": state, "display_at": base.get(key)}
            for state, key in (maintenance if planned else unplanned)
            if moment(base.get(key))
        ]
    )


def _components(base: Record, evidence: Evidence) -> tuple[str, ...]:
    own = [one for one in dicts(base.get("components")) if one.get("group") is not True]
    # An update calls a component "Group - Name"; the incident's own list has the bare name.
    touched = [part for one in evidence.get("update", []) for part in dicts(one.get("affected_components"))]
    known = {text(one.get("id")) for one in own}
    touched = [part for part in touched if text(part.get("code")) not in known]
    webhooks = [record(one.get("component")) for one in evidence.get("component", [])]
    return unique(one_line(text(one.get("name"))) for one in (*own, *touched, *webhooks))
