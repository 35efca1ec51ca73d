"""Which issue a delivery is about, for every shape in which Jira says so."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.document.tickets import KEY
from generator.mirror.webhook.rejection import Rejected

_ID = re.compile(r"\A[1-9][0-9]{0,17}\Z", re.ASCII)
# The path alone: what stands in a query or a fragment is not where the issue is.
_ISSUE_URL = re.compile(r"\Ahttps?://[^?#\s]{1,1000}?/rest/api/[0-9a-z]{1,10}/(?:issue/)?([^/?#]{1,50})(?=[/?#]|\Z)")
_ABOUT_ISSUES = re.compile(r"\A(?:jira-)?(?:issue|comment|worklog|issuelink|attachment)_")


@dataclass(frozen=True, slots=True)
class EventSubject:
    """The issue (id or key, either may be empty), further issues, and whether all must be looked at instead."""

    id: str = ""
    key: str = ""
    others: tuple[str, ...] = ()
    sweep: bool = False


def subject(name: str, body: Mapping[str, Any]) -> EventSubject:
    """The issue that the event `name` (sanitised) is about.

    An event about issues that does not say which asks for a sweep: refusing it would lose it, as it is not sent again.
    Raises `Rejected(400)` where it does say, and nobody can read it.
    """
    issue = body.get("issue")
    ids = tuple(dict.fromkeys(one for one in _ids(body) if one))
    key = issue_key(part(body, "issue").get("key")) or issue_key(_named_in(part(body, "comment")))
    if ids or key:
        return EventSubject(ids[0] if ids else "", key, ids[1:])
    if not _ABOUT_ISSUES.match(name):
        return EventSubject()
    if issue is not None:
        raise Rejected(400, "The body names an issue by something that is neither an id nor a key.")
    return EventSubject(sweep=True)


def issue_id(value: object) -> str:
    """A numeric id, which Jira sends as text or as a number; else an empty text."""
    said = str(value) if isinstance(value, int) else value
    return said if isinstance(said, str) and _ID.match(said) else ""


def issue_key(value: object) -> str:
    """An issue's key such as `OPS-12`, in ASCII; else an empty text."""
    return value if isinstance(value, str) and KEY.fullmatch(value) else ""


def part(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """The object `name` of an object; an empty one where it is missing or something else."""
    found = body.get(name)
    return found if isinstance(found, dict) else {}


def _ids(body: Mapping[str, Any]) -> Iterator[str]:
    """Every id that the body gives, the surest first; empty where one is missing.

    Comments (Data Center), worklogs and links come without `issue`; an attachment says nothing at all.
    """
    issue, link = part(body, "issue"), part(body, "issueLink")
    yield issue_id(issue.get("id"))
    yield issue_id(part(body, "worklog").get("issueId"))
    yield issue_id(link.get("sourceIssueId"))
    yield issue_id(link.get("destinationIssueId"))
    for one in (part(body, "comment"), part(body, "worklog"), issue):
        yield issue_id(_named_in(one))


def _named_in(thing: Mapping[str, Any]) -> str:
    """The issue in the address `self` of an issue, comment or worklog: `.../rest/api/2/issue/<this>/...`."""
    address = thing.get("self")
    found = _ISSUE_URL.match(address) if isinstance(address, str) else None
    return found[1] if found else ""
