"""incident.io: incidents, updates, actions, follow-ups, alerts and webhooks of its API, version 2."""

import re

from generator.draft.incident import Incident
from generator.draft.sources.extract.evidence import Cases, Record
from generator.draft.sources.extract.json import dicts, dig, first, pieces, record, text, words
from generator.draft.sources.incident_io.incidents import incident
from generator.errors import InputError

LABEL = "incident.io"

PARTS = {
    "incident": "incident", "incidents": "incident",
    "incident_updates": "update", "incident_update": "update", "updates": "update",
    "actions": "action", "action": "action", "follow_ups": "follow_up", "follow_up": "follow_up",
    "alerts": "alert", "alert": "alert", "incident_alerts": "link",
}  # fmt: skip
# What the API calls its settings, told by the keys that only they have together.
SETTINGS = {
    "incident statuses": {"category", "rank", "name"},
    "incident roles": {"role_type", "shortform", "instructions"},
    "incident types": {"create_in_triage", "name"},
    "severities": {"rank", "name", "description", "created_at"},
    "incident timestamps": {"rank", "name"},
    "custom field options": {"custom_field_id", "sort_key", "value"},
    "custom fields": {"field_type", "name", "description"},
    "alert sources": {"source_type", "template"},
    "alert attributes": {"array", "name", "type"},
    "users": {"slack_user_id", "name", "email"},
}
_ULID = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")
_WEBHOOK = re.compile(r"(?:public|private)_(?:incident|alert)\.\w+")


def recognises(payload: object) -> bool:
    """Whether any object in `payload` is shaped as incident.io writes it."""
    return any(_is_ours(piece) for piece in pieces(payload))


def incidents_from(payload: object) -> tuple[Incident, ...]:
    """Every incident that `payload` tells of; InputError where incident.io wrote it but it tells of none."""
    cases = Cases()
    for piece in pieces(payload):
        _sort(piece, cases)
    incidents = tuple(incident(ref, evidence) for ref, evidence in cases.closed())
    told = tuple(one for one in incidents if one.title or one.events or one.alerts or one.follow_ups)
    if not told:
        raise InputError(_refusal(payload))
    return told


def _is_ours(piece: Record) -> bool:
    if _webhook(piece) or _kind(piece) or _setting(piece):
        return True
    inside = [one for key in PARTS for one in (dicts(piece.get(key)) or dicts([piece.get(key)]))[:3]]
    if any(_kind(one) for one in inside):
        return True
    return any(_setting(one) for value in piece.values() for one in (dicts(value) or dicts([value]))[:1])


def _kind(one: Record) -> str:
    """What a record is: `incident`, `update`, `action`, `follow_up`, `alert`, `link`, or empty."""
    keys = one.keys()
    if keys & {"incident_status", "incident_role_assignments", "custom_field_entries"} and keys & {"name", "reference"}:
        return "incident"
    if {"reference", "permalink"} <= keys and keys & {"visibility", "severity", "mode"}:
        return "incident"
    if "incident_id" in keys and keys & {"new_incident_status", "new_severity", "updater"}:
        return "update"
    if {"incident_id", "assignee", "completed_at"} <= keys:
        return "follow_up" if "title" in keys or one.get("follow_up") is True else "action"
    if {"alert_source_id", "title"} <= keys and keys & {"deduplication_key", "attributes"}:
        return "alert"
    if {"alert", "incident"} <= keys and _kind(record(one.get("alert"))) == "alert":
        return "link"
    return ""


def _setting(one: Record) -> str:
    if not _ULID.fullmatch(text(one.get("id"))):
        return ""
    return next((what for what, keys in SETTINGS.items() if keys <= one.keys()), "")


def _webhook(piece: Record) -> str:
    name = text(piece.get("event_type"))
    return name if _WEBHOOK.fullmatch(name) and isinstance(piece.get(name), dict) else ""


def _sort(piece: Record, cases: Cases) -> None:
    """Put everything in one object of the payload with the incident that it is about."""
    name = _webhook(piece)
    if name:
        data = record(piece.get(name))
        inner = record(data.get("incident")) or data
        if _kind(inner) == "incident":
            private = {"visibility": "private"} if name.startswith("private_") else {}
            cases.add(text(inner.get("id")), "incident", [{**inner, **private}])
            cases.add(text(inner.get("id")), "hook", [{**data, "event_type": name}])
        elif _kind(inner):
            cases.add(text(inner.get("incident_id")), _kind(inner), [inner])
        return
    kind = _kind(piece)
    if kind:
        _add(kind, piece, cases)
        return
    for key, what in PARTS.items():
        under = piece.get(key)
        under = record(under).get(key, under)  # whole API answers, each under its own key
        for one in dicts(under) or dicts([under]):
            _add(_kind(one) or what, one, cases)


def _add(what: str, one: Record, cases: Cases) -> None:
    if what == "incident":
        ref = text(one.get("id"))
        cases.add(ref, "incident", [one] if _kind(one) else [])
        for key, inner in PARTS.items():
            if inner != "incident":
                cases.add(ref, inner, dicts(one.get(key)))
    elif what == "link":
        cases.add(text(dig(one, "incident", "id")), "alert", [record(one.get("alert"))])
    else:
        cases.add(first(one.get("incident_id")), what, [one])


def _refusal(payload: object) -> str:
    found = pieces(payload)
    if any(_webhook(piece).startswith("private_") for piece in found):
        return (
            "This webhook of incident.io is about a private incident and carries only its id. "
            "Export the incident itself (GET /v2/incidents/{id}) with a key that may read private incidents."
        )
    inside = [one for piece in found for value in piece.values() for one in dicts(value) + dicts([value])]
    what = next((what for what in map(_setting, [*found, *inside]) if what), "")
    what = what or next((words(key) for piece in found for key in piece if key in PARTS), "data")
    return (
        f"This holds {what} of incident.io and no incident. "
        "Export the incident (GET /v2/incidents/{id}) and its updates (GET /v2/incident_updates) instead."
    )
