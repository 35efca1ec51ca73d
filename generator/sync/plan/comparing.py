"""Comparing the values of one issue with the file's: what is sent, what is taken over, what nobody may decide but people."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from generator.sync.plan.accounts import UNKNOWN
from generator.sync.plan.base import Base, Pair
from generator.sync.plan.changes import Conflict, Difference, Edit, PlanWarning, Problem
from generator.sync.plan.merge import MergeVerdict, merge, merge_status, stale
from generator.sync.plan.snapshot import Ref, Remote

LABELS = {"summary": "summary", "due": "due date", "assignee": "assignee", "status": "status"}


@dataclass(frozen=True, slots=True)
class Side:
    """One value on both sides; `column` is where the file has it, empty where it has no such place.

    `evidence` is the fingerprint of what it depends on here whether the other side can take it.
    """

    name: str
    ours: str
    theirs: str
    column: str = ""
    evidence: str = ""


@dataclass(slots=True)
class Comparison:
    """What comparing found; `base` is the state once everything in it is done, `recorded` whether it must be kept anew.

    `met` is the state once only what is taken over is done, and nothing has been sent yet.
    """

    base: Base
    met: Base
    push: dict[str, str] = field(default_factory=dict)
    pull: list[Edit] = field(default_factory=list)
    sent: list[Difference] = field(default_factory=list)
    taken: list[Difference] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    recorded: bool = False

    def record(self, name: str, ours: str, theirs: str) -> None:
        """Note what both sides say of a value that is not sent."""
        self.base = self.base.with_value(name, ours, theirs)
        self.met = self.met.with_value(name, ours, theirs)
        self.recorded = True


@dataclass(frozen=True, slots=True)
class ComparedItem:
    """Whose values are compared, for messages: `title` is what people call the tracker, `account_key` its key of people.yml.

    `absent` names the values of which the tracker said nothing.
    """

    ref: Ref
    key: str
    path: str
    title: str
    account_key: str
    absent: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """How people call it."""
        return self.ref[0] if self.ref[1] is None else f"{self.ref[0]} #{self.ref[1]}"

    def conflict(self, code: str, message: str, *differences: Difference) -> Conflict:
        """Something about it that people must decide."""
        return Conflict(ref=self.ref, key=self.key, path=self.path, code=code, message=message, differences=differences)

    def warning(self, code: str, message: str, *differences: Difference) -> PlanWarning:
        """Something to know about it."""
        return PlanWarning(
            ref=self.ref, key=self.key, path=self.path, code=code, message=message, differences=differences
        )


def compare(subject: ComparedItem, base: Base, sides: Iterable[Side], *, new: bool) -> Comparison:
    """Compare values by three-way merge; `new` is whether the issue carries no mark of ours yet."""
    comparison = Comparison(base, base, recorded=new)
    for side in sides:
        pair = comparison.base.values.get(side.name)
        if side.name in subject.absent:
            if pair is None:
                continue  # nothing is known of the other side, now or before
            side = _as_last_seen(side, pair)
        if _dropped_before(side, pair, base):
            continue
        verdict = _verdict(side, pair, base.dropped, own=base.own and not new)
        if verdict is MergeVerdict.PUSH:
            comparison.push[side.name] = side.ours
            comparison.sent.append(Difference(LABELS[side.name], side.theirs, side.ours))
            comparison.base = comparison.base.with_value(side.name, side.ours, side.ours)
        elif verdict is MergeVerdict.PULL:
            _take(subject, comparison, side, pair)
        elif verdict is MergeVerdict.CONFLICT:
            comparison.problems.append(_conflict(subject, side, pair))
        elif stale(side.ours, side.theirs, pair) and (pair or side.ours):
            comparison.record(side.name, side.ours, side.theirs)
    return comparison


def labels(mark: str, ours: tuple[str, ...], base: Base, remote: Remote) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The labels to add and to take away: what is wanted anew and no more; of those that people removed only the mark."""
    if "labels" in remote.absent:
        return (), ()
    add = tuple(one for one in ours if (one not in base.labels or one == mark) and one not in remote.labels)
    return add, tuple(one for one in base.labels if one not in ours and one in remote.labels)


def _as_last_seen(side: Side, pair: Pair) -> Side:
    """A value that the other side said nothing of: it is what it was, so that only a change in the file counts."""
    return replace(side, theirs=pair.theirs)


def _dropped_before(side: Side, pair: Pair | None, base: Base) -> bool:
    """Whether this very value was sent already and not taken, and nothing has changed since that it depends on."""
    return (
        pair is not None
        and base.dropped.get(side.name) == side.evidence
        and (side.ours, side.theirs) == (pair.ours, pair.theirs)
    )


def _verdict(side: Side, pair: Pair | None, dropped: Collection[str], *, own: bool) -> MergeVerdict:
    if side.name == "status":
        return merge_status(side.ours, side.theirs, pair) if side.theirs else MergeVerdict.SAME
    if side.name in dropped and pair is not None and side.theirs == pair.theirs:
        # It was not taken; the file says something else by now, or what it depends on has changed: it is sent again.
        return MergeVerdict.PUSH if side.ours != side.theirs else MergeVerdict.SAME
    if own and pair is None:  # the other side did not take it when the issue was made: what it chose is no answer
        return MergeVerdict.PUSH if side.ours and side.ours != side.theirs else MergeVerdict.SAME
    return merge(side.ours, side.theirs, pair)


def _take(subject: ComparedItem, comparison: Comparison, side: Side, pair: Pair | None) -> None:
    if side.theirs.startswith(UNKNOWN):
        comparison.problems.append(
            subject.warning(
                "assignee-unknown",
                f"{subject.key} is now assigned to the account {side.theirs.removeprefix(UNKNOWN)}, whom people.yml does not know;"
                f" add `{subject.account_key}:` to that person's entry, and the owner is taken over.",
            )
        )
        return
    if side.column:
        comparison.pull.append(Edit(subject.ref[1], side.column, side.theirs))
        comparison.taken.append(Difference(LABELS[side.name], side.ours, side.theirs))
    elif pair and side.theirs == pair.theirs:
        return  # known, and there is no place in the file for it
    comparison.record(side.name, side.ours, side.theirs)


def _conflict(subject: ComparedItem, side: Side, pair: Pair | None) -> Problem:
    difference = Difference(LABELS[side.name], side.theirs, side.ours)
    label, before = LABELS[side.name], f"{pair.theirs!r} before, " if pair else ""
    if side.name == "status":
        message = (
            f"{subject.name} says {side.ours!r}, but {subject.key} is {side.theirs!r}, and its status is {subject.title}'s to say:"
            f" move {subject.key} there, or put {side.theirs!r} back into the file."
        )
        return subject.warning("status-in-file", message, difference)
    message = (
        f"The {label} changed on both sides: {before}{side.ours!r} in the file, {side.theirs!r} in {subject.key}."
        " Nothing was overwritten; make one side like the other, and run again."
    )
    return subject.conflict(f"both-changed-{side.name}", message, difference)
