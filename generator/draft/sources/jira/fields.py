"""The values of Jira's fields: people, rich text of both dialects, options, links, SLAs, custom fields by their names."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from generator.document.headings import action_status
from generator.document.model import ActionStatus
from generator.draft.incident import Attachment, FollowUp, Participant, Reference, Release
from generator.draft.sources.extract.json import dicts, dig, first, moment, one_line, plain, record, text, unique
from generator.markup import adf, wiki
from generator.markup.adf_nodes import text_of

Json = Mapping[str, object]

# What custom fields are called where people run incidents in Jira; compared without case, spaces and punctuation.
NAMES = {
    "severity": ("severity", "incidentseverity", "severitylevel", "sev"),
    "impact": ("impact", "customerimpact", "businessimpact", "userimpact", "impactdescription", "impactdetails"),
    "services": ("affectedservices", "affectedservice", "services", "service", "impactedservices", "impactedservice"),
    "category": ("incidentcategory", "category", "incidenttype", "causecategory", "rootcausecategory"),
    "channel": ("slackchannel", "chatchannel", "incidentchannel", "channel", "warroom", "slackchannelurl", "slacklink"),
    "environment": ("environment", "affectedenvironment", "impactedenvironment"),
    "started": (
        *("started", "startedat", "starttime", "incidentstart", "incidentstarttime", "incidentstartdate"),
        *("impactstart", "impactstarttime", "outagestart", "outagestarttime", "timestarted"),
    ),
    "detected": ("detected", "detectedat", "detectiontime", "timedetected", "timeofdetection", "incidentdetected"),
    "acknowledged": ("acknowledged", "acknowledgedat", "timeacknowledged", "acknowledgementtime"),
    "mitigated": ("mitigated", "mitigatedat", "mitigationtime", "timemitigated", "impactmitigated"),
    "resolved": (
        *("resolvedat", "incidentend", "incidentendtime", "endtime", "impactend", "impactendtime", "outageend"),
        *("outageendtime", "timeresolved", "incidentresolved", "servicerestored", "restoredat"),
    ),
}
BY_NAME = {name: attribute for attribute, names in NAMES.items() for name in names}
TOLD = {"rootcause", "rootcauseanalysis", "resolutionnotes", "resolutionsummary", "workaround", "mitigation", "lessons"}
TOLD |= {"lessonslearned", "contributingfactors", "incidentsummary", "detection", "trigger"}
COMMANDERS = {"incidentcommander", "commander", "ic", "incidentlead", "majorincidentcommander"}

_FOLLOWS = re.compile(r"follow|action|remed|prevent|improve|post.?incident|postmortem", re.IGNORECASE)
_WORK = frozenset({"task", "sub-task", "subtask", "story", "improvement", "action item", "action", "follow-up"})
_REST = re.compile(r"(https?://(?!api\.atlassian\.com)[^/\s]+(?:/(?!rest/)[^/\s]+)*)/rest/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class IssueContext:
    """What reading a field needs of the issue around it."""

    base: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    def browse(self, key: str) -> str:
        """The address of an issue for people, where the site is known."""
        return f"{self.base}/browse/{key}" if self.base and key else ""


def base_of(*things: object) -> str:
    """The site's address, from the first `self` link; a gateway's address leads nobody anywhere and is left out."""
    for thing in things:
        found = _REST.match(text(dig(thing, "self")))
        if found:
            return found[1]
    return ""


def names_of(*places: object) -> dict[str, str]:
    """Field names by field id, from `names` or `editmeta`."""
    found: dict[str, str] = {}
    for place in places:
        for key, name in record(dig(place, "names")).items():
            found.setdefault(key, text(name))
        for key, meta in record(dig(place, "editmeta", "fields")).items():
            found.setdefault(key, text(dig(meta, "name")))
    return {key: name for key, name in found.items() if name}


def normal(name: str) -> str:
    """A field's name for comparing: `Incident Start (UTC)` gives `incidentstart`."""
    return re.sub(r"[\W_]+", "", re.sub(r"\((?:utc|gmt)\)$", "", name.casefold().strip()))


def is_user(value: object) -> bool:
    """Whether a value is a person of either dialect."""
    user = record(value)
    return bool(text(user.get("displayName"))) and bool(user.keys() & {"accountId", "emailAddress", "key", "name"})


def person(value: object) -> str:
    """The name under which a person is shown."""
    return first(dig(value, "displayName"), dig(value, "name"), dig(value, "emailAddress"))


def participant(role: str, value: object) -> Participant | None:
    """A person in a role, or None where the field is empty."""
    user = record(value)
    name = person(user)
    account = first(user.get("accountId"), user.get("key"), user.get("name"))
    return Participant(role, name, text(user.get("emailAddress")), account) if name or account else None


def rich(value: object, context: IssueContext) -> str:
    """Rich text as Markdown: ADF (also where an export made a string of it) or wiki markup."""
    if isinstance(value, str) and value.lstrip().startswith('{"') and '"doc"' in value[:400]:
        with suppress(ValueError, RecursionError):  # then it is text that begins with a brace
            value = json.loads(value)
    if isinstance(value, str):
        return wiki.to_markdown(text(value), people=context.people, files=context.files)
    if isinstance(value, dict) and (value.get("type") == "doc" or isinstance(value.get("content"), list)):
        return adf.to_markdown(value, people=context.people, files=context.files)
    return ""


def rendered(value: object) -> str:
    """The HTML of `renderedFields` as Markdown, as its words: for exports that hold nothing else."""
    paragraphs = plain(value).split("\n\n")
    return "\n\n".join(adf.to_markdown(one) for one in paragraphs if one.strip())


def shown(value: object) -> str:
    """A field's value in words: an option, a person, a version, a number, or several of them."""
    if isinstance(value, list):
        return ", ".join(unique(shown(item) for item in value if not isinstance(item, list)))
    if isinstance(value, dict):
        if value.get("type") == "doc":
            return one_line(text_of(value))
        child = shown(value.get("child")) if isinstance(value.get("child"), str | dict) else ""
        word = first(value.get("value"), value.get("name"), value.get("displayName"), value.get("title"))
        return f"{word} - {child}" if word and child else word
    return "" if text(value).startswith("ari:cloud:") else text(value)


def several(value: object) -> tuple[str, ...]:
    """The values of a field that may hold one or many."""
    items = value if isinstance(value, list) else [value]
    return unique(one_line(shown(item)) for item in items)


def time_of(value: object) -> datetime | None:
    """A moment as a string or number, or as the service desk writes it, with `iso8601` and `epochMillis`."""
    wrapped = record(value)
    found = next((when for key in ("iso8601", "jira", "epochMillis") if (when := moment(wrapped.get(key)))), None)
    return found or moment(value)


def custom(fields: Json, context: IssueContext) -> Iterator[tuple[str, object]]:
    """The named custom fields that hold something, as name and value."""
    for key, value in fields.items():
        name = context.names.get(key, "")
        if name and value not in (None, "", [], {}) and key.startswith("customfield_"):
            yield name, value


def attachments(value: object) -> tuple[Attachment, ...]:
    """The files that are attached to an issue."""
    return tuple(
        Attachment(
            "".join(filter(str.isprintable, text(item.get("filename")))),
            text(item.get("content")),
            size if isinstance(size := item.get("size"), int) else None,
            text(item.get("mimeType")),
            uid=text(item.get("id")),
        )
        for item in dicts(value)
        if text(item.get("filename"))
    )


def releases(fields: Json) -> tuple[Release, ...]:
    """Fix versions as releases that mended it; affected versions as releases about which nothing is known."""
    return tuple(
        Release(text(item.get("name")), moment(item.get("releaseDate")), relationship=relationship, source="Jira")
        for key, relationship in (("fixVersions", "fixed_by"), ("versions", ""))
        for item in dicts(fields.get(key))
        if text(item.get("name"))
    )


def links(fields: Json, context: IssueContext) -> tuple[list[FollowUp], list[Reference]]:
    """Sub-tasks and linked issues: what came out of the incident, and what else it is tied to."""
    follow_ups: list[FollowUp] = []
    references: list[Reference] = []
    for item in dicts(fields.get("subtasks")) + dicts(fields.get("sub-tasks")):
        follow_ups += _follow_up(record(item.get("outwardIssue")) or item, context)
    for link in dicts(fields.get("issuelinks")):
        inward = "inwardIssue" in link
        other = record(link.get("inwardIssue" if inward else "outwardIssue"))
        verb = first(dig(link, "type", "inward" if inward else "outward"), dig(link, "type", "name"))
        kind = text(dig(other, "fields", "issuetype", "name")).casefold()
        if _FOLLOWS.search(f"{verb} {text(dig(link, 'type', 'name'))}") or (kind in _WORK and "relate" in verb):
            follow_ups += _follow_up(other, context)
        elif text(other.get("key")):
            references.append(_reference(other, verb, context))
    parent = record(fields.get("parent"))
    if text(parent.get("key")):
        references.append(_reference(parent, "parent", context))
    return follow_ups, references


def remote_links(value: object) -> list[Reference]:
    """Links to pages, chats and other tools."""
    found = []
    for item in dicts(value):
        url = text(dig(item, "object", "url"))
        if url:
            chat = re.match(r"https://[^/]*(?:slack\.com|teams\.microsoft\.com)/", url)
            title = text(dig(item, "object", "title"))
            found.append(
                Reference(url, title, "channel" if chat else "page", _relationship(text(item.get("relationship"))))
            )
    return found


def sla(name: str, value: object) -> tuple[str, list[tuple[datetime, str]]] | None:
    """An SLA in words, and when each of its cycles ended; None where the value is no SLA."""
    cycles = dicts(dig(value, "completedCycles"))
    ongoing = record(dig(value, "ongoingCycle"))
    if not cycles and not ongoing:
        return None
    ended = [(when, f"{name}: {_cycle(one)}") for one in cycles if (when := time_of(one.get("stopTime")))]
    return _cycle(ongoing, "running") if ongoing else _cycle(cycles[-1]), ended


def _cycle(cycle: Json, otherwise: str = "met") -> str:
    state = "breached" if cycle.get("breached") is True else "paused" if cycle.get("paused") is True else otherwise
    elapsed, goal = _duration(cycle.get("elapsedTime")), _duration(cycle.get("goalDuration"))
    return f"{elapsed} of {goal}, {state}" if elapsed and goal else state


def _duration(value: object) -> str:
    millis = dig(value, "millis")
    if not isinstance(millis, int | float) or isinstance(millis, bool):
        return text(dig(value, "friendly"))
    minutes = int(abs(millis) // 60_000)
    return f"{minutes // 60}h {minutes % 60}m" if minutes >= 60 else f"{minutes}m"


def _follow_up(issue: Json, context: IssueContext) -> list[FollowUp]:
    key, fields = text(issue.get("key")), record(issue.get("fields"))
    title = first(fields.get("summary"), key)
    if not title:
        return []
    owner = record(fields.get("assignee"))
    return [
        FollowUp(
            *(one_line(title), key, context.browse(key), person(owner), text(owner.get("emailAddress"))),
            due=text(fields.get("duedate")),
            status=_work_status(fields),
            priority=text(dig(fields, "priority", "name")),
        )
    ]


def _work_status(fields: Json) -> str:
    """How far the work is: in the words that are understood everywhere, as a status's own name may be anything."""
    category, resolution = text(dig(fields, "status", "statusCategory", "key")), text(dig(fields, "resolution", "name"))
    if category == "done":
        return resolution if action_status(resolution) is ActionStatus.WONT_DO else "Done"
    known = {"new": "To Do", "indeterminate": "In Progress"}
    return known.get(category) or text(dig(fields, "status", "name"))


def _reference(issue: Json, verb: str, context: IssueContext) -> Reference:
    key = text(issue.get("key"))
    summary, status = one_line(text(dig(issue, "fields", "summary"))), text(dig(issue, "fields", "status", "name"))
    title = f"{key}: {summary}" if summary else key
    return Reference(context.browse(key), f"{title} ({status})" if status else title, "ticket", _relationship(verb))


def _relationship(verb: str) -> str:
    """Jira's word for a link; the two that postmortems know are written as they write them."""
    known = {
        "is caused by": "caused_by",
        "caused by": "caused_by",
        "is fixed by": "fixed_by",
        "is resolved by": "fixed_by",
    }
    return known.get(verb.casefold(), verb)
