"""What the settings of all other systems have in common: their keys, their addresses, and who we are to them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any
from urllib.parse import urlsplit

from generator.errors import UsageError
from generator.settings.jira import Secret
from generator.settings.load.reading import meant, text, words

LOOPBACK = ("localhost", "127.0.0.1", "::1")
DEPLOYMENTS = ("auto", "cloud", "data-center")


def pairs(
    value: object, where: str, name: str, known: Mapping[str, object], example: str = ""
) -> Iterator[tuple[str, object]]:
    """The keys of a mapping with what they hold. Raises UsageError for something else, and for an unknown key."""
    if not isinstance(value, dict):
        raise UsageError(f"{where}: `{name}` must be a mapping{f', such as `{example}`' if example else ''}.")
    for key, entry in value.items():
        if key not in known:
            raise UsageError(f"{where}: `{key}` is not known in `{name}`.{meant(str(key), known)}")
        yield str(key), entry


def kind(default: object) -> Callable[[object, str, str], object]:
    """How a setting with this default is read: a whole number, a list, words by words, or text."""
    if isinstance(default, int):
        return _count
    if isinstance(default, tuple):
        return several
    return words if isinstance(default, Mapping) else text


def several(value: object, where: str, key: str) -> tuple[str, ...]:
    """A setting that is a list of words; a single word stands for a list of one."""
    if isinstance(value, dict):
        raise UsageError(f"{where}: `{key}` must be a list.")
    return tuple(str(one) for one in value) if isinstance(value, list) else (str(value),)


def _count(value: object, where: str, key: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise UsageError(f"{where}: `{key}` must be a whole number.")
    return value


def overridden(settings: Any, environment: Mapping[str, str]) -> Any:
    """Settings with what the environment sets in the variables that their fields name."""
    found: dict[str, Any] = {}
    for one in fields(settings):
        name = one.metadata.get("env", "")
        value = environment.get(name, "").strip() if name else ""
        if value:
            default = getattr(settings, one.name)
            found[one.name] = kind(default)(_number(value) if isinstance(default, int) else value, name, one.name)
    return replace(settings, **found) if found else settings


def _number(value: str) -> object:
    return int(value) if value.isdecimal() and value.isascii() else value


def address(value: str, name: str, example: str = "https://example.atlassian.net") -> str:
    """The address without a slash at its end; https only, but for this machine. `name` is the setting, for messages."""
    try:
        parts = urlsplit(value.strip())
        host = parts.hostname
    except ValueError:  # a bracket that is not closed, or no IPv6 address in it
        raise UsageError(f"{name} is not an address such as {example}.") from None
    if parts.scheme not in {"https", "http"} or not host:
        raise UsageError(f"{name} is not an address such as {example}.")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise UsageError(f"{name} must be a plain address: no user, password, query or fragment in it.")
    if parts.scheme == "http" and host not in LOOPBACK:
        raise UsageError(f"{name} begins with http:, which would send the token in the clear; use https:.")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"


def credentials(system: str, site: str, deployment: str, given: Mapping[str, str]) -> tuple[bool, Secret, str]:
    """Whether a system is the one in the cloud, with our token and e-mail address there, which Data Center has none of.

    `given` holds what stands in the environment as EMAIL, API_TOKEN and PAT. Raises UsageError, which never holds a
    token, where something is missing or cannot be right.
    """
    prefix = system.upper()
    email, token, personal = (given[name].strip() for name in ("EMAIL", "API_TOKEN", "PAT"))
    cloud = deployment == "cloud" or (deployment == "auto" and not personal)
    if cloud and not (email and token):
        missing = " and ".join(f"{prefix}_{name}" for name in ("EMAIL", "API_TOKEN") if not given[name].strip())
        raise UsageError(
            f"{system} is set up ({site}), but {missing} is not in the environment. Data Center wants {prefix}_PAT."
        )
    if not cloud and not personal:
        raise UsageError(f"{system} Data Center is set up ({site}), but {prefix}_PAT is not in the environment.")
    if any(not char.isprintable() for char in email + token + personal):
        raise UsageError(f"A {system} credential in the environment has a line break or a control character in it.")
    return cloud, Secret(token if cloud else personal), email if cloud else ""
