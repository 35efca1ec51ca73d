"""A client of one repository on GitHub: the endpoints we use, no more."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from generator.clients.github import model
from generator.clients.github.model import Comment, GitHubIssue, PullRequest, Remark, ReviewComment
from generator.clients.http import Auth, RestClient, RetryPolicy
from generator.errors import NotFoundError, RefusedError, RemoteError, TryLaterError
from generator.settings.load.github import Repository, file_url

PAGE = 100
MOST_PAGES = 30
_CURE = "Does the job give it, and the permissions that docs/github.md names?"
_HASTE = re.compile(r"rate limit|abuse", re.IGNORECASE)


class GitHub:
    """One repository. All errors are those of `generator.errors`; what may be sent twice says so."""

    def __init__(
        self, connection: Repository, *, waits: RetryPolicy | None = None, log: Callable[[str], None] | None = None
    ) -> None:
        self.connection = connection
        auth = Auth.bearer(connection.token)
        self._rest = RestClient(connection.api, auth, waits=waits, log=log, name="GitHub", advice=_CURE)
        self._home = f"/repos/{connection.repository}"
        self.owner = connection.repository.partition("/")[0]

    @property
    def url(self) -> str:
        """The repository's page."""
        return f"{self.connection.site}/{self.connection.repository}"

    def me(self) -> str:
        """The login that the token belongs to; empty for a workflow's or an app's token, which has no user."""
        try:
            return str(self._read("/user").get("login") or "")
        except (RefusedError, NotFoundError):
            return ""

    def default_branch(self) -> str:
        """The branch that pull requests are made against."""
        return str(self._read(self._home).get("default_branch") or "main")

    def pulls(self, branch: str) -> tuple[PullRequest, ...]:
        """The pull requests, open and closed ones, that come from a branch of this repository; newest first."""
        query = {"state": "all", "head": f"{self.owner}:{branch}", "sort": "created", "direction": "desc"}
        found = (model.pull(raw) for raw in self._list(f"{self._home}/pulls", query))
        return tuple(one for one in found if one.branch == branch)  # an older server may ignore the filter

    def open_pulls(self) -> tuple[PullRequest, ...]:
        """Every open pull request."""
        return tuple(model.pull(raw) for raw in self._list(f"{self._home}/pulls", {"state": "open"}))

    def open_pull(self, *, title: str, branch: str, base: str, body: str, draft: bool) -> PullRequest:
        """Open a pull request; a branch has one at most, as GitHub sees to it."""
        sent = {"title": title, "head": branch, "base": base, "body": body, "draft": draft}
        return model.pull(self._write("POST", f"{self._home}/pulls", sent, safe=False))

    def request_reviewers(self, number: int, logins: Sequence[str]) -> None:
        """Ask people for their review."""
        path = f"{self._home}/pulls/{number}/requested_reviewers"
        self._write("POST", path, {"reviewers": list(logins)}, safe=True)

    def assign(self, number: int, logins: Sequence[str]) -> None:
        """Assign an issue or pull request to people; GitHub leaves out silently whom it may not assign."""
        self._write("POST", f"{self._home}/issues/{number}/assignees", {"assignees": list(logins)}, safe=True)

    def label(self, number: int, labels: Sequence[str]) -> None:
        """Add labels; those that do not exist are made."""
        self._write("POST", f"{self._home}/issues/{number}/labels", {"labels": list(labels)}, safe=True)

    def events(self, number: int) -> frozenset[str]:
        """What has ever happened to an issue or pull request: `assigned`, `review_requested`, `labeled` and others."""
        return frozenset(str(raw.get("event") or "") for raw in self._list(f"{self._home}/issues/{number}/events", {}))

    def comments(self, number: int) -> tuple[Comment, ...]:
        """The comments of an issue or pull request, oldest first."""
        return tuple(model.comment(raw) for raw in self._list(f"{self._home}/issues/{number}/comments", {}))

    def comment(self, number: int, body: str) -> Comment:
        """Write a comment."""
        return model.comment(self._write("POST", f"{self._home}/issues/{number}/comments", {"body": body}, safe=False))

    def edit_comment(self, identity: int, body: str) -> None:
        """Change a comment's text."""
        self._write("PATCH", f"{self._home}/issues/comments/{identity}", {"body": body}, safe=True)

    def notes(self, number: int) -> tuple[ReviewComment, ...]:
        """The comments on lines of a pull request."""
        return tuple(model.note(raw) for raw in self._list(f"{self._home}/pulls/{number}/comments", {}))

    def review(self, number: int, commit: str, remarks: Sequence[Remark]) -> None:
        """Comment on lines of a pull request, as one review that neither approves nor refuses.

        Raises RefusedError (422) where one of the lines is not part of the change.
        """
        comments = [{"path": one.path, "line": one.line, "side": "RIGHT", "body": one.body} for one in remarks]
        sent = {"commit_id": commit, "event": "COMMENT", "comments": comments}
        self._write("POST", f"{self._home}/pulls/{number}/reviews", sent, safe=False)

    def issues(self, label: str) -> tuple[GitHubIssue, ...]:
        """The open issues with a label, oldest first; no pull requests."""
        query = {"state": "open", "labels": label, "sort": "created", "direction": "asc"}
        found = (model.issue(raw) for raw in self._list(f"{self._home}/issues", query))
        return tuple(one for one in found if not one.pull)

    def open_issue(self, title: str, body: str, labels: Sequence[str]) -> GitHubIssue:
        """Open an issue."""
        sent = {"title": title, "body": body, "labels": list(labels)}
        return model.issue(self._write("POST", f"{self._home}/issues", sent, safe=False))

    def edit_issue(self, number: int, *, title: str, body: str, close: bool = False) -> None:
        """Change an issue's title and text, or close it."""
        sent = {"title": title, "body": body} | ({"state": "closed", "state_reason": "completed"} if close else {})
        self._write("PATCH", f"{self._home}/issues/{number}", sent, safe=True)

    def file_url(self, path: str, revision: str, line: int = 0) -> str:
        """The page of a file of the repository at a revision."""
        return file_url(self.url, path, revision, line)

    def _list(self, path: str, query: Mapping[str, object]) -> Iterator[Mapping[str, Any]]:
        """Every item of a list, page by page."""
        for number in range(1, MOST_PAGES + 1):
            found = _patient(lambda: self._rest.get(path, {**query, "per_page": PAGE, "page": number}).json())  # noqa: B023
            if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
                raise RemoteError(f"GitHub answered {path} with no list. Is GITHUB_API_URL the right address?")
            yield from found
            if len(found) < PAGE:
                return
        raise RemoteError(f"GitHub lists more than {PAGE * MOST_PAGES:,} at {path}, which is not read to its end.")

    def _read(self, path: str) -> Mapping[str, Any]:
        return _mapping(_patient(lambda: self._rest.get(path).json()), path)

    def _write(self, method: str, path: str, body: object, *, safe: bool) -> Mapping[str, Any]:
        got = _patient(lambda: self._rest.send(method, path, body, safe=safe).json())
        return got if isinstance(got, Mapping) else {}


def _patient(ask: Callable[[], Any]) -> Any:
    """What is answered; where GitHub refuses for haste (403, not 429), the error that says to come back later."""
    try:
        return ask()
    except RefusedError as error:
        if error.status != 403 or not _HASTE.search(str(error)):
            raise
        problem = TryLaterError(f"{error} Run the same again in some minutes.", 300)
    raise problem


def _mapping(found: object, path: str) -> Mapping[str, Any]:
    if not isinstance(found, Mapping):
        raise RemoteError(f"GitHub answered {path} with something else than a thing. Is GITHUB_API_URL right?")
    return found
