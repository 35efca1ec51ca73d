"""The shapes in which Jira's issues come: bare, in searches and webhooks, as service desk requests, in fragments."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from generator.draft.sources.extract.json import dicts, dig, record, text
from generator.draft.sources.jira import fields as jira_fields
from generator.draft.sources.jira import history

Json = Mapping[str, object]

EXPORT = "export the issue with `GET /rest/api/3/issue/KEY?expand=changelog,names` (on Data Center `/rest/api/2/`)"
_KEY = re.compile(r"[A-Z][A-Z0-9_]{0,30}-\d{1,12}")
_WEBHOOK = re.compile(r"(?:jira:|comment_|attachment_|worklog_|issuelink_|issue_)\w+")
_TYPICAL = frozenset({"summary", "issuetype", "status", "project", "priority", "updated", "reporter", "resolution"})


@dataclass(frozen=True, slots=True)
class PayloadPiece:
    """One thing found in a payload: an issue, or fragments without one, and what lay beside it."""

    issue: Json = field(default_factory=dict)
    beside: Json = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


def is_jira(payload: object) -> bool:
    """Whether a payload is Jira's: issues, a search, a webhook, comments, changes or remote links."""
    if isinstance(payload, list):
        return any(is_jira(item) for item in payload[:50] if isinstance(item, dict)) or has_remote_links(payload)
    if not isinstance(payload, dict):
        return False
    return (
        _is_issue(payload)
        or _is_issue(payload.get("issue"))
        or _is_request(payload)
        or _is_webhook(payload)
        or _is_search(payload)
        or bool(_fragments(payload))
    )


def pieces(payload: object) -> Iterator[PayloadPiece]:
    """Everything in a payload that tells of an issue."""
    if isinstance(payload, list):
        for item in dicts(payload):
            yield from pieces(item)
        return
    whole = record(payload)
    names = jira_fields.names_of(whole, whole.get("issue"))
    if _is_issue(whole):
        yield PayloadPiece(whole, whole, names)
    elif _is_issue(whole.get("issue")):
        yield PayloadPiece(record(whole.get("issue")), whole, names)
    elif _is_request(whole):
        yield _request(whole)
    elif isinstance(whole.get("issues"), list):
        for issue in dicts(whole.get("issues")):
            if _is_issue(issue):
                yield PayloadPiece(issue, issue, {**names, **jira_fields.names_of(issue)})
    elif isinstance(whole.get("issueChangeLogs"), list):
        for log in dicts(whole.get("issueChangeLogs")):
            yield PayloadPiece({"id": log.get("issueId")}, {"changelog": log})
    elif _fragments(whole):
        yield PayloadPiece({"id": _issue_id(whole)}, whole)


def _request(whole: Json) -> PayloadPiece:
    """A service desk request, as the issue that it is."""
    given = dicts(whole.get("requestFieldValues"))
    fields: dict[str, object] = {text(one.get("fieldId")): one.get("value") for one in given}
    status = {"name": dig(whole, "currentStatus", "status")}
    fields |= {"reporter": whole.get("reporter"), "created": whole.get("createdDate"), "status": status}
    fields.setdefault("summary", whole.get("summary"))
    if dig(whole, "currentStatus", "statusCategory") == "DONE":
        fields["resolutiondate"] = dig(whole, "currentStatus", "statusDate")
    names = {text(one.get("fieldId")): text(one.get("label")) for one in given}
    link = text(dig(whole, "_links", "jiraRest")) or text(dig(whole, "_links", "self"))
    return PayloadPiece({"key": whole.get("issueKey"), "self": link, "fields": fields}, whole, names)


def _is_issue(value: object) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("fields"), dict):
        return False
    key = value.get("key")
    if isinstance(key, str) and _KEY.fullmatch(key):
        return True
    return bool(text(value.get("id"))) and len(value["fields"].keys() & _TYPICAL) >= 2


def _is_request(value: Json) -> bool:
    return isinstance(value.get("issueKey"), str) and bool(value.keys() & {"requestFieldValues", "requestTypeId"})


def _is_webhook(value: Json) -> bool:
    return bool(_WEBHOOK.match(text(value.get("webhookEvent"))))


def _is_search(value: Json) -> bool:
    issues = value.get("issues")
    if not isinstance(issues, list):
        return False
    return any(map(_is_issue, issues)) or (not issues and bool(value.keys() & {"startAt", "isLast", "maxResults"}))


def _fragments(value: Json) -> bool:
    """Whether there is a comment, a change or a remote link in it, of Jira's shape."""
    if has_remote_links(value.get("remotelinks")) or isinstance(value.get("issueChangeLogs"), list):
        return True
    entries = history.histories(value.get("changelog"), value)
    if any("field" in item for entry in entries for item in dicts(entry.get("items"))):
        return True
    found = history.comments(value.get("comments"), value.get("comment"), value)
    return any("/rest/" in text(one.get("self")) or dig(one, "body", "type") == "doc" for one in found)


def has_remote_links(value: object) -> bool:
    """Whether a list is an issue's remote links."""
    items = dicts(value)
    return bool(items) and all("/remotelink/" in text(one.get("self")) and dig(one, "object", "url") for one in items)


def _issue_id(whole: Json) -> str:
    """The issue's number, which comments and links carry in their own address."""
    places = [
        whole,
        whole.get("comment"),
        dig(whole, "comments", 0),
        dig(whole, "values", 0),
        dig(whole, "remotelinks", 0),
    ]
    found = (re.search(r"/issue/([A-Za-z0-9_-]+)/", text(dig(place, "self"))) for place in places)
    return next((match[1] for match in found if match), "")


def nothing(payload: object) -> str:
    """Why a payload of Jira holds no issue, and what to export instead."""
    event = text(dig(payload, "webhookEvent"))
    if event:
        return f"This is a Jira webhook about `{event}`, which carries no issue; {EXPORT}."
    if isinstance(dig(payload, "issues"), list):
        return f"This Jira search found no issue with fields; search with `fields=*all` and `expand=changelog`, or {EXPORT}."
    return f"There is no issue in this Jira export; {EXPORT}."
