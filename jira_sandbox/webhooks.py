"""Webhooks: signed, sent by a thread of their own, repeated while the receiver fails, at least once and unordered."""

import hashlib
import hmac
import http.client
import json
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from jira_sandbox.exchange import Json

AGAIN = {408, 409, 425, 429, *range(500, 600)}


@dataclass(slots=True)
class Hook:
    """Where events are sent; `events` names them (`jira:issue_updated`), `secret` signs them."""

    id: int
    name: str
    url: str
    events: list[str]
    secret: str = ""
    enabled: bool = True
    exclude_body: bool = False
    filters: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt to send an event; `status` is 0 where nobody answered."""

    hook: int
    event: str
    identifier: str
    attempt: int
    status: int
    body: bytes


class Webhooks:
    """The registered hooks, and the thread that serves them; `waits` are the seconds before each repetition."""

    def __init__(self, cloud: bool) -> None:
        self.hooks: dict[int, Hook] = {}
        self.deliveries: list[Delivery] = []
        self.waits: tuple[float, ...] = (0.05, 0.1, 0.2, 0.4) if cloud else ()
        self.timeout = 5.0
        self._count = 0
        self._queue: queue.Queue[tuple[Hook, str, bytes, str] | None] = queue.Queue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._stopped = threading.Event()

    def register(self, url: str, events: list[str], secret: str = "", name: str = "sandbox", **more: Any) -> Hook:
        """Send these events there from now on; without `events`, all."""
        with self._lock:
            number = max(self.hooks, default=0) + 1
            hook = Hook(number, name, url, list(events), secret, **more)
            self.hooks[number] = hook
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="sandbox-webhooks", daemon=True)
                self._thread.start()
        return hook

    def emit(self, event: str, body: Json, wanted: Callable[[str], bool] | None = None) -> None:
        """Tell everybody who wants to know; `wanted` says whether the event's issue is one that a JQL filter finds."""
        for hook in list(self.hooks.values()):
            jql = str(hook.filters.get("issue-related-events-section") or "")
            passes = not jql or wanted is None or wanted(jql)
            if passes and hook.enabled and (not hook.events or event in hook.events):
                with self._lock:
                    self._count += 1
                    identifier = hashlib.sha256(f"{self._count} {event} {time.time_ns()}".encode()).hexdigest()[:40]
                content = b"" if hook.exclude_body else json.dumps(body, ensure_ascii=False).encode()
                self._queue.put((hook, event, content, identifier))

    def settle(self, seconds: float = 10.0) -> bool:
        """Wait until everything has been sent or given up; whether that was so in time."""
        until = time.monotonic() + seconds
        while self._queue.unfinished_tasks:
            if time.monotonic() > until:
                return False
            time.sleep(0.005)
        return True

    def stop(self) -> None:
        """Send nothing more."""
        self._stopped.set()
        self._queue.put(None)

    def _work(self) -> None:
        while (job := self._queue.get()) is not None:
            try:
                self._deliver(*job)
            finally:
                self._queue.task_done()

    def _deliver(self, hook: Hook, event: str, body: bytes, identifier: str) -> None:
        for attempt in range(len(self.waits) + 1):
            if attempt and self._stopped.wait(self.waits[attempt - 1]):
                return
            headers = {
                "Content-Type": "application/json; charset=UTF-8",
                "User-Agent": "Atlassian Webhook HTTP Client",
                "X-Atlassian-Webhook-Identifier": identifier,
                "X-Atlassian-Webhook-Flow": "Primary",
            }
            if attempt:
                headers["X-Atlassian-Webhook-Retry"] = str(attempt)
            if hook.secret:
                headers["X-Hub-Signature"] = signature(hook.secret, body)
            status = _post(hook.url, body, headers, self.timeout)
            self.deliveries.append(Delivery(hook.id, event, identifier, attempt, status, body))
            if status and status not in AGAIN:
                return


def signature(secret: str, body: bytes) -> str:
    """The value of `X-Hub-Signature` for the bytes of a body."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def _post(url: str, body: bytes, headers: dict[str, str], timeout: float) -> int:
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=timeout)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("POST", path, body, headers)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()
