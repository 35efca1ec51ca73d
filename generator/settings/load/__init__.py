"""The one room that reads `site_config/` and the environment, once, and says exactly what is wrong with them."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from generator import regular_files
from generator.errors import UsageError
from generator.settings.jira import Connection
from generator.settings.load.confluence import confluence_from, confluence_settings
from generator.settings.load.confluence import connection_from as confluence_connection
from generator.settings.load.github import Repository, trackers_checked, trackers_from
from generator.settings.load.jira import connection_from, jira_from, jira_settings
from generator.settings.load.locate import MARKER, locate, missing
from generator.settings.load.policy import policy
from generator.settings.load.reading import Reader, mapping, meant, reader, record
from generator.settings.load.slack import connection_from as slack_connection
from generator.settings.load.slack import slack_from, slack_settings
from generator.settings.load.systems import overridden
from generator.settings.model import Person, Settings
from generator.settings.slack import SlackConnection

PEOPLE = Path("site_config") / "people.yml"


@dataclass(frozen=True, slots=True)
class Config:
    """Where the archive lies and what is set for it; `exists` is whether there is one, or only the built-in settings.

    `notice` says where one was looked for, if there is none.
    """

    root: Path
    settings: Settings
    exists: bool = False
    notice: str = ""

    def connection(self) -> Connection:
        """Where this archive's Jira is and as whom we talk to it. Raises UsageError, naming what is not set."""
        known = jira(self.settings)
        if known is None:
            raise UsageError(
                "Jira is not set up: set `jira: url` in site_config/archive.yml, or JIRA_BASE_URL in the environment; "
                "and in the environment JIRA_EMAIL and JIRA_API_TOKEN (Cloud), or JIRA_PAT (Data Center)."
            )
        return known


def now() -> datetime:
    """The present in UTC, or the moment that `SOURCE_DATE_EPOCH` fixes."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not fixed:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(fixed), UTC)
    except (ValueError, OverflowError, OSError):
        raise UsageError(f"SOURCE_DATE_EPOCH is {fixed!r}; it must be a number of seconds since 1970.") from None


def outer_environment() -> dict[str, str]:
    """The environment for other programs, without the variables that bind git to the repository of a running hook."""
    kept = ("GIT_EXEC_PATH", "GIT_SSH", "GIT_SSL", "GIT_CONFIG", "GIT_ASKPASS", "GIT_ALLOW_PROTOCOL", "GIT_CEILING")
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name.startswith(kept)}


@contextmanager
def borrowed(environment: Mapping[str, str]) -> Iterator[None]:
    """Settings of the environment for a while, and none of those that begin like them; afterwards all is as it was."""
    prefixes = tuple({f"{name.partition('_')[0]}_" for name in environment})
    before = {name: value for name, value in os.environ.items() if name.startswith(prefixes)}
    for name in before:
        del os.environ[name]
    os.environ.update(environment)
    try:
        yield
    finally:
        for name in environment:
            os.environ.pop(name, None)
        os.environ.update(before)


def no_colour() -> bool:
    """Whether people asked for plain output; see no-color.org."""
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"


def data(name: str) -> Path:
    """The built-in folder `name` (`templates`, `site_config`): inside the wheel, or the checkout's own."""
    package = Path(__file__).parent.parent.parent
    inside = package / "_data" / name
    return inside if inside.is_dir() else package.parent / name


class Absent(Enum):
    """What a command does where there is no archive."""

    REFUSED = "it reads one, so it ends"
    BEGUN = "it may begin one, but not above, below or beside one that is there"
    DEFAULTS = "it needs none, and takes the built-in settings"


def load(directory: Path | None = None, paths: Sequence[Path] = (), absent: Absent = Absent.REFUSED) -> Config:
    """Read the archive that `directory` names, else that of the paths, else the nearest one upwards from here.

    What the environment sets wins over the file. Raises `UsageError` with file and line, and where no archive is.
    """
    place = locate(directory, paths)
    if not place.exists and (absent is Absent.REFUSED or (absent is Absent.BEGUN and place.near)):
        raise missing(place)
    settings = _settings(place.root) if place.exists else Settings()
    settings = overridden(settings, os.environ)
    trackers_checked(settings, str(MARKER))
    settings = replace(settings, jira=jira_settings(settings.jira, os.environ))
    settings = replace(settings, confluence=confluence_settings(settings.confluence, os.environ))
    names = [severity.name for severity in settings.severities]
    settings = replace(settings, slack=slack_settings(settings.slack, names, os.environ))
    return Config(place.root, settings, place.exists, place.hint)


def jira(settings: Settings) -> Connection | None:
    """Where Jira is and as whom we talk to it, or None where no address is set.

    Raises UsageError where the address or the credentials cannot be right; the message never holds a token.
    """
    return connection_from(settings.jira, os.environ)


def confluence(settings: Settings) -> Connection | None:
    """Where Confluence is and as whom we talk to it, or None where no space is set.

    Raises UsageError where the address or the credentials cannot be right; the message never holds a token.
    """
    return confluence_connection(settings.confluence, os.environ)


def trackers(settings: Settings) -> tuple[Repository, ...]:
    """The repositories on GitHub whose issues action items become; none where no tracker is github.

    Raises UsageError where GITHUB_TOKEN is missing or an address cannot be right.
    """
    return trackers_from(settings, os.environ)


def slack(settings: Settings) -> SlackConnection | None:
    """Where Slack is and as whom we talk to it, or None where no channel or no token is set.

    Raises UsageError where the address or the token cannot be right; the message never holds the token.
    """
    return slack_connection(settings.slack, os.environ)


def _settings(root: Path) -> Settings:
    mapped = mapping(root, MARKER)
    known: dict[str, Reader] = {field.name: reader(field.name) for field in fields(Settings) if field.name != "people"}
    settings = Settings()
    for key, value in mapped.values.items():
        line = mapped.lines[key]
        if key not in known:
            raise UsageError(f"{MARKER}:{line}: `{key}` is not a setting.{meant(key, known)}")
        if key == "jira":
            settings = replace(settings, jira=jira_from(value, f"{MARKER}:{line}"))
        elif key == "confluence":
            settings = replace(settings, confluence=confluence_from(value, f"{MARKER}:{line}"))
        elif key == "slack":
            settings = replace(settings, slack=slack_from(value, f"{MARKER}:{line}"))
        elif key != "policy":
            read: dict[str, Any] = {key: known[key](value, f"{MARKER}:{line}", key)}
            settings = replace(settings, **read)
    if "policy" in mapped.values:  # last, because it names severities
        names = [severity.name for severity in settings.severities]
        settings = replace(settings, policy=policy(mapped.values["policy"], mapped.lines, names, str(MARKER)))
    if regular_files.exists(root / PEOPLE):
        settings = replace(settings, people=_people(root))
    return settings


def _people(root: Path) -> tuple[Person, ...]:
    people = []
    mapped = mapping(root, PEOPLE)
    for handle, value in mapped.values.items():
        where = f"{PEOPLE}:{mapped.lines[handle]}"
        if isinstance(value, dict) and "handle" in value:
            raise UsageError(f"{where}: the handle is the key itself; remove `handle:`.")
        person = record(
            Person,
            {"handle": handle, **value} if isinstance(value, dict) else {"handle": handle, "name": value or ""},
            where,
            handle,
        )
        people.append(person)
    return tuple(people)
