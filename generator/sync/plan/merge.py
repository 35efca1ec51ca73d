"""Three-way merge of one value: what the file says, what the other side says, and what both said when they last met."""

from enum import Enum

from generator.sync.plan.base import Pair


class MergeVerdict(Enum):
    """What is to be done about one value."""

    SAME = "same"
    PUSH = "push"
    PULL = "pull"
    CONFLICT = "conflict"


def merge(ours: str, theirs: str, base: Pair | None) -> MergeVerdict:
    """One side changed: that side wins; both did: a conflict.

    Without a base the side that says something wins over the one that says nothing. A file that still says what it
    said before the other side's value was taken over did not change: the change to it was lost, and is made again.
    """
    if ours == theirs:
        return MergeVerdict.SAME
    if base is None:
        if not theirs:
            return MergeVerdict.PUSH
        return MergeVerdict.CONFLICT if ours else MergeVerdict.PULL
    if ours in {base.ours, base.theirs}:
        return MergeVerdict.PULL
    return MergeVerdict.PUSH if theirs == base.theirs else MergeVerdict.CONFLICT


def merge_status(ours: str, theirs: str, base: Pair | None) -> MergeVerdict:
    """As `merge`, for a value that belongs to the other side: what was changed in the file alone is a conflict."""
    verdict = merge(ours, theirs, base)
    if verdict is MergeVerdict.PUSH:
        return MergeVerdict.CONFLICT
    moved = base is None or theirs != base.theirs
    return MergeVerdict.PULL if verdict is MergeVerdict.CONFLICT and moved else verdict


def stale(ours: str, theirs: str, base: Pair | None) -> bool:
    """Whether both sides agree on something that the base does not know yet, because a run ended in between."""
    return ours == theirs and (base is None or theirs != base.theirs)
