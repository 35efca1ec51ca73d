"""From an archive's documents to its site: stage them, with what is remembered, and build."""

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from multiprocessing import cpu_count
from pathlib import Path
from time import perf_counter

from generator import __version__
from generator.document.parse import Document, parse
from generator.errors import PostmortemError
from generator.settings.model import Settings
from generator.site.build import engines, inputs, search, state, workers
from generator.site.build import output as tree
from generator.site.build.building import Report, build, quiet
from generator.site.build.cache import Cache, key, unsealed
from generator.site.build.copies import CopiedFiles
from generator.site.build.rendering import Progress
from generator.site.pages import staging
from generator.site.pages.site import Problem
from generator.site.pages.staging import StagedSite

SHOWN = 20


def cores() -> int:
    """How many processes are worth having on this machine."""
    return cpu_count()


def forget(cache: Path) -> None:
    """Throw away what earlier builds kept, so that the next one makes everything anew."""
    shutil.rmtree(cache, ignore_errors=True)


def publish(
    read: Callable[[], Sequence[Document]],
    settings: Settings,
    *,
    now: datetime,
    audience: str,
    site_config: Path,
    archive_root: Path,
    output: Path,
    cache: Path,
    engine: str,
    jobs: int,
    strict: bool,
    progress: Progress = quiet,
) -> Report:
    """Stage what `audience` may see and build it; if `strict`, whatever cannot be shown as it was meant is an error.

    `read` gives the archive's documents; it is not called when nothing has changed since the last build.
    """
    started = perf_counter()
    target = output.resolve()
    versions = (__version__, workers.edition(), engines.get(engine).versions(), search.tool_version())
    what = inputs.fingerprint(archive_root, site_config, repr(settings), str(now.date()), audience, engine, *versions)
    memory = cache / "sites" / f"{key(str(target))}.inputs"
    if pages_there := _as_before(memory, what, target):
        return Report(target, engine, pages_there, 0, perf_counter() - started)
    state.forget(memory)
    progress("Reading the archive")
    documents = read()
    guide = inputs.guide(archive_root)
    refused = (*guide.refused, *inputs.attachments(archive_root))
    staged, about_copies = stage(
        documents,
        settings,
        now=now,
        audience=audience,
        archive_root=archive_root,
        guide=guide.texts,
        cache=cache,
        jobs=jobs,
        progress=progress,
    )
    doubts = tuple(f"{one.path}:{one.line}: {one.message} {one.hint}" for one in staged.doubts)
    if staged.problems and strict:
        raise PostmortemError(_refusal(staged.problems, doubts))
    report = build(
        staged,
        settings=settings,
        site_config=site_config,
        archive_root=archive_root,
        output=output,
        cache=cache,
        engine=engine,
        jobs=jobs,
        strict=strict,
        progress=progress,
    )
    notes = (*map(_line, staged.problems), *about_copies, *report.notes, *doubts)
    unread = any(finding.rule == "unreadable" for document in documents for finding in document.findings)
    if not notes and not unread and not refused:
        # What has to be said again is built again.
        state.keep(memory, f"{what} {report.pages_total}".encode())
    reasons = tuple(map(str, refused))
    return replace(report, seconds=perf_counter() - started, notes=notes, refused=reasons, doubts=len(doubts))


def _as_before(memory: Path, what: str, target: Path) -> int:
    """The number of pages where the site in `target` was made from `what` and stands as it was left, else 0."""
    try:
        kept, count = unsealed(memory.name, memory.read_bytes()).decode("utf-8").split()
    except (OSError, ValueError):
        return 0
    return int(count) if kept == what and tree.unchanged(target, state.load(memory.with_suffix(".json")).files) else 0


def stage(
    documents: Iterable[Document],
    settings: Settings,
    *,
    now: datetime,
    audience: str,
    archive_root: Path,
    guide: Mapping[str, str],
    cache: Path,
    jobs: int,
    progress: Progress = quiet,
) -> tuple[StagedSite, tuple[str, ...]]:
    """Stage with `jobs` processes, and what is to be said of the files that go along.

    Texts that were rendered before are taken from `cache`.
    """
    with Cache(cache / "texts.sqlite", progress) as store:
        remembered = workers.Remembered(store)
        make = partial(
            staging.stage,
            tuple(documents),
            settings,
            now=now,
            audience=audience,
            guide=tuple(parse(text, path) for path, text in guide.items()),
            files=inputs.files(archive_root),
            remembered=remembered,
            each=workers.each(jobs),
        )
        staged = make()
        copies = CopiedFiles(archive_root, staged.public, remembered)
        copies.judge(staged.copies.values())
        if copies.withheld:  # only now it is clear what pages lead to; those that lead to such a file are made anew
            staged = make(withheld=copies.withheld)
        remembered.save()
    return staged, tuple(copies.notes)


def _refusal(problems: Sequence[Problem], doubts: Sequence[str]) -> str:
    lines = "".join(f"\n  {_line(problem)}" for problem in problems[:SHOWN])
    more = f"\n  ... and {len(problems) - SHOWN} more" if len(problems) > SHOWN else ""
    closed = "".join(f"\n{doubt}" for doubt in doubts)
    return f"The site was not built, because some of it would not be as it was meant:{lines}{more}\nCorrect that, or build with --no-strict.{closed}"


def _line(problem: Problem) -> str:
    return f"{problem.path}:{problem.line}: {problem.message}"
