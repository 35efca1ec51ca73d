"""Jira issues with their changelog and comments: Cloud (ADF) and Server or Data Center (wiki markup).

Reads what the REST API, a search, a webhook or an archive of issues wrote; pages of comments, changes or remote
links without their issue are partial sources.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from generator.draft.incident import Event, EventKind, Incident, Participant
from generator.draft.sources.extract.json import dicts, dig, first, one_line, record, text, unique
from generator.draft.sources.jira import fields as jira_fields
from generator.draft.sources.jira import history, shapes
from generator.draft.sources.jira.custom import with_custom
from generator.draft.sources.jira.fields import IssueContext
from generator.draft.sources.jira.shapes import EXPORT, PayloadPiece
from generator.errors import InputError

LABEL = "Jira"

Json = Mapping[str, object]

_UNSEEN = re.compile("[\u200b-\u200f\u2028-\u202e\u2060\ufeff]")  # white space without width, and marks of direction


def recognises(payload: object) -> bool:
    """Whether a payload is Jira's: issues, a search, a webhook, comments, changes or remote links."""
    return shapes.is_jira(payload)


def incidents_from(payload: object) -> tuple[Incident, ...]:
    """Every issue in a payload; several events about one issue become one incident."""
    if isinstance(payload, list) and shapes.has_remote_links(payload):
        payload = {"remotelinks": payload}
    found = [_incident(piece) for piece in shapes.pieces(payload)]
    if not found:
        raise InputError(shapes.nothing(payload))
    told = [incident for incident in found if not incident.partial or incident.events or incident.references]
    if not told:
        raise InputError(f"Nothing in this Jira export has a summary, or a change with a readable time; {EXPORT}.")
    return _joined(told)


def _incident(piece: PayloadPiece) -> Incident:
    issue, beside = piece.issue, piece.beside
    fields = record(issue.get("fields"))
    key = first(issue.get("key"), issue.get("id"))
    context = _context(piece, fields)
    url = context.browse(key) if fields else ""
    entries = history.histories(issue.get("changelog"), beside.get("changelog"), issue, beside)
    at = jira_fields.time_of(beside.get("timestamp")) or jira_fields.time_of(fields.get("updated"))
    # What a new issue was given at its creation is its state; nothing changed.
    sent = [] if text(beside.get("webhookEvent")) == "jira:issue_created" else history.entry_at(at, beside)
    events = list(history.changes([*entries, *sent], key, url))
    comments = _comments(piece, fields)
    events += history.remarks(comments, key, context)
    created = jira_fields.time_of(fields.get("created"))
    reporter = jira_fields.person(fields.get("reporter") or fields.get("creator"))
    if created:
        events.append(
            Event(created, f"Issue {key} created", LABEL, EventKind.NOTE, reporter, url, uid=f"{key}/created")
        )
    incident = with_custom(
        Incident(
            source=LABEL,
            ref=key,
            title=one_line(_UNSEEN.sub("", text(fields.get("summary")))),
            url=url,
            severity=jira_fields.shown(fields.get("severity")),
            priority=jira_fields.shown(fields.get("priority")),
            status=jira_fields.shown(fields.get("status")),
            kind=jira_fields.shown(fields.get("issuetype")).removeprefix("[System] "),
            environment=one_line(jira_fields.rich(fields.get("environment"), context)),
            description=jira_fields.rich(fields.get("description"), context)
            or jira_fields.rendered(dig(issue, "renderedFields", "description")),
            created=created,
            resolved=_resolved(fields),
            components=jira_fields.several(fields.get("components")),
            tags=jira_fields.several(fields.get("labels")),
            participants=_people(fields),
            releases=jira_fields.releases(fields),
            attachments=jira_fields.attachments(fields.get("attachment")),
            private=bool(fields.get("security")),
            also=_other_ids(issue, entries) if fields else (),
        ),
        fields,
        context,
        dicts(beside.get("sla")),
    )
    times: dict[str, Any] = {name: at for name, at in history.reached(events) if getattr(incident, name) is None}
    incident = replace(incident, **times)
    follow_ups, references = jira_fields.links(fields, context)
    for place in ("remotelinks", "remoteLinks", "remotelink", "remoteLink"):
        references += jira_fields.remote_links(beside.get(place))
    events += list(_closing(incident, fields, events))
    return replace(
        incident,
        events=history.in_order([*incident.events, *events]),
        follow_ups=tuple(follow_ups),
        references=(*incident.references, *references),
        channel=incident.channel or next((one.url for one in references if one.type == "channel"), ""),
        notes=tuple(_notes(piece, fields, entries, comments)),
    )


def _context(piece: PayloadPiece, fields: Json) -> IssueContext:
    people: dict[str, str] = {}
    inside = [record(value) for value in fields.values()]
    authors = [record(one.get("author")) for one in _comments(piece, fields)]
    entries = history.histories(piece.issue.get("changelog"), piece.beside.get("changelog"), piece.issue)
    authors += [record(entry.get("author")) for entry in entries]
    for user in [*inside, *authors, record(piece.beside.get("user"))]:
        if jira_fields.is_user(user):
            for account in ("accountId", "key", "name"):
                people.setdefault(text(user.get(account)), text(user.get("displayName")))
    people.pop("", None)
    files = {one.name: one.url for one in jira_fields.attachments(fields.get("attachment")) if one.url}
    parts = (fields.get(name) for name in ("status", "issuetype", "priority", "project", "reporter"))
    base = jira_fields.base_of(piece.issue, *parts, piece.beside.get("comment"), *_comments(piece, fields)[:1])
    return IssueContext(base, piece.names, people, files)


def _comments(piece: PayloadPiece, fields: Json) -> list[dict[str, object]]:
    if text(piece.beside.get("webhookEvent")) == "comment_deleted":
        return []
    places = [fields.get("comment"), fields.get("comments")]
    places += [thing.get(name) for thing in (piece.issue, piece.beside) for name in ("comment", "comments")]
    if not piece.issue.get("fields") and "webhookEvent" not in piece.beside:
        places.append(piece.beside)
    return history.comments(*places)


def _people(fields: Json) -> tuple[Participant, ...]:
    found = (jira_fields.participant(role, fields.get(role)) for role in ("assignee", "reporter"))
    return tuple(one for one in found if one)


def _other_ids(issue: Json, entries: list[dict[str, object]]) -> tuple[str, ...]:
    """The issue's number, and its keys before it was moved."""
    moves = (item for entry in entries for item in dicts(entry.get("items")) if text(item.get("field")) == "Key")
    keys = (text(item.get(name)) for item in moves for name in ("fromString", "toString"))
    return unique(one for one in (text(issue.get("id")), *keys) if one and one != issue.get("key"))


def _resolved(fields: Json) -> datetime | None:
    done = dig(fields, "status", "statusCategory", "key") == "done"
    changed = fields.get("statuscategorychangedate") if done else None
    return jira_fields.time_of(fields.get("resolutiondate")) or jira_fields.time_of(changed)


def _closing(incident: Incident, fields: Json, events: list[Event]) -> Iterator[Event]:
    """The resolution as an event, where the changelog does not tell it."""
    at = jira_fields.time_of(fields.get("resolutiondate"))
    how = jira_fields.shown(fields.get("resolution"))
    if at and not any(event.at == at and event.kind is EventKind.STATUS for event in events):
        words = f"Resolution: {how}" if how else "Resolved"
        yield Event(at, words, LABEL, EventKind.STATUS, url=incident.url, uid=f"{incident.ref}/resolved")


def _notes(
    piece: PayloadPiece, fields: Json, entries: list[dict[str, object]], comments: list[dict[str, object]]
) -> list[str]:
    notes = [*_internal(comments), *_cut_short(piece, fields, entries, comments)]
    if fields and not entries and "webhookEvent" not in piece.beside:
        notes.append(
            "The export has no changelog, so changes of status and severity are missing; add `expand=changelog`."
        )
    if fields and not text(fields.get("summary")):
        notes.append(f"The issue has no summary in this export; {EXPORT}.")
    if not piece.names:
        notes += _unnamed(fields)
    if text(piece.beside.get("webhookEvent")) == "jira:issue_deleted":
        notes.append("The issue was deleted; this is its last state.")
    return notes


def _internal(comments: list[dict[str, object]]) -> Iterator[str]:
    count = sum(map(history.restricted, comments))
    if count:
        subject = (
            "1 comment is internal; its words were"
            if count == 1
            else f"{count} comments are internal; their words were"
        )
        yield f"{subject} not copied. Read them in Jira."


def _cut_short(
    piece: PayloadPiece, fields: Json, entries: list[dict[str, object]], comments: list[dict[str, object]]
) -> Iterator[str]:
    """What the export holds only the first page of."""
    for what, have, page in (
        ("comments", len(comments), fields.get("comment") or piece.beside),
        ("changes", len(entries), piece.issue.get("changelog") or piece.beside.get("changelog") or piece.beside),
    ):
        total = dig(page, "total")
        if have and isinstance(total, int) and total > have:
            yield f"Only {have} of {total} {what} are in this export; read the other pages as well."


def _unnamed(fields: Json) -> Iterator[str]:
    """Custom fields that hold something, known by their number alone."""
    empty: tuple[object, ...] = (None, "", [], {})
    count = sum(1 for key, value in fields.items() if key.startswith("customfield_") and value not in empty)
    if count:
        subject = "1 custom field has no name" if count == 1 else f"{count} custom fields have no names"
        yield f"{subject} in this export; add `expand=names` to read Severity and the like."


def _joined(incidents: list[Incident]) -> tuple[Incident, ...]:
    """One incident per issue: the last state given, with the events of all."""
    by_ref: dict[str, Incident] = {}
    for number, incident in enumerate(incidents):
        key = incident.ref or f"#{number}"
        before = by_ref.get(key)
        if before:
            state = before if incident.partial else incident
            events = history.in_order([*before.events, *incident.events])
            references = tuple(dict.fromkeys((*before.references, *incident.references)))
            incident = replace(
                state, events=events, references=references, notes=unique((*before.notes, *incident.notes))
            )
        by_ref[key] = incident
    return tuple(by_ref.values())
