"""The whole client of one Confluence."""

from collections.abc import Callable, Iterable

from generator.clients.confluence import reading
from generator.clients.confluence.calls import V1, ConfluenceCalls, at, number, quoted
from generator.clients.confluence.dialects import EXPANDED, ConfluenceCloud, ConfluenceDataCenter, ConfluenceDialect
from generator.clients.confluence.model import ConfluencePage, Property, Space, Stub, Writing
from generator.clients.http import Auth, RestClient, RetryPolicy
from generator.errors import UnauthorisedError
from generator.settings.jira import Connection


class Confluence:
    """One Confluence, Cloud or Data Center, as one account sees it; safe to use from several threads.

    All methods raise the errors of `generator.errors`. What the search finds is right as it is, but pages that were
    made or labelled a moment ago may be missing; everything else is always up to date.
    """

    def __init__(
        self, connection: Connection, *, waits: RetryPolicy | None = None, log: Callable[[str], None] | None = None
    ) -> None:
        self.site = connection.site
        self._dialect: ConfluenceDialect = ConfluenceCloud() if connection.cloud else ConfluenceDataCenter()
        self._cure = _cure(connection)
        auth = Auth.of(connection.email, connection.token)
        self._rest = RestClient(connection.api, auth, waits=waits, log=log, name="Confluence", advice=self._cure)
        self._calls = ConfluenceCalls(self._rest)

    @property
    def dialect(self) -> str:
        """`cloud` or `data-center`."""
        return self._dialect.name

    @property
    def requests_made(self) -> int:
        """How many requests have been sent, repeated ones included."""
        return self._rest.requests_made

    def browse(self, page: str) -> str:
        """The address at which a person opens a page."""
        return f"{self.site}/pages/viewpage.action?pageId={page}"

    def myself(self) -> str:
        """Our own name. Raises UnauthorisedError also where we are taken for a stranger without a word."""
        raw = self._calls.read(f"{V1}/user/current")
        known = raw.get("accountId") or raw.get("username") or raw.get("userKey")
        if raw.get("type") == "anonymous" or not known:
            raise UnauthorisedError(f"Confluence takes us for a stranger: the credentials did not count. {self._cure}")
        return str(raw.get("displayName") or known)

    def space(self, key: str) -> Space:
        """A space by its key. Raises NotFoundError."""
        return self._dialect.space(self._calls, key)

    def children(self, page: str) -> list[Stub]:
        """The pages right below a page."""
        return self._dialect.children(self._calls, page)

    def labelled(self, space: Space, label: str) -> list[ConfluencePage]:
        """The pages of a space with a label, without their bodies, as far as the search knows them."""
        cql = f"space = {quoted(space.key)} and type = page and label = {quoted(label)}"
        found = self._calls.every(f"{V1}/content/search", {"cql": cql, "expand": EXPANDED, "limit": 100})
        return [reading.page_v1(one) for one in found]

    def page(self, page: str, *, body: bool = False) -> ConfluencePage:
        """A page by its id. Raises NotFoundError."""
        return self._dialect.page(self._calls, page, body=body)

    def titled(self, space: Space, title: str, *, body: bool = False) -> ConfluencePage | None:
        """The page of a space with this title; a title is there once in a space."""
        found = self._dialect.titled(self._calls, space, title, body=body)
        return found if found and found.title.casefold() == title.casefold() else None

    def create(self, space: Space, wanted: Writing) -> ConfluencePage:
        """Create a page. Raises RefusedError where the title is taken, OutcomeUnknownError where nobody knows."""
        return self._dialect.create(self._calls, space, wanted)

    def update(self, page: ConfluencePage, wanted: Writing) -> ConfluencePage:
        """Write the version that follows the one of `page`; move it where a parent is named.

        Raises RefusedError, with status 409, where there is a newer version by now.
        """
        return self._dialect.update(self._calls, page, wanted)

    def set_property(self, page: str, known: Property | None, value: object) -> None:
        """Write our property for the first time, or the version that follows the known one."""
        self._dialect.set_property(self._calls, page, known, value)

    def add_labels(self, page: str, names: Iterable[str]) -> None:
        """Put labels on a page; those that are there stay."""
        sent = [{"prefix": "global", "name": name} for name in names]
        self._calls.write("POST", at(V1, "content", number(page), "label"), sent)

    def remove_label(self, page: str, name: str) -> None:
        """Take a label off a page."""
        self._calls.write("DELETE", at(V1, "content", number(page), "label"), query={"name": name})

    def open_comments(self, page: str) -> int:
        """How many comments stand at words of a page and are not resolved."""
        return self._dialect.open_comments(self._calls, page)

    def attachments(self, page: str) -> dict[str, str]:
        """The ids of a page's attachments by their names."""
        found = self._dialect.attachments(self._calls, page)
        return {reading.stub(one).title: reading.stub(one).id for one in found}

    def attach(self, page: str, name: str, content: bytes, kind: str, known: str = "") -> None:
        """Upload an attachment, or a new version of the one with the id `known`."""
        path = at(V1, "content", number(page), "child", "attachment", *((known, "data") if known else ()))
        self._rest.upload(path, name, content, kind)


def _cure(connection: Connection) -> str:
    """What helps where the credentials are not accepted."""
    if not connection.cloud:
        return "Make a new personal access token in your profile and set CONFLUENCE_PAT."
    return (
        "Check CONFLUENCE_EMAIL and CONFLUENCE_API_TOKEN (else JIRA_EMAIL and JIRA_API_TOKEN), and whether the token has"
        " expired. A token with scopes works only with CONFLUENCE_API_URL, and not for labels and attachments."
    )
