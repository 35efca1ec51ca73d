"""GitHub on loopback: the endpoints that we use, with memory, pages, refusals on order, and a log of what was asked."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from tests.clients.github import shapes

NAME = "fernway-example/postmortems"
BOT = "github-actions[bot]"
TOKEN = "ghs_invented_for_tests"


@dataclass
class Exchange:
    """One request and what it was answered."""

    method: str
    path: str
    query: dict[str, str]
    sent: object
    status: int
    answer: object


@dataclass
class GitHub:
    """One repository's pull requests, comments and issues; `login` is who the token belongs to."""

    site: str = ""
    login: str = BOT
    pulls: dict[int, dict] = field(default_factory=dict)
    issues: dict[int, dict] = field(default_factory=dict)
    comments: list[dict] = field(default_factory=list)
    notes: list[dict] = field(default_factory=list)
    assigned: dict[int, list[str]] = field(default_factory=dict)
    reviewers: dict[int, list[str]] = field(default_factory=dict)
    labels: dict[int, list[str]] = field(default_factory=dict)
    events: dict[int, list[str]] = field(default_factory=dict)
    exchanges: list[Exchange] = field(default_factory=list)
    refusals: list[tuple[str, int, object, str]] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)
    lines: set[tuple[str, int]] | None = None  # of the change; None takes any

    @property
    def home(self) -> str:
        """The repository's page."""
        return f"{self.site}/{NAME}"

    @property
    def environment(self) -> dict[str, str]:
        """The variables that a workflow has."""
        return {
            "GITHUB_TOKEN": TOKEN,
            "GITHUB_API_URL": f"{self.site}/api",
            "GITHUB_SERVER_URL": self.site,
            "GITHUB_REPOSITORY": NAME,
        }

    @property
    def writes(self) -> list[Exchange]:
        """What changed something, or meant to."""
        return [one for one in self.exchanges if one.method != "GET"]

    def refuse(self, match: str, status: int, message: object = "Refused", when: str = "before") -> None:
        """Answer the next request whose `METHOD /path` matches with an error, `before` or `after` it is done."""
        self.refusals.append((match, status, message, when))

    def number(self) -> int:
        """The next number of an issue or pull request."""
        return max([0, *self.pulls, *self.issues]) + 1

    def add_pull(self, head: str, *, title: str = "A change", state: str = "open", author: str = BOT) -> int:
        """A pull request that is there already."""
        number = self.number()
        self.pulls[number] = {
            "head": head,
            "base": "main",
            "title": title,
            "body": "",
            "draft": False,
            "state": state,
            "author": author,
        }
        return number

    def add_comment(self, number: int, body: str, author: str) -> dict:
        """A comment that is there already."""
        held = {"id": len(self.comments) + 1000, "number": number, "body": body, "author": author}
        self.comments.append(held)
        return held

    def answer(self, method: str, path: str, query: dict[str, str], sent: dict) -> tuple[int, object]:
        """Do what is asked."""
        for pattern, verb, act in ROUTES:
            found = re.fullmatch(pattern, path)
            if found and verb == method:
                return act(self, query, sent, *(int(one) for one in found.groups()))
        return 404, {"message": "Not Found", "documentation_url": "https://docs.github.example.com"}

    def raw_pull(self, number: int) -> dict:
        """A pull request in its full shape."""
        held = {**self.pulls[number], "labels": self.labels.get(number, [])}
        return shapes.pull(number, held["author"], held, NAME, self.site)

    def raw_issue(self, number: int) -> dict:
        """An issue in its full shape."""
        return shapes.issue(number, self.issues[number], self.home)

    def raw_comment(self, held: dict) -> dict:
        """A comment in its full shape."""
        return shapes.comment(held["id"], held["author"], held["body"], self.home, held["number"])


def _user(hub: GitHub, *_: object) -> tuple[int, object]:
    if hub.login.endswith("[bot]"):
        return 403, {"message": "Resource not accessible by integration"}
    return 200, shapes.user(hub.login)


def _pulls(hub: GitHub, query: dict, _: dict) -> tuple[int, object]:
    state, head = query.get("state", "open"), query.get("head", "").partition(":")[2]
    found = [
        number
        for number, held in sorted(hub.pulls.items(), reverse=True)
        if state in {"all", held["state"]} and head in {"", held["head"]}
    ]
    return 200, [hub.raw_pull(number) for number in found]


def _open_pull(hub: GitHub, _: dict, sent: dict) -> tuple[int, object]:
    if any(held["head"] == sent["head"] and held["state"] == "open" for held in hub.pulls.values()):
        return 422, {"message": "Validation Failed", "errors": [{"message": "A pull request already exists"}]}
    number = hub.number()
    hub.pulls[number] = {**sent, "state": "open", "author": hub.login}
    return 201, hub.raw_pull(number)


def _review(hub: GitHub, _: dict, sent: dict, number: int) -> tuple[int, object]:
    for one in sent["comments"]:
        if hub.lines is not None and (one["path"], one["line"]) not in hub.lines:
            return 422, {"message": "Unprocessable Entity", "errors": ["Line could not be resolved"]}
    for one in sent["comments"]:
        hub.notes.append({**one, "author": hub.login, "number": number})
    return 200, {"id": 1}


def _notes(hub: GitHub, _: dict, __: dict, number: int) -> tuple[int, object]:
    return 200, [
        {"id": at, "body": one["body"], "path": one["path"], "user": shapes.user(one["author"])}
        for at, one in enumerate(hub.notes, 1)
        if one["number"] == number
    ]


def _comments(hub: GitHub, _: dict, __: dict, number: int) -> tuple[int, object]:
    return 200, [hub.raw_comment(one) for one in hub.comments if one["number"] == number]


def _comment(hub: GitHub, _: dict, sent: dict, number: int) -> tuple[int, object]:
    return 201, hub.raw_comment(hub.add_comment(number, sent["body"], hub.login))


def _edit_comment(hub: GitHub, _: dict, sent: dict, identity: int) -> tuple[int, object]:
    held = next(one for one in hub.comments if one["id"] == identity)
    held["body"] = sent["body"]
    return 200, hub.raw_comment(held)


def _issues(hub: GitHub, query: dict, _: dict) -> tuple[int, object]:
    wanted = query.get("labels", "")
    found = [
        n
        for n, held in sorted(hub.issues.items())
        if held["state"] == "open" and (not wanted or wanted in held["labels"])
    ]
    return 200, [hub.raw_issue(number) for number in found]


def _open_issue(hub: GitHub, _: dict, sent: dict) -> tuple[int, object]:
    number = hub.number()
    hub.issues[number] = {**sent, "state": "open", "author": hub.login}
    return 201, hub.raw_issue(number)


def _edit_issue(hub: GitHub, _: dict, sent: dict, number: int) -> tuple[int, object]:
    hub.issues[number].update(sent)
    return 200, hub.raw_issue(number)


def _assign(hub: GitHub, _: dict, sent: dict, number: int) -> tuple[int, object]:
    hub.assigned.setdefault(number, []).extend(sent["assignees"])
    hub.events.setdefault(number, []).extend(["assigned"] * len(sent["assignees"]))
    return 201, {}


def _ask(hub: GitHub, _: dict, sent: dict, number: int) -> tuple[int, object]:
    hub.reviewers.setdefault(number, []).extend(sent["reviewers"])
    hub.events.setdefault(number, []).extend(["review_requested"] * len(sent["reviewers"]))
    return 201, {}


def _label(hub: GitHub, _: dict, sent: dict, number: int) -> tuple[int, object]:
    hub.labels.setdefault(number, []).extend(sent["labels"])
    hub.events.setdefault(number, []).extend(["labeled"] * len(sent["labels"]))
    return 200, []


def _events(hub: GitHub, _: dict, __: dict, number: int) -> tuple[int, object]:
    return 200, [shapes.event(name, number, hub.login, hub.home) for name in hub.events.get(number, [])]


_HOME = f"/repos/{NAME}"
ROUTES = [
    ("/user", "GET", _user),
    (_HOME, "GET", lambda hub, *_: (200, shapes.repository(NAME, hub.site))),
    (f"{_HOME}/pulls", "GET", _pulls),
    (f"{_HOME}/pulls", "POST", _open_pull),
    (rf"{_HOME}/pulls/(\d+)/reviews", "POST", _review),
    (rf"{_HOME}/pulls/(\d+)/comments", "GET", _notes),
    (rf"{_HOME}/pulls/(\d+)/requested_reviewers", "POST", _ask),
    (rf"{_HOME}/issues/(\d+)/assignees", "POST", _assign),
    (rf"{_HOME}/issues/(\d+)/labels", "POST", _label),
    (rf"{_HOME}/issues/(\d+)/events", "GET", _events),
    (rf"{_HOME}/issues/(\d+)/comments", "GET", _comments),
    (rf"{_HOME}/issues/(\d+)/comments", "POST", _comment),
    (rf"{_HOME}/issues/comments/(\d+)", "PATCH", _edit_comment),
    (f"{_HOME}/issues", "GET", _issues),
    (f"{_HOME}/issues", "POST", _open_issue),
    (rf"{_HOME}/issues/(\d+)", "PATCH", _edit_issue),
]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _serve(self) -> None:
        hub: GitHub = self.server.hub
        parts = urlsplit(self.path)
        path, query = parts.path.removeprefix("/api"), dict(parse_qsl(parts.query))
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        sent = json.loads(raw) if raw else {}
        with hub.lock:
            status, answer = self._answer(hub, path, query, sent)
            hub.exchanges.append(Exchange(self.command, path, query, sent, status, answer))
        if isinstance(answer, list):
            size, page = int(query.get("per_page", 30)), int(query.get("page", 1))
            answer = answer[(page - 1) * size : page * size]
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _answer(self, hub: GitHub, path: str, query: dict, sent: dict) -> tuple[int, object]:
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            return 401, {"message": "Bad credentials"}
        for order in hub.refusals:
            match, status, message, when = order
            if re.search(match, f"{self.command} {path}"):
                hub.refusals.remove(order)
                if when == "after":
                    hub.answer(self.command, path, query, sent)
                return status, message if isinstance(message, dict) else {"message": message}
        return hub.answer(self.command, path, query, sent)

    do_GET = do_POST = do_PATCH = _serve


@contextmanager
def start() -> Iterator[GitHub]:
    """Run one until the end of the block."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    hub = server.hub = GitHub(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
