"""Faults to order: what goes wrong, with which requests, how often, and whether the work was done before."""

import email.utils
import re
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from jira_sandbox.exchange import Answer, Json

LOGIN = b"<!DOCTYPE html><html><head><title>Log in - Jira</title></head><body><form></form></body></html>"
# In place of a date a second from now, which only the moment of the answer can say.
DATE = "a date"
When = Literal["before", "after"]
NO_ANSWER = ("timeout", "reset", "short")
KINDS: dict[str, tuple[int, Mapping[str, str], Any]] = {
    "400": (400, {}, {"errorMessages": ["The request is wrong."], "errors": {}}),
    "401": (401, {}, {"errorMessages": ["You do not have the permission to see the specified issue."], "errors": {}}),
    "403": (403, {}, {"errorMessages": ["Forbidden"], "errors": {}}),
    "captcha": (
        403,
        {
            "X-Seraph-LoginReason": "AUTHENTICATION_DENIED",
            "X-Authentication-Denied-Reason": "CAPTCHA_CHALLENGE; login-url=/login.jsp",
        },
        LOGIN,
    ),
    "404": (
        404,
        {},
        {"errorMessages": ["Issue does not exist or you do not have permission to see it."], "errors": {}},
    ),
    "409": (409, {}, {"errorMessages": ["The issue is being changed by somebody else."], "errors": {}}),
    "413": (413, {}, {"errorMessages": ["The file is too large."], "errors": {}}),
    "429": (429, {"Retry-After": "1", "RateLimit-Reason": "jira-burst-based", "X-RateLimit-Remaining": "0"}, b""),
    "429-bare": (429, {}, b""),
    "429-date": (429, {"Retry-After": DATE}, b""),
    "429-garbage": (429, {"Retry-After": "a little later"}, b""),
    "429-issue": (429, {"Retry-After": "2", "RateLimit-Reason": "jira-per-issue-on-write"}, b""),
    "429-quota": (429, {"Retry-After": "1847", "RateLimit-Reason": "jira-quota-tenant-based"}, b""),
    "500": (500, {}, {"errorMessages": ["Internal server error"], "errors": {}}),
    "502": (502, {}, b"<html><body><h1>502 Bad Gateway</h1></body></html>"),
    "503": (503, {}, b"<html><body><h1>503 Service Unavailable</h1></body></html>"),
    "html": (200, {}, LOGIN),
    "login": (302, {"Location": "/login.jsp?os_destination=%2F"}, b""),
    "empty": (200, {}, b""),
    "silent-200": (200, {"x-seraph-loginreason": "AUTHENTICATED_FAILED"}, None),
}


@dataclass(slots=True)
class Fault:
    """One order: `match` is `METHOD /path` (below `/rest/api/<n>`, or the whole path), with `*` for anything in one step and `**` for more.

    `do` is a status (`"503"`), `captcha`, `html` (a login page with 200), `login` (a redirect to it), `silent-200` (an expired
    token's empty result), `timeout` (no answer for `seconds`), `reset` (the connection breaks), `short` (fewer bytes than announced) or `empty`. `when` is `before` or `after` the work.
    """

    match: str
    do: str
    when: When = "before"
    times: int = 1
    skip: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    seconds: float = 60.0

    def meets(self, method: str, path: str, whole: str) -> bool:
        """Whether this fault is meant for a request."""
        wanted, _, place = self.match.partition(" ")
        if not place:
            wanted, place = "*", wanted
        pattern = re.escape(place).replace(r"\*\*", ".*").replace(r"\*", "[^/]*")
        return wanted in {"*", method} and any(re.fullmatch(pattern, one) for one in (path, whole))

    def answer(self, path: str) -> Answer:
        """What is answered in place of the truth."""
        status, headers, body = KINDS.get(self.do) or (int(self.do), {}, {"errorMessages": [], "errors": {}})
        if self.do == "silent-200":
            body = nothing(path)
        body = body if self.body is None else self.body
        page = "text/html;charset=UTF-8" if isinstance(body, bytes) else ""
        headers = {**headers, **self.headers}
        if headers.get("Retry-After") == DATE:
            headers["Retry-After"] = email.utils.formatdate(time.time() + 1.5, usegmt=True)
        return Answer(status, body.encode() if isinstance(body, str) else body, headers, page or Answer().kind)


class Faults:
    """The orders that are open, oldest first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.open: list[Fault] = []

    def order(self, fault: Fault) -> None:
        """Take an order; one that nobody knows how to do is a `ValueError`."""
        if fault.do not in KINDS and fault.do not in NO_ANSWER and not fault.do.isdecimal():
            raise ValueError(f"{fault.do!r} is no fault; there are {', '.join([*KINDS, *NO_ANSWER])}.")
        if fault.when not in {"before", "after"}:
            raise ValueError(f"{fault.when!r} is no time for a fault; say before or after.")
        with self._lock:
            self.open.append(fault)

    def take(self, method: str, path: str, whole: str) -> Fault | None:
        """The fault that this request meets, used up by one."""
        with self._lock:
            for fault in self.open:
                if fault.meets(method, path, whole):
                    if fault.skip > 0:
                        fault.skip -= 1
                        continue
                    fault.times -= 1
                    if fault.times <= 0:
                        self.open.remove(fault)
                    return fault
        return None

    def clear(self) -> None:
        """Forget all orders."""
        with self._lock:
            self.open.clear()


def nothing(path: str) -> Any:
    """What somebody who is not logged in gets to see: an empty result of the right shape."""
    if path.startswith("/search"):
        return (
            {"issues": [], "isLast": True, "startAt": 0, "maxResults": 50, "total": 0} if path == "/search" else EMPTY
        )
    if path == "/issue/bulkfetch":
        return {"issues": [], "issueErrors": []}
    if path.startswith("/issue/createmeta"):
        return {"issueTypes": [], "fields": [], "values": [], "startAt": 0, "maxResults": 50, "total": 0}
    lists = ("/field", "/issueLinkType", "/status", "/priority", "/resolution", "/user/search", "/user/assignable")
    if path == "/issueLinkType":
        return {"issueLinkTypes": []}
    return [] if path.startswith(lists) else {}


EMPTY: Json = {"issues": [], "isLast": True}
