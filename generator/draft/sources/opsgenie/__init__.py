"""Opsgenie: incidents and their timelines, alerts with logs and notes, and the webhooks of both."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

from generator.draft.incident import Alert, Incident, Participant, Reference
from generator.draft.sources.extract.evidence import Cases, Evidence, Record, alert_events, ordered, overlaid, people
from generator.draft.sources.extract.json import (
    dicts,
    dig,
    first,
    moment,
    one_line,
    pieces,
    record,
    text,
    unique,
    url,
    words,
)
from generator.draft.sources.opsgenie import log
from generator.errors import InputError

LABEL = "Opsgenie"

PARTS = {
    "incident": "incident", "incidents": "incident", "alert": "alert", "alerts": "alert",
    "timelines": "entry", "timeline": "entry", "entries": "entry", "timelineEntries": "entry",
    "logs": "log", "log": "log", "notes": "note",
}  # fmt: skip
_ENVELOPE = {"data", "requestId"}
_OWN_URL = re.compile(r"https://[\w.-]*opsgenie\.com/")


def recognises(payload: object) -> bool:
    """Whether any object in `payload` is shaped as Opsgenie writes it."""
    return any(_is_ours(piece) for piece in pieces(payload))


def incidents_from(payload: object) -> tuple[Incident, ...]:
    """Every incident in `payload`, or its one alert as an incident; InputError where it tells of neither."""
    cases = Cases()
    for piece in pieces(payload):
        _sort(piece, cases)
    told = tuple(_incident(ref, evidence) for ref, evidence in cases.closed())
    told = tuple(one for one in told if one.title or one.events or one.alerts)
    if not told:
        raise InputError(
            "This is from Opsgenie and holds no incident. Export the incident (GET /v1/incidents/{id}) with its "
            "timeline (GET /v2/incident-timelines/{id}/entries), or an alert with its log, instead."
        )
    return told


def _is_ours(piece: Record) -> bool:
    if _webhook(piece) or _kind(piece) or _is_directory(piece):
        return True
    inner = piece.get("data")
    if piece.keys() >= _ENVELOPE:
        entries = dicts(dig(inner, "entries"))
        return any(_kind(one) or _is_directory(one) for one in entries + dicts(inner) + dicts([inner]))
    kinds = [_kind(one) for key in PARTS for one in (dicts(piece.get(key)) or dicts([piece.get(key)]))[:3]]
    return any(kinds)


def _kind(one: Record) -> str:
    """What a record is: `incident`, `alert`, `entry`, `log`, `note`, or empty where it is none of Opsgenie's."""
    keys = one.keys()
    if {"eventTime", "type"} <= keys and isinstance(one.get("title"), dict):
        return "entry"
    if {"log", "createdAt"} <= keys and keys & {"owner", "offset", "type"}:
        return "log"
    if {"note", "createdAt"} <= keys and ("owner" in keys or "offset" in keys):
        return "note"
    if {"tinyId", "message"} <= keys:
        incident = keys & {"impactStartDate", "impactedServices", "ownerTeam", "extraProperties", "timelines"}
        return "incident" if incident and "alias" not in keys else "alert"
    return ""


def _is_directory(one: Record) -> bool:
    """Users and teams, which are Opsgenie's and tell of no incident."""
    user = {"blocked", "verified", "username", "fullName"} <= one.keys()
    return user or bool(_OWN_URL.match(text(dig(one, "links", "api"))))


def _webhook(piece: Record) -> bool:
    alert, incident = record(piece.get("alert")), record(piece.get("incident"))
    known = text(piece.get("action")) and ("alertId" in alert or "tinyId" in alert or "incidentId" in incident)
    return bool(known) or bool(text(piece.get("action")) and "integrationId" in piece and (alert or incident))


def _sort(piece: Record, cases: Cases) -> None:
    """Put everything in one object of the payload with the incident or alert that it is about."""
    if _webhook(piece):
        what = "alert" if piece.get("alert") else "incident"
        one = record(piece.get(what))
        ref = _ref(what, one)
        cases.add(ref, what, [{"id": ref.partition("/")[2], **one}])
        cases.add(ref, "hook", [piece])
        return
    kind = _kind(piece)
    if kind in {"incident", "alert"}:
        cases.add(_ref(kind, piece), kind, [piece])
        _fragments(piece, _ref(kind, piece), cases)
    elif kind:
        cases.add("", kind, [piece])
    elif piece.keys() >= _ENVELOPE:
        inner = piece.get("data")
        for one in dicts(inner) or dicts([inner]):
            if _kind(one):
                _sort(one, cases)
            else:
                _export(one, cases)
    else:
        _export(piece, cases)


def _export(piece: Record, cases: Cases) -> None:
    """An object that holds an incident or alerts and, beside them, what belongs to them."""
    inside = {what: _under(piece, key) for key, what in PARTS.items() if piece.get(key)}
    incidents = [one for one in inside.get("incident", []) if _kind(one)]
    for one in incidents:
        _sort({"ownerTeam": "", **one}, cases)
    for one in inside.get("alert", []):
        if len(incidents) == 1 and _kind(one):
            cases.add(_ref("incident", incidents[0]), "alert", [one])
        elif _kind(one):
            _sort(one, cases)
    _fragments(piece, "", cases)


def _fragments(piece: Record, ref: str, cases: Cases) -> None:
    for key, what in PARTS.items():
        if what in {"entry", "log", "note"}:
            cases.add(ref, what, [one for one in _under(piece, key) if _kind(one) == what])


def _under(piece: Record, key: str) -> list[Record]:
    """The records under a key, be they a list, one object or a whole API answer."""
    inner = piece.get(key)
    inner = record(inner).get("data", inner)
    inner = record(inner).get("entries", inner)
    return dicts(inner) or dicts([inner])


def _ref(kind: str, one: Record) -> str:
    return f"{kind}/{first(one.get('alertId'), one.get('incidentId'), one.get('id'), one.get('tinyId'))}"


def _incident(case: str, evidence: Evidence) -> Incident:
    is_alert = not evidence.get("incident") and bool(evidence.get("alert"))
    base = overlaid(evidence.get("incident") or evidence.get("alert", []), "updatedAt")
    by_id: dict[str, list[Record]] = {}
    for one in evidence.get("alert", []):
        by_id.setdefault(_ref("alert", one), []).append(one)
    alerts = tuple(_alert(overlaid(states, "updatedAt")) for states in by_id.values())
    readers = {"entry": log.entry, "hook": log.hook, "log": log.log, "note": log.note}
    events = [event for what, read in readers.items() for one in evidence.get(what, []) for event in read(one)]
    created = moment(base.get("createdAt"))
    status = text(base.get("status")).lower() or log.status_after(evidence.get("hook", []))
    acknowledged = _report(base, "ackTime") or log.when(evidence, "Acknowledged")
    resolved = _resolved(base, status, evidence)
    if is_alert and resolved and len(alerts) == 1:
        alerts = (replace(alerts[0], ended=resolved),)
    if not events:
        events = log.from_fields(base, "Alert created" if is_alert else "Incident opened", acknowledged, resolved)
    links = record(base.get("links"))
    details = {**_strings(base.get("extraProperties")), **_strings(base.get("details"))}
    return Incident(
        source=LABEL,
        ref=first(base.get("tinyId"), base.get("id"), case.partition("/")[2]),
        title=one_line(text(base.get("message"))),
        url=first(url(links.get("web")), url(base.get("url"))),
        severity=first(details.get("severity")),
        priority=text(base.get("priority")),
        status=status,
        environment=first(details.get("environment"), details.get("env")),
        description=text(base.get("description")),
        impact=first(details.get("impact"), details.get("customer impact")),
        created=created,
        started=moment(base.get("impactStartDate")),
        detected=moment(base.get("impactDetectDate")) or (created if is_alert else None),
        acknowledged=acknowledged,
        resolved=resolved,
        services=_services(base, details),
        components=unique([text(base.get("entity"))]),
        tags=unique(text(tag) for tag in _list(base.get("tags"))),
        participants=_participants(base),
        events=ordered([*events, *(alert_events(alerts, LABEL) if not is_alert else [])]),
        alerts=alerts,
        references=_references(details),
    )


def _resolved(base: Record, status: str, evidence: Evidence) -> datetime | None:
    """When it ended; the log says so where the record does not, and a record that is open again has no end."""
    stated = _report(base, "closeTime") or moment(base.get("impactEndDate"))
    if status in {"resolved", "closed"} or not base:
        return stated or log.when(evidence, "Resolved") or log.when(evidence, "Closed")
    return None if status else stated


def _services(base: Record, details: dict[str, str]) -> tuple[str, ...]:
    found = [first(dig(one, "name"), dig(one, "summary"), one) for one in _list(base.get("impactedServices"))]
    # Opsgenie gives services by their id alone; an id is no name that a reader knows.
    named = [one for one in found if one and not re.fullmatch(r"[0-9a-f]{8}-[0-9a-f-]{27}", one)]
    return unique([*named, details.get("service", "")])


def _participants(base: Record) -> tuple[Participant, ...]:
    report = record(base.get("report"))
    owner = _person("commander", base.get("owner"))
    found = [owner, _person("team", base.get("ownerTeam"))]
    found += [
        _person("team" if text(one.get("type")) == "team" else "responder", first(one.get("name"), one.get("username")))
        for one in dicts(base.get("responders")) + dicts(base.get("teams"))
    ]
    found += [_person("responder", name) for name in (report.get("acknowledgedBy"), report.get("closedBy"))]
    return people(
        *(one for one in found if one == owner or one.role == "team" or one.email != owner.email or not one.email)
    )


def _person(role: str, value: object) -> Participant:
    """Opsgenie names people by their e-mail address."""
    name = one_line(text(value))
    return Participant(role, "" if "@" in name else name, name if "@" in name else "")


def _alert(one: Record) -> Alert:
    closed = text(one.get("status")).lower() == "closed"
    return Alert(
        title=one_line(text(one.get("message"))),
        at=moment(one.get("createdAt")),
        ended=(_report(one, "closeTime") or moment(one.get("updatedAt"))) if closed else None,
        severity=text(one.get("priority")),
        source=first(dig(one, "integration", "name"), one.get("source")) or LABEL,
        url=url(dig(one, "links", "web")),
        description=text(one.get("description")),
        uid=first(one.get("id"), one.get("alertId"), one.get("tinyId")),
    )


def _report(one: Record, key: str) -> datetime | None:
    """The moment that a report gives as milliseconds since the alert was created."""
    created, after = moment(one.get("createdAt")), text(dig(one, "report", key))
    return created + timedelta(milliseconds=float(after)) if created and re.fullmatch(r"\d{1,12}", after) else None


def _references(details: dict[str, str]) -> tuple[Reference, ...]:
    found = (Reference(url(value), key, "runbook" if "runbook" in key else "page") for key, value in details.items())
    return tuple(one for one in found if one.url)


def _strings(value: object) -> dict[str, str]:
    return {words(key): text(inner) for key, inner in record(value).items() if text(inner)}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
