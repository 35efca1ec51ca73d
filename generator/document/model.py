"""A postmortem as a value: what the rest of the program knows of a document.

Times are aware datetimes in UTC; `line` is 1-based in the file; empty means "not stated".
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Status(StrEnum):
    """Where a document is on its way from draft to archive."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    PUBLISHED = "published"


class Audience(StrEnum):
    """Who may read a document, widest first."""

    PUBLIC = "public"
    INTERNAL = "internal"
    RESTRICTED = "restricted"


class ActionStatus(StrEnum):
    """How far an action item is."""

    OPEN = "open"
    IN_PROGRESS = "in progress"
    COMPLETED = "completed"
    WONT_DO = "won't do"

    @property
    def done(self) -> bool:
        """Whether nobody has to do anything any more."""
        return self in {ActionStatus.COMPLETED, ActionStatus.WONT_DO}


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of the front matter's `links`."""

    type: str
    target: str
    relationship: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One row of the timeline; `time` is None where `time_text` could not be read as a moment."""

    time: datetime | None
    time_text: str
    event: str
    source: str
    line: int


@dataclass(frozen=True, slots=True)
class ActionItem:
    """One row of the action-item table; texts are the cells as written, without the padding."""

    number: int | None
    action: str
    owner: str
    due: date | None
    status: ActionStatus | None
    ticket: str
    type: str
    priority: str
    line: int
    due_text: str = ""
    status_text: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One item of a task list (`- [ ] ...`); `depth` is 0 for an outer item."""

    text: str
    done: bool
    line: int
    depth: int = 0
    owner: str = ""
    evidence: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One heading with the text below it, up to the next heading of the same or a higher level.

    `key` is the canonical name (`root-cause`) where the heading is a known alias, else empty.
    `body` is the text between this heading and the next one of any level.
    """

    key: str
    title: str
    level: int
    line: int
    body: str


@dataclass(frozen=True, slots=True)
class Postmortem:
    """What one file says. Unreadable values are empty here and findings in the document."""

    path: str
    id: str = ""
    title: str = ""
    status: Status | None = None
    severity: str = ""
    type: str = ""
    started: datetime | None = None
    detected: datetime | None = None
    mitigated: datetime | None = None
    resolved: datetime | None = None
    services: tuple[str, ...] = ()
    commander: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    audience: Audience | None = None
    incident: str = ""
    category: str = ""
    reviewed: date | None = None
    published: date | None = None
    links: tuple[Link, ...] = ()
    jira: str = ""
    sample: bool = False
    sections: tuple[Section, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    actions: tuple[ActionItem, ...] = ()
    tasks: tuple[Task, ...] = ()
    todos: tuple[int, ...] = ()

    def section(self, key: str) -> Section | None:
        """The first section with the canonical name `key`."""
        return next((section for section in self.sections if section.key == key), None)
