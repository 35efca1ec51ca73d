"""Doing what a plan says for one postmortem: its changes one after the other, each with what became of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from generator.document.model import ActionStatus
from generator.errors import (
    EditRefusedError,
    OutcomeUnknownError,
    PostmortemError,
    RemoteError,
    TryLaterError,
    UnauthorisedError,
    UnreachableError,
)
from generator.sync.files import ArchiveWriter
from generator.sync.plan import links, postmortems, texts
from generator.sync.plan.base import Base
from generator.sync.plan.changes import Action, Change, ChangeResult, Difference, Edit, Push, Ref, Remote
from generator.sync.plan.states import item_status
from generator.sync.plan.tracker import ClaimLostError, Made, Tracker
from generator.sync.planner import RunOptions, SyncItem, case_of

HELD = "Another run is creating this right now; run again when it is done."
# What ends the whole run: whoever is asked next would say the same.
FATAL = (UnauthorisedError, TryLaterError, UnreachableError)


@dataclass(slots=True)
class Applying:
    """The work on one postmortem: what its issues are by now, and what is still to be recorded on them."""

    case: SyncItem
    target: Tracker
    desk: ArchiveWriter
    scene: RunOptions
    remotes: dict[Ref, Remote]
    dirty: set[Ref] = field(default_factory=set)
    failed: set[Ref] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)
    unknown: bool = False
    claim: Any = None
    lost: bool = False

    def run(self, changes: Sequence[Change]) -> Iterator[ChangeResult]:
        """Do the changes in their order. Raises the errors of `FATAL`; every other one becomes part of the answer."""
        for change in changes:
            head = (change.ref[0], None)
            if change.action in {Action.CONFLICT, Action.MISSING, Action.WARNING}:
                yield ChangeResult(change)
            elif self.lost:
                yield ChangeResult(change, done=False, message=HELD, code="claimed")
            elif change.ref in self.failed or (change.action is Action.CREATE and head in self.failed):
                self.failed.add(change.ref)  # what would hang on it is not tried either
                yield ChangeResult(
                    change, done=False, message="Not tried, because what it needs was not done.", code="skipped"
                )
            else:
                yield from self._guarded(change)
        if not self.lost:  # else what the other run records is newer
            yield from self._settle()

    def _guarded(self, change: Change) -> Iterator[ChangeResult]:
        try:
            yield from self._do(change)
        except FATAL:
            raise
        except EditRefusedError as error:
            yield ChangeResult(change, done=False, message=str(error), code="file-not-written")
        except ClaimLostError:
            self.lost = True
            yield ChangeResult(change, done=False, message=HELD, code="claimed")
        except PostmortemError as error:
            code = f"{change.action}-failed"
            if change.action not in {Action.STATUS, Action.LINK, Action.PAGE}:
                self.failed.add(change.ref)
                if isinstance(error, OutcomeUnknownError):
                    self.unknown, code = True, "outcome-unknown"
            yield ChangeResult(change, done=False, message=str(error), code=code)

    def _do(self, change: Change) -> Iterator[ChangeResult]:
        ref = change.ref
        if change.action is Action.PULL:
            # Recorded first: a file that a dead run did not write or commit is known by it, and written again.
            self._record(ref, change.payload.base)
            self.desk.write(change.path, change.payload.edits)
            yield ChangeResult(change, done=True, key=change.key)
        elif change.action is Action.WRITE:
            yield self._write(change, change.payload)
        elif change.action is Action.CREATE:
            yield from self._create(change)
        elif change.action in {Action.ADOPT, Action.UPDATE, Action.NOTE}:
            made = self.target.update(self.remotes[ref], change.payload)
            self.remotes[ref] = replace(self.remotes[ref], base=made.base)
            self.dirty.discard(ref)
            yield ChangeResult(change, done=True, key=made.key)
            yield from self._notices(change, made)
        else:
            yield self._decorate(change)

    def _create(self, change: Change) -> Iterator[ChangeResult]:
        push: Push = change.payload
        head = self.remotes.get((change.ref[0], None))
        if change.ref[1] is not None and head and not push.link_to:
            push = replace(push, link_to=head.key)
        made = self.target.create(push, self.claim)
        self.remotes[change.ref] = Remote(
            made.id, made.key, category="new", base=made.base, linked=(made.base.linked,) if made.base.linked else ()
        )
        yield ChangeResult(change, done=True, key=made.key)
        yield from self._notices(change, made)
        edit = Edit(change.ref[1], "jira" if change.ref[1] is None else "ticket", self.scene.cell(made.key))
        write = Change(change.ref, Action.WRITE, change.target, made.key, change.path, payload=edit)
        try:
            yield self._write(write, edit)
        except EditRefusedError as error:
            yield ChangeResult(write, done=False, key=made.key, message=str(error), code="file-not-written")

    def _write(self, change: Change, edit: Edit) -> ChangeResult:
        self.desk.write(change.path, [edit])
        return ChangeResult(change, done=True, key=change.key)

    def _decorate(self, change: Change) -> ChangeResult:
        remote = self.remotes[change.ref]
        base = remote.base or Base(change.ref[0], change.ref[1], own=False)
        if change.action is Action.STATUS:
            given_up = change.payload[0] == ActionStatus.WONT_DO.value
            moved = self.target.move(remote, change.payload[1], given_up=given_up)
            remote = replace(
                remote,
                status=moved.status,
                category=moved.category,
                resolution=moved.resolution,
                given_up=moved.given_up,
            )
            base = self._moved(change, remote, base)
        elif change.action is Action.LINK:
            kind, other = change.payload
            other = other or self.remotes[change.ref[0], None].key
            change = replace(change, payload=(kind, other))
            if other in remote.linked:
                return ChangeResult(change, done=True, key=remote.key)  # the create call has made it
            self.target.link(remote.key, kind, other)
            base = links.after(base, change)
        else:
            self.target.page(remote, change.ref, *change.payload)
            base = links.after(base, change)
        self.remotes[change.ref] = replace(remote, base=base)
        self.dirty.add(change.ref)
        return ChangeResult(change, done=True, key=remote.key)

    def _moved(self, change: Change, remote: Remote, base: Base) -> Base:
        if change.ref[1] is None:
            return links.after(base, change)
        now = item_status(remote, self.scene.settings.jira)
        return base.with_value("status", now.value, now.value) if now else base

    def _record(self, ref: Ref, base: Base) -> None:
        self.target.record(self.remotes[ref], base)
        self.remotes[ref] = replace(self.remotes[ref], base=base)

    def _settle(self) -> Iterator[ChangeResult]:
        """Record what was done; keys that are in the file by now go into the text of the postmortem's issue as well."""
        yield from self._text()
        for ref in sorted(self.dirty, key=lambda one: one[1] or 0):
            remote = self.remotes[ref]
            if remote.base is not None:
                try:
                    self.target.record(remote, remote.base)
                except FATAL:
                    raise
                except RemoteError as error:
                    change = Change(ref, Action.NOTE, self.target.name, remote.key, self.case.path)
                    yield ChangeResult(change, done=False, key=remote.key, message=str(error), code="not-recorded")
        self.dirty.clear()

    def _text(self) -> Iterator[ChangeResult]:
        written = self.desk.written.get(self.case.path)
        remote = self.remotes.get(self.case.ref)
        if written is None or remote is None or remote.base is None or self.case.ref in self.failed:
            return
        after = case_of(written, self.scene).head
        changed = postmortems.texts(after, remote, self.scene.settings)
        behind = self.case.outdated.get(self.case.ref, {})
        push = {name: text for name, text in changed.items() if name in self.taken}
        in_step = {n: t for n, t in changed.items() if n in remote.base.texts and n not in behind and n not in push}
        if in_step:
            told = self.target.words({self.case.ref: (remote, tuple(in_step))}).get(self.case.ref, {})
            push |= texts.edited(in_step, remote.base, told, force=self.scene.force).push
        if push:
            change = Change(self.case.ref, Action.UPDATE, self.target.name, remote.key, self.case.path)
            fields = tuple(Difference(name.replace("_", " "), "…", "changed") for name in push)
            yield from self._guarded(replace(change, fields=fields, payload=Push(remote.base, texts=push)))

    def _notices(self, change: Change, made: Made) -> Iterator[ChangeResult]:
        """What was left out of a request; the texts that were taken may be brought up to date at the end."""
        if change.ref == self.case.ref:
            self.taken |= {name for name in change.payload.texts if name in made.base.texts}
        for notice in made.notices:
            warning = Change(
                change.ref,
                Action.WARNING,
                self.target.name,
                made.key,
                change.path,
                message=notice.message,
                code=notice.code,
            )
            yield ChangeResult(warning)
