"""What staging wants to know of an archive besides its postmortems: its guide, and which files there are."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.document.archive import FOLDER
from generator.errors import InputError
from generator.regular_files import ATTACHMENT_BYTES, MARKDOWN_BYTES, Guard
from generator.site.build.cache import key

GUIDE = "docs"
# Nothing below these is ever linked from a page, and they can be huge.
SKIPPED = {"node_modules", "__pycache__", "site"}
# What makes the site is compared by its content, since a checkout gives every file a new time.
READ = ("postmortems/", "docs/", "site_config/")
TEXTS = {".css", ".html", ".js", ".md", ".svg", ".yaml", ".yml"}


@dataclass(frozen=True, slots=True)
class GuideFiles:
    """The Markdown files below `docs/` by their path in the archive, and why others there were not read."""

    texts: Mapping[str, str]
    refused: tuple[InputError, ...]


def guide(root: Path) -> GuideFiles:
    """The guide's pages; what is no readable file of a page's size is left out and told."""
    guard = Guard(MARKDOWN_BYTES, "a page of the guide", root)
    texts: dict[str, str] = {}
    refused: list[InputError] = []
    for path in _below(root, GUIDE, refused):
        try:
            if path.endswith(".md"):
                texts[path] = guard.lines(root / path, path)
        except InputError as error:
            refused.append(error)
    return GuideFiles(texts, tuple(refused))


def attachments(root: Path) -> tuple[InputError, ...]:
    """Why files that lie beside postmortems and pages of the guide cannot be published; links to them lead nowhere."""
    refused: list[InputError] = []
    for start in (FOLDER, GUIDE):
        for path in _below(root, start, []):
            if not path.endswith(".md"):
                _judged(root, path, refused)
    return tuple(refused)


def files(root: Path) -> frozenset[str]:
    """The paths of all files of the archive that a link may lead to."""
    return frozenset(path for path in _below(root, "", []) if _judged(root, path, []))


def look(root: Path, own: Path, built_in: Path) -> tuple[Path, tuple[InputError, ...]]:
    """The folder with the site's look: the archive's `own` where it has one, and why it is not used.

    An engine copies what lies there without looking at it, so one file that may not be read refuses the whole folder.
    """
    refused: list[InputError] = []
    place = own.relative_to(root).as_posix()
    for path in _below(root, place, refused):
        _judged(root, path, refused)
    return own if not refused and (own / "mkdocs.yml").is_file() else built_in, tuple(refused)


def fingerprint(root: Path, site_config: Path, *others: str) -> str:
    """A key for everything that a site is made from: texts by content, other files by name, size and time."""
    parts: list[str | bytes] = [str(root), *others]
    for path in sorted(_below(root, "", [])):
        parts += [path, *_content(root / path, root, read=path.startswith(READ))]
    for path in sorted(_below(site_config, "", [])):
        parts += [path, *_content(site_config / path, site_config, read=True)]
    return key(*parts)


def _content(path: Path, root: Path, *, read: bool) -> Iterator[str | bytes]:
    try:
        if read and path.suffix in TEXTS:
            yield Guard(ATTACHMENT_BYTES, "a text", root).read(path, "")
        else:
            status = path.stat()
            yield f"{status.st_size} {status.st_mtime_ns}"
    except OSError as error:  # a link to nowhere, a file without rights: that too can change
        yield str(error.errno)
    except InputError as error:
        yield str(error)


def _judged(root: Path, path: str, refused: list[InputError]) -> bool:
    """Whether a file may be published; why not is added to `refused`."""
    try:
        Guard(ATTACHMENT_BYTES, "a published file", root).check(root / path, path)
    except InputError as error:
        refused.append(error)
        return False
    return True


def _below(root: Path, start: str, refused: list[InputError]) -> Iterator[str]:
    """The files below a folder, and folders that are named like a page; folders that may not be read are refused."""

    def unreadable(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            place = Path(error.filename).relative_to(root).as_posix()
            refused.append(InputError(f"The folder cannot be read: {error.strerror}.", place))

    for folder, folders, names in os.walk(root / start, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in SKIPPED)
        inner = Path(folder).relative_to(root).as_posix()
        for name in sorted([*names, *(name for name in folders if name.endswith(".md"))]):
            if not name.startswith("."):
                yield name if inner == "." else f"{inner}/{name}"
