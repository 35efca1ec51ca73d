"""How GitHub names things: issues of repositories, their addresses, and logins."""

import re

from generator.document.tickets import GITHUB, github_address, ticket_of
from generator.settings.model import Person, Settings
from generator.sync.plan.snapshot import TrackerAccount
from generator.sync.plan.tracker import Capabilities, Destination

LABEL_LENGTH = 50  # of a label's name, as GitHub documents it
KEY = re.compile(r"([^/#\s]+/[^/#\s]+)#([1-9][0-9]*)", re.ASCII)


class GitHubRules:
    """The rules of the archive's repositories; see `TrackerRules`. A key is `owner/name#12`; files have its address."""

    name = GITHUB
    title = "GitHub"
    account_key = "github"
    capabilities = Capabilities(
        postmortems=False, due_dates=False, priorities=False, progress=False, label_length=LABEL_LENGTH
    )

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def issue_address(self, key: str) -> str:
        """Where people open an issue; empty for what is in none of the archive's repositories."""
        match = KEY.fullmatch(key)
        own = {name.casefold(): name for name in self._settings.repositories()}
        repository = own.get(match[1].casefold()) if match else None
        return github_address(repository, match[2], self._settings) if match and repository else ""

    def parse_ticket(self, cell: str, services: tuple[str, ...]) -> str:
        """The issue of one of our repositories that a cell begins with; `#12` is of the services' repository."""
        ticket = ticket_of(cell, self._settings, services)
        return ticket.key if ticket and ticket.tracker == self.name else ""

    def render_ticket(self, key: str) -> str:
        """The issue's address, which is a link wherever the file is read."""
        return self.issue_address(key)

    def destination(self, services: tuple[str, ...], key: str) -> Destination:
        """The repository that a key names, else that of the services."""
        return Destination(key.partition("#")[0] or self._settings.repository_of(services))

    def is_account_of(self, account: TrackerAccount, person: Person) -> bool:
        """Whether people.yml gives this person the login, in any case."""
        return person.github.casefold() == account.id.casefold()
