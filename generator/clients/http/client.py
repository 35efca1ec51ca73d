"""Asking another system over HTTP: what is repeated, what is waited for, and what each refusal is called."""

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from generator.clients.http.auth import Auth
from generator.clients.http.download import chunks
from generator.clients.http.errors import RemoteService, complaint, passing, said
from generator.clients.http.failure import Failure
from generator.clients.http.response import Response
from generator.clients.http.retry import Pauses, RetryPolicy, spoken
from generator.clients.http.transport import Transport, query_of
from generator.errors import OutcomeUnknownError, RemoteError, TryLaterError, UnreachableError

_ISSUE = re.compile(r"/issue/([^/]+)")


class RestClient:
    """A system that is asked over HTTP, safe to use from several threads; no message or `repr` holds the credentials.

    `name` is what people call it, `advice` what helps where it does not accept the credentials.
    A request that was refused for its haste (429) is repeated whatever it is; one that may have been done already only
    where doing it twice is the same as once. All errors are those of `generator.errors`.
    """

    def __init__(
        self,
        base: str,
        auth: Auth | None,
        *,
        waits: RetryPolicy | None = None,
        log: Callable[[str], None] | None = None,
        name: str = "",
        advice: str = "",
    ) -> None:
        self.base = base.rstrip("/")
        self._waits = waits or RetryPolicy()
        self._wire = Transport(self.base, auth, self._waits)
        self._service = RemoteService(name, self._wire.home[1], advice)
        self._log = log or (lambda _: None)
        self._redact = auth.redact if auth else (lambda text: text)
        self._pauses = Pauses()

    @property
    def requests_made(self) -> int:
        """How many requests have been sent, repeated ones included."""
        return self._wire.requests_made

    def now(self) -> datetime | None:
        """The other side's clock, from the `Date` of its last answer."""
        return self._wire.now()

    def get(self, path: str, query: Mapping[str, object] | None = None) -> Response:
        """Read something."""
        return self._ask("GET", path, query, safe=True, reads=True)

    def ask(self, path: str, body: object) -> Response:
        """Read something whose question is sent as a body (POST)."""
        return self._ask("POST", path, None, safe=True, reads=True, **_json(body))

    def send(
        self, method: str, path: str, body: object = None, *, query: Mapping[str, object] | None = None, safe: bool
    ) -> Response:
        """Write something; `safe` where doing it twice is the same as once.

        Raises OutcomeUnknownError where it may or may not have been done.
        """
        return self._ask(method, path, query, safe=safe, reads=False, **_json(body))

    def upload(self, path: str, name: str, content: bytes, kind: str = "application/octet-stream") -> Response:
        """Send a file as the part `file` of a form; never repeated blindly."""
        files = {"file": (name, content, kind)}
        headers = {"X-Atlassian-Token": "no-check"}
        return self._ask("POST", path, None, safe=False, reads=False, files=files, headers=headers)

    def download(self, url: str, *, limit: int, hosts: Collection[str] = (), kind: str = "") -> Iterator[bytes]:
        """The bytes at an address of this system, or of one of the `hosts`, as they come; at most `limit`.

        `kind` is the media type that is expected; a page for a browser instead of it is an error.
        """
        return chunks(self._wire, self._waits, self._refusal, url, limit=limit, hosts=hosts, kind=kind)

    def _ask(
        self, method: str, path: str, query: Mapping[str, object] | None, *, safe: bool, reads: bool, **parts: Any
    ) -> Response:
        where = f"{self._service}: {method} {path}"
        issue = _ISSUE.search(path)
        lane = issue[1] if issue and not reads else ""
        attempt = 0
        while True:
            attempt += 1
            if pause := self._pauses.left(lane):
                self._waits.sleep(pause)
            got = self._wire.once(method, self.base + path, where, params=query_of(query), **parts)
            if isinstance(got, Response) and not passing(got.status):
                error = complaint(got, self._service, unsafe=not safe)
                if error is None:
                    return got
                raise self._redacted(error)
            headers = got.headers if isinstance(got, Response) else {}
            wait = self._waits.after(attempt, headers)
            done_maybe = got.sent if isinstance(got, Failure) else got.status != 429
            repeat = attempt < self._waits.tries and wait <= self._waits.cap and not _quota(headers)
            repeat = repeat and (safe or not done_maybe) and not (isinstance(got, Failure) and not got.again)
            if not repeat:
                raise self._redacted(self._given_up(got, where, wait, write=done_maybe and not reads, safe=safe))
            why = got.text if isinstance(got, Failure) else f"status {got.status}"
            self._log(self._redact(f"{where}: {why}; asking again in {wait:.1f} s"))
            if not self._pauses.note(lane, headers, wait):
                self._waits.sleep(wait)

    def _given_up(self, got: Response | Failure, where: str, wait: float, *, write: bool, safe: bool) -> RemoteError:
        """The error for what did not get better by repeating, or must not be repeated."""
        if isinstance(got, Failure):
            why = got.text
        else:
            why = "; ".join([f"status {got.status}", *said(got)[0]])[:300]
            later = got.status == 429 or (wait > self._waits.cap and (safe or not write))
            if later:
                return TryLaterError(
                    f"{self._service} asks to be left alone for {spoken(wait)} ({why}). Run the same again then.", wait
                )
        if write:
            return OutcomeUnknownError(f"{where}: {why}, so it is not known whether it was done.")
        return UnreachableError(f"{where}: {why}. Is the address right, and is it up? Run the same again later.")

    def _refusal(self, answer: Response, *, page: bool) -> RemoteError | None:
        if passing(answer.status):
            wait = self._waits.after(1, answer.headers)
            return self._redacted(self._given_up(answer, answer.where, wait, write=False, safe=True))
        error = complaint(answer, self._service, unsafe=False, page=page)
        return self._redacted(error) if error else None

    def _redacted(self, error: RemoteError) -> RemoteError:
        """The error, with the credentials struck out wherever the other side has repeated them."""
        error.args = tuple(self._redact(one) if isinstance(one, str) else one for one in error.args)
        for name in ("messages", "fields", "target"):
            held = getattr(error, name, None)
            if isinstance(held, str):
                setattr(error, name, self._redact(held))
            elif isinstance(held, tuple):
                setattr(error, name, tuple(self._redact(one) for one in held))
            elif isinstance(held, dict):
                setattr(error, name, {self._redact(key): self._redact(text) for key, text in held.items()})
        return error


def _quota(headers: Mapping[str, str]) -> bool:
    """Whether an hourly quota is used up, which no short wait will help."""
    return "quota" in headers.get("RateLimit-Reason", "").lower()


def _json(body: object) -> dict[str, Any]:
    """The parts of a request with a JSON body; text that UTF-8 cannot hold (half a character) is sent escaped."""
    if body is None:
        return {}
    content = json.dumps(body, ensure_ascii=False, allow_nan=False)
    try:
        data = content.encode("utf-8")
    except UnicodeEncodeError:
        data = json.dumps(body, allow_nan=False).encode("ascii")
    return {"data": data, "headers": {"Content-Type": "application/json"}}
