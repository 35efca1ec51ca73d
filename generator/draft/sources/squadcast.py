"""Squadcast: exported incidents with their logs, and the events of their alert sources."""

import re
from datetime import timedelta

from generator.draft.incident import Alert, Event, EventKind, Incident, Participant
from generator.draft.sources.extract.evidence import (
    Cases,
    Evidence,
    Record,
    alert_events,
    changed,
    ordered,
    overlaid,
    people,
)
from generator.draft.sources.extract.json import dicts, dig, first, label, moment, one_line, pieces, record, text, url
from generator.draft.sources.extract.prose import cut, flat, markdown
from generator.errors import InputError

LABEL = "Squadcast"

STATUS = {"triggered": "Triggered", "acknowledged": "Acknowledged", "resolved": "Resolved", "suppressed": "Suppressed"}
METRICS = {"tta (ms)": "Time to acknowledge", "ttr (ms)": "Time to resolve"}
_OWN_URL = re.compile(r"https://app\.(?:eu\.)?squadcast\.com/incident/")
# "Incident tags modified by Mira Oduya" and "Mira Oduya created a note"
_WHO = (re.compile(r"\bby (.+)$"), re.compile(r"^(.+?) (?:created|added|updated|removed|starred|deleted) "))


def recognises(payload: object) -> bool:
    """Whether any object in `payload` is shaped as Squadcast writes it."""
    return any(_kind(one) or _is_directory(one) for piece in pieces(payload) for one in _inside(piece))


def incidents_from(payload: object) -> tuple[Incident, ...]:
    """Every incident that `payload` tells of; InputError where Squadcast wrote it but it tells of none."""
    cases = Cases()
    for piece in pieces(payload):
        for one in _inside(piece):
            kind = _kind(one)
            if kind:
                cases.add(text(one.get("id" if kind == "incident" else "incident_id")), kind, [one])
    told = tuple(_incident(ref, evidence) for ref, evidence in cases.closed())
    told = tuple(one for one in told if one.title or one.alerts)
    if not told:
        raise InputError(
            "This is from Squadcast and holds no incident. Export the incidents with their logs as JSON instead."
        )
    return told


def _inside(piece: Record) -> list[Record]:
    found = [piece]
    for key in ("data", "incident", "incidents", "events"):
        found += dicts(piece.get(key)) or dicts([piece.get(key)])
    return found


def _kind(one: Record) -> str:
    """What a record is: `incident`, `event`, or empty where it is none of Squadcast's."""
    keys = one.keys()
    if {"title", "status", "alert_source"} <= keys and keys & {"logs", "event_count", "tta (ms)"}:
        return "incident"
    if _OWN_URL.match(text(one.get("url"))) and keys & {"title", "message"}:
        return "incident"
    if {"incident_id", "alert_source_id", "time_of_creation"} <= keys:
        return "event"
    return ""


def _is_directory(one: Record) -> bool:
    """Users and services, which are Squadcast's and tell of no incident."""
    keys = one.keys()
    return {"escalation_policy_id", "organization_id", "on_maintenance"} <= keys or "oncall_reminder_rules" in keys


def _incident(ref: str, evidence: Evidence) -> Incident:
    base = overlaid(evidence.get("incident", []))
    alerts = tuple(
        _alert(one) for one in evidence.get("event", []) if first(one.get("message"), one.get("description"))
    )
    tags = _tags(base)
    resolved, created = moment(base.get("resolved_at")), moment(base.get("created_at"))
    status = text(base.get("status"))
    return Incident(
        source=LABEL,
        ref=ref,
        title=_title(base),
        url=url(base.get("url")),
        severity=tags.pop("severity", ""),
        priority=first(base.get("priority"), tags.pop("priority", "")),
        status=status,
        environment=first(tags.pop("environment", ""), tags.pop("env", "")),
        description=text(base.get("description")),
        created=created,
        detected=created,
        acknowledged=moment(base.get("acknowledged_at")),
        resolved=resolved if status in {"", "resolved"} else None,
        services=tuple(filter(None, [one_line(first(dig(base, "service", "name"), base.get("service")))])),
        tags=tuple(f"{key}: {value}" for key, value in tags.items()),
        participants=_participants(base),
        events=ordered([*_log(base), *alert_events(alerts, LABEL)]),
        alerts=alerts,
        metrics=_metrics(base),
    )


def _title(base: Record) -> str:
    return one_line(first(base.get("title"), base.get("message")))


def _tags(base: Record) -> dict[str, str]:
    found = {}
    for key, one in record(base.get("tags")).items():
        value = first(dig(one, "value"), one)
        if key and value:
            found[one_line(key)] = value
    return found


def _participants(base: Record) -> tuple[Participant, ...]:
    name = one_line(first(dig(base, "assignee", "name"), base.get("assignee")))
    assigned = [text(one.get("assignedTo")) for one in dicts(base.get("logs"))]
    kind = first(dig(base, "assignee", "type"), *reversed(assigned))
    actors = [Participant("responder", who) for one in dicts(base.get("logs")) if (who := _actor(one)) and who != name]
    return people(Participant("assignee" if kind == "user" else "team", name), *actors)


def _actor(one: Record) -> str:
    reason = one_line(text(one.get("reason")))
    return first(*(found[1] for found in (pattern.search(reason) for pattern in _WHO) if found))


def _log(base: Record) -> list[Event]:
    events = []
    for one in dicts(base.get("logs")):
        at, action = moment(one.get("time")), text(one.get("action")).lower()
        kind, said = _words(action, one, base)
        if at and said:
            uid = f"{text(base.get('id'))}/{action}/{at.isoformat()}"
            key = "star" in action
            events.append(Event(at, said, LABEL, kind, _actor(one), key=key, uid=uid))
    return events


def _words(action: str, one: Record, base: Record) -> tuple[EventKind, str]:
    info = record(one.get("additionalInfo"))
    if action == "triggered":
        title = markdown(cut(_title(base), 300))
        return EventKind.STATUS, f"Triggered: {title}" if title else "Triggered"
    if action in STATUS:
        return EventKind.STATUS, STATUS[action]
    if action in {"assigned", "reassigned"}:
        whom = {"user": " to a person", "squad": " to a squad", "escalationpolicy": " to an escalation policy"}
        return EventKind.ASSIGNMENT, f"{label(action)}{whom.get(text(one.get('assignedTo')), '')}"
    if action.startswith("escalat"):
        return EventKind.ESCALATION, label(action)
    if action.startswith("note"):
        return EventKind.NOTE, flat(text(info.get("note"))) or label(action)
    if "priority" in action or "severity" in action:
        what = "Priority" if "priority" in action else "Severity"
        kind = EventKind.PRIORITY if what == "Priority" else EventKind.SEVERITY
        new, old = text(info.get("to")), text(info.get("from"))
        return kind, changed(what, label(new), label(old)) if new else label(action)
    return EventKind.NOTE, label(action)


def _alert(one: Record) -> Alert:
    tags = _tags(one)
    return Alert(
        title=one_line(first(one.get("message"), one.get("description"))),
        at=moment(one.get("time_of_creation")),
        severity=tags.get("severity", ""),
        source=LABEL,
        description=text(one.get("description")),
        uid=first(
            one.get("id"), one.get("event_id"), f"{text(one.get('incident_id'))}/{text(one.get('time_of_creation'))}"
        ),
    )


def _metrics(base: Record) -> dict[str, str]:
    found = {}
    for key, name in METRICS.items():
        value = base.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 10**12:
            found[name] = str(timedelta(seconds=round(value / 1000)))
    return found
