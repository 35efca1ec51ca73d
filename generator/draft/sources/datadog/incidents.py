"""One incident of Datadog's, put together from its resource and everything that belongs to it."""

import re
from datetime import datetime, timedelta

from generator.draft.incident import Event, EventKind, FollowUp, Incident, Participant, Reference
from generator.draft.sources.extract.evidence import Evidence, Record, changed, ordered, overlaid, people, role
from generator.draft.sources.extract.json import (
    dicts,
    dig,
    first,
    label,
    moment,
    one_line,
    record,
    text,
    unique,
    url,
    words,
)
from generator.draft.sources.extract.prose import flat

LABEL = "Datadog"

UNKNOWN = {"unknown", "none"}
METRICS = {
    "time_to_detect": "Time to detect",
    "time_to_internal_response": "Time to respond",
    "time_to_repair": "Time to repair",
    "time_to_resolve": "Time to resolve",
    "customer_impact_duration": "Customer impact",
}


def incident(ref: str, evidence: Evidence, users: list[Record]) -> Incident:
    """The incident `ref` as its resources gives it; without its own one it has no title."""
    states = [record(one.get("attributes")) for one in evidence.get("incident", [])]
    base = overlaid(states, "modified")
    relations = overlaid([_relations(one) for one in evidence.get("incident", [])])
    directory = {text(one.get("id")): record(one.get("attributes")) for one in users}
    fields = _fields(base)
    impacts = [record(one.get("attributes")) for one in evidence.get("impact", [])]
    created = moment(base.get("declared")) or moment(base.get("created"))
    participants = _participants(base, relations, evidence, directory)
    reporter = next((one.name for one in participants if one.role == "reporter"), "")
    number = text(base.get("public_id"))
    references = _references(evidence)
    channel = next((one.url for one in references if one.type == "channel"), "")
    return Incident(
        source=LABEL,
        ref=fields.get("slug") or (f"IR-{number}" if number else ref),
        title=one_line(text(base.get("title"))),
        severity=_known(first(base.get("severity"), fields.get("severity"))),
        status=first(base.get("state"), fields.get("state")),
        category=first(fields.get("category"), fields.get("incident_type"), base.get("incident_type")),
        environment=first(fields.get("environment"), fields.get("env")),
        description=_description(fields),
        impact=_impact(base, impacts),
        created=created,
        started=_earliest(base.get("customer_impact_start"), *(one.get("start_at") for one in impacts)),
        detected=moment(base.get("detected")),
        mitigated=moment(base.get("customer_impact_end")) or _over(impacts) or _entered(base, "stable"),
        resolved=moment(base.get("resolved")) or _entered(base, "resolved"),
        services=_list(base, "services"),
        tags=unique([*_list(base, "tags"), "test" if base.get("is_test") is True else ""]),
        participants=participants,
        channel=channel,
        events=ordered([*_course(base, ref, reporter), *_impacted(base, impacts, ref), *_cells(evidence, directory)]),
        references=tuple(one for one in references if one.url != channel),
        follow_ups=_follow_ups(evidence),
        metrics=_metrics(base),
        private=text(base.get("visibility")) in {"private", "restricted"},
    )


def _relations(one: Record) -> Record:
    found = record(one.get("relationships"))
    return {words(key).replace(" ", "_"): value for key, value in found.items()}


def _fields(base: Record) -> dict[str, str]:
    """The incident's fields as text, whatever their type."""
    found = {}
    for key, one in record(base.get("fields")).items():
        value = dig(one, "value")
        found[key] = ", ".join(filter(None, map(text, value))) if isinstance(value, list) else text(value)
    return found


def _list(base: Record, key: str) -> tuple[str, ...]:
    value = dig(base, "fields", key, "value")
    return unique(map(text, value if isinstance(value, list) else [value]))


def _known(value: str) -> str:
    return "" if value.lower() in UNKNOWN else value


def _description(fields: dict[str, str]) -> str:
    cause = fields.get("root_cause", "")
    return "\n\n".join(filter(None, (fields.get("summary", ""), cause and f"Root cause: {cause}")))


def _impact(base: Record, impacts: list[Record]) -> str:
    said = unique([text(base.get("customer_impact_scope")), *(text(one.get("description")) for one in impacts)])
    return "\n\n".join(said) or ("Customers were impacted." if base.get("customer_impacted") is True else "")


def _earliest(*values: object) -> datetime | None:
    return min((at for at in map(moment, values) if at), default=None)


def _entered(base: Record, state: str) -> datetime | None:
    """When the incident last came into a state, where that is not over again."""
    order = ("active", "stable", "resolved", "completed")
    spans = record(dig(base, "field_analytics", "state"))
    begun = {name: [moment(one.get("start")) for one in dicts(dig(inner, "spans"))] for name, inner in spans.items()}
    last = max((at for at in begun.get(state, []) if at), default=None)
    rest = order[: order.index(state)]
    back = [at for name in rest for at in begun.get(name, []) if at and last and at > last]
    return None if back else last


def _over(impacts: list[Record]) -> datetime | None:
    """When the last impact ended, if all of them did."""
    ends = [moment(one.get("end_at")) for one in impacts]
    known = [at for at in ends if at]
    return max(known, default=None) if len(known) == len(ends) else None


def _participants(
    base: Record, relations: Record, evidence: Evidence, users: dict[str, Record]
) -> tuple[Participant, ...]:
    found: list[Participant] = []
    for key, as_role in (("commander", "commander"), ("declared_by", "reporter"), ("created_by", "reporter")):
        identity = text(dig(relations, f"{key}_user", "data", "id"))
        one = record(dig(base, key, "data", "attributes")) or users.get(identity, {})
        if one and not any(known.role == as_role for known in found):
            found.append(_person(as_role, one))
    for responder in evidence.get("responder", []):
        identity = text(dig(responder, "relationships", "user", "data", "id"))
        own = record(responder.get("attributes"))
        as_role = role(first(own.get("role"), own.get("role_type"))) or "responder"
        found.append(_person(as_role, users.get(identity, own)))
    found += [Participant("team", name) for name in _list(base, "teams")]
    return people(*found)


def _person(as_role: str, one: Record) -> Participant:
    return Participant(as_role, one_line(first(one.get("name"), one.get("handle"))), text(one.get("email")))


def _course(base: Record, ref: str, author: str) -> list[Event]:
    """How its status and severity went, from the times that Datadog counted in each."""
    declared, resolved = moment(base.get("declared")) or moment(base.get("created")), moment(base.get("resolved"))
    events = (
        [Event(declared, "Incident declared", LABEL, EventKind.STATUS, author, uid=f"{ref}/declared")]
        if declared
        else []
    )
    spans = [
        (what, kind, text(name), moment(span.get("start")))
        for what, kind in (("state", EventKind.STATUS), ("severity", EventKind.SEVERITY))
        for name, one in record(dig(base, "field_analytics", what)).items()
        for span in dicts(dig(one, "spans"))
    ]
    before = {"state": "", "severity": ""}
    timed = [(at, what, kind, name) for what, kind, name, at in spans if at]
    for at, what, kind, name in sorted(timed, key=lambda one: one[0]):
        told = changed("Status" if what == "state" else "Severity", label(name), label(before[what]))
        events.append(Event(at, told, LABEL, kind, uid=f"{ref}/{what}/{at.isoformat()}"))
        before[what] = name
    if resolved and before["state"] not in {"resolved", "completed"}:
        told = changed("Status", "Resolved", label(before["state"]))
        events.append(Event(resolved, told, LABEL, EventKind.STATUS, uid=f"{ref}/resolved"))
    return events


def _impacted(base: Record, impacts: list[Record], ref: str) -> list[Event]:
    own = {"start_at": base.get("customer_impact_start"), "end_at": base.get("customer_impact_end")}
    events = []
    for one in impacts or [own]:
        for key, word in (("start_at", "started"), ("end_at", "ended")):
            at = moment(one.get(key))
            if at:
                said = flat(text(one.get("description"))) if word == "started" else ""
                told = f"Customer impact {word}{f': {said}' if said else ''}"
                events.append(Event(at, told, LABEL, EventKind.NOTE, uid=f"{ref}/impact/{word}/{at.isoformat()}"))
    return events


def _cells(evidence: Evidence, users: dict[str, Record]) -> list[Event]:
    """The cells of its timeline: notes, messages and changes."""
    events = []
    for cell in evidence.get("cell", []):
        one = record(cell.get("attributes"))
        at = moment(one.get("display_time")) or moment(one.get("created"))
        kind, told = _cell(record(one.get("content")))
        identity = text(dig(cell, "relationships", "created_by_user", "data", "id"))
        actor = first(users.get(identity, {}).get("name"), dig(one, "author", "name"), one.get("author"))
        if at and told:
            key = one.get("important") is True
            events.append(Event(at, told, LABEL, kind, actor, key=key, uid=text(cell.get("id"))))
    return events


def _cell(content: Record) -> tuple[EventKind, str]:
    for key, what, kind in (
        ("state", "Status", EventKind.STATUS),
        ("status", "Status", EventKind.STATUS),
        ("severity", "Severity", EventKind.SEVERITY),
    ):
        new = first(dig(content, "after", key), dig(content, "after", "fields", key, "value"))
        if new:
            old = first(dig(content, "before", key), dig(content, "before", "fields", key, "value"))
            return kind, changed(what, label(new), label(old))
    said = flat(first(content.get("content"), content.get("message"), content.get("text")))
    return (EventKind.MESSAGE if "channel" in content or "redirect_url" in content else EventKind.NOTE), said


def _references(evidence: Evidence) -> tuple[Reference, ...]:
    found = []
    for one in evidence.get("attachment", []):
        kind = text(dig(one, "attributes", "attachment_type"))
        inner = record(dig(one, "attributes", "attachment"))
        target = url(first(inner.get("documentUrl"), inner.get("document_url"), inner.get("url")))
        found.append(
            Reference(target, one_line(text(inner.get("title"))), "document" if kind == "postmortem" else "page")
        )
    for one in evidence.get("integration", []):
        metadata = record(dig(one, "attributes", "metadata"))
        for key, kind, names in (
            ("channels", "channel", ("channel_name",)),
            ("teams", "channel", ("ms_channel_name",)),
            ("issues", "ticket", ("issue_key",)),
            ("records", "ticket", ("record_number", "number")),
            ("meetings", "conference", ("name",)),
        ):
            for inner in dicts(metadata.get(key)):
                title = first(*(inner.get(name) for name in names))
                found.append(Reference(url(inner.get("redirect_url")), title, kind))
    return tuple({one.url: one for one in found if one.url}.values())


def _follow_ups(evidence: Evidence) -> tuple[FollowUp, ...]:
    found = []
    for todo in evidence.get("todo", []):
        one = record(todo.get("attributes"))
        assignees = one.get("assignees")
        owner = assignees[0] if isinstance(assignees, list) and assignees else ""
        named = first(dig(owner, "name"), dig(owner, "handle"), owner)
        found.append(
            FollowUp(
                title=flat(text(one.get("content"))),
                owner="" if "@" in named else named,
                owner_email=re.sub(r"^@", "", named) if re.search(r".@.", named) else "",
                due=text(one.get("due_date"))[:10],
                status="completed" if one.get("completed") else "open",
            )
        )
    return tuple(one for one in found if one.title)


def _metrics(base: Record) -> dict[str, str]:
    found = {}
    for key, name in METRICS.items():
        seconds = base.get(key)
        if isinstance(seconds, int | float) and not isinstance(seconds, bool) and 0 < seconds < 10**9:
            found[name] = str(timedelta(seconds=round(seconds)))
    return found
