"""What is set for Confluence, in `confluence:` of the archive's file and in the environment, which wins."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any
from urllib.parse import urlsplit

from generator.config.jira import address, kind, overridden
from generator.config.reading import meant
from generator.confluence_settings import ARCHIVE_BY, STATUSES, ConfluenceSettings
from generator.errors import UsageError
from generator.jira_settings import Connection, Secret

_DEPLOYMENTS = ("auto", "cloud", "data-center")


def confluence_from(value: object, where: str) -> ConfluenceSettings:
    """The settings below `confluence:`. Raises UsageError for an unknown key or a wrong kind of value."""
    known = {one.name: one for one in fields(ConfluenceSettings)}
    if not isinstance(value, dict):
        raise UsageError(f"{where}: `confluence` must be a mapping, such as `confluence: {{space: OPS}}`.")
    found: dict[str, Any] = {}
    for key, entry in value.items():
        if key not in known:
            raise UsageError(f"{where}: `{key}` is not known in `confluence`.{meant(str(key), known)}")
        if entry is not None:
            found[key] = kind(known[key].default)(entry, where, f"confluence: {key}")
    return ConfluenceSettings(**found)


def confluence_settings(written: ConfluenceSettings, environment: Mapping[str, str]) -> ConfluenceSettings:
    """The settings with what the environment sets, checked for what cannot be right."""
    settings: ConfluenceSettings = overridden(written, environment)
    if settings.deployment not in _DEPLOYMENTS:
        raise UsageError(
            f"confluence: `deployment` cannot be {settings.deployment!r}; it is one of {', '.join(_DEPLOYMENTS)}."
        )
    if settings.archive_by not in ARCHIVE_BY:
        raise UsageError(
            f"confluence: `archive_by` cannot be {settings.archive_by!r}; it is one of {', '.join(ARCHIVE_BY)}."
        )
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
    personal = environment.get("CONFLUENCE_PAT", "").strip()
    email, token = (_either(environment, name) for name in ("EMAIL", "API_TOKEN"))
    cloud = settings.deployment == "cloud" or (settings.deployment == "auto" and not personal)
    if cloud and not (email and token):
        missing = " and ".join(n for n, v in (("CONFLUENCE_EMAIL", email), ("CONFLUENCE_API_TOKEN", token)) if not v)
        raise UsageError(
            f"Confluence is set up ({site}), but {missing} is not in the environment. Data Center wants CONFLUENCE_PAT."
        )
    if not cloud and not personal:
        raise UsageError(f"Confluence Data Center is set up ({site}), but CONFLUENCE_PAT is not in the environment.")
    if any(not char.isprintable() for char in email + token + personal):
        raise UsageError("A Confluence credential in the environment has a line break or a control character in it.")
    if not cloud:
        return Connection(api, site, cloud=False, token=Secret(personal))
    return Connection(_wiki(api), _wiki(site), cloud=True, token=Secret(token), email=email)


def _either(environment: Mapping[str, str], name: str) -> str:
    """A credential for Confluence Cloud, else that for Jira Cloud."""
    return environment.get(f"CONFLUENCE_{name}", "").strip() or environment.get(f"JIRA_{name}", "").strip()


def _wiki(found: str) -> str:
    """An address of Confluence Cloud, which always lies below `/wiki`."""
    return found if urlsplit(found).path.endswith("/wiki") else f"{found}/wiki"
