"""Keeping pages in step with postmortems: look, plan, and only with --apply, write."""

import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

from generator.errors import OutcomeUnknownError, PostmortemError
from generator.settings.model import Settings
from generator.sync.apply import FATAL
from generator.sync.confluence_files import attached, read
from generator.sync.plan.changes import Conflict, PlanWarning
from generator.sync.plan.facts import DocumentFacts, refuse_shared_ids
from generator.sync.plan.inclusion import included
from generator.sync.plan.pages import changes
from generator.sync.plan.pages.changes import CreatePage, PageCase, PageChange, RecordPage, UpdatePage
from generator.sync.plan.pages.model import (
    TARGET,
    File,
    LeftAloneError,
    MadePage,
    PagePush,
    PageSnapshot,
    RemotePage,
    Sought,
)
from generator.sync.plan.pages.wanted import wanted_page
from generator.sync.plan.results import ChangeResult
from generator.sync.run import WORKERS, SyncResult, Tell


class PageTarget(Protocol):
    """A system that keeps pages. All methods raise the errors of `generator.errors`."""

    @property
    def requests_made(self) -> int:
        """How many requests have been sent so far."""

    def start(self) -> str:
        """Find out whether the credentials are good, and return as whom we are known."""

    def snapshot(self, wanted: Sequence[Sought], tell: Callable[[str], None]) -> PageSnapshot:
        """The pages that are there of what is looked for."""

    def comments(self, pages: Collection[str]) -> Mapping[str, int]:
        """How many comments are open at words of these pages."""

    def create(self, push: PagePush, read: Callable[[str], bytes]) -> MadePage:
        """Create a page."""

    def update(self, page: RemotePage, push: PagePush, read: Callable[[str], bytes]) -> MadePage:
        """Bring a page up to date."""


# Branches: one course from facts to results, in which most branches are filters of what is planned.
def run(
    root: Path,
    facts: Sequence[DocumentFacts],
    target: PageTarget,
    settings: Settings,
    *,
    apply: bool,
    force: bool,
    tell: Tell,
    only: Collection[str] | None = None,
) -> SyncResult:
    """Plan for an archive's documents, and with `apply` do it. What ends a run early is part of the result, not raised.

    Raises PostmortemError before anything is asked for where two files have one id, and the errors of the target where
    it cannot even be asked.
    """
    refuse_shared_ids(facts)
    warnings: list[PlanWarning] = []
    pages = {one.path: one.page for one in facts}
    meant = [one for one in facts if included(one, settings.confluence.imported) and (only is None or one.path in only)]
    cases = [_case(root, one, settings, pages, warnings) for one in meant]
    target.start()
    snapshot = target.snapshot([_sought(case) for case in cases], tell)
    there = {case.wanted.id: snapshot.pages.get(case.wanted.id.casefold()) for case in cases}
    asked = [page.id for case in cases if (page := there[case.wanted.id]) and changes.outdated(case, page, force=force)]
    comments = target.comments(asked) if asked and not force else {}
    planned: list[PageChange] = list(warnings)
    for case in cases:
        page = there[case.wanted.id]
        planned += changes.plan(case, snapshot, comments.get(page.id, 0) if page else 0, force=force)
    result = SyncResult(checked=len(cases))
    if not apply:
        result.done = [ChangeResult(change) for change in planned]
        return result
    work = _Work(root, target)
    with ThreadPoolExecutor(WORKERS) as pool:
        for number, (done, unknown, error) in enumerate(pool.map(work.do, planned), 1):
            result.done += done
            result.unknown = result.unknown or unknown
            result.error = result.error or error
            tell(f"{number:,} of {len(planned):,} pages done")
    return result


def joined(results: Sequence[SyncResult]) -> SyncResult:
    """The results of several systems as one."""
    return SyncResult(
        [done for one in results for done in one.done],
        max((one.checked for one in results), default=0),
        next((one.error for one in results if one.error), None),
        any(one.unknown for one in results),
        next((one.ended_by for one in results if one.ended_by), None),
    )


class _Work:
    """One run's work, shared by its workers."""

    def __init__(self, root: Path, target: PageTarget) -> None:
        self._root, self._target = root, target
        self._stop = threading.Event()

    def do(self, change: PageChange) -> tuple[list[ChangeResult], bool, PostmortemError | None]:
        """Do one change: what became of it, whether its outcome is unknown, and what ends the run."""
        if isinstance(change, Conflict | PlanWarning):
            return [ChangeResult(change)], False, None
        if self._stop.is_set():
            message = "Not tried, because the run ended early."
            return [ChangeResult(change, done=False, message=message, code="skipped")], False, None
        try:
            made = self._made(change)
        except FATAL as error:
            self._stop.set()
            return [ChangeResult(change, done=False, message=str(error), code=f"{change.action}-failed")], False, error
        except OutcomeUnknownError as error:
            return [ChangeResult(change, done=False, message=str(error), code="outcome-unknown")], True, None
        except LeftAloneError as error:
            return [ChangeResult(change, done=False, message=str(error), code=error.code)], False, None
        except PostmortemError as error:
            return [ChangeResult(change, done=False, message=str(error), code=f"{change.action}-failed")], False, None
        notices = [
            _warning(change.ref[0], change.path, one.message, code=one.code, key=made.id) for one in made.notices
        ]
        return [ChangeResult(change, done=True, key=made.id), *(ChangeResult(one) for one in notices)], False, None

    def _made(self, change: CreatePage | UpdatePage | RecordPage) -> MadePage:
        def content(path: str) -> bytes:
            return read(self._root, path)

        if isinstance(change, CreatePage):
            return self._target.create(change.push, content)
        return self._target.update(change.page, change.push, content)


def _case(
    root: Path, facts: DocumentFacts, settings: Settings, pages: Mapping[str, str], warnings: list[PlanWarning]
) -> PageCase:
    """One document with the page it wants; `pages` are the addresses of all documents by their paths."""
    has_page = str(facts.stated.status or "") in settings.confluence.statuses
    files: list[tuple[str, File]] = []
    if has_page and not facts.restricted:

        def left(message: str) -> None:
            warnings.append(_warning(facts.id, facts.path, message, code="attachment-too-large"))

        files = list(attached(root, facts.document, settings.confluence.attachment_limit, left))
    return PageCase(facts.path, wanted_page(facts, settings, files=files, pages=pages), has_page)


def _sought(case: PageCase) -> Sought:
    """What is looked for; of a restricted document, and of a draft, not even the title is asked for."""
    return Sought(case.wanted.id, case.wanted.title if case.shown and not case.wanted.closed else "")


def _warning(id_: str, path: str, message: str, *, code: str, key: str = "") -> PlanWarning:
    return PlanWarning(ref=(id_, None), target=TARGET, key=key, path=path, message=message, code=code)
