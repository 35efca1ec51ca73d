"""What is set for Jira, in `jira:` of the archive's file and in the environment, which wins."""

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from generator.errors import UsageError
from generator.settings.jira import CATEGORIES, IMPORTED, Connection, JiraFields, JiraSettings
from generator.settings.load.reading import meant, text
from generator.settings.load.systems import DEPLOYMENTS, address, credentials, kind, overridden, pairs

_PROJECT = re.compile(r"[A-Z][A-Z0-9_]{0,31}", re.ASCII)


def jira_from(value: object, where: str) -> JiraSettings:
    """The settings below `jira:`. Raises UsageError for an unknown key or a wrong kind of value."""
    known = {one.name: one for one in fields(JiraSettings)}
    found: dict[str, Any] = {}
    for key, entry in pairs(value, where, "jira", known):
        if entry is None:
            continue
        default = getattr(JiraSettings(), key)
        found[key] = _fields(entry, where) if key == "fields" else kind(default)(entry, where, f"jira: {key}")
    return JiraSettings(**found)


def jira_settings(settings: JiraSettings, environment: Mapping[str, str]) -> JiraSettings:
    """The settings with what the environment sets, checked for what cannot be right."""
    settings = overridden(settings, environment)
    settings = replace(settings, fields=overridden(settings.fields, environment))
    if settings.deployment not in DEPLOYMENTS:
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
    if settings.imported not in IMPORTED:
        raise UsageError(f"jira: `imported` cannot be {settings.imported!r}; it is one of {', '.join(IMPORTED)}.")
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
    given = {name: environment.get(f"JIRA_{name}", "") for name in ("EMAIL", "API_TOKEN", "PAT")}
    cloud, token, email = credentials("Jira", site, settings.deployment, given)
    return Connection(api, site, cloud, token, email)


def _fields(value: object, where: str) -> JiraFields:
    known = {one.name: one for one in fields(JiraFields)}
    found = [(key, entry) for key, entry in pairs(value, where, "jira: fields", known) if entry is not None]
    return JiraFields(**{key: text(entry, where, f"jira: fields: {key}") for key, entry in found})
