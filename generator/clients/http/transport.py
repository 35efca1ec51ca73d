"""One request and its answer over a socket: no redirects, no cookies, no more than four at once, none of endless length.

Proxies and certificates of the environment count for https alone, where a proxy sees nothing of what passes; this
machine itself is always asked directly.
"""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.auth import AuthBase
from requests.cookies import RequestsCookieJar

from generator import __version__
from generator.clients.http.auth import Nobody
from generator.clients.http.failure import TOO_LONG, Failure, failure_of
from generator.clients.http.response import Response
from generator.clients.http.retry import RetryPolicy, http_date
from generator.errors import UsageError

AT_ONCE = 4
LONGEST = 64 * 1024 * 1024  # bytes of an answer, after unpacking
CHUNK = 64 * 1024
LOOPBACK = ("localhost", "127.0.0.1", "::1")


def origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port of an address. Raises UsageError unless it is https, or this machine."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        parts, host, port = urlsplit(""), "", None
    if not host or parts.username is not None or parts.password is not None:
        raise UsageError("An address must be plain, such as https://example.atlassian.net, without a user in it.")
    if parts.scheme != "https" and not (parts.scheme == "http" and host in LOOPBACK):
        raise UsageError(
            f"{parts.scheme}://{host} is not asked: what is sent there could be read on the way; use https."
        )
    return parts.scheme, host, port or (443 if parts.scheme == "https" else 80)


class Transport:
    """The connections to one or more hosts, shared by threads; `auth` signs what goes to the host of `base`."""

    def __init__(self, base: str, auth: AuthBase | None, waits: RetryPolicy) -> None:
        self.home = origin(base)
        self.requests_made = 0
        self._auth = auth or Nobody()
        self._timeouts = waits.timeouts
        self._gate, self._lock = threading.BoundedSemaphore(AT_ONCE), threading.Lock()
        self._clock: tuple[datetime, float] | None = None
        self._direct, self._through = _session(trust_env=False), _session(trust_env=True)

    def once(self, method: str, url: str, where: str, **parts: Any) -> Response | Failure:
        """One exchange, read whole."""
        try:
            with self.opened(method, url, **parts) as response:
                body = _whole(response)
                if isinstance(body, Failure):
                    return body
                return Response(response.status_code, response.headers, body, where)
        except requests.RequestException as problem:
            # It holds the signed request: nothing of it is kept, and what is raised later has no memory of it.
            failure = failure_of(problem)
        return failure

    @contextmanager
    def opened(self, method: str, url: str, **parts: Any) -> Iterator[requests.Response]:
        """One request whose answer is read by the caller; raises what `requests` raises."""
        target = origin(url)
        session = self._direct if target[1] in LOOPBACK else self._through
        auth = self._auth if target == self.home else Nobody()
        with self._lock:
            self.requests_made += 1
        with (
            self._gate,
            session.request(
                method, url, auth=auth, allow_redirects=False, stream=True, timeout=self._timeouts, **parts
            ) as response,
        ):
            moment = http_date(response.headers.get("Date", "")) if target == self.home else None
            if moment:
                self._clock = moment, time.monotonic()
            yield response

    def now(self) -> datetime | None:
        """The other side's clock, from its last answer; None where none has given it."""
        clock = self._clock
        return clock and clock[0] + timedelta(seconds=int(time.monotonic() - clock[1]))


def _whole(response: requests.Response) -> bytes | Failure:
    """The body, unpacked, up to what anything reasonable has."""
    body = bytearray()
    for chunk in response.iter_content(CHUNK):
        body += chunk
        if len(body) > LONGEST:
            return TOO_LONG
    return bytes(body)


class _NoCookies(RequestsCookieJar):
    """Keeps nothing: a session that a server remembers must never outlive or stand beside the token."""

    def set_cookie(self, cookie: object, *_: object, **__: object) -> None:
        """Forget it."""


class _Session(requests.Session):
    """Looks at no redirect by itself, as it would read the whole body of one first."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Nowhere."""


def _session(*, trust_env: bool) -> requests.Session:
    session = _Session()
    session.trust_env = trust_env
    # Not the name of a browser, or Jira takes what is written for a forged form.
    session.headers.update({"User-Agent": f"postmortem-archive/{__version__}", "Accept": "application/json"})
    session.cookies = _NoCookies()
    session.mount("https://", requests.adapters.HTTPAdapter(pool_maxsize=AT_ONCE))
    session.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=AT_ONCE))
    return session


def query_of(query: Mapping[str, object] | None) -> dict[str, str]:
    """The query as text: lists with commas, true and false in small letters, nothing for None."""
    found: dict[str, str] = {}
    for name, value in (query or {}).items():
        if isinstance(value, bool):
            found[name] = str(value).lower()
        elif isinstance(value, (list, tuple)):
            found[name] = ",".join(str(one) for one in value)
        elif value is not None:
            found[name] = str(value)
    return found
