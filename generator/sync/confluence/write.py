"""Writing pages: each step may be the last one of a run, and the next run goes on from there.

A page is created under a title that is there once in the space, and with its mark in the body; a new version has a note
that says what was pushed. Both are stored in the same moment as the text. What was pushed is recorded last.
"""

import mimetypes
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from generator.clients.confluence import Confluence, ConfluencePage, Space, Writing
from generator.clients.confluence.model import Property
from generator.errors import OutcomeUnknownError, PostmortemError, RefusedError, TryLaterError, UnauthorisedError
from generator.sync.confluence.find import belongs, remote_of, state_of
from generator.sync.confluence.groups import CLASH, Groups
from generator.sync.plan.pages.changes import edited
from generator.sync.plan.pages.model import LeftAloneError, MadePage, PagePush, RemotePage, WantedPage
from generator.sync.plan.pages.state import PageState, message, pushed, to_property
from generator.sync.plan.pages.wanted import body
from generator.sync.plan.tracker import LeftOut

Read = Callable[[str], bytes]
_TOO_LARGE = 413
_SMALLEST = 100_000


@dataclass(slots=True)
class _Uploads:
    """The fingerprints of the attachments that were taken, and notices of what was not."""

    files: dict[str, str] = field(default_factory=dict)
    notices: list[LeftOut] = field(default_factory=list)


class ConfluenceWriter:
    """Creates pages and brings them up to date; safe to use from several threads, one for each page."""

    def __init__(self, confluence: Confluence, space: Space, groups: Groups, limit: int) -> None:
        self._confluence, self._space, self._groups, self._limit = confluence, space, groups, limit

    def create(self, push: PagePush, read: Read) -> MadePage:
        """Create a page, or take the one that a run which died, or another one, has just created."""
        wanted = push.wanted
        parent = self._groups.page(wanted.group)
        digest = wanted.digest
        try:
            page = self._fitted(
                wanted, lambda text: self._confluence.create(self._space, Writing(wanted.title, text, parent))
            )
        except (RefusedError, OutcomeUnknownError) as error:
            if isinstance(error, RefusedError) and error.status not in CLASH:
                raise
            page = self._there(wanted, error)
            digest = ""  # what it shows is not known: the next run writes it
        return self._finish(page, push, digest, self._upload(page.id, push, read))

    def update(self, remote: RemotePage, push: PagePush, read: Read) -> MadePage:
        """Bring a page up to date. Raises LeftAloneError where a person has written it since it was looked at."""
        page = self._confluence.page(remote.id)
        if page.version != remote.version and not push.force:
            self._refuse_edited(page)
        # Pictures first, so that no reader sees a text without them.
        uploads = self._upload(page.id, push, read)
        mark = page.mark  # an answer to a write does not tell it
        shown = pushed(page.message) or (state.digest if (state := state_of(page)) else "")
        if push.text:
            page, shown = replace(self._write(page, push), mark=mark), push.wanted.digest
        return self._finish(page, push, shown, uploads)

    def _write(self, page: ConfluencePage, push: PagePush) -> ConfluencePage:
        """The page's next version. One that is stale is read again, once."""
        wanted = push.wanted
        try:
            return self._next(page, push)
        except RefusedError as error:
            if error.status not in CLASH:
                raise
            fresh = self._confluence.page(page.id)
            if fresh.version > page.version and pushed(fresh.message) == wanted.digest:
                return fresh  # it was done, and the answer was lost
            if fresh.version > page.version:
                if not push.force:
                    self._refuse_edited(fresh)
                return self._next(fresh, push)
            other = self._confluence.titled(self._space, wanted.title)
            if other and other.id != page.id:
                self._refuse_title(other, wanted)
            raise

    def _next(self, page: ConfluencePage, push: PagePush) -> ConfluencePage:
        wanted = push.wanted
        parent = self._groups.page(wanted.group) if push.move else ""
        writing = Writing(wanted.title, "", parent, message(wanted.digest))
        return self._fitted(wanted, lambda text: self._confluence.update(page, replace(writing, body=text)))

    def _fitted(self, wanted: WantedPage, send: Callable[[str], ConfluencePage]) -> ConfluencePage:
        """Send the text, and a shorter one as long as it is too large."""
        limit = self._limit
        while True:
            try:
                return send(body(wanted, limit))
            except RefusedError as error:
                limit //= 2
                if error.status != _TOO_LARGE or limit < _SMALLEST:
                    raise

    def _there(self, wanted: WantedPage, error: RefusedError | OutcomeUnknownError) -> ConfluencePage:
        """The page that was created although, or before, the answer said that it was not."""
        page = self._confluence.titled(self._space, wanted.title, body=True)
        if page is None:
            raise error
        if not belongs(page, wanted.id):
            self._refuse_title(page, wanted)
        if edited(remote_of(page, self._confluence)):
            self._refuse_edited(page)
        return page

    def _upload(self, page: str, push: PagePush, read: Read) -> _Uploads:
        """Upload what is new; a file that is refused fails nothing else."""
        found = _Uploads()
        known = self._confluence.attachments(page) if push.files else {}
        for file in push.files:
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            try:
                self._confluence.attach(page, file.name, read(file.path), kind, known.get(file.name, ""))
                found.files[file.name] = file.digest
            except (UnauthorisedError, TryLaterError):
                raise
            except PostmortemError as error:
                found.notices.append(LeftOut("attachment-failed", f"{file.path} was not uploaded: {error}"))
        return found

    def _finish(self, page: ConfluencePage, push: PagePush, digest: str, uploads: _Uploads) -> MadePage:
        """Put the labels on the page, and record what was pushed."""
        wanted, before = push.wanted, state_of(page)
        if push.labels:
            self._confluence.add_labels(page.id, push.labels)
        for name in push.drop_labels:
            self._confluence.remove_label(page.id, name)
        names = {one.name for one in wanted.files}
        files = {**(before.files if before else {}), **uploads.files}
        kept = files if wanted.closed else {name: known for name, known in files.items() if name in names}
        state = PageState(
            wanted.id,
            page.id,
            page.version,
            digest,
            wanted.group if push.move or before is None else before.group,
            wanted.labels,
            kept,
            wanted.closed,
        )
        try:
            self._record(page.id, page.mark, state)
        except (RefusedError, OutcomeUnknownError) as error:
            uploads.notices.append(LeftOut("not-recorded", f"What was pushed could not be recorded: {error}"))
        return MadePage(page.id, tuple(uploads.notices))

    def _record(self, page: str, mark: Property | None, state: PageState) -> None:
        value = to_property(state)
        try:
            self._confluence.set_property(page, mark, value)
        except RefusedError as error:
            if error.status not in CLASH:
                raise
            self._confluence.set_property(page, self._confluence.page(page).mark, value)

    def _refuse_edited(self, page: ConfluencePage) -> None:
        raise LeftAloneError(
            f"{self._confluence.browse(page.id)} was changed a moment ago. Nothing was overwritten; run again.",
            code="page-edited",
        )

    def _refuse_title(self, page: ConfluencePage, wanted: WantedPage) -> None:
        raise LeftAloneError(
            f"There is a page {wanted.title!r} already ({self._confluence.browse(page.id)}) that is none of ours, and a"
            " title is there once in a space. Rename that page, or the postmortem.",
            code="page-title-taken",
        )
