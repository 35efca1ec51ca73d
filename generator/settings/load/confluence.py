"""What is set for Confluence, in `confluence:` of the archive's file and in the environment, which wins."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any
from urllib.parse import urlsplit

from generator.errors import UsageError
from generator.settings.confluence import ARCHIVE_BY, IMPORTED, STATUSES, ConfluenceSettings
from generator.settings.jira import Connection
from generator.settings.load.reading import meant
from generator.settings.load.systems import DEPLOYMENTS, address, credentials, kind, overridden, pairs


def confluence_from(value: object, where: str) -> ConfluenceSettings:
    """The settings below `confluence:`. Raises UsageError for an unknown key or a wrong kind of value."""
    known = {one.name: one for one in fields(ConfluenceSettings)}
    found: dict[str, Any] = {}
    for key, entry in pairs(value, where, "confluence", known, "confluence: {space: OPS}"):
        if entry is not None:
            found[key] = kind(known[key].default)(entry, where, f"confluence: {key}")
    return ConfluenceSettings(**found)


def confluence_settings(written: ConfluenceSettings, environment: Mapping[str, str]) -> ConfluenceSettings:
    """The settings with what the environment sets, checked for what cannot be right."""
    settings: ConfluenceSettings = overridden(written, environment)
    if settings.deployment not in DEPLOYMENTS:
        raise UsageError(
            f"confluence: `deployment` cannot be {settings.deployment!r}; it is one of {', '.join(DEPLOYMENTS)}."
        )
    if settings.archive_by not in ARCHIVE_BY:
        raise UsageError(
            f"confluence: `archive_by` cannot be {settings.archive_by!r}; it is one of {', '.join(ARCHIVE_BY)}."
        )
    if settings.imported not in IMPORTED:
        raise UsageError(f"confluence: `imported` cannot be {settings.imported!r}; it is one of {', '.join(IMPORTED)}.")
    for status in settings.statuses:
        if status not in STATUSES:
            raise UsageError(f"confluence: `statuses` names {status!r}.{meant(status, dict.fromkeys(STATUSES))}")
    return settings


def connection_from(settings: ConfluenceSettings, environment: Mapping[str, str]) -> Connection | None:
    """Where Confluence is and the credentials for it; None where no space is set.

    Cloud wants CONFLUENCE_EMAIL and CONFLUENCE_API_TOKEN, else takes Jira's, which are of the same account; Data Center
    wants CONFLUENCE_PAT. Raises UsageError, which never holds a token, where something is missing or cannot be right.
    """
    if not settings.space:
        return None
    if not settings.url:
        raise UsageError(
            f"confluence: the space {settings.space} is set, but no address: set `url` below `confluence:`, or "
            "CONFLUENCE_BASE_URL."
        )
    site = address(settings.url, "confluence: `url (CONFLUENCE_BASE_URL)`")
    api = address(settings.api_url, "confluence: `api_url (CONFLUENCE_API_URL)`") if settings.api_url else site
    given = {name: _either(environment, name) for name in ("EMAIL", "API_TOKEN")}
    given["PAT"] = environment.get("CONFLUENCE_PAT", "")
    cloud, token, email = credentials("Confluence", site, settings.deployment, given)
    if not cloud:
        return Connection(api, site, cloud=False, token=token)
    return Connection(_wiki(api), _wiki(site), cloud=True, token=token, email=email)


def _either(environment: Mapping[str, str], name: str) -> str:
    """A credential for Confluence Cloud, else that for Jira Cloud."""
    return environment.get(f"CONFLUENCE_{name}", "").strip() or environment.get(f"JIRA_{name}", "").strip()


def _wiki(found: str) -> str:
    """An address of Confluence Cloud, which always lies below `/wiki`."""
    return found if urlsplit(found).path.endswith("/wiki") else f"{found}/wiki"
