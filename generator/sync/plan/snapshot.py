"""What is asked of a tracker, and what it has of that."""

from collections.abc import Mapping
from dataclasses import dataclass, field

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
    """A person as a tracker knows them."""

    id: str
    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Remote:
    """An issue as it is on the other side; `category` is new, indeterminate or done; `due` is a date as text or empty.

    `settled` is whether only its status is known, from the issue it is linked to: there is nothing more to do for it.
    `linked` holds the keys of issues that it is linked to. `given_up` is whether it is known to be closed undone.
    `absent` names what the answer said nothing of, which is another thing than that it is empty: values by their names
    in a `Base`, and `labels`.
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
    absent: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the other side has of what was asked for.

    `missing` are the keys that files name and nobody can see; `taken` those that carry the mark of something else,
    with whose it is; `doubles` the keys where several issues carry the same mark. `unseen` are those of the missing
    whose project this account may not see at all, so that nobody knows whether they are gone.
    """

    remotes: Mapping[Ref, Remote] = field(default_factory=dict)
    missing: Mapping[Ref, str] = field(default_factory=dict)
    taken: Mapping[Ref, tuple[str, str]] = field(default_factory=dict)
    doubles: Mapping[Ref, tuple[str, ...]] = field(default_factory=dict)
    unseen: frozenset[Ref] = frozenset()


@dataclass(slots=True)
class SnapshotBuilder:
    """The parts of a `Snapshot`, while they are gathered."""

    remotes: dict[Ref, Remote] = field(default_factory=dict)
    missing: dict[Ref, str] = field(default_factory=dict)
    taken: dict[Ref, tuple[str, str]] = field(default_factory=dict)
    doubles: dict[Ref, tuple[str, ...]] = field(default_factory=dict)

    def place(self, ref: Ref, remote: Remote) -> bool:
        """Keep an issue as the one that is looked for; False where it carries the mark of something else."""
        if remote.base and not is_mark_of(remote.base, ref):
            item = remote.base.item
            self.taken[ref] = (remote.key, remote.base.id if item is None else f"{remote.base.id} #{item}")
            return False
        self.remotes[ref] = remote
        self.missing.pop(ref, None)  # it was created again, and the file names the one that is gone
        return True

    def snapshot(self) -> Snapshot:
        """The same as a plan wants it."""
        return Snapshot(self.remotes, self.missing, self.taken, self.doubles)


def same(ref: Ref) -> Ref:
    """What stands for all ways to write the id of one thing, as case does not matter in it."""
    return (ref[0].casefold(), ref[1])


def is_mark_of(base: Base, ref: Ref) -> bool:
    """Whether what is recorded on an issue is of this postmortem or item."""
    return same((base.id, base.item)) == same(ref)
