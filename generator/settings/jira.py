"""What an archive sets for Jira, and who talks to it: values only; secrets never show in a `repr` or a message."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from generator.settings.field import setting


class Secret:
    """A token: only `reveal()` gives it away; printing, formatting, comparing by `repr` or pickling never does."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def __bool__(self) -> bool:
        return bool(self._value)

    def __repr__(self) -> str:
        return "Secret(•••)"

    __str__ = __repr__

    def __reduce__(self) -> str:
        raise TypeError("A secret is not written anywhere.")

    def reveal(self) -> str:
        """The token itself, for the one header that carries it."""
        return self._value


@dataclass(frozen=True, slots=True)
class JiraFields:
    """Which of the project's fields take which part; an id (`customfield_10042`) or a unique name; empty: the description."""

    incident_summary: str = setting(
        "The facts and the summary: channel, priority, status, creation time, components.",
        env="JIRA_FIELD_INCIDENT_SUMMARY",
    )
    timeline: str = setting("The timeline.", env="JIRA_FIELD_TIMELINE")
    root_causes: str = setting("Root cause and contributing factors.", env="JIRA_FIELD_ROOT_CAUSES")
    impact: str = setting(
        "The impact, the affected systems, and when it was opened and closed.", env="JIRA_FIELD_IMPACT"
    )
    mitigation_actions: str = setting(
        "Resolution, action items and the follow-up ticket.", env="JIRA_FIELD_MITIGATION_ACTIONS"
    )
    incident_category: str = setting(
        "A select field for the front matter's `category`.", env="JIRA_FIELD_INCIDENT_CATEGORY"
    )

    def mapped(self) -> Mapping[str, str]:
        """The parts that have a field, by their names here."""
        return {one.name: getattr(self, one.name) for one in fields(self) if getattr(self, one.name)}


PRIORITIES = {"SEV1": "Highest", "SEV2": "High", "SEV3": "Medium", "SEV4": "Low", "SEV5": "Lowest"}
STATUSES = {"draft": "new", "in-review": "indeterminate", "published": "done"}
WONT_DO = ("Won't Do", "Won't Fix", "Wont Do", "Declined", "Rejected", "Cancelled", "Canceled", "Duplicate", "Obsolete")
IMPORTED = ("never", "open", "all")
CATEGORIES = ("new", "indeterminate", "done")


@dataclass(frozen=True, slots=True)
class JiraSettings:
    """Everything that is set below `jira:`; without `url` and `project` nothing is sent to Jira."""

    url: str = setting(
        "The address that people open, such as `https://example.atlassian.net`, with the context path if there is one.",
        env="JIRA_BASE_URL",
    )
    api_url: str = setting(
        "The address of the API where it differs: `https://api.atlassian.com/ex/jira/<cloudId>` for scoped tokens.",
        env="JIRA_API_URL",
    )
    deployment: str = setting(
        "cloud or data-center; `auto` is Data Center where `JIRA_PAT` is set, else Cloud.", "auto", "JIRA_DEPLOYMENT"
    )
    project: str = setting("The project of the postmortems' issues.", env="JIRA_POSTMORTEM_PROJECT_KEY")
    issue_type: str = setting("Their issue type.", "Post-mortem", "JIRA_POSTMORTEM_ISSUE_TYPE")
    fields: JiraFields = field(
        default_factory=JiraFields, metadata={"doc": "Which fields take which part of a postmortem.", "env": ""}
    )
    required: tuple[str, ...] = setting(
        "Parts whose field must take them; where Jira refuses another one it is left out, with a warning.", ()
    )
    labels: tuple[str, ...] = setting("More labels for the postmortems' issues.", ())
    statuses: Mapping[str, str] = setting(
        "Which status category a document's status asks for: new, indeterminate or done; nothing leaves it alone.",
        STATUSES,
    )
    imported: str = setting(
        "Whether history (imported postmortems, and those before `since`) becomes issues: never, open (what has "
        "unfinished action items, and those alone) or all. Samples never do.",
        "never",
    )
    link_type: str = setting("How a postmortem's issue is linked to the incident's.", "Relates")
    action_project: str = setting("The project of action items; else `project`. A service may have its own.")
    action_issue_type: str = setting("The issue type of action items. A service may have its own.", "Task")
    action_link_type: str = setting("How an action item's issue is linked to the postmortem's.", "Relates")
    priorities: Mapping[str, str] = setting("The priority of action items by the postmortem's severity.", PRIORITIES)
    wont_do: tuple[str, ...] = setting("Resolutions that mean that an action item is not going to be done.", WONT_DO)
    severity_field: str = setting(
        "The field (id or name) of incidents that says the severity; else Severity, else the priority."
    )
    missing: str = setting(
        "The JQL of incidents that `new --missing --from jira` looks at; resolved ones, newest first."
    )
    text_limit: int = setting("How many characters a text field takes, counted after rendering.", 32_767)
    attachment_limit: int = setting("How many megabytes of one attachment are downloaded.", 50)
    grace: int = setting(
        "How many seconds a run waits for another one that has begun to create the same issue.", 60, "JIRA_GRACE"
    )


@dataclass(frozen=True, slots=True)
class Connection:
    """Where Jira is and as whom we talk to it; `cloud` chooses the dialect.

    `api` and `site` have no slash at the end; `site` is what people open. `email` is empty with a bearer token.
    """

    api: str
    site: str
    cloud: bool
    token: Secret
    email: str = ""
