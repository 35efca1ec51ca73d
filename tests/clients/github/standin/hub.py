"""What GitHub remembers: repositories with pull requests, issues, labels and comments, and a log of what was asked."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.clients.github.standin import shapes

ARCHIVE = "fernway-example/postmortems"
HOME = "fernway-example/checkout"
OTHER = "fernway-example/payments"
BOT = "github-actions[bot]"
TOKEN = "ghs_invented_for_tests"
PHASES = ("before", "after-write", "after-answer")


@dataclass
class Exchange:
    """One request, by its number from 1, and what it was answered; `route` is the pattern that it took."""

    number: int
    method: str
    path: str
    query: dict[str, str]
    sent: object
    status: int = 0
    answer: object = None
    route: tuple[str, str] = ("", "")


@dataclass
class Fault:
    """A refusal: of what, with which status or `cut`, and `before` or `after` it is done."""

    match: str
    do: int | str
    message: object
    when: str
    times: int


@dataclass
class Repository:
    """What a repository holds; pull requests and issues share their numbers. Labels are kept by name without case."""

    name: str
    pulls: dict[int, dict] = field(default_factory=dict)
    issues: dict[int, dict] = field(default_factory=dict)
    labels: dict[str, dict] = field(default_factory=dict)
    comments: list[dict] = field(default_factory=list)
    notes: list[dict] = field(default_factory=list)  # on lines of a change
    events: dict[int, list[str]] = field(default_factory=dict)

    def number(self) -> int:
        """The next number of an issue or pull request."""
        return max([0, *self.pulls, *self.issues]) + 1

    def item(self, number: int) -> dict:
        """An issue or a pull request as it is held."""
        return self.pulls[number] if number in self.pulls else self.issues[number]


@dataclass
class Hub:
    """All of it; `login` is who the token belongs to.

    `lagging` is whether lists by label lack what was made since `settle`; `on_request` is called with number and phase,
    and where it returns True before a request, the connection is cut and nothing is done. `dropped` are accounts that
    GitHub leaves out without a word, `hidden`, `deleted` and `moved` issues by repository and number.
    """

    site: str = ""
    login: str = BOT
    repositories: dict[str, Repository] = field(
        default_factory=lambda: {name: Repository(name) for name in (ARCHIVE, HOME, OTHER)}
    )
    assignable: set[str] = field(default_factory=lambda: {"jane-fernway", "ben-fernway"})
    dropped: set[str] = field(default_factory=set)
    hidden: set[tuple[str, int]] = field(default_factory=set)
    deleted: set[tuple[str, int]] = field(default_factory=set)
    moved: dict[tuple[str, int], tuple[str, int]] = field(default_factory=dict)
    listed: set[tuple[str, int]] = field(default_factory=set)
    lagging: bool = False
    lines: set[tuple[str, int]] | None = None  # that a review may comment on; None takes any
    exchanges: list[Exchange] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    on_request: Callable[[int, str], object] | None = None
    lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def archive(self) -> Repository:
        """The archive's own repository, which workflows run in."""
        return self.repositories[ARCHIVE]

    @property
    def home(self) -> str:
        """The page of the archive's repository."""
        return f"{self.site}/{ARCHIVE}"

    @property
    def connection(self) -> dict[str, str]:
        """The variables that lead here."""
        return {"GITHUB_TOKEN": TOKEN, "GITHUB_API_URL": f"{self.site}/api", "GITHUB_SERVER_URL": self.site}

    @property
    def environment(self) -> dict[str, str]:
        """The variables that a workflow of the archive has."""
        return {**self.connection, "GITHUB_REPOSITORY": ARCHIVE}

    @property
    def writes(self) -> list[Exchange]:
        """What changed something, or meant to."""
        return [one for one in self.exchanges if one.method != "GET"]

    def fault(
        self, match: str, do: int | str, message: object = "Refused", *, when: str = "before", times: int = 1
    ) -> None:
        """Refuse the next requests whose `METHOD /path` matches; `cut` gives no answer."""
        self.faults.append(Fault(match, do, message, when, times))

    def add_issue(
        self, title: str, body: str = "", *, labels: tuple[str, ...] = (), repository: str = HOME, **more: object
    ) -> int:
        """An issue that is there already."""
        there = self.repositories[repository]
        number = there.number()
        held = {"title": title, "body": body, "labels": list(labels), "state": "open", "author": "someone"}
        there.issues[number] = {**held, "assignees": [], "state_reason": None, **more}
        self.listed.add((repository, number))
        return number

    def add_pull(self, head: str, *, title: str = "A change", state: str = "open", author: str = BOT) -> int:
        """A pull request of the archive that is there already."""
        number = self.archive.number()
        held = {"head": head, "base": "main", "title": title, "body": "", "draft": False, "state": state}
        self.archive.pulls[number] = {**held, "author": author, "labels": [], "assignees": [], "reviewers": []}
        return number

    def add_comment(self, number: int, body: str, author: str) -> dict:
        """A comment in the archive's repository that is there already."""
        comments = self.archive.comments
        comments.append({"id": len(comments) + 1000, "number": number, "body": body, "author": author})
        return comments[-1]

    def issue(self, number: int, repository: str = HOME) -> dict:
        """An issue as it is held."""
        return self.repositories[repository].issues[number]

    def settle(self) -> None:
        """Let all lists catch up."""
        self.listed = {(name, number) for name, there in self.repositories.items() for number in there.issues}

    def raw_issue(self, name: str, number: int) -> dict:
        """An issue in its full shape."""
        return shapes.issue(number, self.repositories[name].issues[number], f"{self.site}/{name}")

    def raw_pull(self, number: int, name: str = ARCHIVE) -> dict:
        """A pull request in its full shape."""
        return shapes.pull(number, self.repositories[name].pulls[number], name, self.site)
