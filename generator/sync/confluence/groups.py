"""The pages of quarters and years, made when the first postmortem is put below one, and never changed afterwards."""

import threading

from generator.clients.confluence import Confluence, ConfluencePage, Space, Writing
from generator.errors import OutcomeUnknownError, RefusedError
from generator.sync.plan.pages.model import LeftAloneError
from generator.sync.plan.pages.wanted import GROUP_MARK, group_body, is_marked

CLASH = {400, 409}  # what Confluence answers where a title is taken


class Groups:
    """The pages that postmortems lie below, by their titles; safe to use from several threads."""

    def __init__(self, confluence: Confluence, space: Space, parent: str) -> None:
        self._confluence, self._space, self._parent = confluence, space, parent
        self._known: dict[str, str] = {}
        self._lock = threading.Lock()

    def page(self, title: str) -> str:
        """The id of the page with this title, which is made where there is none; without a title the common parent."""
        if not title:
            return self._parent
        with self._lock:
            if title not in self._known:
                self._known[title] = self._found(title) or self._made(title)
            return self._known[title]

    def _found(self, title: str) -> str:
        page = self._confluence.titled(self._space, title, body=True)
        if page is None:
            return ""
        if page.parent != self._parent and not is_marked(page.body, GROUP_MARK):
            raise LeftAloneError(
                f"There is a page {title!r} elsewhere in the space ({self._confluence.browse(page.id)}), so there can be"
                " none of that title for postmortems. Rename it, or move it below the page that `confluence: parent`"
                " names.",
                code="page-title-taken",
            )
        return page.id

    def _made(self, title: str) -> str:
        try:
            made: ConfluencePage = self._confluence.create(self._space, Writing(title, group_body(), self._parent))
        except (RefusedError, OutcomeUnknownError) as error:
            if isinstance(error, RefusedError) and error.status not in CLASH:
                raise
            there = self._found(title)  # another run was faster, or the answer was lost
            if not there:
                raise
            return there
        return made.id
