"""The search index, which lags: what was created or changed is found only some time later, as in Jira."""

import time
from collections import deque
from collections.abc import Mapping

from jira_sandbox.exchange import Json
from jira_sandbox.store import Key, Store


class Index:
    """Snapshots of issues by id; a change arrives `lag` seconds after it was made, or when it is released."""

    def __init__(self, store: Store) -> None:
        self.lag = 0.0
        self.lag_until_release = False
        self._store = store
        self._waiting: deque[tuple[float, str, Json | None]] = deque()
        self._found: dict[str, Json] = {issue["id"]: issue for issue in store.all("issue")}
        store.committed.append(self._note)

    def release(self) -> None:
        """Let everything that waits be found now."""
        with self._store.lock:
            self._take(float("inf"))

    def issues(self) -> list[Json]:
        """What a search looks at: issues as they were when the index last saw them, deleted ones perhaps included."""
        with self._store.lock:
            if not self.lag_until_release:
                self._take(time.monotonic())
            return list(self._found.values())

    def _note(self, changes: Mapping[Key, Json | None]) -> None:
        due = float("inf") if self.lag_until_release else time.monotonic() + self.lag
        for (kind, name), document in changes.items():
            if kind == "issue":
                self._waiting.append((due, name, document))
        if not self.lag and not self.lag_until_release:
            self.issues()

    def _take(self, until: float) -> None:
        # In the order of the changes: an older state never replaces a newer one.
        while self._waiting and self._waiting[0][0] <= until:
            _, name, document = self._waiting.popleft()
            if document is None:
                self._found.pop(name, None)
            else:
                self._found[name] = document
