"""What FireHydrant's milestones and timeline events say, as rows of a timeline."""

from generator.draft.incident import Event, EventKind
from generator.draft.sources.extract.evidence import Record, changed
from generator.draft.sources.extract.json import dicts, dig, first, label, moment, one_line, record, text, url, words
from generator.draft.sources.extract.prose import flat, markdown

LABEL = "FireHydrant"

# Where an event keeps what somebody wrote.
SAID = ("body", "comment", "message", "content", "note", "text", "description")
KINDS = (
    ("severity", EventKind.SEVERITY),
    ("priority", EventKind.PRIORITY),
    ("milestone", EventKind.STATUS),
    ("status", EventKind.STATUS),
    ("role", EventKind.ASSIGNMENT),
    ("assign", EventKind.ASSIGNMENT),
    ("alert", EventKind.ALERT),
    ("change", EventKind.RELEASE),
    ("chat", EventKind.MESSAGE),
    ("page", EventKind.ESCALATION),
)


def milestone_records(base: Record) -> list[Record]:
    """The milestones of an incident, which newer accounts keep inside life-cycle phases."""
    inside = [one for phase in dicts(base.get("lifecycle_phases")) for one in dicts(phase.get("milestones"))]
    return dicts(base.get("milestones")) + inside


def events(base: Record, records: list[Record]) -> list[Event]:
    """The incident's course: its milestones, and the rows of its own timeline that say something else."""
    reached = _milestones(base)
    # The timeline repeats the milestones as changes of status, some seconds later.
    endings = tuple(one.text.rpartition(" to ")[2] for one in reached)
    told = [event for one in records for event in _told(one)]
    return reached + [
        one for one in told if one.kind is not EventKind.STATUS or one.text.rpartition(" to ")[2] not in endings
    ]


def _milestones(base: Record) -> list[Event]:
    """Each milestone as a change of status from the one before it."""
    found = {}
    for one in milestone_records(base):
        at, name = moment(one.get("occurred_at")), first(one.get("name"), one.get("type"), one.get("slug"))
        if at and name:
            found[words(name)] = (at, name, text(one.get("id")))
    events, before = [], ""
    for at, name, uid in sorted(found.values(), key=lambda one: one[0]):
        told = changed("Status", label(name), label(before))
        events.append(Event(at, told, LABEL, EventKind.STATUS, uid=uid))
        before = name
    return events


def note(one: Record) -> list[Event]:
    """A note that is attached to the incident."""
    at, said = moment(one.get("created_at")), flat(text(one.get("body")))
    actor = text(dig(one, "created_by", "name"))
    return [Event(at, said, LABEL, EventKind.NOTE, actor, uid=text(one.get("id")))] if at and said else []


def _told(one: Record) -> list[Event]:
    at = moment(one.get("occurred_at")) or moment(one.get("created_at"))
    kind, data = text(one.get("type")), record(one.get("data"))
    if at is None or text(one.get("visibility")) == "hidden":
        return []
    actor = one_line(first(dig(one, "author", "name"), dig(data, "author", "name"), dig(data, "user", "name")))
    uid, link = text(one.get("id")), url(first(data.get("permalink"), data.get("url")))
    starred = any(one.get(key) is True for key in ("starred", "is_starred"))
    changes = _changes(data)
    said = _said(data)
    if said or not changes:
        told = said or _sentence(kind, data)
        known = next((found for mark, found in KINDS if mark in kind), EventKind.NOTE)
        rows = [(known, told)]
    else:
        rows = []
    rows += changes
    return [
        Event(at, told, LABEL, row, actor, link, starred, f"{uid}/{number}" if number else uid)
        for number, (row, told) in enumerate(rows)
        if told
    ]


def _said(data: Record) -> str:
    inner = [data, *(record(data.get(key)) for key in ("note", "message", "comment", "update"))]
    return flat(first(*(one.get(key) for one in inner for key in SAID)))


def _changes(data: Record) -> list[tuple[EventKind, str]]:
    """The changes of status, severity and priority that an event carries as old and new values."""
    found: list[tuple[EventKind, str]] = []
    for key, what, kind in (
        ("current_milestone", "Status", EventKind.STATUS),
        ("milestone", "Status", EventKind.STATUS),
        ("status", "Status", EventKind.STATUS),
        ("severity", "Severity", EventKind.SEVERITY),
        ("priority", "Priority", EventKind.PRIORITY),
    ):
        value = data.get(key)
        new = first(value, *(dig(value, inner) for inner in ("new", "to", "new_value", "slug", "name")))
        old = first(*(dig(value, inner) for inner in ("old", "from", "old_value")), data.get(f"previous_{key}"),
                    data.get(f"old_{key}"))  # fmt: skip
        new = first(new, data.get(f"new_{key}"))
        if new and not any(row[0] is kind for row in found):
            found.append((kind, changed(what, label(new), label(old))))
    return found


def _sentence(kind: str, data: Record) -> str:
    """An event that carries no words of its own, in the words of its type and of what it is about."""
    about = first(*(first(dig(data, key, "name"), dig(data, key, "summary"))
                    for key in ("alert", "incident_role", "role", "task", "ticket", "runbook", "change", "service")),
                  data.get("name"), data.get("summary"), data.get("title"))  # fmt: skip
    who = first(dig(data, "user", "name"), dig(data, "assignee", "name"))
    if "role" in kind and who and about:
        return markdown(one_line(f"{about} assigned to {who}"))
    return ": ".join(filter(None, (label(kind), markdown(one_line(about)))))
