"""Where GitHub is and as whom we talk to it, from the environment that a workflow has."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from generator.errors import UsageError
from generator.settings.jira import Secret
from generator.settings.load.systems import LOOPBACK
from generator.settings.model import Settings

_REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,38}/(?!\.\.?$)[A-Za-z0-9._-]{1,100}", re.ASCII)
GITHUB = "https://github.com"
_ADDRESS = re.compile(r"(https?)://([A-Za-z0-9.-]+|\[::1\])(:[0-9]{1,5})?(/[A-Za-z0-9._/-]*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Repository:
    """One repository on GitHub; `api` and `site` are addresses without a slash at the end."""

    api: str
    site: str
    repository: str
    token: Secret


def github(environment: Mapping[str, str] | None = None) -> Repository:
    """The repository that GITHUB_REPOSITORY names. Raises UsageError where a variable is missing or cannot be right."""
    known = os.environ if environment is None else environment
    token, repository = (known.get(name, "").strip() for name in ("GITHUB_TOKEN", "GITHUB_REPOSITORY"))
    missing = [name for name, value in (("GITHUB_TOKEN", token), ("GITHUB_REPOSITORY", repository)) if not value]
    if missing:
        raise UsageError(
            f"GitHub is not set up: {' and '.join(missing)} is not in the environment. In a workflow, give the step"
            " `env: GITHUB_TOKEN: ${{ github.token }}`; elsewhere set a token and owner/name."
        )
    if not token.isascii() or not token.isprintable():
        raise UsageError("GITHUB_TOKEN has a line break or a character in it that no token has.")
    if not _REPOSITORY.fullmatch(repository):
        raise UsageError(f"GITHUB_REPOSITORY is {repository!r}; it must be owner/name, such as fernway/postmortems.")
    api = _address(known.get("GITHUB_API_URL", "") or "https://api.github.com", "GITHUB_API_URL")
    site = _address(known.get("GITHUB_SERVER_URL", "") or GITHUB, "GITHUB_SERVER_URL")
    return Repository(api, site, repository, Secret(token))


def trackers_checked(settings: Settings, where: str) -> None:
    """Raise UsageError for GitHub without a repository, or with one or an address that cannot be right."""
    _address(settings.github_url, f"{where}: `github_url` (GITHUB_SERVER_URL)")
    named = [(f"`{one.name}` in `services`", one.tracker, one.github) for one in settings.services]
    for whose, tracker, repository in [("the archive", settings.tracker, settings.github), *named]:
        if repository and not _REPOSITORY.fullmatch(repository):
            raise UsageError(f"{where}: the `github` of {whose} is {repository!r}; it must be owner/name.")
        if tracker == "github" and not (repository or settings.github):
            raise UsageError(f"{where}: the `tracker` of {whose} is github, so set `github: owner/name` there too.")


def trackers_from(settings: Settings, environment: Mapping[str, str]) -> tuple[Repository, ...]:
    """The repositories in which action items are kept, the archive's own first; none where no tracker is github."""
    names = settings.repositories()
    if names and not environment.get("GITHUB_TOKEN", "").strip():
        raise UsageError(
            "A `tracker` in site_config/archive.yml is github, and GITHUB_TOKEN is not in the environment: set a token that"
            f" may write issues in {', '.join(names)}."
        )
    site = settings.github_url.rstrip("/")
    # An Enterprise Server has its API below its own address, as GitHub documents it.
    api = environment.get("GITHUB_API_URL", "") or ("" if site == GITHUB else f"{site}/api/v3")
    there = {**environment, "GITHUB_SERVER_URL": site, "GITHUB_API_URL": api}
    return tuple(github({**there, "GITHUB_REPOSITORY": name}) for name in names)


def page(environment: Mapping[str, str] | None = None) -> Callable[[str, int], str]:
    """Makes the address of a file's line at the commit GITHUB_SHA; needs no token, and without a repository stays local."""
    known = os.environ if environment is None else environment
    repository, revision = (known.get(name, "").strip() for name in ("GITHUB_REPOSITORY", "GITHUB_SHA"))
    if not _REPOSITORY.fullmatch(repository):
        return lambda path, line: quote(path) + (f"#L{line}" if line else "")
    site = _address(known.get("GITHUB_SERVER_URL", "") or GITHUB, "GITHUB_SERVER_URL")
    return lambda path, line: file_url(f"{site}/{repository}", path, revision or "HEAD", line)


def file_url(home: str, path: str, revision: str, line: int = 0) -> str:
    """The page of a file of a repository at a revision, as its source where a line is meant."""
    return f"{home}/blob/{quote(revision, safe='')}/{quote(path)}" + (f"?plain=1#L{line}" if line else "")


def _address(value: str, name: str) -> str:
    found = _ADDRESS.fullmatch(value.strip())
    if not found:
        raise UsageError(f"{name} must be a plain address such as https://github.example.com.")
    if found[1] == "http" and found[2].strip("[]") not in LOOPBACK:
        raise UsageError(f"{name} begins with http:, which would send the token in the clear; use https:.")
    return value.strip().rstrip("/")
