"""What happened to a Jira issue: its changelog and its comments, as events."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from operator import attrgetter

from generator.draft.incident import Event, EventKind
from generator.draft.sources.extract.json import dicts, dig, first, one_line, record, text
from generator.draft.sources.jira.fields import IssueContext, normal, person, rich, time_of
from generator.markup.escaping import escape

Json = Mapping[str, object]

LABEL = "Jira"
LONGEST = 160  # characters of a value in a change; a longer one is a text, and the issue shows it

KINDS = {
    "status": EventKind.STATUS,
    "resolution": EventKind.STATUS,
    "priority": EventKind.PRIORITY,
    "assignee": EventKind.ASSIGNMENT,
    "incidentcommander": EventKind.ASSIGNMENT,
    "severity": EventKind.SEVERITY,
    "incidentseverity": EventKind.SEVERITY,
    "severitylevel": EventKind.SEVERITY,
    "urgency": EventKind.SEVERITY,
    "impact": EventKind.SEVERITY,
}
# Bookkeeping of boards and time sheets, which nobody would put on a timeline.
NOISE = frozenset(
    {
        *("rank", "sprint", "worklogid", "worklogtimespent", "timespent", "timeestimate"),
        *("timeoriginalestimate", "issueparentassociation", "epiclink", "epicchild", "epiccolour"),
        *("epicstatus", "epicname", "storypoints", "storypointestimate", "aggregatetimespent"),
        *("remoteworkitemlink", "development", "lastcommentdate", "statuscategorychanged", "checklist"),
        *("checklistprogress", "comment", "requestparticipants", "requesttype", "approvals", "organizations"),
        *("workflow", "watchers", "votes"),
    }
)
TEXTS = frozenset({"description", "environment"})
ITEMS = {"component": "Component", "fixversion": "Fix version", "version": "Affected version"}
LINKS = {"link": "link", "remoteissuelink": "link", "remotelink": "link"}


def histories(*places: object) -> list[dict[str, object]]:
    """The changelog entries in the first of `places` that has any, whatever they are wrapped in."""
    for place in places:
        for found in (place, dig(place, "histories"), dig(place, "values"), dig(place, "changeHistories")):
            entries = [entry for entry in dicts(found) if isinstance(entry.get("items"), list)]
            if entries:
                return entries
    return []


def changes(entries: list[dict[str, object]], key: str, url: str) -> Iterator[Event]:
    """An event for each change that matters to people; `key` and `url` are the issue's."""
    for entry in entries:
        at = time_of(entry.get("created"))
        if at is None:
            continue
        for number, item in enumerate(dicts(entry.get("items"))):
            told = _change(item)
            if told:
                kind, words = told
                uid = f"{key}/history/{text(entry.get('id'))}/{number}" if text(entry.get("id")) else ""
                yield Event(at, words, LABEL, kind, person(entry.get("author")), url, uid=uid)


def comments(*places: object) -> list[dict[str, object]]:
    """The comments in all of `places`, each once, whatever they are wrapped in."""
    found: dict[str, dict[str, object]] = {}
    for place in places:
        for inside in (place, [place], dig(place, "comments"), dig(place, "values")):
            for one in dicts(inside):
                if "body" in one and one.keys() & {"author", "created", "updateAuthor", "jsdPublic", "public"}:
                    found.setdefault(text(one.get("id")) or f"#{len(found)}", one)
    return list(found.values())


def restricted(comment: Json) -> bool:
    """Whether a comment is for a role, a group or agents only."""
    inside = any(
        dig(one, "key") == "sd.public.comment" and dig(one, "value", "internal") is True
        for one in dicts(comment.get("properties"))
    )
    hidden = comment.get("jsdPublic") is False or comment.get("public") is False
    return inside or hidden or bool(record(comment.get("visibility")))


def remarks(found: list[dict[str, object]], key: str, context: IssueContext) -> Iterator[Event]:
    """An event for each comment; what is restricted is listed without its words."""
    for comment in found:
        at = time_of(comment.get("created")) or time_of(comment.get("updated"))
        if at is None:
            continue
        number = text(comment.get("id"))
        closed = restricted(comment)
        words = "Internal comment (not copied)" if closed else rich(comment.get("body"), context)
        if not words:
            continue
        base = context.browse(key)
        yield Event(
            *(at, words, LABEL, EventKind.MESSAGE, "" if closed else person(comment.get("author"))),
            url=f"{base}?focusedCommentId={number}" if base and number else base,
            uid=f"{key}/comment/{number}" if number else "",
        )


def in_order(events: list[Event]) -> tuple[Event, ...]:
    """Oldest first, and within one moment in the order of their ids; none of them twice."""
    kept: dict[str, Event] = {}
    for number, event in enumerate(events):
        kept.setdefault(event.uid or f"unnamed {number}", event)
    numbers = re.compile(r"\d{1,18}")
    return tuple(sorted(kept.values(), key=lambda event: (event.at, [int(n) for n in numbers.findall(event.uid)])))


def reached(events: Iterable[Event]) -> Iterator[tuple[str, datetime]]:
    """When the issue was first in a status that says so itself: `acknowledged` or `mitigated`, and the moment."""
    told: set[str] = set()
    for event in sorted(events, key=attrgetter("at")):
        status = event.text.rpartition("→")[2].casefold() if event.text.startswith("Status: ") else ""
        for word, attribute in (("acknowledg", "acknowledged"), ("mitigat", "mitigated")):
            if status.strip().startswith(word) and attribute not in told:
                told.add(attribute)
                yield attribute, event.at


def entry_at(at: datetime | None, payload: Json) -> list[dict[str, object]]:
    """A webhook's single change as a changelog entry; webhooks leave out when and by whom."""
    changelog = record(payload.get("changelog"))
    if at is None or not isinstance(changelog.get("items"), list):
        return []
    return [{"created": at.isoformat(), "author": payload.get("user"), **changelog}]


_HUNG_ON = {"attachment": "Attachment", **dict.fromkeys(LINKS, "Link")}  # things that an issue has, and its links


def _change(item: Json) -> tuple[EventKind, str] | None:
    name = first(item.get("field"), item.get("fieldId"))
    key = normal(name)
    old, new = _value(item, "fromString", "from"), _value(item, "toString", "to")
    if not key or key in NOISE or (not old and not new and key not in TEXTS):
        return None
    kind = KINDS.get(key, EventKind.NOTE)
    if key in TEXTS or max(len(old), len(new)) > LONGEST:
        return kind, f"{escape(_label(name))} changed"
    if key == "labels":
        parts = _differences(old.split(), new.split())
        return (kind, escape(f"Labels: {', '.join(parts)}")) if parts else None
    if thing := ITEMS.get(key) or _HUNG_ON.get(key):
        return kind, escape(f"{thing} {'added' if new else 'removed'}: {new or old}")
    words = f"{_label(name)}: {old or 'none'} → {new or 'none'}" if old else f"{_label(name)}: {new}"
    return kind, escape(words)


def _differences(old: list[str], new: list[str]) -> list[str]:
    """What was added and what was removed, as parts of a sentence."""
    added, removed = [word for word in new if word not in old], [word for word in old if word not in new]
    changes = (("added", added), ("removed", removed))
    return [f"{verb} {', '.join(words)}" for verb, words in changes if words]


def _value(item: Json, words: str, raw: str) -> str:
    return one_line(text(item.get(words)) or (text(item.get(raw)) if words not in item else ""))


def _label(name: str) -> str:
    return "Moved" if name == "Key" else "Issue type" if name == "issuetype" else name[:1].upper() + name[1:]
