"""A content-addressed store: what was built once under a key is there under the same key."""

import os
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from tempfile import mkstemp
from types import TracebackType
from typing import Self
from zipfile import ZipFile, ZipInfo

# Entries that no build uses any more stay for a while: a branch or an audience is switched back and forth.
SPARE = 512
TABLE = "CREATE TABLE IF NOT EXISTS pieces (key TEXT PRIMARY KEY, data BLOB NOT NULL, digest TEXT NOT NULL)"
# What earlier versions kept here has no digests.
OUTDATED = "DROP TABLE IF EXISTS entries"


def key(*parts: str | bytes) -> str:
    """A 32-character name for the parts; the borders between them count."""
    digest = blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(b"%d:" % len(data))
        digest.update(data)
    return digest.hexdigest()


class Cache:
    """Entries in one SQLite file; other builds may read and write there at the same time.

    One file and not one per entry, because creating files is what takes the time with thousands of pages.
    An entry that is not what was stored under its key is none. Where nothing can be kept, entries live as long as this
    object, and `say` gets one sentence about it.
    """

    def __init__(self, path: Path, say: Callable[[str], None] = lambda _: None) -> None:
        self._say, self._path = say, path
        self._unsaved: dict[str, bytes] = {}
        self._saving = True
        self._connection = self._opened()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def keys(self) -> set[str]:
        """The keys of all entries that are as they were stored."""
        try:
            rows = self._connection.execute("SELECT key, data, digest FROM pieces")
            return self._unsaved.keys() | {row[0] for row in rows if _intact(*row)}
        except sqlite3.Error as error:
            self._do_without(error)
            return set(self._unsaved)

    def get(self, name: str) -> bytes | None:
        """The entry's content, or None."""
        if name in self._unsaved:
            return self._unsaved[name]
        try:
            row = self._connection.execute("SELECT key, data, digest FROM pieces WHERE key = ?", (name,)).fetchone()
        except sqlite3.Error as error:
            self._do_without(error)
            return None
        return row[1] if row and _intact(*row) else None

    def put(self, entries: Iterable[tuple[str, bytes]]) -> None:
        """Store entries, all of them or, where something goes wrong, none."""
        whole = dict(entries)
        if self._saving:
            try:
                with self._connection:
                    rows = ((name, data, key(name, data)) for name, data in whole.items())
                    self._connection.executemany("INSERT OR REPLACE INTO pieces VALUES (?, ?, ?)", rows)
            except sqlite3.Error as error:
                self._do_without(error)
        if not self._saving:
            self._unsaved |= whole

    def prune(self, used: Collection[str]) -> int:
        """Forget what `used` does not name, but for as many of the newest, and return how many are gone."""
        if not self._saving:
            return 0
        try:
            newest_first = self._connection.execute("SELECT key FROM pieces ORDER BY rowid DESC")
            unused = [row[0] for row in newest_first if row[0] not in used]
            gone = unused[max(SPARE, len(used)) :]
            if gone:
                with self._connection:
                    self._connection.executemany("DELETE FROM pieces WHERE key = ?", ((name,) for name in gone))
                self._connection.execute("VACUUM")
        except sqlite3.Error as error:
            self._do_without(error)
            return 0
        return len(gone)

    def _opened(self) -> sqlite3.Connection:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            try:
                return _open(self._path)
            except sqlite3.DatabaseError as error:
                if "locked" in str(error) or "readonly" in str(error):
                    raise
                # A cache that cannot be read is worth nothing; it is made anew.
                self._path.unlink()
                return _open(self._path)
        except (OSError, sqlite3.Error) as error:
            self._do_without(error)
            return _open(Path(":memory:"))

    def _do_without(self, error: Exception) -> None:
        """From here on nothing is saved: the build goes on, and the next one makes these entries again."""
        damaged = isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)
        if damaged:
            with suppress(OSError):
                self._path.unlink(missing_ok=True)
        if self._saving:
            self._saving = False
            self._say(f"Nothing is kept for the next build, as {self._path.name} cannot be used: {error}.")


def pack(files: Mapping[str, bytes]) -> bytes:
    """Many files as one entry."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(ZipInfo(name), data)
    return packed.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """The files of a packed entry."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def sealed(name: str, data: bytes) -> bytes:
    """The data of a file with this name, behind a digest of both."""
    return f"{key(name, data)}\n".encode() + data


def unsealed(name: str, data: bytes) -> bytes:
    """The data that was sealed under this name. Raises ValueError where it is another."""
    digest, _, rest = data.partition(b"\n")
    if digest.decode("ascii", "replace") != key(name, rest):
        raise ValueError(name)
    return rest


def replace(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees the old content or the new one, never a part of it."""
    handle, name = mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def _intact(name: object, data: object, digest: object) -> bool:
    return isinstance(name, str) and isinstance(data, bytes) and digest == key(name, data)


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=60)
    try:
        # What a crash of the machine takes away is built again.
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(OUTDATED)
        connection.execute(TABLE)
        connection.commit()
    except BaseException:
        connection.close()
        raise
    return connection
