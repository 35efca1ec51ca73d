"""The one guard before any file is read: only regular files, of a bounded size, that do not lead out of their folder.

A pipe would be waited for without end, a device never ends, and a link may name what was never meant to be read.
"""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from generator.errors import InputError

# The most bytes by kind. A hundred megabytes is where GitHub refuses a file, so no archive there holds a larger one;
# settings and templates are written by hand, and half a million words of a postmortem are five megabytes.
SETTINGS_BYTES = 1_000_000
MARKDOWN_BYTES = 5_000_000
ATTACHMENT_BYTES = 100_000_000

_KINDS = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
# Without O_NONBLOCK, opening a pipe waits for its other end. What was no link a moment ago must not be one now.
_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NOCTTY", 0)


@dataclass(frozen=True, slots=True)
class Guard:
    """What may be read: at most `limit` bytes, and through links only what lies `within` a folder, where one is given.

    `noun` is what such a file is to people, such as `a postmortem`; `hint` is what to do with one that is too large,
    and `place` what `within` is to people.
    """

    limit: int
    noun: str
    within: Path | None = None
    hint: str = ""
    place: str = "the archive"

    def check(self, path: Path, name: str) -> Path:
        """The real place of a file that may be read. Raises InputError with `name`, the path as people see it."""
        self.head(path, name, 0)
        return Path(os.path.realpath(path))

    def read(self, path: Path, name: str) -> bytes:
        """The bytes of a file. Raises InputError with `name`, the path as people see it; never waits."""
        data = self.head(path, name, self.limit + 1)  # it may grow while it is read
        if len(data) > self.limit:
            raise InputError(self._too_large(len(data)), name)
        return data

    def head(self, path: Path, name: str, size: int) -> bytes:
        """The first bytes of a file that may be read whole. Raises InputError with `name`; never waits."""
        try:
            real = os.path.realpath(path)
            # Before anything is said about the target: that it exists elsewhere is nobody's business either.
            if self.within is not None and not Path(real).is_relative_to(os.path.realpath(self.within)):
                raise InputError(f"The link leads out of {self.place}, so it is not read; copy the file here.", name)
            self._judge(os.lstat(real), real, name)  # a device may act when it is opened, so it is not
            handle = os.open(real, _OPEN | getattr(os, "O_BINARY", 0))
            with os.fdopen(handle, "rb") as file:
                self._judge(os.fstat(handle), real, name)  # it may be another one than a moment ago
                return file.read(size)
        except (OSError, ValueError) as error:
            raise InputError(_absent(path, error), name) from None

    def text(self, path: Path, name: str) -> str:
        """The text of a UTF-8 file, line ends and a byte-order mark as they are. Raises InputError, with the line."""
        return text_of(self.read(path, name), name)

    def lines(self, path: Path, name: str) -> str:
        """The text of a UTF-8 file as lines that end with a line feed, without a byte-order mark. Raises InputError."""
        return self.text(path, name).removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")

    def _judge(self, status: os.stat_result, real: str, name: str) -> None:
        if stat.S_ISDIR(status.st_mode):
            _enter(real, name)
            raise InputError(f"This is a folder, not {self.noun}.", name)
        if stat.S_ISLNK(status.st_mode):
            raise InputError("The link leads in a circle.", name)
        kind = next((words for test, words in _KINDS if test(status.st_mode)), "")
        if not stat.S_ISREG(status.st_mode):
            raise InputError(f"This is not a regular file{f' but {kind}' if kind else ''}, so it is not read.", name)
        if status.st_size > self.limit:
            raise InputError(self._too_large(status.st_size), name)

    def _too_large(self, size: int) -> str:
        hint = f" {self.hint}" if self.hint else ""
        return f"The file has {size:,} bytes; {self.noun} has at most {self.limit:,}.{hint}"


def exists(path: Path) -> bool:
    """Whether anything has this name, also a link to nowhere. Raises InputError where that cannot be found out."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError) as error:
        raise InputError(_absent(path, error), str(path)) from None
    return True


def _enter(folder: str, name: str) -> None:
    """Raise InputError where a folder may not be read or entered: what lies in it is not known then."""
    try:
        os.scandir(folder).close()
        os.lstat(f"{folder}/.")
    except OSError as error:
        raise InputError(f"The folder cannot be read: {error.strerror}.", name) from None


def text_of(data: bytes, name: str) -> str:
    """The text of UTF-8 bytes. Raises InputError with the line that is none."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InputError("The file is not UTF-8; save it as UTF-8.", name, line) from None


def _absent(path: Path, error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "The link leads nowhere: there is no such file." if path.is_symlink() else "There is no such file."
    if isinstance(error, NotADirectoryError):
        return "There is no such file."
    if isinstance(error, OSError) and error.strerror:
        return f"The file cannot be read: {error.strerror}."
    return "No file can have this name."
