"""The addresses of Confluence's interfaces, and reading and writing them."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, quote, urlsplit

from generator.clients.confluence.reading import Raw, listed, mapping
from generator.clients.http import Response, RestClient
from generator.errors import NotFoundError, RemoteError

V1, V2 = "/rest/api", "/api/v2"
_PAGES = 1_000
Query = Mapping[str, object]


class ConfluenceCalls:
    """Requests to one Confluence, below the address of its interfaces."""

    def __init__(self, rest: RestClient) -> None:
        self.rest = rest

    def read(self, path: str, query: Query | None = None) -> Raw:
        """A thing that is one mapping."""
        return mapping(self.rest.get(path, query).json(), path)

    def every(self, path: str, query: Query) -> list[Raw]:
        """All items of a list, once each, whichever way its pages name the next one.

        Of the next page's address only the query is taken, so that no answer leads elsewhere. Raises RemoteError where
        the pages lead in a circle.
        """
        found: dict[str, Raw] = {}
        seen: set[str] = set()
        at: Query = query
        for _ in range(_PAGES):
            raw = self.read(path, at)
            for one in listed(raw.get("results"), path):
                found.setdefault(str(one.get("id")), one)
            links = raw.get("_links")
            following = str(links.get("next") or "") if isinstance(links, Mapping) else ""
            if not following:
                return list(found.values())
            following = urlsplit(following).query
            if following in seen:
                break
            seen.add(following)
            at = {**query, **dict(parse_qsl(following))}
        raise RemoteError("Confluence's pages of results lead in a circle; nothing was concluded from them.")

    def write(
        self, method: str, path: str, body: object = None, *, query: Query | None = None, safe: bool = True
    ) -> Response:
        """Write something; `safe` where twice is the same as once."""
        return self.rest.send(method, path, body, query=query, safe=safe)


def at(version: str, *parts: str) -> str:
    """The path of a thing; every part is taken as it is, never as more of a path."""
    return "/".join([version, *(quote(part, safe="") for part in parts)])


def number(id_: str) -> str:
    """The id of a page. Raises NotFoundError for anything but digits, which is never sent."""
    if id_.isdecimal() and id_.isascii() and len(id_) <= 19:
        return id_
    raise NotFoundError(f"There is no page {id_[:80]!r}; a page's id is of digits.")


def quoted(words: str) -> str:
    """Words as a string of Confluence's query language, in which they can mean nothing."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
