"""Confluence as a place where postmortems have their pages."""

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from generator.clients.confluence import Confluence, Space
from generator.errors import RemoteError, UsageError
from generator.settings.model import Settings
from generator.sync.confluence.find import AT_ONCE, Looking
from generator.sync.confluence.groups import Groups
from generator.sync.confluence.write import ConfluenceWriter, Read
from generator.sync.plan.pages.model import TARGET, MadePage, PagePush, PageSnapshot, RemotePage, Sought


class ConfluenceTarget:
    """One space of one Confluence, Cloud or Data Center; all methods raise the errors of `generator.errors`."""

    name = TARGET

    def __init__(self, confluence: Confluence, settings: Settings) -> None:
        self._confluence, self._settings = confluence, settings.confluence
        self._place: tuple[Space, str] | None = None
        self._writer: ConfluenceWriter | None = None

    @property
    def requests_made(self) -> int:
        """How many requests have been sent so far."""
        return self._confluence.requests_made

    def start(self) -> str:
        """Ask who we are, nothing else before, and where the pages belong; return our name."""
        name = self._confluence.myself()
        space = self._confluence.space(self._settings.space)
        self._place = space, self._parent(space)
        groups = Groups(self._confluence, *self._place)
        self._writer = ConfluenceWriter(self._confluence, space, groups, self._settings.text_limit)
        return name

    def snapshot(self, wanted: Sequence[Sought], tell: Callable[[str], None]) -> PageSnapshot:
        """The pages that are there of what is looked for."""
        space, parent = self._where()
        return Looking(self._confluence, space, parent).snapshot(wanted, tell)

    def comments(self, pages: Collection[str]) -> Mapping[str, int]:
        """How many comments are open at words of these pages."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return dict(zip(pages, pool.map(self._confluence.open_comments, pages), strict=True))

    def create(self, push: PagePush, read: Read) -> MadePage:
        """Create a page with all that belongs to it; `read` gives the bytes of a file."""
        return self._open().create(push, read)

    def update(self, page: RemotePage, push: PagePush, read: Read) -> MadePage:
        """Bring a page up to date, unless a person has written it meanwhile."""
        return self._open().update(page, push, read)

    def _parent(self, space: Space) -> str:
        wanted = self._settings.parent
        if not wanted:
            return space.home
        if wanted.isdecimal():
            return self._confluence.page(wanted).id
        found = self._confluence.titled(space, wanted)
        if found is None:
            raise UsageError(
                f"confluence: there is no page {wanted!r} in the space {space.key}, or this account may not see it;"
                " `parent` is the title or the id of one."
            )
        return found.id

    def _where(self) -> tuple[Space, str]:
        if self._place is None:
            raise RemoteError("Confluence was not asked who we are yet.")
        return self._place

    def _open(self) -> ConfluenceWriter:
        if self._writer is None:
            raise RemoteError("Confluence was not asked who we are yet.")
        return self._writer
