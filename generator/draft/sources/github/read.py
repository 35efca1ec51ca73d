"""What GitHub's REST API, its GraphQL API, its webhooks and its command line all say, each in its own spelling."""

import re
from datetime import datetime

from generator.draft.sources.extract.json import dig, first, moment, record, text, url

LABEL = "GitHub"

_REPOSITORY = re.compile(r"/repos/([\w.-]+/[\w.-]+)(?:/|$)")
# The address of a page of a repository, on github.com or an enterprise's host; what is caught is owner and name.
_PAGE = re.compile(
    r"^https?://[^/]+/([\w.-]+/[\w.-]+)/(?:issues|pull|pulls|releases|commit|actions|runs|deployments|compare)/"
)


def either(one: object, *names: str) -> object:
    """The first of these fields that says something, each tried as `snake_case` and as `camelCase`."""
    for name in names:
        head, *rest = name.split("_")
        for spelled in (name, head + "".join(part.capitalize() for part in rest)):
            found = dig(one, spelled)
            if found not in (None, ""):
                return found
    return None


def time(one: object, *names: str) -> datetime | None:
    """The first of these fields that is a moment."""
    return next((found for name in names if (found := moment(either(one, name)))), None)


def login(one: object, *names: str) -> str:
    """The account in the first of these fields that names one."""
    people = (dig(one, name) for name in names)
    return next((found for p in people if (found := first(dig(p, "login"), dig(p, "username"), dig(p, "name"), p))), "")


def page(one: object) -> str:
    """The address of the object's page for people."""
    link = url(either(one, "html_url")) or url(dig(one, "url"))
    return "" if "api.github.com/" in link or "/api/v3/" in link else link


def repository(one: object, around: object = None) -> str:
    """The repository as `owner/name`, from the payload or from the object's own addresses; empty where unknown."""
    for holder in (around, one):
        found = dig(holder, "repository")
        named = first(either(found, "full_name"), dig(found, "nameWithOwner"))
        if not named and text(dig(found, "name")) and login(found, "owner"):
            named = f"{login(found, 'owner')}/{text(dig(found, 'name'))}"
        if named or isinstance(found, str):
            return named or text(found)
    for value in record(one).values():
        for pattern in (_REPOSITORY, _PAGE):
            if isinstance(value, str) and (matched := pattern.search(value[:300])):
                return matched[1]
    return ""


def short(name: str) -> str:
    """The repository's own name, without its owner."""
    return name.rpartition("/")[2]


def version(ref: str) -> str:
    """A ref as people name it: `refs/tags/v1.2` is `v1.2`, and of a commit's hash seven digits are enough."""
    name = ref.removeprefix("refs/tags/").removeprefix("refs/heads/")
    return name[:7] if re.fullmatch(r"[0-9a-f]{40}", name) else name


def nodes(value: object) -> object:
    """GraphQL's connections as plain lists."""
    found = dig(value, "nodes")
    if isinstance(found, list):
        return found
    edges = dig(value, "edges")
    return [dig(edge, "node") for edge in edges] if isinstance(edges, list) else value
