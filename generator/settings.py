"""An archive's settings as values; `config` reads them from `site_config/` and the environment."""

from collections.abc import Mapping
from dataclasses import dataclass, field


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
    """Something that can break; `owners` are handles."""

    name: str
    description: str = ""
    owners: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


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

    title: str = "Postmortems"
    description: str = "What happened, what we learned, and what we changed."
    url: str = ""
    repository: str = ""
    branch: str = "main"
    id_pattern: str = "INC-{year}-{number:04}"
    title_pattern: str = "{{incident.title}}"
    template: str = "outage"
    audience: str = "internal"
    engine: str = "mkdocs"
    quarter_start: int = 1
    severities: tuple[Severity, ...] = SEVERITIES
    statuses: Mapping[str, str] = field(default_factory=dict)
    services: tuple[Service, ...] = ()
    people: tuple[Person, ...] = ()

    def severity_rank(self, name: str) -> int:
        """The position of a severity, 0 for the gravest; unknown ones come last."""
        wanted = name.casefold()
        return next((i for i, s in enumerate(self.severities) if s.name.casefold() == wanted), len(self.severities))

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
