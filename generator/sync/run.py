"""Keeping postmortems in step with another system: look, plan, and only with --apply, do.

A run may end anywhere and be repeated at once; see `lock` and `find` of each tracker for why nothing is made twice.
"""

import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from generator.errors import NotFoundError, PostmortemError, RefusedError, RemoteError, TryLaterError
from generator.sync.apply import FATAL, HELD, Applying
from generator.sync.files import ArchiveWriter
from generator.sync.plan.changes import (
    TELLING,
    Change,
    Conflict,
    CreateIssue,
    MissingIssue,
    PlanWarning,
    WriteKey,
)
from generator.sync.plan.facts import DocumentFacts, refuse_shared_ids
from generator.sync.plan.results import ChangeResult
from generator.sync.plan.snapshot import Ref, Snapshot
from generator.sync.plan.tracker import Claim, Tracker
from generator.sync.planner import RunOptions, SyncItem, plan, sync_items

WORKERS = 4
Tell = Callable[[str], None]
T = TypeVar("T")


@dataclass(slots=True)
class SyncResult:
    """What a run planned or did; `error` is what ended it early.

    `ended_by` is a bug or an interrupt, to be raised once the report is out.
    """

    done: list[ChangeResult] = field(default_factory=list)
    checked: int = 0
    error: PostmortemError | None = None
    unknown: bool = False
    ended_by: BaseException | None = None

    @property
    def exit_code(self) -> int:
        """0 fine; 1 where something is left to people or could not be done; else the code of what ended the run."""
        if self.error:
            return self.error.exit_code
        if self.unknown:
            return TryLaterError.exit_code
        refused = any(one.done is False and one.code not in _DECORATIVE for one in self.done)
        left = any(isinstance(one.change, Conflict | MissingIssue) for one in self.done)
        return 1 if refused or left else 0


_DECORATIVE = {"status-failed", "link-failed", "page-failed", "not-recorded"}


def run(
    root: Path,
    facts: Sequence[DocumentFacts],
    tracker: Tracker,
    options: RunOptions,
    *,
    apply: bool,
    tell: Tell,
    only: Collection[str] | None = None,
) -> SyncResult:
    """Plan for an archive's documents, and with `apply` do it. What ends a run early is part of the result, not raised.

    `only` are the paths that are meant where that is not all; ids are compared over all documents.
    Raises PostmortemError before anything is asked for where two files have one id, and the errors of the tracker
    where it cannot even be asked who we are.
    """
    refuse_shared_ids(facts)
    cases = sync_items((one for one in facts if only is None or one.path in only), options)
    tracker.start()
    queries = [query for case in cases for query in case.queries(options.rules)]
    snapshot = tracker.snapshot(queries, tell)
    snapshot = _with_unseen(snapshot, tracker)
    changes = plan(cases, snapshot, tracker.words, options)
    if snapshot.unseen and len(snapshot.unseen) == sum(1 for query in queries if query.key):
        _refuse_if_blind(snapshot, tracker, {one.push.project for one in changes if isinstance(one, CreateIssue)})
    result = SyncResult([ChangeResult(change) for change in changes], len(cases))
    if not apply or all(change.action in TELLING for change in changes):
        return result
    return _Work(root, tracker, options, tell).apply(cases, snapshot, changes)


def _with_unseen(snapshot: Snapshot, tracker: Tracker) -> Snapshot:
    """The snapshot with which of the missing issues lie in projects that this account may not see."""
    if not snapshot.missing:
        return snapshot
    visible = tracker.visible(set(snapshot.missing.values()))
    return replace(snapshot, unseen=frozenset(ref for ref, key in snapshot.missing.items() if key not in visible))


def _refuse_if_blind(snapshot: Snapshot, tracker: Tracker, projects: Collection[str]) -> None:
    """Nothing is written where none of the projects that files lead to can be seen: that is rather the account's fault.

    Where one of them can be, the account is good, and what lies in the others is reported issue by issue.
    """
    if not tracker.visible((), projects):
        keys = sorted(snapshot.missing.values())
        some = ", ".join(keys[:3]) + (f" and {len(keys) - 3} more" if len(keys) > 3 else "")
        raise RemoteError(
            f"Not one of the issues that the files name can be seen ({some}), so nothing was written. Is this the right"
            " account, and may it see the project? `postmortem doctor` says."
        )


class _Work:
    """One run's work, shared by its workers."""

    def __init__(self, root: Path, tracker: Tracker, options: RunOptions, tell: Tell) -> None:
        self._writer = ArchiveWriter(root)
        self._tracker, self._options, self._tell = tracker, options, tell
        self._stop = threading.Event()
        self._interrupted = False
        self._taken: list[Claim] = []

    def apply(self, cases: Sequence[SyncItem], snapshot: Snapshot, changes: Sequence[Change]) -> SyncResult:
        """Do the changes, four postmortems at a time and each by one worker."""
        claims, snapshot, changes, early = self._claimed(cases, snapshot, changes)
        result = SyncResult(early, len(cases))
        by_case: dict[str, list[Change]] = {}
        for change in changes:
            by_case.setdefault(change.ref[0], []).append(change)
        waiting = {done.change.ref[0] for done in early}
        todo = [c for c in cases if (c.id in by_case or c.id in claims) and c.id not in waiting]
        works = [_Portion(case, by_case.get(case.id, []), claims.get(case.id)) for case in todo]
        with ThreadPoolExecutor(WORKERS) as pool:
            jobs = [pool.submit(self._one, work, snapshot) for work in works]
            try:
                for number, job in enumerate(jobs, 1):
                    job.result()
                    self._tell(f"{number:,} of {len(jobs):,} postmortems done")
            except KeyboardInterrupt as interrupt:  # what the workers have in hand is done and reported first
                result.ended_by = interrupt
                self._interrupted = True
                self._stop.set()
        for work in works:
            result.done += work.done
            result.unknown = result.unknown or work.unknown
            result.error = result.error or work.error
            result.ended_by = result.ended_by or work.bug
        return result

    def _claimed(
        self, cases: Sequence[SyncItem], snapshot: Snapshot, changes: Sequence[Change]
    ) -> tuple[Mapping[str, Claim], Snapshot, Sequence[Change], list[ChangeResult]]:
        """Claim what is to be created, look again, and plan again with what is there by then.

        What another run is creating right now is waited for; what stays claimed is reported and left to a later run.
        """
        # A key that is not in the file yet may mean that another run has made the issue and is not done with it.
        creating = {change.ref[0] for change in changes if isinstance(change, CreateIssue | WriteKey)}
        if not creating:
            return {}, snapshot, changes, []
        concerned = [case for case in cases if case.id in creating]
        try:
            claims, held, warnings = self._claims(concerned)
            merged, again = self._looked_again(concerned, snapshot, changes)
        except BaseException:  # nothing was created under these claims, so that nobody need wait for them
            for claim in self._taken:
                _released(claim)
            raise
        late = [ChangeResult(c, done=False, message=HELD, code="claimed") for c in again if c.ref[0] in held]
        others = [change for change in changes if change.ref[0] not in creating]
        return claims, merged, [*warnings, *again, *others], late

    def _looked_again(
        self, concerned: Sequence[SyncItem], snapshot: Snapshot, changes: Sequence[Change]
    ) -> tuple[Snapshot, Sequence[Change]]:
        """What is there now that these are claimed, and the plan for them."""
        queries = [query for case in concerned for query in case.queries(self._options.rules)]
        unseen = [query for query in queries if query.ref not in snapshot.remotes]
        projects = {change.push.project for change in changes if isinstance(change, CreateIssue)}
        fresh = self._tracker.snapshot(queries, lambda _: None)
        fresh = self._tracker.newest(unseen, projects, fresh)
        merged = _merged(snapshot, fresh, {case.id for case in concerned})
        return merged, plan(concerned, merged, self._tracker.words, self._options)

    def _claims(self, cases: Sequence[SyncItem]) -> tuple[dict[str, Claim], set[str], list[PlanWarning]]:
        """Claims by postmortem; those that other runs hold; and what to report where nobody can claim anything."""
        warnings: list[PlanWarning] = []
        deadline = time.monotonic() + 2 * self._options.settings.jira.grace + 1
        claims: dict[str, Claim] = {}
        left = [case.id for case in cases]
        pause = 0.2
        while left:
            with ThreadPoolExecutor(WORKERS) as pool:
                got = dict(zip(left, pool.map(self._claim, left), strict=True))
            warnings += [claim for claim in got.values() if isinstance(claim, PlanWarning)]
            claims |= {one: claim for one, claim in got.items() if claim and not isinstance(claim, PlanWarning)}
            left = [one for one in left if got[one] is None]
            if not left or time.monotonic() > deadline:
                break
            self._tell(f"Waiting for another run that is creating the issue of {left[0]}")
            time.sleep(pause)
            pause = min(pause * 1.5, 5)
        return claims, set(left), warnings[:1]

    def _claim(self, id: str) -> Claim | PlanWarning | None:  # noqa: A002 - the field's name
        """A claim; None where another run has it; a warning where this account cannot claim anything."""
        try:
            claim = self._tracker.claim(id)
        except (RefusedError, NotFoundError) as error:
            message = f"Two runs at the same moment could create an issue twice: {error}"
            return PlanWarning(ref=(id, None), path="", target=self._tracker.name, message=message, code="no-claims")
        if claim is not None:
            self._taken.append(claim)
        return claim

    def _one(self, work: "_Portion", snapshot: Snapshot) -> None:
        """Do one postmortem's changes; whatever ends them, what was done before stays in the report."""
        case, claim = work.case, work.claim
        if self._stop.is_set():
            message = "Not tried, because the run ended early."
            work.done += [ChangeResult(one, done=False, message=message, code="skipped") for one in work.changes]
            if claim is not None and self._interrupted:
                _released(claim)
            return
        remotes = {ref: remote for ref, remote in snapshot.remotes.items() if ref[0] == case.id}
        applying = Applying(case, self._tracker, self._writer, self._options, remotes, claim)
        try:
            for outcome in applying.run(work.changes):
                work.done.append(outcome)
        except FATAL as error:
            self._stop.set()
            work.error = error
        except Exception as error:  # noqa: BLE001 - a bug in one postmortem ends that one, and is raised after the report
            work.bug = error
            message = f"This postmortem was not finished, because of a bug: {type(error).__name__}: {error}"
            work.done.append(ChangeResult(self._warning(case, message, code="bug")))
        work.unknown = applying.unknown
        if claim is None or work.unknown or applying.lost or work.error is not None:
            return
        problem = _released(claim)
        if problem is not None and isinstance(problem, FATAL):
            self._stop.set()
            work.error = problem
        elif problem is not None:  # a later run makes up for it
            work.done.append(ChangeResult(self._warning(case, str(problem), code="claim-kept")))

    def _warning(self, case: SyncItem, message: str, *, code: str) -> PlanWarning:
        return PlanWarning(ref=case.ref, path=case.path, target=self._tracker.name, message=message, code=code)


@dataclass(slots=True)
class _Portion:
    """One postmortem's share of a run: what is to be done, and what came of it so far."""

    case: SyncItem
    changes: Sequence[Change]
    claim: Claim | None = None
    done: list[ChangeResult] = field(default_factory=list)
    unknown: bool = False
    error: PostmortemError | None = None
    bug: Exception | None = None


def _released(claim: Claim) -> RemoteError | None:
    """Give a claim back, or say why that could not be done."""
    try:
        claim.release()
    except RemoteError as error:
        return error
    return None


def _merged(before: Snapshot, fresh: Snapshot, again: Collection[str]) -> Snapshot:
    """A snapshot with the postmortems that were looked at again. What the search has found once is there."""

    def others(earlier: Mapping[Ref, T]) -> dict[Ref, T]:
        return {ref: one for ref, one in earlier.items() if ref[0] not in again}

    gone = {*fresh.missing, *fresh.taken, *fresh.doubles}
    return Snapshot(
        {ref: one for ref, one in {**before.remotes, **fresh.remotes}.items() if ref not in gone},
        {**others(before.missing), **fresh.missing},
        {**others(before.taken), **fresh.taken},
        {**others(before.doubles), **fresh.doubles},
        before.unseen,
    )
