"""The pictures and attachments of a postmortem that go along with its page."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

from generator.document import archive
from generator.document.parse import Document
from generator.errors import PostmortemError
from generator.sync.plan.pages.model import File

MEGABYTE = 1_000_000


def attached(root: Path, document: Document, limit: int, left: Callable[[str], None]) -> Iterator[tuple[str, File]]:
    """The files of the document's own folder that its text names, by their paths as links write them.

    Hidden files and links that lead out of the archive are left out; `left` is told of files above `limit` megabytes.
    """
    home = root / document.path
    folder = home.with_suffix("")
    names: set[str] = set()
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        inner = path.relative_to(folder).as_posix()
        if any(part.startswith(".") for part in inner.split("/")) or not _named(path.name, document.text):
            continue
        if not path.is_file() or not path.resolve().is_relative_to(root.resolve()):
            continue
        shown = archive.relative(path, root)
        if path.stat().st_size > limit * MEGABYTE:
            left(f"{shown} has more than {limit} MB, so it was not uploaded.")
            continue
        name = _free(inner.replace("/", "-"), names)
        content = read(root, shown)
        yield path.relative_to(home.parent).as_posix(), File(name, shown, hashlib.sha256(content).hexdigest()[:24])


def read(root: Path, path: str) -> bytes:
    """The bytes of a file of the archive. Raises PostmortemError."""
    try:
        return archive.inside(root, path).read_bytes()
    except OSError as error:
        raise PostmortemError(f"{path}: cannot be read: {error.strerror}.") from None


def _named(name: str, text: str) -> bool:
    return name in text or quote(name) in text


def _free(name: str, names: set[str]) -> str:
    """A name that no other attachment of the page has, as Confluence compares them."""
    found, number = name, 2
    while found.casefold() in names:
        found, number = f"{number}-{name}", number + 1
    names.add(found.casefold())
    return found
