"""An incident as its sources report it: what every source yields and every draft is made of.

All times are aware datetimes in UTC. Text is Markdown. Empty means "the source did not say".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class EventKind(StrEnum):
    """What a timeline event tells; the draft orders and filters by it."""

    STATUS = "status"
    SEVERITY = "severity"
    PRIORITY = "priority"
    ASSIGNMENT = "assignment"
    ESCALATION = "escalation"
    ALERT = "alert"
    RELEASE = "release"
    MESSAGE = "message"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at `at`; `source` is the source's label, such as `PagerDuty`.

    `actor` is the name of who or what acted, kept apart from `text` so that the draft decides how people appear.
    `key` marks what people marked themselves (starred, pinned). `uid` is the event's identity in its source.
    """

    at: datetime
    text: str
    source: str
    kind: EventKind = EventKind.NOTE
    actor: str = ""
    url: str = ""
    key: bool = False
    uid: str = ""


@dataclass(frozen=True, slots=True)
class Participant:
    """A person in a role, as the source names them: `role` is lower case, such as `commander` or `scribe`."""

    role: str
    name: str = ""
    email: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True)
class Alert:
    """An alert that fired; `ended` where it recovered."""

    title: str
    at: datetime | None = None
    ended: datetime | None = None
    severity: str = ""
    source: str = ""
    url: str = ""
    description: str = ""
    uid: str = ""


@dataclass(frozen=True, slots=True)
class ErrorGroup:
    """Errors of one kind, counted; `stack` is plain text, innermost frame last as Python prints it."""

    title: str
    culprit: str = ""
    count: int | None = None
    users: int | None = None
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    level: str = ""
    stack: str = ""
    url: str = ""
    source: str = ""
    uid: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """A release or deployment; `relationship` is `caused_by`, `fixed_by` or empty where it is not known."""

    name: str
    at: datetime | None = None
    service: str = ""
    environment: str = ""
    url: str = ""
    author: str = ""
    relationship: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A link to something elsewhere: `type` such as `channel`, `ticket`, `runbook`, `dashboard`, `page`."""

    url: str
    title: str = ""
    type: str = "page"
    relationship: str = ""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A ticket or task that came out of the incident."""

    title: str
    key: str = ""
    url: str = ""
    owner: str = ""
    owner_email: str = ""
    due: str = ""
    status: str = ""
    priority: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that is attached to the incident; `size` in bytes, `uid` its identity in its source.

    `path` is where it was stored, relative to the document; empty while it has not been downloaded.
    """

    name: str
    url: str
    size: int | None = None
    media_type: str = ""
    uid: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident as one source, or several merged, report it.

    `ref` is the record's own id in its tool (`OPS-1234`, `PT4KHLK`). `severity` and `status` are the tool's own
    words; configuration maps them. `also` are further ids of a record that stays one incident's for ever, such as a
    ticket's number and its keys before it was moved. A source with events but no `title` (a chat export, log entries) is
    *partial*: it adds to others and cannot be drafted alone. `notes` say what the source held and could not be read.
    """

    source: str
    ref: str = ""
    title: str = ""
    url: str = ""
    severity: str = ""
    priority: str = ""
    status: str = ""
    category: str = ""
    kind: str = ""
    environment: str = ""
    description: str = ""
    impact: str = ""
    created: datetime | None = None
    started: datetime | None = None
    detected: datetime | None = None
    acknowledged: datetime | None = None
    mitigated: datetime | None = None
    resolved: datetime | None = None
    services: tuple[str, ...] = ()
    components: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    participants: tuple[Participant, ...] = ()
    channel: str = ""
    events: tuple[Event, ...] = ()
    alerts: tuple[Alert, ...] = ()
    errors: tuple[ErrorGroup, ...] = ()
    releases: tuple[Release, ...] = ()
    references: tuple[Reference, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    metrics: Mapping[str, str] = field(default_factory=dict)
    private: bool = False
    also: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def partial(self) -> bool:
        """Whether this source has no incident of its own and only adds to others."""
        return not self.title
