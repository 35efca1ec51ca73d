"""The finished site as files: prepared beside the old one, and never put over somebody else's."""

import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from generator.errors import PostmortemError
from generator.site.build.addresses import checked

MARKER = ".postmortem-site"
MARKER_TEXT = b"This folder is written by `postmortem build` and replaced as a whole; put nothing of your own here.\n"
LEFTOVER_AGE = 3600


@dataclass(frozen=True, slots=True)
class SiteFile:
    """One file of the site: `key` changes whenever its content does; `content` gives it as bytes or as a file.

    `made` is the same file as an engine left it, in a folder that may be taken away as a whole.
    """

    path: str
    key: str
    content: Callable[[], bytes | Path]
    made: Path | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """One file as it was left: enough to see later, without reading it, that it is still the same."""

    key: str
    size: int
    mtime: int


def of_bytes(path: str, key: str, data: bytes) -> SiteFile:
    """A piece whose content is at hand."""
    return SiteFile(path, key, lambda: data)


def refuse_foreign(target: Path) -> None:
    """Raise an error unless `target` is free, empty or a site that we wrote."""
    if target.is_file() or (target.is_dir() and not (target / MARKER).is_file() and any(target.iterdir())):
        msg = f"{target} holds files that this program did not write, so it is left alone. Choose another folder with --output, or empty it."
        raise PostmortemError(msg)


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A new empty folder beside `target`, on the same file system, that is gone afterwards."""
    target.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{target.name}.building-"
    for leftover in target.parent.glob(f"{prefix}*"):
        with suppress(FileNotFoundError):
            if time.time() - leftover.stat().st_mtime > LEFTOVER_AGE:
                shutil.rmtree(leftover)
    folder = Path(mkdtemp(prefix=prefix, dir=target.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def write(pieces: Iterable[SiteFile], folder: Path, known: Mapping[str, Written]) -> dict[str, Written]:
    """Write the pieces below `folder`, but for those that `known` has with the same key, and return all of them."""
    written: dict[str, Written] = {}
    folders: set[Path] = set()
    for piece in pieces:
        before = known.get(piece.path)
        if before and before.key == piece.key:
            written[piece.path] = before
            continue
        path = folder / checked(piece.path)
        if path.parent not in folders and not (piece.made and _moved(piece.made.parent, path.parent)):
            path.parent.mkdir(parents=True, exist_ok=True)
        folders.add(path.parent)
        content = piece.content()
        if isinstance(content, Path):
            shutil.copyfile(content, path)
        else:
            path.write_bytes(content)
        status = path.stat()
        written[piece.path] = Written(piece.key, status.st_size, status.st_mtime_ns)
    return written


def adopt(made: Path, folder: Path, name: str, key: str) -> dict[str, Written]:
    """Move a finished folder to `name` below `folder` and return its files; their keys begin with `key`."""
    place = folder / name
    place.parent.mkdir(parents=True, exist_ok=True)
    made.rename(place)
    written: dict[str, Written] = {}
    for path in sorted(place.rglob("*")):
        if path.is_file():
            status = path.stat()
            inner = path.relative_to(place).as_posix()
            written[f"{name}/{inner}"] = Written(f"{key}/{inner}", status.st_size, status.st_mtime_ns)
    return written


def unchanged(target: Path, known: Mapping[str, Written]) -> bool:
    """Whether the site stands as it was left: every file is there as it was, and no other."""
    here: dict[str, Path] = {
        path.relative_to(target).as_posix(): path for path in target.rglob("*") if not path.is_dir()
    }
    return bool(known) and here.keys() == known.keys() and all(_same(here[name], known[name]) for name in known)


def swap(new: Path, target: Path) -> None:
    """Put `new` in the place of `target`, which takes its place; whatever goes wrong, one whole site stands there."""
    refuse_foreign(target)
    if not target.exists():
        new.rename(target)
        return
    old = new.with_name("old")
    try:
        target.rename(old)
    except OSError as error:
        msg = f"{target} cannot be replaced ({error.strerror}). Where it is a mounted volume, name a folder inside it with --output."
        raise PostmortemError(msg) from error
    try:
        new.rename(target)
    except BaseException:
        old.rename(target)
        raise


def update(new: Path, target: Path, gone: Iterable[str]) -> None:
    """Move the files below `new` to their places in `target` and delete those that are `gone`."""
    for name in gone:
        (target / name).unlink()
        folder = (target / name).parent
        while folder != target and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent
    for path in sorted(new.rglob("*")):
        if not path.is_dir():
            place = target / path.relative_to(new)
            place.parent.mkdir(parents=True, exist_ok=True)
            path.replace(place)


def link(source: Path, path: Path) -> None:
    """Give a file a second name, or copy it where the file system knows none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.hardlink_to(source)
    except OSError:
        shutil.copyfile(source, path)


def _same(path: Path, before: Written) -> bool:
    status = path.lstat()
    return status.st_size == before.size and status.st_mtime_ns == before.mtime


def _moved(folder: Path, place: Path) -> bool:
    """Move an engine's folder that holds one page to its place, which saves creating it again."""
    if len(list(folder.iterdir())) != 1 or place.exists():
        return False
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.rename(place)
    except OSError:
        return False
    return True
