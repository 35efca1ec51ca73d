"""What happened to an issue: its comments, its changes, and the clocks of its service levels."""

from generator.clients.jira.calls import JiraCalls, issue_reference
from generator.clients.jira.dialects import JiraDialect
from generator.clients.jira.paging import PAGE, ResultPage, by_offset
from generator.clients.jira.reading import Raw, listed, mapping
from generator.errors import NotFoundError


class JiraHistory:
    """What is done with an issue's history; comments and changes are given as Jira gives them."""

    _calls: JiraCalls
    _dialect: JiraDialect

    def comments(self, id_: str) -> tuple[Raw, ...]:
        """All comments, oldest first."""
        path = self._calls.path("issue", issue_reference(id_), "comment")
        return tuple(by_offset(lambda at: self._calls.page(path, at, "comments", query={"orderBy": "created"})))

    def add_comment(self, id_: str, text: object) -> None:
        """Add a comment, as rich text that is rendered already."""
        self._calls.write("POST", "issue", issue_reference(id_), "comment", body={"body": text}, safe=False)

    def changelog(self, id_: str) -> tuple[Raw, ...]:
        """All changes, oldest first."""
        found = self._dialect.changelog(self._calls, issue_reference(id_))
        return tuple(sorted(found, key=_age))

    def sla(self, key: str) -> tuple[Raw, ...]:
        """The service levels of a request of Jira Service Management; none where the issue is no request.

        Raises RefusedError where this account is no agent.
        """
        path = f"/rest/servicedeskapi/request/{issue_reference(key)}/sla"

        def fetch(at: int) -> ResultPage:
            raw = mapping(self._calls.rest.get(path, {"start": at, "limit": PAGE}).json(), path)
            return ResultPage(listed(raw.get("values"), path), last=raw.get("isLastPage") is not False)

        try:
            return tuple(by_offset(fetch))
        except NotFoundError:
            return ()


def _age(change: Raw) -> tuple[int, str]:
    """A change's place in time: ids are given in order, as are the dates in a fixed form."""
    id_ = str(change.get("id") or "")
    return int(id_) if id_.isascii() and id_.isdecimal() else 0, str(change.get("created") or "")
