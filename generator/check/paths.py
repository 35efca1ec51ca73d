"""Which of the files that somebody names are postmortems."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.document import archive, front_matter

_TELLING = frozenset({"id", "severity", "started", "status", "detected", "resolved"})


@dataclass(frozen=True, slots=True)
class Selection:
    """The files to check, and one kind sentence for each that is none."""

    paths: tuple[Path, ...]
    notes: tuple[str, ...] = ()


def select(root: Path, given: Sequence[Path]) -> Selection:
    """The postmortems among these files and folders, all of the archive's where nothing is named.

    A path that is not there is kept: that it cannot be read is a finding about it.
    """
    known = list(archive.paths(root))
    if not given:
        return Selection(tuple(known))
    own = frozenset(known)
    chosen: list[Path] = []
    notes: list[str] = []
    for path in (_place(root, named) for named in given):
        if path.is_dir() and path.suffix != ".md":
            found = list(_below(root, path, known))
            chosen += found
            notes += [] if found else [f"{_shown(root, path)}: there are no postmortems in this folder."]
        elif path in own or not os.path.lexists(path):
            chosen.append(path)
        elif (note := _other(root, path)) is not None:
            notes.append(f"{_shown(root, path)}: {note}")
        else:
            chosen.append(path)
    return Selection(tuple(dict.fromkeys(chosen)), tuple(dict.fromkeys(notes)))


def _place(root: Path, named: Path) -> Path:
    """The path from the current folder, else from the archive; only its folder is resolved, a link stays one."""
    path = named if os.path.lexists(named) or not os.path.lexists(root / named) else root / named
    return path.parent.resolve() / path.name if path.name not in {"", ".."} else path.resolve()


def _below(root: Path, folder: Path, known: Iterable[Path]) -> Iterator[Path]:
    if (root / archive.FOLDER).is_relative_to(folder):
        yield from known
    elif folder.is_relative_to(root / archive.FOLDER):
        yield from (path for path in known if path.is_relative_to(folder))
    else:
        for directory, folders, names in os.walk(folder):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            paths = (Path(directory) / name for name in sorted(names) if name.endswith(".md"))
            yield from (path for path in paths if _other(root, path) is None)


def _other(root: Path, path: Path) -> str | None:
    """Why a file is not checked, or None where it is a postmortem or cannot be read, which is to be reported."""
    if path.suffix != ".md":
        return "this is not a Markdown file, so it was not checked."
    document = archive.read(path, root)
    if not document.text and document.findings:
        return None
    if path.is_relative_to(root / archive.FOLDER):
        return "this file is about the folder and no postmortem, so it was not checked."
    if _TELLING & front_matter.read(document.text).values.keys():
        return None
    return "this is no postmortem (it has no front matter with an id), so it was not checked."


def _shown(root: Path, path: Path) -> str:
    return archive.relative(path, root)
