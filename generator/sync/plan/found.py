"""What looking for issues has found so far, until it is a snapshot."""

from dataclasses import dataclass, field

from generator.sync.plan.base import Base
from generator.sync.plan.changes import Ref, Remote, Snapshot


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
