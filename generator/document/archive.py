"""The postmortem files of an archive: found, read, and written once."""

import dataclasses
import os
import re
import threading
from collections.abc import Iterable
from pathlib import Path

from generator.document.finding import Finding, Level
from generator.document.parse import Document, parse
from generator.errors import AlreadyExistsError, InputError, PostmortemError, UsageError
from generator.regular_files import MARKDOWN_BYTES, Guard

FOLDER = "postmortems"
_QUOTING = re.compile(r"[\\\"']")  # YAML may quote and escape a value
_ID_LINE = re.compile(r"^id:[ \t]*[\"']?([\w-]+)", re.MULTILINE)
_SKIPPED = {"README.md", "index.md", "template.md", "TEMPLATE.md"}


def paths(root: Path) -> list[Path]:
    """The postmortem files below `root`, sorted; hidden folders and a folder's README are left out.

    What has such a name and is no file, and a folder that may not be read, are among them: reading them tells why not.
    """
    places: list[Path] = []

    def unreadable(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            places.append(Path(error.filename))

    for directory, folders, files in os.walk(root / FOLDER, onerror=unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        here, names = Path(directory), [*files, *folders]
        places += [here / name for name in names if name.endswith(".md") and name[0] != "." and name not in _SKIPPED]
    return sorted(set(places))


def load(root: Path) -> tuple[Document, ...]:
    """Read every postmortem of the archive, sorted by path; a file that cannot be read is a document with a finding."""
    return tuple(read(path, root) for path in paths(root))


def read(path: Path, root: Path) -> Document:
    """Read one file; its path in the document is relative to `root` and written with slashes."""
    shown = relative(path, root)
    try:
        return parse(_text(path, shown, root), shown)
    except InputError as error:
        message = str(error).removeprefix(f"{shown}:{error.line}: ").removeprefix(f"{shown}: ")
        empty = parse("", shown)
        finding = Finding(shown, max(error.line, 1), "unreadable", Level.ERROR, message)
        return dataclasses.replace(empty, findings=(finding,))


def heads(root: Path, words: Iterable[str]) -> tuple[Document, ...]:
    """The front matter of every postmortem, without the bodies; read closely only where one of the words stands in it.

    An archive of thousands is looked through in a fraction of a second, where reading it whole takes seconds.
    A file that cannot be read is still known by its name.
    """
    wanted = [_QUOTING.sub("", word).casefold() for word in words if word]
    blank = parse("")
    return tuple(_head(path, root, wanted, blank) for path in paths(root))


def _head(path: Path, root: Path, wanted: list[str], blank: Document) -> Document:
    shown = relative(path, root)
    try:
        text = _text(path, shown, root).removeprefix("\ufeff")
    except InputError:
        text = ""
    end = text.find("\n---", 3)
    head = f"{text[:end]}\n---\n" if text.startswith("---") and end > 0 else ""
    told = _QUOTING.sub("", head).casefold()
    if any(word in told for word in wanted):
        return parse(head, shown)
    found = _ID_LINE.search(head)
    known = dataclasses.replace(blank.postmortem, path=shown, id=found.group(1) if found else "")
    return dataclasses.replace(blank, path=shown, postmortem=known)


def relative(path: Path, root: Path) -> str:
    """A path as people see it: relative to the archive where it lies in it."""
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.as_posix()


def _text(path: Path, shown: str, root: Path) -> str:
    # A file of somewhere else may be named by a person; a link may not lead there.
    within = root if path.is_relative_to(root) or path.is_symlink() else None
    guard = Guard(MARKDOWN_BYTES, "a postmortem", within, "Move logs into attachments.")
    return guard.text(path, shown)


def inside(root: Path, relative_path: str) -> Path:
    """The absolute place of a path in the archive; raises where it would lie outside, also through a link."""
    target = root / relative_path
    parts = Path(relative_path).parts
    if Path(relative_path).is_absolute() or ".." in parts or not target.parent.resolve().is_relative_to(root.resolve()):
        raise PostmortemError(f"{relative_path}: lies outside the archive, so nothing was written.")
    return target


def create(root: Path, relative_path: str, text: str) -> Path:
    """Write a new file and return its path; one that exists is never overwritten."""
    try:
        _place(root, relative_path, text.encode("utf-8"))
    except FileExistsError:
        raise AlreadyExistsError(f"{relative_path}: exists already and was not overwritten.", relative_path) from None
    except OSError as error:
        raise PostmortemError(f"{relative_path}: cannot be written: {error.strerror}.") from None
    return root / relative_path


def _place(root: Path, relative_path: str, data: bytes) -> None:
    """A new file with all of its bytes, or none: raises FileExistsError where something is there, and OSError."""
    target = inside(root, relative_path)
    target.parent.mkdir(parents=True, exist_ok=True)
    inside(root, relative_path)  # a folder on the way may be a link that did not exist before
    if os.path.lexists(target):
        raise FileExistsError(target)
    temporary = target.with_name(f".{os.getpid()}.{threading.get_ident()}.new")
    temporary.unlink(missing_ok=True)  # of a run that was killed and had the same number
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o644)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _link(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)


def _link(temporary: Path, target: Path) -> None:
    """Give a finished file its name, unless somebody else has taken it meanwhile."""
    try:
        target.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links: the name is taken first, then filled in one step
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644))
        temporary.replace(target)


def replace(root: Path, relative_path: str, text: str) -> None:
    """Replace a file's text in one step, so that a crash leaves the old or the new one; keeps its permissions."""
    target = inside(root, relative_path)
    # Two runs may write at the same moment: each has a name of its own, and one of the two whole texts stays.
    temporary = target.with_name(f".{target.name}.{os.getpid()}.{threading.get_ident()}.new")
    mode = target.stat().st_mode & 0o777
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), mode)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def find(documents: Iterable[Document], *, id: str = "", incident: str = "") -> Document | None:  # noqa: A002 - the field's name
    """The document with this id or this incident record, compared without case."""
    for candidate in documents:
        known = candidate.postmortem
        if (id and known.id.casefold() == id.casefold()) or (
            incident and known.incident.casefold() == incident.casefold()
        ):
            return candidate
    return None


def next_id(documents: Iterable[Document], pattern: str, year: int, incident: str = "") -> str:
    """The next free id by `pattern`, whose fields are {year}, {number} and {incident}.

    Numbers count up from the highest one that any id or file name of that year uses, so none is given twice.
    """
    fields = {"year": f"{year:04}", "incident": incident}
    try:
        if "{number" not in pattern:
            return pattern.format(**fields)
        before, after = re.split(r"\{number[^}]*\}", pattern, maxsplit=1)
        number = "([0-9]{1,9})"
        shape = f"{re.escape(before.format(**fields))}{number}{re.escape(after.format(**fields))}"
        used = [int(found.group(1)) for d in documents if (found := _numbered(shape, d))]
        return pattern.format(**fields, number=max(used, default=0) + 1)
    except (KeyError, IndexError, ValueError, AttributeError):
        raise UsageError(
            f"id_pattern: {pattern!r} cannot be filled in; its fields are {{year}}, {{number}} and {{incident}}, "
            "as in INC-{year}-{number:04}.",
        ) from None


def _numbered(shape: str, known: Document) -> re.Match[str] | None:
    """The number in a document's id, or in its file name where it has none."""
    if known.postmortem.id:
        return re.fullmatch(shape, known.postmortem.id, re.IGNORECASE)
    return re.match(f"{shape}(?=[-_. ][^0-9]|$)", Path(known.path).name, re.IGNORECASE)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return Guard(len(data), "this file").read(path, path.name) == data
    except InputError:
        return False


def put(root: Path, place: str, data: bytes) -> None:
    """Write a file beside its document; one that is there with the same bytes is left alone, another one refused."""
    try:
        _place(root, place, data)
    except FileExistsError:
        target = root / place
        if target.is_symlink() or not _holds(target, data):
            raise PostmortemError(f"{place}: is there already and differs, so nothing was overwritten.") from None
    except OSError as error:
        raise PostmortemError(f"{place}: cannot be written: {error.strerror}.") from None
