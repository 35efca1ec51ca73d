"""What is set for Jira, in `jira:` of the archive's file and in the environment, which wins."""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any
from urllib.parse import urlsplit

from generator.config.reading import meant, text, words
from generator.errors import UsageError
from generator.jira_settings import CATEGORIES, Connection, JiraFields, JiraSettings, Secret

LOOPBACK = ("localhost", "127.0.0.1", "::1")
_PROJECT = re.compile(r"[A-Z][A-Z0-9_]{0,31}", re.ASCII)
_DEPLOYMENTS = ("auto", "cloud", "data-center")


def jira_from(value: object, where: str) -> JiraSettings:
    """The settings below `jira:`. Raises UsageError for an unknown key or a wrong kind of value."""
    known = {one.name: one for one in fields(JiraSettings)}
    found: dict[str, Any] = {}
    for key, entry in _pairs(value, where, "jira", known):
        default = getattr(JiraSettings(), key)
        found[key] = _fields(entry, where) if key == "fields" else kind(default)(entry, where, f"jira: {key}")
    return JiraSettings(**found)


def jira_settings(settings: JiraSettings, environment: Mapping[str, str]) -> JiraSettings:
    """The settings with what the environment sets, checked for what cannot be right."""
    settings = overridden(settings, environment)
    settings = replace(settings, fields=overridden(settings.fields, environment))
    if settings.deployment not in _DEPLOYMENTS:
        raise UsageError(
            f"jira: `deployment` cannot be {settings.deployment!r}; it is one of auto, cloud, data-center."
        )
    for name in ("project", "action_project"):
        key = getattr(settings, name)
        if key and not _PROJECT.fullmatch(key):
            raise UsageError(f"jira: `{name}` is {key!r}; a project's key is of capital letters, such as INCIDENT.")
    for status, category in settings.statuses.items():
        if category and category not in CATEGORIES:
            raise UsageError(f"jira: `statuses` maps {status} to {category!r}; it is one of {', '.join(CATEGORIES)}.")
    names = [one.name for one in fields(JiraFields)]
    for part in settings.required:
        if part not in names:
            raise UsageError(f"jira: `required` names {part!r}.{meant(part, dict.fromkeys(names))}")
    return settings


def connection_from(settings: JiraSettings, environment: Mapping[str, str]) -> Connection | None:
    """Where Jira is and the credentials for it; None where no address is set.

    Cloud wants JIRA_EMAIL and JIRA_API_TOKEN, Data Center JIRA_PAT.
    """
    if not settings.url:
        return None
    site = address(settings.url, "jira: `url (JIRA_BASE_URL)`")
    api = address(settings.api_url, "jira: `api_url (JIRA_API_URL)`") if settings.api_url else site
    personal, token = (environment.get(name, "").strip() for name in ("JIRA_PAT", "JIRA_API_TOKEN"))
    email = environment.get("JIRA_EMAIL", "").strip()
    cloud = settings.deployment == "cloud" or (settings.deployment == "auto" and not personal)
    if cloud and not (email and token):
        missing = " and ".join(n for n, v in (("JIRA_EMAIL", email), ("JIRA_API_TOKEN", token)) if not v)
        raise UsageError(
            f"Jira is set up ({site}), but {missing} is not in the environment. Data Center wants JIRA_PAT."
        )
    if not cloud and not personal:
        raise UsageError(f"Jira Data Center is set up ({site}), but JIRA_PAT is not in the environment.")
    if any(not char.isprintable() for char in email + token + personal):
        raise UsageError("A Jira credential in the environment has a line break or a control character in it.")
    return Connection(api, site, cloud, Secret(token if cloud else personal), email if cloud else "")


def overridden(settings: Any, environment: Mapping[str, str]) -> Any:
    """Settings with what the environment sets in the variables that their fields name."""
    found: dict[str, Any] = {}
    for one in fields(settings):
        name = one.metadata.get("env", "")
        value = environment.get(name, "").strip() if name else ""
        if value:
            found[one.name] = kind(getattr(settings, one.name))(_number(value), name, one.name)
    return replace(settings, **found) if found else settings


def _number(value: str) -> object:
    return int(value) if value.isdecimal() and value.isascii() else value


def address(value: str, name: str) -> str:
    """The address without a slash at its end; https only, but for this machine. `name` is the setting, for messages."""
    parts = urlsplit(value.strip())
    if parts.scheme not in {"https", "http"} or not parts.hostname:
        raise UsageError(f"{name} is not an address such as https://example.atlassian.net.")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise UsageError(f"{name} must be a plain address: no user, password, query or fragment in it.")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise UsageError(f"{name} begins with http:, which would send the token in the clear; use https:.")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"


def _fields(value: object, where: str) -> JiraFields:
    known = {one.name: one for one in fields(JiraFields)}
    pairs = _pairs(value, where, "jira: fields", known)
    return JiraFields(**{key: text(entry, where, f"jira: fields: {key}") for key, entry in pairs})


def _pairs(value: object, where: str, name: str, known: Mapping[str, object]) -> list[tuple[str, object]]:
    if not isinstance(value, dict):
        raise UsageError(f"{where}: `{name}` must be a mapping.")
    for key in value:
        if key not in known:
            raise UsageError(f"{where}: `{key}` is not known in `{name}`.{meant(str(key), known)}")
    return [(str(key), entry) for key, entry in value.items() if entry is not None]


def kind(default: object) -> Callable[[object, str, str], object]:
    """How a setting with this default is read: a whole number, a list, words by words, or text."""
    if isinstance(default, int):
        return _count
    if isinstance(default, tuple):
        return _several
    return words if isinstance(default, Mapping) else text


def _count(value: object, where: str, key: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise UsageError(f"{where}: `{key}` must be a whole number.")
    return value


def _several(value: object, where: str, key: str) -> tuple[str, ...]:
    if isinstance(value, dict):
        raise UsageError(f"{where}: `{key}` must be a list.")
    return tuple(str(one) for one in value) if isinstance(value, list) else (str(value),)
