"""Where a tool with incidents is and who we are to it, for sources that ask it over HTTP."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from generator.errors import UsageError
from generator.settings.jira import Secret
from generator.settings.load.systems import address


@dataclass(frozen=True, slots=True)
class SourceAccess:
    """The address of a tool's API, without a slash at its end, and the token for it."""

    base: str
    token: Secret


def source_access(name: str, base: str = "", environment: Mapping[str, str] | None = None) -> SourceAccess:
    """What the environment says of the tool `name`: NAME_TOKEN, and NAME_URL where it is not at `base`.

    Raises UsageError, which never holds the token, where one is missing or cannot be right.
    """
    values = os.environ if environment is None else environment
    prefix = "".join(char if char.isalnum() else "_" for char in name).upper()
    site, token = values.get(f"{prefix}_URL", "").strip() or base, values.get(f"{prefix}_TOKEN", "").strip()
    missing = [variable for variable, value in ((f"{prefix}_URL", site), (f"{prefix}_TOKEN", token)) if not value]
    if missing:
        raise UsageError(f"To ask {name}, set {' and '.join(missing)} in the environment.")
    if not (token.isascii() and token.isprintable()):
        raise UsageError(f"{prefix}_TOKEN has a character in it that no token has. Was it copied whole, and alone?")
    return SourceAccess(address(site, f"{prefix}_URL", "https://api.example.com"), Secret(token))
