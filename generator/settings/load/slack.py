"""What is set for Slack, in `slack:` of the archive's file and in the environment, which wins."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import Any

from generator.errors import UsageError
from generator.settings.calendar import DAYS
from generator.settings.jira import Secret
from generator.settings.load.reading import Reader, meant, text
from generator.settings.load.systems import address, overridden, pairs, several
from generator.settings.slack import API, SlackConnection, SlackSettings

_CHANNEL = re.compile(r"[CGD][A-Z0-9]{2,24}", re.ASCII)
_TOKEN = re.compile(r"[!-~]+", re.ASCII)
_MOST_DAYS = 365


def slack_from(value: object, where: str) -> SlackSettings:
    """The settings below `slack:`. Raises UsageError for an unknown key or a wrong kind of value."""
    known = {one.name: one for one in fields(SlackSettings)}
    found: dict[str, Any] = {}
    for key, entry in pairs(value, where, "slack", known, "slack: {channel: C0123ABCD}"):
        if entry is not None or key == "digest_weekday":  # written and left empty: no digest
            found[key] = _kind(key)(entry, where, f"slack: {key}")
    return SlackSettings(**found)


def slack_settings(settings: SlackSettings, severities: Iterable[str], environment: Mapping[str, str]) -> SlackSettings:
    """The settings with what the environment sets, checked for what cannot be right."""
    settings = overridden(settings, environment)
    if settings.channel and not _CHANNEL.fullmatch(settings.channel):
        raise UsageError(
            f"slack: `channel` is {settings.channel!r}; it must be the channel's id, such as C0123ABCD. In Slack, open"
            " the channel's name and copy it from the very bottom of About."
        )
    names = {name.casefold(): name for name in severities}
    for wanted in settings.severities:
        if wanted.casefold() not in names:
            raise UsageError(f"slack: `severities` names {wanted!r}.{meant(wanted, dict.fromkeys(names.values()))}")
    return settings


def connection_from(settings: SlackSettings, environment: Mapping[str, str]) -> SlackConnection | None:
    """Where Slack is and the token for it; None where there is no channel or no token.

    Raises UsageError where the token or the address cannot be right; the message never holds the token.
    """
    token = environment.get("SLACK_BOT_TOKEN", "").strip()
    if not (token and settings.channel):
        return None
    if not _TOKEN.fullmatch(token):
        raise UsageError("SLACK_BOT_TOKEN has a space, a line break or another character in it that no token has.")
    if token.startswith("http"):
        raise UsageError("SLACK_BOT_TOKEN holds an address; it must be the token of the app's bot (xoxb-...).")
    api = address(environment.get("SLACK_API_URL", "").strip() or API, "SLACK_API_URL", "https://slack.com/api")
    return SlackConnection(api, Secret(token), settings.channel)


def _kind(key: str) -> Reader:
    special: dict[str, Reader] = {"digest_weekday": _weekday}
    default = getattr(SlackSettings(), key)
    kinds: dict[type, Callable[[object, str, str], object]] = {bool: _truth, int: _days, tuple: several, str: text}
    return special.get(key) or kinds[type(default)]


def _weekday(value: object, where: str, key: str) -> str:
    day = text(value, where, key).strip().casefold()
    if day and day not in DAYS:
        raise UsageError(
            f"{where}: `{key}` is {day!r}, which is not a day of the week.{meant(day, dict.fromkeys(DAYS))}"
        )
    return day


def _truth(value: object, where: str, key: str) -> bool:
    if not isinstance(value, bool):
        raise UsageError(f"{where}: `{key}` must be true or false.")
    return value


def _days(value: object, where: str, key: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST_DAYS:
        raise UsageError(f"{where}: `{key}` must be a number of days from 0 to {_MOST_DAYS}.")
    return value
