"""A content-addressed store: what was built once under a key is there under the same key."""

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import TracebackType
from typing import Self
from zipfile import ZipFile, ZipInfo

# Entries that no build uses any more stay for a while: a branch or an audience is switched back and forth.
SPARE = 512
TABLE = "CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, data BLOB NOT NULL)"


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
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._connection = _open(path)
        except sqlite3.DatabaseError as error:
            if "locked" in str(error):
                raise
            # A cache that cannot be read is worth nothing; it is made anew.
            path.unlink()
            self._connection = _open(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def keys(self) -> set[str]:
        """The keys of all entries."""
        return {row[0] for row in self._connection.execute("SELECT key FROM entries")}

    def get(self, name: str) -> bytes | None:
        """The entry's content, or None."""
        row = self._connection.execute("SELECT data FROM entries WHERE key = ?", (name,)).fetchone()
        return bytes(row[0]) if row else None

    def put(self, entries: Iterable[tuple[str, bytes]]) -> None:
        """Store entries, all of them or, where something goes wrong, none."""
        with self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?)", entries)

    def prune(self, used: Collection[str]) -> int:
        """Forget what `used` does not name, but for as many of the newest, and return how many are gone."""
        newest_first = self._connection.execute("SELECT key FROM entries ORDER BY rowid DESC")
        unused = [row[0] for row in newest_first if row[0] not in used]
        gone = unused[max(SPARE, len(used)) :]
        if gone:
            with self._connection:
                self._connection.executemany("DELETE FROM entries WHERE key = ?", ((name,) for name in gone))
            self._connection.execute("VACUUM")
        return len(gone)


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


def replace(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees the old content or the new one, never a part of it."""
    with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as file:
        file.write(data)
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=60)
    try:
        # What a crash of the machine takes away is built again.
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(TABLE)
        connection.commit()
    except BaseException:
        connection.close()
        raise
    return connection
