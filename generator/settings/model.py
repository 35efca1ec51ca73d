"""An archive's settings as values; `config` reads them from `site_config/` and the environment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from generator.settings.confluence import ConfluenceSettings
from generator.settings.field import setting
from generator.settings.jira import JiraSettings
from generator.settings.policy import Deadlines, Policy
from generator.settings.slack import SlackSettings


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may own things; `handle` is how documents name them."""

    handle: str
    name: str = ""
    email: str = ""
    jira: str = ""
    github: str = ""
    slack: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Service:
    """Something that can break; `owners` are handles.

    `jira_project` and `jira_issue_type` are where its action items become issues, if not where all others do; with the
    `tracker` github that is the repository `github`, as owner/name.
    """

    name: str
    description: str = ""
    owners: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    jira_project: str = ""
    jira_issue_type: str = ""
    tracker: str = ""
    github: str = ""


@dataclass(frozen=True, slots=True)
class Severity:
    """One severity; `aliases` are other tools' words for it, compared without case."""

    name: str
    description: str = ""
    aliases: tuple[str, ...] = ()


SEVERITIES = (
    Severity(
        "SEV1",
        "Most users cannot use the product, or data is at risk.",
        ("critical", "p1", "sev-1", "sev 1", "1", "blocker", "highest", "major outage", "s1", "emergency", "fatal"),
    ),
    Severity(
        "SEV2", "A main function fails for many users.", ("high", "p2", "sev-2", "sev 2", "2", "major", "s2", "error")
    ),
    Severity(
        "SEV3",
        "A function is degraded or fails for some users.",
        ("moderate", "medium", "p3", "sev-3", "sev 3", "3", "minor", "s3", "warning", "normal"),
    ),
    Severity("SEV4", "Little or no effect on users.", ("low", "p4", "sev-4", "sev 4", "4", "s4", "maintenance")),
    Severity(
        "SEV5",
        "No effect on users; worth learning from.",
        ("lowest", "p5", "sev-5", "sev 5", "5", "none", "info", "informational", "trivial", "s5"),
    ),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an archive may set; the defaults work without any file."""

    title: str = setting("The name of the archive, shown on every page.", "Postmortems")
    description: str = setting("One sentence about it.", "What happened, what we learned, and what we changed.")
    url: str = setting("The site's public address; needed for the sitemap and for links back from tickets.")
    repository: str = setting("The repository's web address; pages then link to their source and history.")
    branch: str = setting("The branch those links lead to.", "main")
    id_pattern: str = setting(
        "How new ids are made, from `{year}`, `{number}` and `{incident}`.", "INC-{year}-{number:04}"
    )
    title_pattern: str = setting(
        "How a draft's title is made: `{{incident.title}}`, `{{Incident Type}}`, `{{Quarter}}` and the other template variables.",
        "{{incident.title}}",
    )
    template: str = setting("The template a draft is made from when `--template` names none.", "outage")
    audience: str = setting(
        "Who may read what states no `audience` itself, and whom `build` builds for when `--audience` names none: public, internal or restricted.",
        "internal",
    )
    engine: str = setting("The site engine: mkdocs, properdocs or zensical.", "mkdocs")
    since: date | None = setting(  # noqa: RUF009 - the default is frozen
        "The day from which this archive is kept. Incidents before it are history: they are read and counted, but "
        "become no tickets and nobody is reminded of them.",
        None,
    )
    quarter_start: int = setting("The month in which the year's first quarter begins, 1 to 12.", 1)
    severities: tuple[Severity, ...] = setting(
        "The severities, most severe first, with other tools' words for them.", SEVERITIES
    )
    statuses: Mapping[str, str] = setting(
        "What other tools' statuses mean: a status in lower case to detected, mitigated or resolved.", {}
    )
    services: tuple[Service, ...] = setting("The services that may be named, with owners and aliases.", ())
    people: tuple[Person, ...] = setting("The people of `site_config/people.yml`, by handle.", ())
    tracker: str = setting(
        "Where action items become tickets: jira, github, or a tracker that was installed. A service may have its own.",
        "jira",
    )
    github: str = setting(
        "The repository (owner/name) whose issues they become with `tracker: github`. A service may have its own."
    )
    github_url: str = setting(
        "The address of GitHub, where it is an Enterprise Server of your own.",
        "https://github.com",
        "GITHUB_SERVER_URL",
    )

    policy: Policy = setting(  # noqa: RUF009 - the default is frozen
        "Which severities must have a postmortem, and by when it is reviewed, published and followed up.", Policy()
    )
    jira: JiraSettings = setting("Where and how postmortems and action items are kept in Jira.", JiraSettings())  # noqa: RUF009 - the default is frozen
    confluence: ConfluenceSettings = setting(  # noqa: RUF009 - the default is frozen
        "Which postmortems have a page in Confluence, and where.", ConfluenceSettings()
    )
    slack: SlackSettings = setting("Who is notified of what in Slack.", SlackSettings())  # noqa: RUF009 - the default is frozen

    def deadlines(self, severity: str) -> Deadlines:
        """What the policy expects of this severity, by whichever of its names."""
        return self.policy.expects(
            self.severity_of(severity) or severity, self.severity_rank(severity), len(self.severities)
        )

    def repositories(self) -> tuple[str, ...]:
        """The repositories on GitHub that may hold action items, the archive's own first; none where no tracker is github."""
        if "github" not in self.trackers_named():
            return ()
        named = [name for name in (self.github, *(one.github for one in self.services)) if name]
        return tuple({name.casefold(): name for name in reversed(named)}.values())[::-1]

    def services_named(self, names: Iterable[str]) -> tuple[Service, ...]:
        """The services that go by these names or aliases, in the order of the names."""
        return tuple(
            service
            for name in names
            for service in self.services
            if name.casefold() in {service.name.casefold(), *(alias.casefold() for alias in service.aliases)}
        )

    def trackers_named(self) -> frozenset[str]:
        """The trackers that the archive or one of its services keeps action items in."""
        return frozenset(name for name in (self.tracker, *(one.tracker for one in self.services)) if name)

    def tracker_of(self, services: Iterable[str]) -> str:
        """The tracker of these services' action items: that of the first service that has one, else the archive's."""
        return next((one.tracker for one in self.services_named(services) if one.tracker), self.tracker)

    def repository_of(self, services: Iterable[str]) -> str:
        """The repository of these services' action items; empty where their tracker is not GitHub."""
        named = tuple(services)
        if self.tracker_of(named) != "github":
            return ""
        return next((one.github for one in self.services_named(named) if one.github), self.github)

    def severity_rank(self, name: str) -> int:
        """The position of a severity, by whichever of its names, 0 for the most severe; unknown ones come last."""
        own = self.severity_of(name)
        return next((i for i, s in enumerate(self.severities) if s.name == own), len(self.severities))

    def severity_of(self, words: str) -> str:
        """The archive's name for another tool's severity, or empty where nothing matches."""
        wanted = words.strip().casefold()
        for severity in self.severities:
            if wanted in {severity.name.casefold(), *(alias.casefold() for alias in severity.aliases)}:
                return severity.name
        return ""

    def person(self, *, handle: str = "", name: str = "", email: str = "") -> Person | None:
        """The one person with this handle, e-mail or, where it is unique, name; case does not matter."""
        for wanted, field_of in ((handle, "handle"), (email, "email"), (name, "name")):
            if wanted:
                found = [
                    p
                    for p in self.people
                    if wanted.casefold() in {getattr(p, field_of).casefold(), *(a.casefold() for a in p.aliases)}
                ]
                if len(found) == 1:
                    return found[0]
        return None
