"""What GitHub says of pull requests, comments and issues, as far as we use it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.errors import RemoteError


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on an issue or pull request; `bot` is whether an app wrote it."""

    id: int
    author: str
    bot: bool
    body: str
    url: str


@dataclass(frozen=True, slots=True)
class ReviewComment:
    """A comment on a line of a pull request that is there already."""

    author: str
    bot: bool
    body: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment to be made on a line (1-based) of a file (from the repository's root) of a pull request."""

    path: str
    line: int
    body: str


@dataclass(frozen=True, slots=True)
class PullRequest:
    """A pull request; `branch` is the one it comes from, `state` open or closed."""

    number: int
    title: str
    state: str
    branch: str
    url: str
    author: str = ""
    bot: bool = False
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GitHubIssue:
    """An issue; `pull` is whether it is a pull request, which GitHub lists among them.

    `reason` is why it is closed: completed, not_planned or duplicate. `absent` names the parts that the answer lacked.
    """

    number: int
    title: str
    body: str
    author: str
    bot: bool
    url: str
    pull: bool = False
    state: str = "open"
    reason: str = ""
    labels: tuple[str, ...] = ()
    assignees: tuple[str, ...] = ()
    absent: frozenset[str] = frozenset()


def comment(raw: Mapping[str, Any]) -> Comment:
    """A comment as GitHub answers it."""
    return Comment(_number(raw, "id"), *_author(raw), _text(raw, "body"), _text(raw, "html_url"))


def note(raw: Mapping[str, Any]) -> ReviewComment:
    """A comment on a line as GitHub answers it."""
    return ReviewComment(*_author(raw), _text(raw, "body"))


def pull(raw: Mapping[str, Any]) -> PullRequest:
    """A pull request as GitHub answers it."""
    head = raw.get("head")
    branch = _text(head, "ref") if isinstance(head, Mapping) else ""
    return PullRequest(
        _number(raw, "number"),
        _text(raw, "title"),
        _text(raw, "state"),
        branch,
        _text(raw, "html_url"),
        *_author(raw),
        _names(raw, "labels", "name"),
    )


def issue(raw: Mapping[str, Any]) -> GitHubIssue:
    """An issue as GitHub answers it. Raises RemoteError without a number or a body, which holds what we know of it."""
    if "body" not in raw:
        raise RemoteError("GitHub answered an issue without a `body`. Is GITHUB_API_URL the right address?")
    return GitHubIssue(
        _number(raw, "number"),
        _text(raw, "title"),
        _text(raw, "body"),
        *_author(raw),
        _text(raw, "html_url"),
        isinstance(raw.get("pull_request"), Mapping),
        _text(raw, "state") or "open",
        _text(raw, "state_reason"),
        _names(raw, "labels", "name"),
        _names(raw, "assignees", "login"),
        frozenset({"title", "state", "labels", "assignees"} - raw.keys()),
    )


def _author(raw: Mapping[str, Any]) -> tuple[str, bool]:
    user = raw.get("user")  # null where the account was deleted
    return (_text(user, "login"), _text(user, "type") == "Bot") if isinstance(user, Mapping) else ("", False)


def _names(raw: Mapping[str, Any], name: str, of: str) -> tuple[str, ...]:
    """The names of things in a list; a label may be a bare word."""
    held = raw.get(name)
    things = held if isinstance(held, list) else []
    found = (one if isinstance(one, str) else _text(one, of) for one in things if isinstance(one, (str, Mapping)))
    return tuple(one for one in found if one)


def _number(raw: Mapping[str, Any], name: str) -> int:
    value = raw.get(name)
    if type(value) is not int:
        raise RemoteError(f"GitHub answered without a `{name}`. Is GITHUB_API_URL the right address?")
    return value


def _text(raw: Mapping[str, Any], name: str) -> str:
    value = raw.get(name)
    return value if isinstance(value, str) else ""
