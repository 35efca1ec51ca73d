"""What a plan is made of: one class for each kind of change, with exactly what doing it takes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar, TypeAlias

from generator.sync.plan.base import Base
from generator.sync.plan.snapshot import Ref

Sections = tuple[tuple[str, str], ...]  # headings with their Markdown; an empty heading stands for none


class Action(StrEnum):
    """What a change does, in the words of `sync --format json`."""

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


# What a run only tells and leaves to people; everything else is done with --apply.
TELLING = frozenset({Action.CONFLICT, Action.MISSING, Action.WARNING})


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that changes: what it is called, and how it reads before and after."""

    name: str
    before: str
    after: str


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


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedChange:
    """What all changes have in common: for whom, in which file, which issue or page, and in which system."""

    action: ClassVar[Action]
    ref: Ref
    path: str
    key: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateIssue(PlannedChange):
    """An issue is made; `instead_of` is the key of the one that is gone, where there was one."""

    action: ClassVar[Action] = Action.CREATE
    push: Push
    differences: tuple[Difference, ...]
    instead_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptIssue(PlannedChange):
    """An issue that a person made gets our mark; its text is left alone."""

    action: ClassVar[Action] = Action.ADOPT
    push: Push
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateIssue(PlannedChange):
    """An issue gets what has changed in the file."""

    action: ClassVar[Action] = Action.UPDATE
    push: Push
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordState(PlannedChange):
    """Nothing changes but what is recorded on the issue."""

    action: ClassVar[Action] = Action.NOTE
    push: Push


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveIssue(PlannedChange):
    """An issue goes to a status of a category, because the file has the status `status`; `before` is its category now."""

    action: ClassVar[Action] = Action.STATUS
    status: str
    before: str
    category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkIssues(PlannedChange):
    """An issue is linked to another one; without a key in `other` that is the postmortem's own, which is new too."""

    action: ClassVar[Action] = Action.LINK
    kind: str
    other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HangPage(PlannedChange):
    """The published page is set as a link on an issue, in place of the address `before`."""

    action: ClassVar[Action] = Action.PAGE
    address: str
    title: str
    before: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PullValues(PlannedChange):
    """Values go from an issue into the file; `base` is the state that says so, recorded before the file is written."""

    action: ClassVar[Action] = Action.PULL
    edits: tuple[Edit, ...]
    base: Base
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteKey(PlannedChange):
    """The key of an issue goes into the file."""

    action: ClassVar[Action] = Action.WRITE
    edit: Edit


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict(PlannedChange):
    """Something that only people can decide; `code` is a stable word for it."""

    action: ClassVar[Action] = Action.CONFLICT
    code: str
    message: str
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingIssue(PlannedChange):
    """The file names an issue that is gone or that nobody here can see."""

    action: ClassVar[Action] = Action.MISSING
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWarning(PlannedChange):
    """Something to know; `code` is a stable word for it."""

    action: ClassVar[Action] = Action.WARNING
    code: str
    message: str
    differences: tuple[Difference, ...] = ()


SentChange: TypeAlias = CreateIssue | AdoptIssue | UpdateIssue | RecordState
Decoration: TypeAlias = MoveIssue | LinkIssues | HangPage
Problem: TypeAlias = Conflict | MissingIssue | PlanWarning
Change: TypeAlias = SentChange | Decoration | PullValues | WriteKey | Problem
