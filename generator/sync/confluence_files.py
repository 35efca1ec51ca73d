"""The pictures and attachments of a postmortem that go along with its page."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

from generator.document import archive
from generator.document.parse import Document
from generator.errors import InputError
from generator.regular_files import ATTACHMENT_BYTES, Guard
from generator.sync.plan.pages.model import File

MEGABYTE = 1_000_000


def attached(root: Path, document: Document, limit: int, left: Callable[[str], None]) -> Iterator[tuple[str, File]]:
    """The files of the document's own folder that its text names, by their paths as links write them.

    Hidden files are left out; `left` is called for files above `limit` megabytes, and of what is no regular file of ours.
    """
    home = root / document.path
    folder = home.with_suffix("")
    names: set[str] = set()
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        inner = path.relative_to(folder).as_posix()
        if any(part.startswith(".") for part in inner.split("/")) or not _named(path.name, document.text):
            continue
        if path.is_dir():
            continue
        shown = archive.relative(path, root)
        try:
            content = Guard(limit * MEGABYTE, "an attachment", root).read(path, shown)
        except InputError as error:
            left(f"{error} It was not uploaded.")
            continue
        name = _free(inner.replace("/", "-"), names)
        yield path.relative_to(home.parent).as_posix(), File(name, shown, hashlib.sha256(content).hexdigest()[:24])


def read(root: Path, path: str) -> bytes:
    """The bytes of a file of the archive. Raises PostmortemError."""
    return Guard(ATTACHMENT_BYTES, "an attachment", root).read(archive.inside(root, path), path)


def _named(name: str, text: str) -> bool:
    return name in text or quote(name) in text


def _free(name: str, names: set[str]) -> str:
    """A name that no other attachment of the page has, as Confluence compares them."""
    found, number = name, 2
    while found.casefold() in names:
        found, number = f"{number}-{name}", number + 1
    names.add(found.casefold())
    return found
