"""Checking an archive: files are read and judged by several processes, what they share by one."""

import gc
import os
import posixpath
import signal
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import chain
from multiprocessing import get_context
from pathlib import Path

from generator.check import engine
from generator.check.engine import Examined
from generator.check.fixes import Fix, fixed
from generator.check.neighbours import neighbours
from generator.check.rule import Context
from generator.check.rules.changes import changed_lines
from generator.check.rules.link_target import places
from generator.clients.git import BaseRevision, contents
from generator.document import archive
from generator.document.finding import Finding
from generator.document.parse import Document, parse
from generator.settings.model import Settings

FEWEST = 300  # below this a second process costs more than it gains
CHUNK = 64
MOST_FILES = 5_000  # in one document's folder


@dataclass(frozen=True, slots=True)
class Job:
    """What is the same for every file: `only` are the rules to run, none of them means all."""

    root: Path
    settings: Settings
    today: date
    only: frozenset[str] = frozenset()
    fix: bool = False


@dataclass(frozen=True, slots=True)
class FileTask:
    """One file: its path as people see it, and with a base revision what it was like then (None: it is new)."""

    path: str
    since: bool = False
    old: bytes | None = None
    old_path: str = ""
    touched: bool = True


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What came of one file."""

    examined: Examined
    changes: tuple[Fix, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The findings by path and line, and what was put right, by path."""

    findings: tuple[Finding, ...]
    changes: tuple[tuple[str, Fix], ...] = ()

    def below(self, place: str) -> "CheckResult":
        """The same with the paths as they are from the folder that holds the archive at `place`, such as `docs/ops/`."""
        if not place:
            return self
        findings = tuple(replace(one, path=place + one.path) for one in self.findings)
        return CheckResult(findings, tuple((place + path, change) for path, change in self.changes))


def joined(results: Sequence[CheckResult]) -> CheckResult:
    """What was found in several archives, one after the other."""
    return CheckResult(
        tuple(chain.from_iterable(one.findings for one in results)),
        tuple(chain.from_iterable(one.changes for one in results)),
    )


def run(job: Job, paths: Sequence[Path], base: BaseRevision | None = None, jobs: int = 1) -> CheckResult:
    """Check these files of an archive, as they are or against a base revision."""
    tasks = list(_tasks(job.root, [archive.relative(path, job.root) for path in paths], base))
    chunks = [tasks[start : start + CHUNK] for start in range(0, len(tasks), CHUNK)]
    if jobs < 2 or len(tasks) < FEWEST:
        done = [_examine(job, task) for task in tasks]
    else:
        # Spawned and not forked: the caller may have threads. ^C is for the caller alone, who then ends the workers.
        with ProcessPoolExecutor(min(jobs, len(chunks)), get_context("spawn"), _begin, (job,)) as pool:
            done = list(chain.from_iterable(pool.map(_examine_chunk, chunks)))
    examined = [one.examined for one in done]
    others = neighbours(job.root, [one.summary for one in examined]) if _needs_others(job.only) else ()
    concluded = engine.conclude(examined, others, job.only)
    findings = chain.from_iterable(concluded[path] for path in sorted(concluded))
    return CheckResult(
        tuple(findings), tuple((one.examined.summary.path, change) for one in done for change in one.changes)
    )


def cores() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _needs_others(only: Collection[str]) -> bool:
    return any(rule.across is not None for rule in engine.rules() if not only or rule.id in only)


def _tasks(root: Path, shown: Iterable[str], base: BaseRevision | None) -> Iterator[FileTask]:
    if base is None:
        yield from (FileTask(path) for path in dict.fromkeys(shown))
        return
    wanted = list(dict.fromkeys(shown))
    texts = contents(root, [base.changed[path].blob for path in wanted if path in base.changed])
    for path in wanted:
        old = base.changed.get(path)
        if old is not None:
            yield FileTask(path, True, texts.get(old.blob), old.path)
        else:
            yield FileTask(path, True, touched=path not in base.present)


_job: list[Job] = []  # one for each worker process, set as it begins


def _begin(job: Job) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()  # a worker lives for seconds and makes no cycles; looking for them takes a tenth of its time
    _job[:] = [job]


def _examine_chunk(tasks: Sequence[FileTask]) -> list[CheckedFile]:
    return [_examine(_job[0], task) for task in tasks]


def _examine(job: Job, task: FileTask) -> CheckedFile:
    read = archive.read(job.root / task.path, job.root)
    old = _old(task)
    changes: tuple[Fix, ...] = ()
    if job.fix and read.text and not Path(read.path).is_absolute():
        text, changes = fixed(read, job.settings, old)
        if changes:
            archive.replace(job.root, read.path, text)
            read = parse(text, read.path)
    changed = None
    if task.since:
        changed = changed_lines(old.text, read.text) if old else None if task.touched else frozenset()
    context = Context(job.settings, job.today, base=old, changed=changed, files=_files(job.root, read))
    return CheckedFile(engine.examine(read, context, job.only), changes)


def _old(task: FileTask) -> Document | None:
    if task.old is None:
        return None
    return parse(task.old.decode("utf-8", "replace"), task.old_path)


def _files(root: Path, read: Document) -> frozenset[str]:
    """Of the places that a document leads to, those that are there; and the files of its own folder."""
    there = {place for place in places(read) if _exists(root, place)}
    own = posixpath.splitext(read.path)[0]
    if own and os.path.isdir(f"{root}/{own}"):  # noqa: PTH112 - asked for every file, and a Path costs more than this
        for directory, folders, names in os.walk(root / own):
            folders.sort()
            there.update(archive.relative(Path(directory) / name, root) for name in names)
            if len(there) > MOST_FILES:
                break
    return frozenset(there)


def _exists(root: Path, place: str) -> bool:
    """Whether there is such a file or folder, in just these letters: elsewhere the case of names may matter."""
    folder = str(root)
    for part in place.split("/"):
        if part not in {"", ".", ".."} and part not in _names(folder):
            return False
        folder = posixpath.join(folder, part)
    return True


@lru_cache(maxsize=4096)
def _names(folder: str) -> frozenset[str]:
    try:
        return frozenset(path.name for path in Path(folder).iterdir())
    except (OSError, ValueError):
        return frozenset()
