"""Everything that the site consists of, as values: pages in Markdown, data files, and files to copy."""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from importlib import import_module
from typing import Any, Protocol, cast

from generator import extensions
from generator.document import query
from generator.document.audience import findings
from generator.document.finding import Finding
from generator.document.model import Audience
from generator.document.parse import Document
from generator.document.related import related
from generator.errors import UsageError
from generator.settings.model import Settings
from generator.site.pages import data, postmortem
from generator.site.pages import guide as guides
from generator.site.pages.front import unlisted
from generator.site.pages.guide import Guide
from generator.site.pages.links import PICTURE, Fate, LinkTargets
from generator.site.pages.postmortem import Body
from generator.site.pages.prose import PagePart
from generator.site.pages.site import Entry, Problem, Site, gather


class DerivedPages(Protocol):
    """One or more pages that are made of all postmortems; a function is enough."""

    def __call__(self, site: Site) -> Mapping[str, str]:
        """Each page as Markdown with front matter, by its path below the engine's docs folder.

        `site` holds what the audience may see and nothing else.
        """


# The modules whose `pages` are made of all postmortems; other packages add theirs by entry point.
DERIVED: tuple[str, ...] = (
    "generator.site.pages.overview",
    "generator.site.pages.index",
    "generator.site.pages.actions_page",
    "generator.site.pages.groups",
)

Each = Callable[[Callable[[Entry], Body], Iterable[Entry]], Iterable[Body]]


@dataclass(frozen=True, slots=True)
class StagedSite:
    """A site before the engine.

    `pages` are Markdown with front matter by their path below the engine's docs folder, `files` are written as they
    are, `copies` maps paths of the site to files of the archive. `problems` say what could not be shown as meant,
    `doubts` name the files that are kept restricted because their audience is not clear. `hidden` are the paths that
    pages would have which the audience may not see. Search engines may list a `public` site only.
    """

    pages: Mapping[str, str]
    files: Mapping[str, bytes] = field(default_factory=dict)
    copies: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    doubts: tuple[Finding, ...] = ()
    hidden: frozenset[str] = frozenset()
    public: bool = False


def stage(
    documents: Iterable[Document],
    settings: Settings,
    *,
    now: datetime,
    audience: Audience | str,
    guide: Iterable[Document] = (),
    files: Collection[str] | None = None,
    withheld: Mapping[str, str] | None = None,
    remembered: MutableMapping[str, str] | None = None,
    each: Each = map,
) -> StagedSite:
    """Stage what `audience` may see of `documents`; nothing else is in any byte of the answer.

    `guide` are the pages of the archive's `docs/`, which have an audience as postmortems do. `files` are the archive's
    other files, for telling broken links (None: not looked at), `withheld` says of some why they are not published. `remembered` keeps rendered texts from one call to the
    next; it must belong to one version of this program. `each` works like `map` and may use several processes.
    """
    audience = Audience(audience)
    documents, guide = tuple(documents), tuple(guide)
    site, problems = gather(documents, settings, now=now, audience=audience)
    handbook = guides.gather(guide, settings, audience)
    links = _links(site, handbook, files, withheld or {})
    near = related(site.entries)
    pages = derived(site)
    copies: dict[str, str] = {}
    for entry, body in _bodies(site, links, remembered if remembered is not None else {}, each):
        pages[f"{entry.address}index.md"] = postmortem.page(entry, body, site, near[entry.document.path])
        copies |= body.copies
        problems += body.problems
    more, along, broken = guides.pages(handbook, links, site)
    pages |= more
    if audience is not Audience.PUBLIC:
        pages = {path: unlisted(text) for path, text in pages.items()}
    return StagedSite(
        pages,
        data.files(site),
        copies | along,
        (*problems, *broken),
        tuple(findings((*documents, *guide), settings)),
        frozenset(f"{address}index.md" for address in (*site.hidden_addresses, *handbook.hidden_addresses)),
        audience is Audience.PUBLIC,
    )


def derived(site: Site) -> dict[str, str]:
    """The pages that are made of all postmortems, by path. Raises UsageError where two of them have one path."""
    added = extensions.named(extensions.PAGES)
    pages: dict[str, str] = {}
    ours = {module: import_module(module).pages for module in DERIVED}
    for name, make in (ours | added).items():
        made = cast("DerivedPages", make)(site)
        if taken := sorted(pages.keys() & made.keys()):
            raise UsageError(f"The page {taken[0]} of the extension `{name}` is there already; uninstall its package.")
        pages |= made
    return pages


def _links(site: Site, handbook: Guide, files: Collection[str] | None, withheld: Mapping[str, str]) -> LinkTargets:
    places = {entry.document.path: entry.address for entry in site.entries} | dict(handbook.addresses)
    closed = frozenset(path.removesuffix(".md") + "/" for path in site.hidden) | handbook.closed
    hidden = site.hidden | handbook.hidden
    there = frozenset(files) if files is not None else None
    return LinkTargets(places, hidden, there, closed, _browse(site.settings), withheld)


def _browse(settings: Settings) -> str:
    base = postmortem.repository(settings)
    return f"{base}/blob/{settings.branch}" if base else ""


def _bodies(
    site: Site, links: LinkTargets, remembered: MutableMapping[str, str], each: Each
) -> Iterator[tuple[Entry, Body]]:
    """Every postmortem with its rendered text: what is remembered and still right, the rest rendered now."""
    settled = hashlib.sha256(repr((site.settings.people, site.settings.jira.url)).encode()).hexdigest()
    keys = {entry.document.path: _key(entry, site.as_of, settled) for entry in site.entries}
    known: dict[str, Body] = {}
    for entry in site.entries:
        kept = remembered.get(keys[entry.document.path])
        body = _read(kept) if kept is not None else None
        if body is not None and _still(body, entry, links):
            known[entry.document.path] = body
    missing = [entry for entry in site.entries if entry.document.path not in known]
    work = partial(postmortem.body, settings=site.settings, links=links, today=site.as_of)
    for entry, body in zip(missing, each(work, missing), strict=True):
        known[entry.document.path] = body
        remembered[keys[entry.document.path]] = _written(body)
    for entry in site.entries:
        yield entry, known[entry.document.path]


def _key(entry: Entry, today: date, settled: str) -> str:
    """What the rendered text depends on; `settled` stands for the settings among it."""
    groups_of_items = [query.due_group(item, today, current=entry.current) for item in entry.known.actions]
    parts = (entry.document.path, entry.address, entry.title, groups_of_items, settled, entry.document.text)
    return hashlib.sha256(repr(parts).encode("utf-8", "replace")).hexdigest()


def _still(body: Body, entry: Entry, links: LinkTargets) -> bool:
    """Whether every link still leads where it did."""
    if body.problems:
        return False
    for href, final in body.followed.items():
        target = links.resolve(
            href.removeprefix(PICTURE), entry.document.path, entry.address, picture=href.startswith(PICTURE)
        )
        if (target.href if target.fate in {Fate.KEPT, Fate.LOCAL} else None) != final or target.fate is Fate.BROKEN:
            return False
    return True


def _written(body: Body) -> str:
    parts = [[part.html, part.level, part.anchor, part.title] for part in body.parts]
    return json.dumps([parts, dict(body.followed), dict(body.copies), len(body.problems)], ensure_ascii=False)


def _read(kept: str) -> Body | None:
    parts, followed, copies, problems = _checked(json.loads(kept))
    return None if problems else Body(tuple(PagePart(*part) for part in parts), followed, copies, ())


def _checked(value: Any) -> tuple[list[Any], dict[str, str | None], dict[str, str], int]:
    parts, followed, copies, problems = value
    return parts, followed, copies, problems
