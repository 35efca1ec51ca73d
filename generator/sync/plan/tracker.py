"""What a place must be able to do to have postmortems kept in step with it; `targets` has one room for each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from generator.errors import RemoteError
from generator.sync.plan.base import Base
from generator.sync.plan.changes import IssueQuery, Push, Ref, Remote, Snapshot


class ClaimLostError(RemoteError):
    """Another run has taken over the right to create, as nothing was heard of this one for too long."""


class Tracker(Protocol):
    """A system that keeps issues. All methods raise the errors of `generator.errors`."""

    name: str

    @property
    def requests_made(self) -> int:
        """How many requests have been sent so far."""

    def start(self) -> str:
        """Find out whether the credentials are good, and return as whom we are known."""

    def browse(self, key: str) -> str:
        """Where people open an issue."""

    def snapshot(self, wishes: Sequence[IssueQuery], tell: Callable[[str], None]) -> Snapshot:
        """What it has of what is asked for."""

    def newest(self, wishes: Sequence[IssueQuery], projects: Iterable[str], before: Snapshot) -> Snapshot:
        """The snapshot with what was made too lately for `snapshot` to find."""

    def words(self, asked: Mapping[Ref, tuple[Remote, Sequence[str]]]) -> Mapping[Ref, Mapping[str, str]]:
        """The words that the named texts of issues have now."""

    def claim(self, id: str) -> Any | None:  # noqa: A002 - the field's name
        """Claim the right to create the issues of a postmortem; None where another run has it."""

    def release(self, claim: Any) -> None:
        """Give a claim back."""

    def create(self, push: Push, claim: Any | None) -> "Made":
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
        """Hang a page on an issue."""

    def record(self, remote: Remote, base: Base) -> None:
        """Keep the state of an issue on it."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that was left out, with a stable code; the next run tries it again."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Made:
    """An issue that was created or changed; its `base` holds what was taken, the notices say what was not."""

    id: str
    key: str
    base: Base
    notices: tuple[LeftOut, ...] = ()
