"""What each kind of PagerDuty's log entries says, in one sentence of a timeline."""

import re
from collections.abc import Callable

from generator.draft.incident import EventKind
from generator.draft.sources.extract.evidence import Record, changed
from generator.draft.sources.extract.json import dicts, dig, first, label, one_line, record, text, unique, words
from generator.draft.sources.extract.prose import cut, flat, markdown

STATUS = {
    "acknowledge": "Acknowledged",
    "unacknowledge": "Acknowledgement withdrawn",
    "resolve": "Resolved",
    "reopen": "Reopened",
    "snooze": "Snoozed",
}
ESCALATION = {
    "repeat_escalation_path": "Escalation policy started again",
    "exhaust_escalation_path": "Escalation policy exhausted",
}


def name(value: object) -> str:
    """What people call the thing that a reference leads to."""
    one = record(value)
    return one_line(first(one.get("summary"), one.get("name"), one.get("display_name")))


def sentence(stem: str, entry: Record) -> tuple[EventKind, str]:
    """The kind of an entry and its sentence, which is empty where it has nothing to tell."""
    channel = record(entry.get("channel"))
    if stem == "trigger":
        said = first(channel.get("subject"), channel.get("summary"), dig(entry, "event_details", "description"))
        return EventKind.STATUS, f"Triggered: {markdown(cut(one_line(said), 300))}" if said else "Triggered"
    if stem in STATUS:
        return EventKind.STATUS, _status(stem, entry)
    if stem in {"assign", "reassign"}:
        who = names(entry.get("assignees"), entry.get("assigned_to"))
        return EventKind.ASSIGNMENT, f"Assigned to {who}" if who else "Assigned"
    if stem == "delegate":
        who = name(entry.get("escalation_policy")) or names(entry.get("assignees"))
        return EventKind.ASSIGNMENT, f"Reassigned to {who}" if who else "Reassigned to another escalation policy"
    if stem in {"escalate", *ESCALATION}:
        return EventKind.ESCALATION, ESCALATION.get(stem) or _escalated(entry)
    if stem == "annotate":
        return EventKind.NOTE, flat(first(channel.get("summary"), channel.get("content"), entry.get("note")))
    if stem == "status_update":
        said = flat(first(entry.get("message"), channel.get("message"), channel.get("summary")))
        return EventKind.MESSAGE, f"Status update: {said}" if said else ""
    if stem in {"priority_change", "urgency_change"}:
        return EventKind.PRIORITY, _changed(stem.removesuffix("_change"), entry)
    if stem.startswith(("responder", "role", "task", "service_", "incident_type", "conference", "workflow", "action_")):
        return _extra(stem, entry)
    if stem.startswith("custom_field") or stem == "field_value_change":
        return EventKind.NOTE, _fields(entry)
    return EventKind.NOTE, _summary(entry) or label(stem)


def _status(stem: str, entry: Record) -> str:
    by_clock = text(dig(entry, "channel", "type")) in {"timeout", "auto", "auto_resolve"}
    if stem == "unacknowledge" and by_clock:
        return "Acknowledgement timed out"
    if stem == "resolve":
        reason = text(dig(entry, "resolve_reason")) or text(dig(entry, "resolve_reason", "type"))
        return "Resolved automatically" if by_clock else "Resolved by a merge" if "merge" in reason else "Resolved"
    return STATUS[stem]


def _escalated(entry: Record) -> str:
    who = names(entry.get("assignees"), entry.get("assigned_to")) or name(entry.get("escalation_policy"))
    level = first(entry.get("escalation_level"), dig(entry, "channel", "escalation_level"))
    return f"Escalated{f' to {who}' if who else ''}{f' (level {level})' if level else ''}"


def _changed(what: str, entry: Record) -> str:
    channel = record(entry.get("channel"))
    new, old = (
        next(
            filter(None, (name(place.get(key)) or text(place.get(key)) for place in (channel, entry) for key in keys)),
            "",
        )
        for keys in ((f"new_{what}", what, "to"), (f"old_{what}", f"previous_{what}", "from"))
    )
    return (
        changed(what.capitalize(), label(new), label(old))
        if new or old
        else _summary(entry) or f"{what.capitalize()} changed"
    )


def _extra(stem: str, entry: Record) -> tuple[EventKind, str]:
    """What kinds of entries say that PagerDuty has few of; a stem of its own wins over a family."""
    family = next((words_of for prefixes, words_of in _FAMILIES if stem.startswith(prefixes)), None)
    if words_of := _EXTRAS.get(stem) or family:
        kind = EventKind.ASSIGNMENT if stem.startswith(("responder", "role.")) else EventKind.NOTE
        return kind, words_of(stem, entry)
    return EventKind.NOTE, _summary(entry) or label(stem.replace(".", " "))


def _responder(stem: str, entry: Record) -> str:
    who = name(entry.get("user")) or names(entry.get("responders")) or name(entry.get("escalation_policy"))
    if stem == "responder_request":
        return f"Responders requested: {who}" if who else _summary(entry)
    state = words(entry.get("state"))
    reply = f"Responder request {state}{f': {who}' if who else ''}" if state else ""
    return reply or _summary(entry) or "Responder replied"


def _roles(_stem: str, entry: Record) -> str:
    roles = [
        f"{name(one.get('role')) or 'Role'} assigned to {name(one.get('assignee')) or 'nobody'}"
        for one in dicts(entry.get("incident_role_assignments"))
    ]
    return markdown("; ".join(roles)) or "Role assigned"


def _task(stem: str, entry: Record) -> str:
    return f"Task {words(stem.partition('.')[2])}: {markdown(name(entry) or text(entry.get('name')))}"


def _automation(stem: str, entry: Record) -> str:
    subject = name(entry.get("incident_workflow")) or name(entry.get("action"))
    state = first(entry.get("state"), stem.rpartition(".")[2])
    return markdown(f"{'Workflow' if 'workflow' in stem else 'Action'} {words(state)}: {subject}")


_EXTRAS: dict[str, Callable[[str, Record], str]] = {
    "role.assigned": _roles,
    "service_updated": lambda _, entry: changed("Service", name(entry.get("service"))),
    "incident_type.changed": lambda _, entry: changed("Incident type", dig(entry, "incident_type", "name")),
}
_FAMILIES: tuple[tuple[tuple[str, ...], Callable[[str, Record], str]], ...] = (
    (("responder",), _responder),
    (("task.",), _task),
    (("workflow", "action_invocation"), _automation),
)


def _fields(entry: Record) -> str:
    old = {text(one.get("name")): text(one.get("value")) for one in dicts(entry.get("changed_custom_fields"))}
    now = {text(one.get("name")): text(one.get("value")) for one in dicts(entry.get("custom_fields"))}
    changes = [changed(label(key), now.get(key, ""), was) for key, was in old.items() if key and (was or now.get(key))]
    return "; ".join(changes) or _summary(entry) or "Custom fields changed"


def _summary(entry: Record) -> str:
    """PagerDuty's own sentence without the name of who acted, which stands beside it."""
    sentence, agent = one_line(text(entry.get("summary"))), name(entry.get("agent"))
    if agent and sentence.startswith(f"{agent} "):
        sentence = sentence.removeprefix(f"{agent} ")
    sentence = re.sub(rf"\s+by {re.escape(agent)}\b", "", sentence, count=1) if agent else sentence
    return markdown(cut(sentence[:1].upper() + sentence[1:]))


def names(*values: object) -> str:
    """The names in the first of the lists that has any."""
    for value in values:
        unique_names = unique(name(one) for one in (value if isinstance(value, list) else [value]))
        if unique_names:
            return markdown(", ".join(unique_names))
    return ""
