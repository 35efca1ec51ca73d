"""Doing what a plan says for one postmortem: its changes one after the other, each with what became of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

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
from generator.sync.plan.changes import (
    AdoptIssue,
    Change,
    Conflict,
    CreateIssue,
    Decoration,
    Difference,
    LinkIssues,
    MissingIssue,
    MoveIssue,
    PlanWarning,
    PullValues,
    Push,
    RecordState,
    UpdateIssue,
    WriteKey,
)
from generator.sync.plan.facts import facts_of
from generator.sync.plan.read_back import READ_BACK, read_back
from generator.sync.plan.results import ChangeResult
from generator.sync.plan.snapshot import Ref, Remote
from generator.sync.plan.states import item_status
from generator.sync.plan.tracker import Claim, ClaimLostError, LeftOut, Made, Tracker
from generator.sync.planner import RunOptions, SyncItem, sync_item, write_key

HELD = "Another run is creating this right now; run again when it is done."
# What ends the whole run: whoever is asked next would say the same.
FATAL = (UnauthorisedError, TryLaterError, UnreachableError)


@dataclass(slots=True)
class Applying:
    """The work on one postmortem: what its issues are by now, and what is still to be recorded on them."""

    case: SyncItem
    tracker: Tracker
    writer: ArchiveWriter
    options: RunOptions
    remotes: dict[Ref, Remote]
    claim: Claim | None = None
    dirty: set[Ref] = field(default_factory=set)
    failed: set[Ref] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)
    unread: dict[Ref, dict[str, str]] = field(default_factory=dict)
    answered: dict[Ref, Remote] = field(default_factory=dict)
    unknown: bool = False
    lost: bool = False

    def run(self, changes: Sequence[Change]) -> Iterator[ChangeResult]:
        """Do the changes in their order. Raises the errors of `FATAL`; every other one becomes part of the answer."""
        for change in changes:
            head = (change.ref[0], None)
            if isinstance(change, Conflict | MissingIssue | PlanWarning):
                yield ChangeResult(change)
            elif self.lost:
                yield ChangeResult(change, done=False, message=HELD, code="claimed")
            elif change.ref in self.failed or (isinstance(change, CreateIssue) and head in self.failed):
                self.failed.add(change.ref)  # what would hang on it is not tried either
                yield ChangeResult(
                    change, done=False, message="Not tried, because what it needs was not done.", code="skipped"
                )
            elif isinstance(change, LinkIssues) and not change.other and head not in self.remotes:
                message = f"Not linked, because {change.ref[0]} has no issue of its own yet; the next run links it."
                yield ChangeResult(change, done=False, key=change.key, message=message, code="skipped")
            else:
                yield from self._guarded(change)
        if not self.lost:  # else what the other run records is newer
            yield from self._read_back()
            yield from self._settle()

    def _guarded(self, change: Change) -> Iterator[ChangeResult]:
        try:
            yield from self._do(change)
        except FATAL:
            raise
        except (EditRefusedError, OSError) as error:
            yield ChangeResult(change, done=False, message=str(error), code="file-not-written")
        except ClaimLostError:
            self.lost = True
            yield ChangeResult(change, done=False, message=HELD, code="claimed")
        except PostmortemError as error:
            code = f"{change.action}-failed"
            if not isinstance(change, Decoration):
                self.failed.add(change.ref)
                if isinstance(error, OutcomeUnknownError):
                    self.unknown, code = True, "outcome-unknown"
            yield ChangeResult(change, done=False, message=str(error), code=code)

    def _do(self, change: Change) -> Iterator[ChangeResult]:
        match change:
            case PullValues():
                # Recorded first: a file that a dead run did not write or commit is known by it, and written again.
                self._record(change.ref, change.base)
                self.writer.write(change.path, change.edits)
                yield ChangeResult(change, done=True, key=change.key)
            case WriteKey():
                yield self._write(change)
            case CreateIssue():
                yield from self._create(change)
            case AdoptIssue() | UpdateIssue() | RecordState():
                made = self.tracker.update(self.remotes[change.ref], change.push)
                self.remotes[change.ref] = replace(self.remotes[change.ref], base=made.base)
                self.dirty.discard(change.ref)
                self._sent(change.ref, change.push, made)
                yield ChangeResult(change, done=True, key=made.key)
                yield from self._notices(change.ref, change.push, made)
            case Conflict() | MissingIssue() | PlanWarning():
                yield ChangeResult(change)
            case _:
                yield self._decorate(change)

    def _create(self, change: CreateIssue) -> Iterator[ChangeResult]:
        push = change.push
        head = self.remotes.get((change.ref[0], None))
        if change.ref[1] is not None and head and not push.link_to:
            push = replace(push, link_to=head.key)
        made = self.tracker.create(push, self.claim)
        self.remotes[change.ref] = Remote(
            made.id, made.key, category="new", base=made.base, linked=(made.base.linked,) if made.base.linked else ()
        )
        self._sent(change.ref, push, made)
        yield ChangeResult(change, done=True, key=made.key)
        yield from self._notices(change.ref, push, made)
        write = write_key(self.case, change.ref, made.key, self.options)
        try:
            yield self._write(write)
        except (EditRefusedError, OSError) as error:
            yield ChangeResult(write, done=False, key=made.key, message=str(error), code="file-not-written")

    def _write(self, change: WriteKey) -> ChangeResult:
        self.writer.write(change.path, [change.edit])
        return ChangeResult(change, done=True, key=change.key)

    def _decorate(self, change: Decoration) -> ChangeResult:
        remote = self.remotes[change.ref]
        base = remote.base or Base(change.ref[0], change.ref[1], own=False)
        match change:
            case MoveIssue():
                given_up = change.status == ActionStatus.WONT_DO.value
                moved = self.tracker.move(remote, change.category, given_up=given_up)
                remote = replace(
                    remote,
                    status=moved.status,
                    category=moved.category,
                    resolution=moved.resolution,
                    given_up=moved.given_up,
                )
                base = self._moved(change, remote, base)
            case LinkIssues():
                other = change.other or self.remotes[change.ref[0], None].key
                if other in remote.linked:
                    return ChangeResult(change, done=True, key=remote.key)  # the create call has made it
                self.tracker.link(remote.key, change.kind, other)
                base = links.after(base, replace(change, other=other))
            case _:
                self.tracker.page(remote, change.ref, change.address, change.title)
                base = links.after(base, change)
        self.remotes[change.ref] = replace(remote, base=base)
        self.dirty.add(change.ref)
        return ChangeResult(change, done=True, key=remote.key)

    def _moved(self, change: MoveIssue, remote: Remote, base: Base) -> Base:
        if change.ref[1] is None:
            return links.after(base, change)
        now = item_status(remote, self.options.settings.jira)
        return base.with_value("status", now.value, now.value) if now else base

    def _record(self, ref: Ref, base: Base) -> None:
        self.tracker.record(self.remotes[ref], base)
        self.remotes[ref] = replace(self.remotes[ref], base=base)

    def _sent(self, ref: Ref, push: Push, made: Made) -> None:
        """Note what is to be read back, or compare it at once where the answer has shown the issue."""
        values = {name: value for name, value in push.values.items() if name in READ_BACK}
        if values:
            self.unread[ref] = {**self.unread.get(ref, {}), **values}
        if made.after:
            self.answered[ref] = made.after

    def _read_back(self) -> Iterator[ChangeResult]:
        """See whether what was sent is there; what is not is remembered on the issue, and never taken for an answer."""
        asked = [self.remotes[ref] for ref in self.unread if ref not in self.answered]
        try:
            current = self.tracker.current(asked) if asked else {}
        except FATAL:
            raise
        except RemoteError as error:
            yield ChangeResult(self._warning(self.case.ref, "", LeftOut("not-read-back", str(error))))
            return
        for ref, sent in self.unread.items():
            remote = self.remotes[ref]
            now = self.answered.get(ref) or current.get(remote.id)
            if now is None or remote.base is None:
                continue
            compared = read_back(sent, remote.base, now, self.options.settings, self.options.rules)
            if compared.base != remote.base:
                self.remotes[ref] = replace(remote, base=compared.base)
                self.dirty.add(ref)
            for notice in compared.notices:
                yield ChangeResult(self._warning(ref, remote.key, notice))
        self.unread.clear()

    def _warning(self, ref: Ref, key: str, notice: LeftOut) -> PlanWarning:
        return PlanWarning(
            ref=ref, path=self.case.path, key=key, target=self.tracker.name, code=notice.code, message=notice.message
        )

    def _settle(self) -> Iterator[ChangeResult]:
        """Record what was done; keys that are in the file by now go into the text of the postmortem's issue as well."""
        yield from self._text()
        for ref in sorted(self.dirty, key=lambda one: one[1] or 0):
            remote = self.remotes[ref]
            if remote.base is not None:
                try:
                    self.tracker.record(remote, remote.base)
                except FATAL:
                    raise
                except RemoteError as error:
                    # Told like the change that it is; what both sides say stands in the message of the error.
                    change = RecordState(
                        ref=ref, path=self.case.path, key=remote.key, target=self.tracker.name, push=Push(remote.base)
                    )
                    yield ChangeResult(change, done=False, key=remote.key, message=str(error), code="not-recorded")
        self.dirty.clear()

    def _text(self) -> Iterator[ChangeResult]:
        written = self.writer.written.get(self.case.path)
        remote = self.remotes.get(self.case.ref)
        if written is None or remote is None or remote.base is None or self.case.ref in self.failed:
            return
        after = sync_item(facts_of(written, self.options.settings), self.options).head
        changed = postmortems.texts(after, remote, self.options.settings)
        behind = self.case.outdated.get(self.case.ref, {})
        push = {name: text for name, text in changed.items() if name in self.taken}
        in_step = {n: t for n, t in changed.items() if n in remote.base.texts and n not in behind and n not in push}
        if in_step:
            words = self.tracker.words({self.case.ref: (remote, tuple(in_step))}).get(self.case.ref, {})
            push |= texts.edited(in_step, remote.base, words, force=self.options.force).push
        if push:
            update = UpdateIssue(
                ref=self.case.ref,
                path=self.case.path,
                key=remote.key,
                target=self.tracker.name,
                push=Push(remote.base, texts=push),
                differences=tuple(Difference(name.replace("_", " "), "…", "changed") for name in push),
            )
            yield from self._guarded(update)

    def _notices(self, ref: Ref, push: Push, made: Made) -> Iterator[ChangeResult]:
        """What was left out of a request; the texts that were taken may be brought up to date at the end."""
        if ref == self.case.ref:
            self.taken |= {name for name in push.texts if name in made.base.texts}
        for notice in made.notices:
            yield ChangeResult(self._warning(ref, made.key, notice))
