"""The addresses of Jira's interface, and reading and writing them."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from generator.clients.http import Response, RestClient
from generator.clients.jira.paging import PAGE, ResultPage
from generator.clients.jira.reading import Raw, listed, mapping
from generator.errors import NotFoundError, UsageError

_REFERENCE = re.compile(r"[1-9][0-9]{0,18}|[A-Za-z][A-Za-z0-9_]{0,63}-[1-9][0-9]{0,11}", re.ASCII)
Query = Mapping[str, object]


def is_reference(text: str) -> bool:
    """Whether this can be an issue's id or key."""
    return _REFERENCE.fullmatch(text) is not None


def issue_reference(text: str) -> str:
    """An issue's id or key. Raises NotFoundError for anything else, which is never sent."""
    if is_reference(text):
        return text
    raise NotFoundError(f"There is no issue {text[:80]!r}; an issue has a key such as OPS-1234.")


class JiraCalls:
    """Requests to one Jira, below `/rest/api/<version>`."""

    def __init__(self, rest: RestClient, version: str) -> None:
        self.rest = rest
        self._prefix = f"/rest/api/{version}"

    def path(self, *parts: str) -> str:
        """The path of a thing; every part is taken as it is, never as more of a path."""
        if any(part in {"", ".", ".."} for part in parts):
            raise UsageError(f"Jira cannot be asked for {'/'.join(parts)!r}.")
        return "/".join([self._prefix, *(quote(part, safe="") for part in parts)])

    def read(self, *parts: str, query: Query | None = None) -> Raw:
        """A thing that is one mapping."""
        path = self.path(*parts)
        return mapping(self.rest.get(path, query).json(), path)

    def read_list(self, *parts: str, query: Query | None = None) -> list[Raw]:
        """A thing that is a list of mappings."""
        path = self.path(*parts)
        return listed(self.rest.get(path, query).json(), path)

    def ask(self, *parts: str, body: object) -> Raw:
        """A question with a body, whose answer is one mapping."""
        path = self.path(*parts)
        return mapping(self.rest.ask(path, body).json(), path)

    def write(
        self, method: str, *parts: str, body: object = None, query: Query | None = None, safe: bool = True
    ) -> Response:
        """Write something; `safe` where twice is the same as once."""
        return self.rest.send(method, self.path(*parts), body, query=query, safe=safe)

    def page(self, path: str, at: int, *names: str, query: Query | None = None) -> ResultPage:
        """The page of a list that begins at an item; its items stand below the first of the `names` that is there."""
        raw = mapping(self.rest.get(path, {**(query or {}), "startAt": at, "maxResults": PAGE}).json(), path)
        return page_of(raw, path, *names)


def page_of(raw: Raw, what: str, *names: str) -> ResultPage:
    """A page as Jira answers it. Raises RemoteError where the items are missing."""
    name = next((one for one in names if one in raw), names[0])
    return ResultPage(
        listed(raw.get(name), what),
        token=_typed(raw.get("nextPageToken"), str),
        total=_typed(raw.get("total"), int),
        last=_typed(raw.get("isLast"), bool),
    )


def _typed(value: Any, kind: type) -> Any:
    return value if type(value) is kind else None
