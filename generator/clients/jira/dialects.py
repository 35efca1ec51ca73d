"""What differs between the two kinds of Jira; everything else is said once, elsewhere."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from generator.clients.jira.calls import JiraCalls
from generator.clients.jira.model import JiraUser
from generator.clients.jira.reading import Raw
from generator.markup.rendered import Rendered


class JiraDialect(Protocol):
    """One kind of Jira. `hosts` are those besides Jira's own that may hold its attachments."""

    name: str
    version: str
    hosts: tuple[str, ...]

    def render(self, markdown: str, *, base: str = "") -> Rendered:
        """Rich text as this Jira takes it."""

    def user(self, account: JiraUser) -> dict[str, str]:
        """A user as the value of a field."""

    def property_value(self, value: object) -> object:
        """A property as it stands in the body that creates or changes an issue."""

    def user_query(self, id_: str) -> Mapping[str, str]:
        """A user as the query of a request."""

    def people_query(self, text: str) -> Mapping[str, str]:
        """Users whose name or address begins with the text."""

    def permissions_query(self, names: Collection[str]) -> Mapping[str, str]:
        """The permissions that are asked for."""

    def batches(self, properties: Sequence[str]) -> bool:
        """Whether several issues can be had at once with these properties."""

    def batch(
        self, calls: JiraCalls, refs: Sequence[str], fields: Sequence[str], properties: Sequence[str]
    ) -> tuple[Sequence[Raw], bool]:
        """Those of at most a hundred ids or keys that exist, in any order, and whether the others do not."""

    def search(
        self, calls: JiraCalls, jql: str, fields: Sequence[str], properties: Sequence[str], limit: int | None
    ) -> list[Raw]:
        """The issues that a query finds, whole."""

    def changelog(self, calls: JiraCalls, issue: str) -> list[Raw]:
        """All changes of an issue, in any order."""

    def content_url(self, calls: JiraCalls, site: str, attachment: Raw) -> str:
        """Where the bytes of an attachment are."""
