"""What a tracker must be able to do to have postmortems kept in step with it.

A tracker lives in a folder of its own; `sync.trackers` says how one is registered. What a plan must know of it are its
rules, which ask nobody anything; a run also calls it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from generator.errors import RemoteError
from generator.settings.model import Person
from generator.sync.plan.base import Base
from generator.sync.plan.changes import Push
from generator.sync.plan.snapshot import IssueQuery, Ref, Remote, Snapshot, TrackerAccount


class ClaimLostError(RemoteError):
    """Another run has taken over the right to create, as nothing was heard of this one for too long."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a tracker can hold.

    `postmortems`: an issue for each postmortem, which the tickets of its items are linked to; `due_dates` and
    `priorities` as values of an issue, else they stand in its text; `progress`: an open issue can say that it is begun.
    `label_length` is the longest label in characters.
    """

    postmortems: bool = True
    due_dates: bool = True
    priorities: bool = True
    progress: bool = True
    label_length: int = 255


@dataclass(frozen=True, slots=True)
class Destination:
    """Where an action item's ticket lies or would be made: a project or repository, and the type of issue, if it has one."""

    project: str
    issue_type: str = ""


class TrackerRules(Protocol):
    """How a tracker names things; all answers are values, and nothing is asked for over the network.

    `name` stands in settings, plans and codes, `title` is what people call it, `account_key` the key of people.yml that
    holds its accounts.
    """

    name: str
    title: str
    account_key: str
    capabilities: Capabilities

    def issue_address(self, key: str) -> str:
        """Where people open an issue; empty for what is no key of this tracker."""

    def parse_ticket(self, cell: str, services: tuple[str, ...]) -> str:
        """The key of the issue of this tracker that a ticket cell begins with, in one spelling; empty for any other cell.

        `services` are those of the document, for a tracker that keeps one's tickets apart from another's.
        """

    def render_ticket(self, key: str) -> str:
        """An issue as a ticket cell names it; `parse_ticket` reads it back."""

    def destination(self, services: tuple[str, ...], key: str) -> Destination:
        """Where a ticket lies that has this key, or would be made for a document of these services without one."""

    def is_account_of(self, account: TrackerAccount, person: Person) -> bool:
        """Whether people.yml says that an account is this person's."""


class Claim(Protocol):
    """The right to create the issues of one postmortem, as its tracker keeps it."""

    @property
    def id(self) -> str:
        """The postmortem."""

    def hold(self) -> None:
        """Say that the run is still alive. Raises ClaimLostError where another run has taken over."""

    def release(self) -> None:
        """Give it back."""


class Tracker(TrackerRules, Protocol):
    """A system that keeps issues. All methods raise the errors of `generator.errors`."""

    @property
    def requests_made(self) -> int:
        """How many requests have been sent so far."""

    def start(self) -> str:
        """Find out whether the credentials are good, and return as whom we are known."""

    def snapshot(self, queries: Sequence[IssueQuery], tell: Callable[[str], None]) -> Snapshot:
        """What it has of what is asked for."""

    def newest(self, queries: Sequence[IssueQuery], projects: Iterable[str], before: Snapshot) -> Snapshot:
        """The snapshot with what was made too lately for `snapshot` to find."""

    def words(self, asked: Mapping[Ref, tuple[Remote, Sequence[str]]]) -> Mapping[Ref, Mapping[str, str]]:
        """The words that the named texts of issues have now."""

    def visible(self, keys: Iterable[str], projects: Iterable[str] = ()) -> frozenset[str]:
        """Those of the keys and projects whose project or repository this account can see, whether the issue is there or not."""

    def current(self, remotes: Sequence[Remote]) -> Mapping[str, Remote]:
        """Issues as they are at this moment and not as a search knows them, by their ids; those that are gone are left out."""

    def claim(self, id: str) -> Claim | None:  # noqa: A002 - the field's name
        """Claim the right to create the issues of a postmortem; None where another run has it."""

    def create(self, push: Push, claim: Claim | None) -> "Made":
        """Create an issue, while the claim is ours.

        Raises ClaimLostError where another run has it by now, OutcomeUnknownError where there may be an issue or not.
        """

    def update(self, remote: Remote, push: Push) -> "Made":
        """Change an issue, in one request."""

    def move(self, remote: Remote, category: str, *, given_up: bool = False) -> Remote:
        """Move an issue to a status of this category, and return it as it is then."""

    def link(self, key: str, kind: str, other: str) -> None:
        """Link an issue to another one."""

    def page(self, remote: Remote, ref: Ref, address: str, title: str) -> None:
        """Link a page to an issue."""

    def record(self, remote: Remote, base: Base) -> None:
        """Keep the state of an issue on it."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that was left out, with a stable code; the next run tries it again."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Made:
    """An issue that was created or changed; its `base` holds what was taken, the notices say what was not.

    `after` is the issue as the answer showed it, where it did.
    """

    id: str
    key: str
    base: Base
    notices: tuple[LeftOut, ...] = ()
    after: Remote | None = None
