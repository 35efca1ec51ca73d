"""One incident of PagerDuty's, put together from everything that an export holds about it."""

import re
from collections.abc import Iterable
from datetime import datetime

from generator.draft.incident import Alert, Event, FollowUp, Incident, Participant, Reference, Release
from generator.draft.sources.extract.evidence import (
    Evidence,
    Record,
    alert_events,
    by_time,
    ordered,
    overlaid,
    people,
    role,
)
from generator.draft.sources.extract.json import dicts, dig, first, moment, one_line, record, text, unique, url, words
from generator.draft.sources.pagerduty import log as pagerduty_log
from generator.draft.sources.pagerduty.phrases import name

LABEL = pagerduty_log.LABEL


def incident(ref: str, evidence: Evidence) -> Incident:
    """The incident `ref` as its record, log, notes, alerts and webhooks tell it; without a record it has no title."""
    base = overlaid(evidence.get("incident", []), "updated_at", "last_status_change_at")
    alerts = tuple(one for one in map(_alert, evidence.get("alert", [])) if one.title)
    references = _references(base, evidence)
    channel = next((one.url for one in references if one.type == "channel"), "")
    fields = _fields([*dicts(base.get("custom_fields")), *evidence.get("field", []), *_changed_fields(evidence)])
    status = text(base.get("status"))
    entry = next((one for one in evidence.get("log", []) if text(one.get("type")) == "trigger_log_entry"), {})
    title = _title(base)
    kind = first(dig(base, "incident_type", "display_name"), dig(base, "incident_type", "name"))
    kind = "" if kind == "incident_default" else words(kind)
    created = moment(base.get("created_at"))
    return Incident(
        source=LABEL,
        ref=ref or text(base.get("incident_number")),
        title=title,
        url=first(url(base.get("html_url")), *(url(dig(one, "incident", "html_url")) for one in _all(evidence))),
        severity=fields.get("severity", ""),
        priority=first(dig(base, "priority", "summary"), dig(base, "priority", "name"), base.get("priority")),
        status=status,
        category=fields.get("category", "") or kind,
        kind=kind if fields.get("category") else "",
        environment=first(fields.get("environment"), fields.get("env")),
        description=_description(base, entry, title),
        impact=first(fields.get("customer impact"), fields.get("impact"), fields.get("business impact")),
        created=created,
        detected=created,
        acknowledged=_earliest(
            *(one.get("at") for one in dicts(base.get("acknowledgements"))),
            *pagerduty_log.times(evidence, "acknowledge"),
        ),
        resolved=_resolved(base, status, pagerduty_log.times(evidence, "resolve")),
        services=_services(base, evidence),
        participants=_participants(base, evidence, fields),
        channel=channel,
        events=_timeline(base, evidence, alerts),
        alerts=alerts,
        releases=tuple(_release(one) for one in evidence.get("change", []) if text(one.get("summary"))),
        references=tuple(one for one in references if one.url != channel),
        follow_ups=_tasks(evidence),
        tags=unique(text(one) for one in _list(base.get("tags"))),
    )


def _timeline(base: Record, evidence: Evidence, alerts: Iterable[Alert]) -> tuple[Event, ...]:
    log = pagerduty_log.events(evidence.get("log", []), evidence.get("hook", []), evidence.get("incident", []))
    notes = [event for one in evidence.get("note", []) for event in pagerduty_log.note(one)]
    updates = [event for one in evidence.get("update", []) for event in pagerduty_log.update(one)]
    # The log repeats each note, and its first entry the alert that triggered it.
    noted = {one.text for one in notes}
    said = {one.text.partition(": ")[2] for one in log if one.text.startswith("Triggered")}
    log = [one for one in log if not (one.uid.startswith("annotate/") and one.text in noted)]
    fired = [one for one in alert_events(alerts, LABEL) if one.text.removeprefix("Alert fired: ") not in said]
    return ordered([*log, *notes, *updates, *fired, *_requests(base, evidence)])


def _title(base: Record) -> str:
    # The summary is "[#1234] title": the number is in the reference already.
    summary = re.sub(r"^\[#\d+\]\s*", "", text(base.get("summary")))
    return one_line(first(base.get("title"), summary, base.get("description")))


def _description(base: Record, entry: Record, title: str) -> str:
    found = (dig(base, "body", "details"), dig(entry, "channel", "details"), base.get("description"))
    return next((told for told in map(_details, found) if told and told != title), "")


def _details(value: object) -> str:
    """The details of an incident or alert, which are a text or an object of names and values."""
    if isinstance(value, dict):
        pairs = ((text(key), one_line(text(inner))) for key, inner in value.items())
        return "\n".join(f"- {key}: {inner}" for key, inner in pairs if key and inner)
    return text(value)


def _resolved(base: Record, status: str, entries: list[object]) -> datetime | None:
    if status and status != "resolved":
        return None
    last = max((at for at in map(moment, entries) if at), default=None)
    if moment(base.get("resolved_at")) or last:
        return moment(base.get("resolved_at")) or last
    return moment(base.get("last_status_change_at")) if status == "resolved" else None


def _earliest(*values: object) -> datetime | None:
    return min((at for at in map(moment, values) if at), default=None)


def _services(base: Record, evidence: Evidence) -> tuple[str, ...]:
    holders = [base.get("service"), *dicts(base.get("impacted_services"))]
    if not base:
        holders = [one.get("service") for one in _all(evidence)]
    return unique(first(dig(one, "summary"), dig(one, "name")) for one in holders)


def _participants(base: Record, evidence: Evidence, fields: dict[str, str]) -> tuple[Participant, ...]:
    """Everybody once, by the highest role: those with roles, assignees who do not lead, other responders, teams."""
    hooks = [record(one.get("data")) for one in evidence.get("hook", [])]
    involved = _with_roles(hooks, fields)
    leading = {one.name for one in involved if one.role == "commander"}
    involved += [one for one in _assignees(base) if one.name not in leading]
    named = {one.name for one in involved}
    responders = (pagerduty_log.person(one, "responder") for one in _responders(base, hooks, evidence))
    involved += [one for one in responders if one.name not in named]
    involved += [Participant("team", name(one)) for one in dicts(base.get("teams"))]
    return people(*involved)


def _with_roles(hooks: list[Record], fields: dict[str, str]) -> list[Participant]:
    assignments = [one for data in hooks for one in dicts(data.get("incident_role_assignments"))]
    active = [one for one in assignments if text(one.get("status")) != "inactive"]
    in_hooks = [pagerduty_log.person(one.get("assignee"), role(name(one.get("role")))) for one in active]
    return in_hooks + [Participant(role(key), value) for key, value in fields.items() if role(key) == "commander"]


def _assignees(base: Record) -> list[Participant]:
    assigned = [one.get("assignee") for one in dicts(base.get("assignments"))] + list(dicts(base.get("assignees")))
    return [pagerduty_log.person(who, "assignee") for who in assigned]


def _responders(base: Record, hooks: list[Record], evidence: Evidence) -> list[object]:
    """Who answered: acknowledged, was asked and came, or acted in the log."""
    acting = {"acknowledge_log_entry", "resolve_log_entry", "annotate_log_entry"}
    responders = [one.get("acknowledger") for one in dicts(base.get("acknowledgements"))]
    responders += [one.get("user") for one in dicts(base.get("incidents_responders"))]
    responders += [data.get("user") for data in hooks if text(data.get("type")) == "incident_responder"]
    responders += [one.get("agent") for one in evidence.get("log", []) if text(one.get("type")) in acting]
    return [one for one in responders if pagerduty_log.is_person(one)]


def _alert(one: Record) -> Alert:
    severity = first(one.get("severity"), dig(one, "body", "cef_details", "severity"))
    resolved = text(one.get("status")) == "resolved"
    details = dig(one, "body", "cef_details", "details") or dig(one, "body", "details")
    return Alert(
        title=one_line(
            first(one.get("summary"), one.get("title"), one.get("alert_key") if one.get("created_at") else "")
        ),
        at=moment(one.get("created_at")),
        ended=(moment(one.get("resolved_at")) or moment(one.get("updated_at"))) if resolved else None,
        severity=severity,
        source=first(dig(one, "integration", "summary"), dig(one, "body", "cef_details", "client")) or LABEL,
        url=url(one.get("html_url")),
        description=_details(details),
        uid=text(one.get("id")),
    )


def _release(one: Record) -> Release:
    links = (url(link.get("href")) for link in dicts(one.get("links")))
    details = record(one.get("custom_details"))
    return Release(
        name=one_line(text(one.get("summary"))),
        at=moment(one.get("timestamp")),
        service=first(*(name(service) for service in dicts(one.get("services")))),
        environment=first(details.get("environment"), details.get("env")),
        url=next(filter(None, links), ""),
        author=first(details.get("author"), details.get("user"), details.get("deployed_by")),
        source=LABEL,
    )


def _requests(base: Record, evidence: Evidence) -> list[Event]:
    logged = {text(one.get("type")) for one in evidence.get("log", [])}
    if any("responder" in kind for kind in logged):
        return []
    found = dicts(base.get("responder_requests")) + evidence.get("request", [])
    return [event for one in found for event in pagerduty_log.request(one)]


def _references(base: Record, evidence: Evidence) -> tuple[Reference, ...]:
    bridges = [base.get("conference_bridge")]
    hooks = [record(one.get("data")) for one in evidence.get("hook", [])]
    bridges += [data for data in hooks if text(data.get("type")) == "incident_conference_bridge"]
    found = [Reference(url(dig(one, "conference_url")), "Conference bridge", "conference") for one in bridges]
    for one in dicts(base.get("external_references")):
        target, title = url(one.get("external_url")), first(one.get("external_id"), one.get("summary"))
        chat = "slack.com/" in target or "teams.microsoft.com/" in target
        found.append(Reference(target, text(one.get("summary")) if chat else title, "channel" if chat else "ticket"))
    contexts = [dict_ for holder in _all(evidence) for dict_ in dicts(holder.get("contexts"))]
    contexts += [link for one in evidence.get("alert", []) for link in dicts(dig(one, "body", "contexts"))]
    found += [Reference(url(one.get("href")), one_line(text(one.get("text")))) for one in contexts]
    return tuple({one.url: one for one in found if one.url}.values())


def _tasks(evidence: Evidence) -> tuple[FollowUp, ...]:
    latest = {}
    for event in by_time(evidence.get("hook", []), "occurred_at"):
        data = record(event.get("data"))
        if text(data.get("type")) == "incident_task":
            latest[text(data.get("id"))] = FollowUp(
                title=one_line(first(data.get("name"), data.get("summary"), data.get("description"))),
                key=text(data.get("id")),
                owner=name(_first(data.get("assignees"))),
                status=words(data.get("status")),
            )
    return tuple(one for one in latest.values() if one.title)


def _fields(values: Iterable[Record]) -> dict[str, str]:
    """Custom fields by their name in lower case."""
    found = {}
    for one in values:
        inner = one.get("value")
        value = ", ".join(filter(None, map(text, inner))) if isinstance(inner, list) else text(inner)
        for key in (one.get("name"), one.get("display_name")):
            if value:
                found[words(key)] = value
    return found


def _changed_fields(evidence: Evidence) -> list[Record]:
    data = (record(event.get("data")) for event in evidence.get("hook", []))
    return [one for inner in data for one in dicts(inner.get("custom_fields"))]


def _all(evidence: Evidence) -> list[Record]:
    """Everything that may name its incident or service."""
    return [record(one.get("data")) or one for records in evidence.values() for one in records]


def _first(value: object) -> Record:
    return next(iter(dicts(value)), {})


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
