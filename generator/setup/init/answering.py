"""What is asked before an archive begins: each answer tidied and checked, or read from an archive that is there."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from generator.draft.escape import one_line
from generator.errors import UsageError
from generator.markup import yaml as strict_yaml
from generator.settings.model import SEVERITIES, Settings

LONGEST = 200
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+", re.ASCII)
_REMOTE = re.compile(r"(?:ssh://)?git@([A-Za-z0-9.-]+)[:/]([\w./~-]+)", re.ASCII)
_PROJECT = re.compile(r"[A-Z][A-Z0-9_]{0,31}", re.ASCII)
_SITE = re.compile(r"https?://[^\s\"'<>\\^`{|}]+")


@dataclass(frozen=True, slots=True)
class Answers:
    """One archive's answers; what is empty was not answered, `severities` are names, most severe first."""

    title: str = Settings().title
    url: str = ""
    repository: str = ""
    severities: tuple[str, ...] = ()
    jira_url: str = ""
    jira_project: str = ""
    service: str = ""

    @property
    def ranks(self) -> tuple[str, ...]:
        """The severities, the built-in ones where none were given."""
        return self.severities or tuple(severity.name for severity in SEVERITIES)


def line(text: str) -> str:
    """An answer in words: one line without control characters. Raises UsageError where it is too long."""
    tidy = one_line(text)
    if len(tidy) > LONGEST:
        raise UsageError(f"This has {len(tidy)} characters; {LONGEST} are the most.")
    return tidy


def title(text: str) -> str:
    """The archive's title; the default where nothing is left of it."""
    return line(text) or Answers().title


def address(text: str) -> str:
    """A web address, or nothing. Raises UsageError for anything else."""
    tidy = line(text)
    if tidy and not _address(tidy):
        raise UsageError(f"{tidy!r} is not an address such as https://postmortems.example.com/.")
    return tidy


def jira_address(text: str) -> str:
    """Where Jira is, or nothing. Raises UsageError for what would send a token in the clear or to nobody."""
    tidy = address(text)
    parts = urlsplit(tidy)
    if parts.username or parts.password or parts.query or parts.fragment:
        raise UsageError("Jira's address must be a plain one: no user, password, query or fragment in it.")
    if parts.scheme == "http" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise UsageError("Jira's address begins with http:, which would send the token in the clear; use https:.")
    return tidy


def repository(text: str) -> str:
    """The repository's web address from an address, `owner/name` on GitHub, or a remote such as git@host:owner/name.git."""
    tidy = line(text).removesuffix(".git").rstrip("/")
    if _NAME.fullmatch(tidy):
        return f"https://github.com/{tidy}"
    if found := _REMOTE.fullmatch(tidy):
        return f"https://{found[1]}/{found[2]}"
    if tidy and not _address(tidy):
        raise UsageError(f"{tidy!r} is not a repository; write https://github.com/owner/name, or owner/name.")
    return tidy


def severities(text: str) -> tuple[str, ...]:
    """Names of severities, separated by commas; none for the built-in ones. Raises UsageError where one stands twice."""
    names = tuple(name for part in text.split(",") if (name := line(part)))
    if len({name.casefold() for name in names}) < len(names):
        raise UsageError("A severity stands twice; each name is needed once, the most severe first.")
    return () if names == Answers().ranks else names


def jira_project(text: str) -> str:
    """The key of a Jira project in capital letters, or nothing. Raises UsageError for what cannot be one."""
    key = line(text).upper()
    if key and not _PROJECT.fullmatch(key):
        raise UsageError(f"{key!r} cannot be the key of a Jira project; one looks like INCIDENT or OPS2.")
    return key


def service(text: str) -> str:
    """The name of a service, or nothing. Raises UsageError where it has neither letter nor digit."""
    name = line(text)
    if name and not any(character.isalnum() for character in name):
        raise UsageError(f"{name!r} has no letter and no digit; a service's name looks like checkout-api.")
    return name


def answers_of(archive: str) -> Answers:
    """What the text of an `archive.yml` answers already; what cannot be read is as if it were not answered."""
    values = strict_yaml.load(archive).values
    jira = values.get("jira")
    jira = jira if isinstance(jira, Mapping) else {}
    ranks = tuple(_names(values.get("severities")))
    return Answers(
        title=_text(values.get("title")) or Answers().title,
        url=_text(values.get("url")),
        repository=_text(values.get("repository")),
        severities=() if ranks == Answers().ranks else ranks,
        jira_url=_text(jira.get("url")),
        jira_project=_text(jira.get("project")),
        service=next(iter(_names(values.get("services"))), ""),
    )


def _address(text: str) -> bool:
    try:
        return bool(_SITE.fullmatch(text) and urlsplit(text).hostname)
    except ValueError:
        return False


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, (list, dict)) else one_line(str(value))


def _names(value: object) -> list[str]:
    entries = value if isinstance(value, list) else []
    names = [_text(entry.get("name") if isinstance(entry, Mapping) else entry) for entry in entries]
    return [name for name in names if name]


# the field of Answers → how what a person types becomes its value
READERS: Mapping[str, Callable[[str], object]] = {
    "title": title,
    "url": address,
    "repository": repository,
    "severities": severities,
    "jira_project": jira_project,
    "jira_url": jira_address,
    "service": service,
}
