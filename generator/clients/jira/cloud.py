"""Jira Cloud: version 3, rich text as ADF, users by their accountId, pages by token."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from generator.clients.jira.calls import JiraCalls, page_of
from generator.clients.jira.model import JiraUser
from generator.clients.jira.paging import PAGE, ResultPage, by_offset, by_token
from generator.clients.jira.reading import Raw, listed
from generator.markup.rendered import Rendered


class JiraCloud:
    """The dialect of Jira Cloud."""

    name = "cloud"
    version = "3"
    hosts: tuple[str, ...] = ("api.media.atlassian.com",)

    def render(self, markdown: str, *, base: str = "") -> Rendered:
        """Markdown as ADF."""
        from generator.markup import to_adf

        return to_adf.render(markdown, base=base)

    def user(self, account: JiraUser) -> dict[str, str]:
        """A user as the value of a field."""
        return {"accountId": account.id}

    def property_value(self, value: object) -> object:
        """Any JSON."""
        return value

    def user_query(self, id_: str) -> Mapping[str, str]:
        """A user as the query of a request."""
        return {"accountId": id_}

    def people_query(self, text: str) -> Mapping[str, str]:
        """Users whose name or address begins with the text."""
        return {"query": text}

    def permissions_query(self, names: Collection[str]) -> Mapping[str, str]:
        """The permissions that are asked for, which Cloud wants named."""
        return {"permissions": ",".join(names)}

    def batches(self, properties: Sequence[str]) -> bool:  # noqa: ARG002 - Data Center cannot with any
        """Always."""
        return True

    def batch(
        self, calls: JiraCalls, refs: Sequence[str], fields: Sequence[str], properties: Sequence[str]
    ) -> tuple[Sequence[Raw], bool]:
        """Up to a hundred issues at once, as they are now; a moved one comes with its new key.

        `issueErrors` are of issues that could not be read at this moment; those that do not exist are just left out.
        """
        body = {"issueIdsOrKeys": list(refs), "fields": list(fields)}
        raw = calls.ask("issue", "bulkfetch", body=body | _properties(properties))
        return listed(raw.get("issues"), "several issues"), not raw.get("issueErrors")

    def search(
        self, calls: JiraCalls, jql: str, fields: Sequence[str], properties: Sequence[str], limit: int | None
    ) -> list[Raw]:
        """The issues that a query finds; what has just been written may not be among them yet."""
        body = {"jql": jql, "fields": list(fields), "maxResults": PAGE} | _properties(properties)

        def fetch(token: str | None) -> ResultPage:
            raw = calls.ask("search", "jql", body={**body, "nextPageToken": token} if token else body)
            return page_of(raw, "a search", "issues")

        return by_token(fetch, limit)

    def changelog(self, calls: JiraCalls, issue: str) -> list[Raw]:
        """All changes of an issue."""
        path = calls.path("issue", issue, "changelog")
        return by_offset(lambda at: calls.page(path, at, "values"))

    def content_url(self, calls: JiraCalls, site: str, attachment: Raw) -> str:  # noqa: ARG002 - Data Center needs the site
        """By its id, without the redirect to where files are kept."""
        path = calls.path("attachment", "content", str(attachment.get("id") or ""))
        return f"{calls.rest.base}{path}?redirect=false"


def _properties(names: Sequence[str]) -> dict[str, Any]:
    return {"properties": list(names)} if names else {}
