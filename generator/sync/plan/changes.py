"""What a plan is made of: what is asked for, what the other side has, and the changes between them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from generator.sync.plan.base import Base

Ref = tuple[str, int | None]  # a postmortem's id, and an action item's number or None for the postmortem itself


@dataclass(frozen=True, slots=True)
class IssueQuery:
    """One issue that is looked for: whose it is, and the key that the file names, if it names one.

    `settled` is whether the file says that it is over, so that a look from afar is enough; `project` is where it would
    be created, as far as it is an action item.
    """

    ref: Ref
    key: str = ""
    settled: bool = False
    project: str = ""


@dataclass(frozen=True, slots=True)
class TrackerAccount:
    """A person on the other side; `place` is the name of the system."""

    id: str
    name: str = ""
    email: str = ""
    place: str = "jira"


@dataclass(frozen=True, slots=True)
class Remote:
    """An issue as it is on the other side; `category` is new, indeterminate or done; `due` is a date as text or empty.

    `settled` is whether only its status is known, from the issue it is linked to: there is nothing more to do for it.
    `linked` holds the keys of issues that it is linked to. `given_up` is whether it is known to be closed undone;
    `lacks` names the values that such an issue cannot have.
    """

    id: str
    key: str
    summary: str = ""
    status: str = ""
    category: str = ""
    resolution: str = ""
    assignee: TrackerAccount | None = None
    due: str = ""
    labels: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    base: Base | None = None
    settled: bool = False
    given_up: bool = False
    lacks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the other side has of what was asked for.

    `missing` are the keys that files name and nobody can see; `taken` those that carry the mark of something else,
    with whose it is; `doubles` the keys where several issues carry the same mark.
    """

    remotes: Mapping[Ref, Remote] = field(default_factory=dict)
    missing: Mapping[Ref, str] = field(default_factory=dict)
    taken: Mapping[Ref, tuple[str, str]] = field(default_factory=dict)
    doubles: Mapping[Ref, tuple[str, ...]] = field(default_factory=dict)


class Action(StrEnum):
    """What a change does."""

    CREATE = "create"
    ADOPT = "adopt"
    UPDATE = "update"
    STATUS = "status"
    LINK = "link"
    PAGE = "page"
    PULL = "pull"
    WRITE = "write"
    NOTE = "note"
    CONFLICT = "conflict"
    MISSING = "missing"
    WARNING = "warning"


WRITING = frozenset({Action.CREATE, Action.ADOPT, Action.UPDATE, Action.STATUS, Action.LINK, Action.PAGE, Action.NOTE})


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that changes: what it is called, and how it reads before and after."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to do, or to know: for whom, what, where, and what it changes.

    `code` is a stable word for a conflict or a warning. `payload` is what the other side is to be sent, for the target.
    """

    ref: Ref
    action: Action
    target: str = "jira"
    key: str = ""
    path: str = ""
    fields: tuple[Difference, ...] = ()
    message: str = ""
    code: str = ""
    payload: Any = None


@dataclass(frozen=True, slots=True)
class ChangeResult:
    """A change with what became of it: `done` is None where nothing was tried."""

    change: Change
    done: bool | None = None
    key: str = ""
    message: str = ""
    code: str = ""


Sections = tuple[tuple[str, str], ...]  # headings with their Markdown; an empty heading stands for none


@dataclass(frozen=True, slots=True)
class Push:
    """What is sent to one issue, new or old, in one request.

    `values` hold summary, due (a date or empty), assignee (a handle or empty), priority and category where they are
    to be written; `texts` the parts to be written; `base` is the state once all of it was taken.
    """

    base: Base
    values: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, Sections] = field(default_factory=dict)
    labels: tuple[str, ...] = ()
    drop_labels: tuple[str, ...] = ()
    project: str = ""
    issue_type: str = ""
    link_to: str = ""
    link_type: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """One value of a file: a cell of an action item's row, or, without a number, a value of the front matter."""

    number: int | None
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Pull:
    """What is written into the file, and the state of the issue that says so, recorded before it is."""

    edits: tuple[Edit, ...]
    base: Base
