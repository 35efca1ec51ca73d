"""Grafana Incident: its outgoing webhook, the answers of its API, and its activity timeline."""

from collections.abc import Iterator
from datetime import datetime

from generator.draft.incident import Attachment, Event, EventKind, FollowUp, Incident, Participant, Reference
from generator.draft.sources.extract import alerts
from generator.draft.sources.extract.dedupe import in_order, together
from generator.draft.sources.extract.json import dicts, dig, first, moment, one_line, text, unique, url, words
from generator.draft.sources.extract.prose import flat, markdown, with_detail
from generator.draft.sources.grafana import shapes
from generator.errors import InputError

LABEL = "Grafana Incident"

KINDS = {
    "incidentCreated": EventKind.STATUS,
    "incidentClosed": EventKind.STATUS,
    "incidentDeleted": EventKind.STATUS,
    "incidentStatusChanged": EventKind.STATUS,
    "incidentStart": EventKind.STATUS,
    "incidentEnd": EventKind.STATUS,
    "incidentSeverityChanged": EventKind.SEVERITY,
    "roleAssigned": EventKind.ASSIGNMENT,
    "roleUnassigned": EventKind.ASSIGNMENT,
    "messageReaction": EventKind.MESSAGE,
    "userNote": EventKind.NOTE,
}
SAID = {
    "incidentCreated": "Incident declared",
    "incidentClosed": "Incident closed",
    "incidentDeleted": "Incident deleted",
    "incidentStatusChanged": "Status changed",
    "incidentStart": "Incident started",
    "incidentEnd": "Incident ended",
    "incidentSeverityChanged": "Severity changed",
    "incidentTitleChanged": "Title changed",
    "incidentIsDrillChanged": "Drill setting changed",
    "incidentUpdated": "Incident updated",
    "incidentSummary": "Summary updated",
    "roleAssigned": "Role assigned",
    "roleUnassigned": "Role unassigned",
    "taskAdded": "Task added",
    "taskUpdated": "Task updated",
    "taskCompleted": "Task completed",
    "taskDeleted": "Task deleted",
    "labelAdded": "Label added",
    "labelRemoved": "Label removed",
    "contextAttached": "Context attached",
    "dataQuery": "Query attached",
    "siftResult": "Investigation result",
    "actionRun": "Action ran",
}
SILENT = {"hookRunMetadata"}  # what the machinery did, not what happened


def recognises(payload: object) -> bool:
    """Whether this is a Grafana incident, some of its activity or its tasks."""
    return bool(
        shapes.incidents(payload) or shapes.activity(payload) or shapes.tasks(payload) or shapes.is_empty(payload)
    )


def incidents_from(payload: object) -> tuple[Incident, ...]:
    """Every incident in the payload with the activity that lies beside it; activity alone is a partial one."""
    if isinstance(payload, list) and not shapes.activity(payload):
        return together(incident for item in payload for incident in incidents_from(item))
    found, activity = shapes.incidents(payload), shapes.activity(payload)
    if found:
        hook = payload if isinstance(payload, dict) and str(payload.get("event", "")).startswith("grafana.inc") else {}
        return tuple(_incident(one, shapes.belonging(one, activity, len(found)), hook) for one in found)
    if activity:
        refs = unique(text(one.get("incidentID")) for one in activity)
        return tuple(
            _partial(ref, [one for one in activity if text(one.get("incidentID")) == ref]) for ref in refs or ("",)
        )
    if tasks := shapes.tasks(payload):
        return (Incident(source=LABEL, follow_ups=_follow_ups(tasks)),)
    raise InputError("There is no incident in this answer of Grafana Incident; widen the query and export it again.")


def _incident(one: dict[str, object], activity: list[dict[str, object]], hook: dict[str, object]) -> Incident:
    created = moment(one.get("createdTime"))
    started, ended = moment(one.get("incidentStart")), moment(one.get("incidentEnd"))
    closed = moment(one.get("closedTime"))
    by = text(dig(one, "createdByUser", "name"))
    severity = first(one.get("severity"), one.get("severityLabel"))
    labels = _labels(one)
    ref = text(one.get("incidentID"))
    link = url(one.get("overviewURL"))
    over = ended or closed
    events = [*_events(activity), *_beginning_and_end(one, activity, over, by)]
    if (at := moment(hook.get("time"))) and (line := _hooked(hook, one)):
        events.append(Event(at, line[0], LABEL, line[1], url=link, uid=text(hook.get("id"))))
    return Incident(
        source=LABEL,
        ref=ref,
        title=one_line(text(one.get("title"))),
        url=link,
        severity="" if severity.lower() == "pending" else severity,
        status=text(one.get("status")),
        category=text(one.get("incidentType")),
        kind="drill" if one.get("isDrill") is True else "",
        description=first(one.get("summary"), one.get("description")),
        created=created,
        started=started or created,
        resolved=over,
        services=unique(value for key, value in labels if key in alerts.SERVICE),
        components=unique(value for key, value in labels if key in alerts.COMPONENT),
        environment=next((value for key, value in labels if key in alerts.ENVIRONMENT), ""),
        tags=unique(
            f"{key}:{value}" if key and key != "tags" else value for key, value in labels if key not in alerts.PLACES
        ),
        participants=_participants(one, by),
        channel=_channel(one, activity),
        events=in_order(events),
        references=_references(one, activity),
        follow_ups=_follow_ups(dicts(dig(one, "taskList", "tasks"))),
        attachments=_attachments(activity),
    )


def _beginning_and_end(
    one: dict[str, object], activity: list[dict[str, object]], over: datetime | None, by: str
) -> Iterator[Event]:
    """Beginning and end as events, where the activity does not give them."""
    kinds = {text(item.get("activityKind")) for item in activity}
    created, ref, link = moment(one.get("createdTime")), text(one.get("incidentID")), url(one.get("overviewURL"))
    if created and "incidentCreated" not in kinds:
        yield Event(created, SAID["incidentCreated"], LABEL, EventKind.STATUS, by, link, uid=f"{ref}/created")
    if over and not kinds & {"incidentEnd", "incidentClosed", "incidentStatusChanged"}:
        yield Event(over, "Incident resolved", LABEL, EventKind.STATUS, url=link, uid=f"{ref}/end")


def _partial(ref: str, activity: list[dict[str, object]]) -> Incident:
    return Incident(
        source=LABEL,
        ref=ref,
        channel=_channel({}, activity),
        events=in_order(_events(activity)),
        references=_references({}, activity),
        attachments=_attachments(activity),
    )


def _events(activity: list[dict[str, object]]) -> list[Event]:
    events = []
    for one in activity:
        at = moment(one.get("eventTime")) or moment(one.get("createdTime"))
        kind = text(one.get("activityKind"))
        body, said = flat(text(one.get("body"))), SAID.get(kind, "")
        if at is None or kind in SILENT or not (body or said):
            continue
        # Bodies are sentences of Grafana's own for what it did, and people's words for notes.
        line = f"{said}: {body}" if said and body and said.lower() not in body.lower() else body or said
        subject = text(dig(one, "subjectUser", "name"))
        if subject and kind in {"roleAssigned", "roleUnassigned"} and subject not in line:
            line = f"{line}: {markdown(subject)}"
        pinned = text(one.get("relevance")).lower() == "high"
        events.append(
            Event(
                at,
                line,
                LABEL,
                KINDS.get(kind, EventKind.NOTE),
                text(dig(one, "user", "name")),
                url(one.get("url")),
                key=pinned,
                uid=text(one.get("activityItemID")),
            )
        )
    return events


def _hooked(hook: dict[str, object], one: dict[str, object]) -> tuple[str, EventKind] | None:
    # "grafana.incident.updated.severity" tells what changed; the incident beside it tells to what.
    changed = text(hook.get("event")).rpartition(".")[2]
    if changed == "severity":
        return (
            with_detail("Severity changed", markdown(first(one.get("severity"), one.get("severityLabel")))),
            EventKind.SEVERITY,
        )
    if changed == "status":
        return with_detail("Status changed", markdown(text(one.get("status")))), EventKind.STATUS
    return ("Roles changed", EventKind.ASSIGNMENT) if changed == "role" else None


def _participants(one: dict[str, object], by: str) -> tuple[Participant, ...]:
    found = []
    for holder in (dig(one, "incidentMembership", "assignments"), dig(one, "roles"), dig(one, "assignments")):
        for item in dicts(holder):
            name, account = text(dig(item, "user", "name")), text(dig(item, "user", "userID"))
            role = words(first(dig(item, "role", "name"), item.get("role"), item.get("roleID")))
            if name or account:
                found.append(Participant(role, name, account=account))
    for item in dicts(dig(one, "incidentMembershipPreview", "importantAssignments")):
        name = text(dig(item, "user", "name"))
        if name:
            found.append(Participant(words(first(dig(item, "role", "name"), item.get("role"))), name))
    account = text(dig(one, "createdByUser", "userID"))
    return unique([*found, *([Participant("reporter", by, account=account)] if by else [])])


def _labels(one: dict[str, object]) -> list[tuple[str, str]]:
    found = [
        (text(item.get("key")).lower(), first(item.get("label"), item.get("value")))
        for item in dicts(one.get("labels"))
    ]
    pairs = []
    for key, value in found:
        left, sign, right = value.partition(":")
        pairs.append((left.strip().lower(), right.strip()) if sign and key in {"", "tags"} else (key, value))
    return [(key, value) for key, value in pairs if value]


def _channel(one: dict[str, object], activity: list[dict[str, object]]) -> str:
    for item in dicts(one.get("incidentChannels")):
        channel, team = text(item.get("channelID")), text(item.get("teamID"))
        if channel and text(item.get("provider")).lower() in {"", "slack"}:
            return url(f"https://slack.com/app_redirect?channel={channel}" + (f"&team={team}" if team else ""))
    links = (url(item.get("url")) for item in activity)
    return next(
        (link for link in links if ".slack.com/archives/" in link and "/p" not in link.rpartition("archives/")[2]), ""
    )


def _references(one: dict[str, object], activity: list[dict[str, object]]) -> tuple[Reference, ...]:
    found = [
        Reference(url(ref.get("url")), first(ref.get("ref"), ref.get("key")), "ticket")
        for ref in dicts(one.get("refs"))
    ]
    for item in activity:
        if text(item.get("activityKind")) in {"contextAttached", "dataQuery", "actionRun"}:
            link = url(item.get("url"))
            kind = "dashboard" if "/d/" in link else "page"
            found.append(Reference(link, one_line(text(item.get("body")))[:120], kind))
    return tuple({ref.url: ref for ref in found if ref.url}.values())


def _attachments(activity: list[dict[str, object]]) -> tuple[Attachment, ...]:
    found = []
    for one in (file for item in activity for file in dicts(item.get("attachments"))):
        link = url(one.get("downloadURL")) or url(one.get("sourceURL"))
        size = one.get("contentLength")
        if link:
            name = text(one.get("path")).rpartition("/")[2] or "attachment"
            known = size if isinstance(size, int) and not isinstance(size, bool) else None
            found.append(Attachment(name, link, known, text(one.get("contentType"))))
    return tuple(found)


def _follow_ups(tasks: list[dict[str, object]]) -> tuple[FollowUp, ...]:
    # Grafana puts its own reminders ("Assign COMMANDER role") on every list; they cannot be edited.
    return tuple(
        FollowUp(
            one_line(text(task.get("text"))),
            owner=text(dig(task, "assignedUser", "name")),
            status={"todo": "open", "done": "completed"}.get(text(task.get("status")), text(task.get("status"))),
        )
        for task in tasks
        if text(task.get("text")) and task.get("immutable") is not True
    )
