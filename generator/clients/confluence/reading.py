"""Confluence's JSON read as values; what is not of the expected shape is an error, never an empty result."""

from collections.abc import Mapping
from typing import Any

from generator.clients.confluence.model import PROPERTY, ConfluencePage, Property, Space, Stub
from generator.errors import RemoteError

Raw = Mapping[str, Any]


def mapping(value: object, what: str) -> Raw:
    """The value as a mapping. Raises RemoteError, as `listed` and `text` do."""
    if isinstance(value, Mapping):
        return value
    raise _strange(what)


def listed(value: object, what: str) -> list[Raw]:
    """The value as a list of mappings."""
    if isinstance(value, list) and all(isinstance(one, Mapping) for one in value):
        return value
    raise _strange(what)


def text(raw: Raw, name: str, what: str) -> str:
    """A value that must be there, as text; ids come as text or as numbers."""
    value = raw.get(name)
    if isinstance(value, bool) or not isinstance(value, (str, int)) or value == "":
        raise _strange(what)
    return str(value)


def stub(raw: Raw) -> Stub:
    """A page of a list."""
    return Stub(text(raw, "id", "a page"), text(raw, "title", "a page"))


def page_v1(raw: Raw) -> ConfluencePage:
    """A page as version 1 gives it."""
    meta = _part(raw, "metadata")
    ancestors = raw.get("ancestors")
    found = stub(raw)
    own = _part(meta, "properties").get(PROPERTY)
    return ConfluencePage(
        found.id,
        found.title,
        _number(raw),
        str(_part(raw, "version").get("message") or ""),
        str(ancestors[-1].get("id") or "") if isinstance(ancestors, list) and ancestors else "",
        _labels(_part(meta, "labels")),
        _property(own) if isinstance(own, Mapping) else None,
        _body(raw),
    )


def page_v2(raw: Raw) -> ConfluencePage:
    """A page as version 2 gives it."""
    found = stub(raw)
    held = _part(raw, "properties").get("results")
    own = next((one for one in held if one.get("key") == PROPERTY), None) if isinstance(held, list) else None
    return ConfluencePage(
        found.id,
        found.title,
        _number(raw),
        str(_part(raw, "version").get("message") or ""),
        str(raw.get("parentId") or ""),
        _labels(_part(raw, "labels")),
        _property(own) if own is not None else None,
        _body(raw),
    )


def space_v1(raw: Raw) -> Space:
    """A space as version 1 gives it."""
    return Space(text(raw, "id", "a space"), text(raw, "key", "a space"), str(_part(raw, "homepage").get("id") or ""))


def space_v2(raw: Raw) -> Space:
    """A space as version 2 gives it."""
    return Space(text(raw, "id", "a space"), text(raw, "key", "a space"), str(raw.get("homepageId") or ""))


def _property(raw: Raw) -> Property:
    return Property(text(raw, "id", "a property"), raw.get("value"), _number(raw))


def _number(raw: Raw) -> int:
    number = _part(raw, "version").get("number")
    if type(number) is not int or number < 1:
        raise _strange("the number of a version")
    return number


def _labels(raw: Raw) -> tuple[str, ...]:
    results = raw.get("results")
    return tuple(str(one.get("name")) for one in results) if isinstance(results, list) else ()


def _body(raw: Raw) -> str:
    return str(_part(_part(raw, "body"), "storage").get("value") or "")


def _part(raw: Raw, name: str) -> Raw:
    held = raw.get(name)
    return held if isinstance(held, Mapping) else {}


def _strange(what: str) -> RemoteError:
    return RemoteError(f"Confluence answered {what} in a shape that is not known; nothing was concluded from it.")
