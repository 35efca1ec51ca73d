"""What Jira knows, as values: one shape for Cloud and Data Center, with nothing of the wire in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class JiraUser:
    """A user; `id` is the accountId on Cloud and the name on Data Center. The e-mail address is often hidden."""

    id: str
    name: str
    email: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class JiraStatus:
    """A status; its name is free and translated, its category one of new, indeterminate, done, undefined."""

    name: str
    category: str


@dataclass(frozen=True, slots=True)
class IssueLink:
    """A link as one issue sees it: outward where this issue does something to the other ("blocks"), else inward."""

    id: str
    type: str
    direction: str
    other_id: str
    other_key: str
    other_status: JiraStatus | None = None


@dataclass(frozen=True, slots=True)
class JiraIssue:
    """An issue with the fields and properties that were asked for; `key` changes when it is moved, `id` never does."""

    id: str
    key: str
    fields: Mapping[str, Any]
    properties: Mapping[str, Any] = field(default_factory=dict)

    @property
    def summary(self) -> str:
        """Its title."""
        return str(self.fields.get("summary") or "")

    @property
    def status(self) -> JiraStatus | None:
        """Its status, where the field was asked for."""
        return status_from(self.fields.get("status"))

    @property
    def resolution(self) -> str:
        """The name of its resolution; empty while it has none, which even a done issue may not have."""
        return str(_inner(self.fields.get("resolution")).get("name") or "")

    @property
    def assignee(self) -> JiraUser | None:
        """Who has it, if somebody has."""
        return account_from(self.fields.get("assignee"))

    @property
    def due(self) -> date | None:
        """Its due date."""
        text = self.fields.get("duedate")
        try:
            return date.fromisoformat(text) if isinstance(text, str) else None
        except ValueError:
            return None

    @property
    def labels(self) -> tuple[str, ...]:
        """Its labels."""
        found = self.fields.get("labels")
        return tuple(str(one) for one in found) if isinstance(found, list) else ()

    @property
    def links(self) -> tuple[IssueLink, ...]:
        """Its links to other issues."""
        found = self.fields.get("issuelinks")
        return tuple(link for one in found if (link := _link_from(one))) if isinstance(found, list) else ()


@dataclass(frozen=True, slots=True)
class FieldMeta:
    """What a screen says of a field: its id, label and kind, what it allows, and whether it must be filled in.

    `custom` is the kind of a custom field (`...:textarea`), empty for Jira's own; `items` the type of a list's members.
    """

    id: str
    name: str
    required: bool = False
    custom: str = ""
    type: str = ""
    items: str = ""
    allowed: tuple[str, ...] = ()
    operations: tuple[str, ...] = ()
    has_default: bool = False


@dataclass(frozen=True, slots=True)
class Transition:
    """A way to another status, open to this account now; `fields` are those of its screen."""

    id: str
    name: str
    to: JiraStatus
    fields: Mapping[str, FieldMeta]


@dataclass(frozen=True, slots=True)
class RemoteLink:
    """A link to a page elsewhere; `global_id` makes it the same link when it is put again. `icon` is an address."""

    global_id: str
    url: str
    title: str
    summary: str = ""
    application: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """The issues that were found, those that were not, and which issue each asked id or key stands for.

    `missing` are gone or hidden from this account. An issue that was moved is found by its old key too.
    """

    found: tuple[JiraIssue, ...]
    missing: tuple[str, ...]
    asked: Mapping[str, JiraIssue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Created:
    """An issue that has been created."""

    id: str
    key: str


@dataclass(frozen=True, slots=True)
class JiraField:
    """A field of the whole site; names are not unique."""

    id: str
    name: str
    custom: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class IssueType:
    """A type of issues in a project."""

    id: str
    name: str
    subtask: bool = False


@dataclass(frozen=True, slots=True)
class LinkType:
    """A type of links and how it reads from either side: A `outward` B, B `inward` A."""

    id: str
    name: str
    inward: str
    outward: str


def status_from(raw: object) -> JiraStatus | None:
    """A status as it stands in an issue or a transition."""
    held = _inner(raw)
    category = _inner(held.get("statusCategory")).get("key")
    known = category if category in {"new", "indeterminate", "done"} else "undefined"
    return JiraStatus(str(held.get("name") or ""), str(known)) if held else None


def account_from(raw: object) -> JiraUser | None:
    """A user of either dialect; None where there is none, or none with an id."""
    held = _inner(raw)
    id_ = held.get("accountId") or held.get("name") or ""
    name = held.get("displayName") or id_
    email = held.get("emailAddress") or ""
    return JiraUser(str(id_), str(name), str(email), held.get("active") is not False) if id_ else None


def _link_from(raw: object) -> IssueLink | None:
    held = _inner(raw)
    kind = str(_inner(held.get("type")).get("name") or "")
    for direction in ("outward", "inward"):
        if other := _inner(held.get(f"{direction}Issue")):
            status = status_from(_inner(other.get("fields")).get("status"))
            id_, key = str(other.get("id") or ""), str(other.get("key") or "")
            return IssueLink(str(held.get("id") or ""), kind, direction, id_, key, status)
    return None


def _inner(raw: object) -> Mapping[str, Any]:
    return raw if isinstance(raw, Mapping) else {}
