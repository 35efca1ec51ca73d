"""What differs between the two kinds of Confluence; everything else is said once, in the client."""

from typing import Protocol

from generator.clients.confluence import reading
from generator.clients.confluence.calls import V1, V2, ConfluenceCalls, at, number
from generator.clients.confluence.model import PROPERTY, ConfluencePage, Property, Space, Stub, Writing
from generator.clients.confluence.reading import Raw
from generator.errors import NotFoundError

EXPANDED = f"version,ancestors,metadata.labels,metadata.properties.{PROPERTY}"
STORAGE = "storage"
_OPEN = {"open", "reopened"}


class ConfluenceDialect(Protocol):
    """One kind of Confluence; the methods are those of the client that have the same names."""

    name: str

    def space(self, calls: ConfluenceCalls, key: str) -> Space:
        """A space by its key."""

    def children(self, calls: ConfluenceCalls, page: str) -> list[Stub]:
        """The pages right below a page."""

    def page(self, calls: ConfluenceCalls, page: str, *, body: bool) -> ConfluencePage:
        """A page by its id."""

    def titled(self, calls: ConfluenceCalls, space: Space, title: str, *, body: bool) -> ConfluencePage | None:
        """The page of a space with this title."""

    def create(self, calls: ConfluenceCalls, space: Space, wanted: Writing) -> ConfluencePage:
        """Create a page."""

    def update(self, calls: ConfluenceCalls, page: ConfluencePage, wanted: Writing) -> ConfluencePage:
        """Write a page's next version; it is moved where a parent is named."""

    def set_property(self, calls: ConfluenceCalls, page: str, known: Property | None, value: object) -> None:
        """Write our property for the first time, or its next version."""

    def open_comments(self, calls: ConfluenceCalls, page: str) -> int:
        """How many comments stand at words of a page and are not resolved."""

    def attachments(self, calls: ConfluenceCalls, page: str) -> list[Raw]:
        """The attachments of a page."""


class ConfluenceCloud:
    """Confluence Cloud: version 2 of the interface, and version 1 for what that has not."""

    name = "cloud"

    def space(self, calls: ConfluenceCalls, key: str) -> Space:
        """A space by its key."""
        found = [reading.space_v2(one) for one in calls.every(f"{V2}/spaces", {"keys": key})]
        match = [one for one in found if one.key == key]
        if not match:
            raise NotFoundError(f"There is no space {key!r} in Confluence, or this account may not see it.")
        return match[0]

    def children(self, calls: ConfluenceCalls, page: str) -> list[Stub]:
        """The pages right below a page."""
        return [reading.stub(one) for one in calls.every(at(V2, "pages", number(page), "children"), {"limit": 250})]

    def page(self, calls: ConfluenceCalls, page: str, *, body: bool) -> ConfluencePage:
        """A page by its id."""
        query = {"include-properties": True, "include-labels": True, "body-format": STORAGE if body else None}
        return reading.page_v2(calls.read(at(V2, "pages", number(page)), query))

    def titled(self, calls: ConfluenceCalls, space: Space, title: str, *, body: bool) -> ConfluencePage | None:
        """The page of a space with this title, whose properties are another question."""
        for one in calls.every(f"{V2}/pages", {"space-id": space.id, "title": title}):
            if one.get("status") in {"current", None}:
                return self.page(calls, reading.stub(one).id, body=body)
        return None

    def create(self, calls: ConfluenceCalls, space: Space, wanted: Writing) -> ConfluencePage:
        """Create a page."""
        sent = {
            "spaceId": space.id,
            "status": "current",
            "title": wanted.title,
            "body": {"representation": STORAGE, "value": wanted.body},
        }
        sent |= {"parentId": wanted.parent} if wanted.parent else {}
        answer = calls.write("POST", f"{V2}/pages", sent, safe=False)
        return reading.page_v2(reading.mapping(answer.json(), "a new page"))

    def update(self, calls: ConfluenceCalls, page: ConfluencePage, wanted: Writing) -> ConfluencePage:
        """Write a page's next version; it is moved where a parent is named."""
        sent = {
            "id": page.id,
            "status": "current",
            "title": wanted.title,
            "body": {"representation": STORAGE, "value": wanted.body},
            "version": {"number": page.version + 1, "message": wanted.message},
        }
        sent |= {"parentId": wanted.parent} if wanted.parent else {}
        answer = calls.write("PUT", at(V2, "pages", number(page.id)), sent)
        return reading.page_v2(reading.mapping(answer.json(), "a page"))

    def set_property(self, calls: ConfluenceCalls, page: str, known: Property | None, value: object) -> None:
        """Write our property for the first time, or its next version."""
        path = at(V2, "pages", number(page), "properties")
        sent: dict[str, object] = {"key": PROPERTY, "value": value}
        if known is None:
            calls.write("POST", path, sent, safe=False)
        else:
            calls.write("PUT", f"{path}/{number(known.id)}", {**sent, "version": {"number": known.version + 1}})

    def open_comments(self, calls: ConfluenceCalls, page: str) -> int:
        """How many comments stand at words of a page and are not resolved."""
        found = calls.every(at(V2, "pages", number(page), "inline-comments"), {"limit": 250})
        return sum(one.get("resolutionStatus") in _OPEN for one in found)

    def attachments(self, calls: ConfluenceCalls, page: str) -> list[Raw]:
        """The attachments of a page."""
        return calls.every(at(V2, "pages", number(page), "attachments"), {"limit": 250})


class ConfluenceDataCenter:
    """Confluence Data Center: version 1 of the interface alone."""

    name = "data-center"

    def space(self, calls: ConfluenceCalls, key: str) -> Space:
        """A space by its key."""
        return reading.space_v1(calls.read(at(V1, "space", key), {"expand": "homepage"}))

    def children(self, calls: ConfluenceCalls, page: str) -> list[Stub]:
        """The pages right below a page."""
        return [
            reading.stub(one) for one in calls.every(at(V1, "content", number(page), "child", "page"), {"limit": 200})
        ]

    def page(self, calls: ConfluenceCalls, page: str, *, body: bool) -> ConfluencePage:
        """A page by its id."""
        return reading.page_v1(calls.read(at(V1, "content", number(page)), {"expand": _expanded(body=body)}))

    def titled(self, calls: ConfluenceCalls, space: Space, title: str, *, body: bool) -> ConfluencePage | None:
        """The page of a space with this title."""
        query = {"spaceKey": space.key, "title": title, "type": "page", "expand": _expanded(body=body)}
        return next((reading.page_v1(one) for one in calls.every(f"{V1}/content", query)), None)

    def create(self, calls: ConfluenceCalls, space: Space, wanted: Writing) -> ConfluencePage:
        """Create a page."""
        sent = {
            "type": "page",
            "title": wanted.title,
            "space": {"key": space.key},
            **_parent(wanted.parent),
            **_storage(wanted.body),
        }
        answer = calls.write("POST", f"{V1}/content", sent, safe=False)
        return reading.page_v1(reading.mapping(answer.json(), "a new page"))

    def update(self, calls: ConfluenceCalls, page: ConfluencePage, wanted: Writing) -> ConfluencePage:
        """Write a page's next version; it is moved where a parent is named."""
        sent = {
            "id": page.id,
            "type": "page",
            "title": wanted.title,
            "version": {"number": page.version + 1, "message": wanted.message},
            **_parent(wanted.parent),
            **_storage(wanted.body),
        }
        answer = calls.write("PUT", at(V1, "content", number(page.id)), sent)
        return reading.page_v1(reading.mapping(answer.json(), "a page"))

    def set_property(self, calls: ConfluenceCalls, page: str, known: Property | None, value: object) -> None:
        """Write our property for the first time, or its next version."""
        path = at(V1, "content", number(page), "property")
        if known is None:
            calls.write("POST", path, {"key": PROPERTY, "value": value}, safe=False)
        else:
            sent = {"key": PROPERTY, "value": value, "version": {"number": known.version + 1}}
            calls.write("PUT", f"{path}/{PROPERTY}", sent)

    def open_comments(self, calls: ConfluenceCalls, page: str) -> int:
        """How many comments stand at words of a page and are not resolved."""
        query = {"location": "inline", "expand": "extensions.resolution", "limit": 200}
        found = calls.every(at(V1, "content", number(page), "child", "comment"), query)
        states = (one.get("extensions", {}).get("resolution", {}).get("status") for one in found)
        return sum(state in _OPEN for state in states)

    def attachments(self, calls: ConfluenceCalls, page: str) -> list[Raw]:
        """The attachments of a page."""
        return calls.every(at(V1, "content", number(page), "child", "attachment"), {"limit": 200})


def _expanded(*, body: bool) -> str:
    return f"{EXPANDED},body.storage" if body else EXPANDED


def _storage(body: str) -> dict[str, object]:
    return {"body": {"storage": {"value": body, "representation": STORAGE}}}


def _parent(parent: str) -> dict[str, object]:
    return {"ancestors": [{"id": parent}]} if parent else {}
