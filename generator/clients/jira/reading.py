"""Jira's JSON read as values; what is not of the expected shape is an error, never an empty result."""

import json
from collections.abc import Mapping
from typing import Any

from generator.clients.jira.model import (
    FieldMeta,
    IssueType,
    JiraField,
    JiraIssue,
    JiraStatus,
    LinkType,
    RemoteLink,
    Transition,
    status_from,
)
from generator.errors import RemoteError

Raw = Mapping[str, Any]


def mapping(value: object, what: str) -> Raw:
    """The value as a mapping. Raises RemoteError, as the two below."""
    if isinstance(value, Mapping):
        return value
    raise RemoteError(f"Jira answered {what} in a shape that is not known; nothing was concluded from it.")


def listed(value: object, what: str) -> list[Raw]:
    """The value as a list of mappings."""
    if isinstance(value, list) and all(isinstance(one, Mapping) for one in value):
        return value
    raise RemoteError(f"Jira answered {what} in a shape that is not known; nothing was concluded from it.")


def issue_from(raw: Raw) -> JiraIssue:
    """An issue of an answer."""
    id_, key = raw.get("id"), raw.get("key")
    if not id_ or not key:
        raise RemoteError("Jira answered with an issue that has no id or no key; nothing was concluded from it.")
    properties = {str(name): property_from(value) for name, value in _part(raw, "properties").items()}
    return JiraIssue(str(id_), str(key), _part(raw, "fields"), properties)


def property_from(value: object) -> object:
    """A property's value; one that was kept as the text of some JSON (see `DataCenter.property_value`) is read."""
    if not isinstance(value, str) or not value.startswith(("{", "[")):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def field_from(raw: Raw) -> JiraField:
    """A field of the site."""
    schema = _part(raw, "schema")
    return JiraField(_text(raw, "id"), _text(raw, "name"), _text(schema, "custom"), _text(schema, "type"))


def meta_from(raw: Raw, id_: str = "") -> FieldMeta:
    """A field of a screen; `id_` where it is not in the description itself."""
    schema = _part(raw, "schema")
    allowed = raw.get("allowedValues")
    return FieldMeta(
        id=id_ or _text(raw, "fieldId") or _text(raw, "key"),
        name=_text(raw, "name"),
        required=raw.get("required") is True,
        custom=_text(schema, "custom"),
        type=_text(schema, "type"),
        items=_text(schema, "items"),
        allowed=tuple(_label(one) for one in allowed) if isinstance(allowed, list) else (),
        operations=tuple(str(one) for one in raw.get("operations") or ()),
        has_default=raw.get("hasDefaultValue") is True,
    )


def transition_from(raw: Raw) -> Transition:
    """A transition that is open now."""
    fields = {str(id_): meta_from(mapping(one, "a field"), str(id_)) for id_, one in _part(raw, "fields").items()}
    to = status_from(raw.get("to")) or JiraStatus("", "undefined")
    return Transition(_text(raw, "id"), _text(raw, "name"), to, fields)


def issue_type_from(raw: Raw) -> IssueType:
    """An issue type of a project."""
    return IssueType(_text(raw, "id"), _text(raw, "name"), raw.get("subtask") is True)


def link_type_from(raw: Raw) -> LinkType:
    """A type of links."""
    return LinkType(_text(raw, "id"), _text(raw, "name"), _text(raw, "inward"), _text(raw, "outward"))


def remote_link_from(raw: Raw) -> RemoteLink:
    """A link to a page elsewhere."""
    target = _part(raw, "object")
    return RemoteLink(
        global_id=_text(raw, "globalId"),
        url=_text(target, "url"),
        title=_text(target, "title"),
        summary=_text(target, "summary"),
        application=_text(_part(raw, "application"), "name"),
        icon=_text(_part(target, "icon"), "url16x16"),
    )


def remote_link_body(link: RemoteLink) -> dict[str, object]:
    """A link as it is sent: whole, as Jira forgets whatever is left out."""
    target: dict[str, object] = {"url": link.url, "title": link.title, "summary": link.summary}
    if link.icon:
        target["icon"] = {"url16x16": link.icon, "title": link.application or link.title}
    body: dict[str, object] = {"globalId": link.global_id, "object": target}
    if link.application:
        body["application"] = {"name": link.application}
    return body


def _label(raw: object) -> str:
    """How people know one of the allowed values."""
    if not isinstance(raw, Mapping):
        return str(raw)
    return next((str(raw[name]) for name in ("value", "name", "key", "id") if raw.get(name)), "")


def _part(raw: Raw, name: str) -> Raw:
    held = raw.get(name)
    return held if isinstance(held, Mapping) else {}


def _text(raw: Raw, name: str) -> str:
    held = raw.get(name)
    return "" if held is None else str(held)
