"""The build: staged pages become HTML where they changed, and everything is put together anew."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator.settings.model import Settings
from generator.site.build import output as tree
from generator.site.build import search, state
from generator.site.build.cache import Cache, key
from generator.site.build.output import SiteFile, of_bytes
from generator.site.build.planning import FORMAT, plan, refuse_place
from generator.site.build.rendering import PageRender, Progress, Rendering, prepare
from generator.site.build.staged import StagedFiles
from generator.site.build.state import BuildState


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did: `pages_built` of `pages_total` were new or changed, the rest was there; times in seconds.

    `refused` are files that were left out because they may not be read, with the reason.
    `doubts` counts the lines for which a file was kept restricted, since its audience is not clear; `notes` name them.
    """

    output: Path
    engine: str
    pages_total: int
    pages_built: int
    seconds: float
    search_seconds: float = 0.0
    notes: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    doubts: int = 0


def quiet(message: str) -> None:
    """Say nothing."""


def build(
    staged: StagedFiles,
    *,
    settings: Settings,
    site_config: Path,
    archive_root: Path,
    output: Path,
    cache: Path,
    engine: str = "mkdocs",
    jobs: int = 1,
    strict: bool = True,
    progress: Progress = quiet,
) -> Report:
    """Build the site of `staged` in the folder `output`.

    Only pages that changed go through the engine, `jobs` processes at a time; what it made before is kept below
    `cache`. Raises `PostmortemError` when anything fails, and the site that was there stays as it was.
    """
    started = time.perf_counter()
    target, cache = output.resolve(), cache.resolve()
    refuse_place(target, archive_root.resolve(), site_config.resolve(), cache)
    todo = plan(staged, settings, site_config, archive_root, engine)
    memory = cache / "sites" / f"{key(str(target))}.json"
    before = state.load(memory)
    # Files that stand as they were left need not be written again; after anything else, all of them are.
    standing = tree.unchanged(target, before.files)
    report = partial(Report, target, todo.engine.name, len(staged.pages))
    if standing and before.digest == todo.digest:
        return report(0, time.perf_counter() - started)

    with Cache(cache / f"{todo.engine.name}.sqlite", progress) as store, tree.beside(target) as room:
        pages = [prepare(path, text, todo.keys[path], todo.base) for path, text in staged.pages.items()]
        rendering = Rendering(store, todo, room / "work")
        missing = rendering.missing(pages)
        warnings = rendering.run(missing, jobs=jobs, strict=strict, progress=progress)
        progress(f"Writing the site of {len(pages)} pages")
        new, known = room / "site", before.files if standing else {}
        found = {page.output for page in pages if page.output in before.searchable}
        files = tree.write(_pieces(pages, rendering, todo.others, found), new, known)
        indexing = time.perf_counter()
        index = search.SearchIndex({page.output: page.key for page in pages if page.output in found})
        files |= index.files(store, room, target, known, progress)
        search_seconds = time.perf_counter() - indexing
        # Whatever stops the rest midway, the next build finds no state and writes every file.
        state.forget(memory)
        if standing:
            tree.update(new, target, known.keys() - files.keys())
        else:
            tree.swap(new, target)
        state.save(memory, BuildState(todo.digest, files, frozenset(found)))
        store.prune({rendering.theme_key, index.key, *(page.shell_key for page in pages)})
    anew = {page.path for page in missing} | {page.path for page in pages if _differs(before, page)}
    notes = (*warnings, *(f"{page} is in the navigation, but not in this site." for page in todo.look.left_out))
    return report(len(anew), time.perf_counter() - started, search_seconds, notes)


def _pieces(
    pages: Sequence[PageRender], rendering: Rendering, others: Sequence[SiteFile], found: set[str]
) -> Iterator[SiteFile]:
    """The whole site but for its search index; `found` is brought up to date for pages that are written anew."""

    def html(page: PageRender) -> bytes:
        data = rendering.html(page)
        (found.add if search.BODY in data else found.discard)(page.output)
        return data

    own = {piece.path for piece in others} | {page.output for page in pages}
    yield of_bytes(tree.MARKER, FORMAT, tree.MARKER_TEXT)
    for page in pages:
        yield SiteFile(page.output, page.key, partial(html, page), rendering.made.get(page.path))
    yield from others
    yield from (piece for piece in rendering.theme_pieces() if piece.path not in own)


def _differs(before: BuildState, page: PageRender) -> bool:
    written = before.files.get(page.output)
    return written is not None and written.key != page.key
