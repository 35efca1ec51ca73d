"""Files of another system: as they come, with an end, and never with credentials for a stranger."""

from collections.abc import Collection, Iterator
from typing import Protocol
from urllib.parse import urljoin

import requests

from generator.clients.http.errors import passing
from generator.clients.http.failure import failure_of
from generator.clients.http.response import Response
from generator.clients.http.retry import RetryPolicy
from generator.clients.http.transport import CHUNK, Transport, origin
from generator.errors import RemoteError, UnreachableError, UsageError

_REDIRECTS = 5
_ERROR_BODY = 100_000


class Refusal(Protocol):
    """Says which error an answer is."""

    def __call__(self, answer: Response, *, page: bool) -> RemoteError | None:
        """The error, or None; `page` where HTML may be what was asked for."""


def chunks(
    wire: Transport, waits: RetryPolicy, refusal: Refusal, url: str, *, limit: int, hosts: Collection[str], kind: str
) -> Iterator[bytes]:
    """The bytes at an address, following redirects to the home host and to `hosts` alone.

    Raises RemoteError for any other way, for more than `limit` bytes, and for a page where none is expected.
    """
    attempt = hops = 0
    while True:
        where = _allowed(wire, url, hosts)
        attempt += 1
        problem: RemoteError | None = None
        asked_again = False
        try:
            with wire.opened("GET", url, headers={"Accept": "*/*", "Accept-Encoding": "identity"}) as response:
                if target := _next(response):
                    url, hops = _joined(url, target), hops + 1
                    if hops > _REDIRECTS or _is_login(target):
                        text = "a log-in page" if _is_login(target) else "one redirect after another"
                        problem = RemoteError(f"{where} leads to {text}; the file was not fetched.")
                    attempt -= 1
                elif response.status_code >= 300:
                    answer = Response(response.status_code, response.headers, _beginning(response), where)
                    problem = refusal(answer, page=True)
                    wait = waits.after(attempt, answer.headers)
                    asked_again = passing(answer.status) and attempt < waits.tries and wait <= waits.cap
                else:
                    problem = refusal(Response(response.status_code, response.headers, b"", where), page=True)
                    if problem is None:
                        _expected(response, where, kind)
                        yield from _limited(response, where, limit)
                        return
        except requests.RequestException as broken:
            failure = failure_of(broken)
            problem, wait = UnreachableError(f"{where}: {failure.text}."), waits.after(attempt, {})
            # What has been handed on cannot be taken back, so only a connection that never was is tried again.
            asked_again = not failure.sent and failure.again and attempt < waits.tries
        if asked_again:
            waits.sleep(wait)
        elif problem is not None:
            raise problem


def _allowed(wire: Transport, url: str, hosts: Collection[str]) -> str:
    """The address in words. Raises RemoteError where no file may be fetched from."""
    try:
        target = origin(url)
    except UsageError:
        target = None
    if target is None or (target != wire.home and not (target[0] == "https" and target[1] in hosts)):
        named = f"{target[0]}://{target[1]}:{target[2]}" if target else "an address that is not https"
        raise RemoteError(f"A file lies at {named}, which is no place of {wire.home[1]}; it was not fetched.")
    return f"GET {target[0]}://{target[1]}{url.partition('//')[2].partition('?')[0].removeprefix(target[1])}"


def _next(response: requests.Response) -> str:
    """Where a redirect leads, or nothing."""
    return response.headers.get("Location", "") if response.status_code in {301, 302, 303, 307, 308} else ""


def _joined(url: str, target: str) -> str:
    """The address that a redirect leads to; empty, which is allowed nowhere, where it is none."""
    try:
        return urljoin(url, target)
    except ValueError:
        return ""


def _is_login(target: str) -> bool:
    return "login" in target.partition("?")[0].lower()


def _beginning(response: requests.Response) -> bytes:
    return next(response.iter_content(_ERROR_BODY), b"")


def _expected(response: requests.Response, where: str, kind: str) -> None:
    """Raise RemoteError where a page came for a file, as it does when a log-in is asked for."""
    came = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind and came == "text/html" and kind.partition(";")[0].strip().lower() != "text/html":
        raise RemoteError(f"{where} was answered with a page for a browser and not with {kind}; it was not kept.")


def _limited(response: requests.Response, where: str, limit: int) -> Iterator[bytes]:
    announced = response.headers.get("Content-Length", "")
    size = int(announced) if announced.isascii() and announced.isdecimal() else 0
    got = 0
    for chunk in response.iter_content(CHUNK):
        got += len(chunk)
        if max(got, size) > limit:
            raise RemoteError(f"{where} is longer than {limit:,} bytes, the limit for a file; it was not kept.")
        yield chunk
