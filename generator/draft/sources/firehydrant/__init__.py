"""FireHydrant: incidents with milestones, roles, impacts and tickets, their timeline events, and its webhooks."""

from collections.abc import Iterable
from datetime import datetime

from generator.draft.incident import Alert, Attachment, Event, EventKind, FollowUp, Incident, Participant, Reference
from generator.draft.sources.extract.evidence import (
    Cases,
    Evidence,
    Record,
    alert_events,
    ordered,
    overlaid,
    people,
    role,
)
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
from generator.draft.sources.firehydrant import log
from generator.errors import InputError

LABEL = "FireHydrant"

# The names under which exports put what belongs to an incident.
PARTS = {
    "incident": "incident", "incidents": "incident", "events": "event", "timeline": "event",
    "incident_events": "event", "alerts": "alert", "tickets": "ticket",
}  # fmt: skip
UNSET = {"unset", "unknown"}


def recognises(payload: object) -> bool:
    """Whether any object in `payload` is shaped as FireHydrant writes it."""
    return any(_kind(one) or _is_directory(one) for piece in pieces(payload) for one in (piece, *_inside(piece)))


def incidents_from(payload: object) -> tuple[Incident, ...]:
    """Every incident that `payload` tells of; InputError where FireHydrant wrote it but it tells of none."""
    cases = Cases()
    for piece in pieces(payload):
        kinds = [_kind(piece)] if _kind(piece) else []
        for one in [piece] if kinds else _inside(piece):
            kind = _kind(one)
            if kind:
                cases.add(text(one.get("id" if kind == "incident" else "incident_id")), kind, [one])
        if not kinds:
            _fragments(piece, cases)
    told = tuple(_incident(ref, evidence) for ref, evidence in cases.closed())
    told = tuple(one for one in told if one.title or one.events or one.alerts)
    if not told:
        raise InputError(
            "This is from FireHydrant and holds no incident. "
            "Export the incident (GET /v1/incidents/{id}) and its events (GET /v1/incidents/{id}/events) instead."
        )
    return told


def _inside(piece: Record) -> list[Record]:
    """The objects that an answer, an export or a webhook (`data.incident`) carries."""
    found = []
    for key in ("data", *PARTS, "report", "retrospective"):
        inner = piece.get(key)
        inner = record(inner).get("incident") or record(inner).get("data") or inner
        found += dicts(inner) or dicts([inner])
    return found


def _fragments(piece: Record, cases: Cases) -> None:
    """What stands beside an incident in an export and does not name it."""
    inside = _inside(piece)
    about = [text(one.get("id")) for one in inside if _kind(one) == "incident"]
    if len(about) == 1:
        for key in ("alerts", "tickets"):
            found = record(piece.get(key)).get("data", piece.get(key))
            cases.add(about[0], PARTS[key], [one for one in dicts(found) if not _kind(one)])


def _kind(one: Record) -> str:
    """What a record is: `incident`, `event`, or empty where it is none of FireHydrant's."""
    keys = one.keys()
    if {"current_milestone", "name"} <= keys or {"milestones", "role_assignments", "name"} <= keys:
        return "incident"
    if {"name", "started_at", "severity", "customer_impact_summary"} <= keys:
        return "incident"
    if {"occurred_at", "type", "data"} <= keys and keys & {"incident_id", "visibility", "author"}:
        return "event"
    return ""


def _is_directory(one: Record) -> bool:
    """Users and teams, which are FireHydrant's and tell of no incident."""
    return "slack_linked?" in one or {"memberships", "owned_checklist_templates"} <= one.keys()


def _incident(ref: str, evidence: Evidence) -> Incident:
    base = overlaid(evidence.get("incident", []), "updated_at")
    alerts = tuple(_alert(one) for one in (*_some(base, "alerts", "alert_links"), *evidence.get("alert", [])))
    alerts = tuple(one for one in alerts if one.title)
    milestones = _milestones(base)
    resolved = milestones.get("resolved") or moment(base.get("resolved_at"))
    events = log.events(base, evidence.get("event", []))
    events += [*_noted(base, events), *alert_events(alerts, LABEL)]
    impacts = _impacts(base)
    kind = text(dig(base, "incident_type", "name"))
    labels = {words(key): text(value) for key, value in record(base.get("labels")).items() if text(value)}
    return Incident(
        source=LABEL,
        ref=first(base.get("number"), ref),
        title=one_line(text(base.get("name"))),
        url=first(url(base.get("incident_url")), *(url(one.get("incident_url")) for one in evidence.get("event", []))),
        severity=_set(first(dig(base, "severity", "slug"), base.get("severity"))),
        priority=_set(first(dig(base, "priority", "slug"), base.get("priority"))),
        status=_status(base),
        category=labels.get("category", "") or kind,
        kind=kind if labels.get("category") else "",
        environment=", ".join(unique([*_names(base, "environments"), *impacts["environment"]])),
        description="\n\n".join(unique([text(base.get("summary")), text(base.get("description"))])),
        impact=_impact(base),
        created=moment(base.get("created_at")),
        started=milestones.get("started") or moment(base.get("started_at")),
        detected=milestones.get("detected"),
        acknowledged=milestones.get("acknowledged") or moment(base.get("acknowledged_at")),
        mitigated=milestones.get("mitigated") or moment(base.get("mitigated_at")),
        resolved=resolved,
        services=unique([*_names(base, "services"), *impacts["service"]]),
        components=unique([*_names(base, "functionalities"), *impacts["functionality"]]),
        tags=unique([*(text(tag) for tag in _list(base.get("tag_list"))), *(f"{k}: {v}" for k, v in labels.items())]),
        participants=_participants(base),
        channel=_channel(base),
        events=ordered(events),
        alerts=alerts,
        references=_references(base),
        follow_ups=_follow_ups(base, evidence),
        attachments=_attachments(base),
        private=base.get("restricted") is True,
    )


def _status(base: Record) -> str:
    phase = next((text(one.get("name")) for one in dicts(base.get("lifecycle_phases")) if one.get("current")), "")
    return first(dig(base, "current_milestone", "name"), base.get("current_milestone"), base.get("status"), phase)


def _milestones(base: Record) -> dict[str, datetime]:
    """When each milestone was reached, by the slug of the milestone."""
    found = {}
    for one in log.milestone_records(base):
        at = moment(one.get("occurred_at"))
        if at:
            found[first(one.get("type"), one.get("slug"), one.get("name")).lower()] = at
    return found


def _impacts(base: Record) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"service": [], "functionality": [], "environment": []}
    for one in dicts(base.get("impacts")):
        found.setdefault(text(one.get("type")), []).append(text(dig(one, "impact", "name")))
    return found


def _impact(base: Record) -> str:
    """What customers noticed: the summary in words, else how many there were."""
    said, number = text(base.get("customer_impact_summary")), text(base.get("customers_impacted"))
    return said or (f"{number} customers impacted." if number not in {"", "0"} else "")


def _noted(base: Record, events: list[Event]) -> Iterable[Event]:
    """The incident's last note, where its events are not in the export."""
    if any(one.kind in {EventKind.NOTE, EventKind.MESSAGE} for one in events):
        return ()
    return log.note(record(base.get("last_note")))


def _participants(base: Record) -> tuple[Participant, ...]:
    found = [
        _person(role(dig(one, "incident_role", "name")) or "responder", one.get("user"))
        for one in dicts(base.get("role_assignments"))
        if text(one.get("status")) in {"", "active"}
    ]
    found.append(_person("reporter", base.get("created_by")))
    found += [Participant("team", text(dig(one, "team", "name"))) for one in dicts(base.get("team_assignments"))]
    return people(*found)


def _person(as_role: str, value: object) -> Participant:
    one = record(value)
    return Participant(as_role, one_line(text(one.get("name"))), text(one.get("email")))


def _channel(base: Record) -> str:
    channels = dicts(base.get("incident_channels"))
    name = text(base.get("channel_name")) or first(*(one.get("name") for one in channels))
    links = [url(one.get("url")) for one in channels]
    return next(filter(None, links), "") or (f"#{name.removeprefix('#')}" if name else "")


def _references(base: Record) -> tuple[Reference, ...]:
    found = []
    for one in dicts(base.get("conference_bridges")):
        bridge = record(one.get("attachments"))
        links = [one, bridge, *dicts(one.get("attachments"))]
        found += [Reference(url(first(inner.get("href_url"), inner.get("url"), inner.get("href"))),
                            text(inner.get("display_text")) or "Conference bridge", "conference") for inner in links]  # fmt: skip
    found += [Reference(url(one.get("url")), "Status page", "page") for one in dicts(base.get("status_pages"))]
    found += [
        Reference(
            url(first(one.get("export_url"), one.get("url"))), text(one.get("name")) or "Retrospective", "document"
        )
        for one in dicts(base.get("retro_exports"))
    ]
    found += [
        Reference(
            url(first(one.get("href_url"), one.get("url"), one.get("href"))),
            one_line(first(one.get("display_text"), one.get("name"), one.get("title"))),
        )
        for one in _some(base, "links", "external_links", "external_resources")
    ]
    runbooks = [dig(one, "runbook") for one in dicts(base.get("runbook_executions"))]
    found += [Reference(url(dig(one, "url")), text(dig(one, "name")), "runbook") for one in runbooks]
    return tuple({one.url: one for one in found if one.url}.values())


def _follow_ups(base: Record, evidence: Evidence) -> tuple[FollowUp, ...]:
    """The tickets that came out of it; the incident's own ticket is not one of them."""
    found = []
    for one in _some(base, "incident_tickets", "tickets", "follow_ups") + evidence.get("ticket", []):
        link = next(iter(dicts(one.get("attachments"))), {})
        assignee = next(iter(dicts(one.get("assignees"))), {})
        if text(one.get("type")) == "incident":
            continue
        found.append(
            FollowUp(
                title=one_line(text(one.get("summary"))),
                key=first(link.get("display_text"), dig(one, "link", "display_text"), one.get("key")),
                url=first(url(link.get("href_url")), url(dig(one, "link", "href_url")), url(one.get("url"))),
                owner=text(assignee.get("name")),
                owner_email=text(assignee.get("email")),
                due=first(one.get("due_at"), one.get("due_date"))[:10],
                status=words(one.get("state")),
                priority=first(dig(one, "priority", "slug"), one.get("priority")),
            )
        )
    return tuple(one for one in found if one.title)


def _attachments(base: Record) -> tuple[Attachment, ...]:
    found = (
        Attachment(first(one.get("vanity_url"), one.get("name"), one.get("file_name")), url(first(one.get("url"), one.get("download_url"))))
        for one in dicts(base.get("attachments"))
    )  # fmt: skip
    return tuple(one for one in found if one.url)


def _alert(one: Record) -> Alert:
    inner = record(one.get("alert")) or one
    return Alert(
        title=one_line(first(inner.get("summary"), inner.get("title"), inner.get("name"))),
        at=moment(inner.get("starts_at")) or moment(inner.get("created_at")),
        ended=moment(inner.get("ends_at")) or moment(inner.get("resolved_at")),
        severity=first(inner.get("severity"), inner.get("priority")),
        source=first(inner.get("integration_name"), inner.get("source")) or LABEL,
        url=url(first(inner.get("remote_url"), inner.get("url"))),
        description=text(inner.get("description")),
        uid=first(inner.get("id"), inner.get("remote_id")),
    )


def _set(value: str) -> str:
    """A severity or priority that somebody chose."""
    return "" if value.lower() in UNSET else value


def _names(base: Record, key: str) -> list[str]:
    return [one_line(text(one.get("name"))) for one in dicts(base.get(key))]


def _some(base: Record, *keys: str) -> list[Record]:
    return [one for key in keys for one in dicts(base.get(key))]


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
