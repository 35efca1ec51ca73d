"""Walking through pages to the end, and noticing when there is none."""

from collections.abc import Callable
from dataclasses import dataclass

from generator.clients.jira.reading import Raw
from generator.errors import RemoteError

PAGE = 100
_PAGES = 1_000
_BARREN = 3  # pages in a row that bring nothing new
_WALKS = 3


@dataclass(frozen=True, slots=True)
class ResultPage:
    """One page: its items, the token of the next page or None, how many there are in all or None, and if it is the last."""

    items: list[Raw]
    token: str | None = None
    total: int | None = None
    last: bool | None = None


def by_token(fetch: Callable[[str | None], ResultPage], limit: int | None) -> list[Raw]:
    """All items, once each, of pages that name the next one. Raises RemoteError where that leads in a circle."""
    found: dict[str, Raw] = {}
    tokens: set[str] = set()
    token: str | None = None
    barren = 0
    for _ in range(_PAGES):
        page = fetch(token)
        barren = 0 if _added(found, page.items) else barren + 1
        token = page.token
        if page.last or (limit is not None and len(found) >= limit):
            return list(found.values())[:limit]
        if not token and page.last is None:
            return list(found.values())
        if not token or token in tokens or barren > _BARREN:
            break
        tokens.add(token)
    raise RemoteError("Jira's pages of results lead in a circle or nowhere; nothing was concluded from them.")


def by_offset(fetch: Callable[[int], ResultPage], limit: int | None = None) -> list[Raw]:
    """All items, once each, of numbered pages.

    Something deleted meanwhile shifts what follows it, so a walk that finds fewer than Jira counts is done again, until
    it is complete or two agree. Raises RemoteError where pages repeat or never agree.
    """
    before: list[Raw] | None = None
    for _ in range(_WALKS):
        items, complete = _walk(fetch, limit)
        if complete or items == before:
            return items[:limit]
        before = items
    raise RemoteError("What Jira lists changed each time that it was read; run the same again.")


def _walk(fetch: Callable[[int], ResultPage], limit: int | None) -> tuple[list[Raw], bool]:
    """The items, and whether they are as many as Jira said on every page."""
    found: dict[str, Raw] = {}
    totals: set[int] = set()
    at = 0
    for _ in range(_PAGES):
        page = fetch(at)
        at += len(page.items)
        if page.total is not None:
            totals.add(page.total)
        added = _added(found, page.items)
        if limit is not None and len(found) >= limit:
            return list(found.values()), True
        if page.last or not page.items or (page.total is not None and at >= page.total):
            return list(found.values()), len(totals) < 2 and all(len(found) >= total for total in totals)
        if not added:
            break
    raise RemoteError("Jira gives the same page of a list again and again; nothing was concluded from it.")


def _added(found: dict[str, Raw], items: list[Raw]) -> bool:
    """Add what is new; whether something was."""
    count = len(found)
    for item in items:
        found.setdefault(str(item.get("id") or item.get("fieldId") or item), item)
    return len(found) > count
