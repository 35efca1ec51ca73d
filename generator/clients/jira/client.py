"""The whole client of one Jira."""

from collections.abc import Callable
from datetime import UTC, datetime

from generator.clients.http import Auth, RestClient, RetryPolicy
from generator.clients.jira.attachments import Attachments
from generator.clients.jira.calls import JiraCalls
from generator.clients.jira.cloud import JiraCloud
from generator.clients.jira.data_center import JiraDataCenter
from generator.clients.jira.dialects import JiraDialect
from generator.clients.jira.history import JiraHistory
from generator.clients.jira.issues import JiraIssues
from generator.clients.jira.links import JiraLinks
from generator.clients.jira.metadata import JiraMetadata
from generator.clients.jira.people import JiraUsers
from generator.clients.jira.workflow import Workflow
from generator.errors import RemoteError
from generator.markup.rendered import Rendered
from generator.settings.jira import Connection


class Jira(JiraIssues, JiraLinks, Workflow, JiraUsers, JiraHistory, Attachments, JiraMetadata):
    """One Jira, Cloud or Data Center, as one account sees it; safe to use from several threads.

    `site` is the address that people open. Rich text is passed as rendered values (`render`).
    """

    def __init__(
        self, connection: Connection, *, waits: RetryPolicy | None = None, log: Callable[[str], None] | None = None
    ) -> None:
        super().__init__()
        self.site = connection.site
        self._dialect: JiraDialect = JiraCloud() if connection.cloud else JiraDataCenter()
        auth = Auth.of(connection.email, connection.token)
        self._rest = RestClient(connection.api, auth, waits=waits, log=log, name="Jira", advice=_cure(connection))
        self._calls = JiraCalls(self._rest, self._dialect.version)

    @property
    def dialect(self) -> str:
        """`cloud` or `data-center`."""
        return self._dialect.name

    @property
    def requests_made(self) -> int:
        """How many requests have been sent, repeated ones included."""
        return self._rest.requests_made

    def browse(self, key: str) -> str:
        """The address at which a person opens an issue."""
        return f"{self.site}/browse/{key}"

    def now(self) -> datetime:
        """Jira's own clock, in UTC, to the second."""
        moment = self._rest.now()
        if moment is not None:
            return moment
        told = str(self.server_info().get("serverTime"))
        try:
            return self._rest.now() or datetime.fromisoformat(told).astimezone(UTC)
        except ValueError:
            problem = RemoteError("Jira does not say what time it has, neither in its answers nor when it is asked.")
        raise problem

    def render(self, markdown: str, *, base: str = "") -> Rendered:
        """Markdown as this Jira's rich text; `base` makes relative links absolute."""
        return self._dialect.render(markdown, base=base)


def _cure(connection: Connection) -> str:
    """What helps where the credentials are not accepted."""
    if not connection.cloud:
        return "Make a new personal access token in your profile and set JIRA_PAT."
    if connection.api == connection.site:
        return (
            "Check JIRA_EMAIL and JIRA_API_TOKEN, and whether the token has expired. A token with scopes works only "
            "with JIRA_API_URL=https://api.atlassian.com/ex/jira/<cloudId>."
        )
    return "Check JIRA_EMAIL and JIRA_API_TOKEN, its scopes, whether it has expired, and the cloud id in JIRA_API_URL."
