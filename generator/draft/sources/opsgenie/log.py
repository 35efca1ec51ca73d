"""What Opsgenie's timelines, logs, notes and webhooks say, as rows of a timeline."""

import re
from datetime import datetime

from generator.draft.incident import Event, EventKind
from generator.draft.sources.extract.evidence import Evidence, Record, changed
from generator.draft.sources.extract.json import dig, first, moment, one_line, record, text, words
from generator.draft.sources.extract.prose import cut, flat, joined, markdown

LABEL = "Opsgenie"

ACTIONS = {
    "Create": (EventKind.STATUS, "Alert created"),
    "Acknowledge": (EventKind.STATUS, "Acknowledged"),
    "UnAcknowledge": (EventKind.STATUS, "Acknowledgement withdrawn"),
    "Close": (EventKind.STATUS, "Closed"),
    "Resolve": (EventKind.STATUS, "Resolved"),
    "Reopen": (EventKind.STATUS, "Reopened"),
    "Snooze": (EventKind.STATUS, "Snoozed"),
    "SnoozeEnded": (EventKind.STATUS, "Snooze ended"),
    "Delete": (EventKind.STATUS, "Deleted"),
    "Escalate": (EventKind.ESCALATION, "Escalated"),
    "EscalateNext": (EventKind.ESCALATION, "Escalated to the next level"),
    "AssignOwnership": (EventKind.ASSIGNMENT, "Assigned"),
    "TakeOwnership": (EventKind.ASSIGNMENT, "Assigned"),
    "AddTeam": (EventKind.ASSIGNMENT, "Team added"),
    "AddRecipient": (EventKind.ASSIGNMENT, "Recipient added"),
    "AddResponder": (EventKind.ASSIGNMENT, "Responder added"),
}
AFTER = {
    "Create": "open",
    "Acknowledge": "acknowledged",
    "UnAcknowledge": "open",
    "Close": "closed",
    "Resolve": "resolved",
    "Reopen": "open",
}


def entry(one: Record) -> list[Event]:
    """A row of an incident's timeline; `title` and `description` are its words."""
    at, kind = moment(one.get("eventTime")), text(one.get("type"))
    if at is None or one.get("hidden") is True:
        return []
    said = joined(flat(text(dig(one, "title", "content"))), flat(text(dig(one, "description", "content"))))
    actor = _actor(dig(one, "actor", "name"))
    return [Event(at, said or _sentence(kind), LABEL, _kind_of(kind), actor, uid=text(one.get("id")))]


def hook(piece: Record) -> list[Event]:
    """What a webhook says has just been done to its alert or incident."""
    one = record(piece.get("alert")) or record(piece.get("incident"))
    action = text(piece.get("action"))
    at = moment(one.get("createdAt" if action == "Create" else "updatedAt")) or moment(one.get("createdAt"))
    kind, said = ACTIONS.get(action, (_kind_of(action), _sentence(action)))
    title = markdown(cut(one_line(text(one.get("message"))), 300))
    if action == "Create":
        said = f"{said}: {title}"
    elif action == "AddNote":
        kind, said = EventKind.NOTE, flat(text(one.get("note"))) or "Note added"
    elif action == "UpdatePriority":
        kind, said = EventKind.PRIORITY, changed("Priority", one.get("priority"), one.get("oldPriority"))
    elif action == "Close" and piece.get("alert"):
        said = f"Alert closed: {title}"
    elif kind is EventKind.ASSIGNMENT:
        who = first(one.get("owner"), one.get("team"), one.get("recipient"), one.get("responder"))
        said = f"{said}{' to' if said == 'Assigned' else ':'} {markdown(who.partition('@')[0])}" if who else said
    elif said == "Escalated" and text(one.get("escalationNotify")):
        said = f"Escalated to {markdown(text(one.get('escalationNotify')))}"
    actor = _actor(first(one.get("userFullName"), one.get("username"), dig(piece, "source", "name")))
    uid = f"{first(one.get('alertId'), one.get('id'))}/{action}/{at.isoformat()}" if at else ""
    return [Event(at, said, LABEL, kind, actor, uid=uid)] if at and said else []


def log(one: Record) -> list[Event]:
    """A line of an alert's log."""
    at, said = moment(one.get("createdAt")), flat(text(one.get("log")))
    uid = text(one.get("offset"))
    return [Event(at, said, LABEL, _kind_of(said), _actor(one.get("owner")), uid=uid)] if at and said else []


def note(one: Record) -> list[Event]:
    """A note that a person wrote."""
    at, said = moment(one.get("createdAt")), flat(text(one.get("note")))
    uid = first(one.get("id"), one.get("offset"))
    return [Event(at, said, LABEL, EventKind.NOTE, _actor(one.get("owner")), uid=uid)] if at and said else []


def from_fields(base: Record, opened: str, acknowledged: datetime | None, resolved: datetime | None) -> list[Event]:
    """What an incident's own fields tell of its course, where there is no timeline."""
    created, ref = moment(base.get("createdAt")), text(base.get("id"))
    report = record(base.get("report"))
    title = markdown(cut(one_line(text(base.get("message"))), 300))
    rows = [
        (created, f"{opened}: {title}" if title else opened, ""),
        (acknowledged, "Acknowledged", text(report.get("acknowledgedBy"))),
        (
            resolved,
            f"Alert closed: {title}" if opened.startswith("Alert") else "Resolved",
            text(report.get("closedBy")),
        ),
    ]
    return [
        Event(at, said, LABEL, EventKind.STATUS, actor, uid=f"{ref}/{said.split(':')[0]}")
        for at, said, actor in rows
        if at
    ]


def _actor(value: object) -> str:
    """Who acted; Opsgenie itself, which it calls the system, is nobody."""
    found = one_line(text(value))
    return "" if found.lower() == "system" else found


def _kind_of(word: str) -> EventKind:
    """The kind of a timeline entry, from the name of its type or the first words of a log line."""
    found = words(word)
    for kind, marks in (
        (EventKind.PRIORITY, ("priority",)),
        (EventKind.ESCALATION, ("escalat",)),
        (EventKind.ALERT, ("responder alert", "associated alert", "alert added")),
        (EventKind.ASSIGNMENT, ("responder", "owner", "assign", "recipient", "team added", "stakeholder")),
        (EventKind.NOTE, ("note", "comment")),
        (EventKind.MESSAGE, ("status page", "statuspage", "message")),
        (EventKind.STATUS, ("opened", "resolved", "closed", "reopened", "acknowledged", "created", "snooze")),
    ):
        if any(mark in found for mark in marks):
            return kind
    return EventKind.NOTE


def _sentence(name: str) -> str:
    found = words(name)
    return found[:1].upper() + found[1:]


def when(evidence: Evidence, mark: str) -> datetime | None:
    """When the incident or alert itself first got where `mark` (`Acknowledged`, `Resolved`, `Closed`) says."""
    found = [
        one.get("eventTime") for one in evidence.get("entry", []) if text(one.get("type")) == f"Incident{mark}"
    ]  # an alert of a responder has entries of its own, `ResponderAlertAcked`
    found += [
        dig(one, what, "updatedAt")
        for one in evidence.get("hook", [])
        for what in ("alert", "incident")
        if AFTER.get(text(one.get("action"))) == mark.lower()
    ]
    said = re.compile(rf"(?<!un)(?<!un-){mark}\b", re.IGNORECASE)
    found += [one.get("createdAt") for one in evidence.get("log", []) if said.search(text(one.get("log")))]
    return min((at for at in map(moment, found) if at), default=None)


def status_after(hooks: list[Record]) -> str:
    """The status that the last of the webhooks left its alert in."""
    known = [AFTER[text(one.get("action"))] for one in hooks if text(one.get("action")) in AFTER]
    return known[-1] if known else ""
