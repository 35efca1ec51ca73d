"""PagerDuty: incidents, log entries, notes, alerts, status updates, change events, and webhooks v2 and v3."""

import re

from generator.draft.incident import Incident
from generator.draft.sources.extract.evidence import Cases, Record
from generator.draft.sources.extract.json import dicts, dig, first, pieces, record, text, words
from generator.draft.sources.pagerduty.incidents import incident
from generator.draft.sources.pagerduty.log import from_message
from generator.errors import InputError

LABEL = "PagerDuty"

# What an API answer or an export may hold, under every name that it goes by.
PARTS = {
    "incident": "incident", "incidents": "incident",
    "log_entries": "log", "log_entry": "log", "logEntries": "log", "logs": "log",
    "notes": "note", "note": "note",
    "alerts": "alert", "alert": "alert",
    "status_updates": "update", "status_update": "update", "statusUpdates": "update",
    "change_events": "change", "change_event": "change", "related_change_events": "change", "changeEvents": "change",
    "custom_fields": "field", "custom_field_values": "field",
    "responder_requests": "request", "responder_request": "request",
}  # fmt: skip
TYPES = {"incident": "incident", "alert": "alert", "change_event": "change", "field_value": "field"}
# Records that are PagerDuty's and tell nothing of one incident, and what to export instead.
OTHERS = (
    "past_incidents", "related_incidents", "outlier_incident", "users", "user", "teams", "team", "services", "service",
    "schedules", "schedule", "escalation_policies", "escalation_policy", "oncalls", "priorities", "fields", "field",
    "field_options", "field_option", "incident_types", "incident_type", "rules", "rule", "integration",
    "contact_methods", "contact_method", "notification_rules", "notification_rule", "responder_request_targets",
    "notification_subscriptions", "user_sessions", "user_session", "licenses", "license",
)  # fmt: skip
_ID = re.compile(r"[A-Z0-9]{6,26}")
_OWN_URL = re.compile(r"https://[\w.-]+\.(?:pagerduty\.com|pd-staging\.com)(?:/|$)")
_OWN_TYPES = {*TYPES, "user", "team", "service", "priority", "escalation_policy", "schedule", "field", "field_option",
              "incident_type", "business_service"}  # fmt: skip
_WEBHOOKS = ("incident.", "service.", "pagey.")


def recognises(payload: object) -> bool:
    """Whether any object in `payload` is shaped as PagerDuty writes it."""
    return any(_is_ours(piece) for piece in pieces(payload))


def incidents_from(payload: object) -> tuple[Incident, ...]:
    """Every incident that `payload` tells of; InputError where PagerDuty wrote it but it tells of none."""
    cases = Cases()
    for piece in pieces(payload):
        _sort(piece, cases)
    incidents = tuple(incident(ref, evidence) for ref, evidence in cases.closed())
    told = tuple(one for one in incidents if one.title or one.events or one.alerts or one.releases or one.environment)
    if not told:
        raise InputError(_refusal(payload))
    return told


def _is_ours(piece: Record) -> bool:
    if _webhook(piece) or _messages(piece) or _written_by_pagerduty(piece):
        return True
    for key in (*PARTS, *OTHERS):
        inner = piece.get(key)
        if any(_written_by_pagerduty(one) for one in (dicts(inner) or dicts([inner]))[:3]):
            return True
        if key in {"incident", "log_entries"} and _written_by_pagerduty(_first(record(inner).get(key))):
            return True
    return False


def _written_by_pagerduty(one: Record, depth: int = 0) -> bool:
    kind, identity = text(one.get("type")), text(one.get("id"))
    if _OWN_URL.match(text(one.get("self"))) or _OWN_URL.match(text(one.get("html_url"))):
        return True
    if (kind in _OWN_TYPES or kind.endswith(("_reference", "_log_entry"))) and _ID.fullmatch(identity):
        return True
    if {"incident_number", "incident_key"} <= one.keys() or {"incident_number", "escalation_policy"} <= one.keys():
        return True
    if kind == "change_event" and "timestamp" in one:
        return True
    nested = ("incident", "user", "service", "agent", "sender", "requester")
    return depth == 0 and any(_written_by_pagerduty(record(one.get(key)), 1) for key in nested)


def _webhook(piece: Record) -> Record | None:
    event = record(piece.get("event"))
    told = isinstance(event.get("data"), dict) and text(event.get("event_type")).startswith(_WEBHOOKS)
    return event if told else None


def _messages(piece: Record) -> list[Record]:
    found = dicts(piece.get("messages"))
    return [one for one in found if text(one.get("event")).startswith("incident.") and record(one.get("incident"))]


def _sort(piece: Record, cases: Cases) -> None:
    """Put everything in one object of the payload with the incident that it is about."""
    event = _webhook(piece)
    if event:
        data = record(event.get("data"))
        if text(data.get("type")) == "incident":
            cases.add(text(data.get("id")), "incident", [{**data, "updated_at": event.get("occurred_at")}])
        if text(event.get("event_type")).startswith("incident."):
            cases.add(_about(data), "hook", [event])
        return
    for message in _messages(piece):
        about = record(message.get("incident"))
        cases.add(text(about.get("id")), "incident", [about])
        cases.add(text(about.get("id")), "log", dicts(message.get("log_entries")) or [from_message(message)])
    kind = text(piece.get("type"))
    if kind.endswith("_log_entry"):
        cases.add(_about(piece), "log", [piece])
    elif kind in TYPES or "incident_number" in piece:
        _add(TYPES.get(kind, "incident"), piece, cases)
    elif "content" in piece and isinstance(piece.get("user"), dict):
        _add("note", piece, cases)
    else:
        for key, what in PARTS.items():
            inner = piece.get(key)
            inner = record(inner).get(key, inner)  # whole API answers, each under its own key
            for one in dicts(inner) or dicts([inner]):
                _add(what, one, cases)


def _add(what: str, one: Record, cases: Cases) -> None:
    if what == "incident" and text(one.get("type")).endswith("_reference"):
        return  # the answer to a merge names an incident and tells nothing of it
    cases.add(text(one.get("id")) if what == "incident" else _about(one), what, [one])


def _about(one: Record) -> str:
    """The id of the incident that a record belongs to."""
    assigned = _first(one.get("incident_role_assignments"))
    own = one.get("id") if text(one.get("type")) == "incident" else ""
    return first(dig(one, "incident", "id"), dig(assigned, "incident", "id"), own)


def _first(value: object) -> Record:
    return next(iter(dicts(value)), {})


def _refusal(payload: object) -> str:
    keys = {key for piece in pieces(payload) for key in piece}
    kinds = {text(piece.get("type")).removesuffix("_reference") for piece in pieces(payload)}
    what = next((words(key) for key in OTHERS if key in keys or key in kinds), "data")
    return (
        f"This holds {what} of PagerDuty and no incident. Export the incident (GET /incidents/{{id}}) and its log "
        "entries (GET /incidents/{id}/log_entries) instead."
    )
