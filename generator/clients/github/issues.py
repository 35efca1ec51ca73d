"""A client of one repository's issues and labels, for keeping action items in them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import islice
from urllib.parse import quote, urlsplit

from generator.clients.github import model
from generator.clients.github.client import MOST_PAGES, PAGE, GitHub, _patient
from generator.clients.github.model import GitHubIssue
from generator.errors import MovedError, NotFoundError, RefusedError, RemoteError

GONE = 410
_COLOUR = "ededed"


class GitHubIssues(GitHub):
    """One repository's issues, open and closed. All errors are those of `generator.errors`."""

    @property
    def requests_made(self) -> int:
        """How many requests have been sent so far."""
        return self._rest.requests_made

    def now(self) -> datetime:
        """GitHub's clock, as its last answer gave it. Raises RemoteError where none did."""
        found = self._rest.now()
        if found is None:
            raise RemoteError("GitHub's answers carry no date. Is GITHUB_API_URL the right address?")
        return found

    def issue(self, number: int) -> GitHubIssue:
        """An issue as it is now; one that was moved is followed, and its `url` says where it is.

        Raises NotFoundError where it was deleted or cannot be seen.
        """
        path = f"{self._home}/issues/{number}"
        try:
            return model.issue(self._read(path))
        except MovedError as moved:
            path = self._within(moved.target)
            if not path:
                raise
        except RefusedError as error:
            if error.status != GONE:
                raise
            raise NotFoundError(str(error)) from error
        try:
            return model.issue(self._read(path))
        except MovedError as error:
            raise NotFoundError(str(error)) from error

    def labelled(self, label: str) -> tuple[GitHubIssue, ...]:
        """The issues with a label, newest first, as far back as lists are read; those made just now may be absent."""
        query = {"state": "all", "labels": label, "sort": "created", "direction": "desc"}
        raw = islice(self._list(f"{self._home}/issues", query), PAGE * MOST_PAGES)
        return _issues(raw)

    def newest(self) -> tuple[GitHubIssue, ...]:
        """The issues that were made last, newest first, whatever their labels."""
        query = {"state": "all", "sort": "created", "direction": "desc"}
        return _issues(islice(self._list(f"{self._home}/issues", query), PAGE))

    def make_issue(self, title: str, body: str, labels: Sequence[str], assignees: Sequence[str]) -> GitHubIssue:
        """Open an issue. Raises OutcomeUnknownError where there may be one or not."""
        sent = {"title": title, "body": body, "labels": list(labels), "assignees": list(assignees)}
        return model.issue(self._write("POST", f"{self._home}/issues", sent, safe=False))

    def change_issue(self, number: int, sent: Mapping[str, object]) -> GitHubIssue:
        """Change an issue's `title`, `body`, `state`, `state_reason`, whole `labels` or whole `assignees`."""
        return model.issue(self._write("PATCH", f"{self._home}/issues/{number}", sent, safe=True))

    def assignable(self, login: str) -> bool:
        """Whether an issue can be assigned to somebody; GitHub would leave them out without a word."""
        try:
            _patient(lambda: self._rest.get(f"{self._home}/assignees/{quote(login, safe='')}").json())
        except NotFoundError:
            return False
        return True

    def tag(self, name: str) -> str | None:
        """The description of one of the repository's labels; None where there is no such label."""
        try:
            found = self._read(f"{self._home}/labels/{quote(name, safe='')}")
        except NotFoundError:
            return None
        return str(found.get("description") or "")

    def make_tag(self, name: str, description: str) -> None:
        """Make a label. Raises RefusedError (422) where there is one of that name, OutcomeUnknownError in doubt."""
        sent = {"name": name, "description": description, "color": _COLOUR}
        self._write("POST", f"{self._home}/labels", sent, safe=False)

    def describe_tag(self, name: str, description: str) -> None:
        """Describe a label anew."""
        self._write("PATCH", f"{self._home}/labels/{quote(name, safe='')}", {"description": description}, safe=True)

    def delete_tag(self, name: str) -> None:
        """Delete a label. Raises NotFoundError where there is none."""
        self._write("DELETE", f"{self._home}/labels/{quote(name, safe='')}", None, safe=True)

    def _within(self, target: str) -> str:
        """An address of the same API as a path, empty where it is elsewhere: the token goes nowhere else."""
        base = urlsplit(self.connection.api)
        found = urlsplit(target)
        inside = (found.scheme, found.netloc) == (base.scheme, base.netloc) or not found.netloc
        return found.path.removeprefix(base.path) if inside and found.path.startswith(base.path) else ""


def _issues(raw: Iterable[Mapping[str, object]]) -> tuple[GitHubIssue, ...]:
    """Issues without the pull requests that GitHub lists among them."""
    return tuple(one for one in (model.issue(each) for each in raw) if not one.pull)
