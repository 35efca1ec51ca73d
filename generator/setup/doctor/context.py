"""What is examined: the archive with its settings, and the Jira that they lead to, asked for each thing once."""

from collections.abc import Callable, Mapping
from functools import cached_property

from generator.clients.http import RestClient
from generator.clients.jira import Jira, JiraField, RetryPolicy, connect
from generator.document.parse import Document
from generator.errors import UsageError
from generator.settings import load as config
from generator.settings.jira import Connection, JiraSettings
from generator.settings.load import Config
from generator.settings.model import Settings
from generator.sync.jira.screens import Screen, Screens

GATEWAY = "https://api.atlassian.com"
PATIENCE = RetryPolicy(tries=2, base=1.0, cap=10.0, timeouts=(10.0, 20.0))  # a person is waiting for the answer


class DoctorContext:
    """One archive and its Jira; everything is asked for when it is first looked at, and then kept.

    `gateway` is where tokens with scopes work, `tell` gets a sentence about what goes on.
    """

    def __init__(
        self,
        loaded: Config,
        documents: tuple[Document, ...],
        *,
        waits: RetryPolicy = PATIENCE,
        gateway: str = GATEWAY,
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.settings: Settings = loaded.settings
        self.root = loaded.root
        self.documents, self.waits, self.gateway, self.tell = documents, waits, gateway, tell
        self.server: Mapping[str, object] | None = None  # what it tells strangers about itself, once it was asked

    @property
    def only_others(self) -> bool:
        """Whether postmortems or action items are kept somewhere, but not in Jira."""
        elsewhere = self.settings.confluence.space or self.settings.repositories()
        return bool(elsewhere) and not self.wishes.url

    @property
    def wishes(self) -> JiraSettings:
        """What is set below `jira:`."""
        return self.settings.jira

    @cached_property
    def connection(self) -> Connection:
        """Where Jira is and as whom it is asked. Raises UsageError where that cannot be."""
        found = config.jira(self.settings)
        if found is None:
            raise UsageError("No address of a Jira is set.")
        return found

    @cached_property
    def jira(self) -> Jira:
        """Jira, asked with the credentials."""
        return connect(self.connection, waits=self.waits, log=self.tell)

    @cached_property
    def screens(self) -> Screens:
        """The screens of the projects."""
        return Screens(self.jira, self.wishes)

    @cached_property
    def fields(self) -> tuple[JiraField, ...]:
        """All fields of the site."""
        return self.jira.fields()

    def stranger(self, base: str) -> RestClient:
        """An address asked without credentials."""
        return RestClient(base, None, waits=self.waits, log=self.tell, name="Jira")

    def elsewhere(self, api: str) -> Jira:
        """The same Jira, asked with the same credentials at another address."""
        now = self.connection
        return connect(Connection(api, now.site, now.cloud, now.token, now.email), waits=self.waits, log=self.tell)

    @property
    def home(self) -> tuple[str, str]:
        """Project and issue type of the postmortems' issues."""
        return self.wishes.project, self.wishes.issue_type

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """Project and issue type of all issues, first the postmortems', each once."""
        home = (self.home,) if self.home[0] else ()
        return tuple(dict.fromkeys((*home, *self.action_places)))

    @property
    def action_places(self) -> tuple[tuple[str, str], ...]:
        """Project and issue type of action items' issues: in general, then those of services, each once."""
        wanted = self.wishes
        general = (wanted.action_project or wanted.project, wanted.action_issue_type)
        own = [(one.jira_project or general[0], one.jira_issue_type or general[1]) for one in self.settings.services]
        return tuple(dict.fromkeys(place for place in (general, *own) if place[0]))

    @property
    def projects(self) -> tuple[str, ...]:
        """The projects of `places`, each once."""
        return tuple(dict.fromkeys(project for project, _ in self.places))

    def screen(self, place: tuple[str, str]) -> Screen:
        """The screen that creates an issue there. Raises UsageError where the project has no such issue type."""
        return self.screens.of(*place)
