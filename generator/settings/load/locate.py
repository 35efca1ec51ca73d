"""Where the archive is: the one answer for every command, from `-C`, the paths named, or the current folder.

A search upwards ends with the folder that holds `.git`, as an archive is a part of its repository: what lies above
is somebody else's, and its settings, the audience among them, are not for the files below.
"""

import os
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator import regular_files
from generator.errors import InputError, NoArchiveError, UsageError

MARKER = Path("site_config") / "archive.yml"
# Archives below are only named as a help: deep enough for a monorepo's services/<team>/archive, and bounded, since
# a person may stand in a home folder with a million files.
_DEEPEST = 4
_MOST_FOLDERS = 5_000
_MOST_NAMED = 5
_SKIPPED = {"node_modules", "__pycache__", "site", "venv", "build", "dist", "target", "vendor"}


@dataclass(frozen=True, slots=True)
class Location:
    """Where an archive is, or where one was looked for: `exists` says which; `hint` names those that are near by."""

    root: Path
    exists: bool
    hint: str = ""
    near: tuple[Path, ...] = ()


def locate(directory: Path | None = None, paths: Sequence[Path] = ()) -> Location:
    """The archive that `directory` is, else that of the paths, else the nearest one upwards from the current folder.

    Raises NoArchiveError for a folder that is not there and for paths of several archives, and UsageError where the
    settings may not be looked for.
    """
    if directory is not None:
        return _named(directory)
    roots = archives_of(paths)
    if len(roots) > 1:
        names = ", ".join(str(shortest(root)) for root in roots)
        raise NoArchiveError(f"These paths lie in several archives: {names}. Name those of one at a time.")
    here = Path.cwd().resolve()
    root = roots[0] if roots else nearest(here)
    if root is not None:
        return Location(root, exists=True)
    top = _boundary(here)
    where = f"{here}: it has no" if top == here else f"{here} or a folder above it, up to {top}: none has"
    near = (*_above(top), *below(here))
    return Location(here, False, f"There is no archive in {where} {MARKER.as_posix()}.", near)


def archives_of(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The archives in which these paths lie, each once, sorted; a path that lies in none adds nothing."""
    roots = (nearest(folder_of(path)) for path in paths)
    return tuple(sorted({root for root in roots if root is not None}))


def nearest(folder: Path) -> Path | None:
    """The nearest folder upwards, this one included, with settings of an archive; none beyond its repository."""
    for candidate in (folder, *folder.parents):
        if _has_settings(candidate):
            return candidate
        if os.path.lexists(candidate / ".git"):
            return None
    return None


def below(folder: Path) -> tuple[Path, ...]:
    """The first archives below a folder, nearest ones first; hidden folders and those of packages are left out."""
    return tuple(path for path, _ in zip(_below(folder), range(_MOST_NAMED), strict=False))


def shortest(path: Path) -> Path:
    """A path as a person here would write it."""
    here = Path.cwd().resolve()
    return path.relative_to(here) if path.is_relative_to(here) else path


def missing(place: Location) -> NoArchiveError:
    """What to say where a command needs an archive and there is none: what was looked for, where, and what to do."""
    lines = [place.hint]
    if place.near:
        names = " and ".join(str(shortest(path)) for path in place.near)
        lines.append(f"There is one in {names}: use `postmortem -C {_quoted(place.near[0])} ...`.")
    lines.append("`postmortem init` begins one here; -C DIR names one that lies elsewhere.")
    return NoArchiveError(" ".join(lines))


def _named(directory: Path) -> Location:
    if not directory.is_dir():
        raise NoArchiveError(f"There is no folder {directory}; name the archive's folder with -C.")
    root = directory.resolve()
    if _has_settings(root):
        return Location(root, exists=True)
    above = nearest(root)
    near = (above,) if above else below(root)
    return Location(root, False, f"There is no archive in {directory}: it has no {MARKER.as_posix()}.", near)


def _has_settings(folder: Path) -> bool:
    """Whether the settings are there, whatever they are: that a pipe or a folder stands there is told by who reads."""
    try:
        return regular_files.exists(folder / MARKER)
    except InputError as error:
        raise UsageError(f"Whether there is an archive is not known: {error}") from None


def folder_of(path: Path) -> Path:
    """The real folder that a path names or lies in; a file that is not there lies in the first folder that is."""
    return next(one for one in (path.absolute(), *path.absolute().parents) if one.is_dir()).resolve()


def _boundary(folder: Path) -> Path:
    """The last folder that is looked at from here: the one with `.git`, else the file system's root."""
    return next((one for one in (folder, *folder.parents) if os.path.lexists(one / ".git")), Path(folder.anchor))


def _above(top: Path) -> Iterator[Path]:
    """The archive that would be the nearest one if the repository did not end here: to be named, never to be taken."""
    root = nearest(top.parent) if top.parent != top else None
    if root is not None:
        yield root


def _below(folder: Path) -> Iterator[Path]:
    level, looked = [folder], 0
    for _ in range(_DEEPEST):
        deeper: list[Path] = []
        for parent in level:
            for child in _folders(parent):
                looked += 1
                if looked > _MOST_FOLDERS:
                    return
                if os.path.lexists(child / MARKER):
                    yield child
                else:
                    deeper.append(child)
        level = deeper


def _folders(parent: Path) -> list[Path]:
    try:
        with os.scandir(parent) as entries:
            names = sorted(entry.name for entry in entries if entry.is_dir(follow_symlinks=False))
    except OSError:  # a folder that may not be read: this is a help and no answer
        return []
    return [parent / name for name in names if not name.startswith(".") and name not in _SKIPPED]


def _quoted(path: Path) -> str:
    return shlex.quote(str(shortest(path)))
