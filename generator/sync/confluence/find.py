"""Finding the pages of postmortems.

The search finds all of them at once, wherever a person has moved them, but not what was made a moment ago. So the pages
below the common parent are listed as well, and in the end a page is asked for by its title, which is there once in a
space: the two are always up to date.
"""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from generator.clients.confluence import Confluence, ConfluencePage, Space, Stub
from generator.errors import NotFoundError
from generator.sync.plan.identity import label
from generator.sync.plan.pages.model import PageSnapshot, RemotePage, Sought
from generator.sync.plan.pages.state import PageState, from_property
from generator.sync.plan.pages.wanted import GROUP, LABEL, id_label, is_marked

AT_ONCE = 4


def state_of(page: ConfluencePage) -> PageState | None:
    """What was last pushed to a page, if it is one of ours."""
    return from_property(page.mark.value, page.id) if page.mark else None


def belongs(page: ConfluencePage, id: str) -> bool:  # noqa: A002 - the field's name
    """Whether a page is that of a postmortem: by its state, else by its label, else by the mark in its body."""
    state = state_of(page)
    if state is not None:
        return state.id.casefold() == id.casefold()
    return id_label(id) in {one.casefold() for one in page.labels} or is_marked(page.body, label(id))


@dataclass(slots=True)
class Looking:
    """One look at the pages of a space."""

    confluence: Confluence
    space: Space
    parent: str
    pages: dict[str, dict[str, ConfluencePage]] = field(default_factory=dict)  # by postmortem, then by the page's id
    taken: dict[str, str] = field(default_factory=dict)

    def snapshot(self, wanted: Sequence[Sought], tell: Callable[[str], None]) -> PageSnapshot:
        """The pages that are there of what is looked for."""
        known = self.confluence.labelled(self.space, LABEL)
        tell(f"{len(known):,} pages found")
        listed = self._listed()
        ids = {one.id.casefold(): one.id for one in wanted}
        labels = {id_label(id_): id_ for id_ in ids}
        for page in known:
            self._sort(page, ids, labels)
        seen = {page.id for page in known}
        named = {_id_of(stub.title): stub for stub in listed if stub.id not in seen and _id_of(stub.title) in ids}
        for id_, page in self._read({id_: stub.id for id_, stub in named.items()}):
            if belongs(page, id_):
                self._add(id_, page)
        self._by_title([one for one in wanted if one.title and one.id.casefold() not in self.pages])
        return PageSnapshot(
            {id_: self._remote(*found.values()) for id_, found in self.pages.items() if len(found) == 1},
            self.taken,
            {
                id_: tuple(self.confluence.browse(page) for page in found)
                for id_, found in self.pages.items()
                if len(found) > 1
            },
        )

    def _listed(self) -> list[Stub]:
        """The pages below the common parent and below those of quarters and years."""
        if not self.parent:
            return []
        below = self.confluence.children(self.parent)
        groups = [stub.id for stub in below if GROUP.fullmatch(stub.title)]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return [*below, *(stub for found in pool.map(self.confluence.children, groups) for stub in found)]

    def _sort(self, page: ConfluencePage, ids: dict[str, str], labels: dict[str, str]) -> None:
        state = state_of(page)
        if state is not None:
            owners = {state.id.casefold()}
        elif page.mark is not None:  # a copy that a person made, whose state names the page that it is a copy of
            owners = set()
        else:
            owners = {labels[one.casefold()] for one in page.labels if one.casefold() in labels}
        for id_ in owners & ids.keys():
            self._add(id_, page)

    def _by_title(self, wanted: Sequence[Sought]) -> None:
        """Ask for pages by their titles; one that is none of ours holds the title."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            found = pool.map(lambda one: self.confluence.titled(self.space, one.title, body=True), wanted)
            for one, page in zip(wanted, found, strict=True):
                if page and belongs(page, one.id):
                    self._add(one.id.casefold(), page)
                elif page:
                    self.taken[one.id.casefold()] = self.confluence.browse(page.id)

    def _read(self, pages: dict[str, str]) -> Iterable[tuple[str, ConfluencePage]]:
        def read(page: str) -> ConfluencePage | None:
            try:
                return self.confluence.page(page, body=True)
            except NotFoundError:
                return None  # deleted since it was listed

        with ThreadPoolExecutor(AT_ONCE) as pool:
            found = pool.map(read, pages.values())
            return [(id_, page) for id_, page in zip(pages, found, strict=True) if page]

    def _add(self, id_: str, page: ConfluencePage) -> None:
        self.pages.setdefault(id_, {})[page.id] = page

    def _remote(self, page: ConfluencePage) -> RemotePage:
        return remote_of(page, self.confluence)


def remote_of(page: ConfluencePage, confluence: Confluence) -> RemotePage:
    """A page as a plan sees it."""
    labels = tuple(one.casefold() for one in page.labels)
    address = confluence.browse(page.id)
    return RemotePage(page.id, page.title, page.version, address, page.message, labels, state_of(page))


def _id_of(title: str) -> str:
    """The postmortem that a title names in its first word, in small letters."""
    first = title.partition(" ")[0]
    return first[1:].casefold() if first.startswith("#") else ""
