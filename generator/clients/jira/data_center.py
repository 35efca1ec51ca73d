"""Jira Data Center: version 2, rich text as wiki markup, users by their names, pages by number."""

import json
from collections.abc import Collection, Mapping, Sequence

from generator.clients.jira.calls import JiraCalls, page_of
from generator.clients.jira.jql import among
from generator.clients.jira.model import JiraUser
from generator.clients.jira.paging import PAGE, by_offset
from generator.clients.jira.reading import Raw, listed, mapping
from generator.errors import NotFoundError
from generator.markup.rendered import Rendered


class JiraDataCenter:
    """The dialect of Jira Data Center."""

    name = "data-center"
    version = "2"
    hosts: tuple[str, ...] = ()

    def render(self, markdown: str, *, base: str = "") -> Rendered:
        """Markdown as wiki markup."""
        from generator.markup import to_wiki

        return to_wiki.render(markdown, base=base)

    def user(self, account: JiraUser) -> dict[str, str]:
        """A user as the value of a field."""
        return {"name": account.id}

    def property_value(self, value: object) -> object:
        """The text of any JSON: the schema has a string there, though not where a property is set by itself."""
        return json.dumps(value)

    def user_query(self, id_: str) -> Mapping[str, str]:
        """A user as the query of a request."""
        return {"username": id_}

    def people_query(self, text: str) -> Mapping[str, str]:
        """Users whose name or address begins with the text."""
        return {"username": text}

    def permissions_query(self, names: Collection[str]) -> Mapping[str, str]:  # noqa: ARG002 - Cloud wants them named
        """Nothing: all permissions are in the answer."""
        return {}

    def batches(self, properties: Sequence[str]) -> bool:
        """Without properties, which a search does not return."""
        return not properties

    def batch(
        self,
        calls: JiraCalls,
        refs: Sequence[str],
        fields: Sequence[str],
        properties: Sequence[str],  # noqa: ARG002 - a search does not tell them
    ) -> tuple[Sequence[Raw], bool]:
        """Up to a hundred issues by a search that overlooks those that do not exist."""
        ids, keys = [one for one in refs if one.isdecimal()], [one for one in refs if not one.isdecimal()]
        jql = " OR ".join(among(name, values) for name, values in (("id", ids), ("key", keys)) if values)
        return _search(calls, jql, fields, None, validate=False), True

    def search(
        self, calls: JiraCalls, jql: str, fields: Sequence[str], properties: Sequence[str], limit: int | None
    ) -> list[Raw]:
        """The issues that a query finds; properties are read of each one, as a search does not return them."""
        if not properties:
            return _search(calls, jql, fields, limit, validate=True)
        found = []
        for raw in _search(calls, jql, ("key",), limit, validate=True):
            query = {"fields": list(fields), "properties": list(properties)}
            try:
                found.append(calls.read("issue", str(raw.get("id") or ""), query=query))
            except NotFoundError:
                continue  # deleted since it was found
        return found

    def changelog(self, calls: JiraCalls, issue: str) -> list[Raw]:
        """All changes of an issue, which come with it or not at all."""
        raw = calls.read("issue", issue, query={"fields": "key", "expand": "changelog"})
        return listed(mapping(raw.get("changelog"), "a changelog").get("histories"), "a changelog")

    def content_url(self, calls: JiraCalls, site: str, attachment: Raw) -> str:
        """The address that Jira names, at the address that it is asked at."""
        url = str(attachment.get("content") or "")
        return calls.rest.base + url.removeprefix(site) if url.startswith(f"{site}/") else url


def _search(calls: JiraCalls, jql: str, fields: Sequence[str], limit: int | None, *, validate: bool) -> list[Raw]:
    body = {"jql": jql, "fields": list(fields), "maxResults": PAGE, "validateQuery": validate}
    return by_offset(lambda at: page_of(calls.ask("search", body={**body, "startAt": at}), "a search", "issues"), limit)
