"""Finding the files to take in, and reading each as text, whatever its bytes are."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.errors import InputError
from generator.importer.note import Note
from generator.regular_files import MARKDOWN_BYTES, Guard

MARKDOWN = (".md", ".markdown", ".mdown", ".mdx", ".md.erb")
HTML = (".html", ".htm")
_SKIPPED = {"node_modules", "vendor", "__pycache__"}


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read: `base` is the folder beyond which nothing is looked at, `name` how the archive remembers it."""

    file: Path
    base: Path
    name: str
    named: bool


def find(paths: Sequence[Path], endings: tuple[str, ...] = MARKDOWN) -> Iterator[SourceFile]:
    """The files that are named, and those with such endings in the folders that are named, sorted; links are not followed."""
    for path in paths:
        if not path.is_dir():
            place = path.absolute()
            base = place.parent.resolve()
            yield SourceFile(place, base, f"{base.name}/{place.name}", named=True)
            continue
        top = path.resolve()
        for directory, folders, names in os.walk(top):
            folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in _SKIPPED)
            for name in sorted(names):
                if name.casefold().endswith(endings) and not name.startswith("."):
                    file = Path(directory) / name
                    yield SourceFile(file, top, f"{top.name}/{file.relative_to(top).as_posix()}", named=False)


def read(source: SourceFile) -> bytes:
    """The bytes of a file; raises `InputError` where it is none, too big, or leads out of its folder."""
    return Guard(MARKDOWN_BYTES, "a postmortem", source.base, place="the folder").read(source.file, "")


def text_of(raw: bytes) -> tuple[str, tuple[Note, ...]]:
    """The text, and a note where its encoding had to be guessed; raises `InputError` where it is no text."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace"), ()
    if b"\0" in raw[:8000]:
        raise InputError("This is not a text file.")
    try:
        return raw.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return raw.decode("cp1252", "replace"), (Note(line, "the file is not UTF-8 and was read as Windows-1252"),)
