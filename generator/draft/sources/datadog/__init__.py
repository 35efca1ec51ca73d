"""Datadog: incidents of its API (JSON:API, either spelling of the keys), and monitors' events and webhooks as alerts."""

import re
from collections.abc import Iterator

from generator.draft.incident import Incident
from generator.draft.sources.datadog import alerts
from generator.draft.sources.datadog.incidents import incident
from generator.draft.sources.extract.evidence import Cases, Record
from generator.draft.sources.extract.json import dicts, dig, first, pieces, record, text
from generator.errors import InputError

LABEL = "Datadog"

# Types of JSON:API resources, and what they are to an incident.
PARTS = {
    "incidents": "incident",
    "incident_attachments": "attachment",
    "incident_integrations": "integration",
    "incident_integration_metadata": "integration",
    "incident_todos": "todo",
    "incident_impacts": "impact",
    "incident_impact": "impact",
    "incident_timeline_cells": "cell",
    "incident_timeline_cell": "cell",
    "incident_responders": "responder",
}
OWN_FIELDS = {
    "public_id", "customer_impacted", "customer_impact_scope", "fields", "incident_type_uuid", "notification_handles",
}  # fmt: skip
SETTINGS = {"incident_types", "notification_templates", "user_defined_field", "service_level_objective_search_results"}


def recognises(payload: object) -> bool:
    """Whether any object in `payload` is shaped as Datadog writes it."""
    return any(_is_ours(piece) for piece in pieces(payload))


def incidents_from(payload: object) -> tuple[Incident, ...]:
    """Every incident that `payload` tells of; InputError where Datadog wrote it but it tells of none."""
    cases = Cases()
    users: list[Record] = []
    happenings: list[Record] = []
    for piece in pieces(payload):
        for one in _resources(piece):
            kind = text(one.get("type"))
            if kind in PARTS:
                ref = one.get("id") if kind == "incidents" else _about(one) or _outer(piece)
                cases.add(text(ref), PARTS[kind], [one])
            elif kind == "users":
                users.append(one)
        happenings += alerts.happenings(piece)
    found = [incident(ref, evidence, users) for ref, evidence in cases.closed()]
    told = tuple(one for one in found if one.title or one.events or one.references or one.follow_ups)
    alerted = alerts.incident_of(list({repr(one): one for one in happenings}.values()))
    told += (alerted,) if alerted else ()
    if not told:
        raise InputError(
            "This is from Datadog and holds no incident. "
            "Export the incident (GET /api/v2/incidents/{id}?include=users,attachments), or the monitor's events, instead."
        )
    return told


def snake(one: Record) -> Record:
    """A record with its keys in snake case: Datadog's TypeScript client writes `publicId` for `public_id`."""
    return {re.sub(r"(?<=[a-z0-9])([A-Z])", lambda found: f"_{found[1].lower()}", key): one[key] for key in one}


def _is_ours(piece: Record) -> bool:
    if alerts.happenings(piece) or _is_metrics(piece):
        return True
    for one in _resources(piece):
        kind, attributes = text(one.get("type")), snake(record(one.get("attributes")))
        if kind == "incidents" and attributes.keys() & OWN_FIELDS:
            return True
        if (kind in PARTS and kind != "incidents" and attributes) or kind in SETTINGS:
            return True
        if kind == "users" and {"handle", "service_account"} <= attributes.keys():
            return True
    return False


def _is_metrics(piece: Record) -> bool:
    return "res_type" in piece and any("pointlist" in one for one in dicts(piece.get("series")))


def _resources(piece: Record) -> Iterator[Record]:
    """Every JSON:API resource in an answer: its data, what it includes, and what a search wraps."""
    inner = piece.get("data")
    for one in [piece, *(dicts(inner) or dicts([inner])), *dicts(piece.get("included"))]:
        if isinstance(one.get("type"), str) and isinstance(one.get("attributes"), dict):
            yield {**one, "attributes": snake(record(one.get("attributes")))}
            if text(one.get("type")) == "incidents_search_results":
                found = [record(wrapped.get("data")) for wrapped in dicts(dig(one, "attributes", "incidents"))]
                yield from _resources({"data": found})


def _about(one: Record) -> str:
    """The id of the incident that a resource belongs to."""
    return first(dig(one, "relationships", "incident", "data", "id"), dig(one, "attributes", "incident_id"))


def _outer(piece: Record) -> str:
    """The id of the one incident whose answer includes a resource."""
    return text(dig(piece, "data", "id")) if text(dig(piece, "data", "type")) == "incidents" else ""
