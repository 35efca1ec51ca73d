"""How Jira names things: keys, addresses, projects and accounts."""

from generator.document.tickets import JIRA, jira_address, ticket_of
from generator.settings.model import Person, Settings
from generator.sync.plan.snapshot import TrackerAccount
from generator.sync.plan.tracker import Capabilities, Destination


class JiraRules:
    """The rules of the archive's Jira; see `TrackerRules`. A key is such as `OPS-7`, and stands so in the file."""

    name = JIRA
    title = "Jira"
    account_key = "jira"
    capabilities = Capabilities()

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def issue_address(self, key: str) -> str:
        """Where people open an issue."""
        return jira_address(key, self._settings)

    def parse_ticket(self, cell: str, services: tuple[str, ...]) -> str:
        """The key of our Jira's issue that a cell begins with."""
        ticket = ticket_of(cell, self._settings, services)
        return ticket.key if ticket and ticket.tracker == self.name else ""

    def render_ticket(self, key: str) -> str:
        """The bare key, which every page of the archive shows as a link."""
        return key

    def destination(self, services: tuple[str, ...], key: str) -> Destination:  # noqa: ARG002 - a key says nothing here
        """Project and issue type: of the first service that has a project, else of the first that has a type."""
        jira, own = self._settings.jira, self._settings.services_named(services)
        first = next((one for one in own if one.jira_project), None) or next(
            (one for one in own if one.jira_issue_type), None
        )
        project = first.jira_project if first else ""
        kind = first.jira_issue_type if first else ""
        return Destination(project or jira.action_project or jira.project, kind or jira.action_issue_type)

    def is_account_of(self, account: TrackerAccount, person: Person) -> bool:
        """Whether people.yml gives this person the account, whose id is compared as it is written."""
        return person.jira == account.id
