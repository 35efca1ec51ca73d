"""GitHub's issues and labels on loopback: with memory, lists that lag, refusals on order, and a log of what was asked."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.clients.github import shapes

HOME = "fernway-example/checkout"
OTHER = "fernway-example/payments"
TOKEN = "ghp_invented_for_tests"
BOT = "fernway-archive"
PHASES = ("before", "after-write", "after-answer")


@dataclass
class Exchange:
    """One request and what it was answered."""

    number: int
    method: str
    path: str
    query: dict[str, str]
    sent: object
    status: int = 0
    answer: object = None


@dataclass
class Fault:
    """A refusal: of what, with which status or `timeout`, and `before` or `after` it is done."""

    match: str
    do: int | str
    message: object
    when: str
    times: int


@dataclass
class Hub:
    """Repositories with issues and labels.

    `lagging` is whether lists by label lack what was made since `settle`; `on_request` is told number and phase, and
    where it returns True before a request, the connection is cut and nothing is done.
    """

    site: str = ""
    issues: dict[str, dict[int, dict]] = field(default_factory=lambda: {HOME: {}, OTHER: {}})
    labels: dict[str, dict[str, dict]] = field(default_factory=lambda: {HOME: {}, OTHER: {}})
    assignable: set[str] = field(default_factory=lambda: {"jane-fernway", "ben-fernway"})
    dropped: set[str] = field(default_factory=set)
    hidden: set[tuple[str, int]] = field(default_factory=set)
    deleted: set[tuple[str, int]] = field(default_factory=set)
    moved: dict[tuple[str, int], tuple[str, int]] = field(default_factory=dict)
    exchanges: list[Exchange] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    lagging: bool = False
    known: set[tuple[str, int]] = field(default_factory=set)
    on_request: Callable[[int, str], object] | None = None
    lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def environment(self) -> dict[str, str]:
        """The variables of a run."""
        return {"GITHUB_TOKEN": TOKEN, "GITHUB_API_URL": f"{self.site}/api", "GITHUB_SERVER_URL": self.site}

    @property
    def writes(self) -> list[str]:
        """What was sent to change something, without the labels of claims."""
        return [
            f"{one.method} {one.path.partition(HOME)[2]}"
            for one in self.exchanges
            if one.method != "GET" and "/labels" not in one.path
        ]

    def fault(
        self, match: str, do: int | str, message: object = "Refused", *, when: str = "before", times: int = 1
    ) -> None:
        """Refuse the next requests whose `METHOD /path` matches; `timeout` gives no answer."""
        self.faults.append(Fault(match, do, message, when, times))

    def add(
        self, title: str, body: str = "", *, labels: tuple[str, ...] = (), repository: str = HOME, **more: object
    ) -> int:
        """An issue that is there already."""
        number = max([0, *self.issues[repository]]) + 1
        held = {"title": title, "body": body, "labels": list(labels), "state": "open", "author": "someone"}
        self.issues[repository][number] = {**held, "assignees": [], "state_reason": None, **more}
        self.known.add((repository, number))
        return number

    def issue(self, number: int, repository: str = HOME) -> dict:
        """An issue as it is held."""
        return self.issues[repository][number]

    def settle(self) -> None:
        """Let all lists catch up."""
        self.known = {(name, number) for name, held in self.issues.items() for number in held}

    def answer(self, method: str, path: str, query: dict[str, str], sent: dict) -> tuple[int, object]:
        """Do what is asked."""
        for pattern, verb, act in ROUTES:
            found = re.fullmatch(rf"/repos/([^/]+/[^/]+){pattern}", path)
            if found and verb == method and found[1] in self.issues:
                return act(self, found[1], query, sent, *(unquote(one) for one in found.groups()[1:]))
        if (method, path) == ("GET", "/user"):
            return 200, {**shapes.user(BOT), "two_factor_authentication": True}
        return _absent()

    def raw(self, name: str, number: int) -> dict:
        """An issue in its full shape."""
        held = self.issues[name][number]
        shape = shapes.issue(number, held, f"{self.site}/{name}")
        pull = (
            {"pull_request": {"url": "", "html_url": "", "diff_url": "", "patch_url": ""}} if held.get("pull") else {}
        )
        assignees = [shapes.user(login) for login in held["assignees"]]
        reason = {"state_reason": held["state_reason"]} if held["state_reason"] else {}
        return {**shape, "assignees": assignees, **reason, **pull}


def _absent() -> tuple[int, object]:
    return 404, {"message": "Not Found"}


def _issue(hub: Hub, name: str, _: dict, __: dict, number: str) -> tuple[int, object]:
    at = (name, int(number))
    if at in hub.moved:
        home, now = hub.moved[at]
        return 301, {"message": "Moved Permanently", "url": f"{hub.site}/api/repos/{home}/issues/{now}"}
    if at in hub.deleted:
        return 410, {"message": "This issue was deleted"}
    return (200, hub.raw(*at)) if at[1] in hub.issues[name] and at not in hub.hidden else _absent()


def _issues(hub: Hub, name: str, query: dict, _: dict) -> tuple[int, object]:
    label = query.get("labels", "").casefold()
    found = []
    for number, held in sorted(hub.issues[name].items(), reverse=True):
        at = (name, number)
        labels = {one.casefold() for one in held["labels"]}
        gone = at in hub.hidden | hub.deleted or at in hub.moved or (label and hub.lagging and at not in hub.known)
        if not gone and query.get("state", "open") in {"all", held["state"]} and (not label or label in labels):
            found.append(hub.raw(*at))
    return 200, found


def _make(hub: Hub, name: str, _: dict, sent: dict) -> tuple[int, object]:
    wrong = [one for one in sent.get("assignees", []) if one not in hub.assignable | hub.dropped]
    if wrong or any(len(one) > 50 for one in sent["labels"]) or len(sent["title"]) > 256:
        return 422, {"message": "Validation Failed", "errors": [{"field": "assignees", "code": "invalid"}]}
    number = hub.add(sent["title"], sent["body"], repository=name, author=BOT)
    hub.known.discard((name, number))
    hub.issues[name][number]["assignees"] = [one for one in sent.get("assignees", []) if one not in hub.dropped]
    _set_labels(hub, name, number, sent["labels"])
    return 201, hub.raw(name, number)


def _change(hub: Hub, name: str, query: dict, sent: dict, number: str) -> tuple[int, object]:
    if hub.issues[name].get(int(number)) is None or (name, int(number)) in hub.hidden:
        return _absent()
    held = hub.issues[name][int(number)]
    for key, value in sent.items():
        if key == "labels":
            _set_labels(hub, name, int(number), value)
        elif key == "assignees":
            held[key] = [one for one in value if one not in hub.dropped]
        else:
            held[key] = value
    if sent.get("state") == "open":
        held["state_reason"] = "reopened"
    return 200, hub.raw(name, int(number))


def _set_labels(hub: Hub, name: str, number: int, labels: list[str]) -> None:
    """Labels without case: the first spelling stays, and those that are missing are made."""
    spelled = [
        hub.labels[name].setdefault(one.casefold(), {"name": one, "description": None})["name"] for one in labels
    ]
    hub.issues[name][number]["labels"] = list(dict.fromkeys(spelled))


def _tag(hub: Hub, name: str, _: dict, __: dict, label: str) -> tuple[int, object]:
    held = hub.labels[name].get(label.casefold())
    return (200, {**held, "id": 1, "color": "ededed"}) if held else _absent()


def _make_tag(hub: Hub, name: str, _: dict, sent: dict) -> tuple[int, object]:
    if len(sent["name"]) > 50 or len(sent["description"]) > 100:
        return 422, {"message": "Validation Failed", "errors": [{"field": "name", "code": "too_long"}]}
    if sent["name"].casefold() in hub.labels[name]:
        return 422, {"message": "Validation Failed", "errors": [{"resource": "Label", "code": "already_exists"}]}
    hub.labels[name][sent["name"].casefold()] = {"name": sent["name"], "description": sent["description"]}
    return 201, {**sent, "id": 1}


def _describe_tag(hub: Hub, name: str, query: dict, sent: dict, label: str) -> tuple[int, object]:
    if label.casefold() not in hub.labels[name]:
        return _absent()
    hub.labels[name][label.casefold()] |= sent
    return _tag(hub, name, query, sent, label)


def _delete_tag(hub: Hub, name: str, _: dict, __: dict, label: str) -> tuple[int, object]:
    if hub.labels[name].pop(label.casefold(), None) is None:
        return _absent()
    return 204, None


def _assignee(hub: Hub, _: str, __: dict, ___: dict, login: str) -> tuple[int, object]:
    return (204, None) if login in hub.assignable | hub.dropped else _absent()


ROUTES = [
    ("/issues", "GET", _issues),
    ("/issues", "POST", _make),
    (r"/issues/(\d+)", "GET", _issue),
    (r"/issues/(\d+)", "PATCH", _change),
    ("/labels", "POST", _make_tag),
    ("/labels/([^/]+)", "GET", _tag),
    ("/labels/([^/]+)", "PATCH", _describe_tag),
    ("/labels/([^/]+)", "DELETE", _delete_tag),
    ("/assignees/([^/]+)", "GET", _assignee),
]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _serve(self) -> None:
        hub: Hub = self.server.hub
        parts = urlsplit(self.path)
        path, query = parts.path.removeprefix("/api"), dict(parse_qsl(parts.query))
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with hub.lock:
            one = Exchange(len(hub.exchanges) + 1, self.command, path, query, json.loads(raw) if raw else {})
            hub.exchanges.append(one)
        if hub.on_request and hub.on_request(one.number, "before"):
            self.close_connection = True
            return
        with hub.lock:
            self._answer(hub, one)
        if hub.on_request:
            hub.on_request(one.number, "after-write")
        if one.status:
            with suppress(ConnectionError):  # who asked may have been killed
                self._send(one)
        else:
            self.close_connection = True
        if hub.on_request:
            hub.on_request(one.number, "after-answer")

    def _answer(self, hub: Hub, one: Exchange) -> None:
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            one.status, one.answer = 401, {"message": "Bad credentials"}
            return
        for fault in hub.faults:
            if fault.times and re.search(fault.match, f"{one.method} {one.path}"):
                fault.times -= 1
                if fault.when == "after":
                    hub.answer(one.method, one.path, one.query, one.sent)
                if fault.do != "cut":
                    one.status, one.answer = fault.do, {"message": fault.message}
                return
        one.status, one.answer = hub.answer(one.method, one.path, one.query, one.sent)
        if isinstance(one.answer, list):
            size, page = int(one.query.get("per_page", 30)), int(one.query.get("page", 1))
            one.answer = one.answer[(page - 1) * size : page * size]

    def _send(self, one: Exchange) -> None:
        body = b"" if one.answer is None else json.dumps(one.answer).encode()
        self.send_response(one.status)
        if one.status == 301:
            self.send_header("Location", one.answer["url"])
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PATCH = do_DELETE = _serve


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that was killed is no fault."""


@contextmanager
def start() -> Iterator[Hub]:
    """Run one until the end of the block."""
    server = _Server(("127.0.0.1", 0), _Handler)
    hub = server.hub = Hub(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
