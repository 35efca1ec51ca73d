"""What PagerDuty's log entries and webhook events say, as rows of a timeline."""

from collections.abc import Iterable
from datetime import datetime

from generator.draft.incident import Event, EventKind, Participant
from generator.draft.sources.extract.evidence import Evidence, Record, by_time
from generator.draft.sources.extract.json import dicts, dig, first, moment, one_line, record, text, unique, url, words
from generator.draft.sources.extract.prose import cut, flat, markdown
from generator.draft.sources.pagerduty.phrases import name, names, sentence

LABEL = "PagerDuty"

# The webhooks' names of what log entries tell, newest first: v3 (`incident.acknowledged`), v2 (`incident.acknowledge`).
STEMS = {
    "triggered": "trigger", "acknowledged": "acknowledge", "unacknowledged": "unacknowledge", "resolved": "resolve",
    "reopened": "reopen", "escalated": "escalate", "delegated": "delegate", "reassigned": "assign",
    "priority_updated": "priority_change", "annotated": "annotate", "status_update_published": "status_update",
    "responder.added": "responder_request", "responder.replied": "responder_reply",
}  # fmt: skip


def events(entries: Iterable[Record], hooks: Iterable[Record], snapshots: Iterable[Record]) -> list[Event]:
    """The timeline of one incident from its log entries, webhooks and own fields, each thing that happened once."""
    entries = list(entries)
    seen = {_mark(one) for one in entries}
    stems = {_stem(one) for one in entries}
    found = [event for one in entries if _stem(one) != "notify" for event in _told(one)]
    found += _notified([one for one in entries if _stem(one) == "notify"])
    priority = ""
    for hook in by_time(hooks, "occurred_at"):
        entry = _from_hook(hook, priority)
        priority = first(dig(hook, "data", "priority", "summary"), priority)
        stems.add(_stem(entry))
        if _mark(entry) not in seen:  # a webhook repeats the log entry that it was sent for
            found += _told(entry)
    return found + [event for one in snapshots for stem, event in _from_snapshot(one) if stem not in stems]


def times(evidence: Evidence, stem: str) -> list[object]:
    """When log entries and webhooks of one kind were written."""
    entries = [one.get("created_at") for one in evidence.get("log", []) if _stem(one) == stem]
    hooks = [one.get("occurred_at") for one in evidence.get("hook", []) if _stem(_from_hook(one, "")) == stem]
    return entries + hooks


def note(one: Record) -> list[Event]:
    """A note that a person or a rule wrote."""
    at, said = moment(one.get("created_at")), flat(text(one.get("content")))
    uid = text(one.get("id"))
    return [Event(at, said, LABEL, EventKind.NOTE, name(one.get("user")), uid=uid)] if at and said else []


def update(one: Record) -> list[Event]:
    """A status update that was sent to subscribers."""
    at, said = moment(one.get("created_at")), flat(text(one.get("message")))
    told, uid = f"Status update: {said}", text(one.get("id"))
    return [Event(at, told, LABEL, EventKind.MESSAGE, name(one.get("sender")), uid=uid)] if at and said else []


def request(one: Record) -> list[Event]:
    """A request for more responders."""
    at = moment(one.get("requested_at"))
    targets = [record(target.get("responder_request_target")) for target in dicts(one.get("responder_request_targets"))]
    asked = [inner for target in targets for inner in dicts(target.get("incidents_responders"))]
    who = names([inner.get("user") for inner in asked] or list(targets))
    if at is None or not who:
        return []
    told = f"Responders requested: {who}"
    return [
        Event(at, told, LABEL, EventKind.ASSIGNMENT, name(one.get("requester")), uid=f"request/{at.isoformat()}/{who}")
    ]


def from_message(message: Record) -> Record:
    """A v2 webhook without log entries, as the log entry that it should have carried."""
    incident, stem = record(message.get("incident")), text(message.get("event")).removeprefix("incident.")
    return {
        "id": message.get("id"),
        "type": f"{stem}_log_entry",
        "created_at": message.get("created_on"),
        "agent": incident.get("last_status_change_by"),
        "incident": incident,
        "assignees": [one.get("assignee") for one in dicts(incident.get("assignments"))],
        "escalation_policy": incident.get("escalation_policy"),
    }


def person(value: object, as_role: str) -> Participant:
    """A user or a reference to one, in a role."""
    return Participant(as_role, name(value), text(record(value).get("email")))


def is_person(value: object) -> bool:
    """Whether a reference leads to a person and not to a service, a rule or an integration."""
    return text(record(value).get("type")) in {"user", "user_reference"}


def _stem(entry: Record) -> str:
    return text(entry.get("type")).removesuffix("_log_entry")


def _actor(entry: Record) -> str:
    """Who acted; where PagerDuty acts by itself it names the incident's own service, which is nobody."""
    agent = record(entry.get("agent"))
    return "" if text(agent.get("type")) in {"service", "service_reference"} else name(agent)


def _mark(entry: Record) -> tuple[str, datetime | None]:
    at = moment(entry.get("created_at"))
    return _stem(entry), at and at.replace(microsecond=0)


def _from_hook(hook: Record, priority: str) -> Record:
    """A v3 webhook event as the log entry that tells the same."""
    data = record(hook.get("data"))
    kind = text(hook.get("event_type")).removeprefix("incident.")
    return {
        **data,
        "id": hook.get("id"),
        "type": f"{STEMS.get(kind, kind)}_log_entry",
        "created_at": hook.get("occurred_at"),
        "agent": hook.get("agent"),
        "channel": {"summary": first(data.get("content"), data.get("title"))},
        "old_priority": priority,
        "html_url": "",  # of the incident, not of what happened to it
    }


def _told(entry: Record) -> list[Event]:
    at, stem = moment(entry.get("created_at")), _stem(entry)
    kind, said = sentence(stem, entry)
    if at is None or not said:
        return []
    uid = text(entry.get("id"))
    uid = f"annotate/{uid}" if stem == "annotate" else uid
    return [Event(at, said, LABEL, kind, _actor(entry), url(entry.get("html_url")), uid=uid)]


def _notified(entries: list[Record]) -> list[Event]:
    """Notifications, one row per person and minute: PagerDuty calls, texts and mails all at once."""
    rows: dict[tuple[str, datetime], tuple[datetime, Record, list[str]]] = {}
    for one in by_time(entries, "created_at"):
        at, who = moment(one.get("created_at")), name(one.get("user"))
        if at is not None:
            way = first(dig(one, "channel", "notification", "type"), dig(one, "channel", "type"))
            row = rows.setdefault((who, at.replace(second=0, microsecond=0)), (at, one, []))
            row[2].append("" if way == "auto" else words(way))
    return [
        Event(
            at,
            markdown(f"Notified {who or 'responders'}{f' by {ways}' if (ways := ', '.join(unique(used))) else ''}"),
            LABEL,
            EventKind.ESCALATION,
            url=url(one.get("html_url")),
            uid=text(one.get("id")),
        )
        for (who, _), (at, one, used) in rows.items()
    ]


def _from_snapshot(one: Record) -> list[tuple[str, Event]]:
    """What an incident's own fields tell of its course, each with the kind of log entry that would tell it better."""
    ref = text(one.get("id"))
    title = markdown(cut(one_line(text(one.get("title"))), 300))
    changer = name(one.get("last_status_change_by")) if text(one.get("status")) == "resolved" else ""
    rows = [("trigger", one.get("created_at"), f"Triggered: {title}" if title else "Triggered", "")]
    given = [(one.get("at"), markdown(name(one.get("assignee")))) for one in dicts(one.get("assignments"))]
    rows += [("assign", when, f"Assigned to {who}", "") for when, who in given if who]
    taken = [(one.get("at"), name(one.get("acknowledger"))) for one in dicts(one.get("acknowledgements"))]
    rows += [("acknowledge", when, "Acknowledged", who) for when, who in taken]
    rows.append(("resolve", one.get("resolved_at"), "Resolved", changer))
    return [
        (stem, Event(at, said, LABEL, sentence(stem, {})[0], actor, uid=f"{ref}/{stem}/{at.isoformat()}"))
        for stem, when, said, actor in rows
        if (at := moment(when))
    ]
