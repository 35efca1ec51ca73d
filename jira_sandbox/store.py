"""Where the sandbox keeps what it is told: JSON documents by kind and id in SQLite, in memory or in a file."""

import copy
import json
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from jira_sandbox.exchange import Json

Key = tuple[str, str]
Layer = dict[Key, Json | None]
SCHEMA = """
create table if not exists documents (kind text, id text, body text not null, primary key (kind, id)) without rowid;
create table if not exists files (id text primary key, content blob not null);
create table if not exists counters (name text primary key, value integer not null) without rowid;
"""


class Store:
    """Documents that are changed in transactions: all of it happens or nothing; one writer at a time.

    What `get` and `all` give away is shared and never changed; `edit` gives a copy that is written at the end.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.lock = threading.RLock()
        self.committed: list[Callable[[Mapping[Key, Json | None]], None]] = []
        self._later: list[Callable[[], None]] = []
        self._layers: list[Layer] = []
        self._kinds: dict[str, dict[str, Json]] = {}
        self._database = sqlite3.connect(path or ":memory:", check_same_thread=False, isolation_level=None)
        if path:
            self._database.execute("pragma journal_mode=wal")
        self._database.executescript(SCHEMA)
        for kind, name, body in self._database.execute("select kind, id, body from documents"):
            self._kinds.setdefault(kind, {})[name] = json.loads(body)

    def close(self) -> None:
        """Let go of the file."""
        with self.lock:
            self._database.close()

    def get(self, kind: str, name: str) -> Json | None:
        """The document, or None."""
        with self.lock:
            for layer in reversed(self._layers):
                if (kind, name) in layer:
                    return layer[kind, name]
            return self._kinds.get(kind, {}).get(name)

    def all(self, kind: str) -> list[Json]:
        """All documents of a kind, in the order in which they were made."""
        with self.lock:
            found = dict(self._kinds.get(kind, {}))
            for layer in self._layers:
                for (of, name), document in layer.items():
                    if of == kind and document is None:
                        found.pop(name, None)
                    elif of == kind and document is not None:
                        found[name] = document
            return list(found.values())

    def put(self, kind: str, name: str, document: Json) -> None:
        """Write a document."""
        with self.transaction():
            self._layers[-1][kind, name] = document

    def edit(self, kind: str, name: str) -> Json:
        """A copy of a document that is written when the transaction ends."""
        if not self._layers:
            raise RuntimeError("A document is edited inside a transaction.")
        if self._layers[-1].get((kind, name)) is None:
            self._layers[-1][kind, name] = copy.deepcopy(self.get(kind, name))
        document = self._layers[-1][kind, name]
        if document is None:
            raise KeyError((kind, name))
        return document

    def remove(self, kind: str, name: str) -> None:
        """Remove a document."""
        with self.transaction():
            self._layers[-1][kind, name] = None

    def next(self, name: str, first: int) -> int:
        """The next number of a sequence; it is used up even where the transaction is undone, as Jira's are."""
        with self.lock:
            row = self._database.execute("select value from counters where name = ?", (name,)).fetchone()
            value = first if row is None else row[0] + 1
            self._database.execute("insert or replace into counters values (?, ?)", (name, value))
            return value

    def at_least(self, name: str, value: int) -> None:
        """Make a sequence go on after `value`."""
        with self.lock:
            self._database.execute(
                "insert into counters values (?, ?) on conflict (name) do update set value = max(value, excluded.value)",
                (name, value),
            )

    def keep(self, name: str, content: bytes) -> None:
        """Keep the bytes of a file."""
        with self.lock:
            self._database.execute("insert or replace into files values (?, ?)", (name, content))

    def content(self, name: str) -> bytes:
        """The bytes of a file."""
        with self.lock:
            row = self._database.execute("select content from files where id = ?", (name,)).fetchone()
        return bytes(row[0]) if row else b""

    def afterwards(self, task: Callable[[], None]) -> None:
        """Do something once the transaction has been written; nothing where it is undone."""
        self._later.append(task)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is written together; an exception undoes it. May be nested."""
        with self.lock:
            self._layers.append({})
            mark = len(self._later)
            try:
                yield
            except BaseException:
                self._layers.pop()
                del self._later[mark:]
                raise
            layer = self._layers.pop()
            if self._layers:
                self._layers[-1].update(layer)
                return
            self._write(layer)
            tasks, self._later = self._later, []
        for task in tasks:
            task()

    def _write(self, layer: Layer) -> None:
        if not layer:
            return
        self._database.execute("begin")
        for (kind, name), document in layer.items():
            if document is None:
                self._kinds.get(kind, {}).pop(name, None)
                self._database.execute("delete from documents where kind = ? and id = ?", (kind, name))
            else:
                self._kinds.setdefault(kind, {})[name] = document
                body = json.dumps(document, ensure_ascii=False)
                self._database.execute("insert or replace into documents values (?, ?, ?)", (kind, name, body))
        self._database.execute("commit")
        for listener in self.committed:
            listener(layer)
