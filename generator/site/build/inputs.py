"""What staging wants to know of an archive besides its postmortems: its guide, and which files there are."""

import os
from collections.abc import Iterator
from pathlib import Path

from generator.errors import InputError
from generator.site.build.cache import key

GUIDE = "docs"
# Nothing below these is ever linked from a page, and they can be huge.
SKIPPED = {"node_modules", "__pycache__", "site"}
# What makes the site is compared by its content, since a checkout gives every file a new time.
READ = ("postmortems/", "docs/", "site_config/")
TEXTS = {".css", ".html", ".js", ".md", ".svg", ".yaml", ".yml"}


def guide(root: Path) -> dict[str, str]:
    """The Markdown files below `docs/`, by their path in the archive."""
    return {path: _text(root / path, path) for path in _below(root, GUIDE) if path.endswith(".md")}


def files(root: Path) -> frozenset[str]:
    """The paths of all files of the archive that a link may lead to."""
    return frozenset(_below(root, ""))


def fingerprint(root: Path, site_config: Path, *others: str) -> str:
    """A key for everything that a site is made from: texts by content, other files by name, size and time."""
    parts: list[str | bytes] = [str(root), *others]
    for path in sorted(_below(root, "")):
        parts += [path, *_content(root / path, read=path.startswith(READ))]
    for path in sorted(_below(site_config, "")):
        parts += [path, *_content(site_config / path, read=True)]
    return key(*parts)


def _content(path: Path, *, read: bool) -> Iterator[str | bytes]:
    try:
        if read and path.suffix in TEXTS:
            yield path.read_bytes()
        else:
            status = path.stat()
            yield f"{status.st_size} {status.st_mtime_ns}"
    except OSError as error:  # a link to nowhere, a file without rights: that too can change
        yield str(error.errno)


def _below(root: Path, start: str) -> Iterator[str]:
    for folder, folders, names in os.walk(root / start):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in SKIPPED)
        inner = Path(folder).relative_to(root).as_posix()
        for name in sorted(names):
            if not name.startswith("."):
                yield name if inner == "." else f"{inner}/{name}"


def _text(path: Path, shown: str) -> str:
    if not path.resolve().is_relative_to(path.parents[shown.count("/")].resolve()):
        message = "The link leads out of the archive, so it is not read; copy the file here."
        raise InputError(message, shown)
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        message = "The file is not UTF-8; save it as UTF-8."
        raise InputError(message, shown, line) from error
