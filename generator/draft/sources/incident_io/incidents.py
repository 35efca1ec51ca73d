"""One incident of incident.io's, put together from everything that an export holds about it."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from generator.draft.incident import Alert, Event, EventKind, FollowUp, Incident, Participant, Reference
from generator.draft.sources.extract.evidence import (
    Evidence,
    Record,
    alert_events,
    by_time,
    changed,
    ordered,
    overlaid,
    people,
    role,
)
from generator.draft.sources.extract.json import (
    dicts,
    dig,
    first,
    label,
    moment,
    one_line,
    plain,
    record,
    text,
    unique,
    url,
)
from generator.draft.sources.extract.prose import flat, joined, markdown

LABEL = "incident.io"

# The words in the names of an account's own timestamps and statuses, each the first that fits.
STARTED = re.compile(r"impact (?:start|began)|^start|problem start", re.IGNORECASE)
DETECTED = re.compile(r"detect|report|declar", re.IGNORECASE)
ACKNOWLEDGED = re.compile(r"accept|acknowledg|respon(?:se|ded)|lead assigned", re.IGNORECASE)
MITIGATED = re.compile(r"mitigat|fixed|stabili[sz]ed|impact (?:end|stop)|monitoring", re.IGNORECASE)
RESOLVED = re.compile(r"resolved", re.IGNORECASE)
CLOSED = re.compile(r"closed|completed", re.IGNORECASE)
OVER = {"closed", "learning", "post-incident", "post_incident", "paused", "declined", "canceled", "merged"}
NEAR = timedelta(minutes=1)


def incident(ref: str, evidence: Evidence) -> Incident:
    """The incident `ref` as its record, updates and webhooks tell it; without a record it has no title."""
    base = overlaid(evidence.get("incident", []), "updated_at")
    updates = by_time(evidence.get("update", []), "created_at")
    alerts = tuple(_alert(one) for one in evidence.get("alert", []))
    fields = _fields(base)
    stamps = _stamps(base)
    created = moment(base.get("created_at"))
    told = [*_updated(updates), *_hooks(evidence.get("hook", []), updates)]
    events = [*_reported(base), *told, *_stamped(stamps, told, base), *alert_events(alerts, LABEL)]
    events += [event for one in evidence.get("action", []) for event in _action(one)]
    kind = "" if dig(base, "incident_type", "is_default") is True else text(dig(base, "incident_type", "name"))
    category = fields("category", "incident type")
    mitigated, resolved = _ends(updates)
    live = text(dig(base, "incident_status", "category")) in {"triage", "live", "active"}
    return Incident(
        source=LABEL,
        ref=first(base.get("reference"), ref),
        title=one_line(text(base.get("name"))),
        url=url(base.get("permalink")),
        severity=first(dig(base, "severity", "name"), base.get("severity")),
        priority=fields("priority"),
        status=first(dig(base, "incident_status", "name"), base.get("status")),
        category=category or kind,
        kind=kind if category else "",
        environment=fields("environment"),
        description=plain(base.get("summary")),
        impact=fields("customer impact", "impact", "user impact", "business impact"),
        created=created,
        started=_stamp(stamps, STARTED),
        detected=_stamp(stamps, DETECTED),
        acknowledged=_stamp(stamps, ACKNOWLEDGED),
        mitigated=_stamp(stamps, MITIGATED) or mitigated,
        resolved=None if live else _stamp(stamps, RESOLVED) or resolved or _stamp(stamps, CLOSED),
        services=_list(fields("affected services", "impacted services", "services", "service", "affected service")),
        components=_list(fields("affected components", "components", "component", "features", "feature", "product")),
        tags=_list(fields("tags", "labels")),
        participants=_participants(base),
        channel=_channel(base),
        events=ordered(events),
        alerts=alerts,
        references=_references(base),
        follow_ups=tuple(_follow_up(one) for what in ("follow_up", "action") for one in evidence.get(what, [])),
        metrics=_metrics(base),
        private=text(base.get("visibility")) == "private",
    )


def _reported(base: Record) -> list[Event]:
    at = moment(base.get("created_at"))
    actor, uid = _actor(base.get("creator")), f"{text(base.get('id'))}/reported"
    return [Event(at, "Incident reported", LABEL, EventKind.STATUS, actor, uid=uid)] if at else []


def _updated(updates: list[Record]) -> list[Event]:
    """Each update as up to two rows: its status or message, and its severity."""
    events, status, severity = [], "", ""
    for one in updates:
        at, uid, actor = moment(one.get("created_at")), text(one.get("id")), _actor(one.get("updater"))
        new, grave = text(dig(one, "new_incident_status", "name")), text(dig(one, "new_severity", "name"))
        said = flat(plain(one.get("message")))
        if at and new and new != status:
            told = joined(changed("Status", new, status), said)
            events.append(Event(at, told, LABEL, EventKind.STATUS, actor, uid=uid))
        elif at and said:
            events.append(Event(at, said, LABEL, EventKind.MESSAGE, actor, uid=uid))
        if at and grave and grave != severity:
            told = changed("Severity", grave, severity)
            events.append(Event(at, told, LABEL, EventKind.SEVERITY, actor, uid=f"{uid}/severity"))
        if at and text(one.get("merged_into_incident_id")):
            events.append(
                Event(at, "Merged into another incident", LABEL, EventKind.STATUS, actor, uid=f"{uid}/merged")
            )
        status, severity = new or status, grave or severity
    return events


def _hooks(hooks: list[Record], updates: list[Record]) -> list[Event]:
    """Webhooks that tell of a change of status; those that repeat an update are left out."""
    known = {text(dig(one, "new_incident_status", "name")) for one in updates}
    events = []
    for one in hooks:
        base, new = record(one.get("incident")), text(dig(one, "new_status", "name"))
        at = moment(base.get("updated_at"))
        if at and new and new not in known:
            told = changed("Status", new, dig(one, "previous_status", "name"))
            uid = f"{text(base.get('id'))}/status/{new}/{at.isoformat()}"
            said = flat(plain(one.get("message")))
            events.append(Event(at, joined(told, said), LABEL, EventKind.STATUS, uid=uid))
    return events


def _stamped(stamps: list[tuple[str, datetime]], told: list[Event], base: Record) -> list[Event]:
    """The incident's timestamps, where nothing else tells what happened then."""
    known = [one.at for one in told] + [at for at in [moment(base.get("created_at"))] if at]
    ref = text(base.get("id"))
    return [
        Event(at, markdown(label(re.sub(r"\s+at$", "", name))), LABEL, EventKind.STATUS, uid=f"{ref}/{name}")
        for name, at in stamps
        if not any(abs(at - other) < NEAR for other in known)
    ]


def _action(one: Record) -> list[Event]:
    """When a task of the response was done."""
    at, said = moment(one.get("completed_at")), flat(plain(first(one.get("title"), one.get("description"))))
    done = text(one.get("status")) == "completed" and at and said
    actor = text(dig(one, "assignee", "name"))
    return [Event(at, f"Done: {said}", LABEL, EventKind.NOTE, actor, uid=text(one.get("id")))] if done and at else []


def _stamps(base: Record) -> list[tuple[str, datetime]]:
    """The incident's own timestamps by name, in their order."""
    found = [
        (text(dig(one, "incident_timestamp", "name")), moment(dig(one, "value", "value")))
        for one in dicts(base.get("incident_timestamp_values"))
    ]
    # Version 1 of the API called them `timestamps`.
    found += [(text(one.get("name")), moment(one.get("last_occurred_at"))) for one in dicts(base.get("timestamps"))]
    return [(name, at) for name, at in found if name and at]


def _stamp(stamps: list[tuple[str, datetime]], name: re.Pattern[str]) -> datetime | None:
    return min((at for called, at in stamps if name.search(called)), default=None)


def _ends(updates: list[Record]) -> tuple[datetime | None, datetime | None]:
    """When updates say it was mitigated, and when they say it was over and stayed so."""
    mitigated = resolved = None
    for one in updates:
        name, at = text(dig(one, "new_incident_status", "name")), moment(one.get("created_at"))
        over = text(dig(one, "new_incident_status", "category")) in OVER or bool(
            RESOLVED.search(name) or CLOSED.search(name)
        )
        if name and over:
            resolved = resolved or at
        elif name:
            resolved = None
            mitigated = (mitigated or at) if MITIGATED.search(name) else None
    return mitigated, resolved


def _fields(base: Record) -> Callable[..., str]:
    """A look-up of custom fields by the names that accounts give them."""
    found: dict[str, str] = {}
    for one in dicts(base.get("custom_field_entries")):
        values = (
            first(dig(value, "value_catalog_entry", "name"), dig(value, "value_option", "value"), value.get("value_text"),
                  value.get("value_link"), value.get("value_numeric"))
            for value in dicts(one.get("values"))
        )  # fmt: skip
        found[text(dig(one, "custom_field", "name")).casefold()] = ", ".join(filter(None, values))
    return lambda *names: next((found[name] for name in names if found.get(name)), "")


def _list(value: str) -> tuple[str, ...]:
    return unique(part.strip() for part in value.split(","))


def _participants(base: Record) -> tuple[Participant, ...]:
    found = []
    for one in dicts(base.get("incident_role_assignments")):
        kind, name = text(dig(one, "role", "role_type")), dig(one, "role", "name")
        known = {"lead": "commander", "reporter": "reporter"}
        found.append(_person(known.get(kind) or role(name) or "responder", one.get("assignee")))
    if not any(one.role == "reporter" and one.name for one in found):
        found.append(_person("reporter", dig(base, "creator", "user")))
    return people(*found)


def _person(as_role: str, value: object) -> Participant:
    one = record(value)
    return Participant(as_role, one_line(text(one.get("name"))), text(one.get("email")), text(one.get("slack_user_id")))


def _actor(value: object) -> str:
    kinds = ("user", "api_key", "workflow", "alert")
    return one_line(first(*(first(dig(value, kind, "name"), dig(value, kind, "title")) for kind in kinds)))


def _channel(base: Record) -> str:
    channel, team = text(base.get("slack_channel_id")), text(base.get("slack_team_id"))
    if re.fullmatch(r"\w+", channel) and re.fullmatch(r"\w+", team):
        return f"https://slack.com/app_redirect?channel={channel}&team={team}"
    name = text(base.get("slack_channel_name")).removeprefix("#")
    return f"#{name}" if name else ""


def _references(base: Record) -> tuple[Reference, ...]:
    issue = record(base.get("external_issue_reference"))
    found = [
        Reference(url(base.get("call_url")), "Incident call", "conference"),
        Reference(url(base.get("postmortem_document_url")), "Post-incident document", "document"),
        Reference(url(issue.get("issue_permalink")), text(issue.get("issue_name")), "ticket"),
    ]
    for one in dicts(base.get("attachments")):
        inner = record(one.get("resource"))
        found.append(
            Reference(url(inner.get("permalink")), one_line(text(inner.get("title"))), text(inner.get("resource_type")))
        )
    found += [
        Reference(url(value.get("value_link")), text(dig(one, "custom_field", "name")))
        for one in dicts(base.get("custom_field_entries"))
        for value in dicts(one.get("values"))
    ]
    return tuple({one.url: one for one in found if one.url}.values())


def _follow_up(one: Record) -> FollowUp:
    issue = record(one.get("external_issue_reference"))
    return FollowUp(
        title=one_line(plain(first(one.get("title"), one.get("description")))),
        key=text(issue.get("issue_name")),
        url=url(issue.get("issue_permalink")),
        owner=one_line(text(dig(one, "assignee", "name"))),
        owner_email=text(dig(one, "assignee", "email")),
        due=text(one.get("due_date")),
        status=text(one.get("status")).replace("_", " "),
        priority=text(dig(one, "priority", "name")),
    )


def _alert(one: Record) -> Alert:
    attributes = {
        text(dig(inner, "attribute", "name")).casefold(): first(
            dig(inner, "value", "label"), dig(inner, "value", "literal")
        )
        for inner in dicts(one.get("attributes"))
    }
    return Alert(
        title=one_line(text(one.get("title"))),
        at=moment(one.get("created_at")),
        ended=moment(one.get("resolved_at")),
        severity=first(attributes.get("severity"), attributes.get("priority")),
        source=LABEL,
        url=url(one.get("source_url")),
        description=plain(one.get("description")),
        uid=text(one.get("id")),
    )


def _metrics(base: Record) -> dict[str, str]:
    """The account's own durations, in hours, minutes and seconds."""
    found = {}
    for one in dicts(base.get("duration_metrics")):
        name, seconds = text(dig(one, "duration_metric", "name")), one.get("value_seconds")
        if name and isinstance(seconds, int | float) and 0 <= seconds < 10**10:
            found[name] = str(timedelta(seconds=round(seconds)))
    return found
