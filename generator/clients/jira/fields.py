"""The fields that a person configures: which one is meant, what it takes, and what to do where Jira refuses it."""

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime

from generator.clients.jira.model import FieldMeta, JiraField
from generator.errors import RefusedError, UsageError

_SHOWN = 20
_LINE = 255  # UTF-16 units of a field of one line
_RICH = {"description", "environment", "comment"}
_NOT_SET = "it is not on the appropriate screen"


def resolve(wanted: str, fields: Iterable[JiraField]) -> JiraField:
    """The field with this id, or the only one with this name. Raises UsageError with the ids where that is not one."""
    known = tuple(fields)
    wanted = wanted.strip()
    by_id = [field for field in known if field.id == wanted]
    named = by_id or [field for field in known if field.name.strip().casefold() == wanted.casefold()]
    if len(named) == 1:
        return named[0]
    if named:
        ids = ", ".join(sorted(field.id for field in named))
        raise UsageError(
            f"Jira has {len(named)} fields called {wanted!r}: {ids}. Name the one that is meant by its id."
        )
    close = difflib.get_close_matches(wanted.casefold(), [field.name.casefold() for field in known], n=1)
    near = next(
        (f" Did you mean {field.name!r} ({field.id})?" for field in known if [field.name.casefold()] == close), ""
    )
    raise UsageError(f"Jira has no field {wanted!r} that this account can see.{near}")


def is_rich(meta: FieldMeta) -> bool:
    """Whether the field takes rich text."""
    return _kind(meta) == "textarea" or (not meta.custom and meta.id in _RICH)


def shape(meta: FieldMeta, value: object) -> object:
    """The value as the field takes it. Raises RefusedError where the field does not allow it, before it is sent.

    Rich text is passed rendered, users as `Jira.user()` gives them; lists go to fields with several values, and a pair
    to a cascading one.
    """
    make = _SHAPES.get(_kind(meta))
    return make(meta, value) if make else value


def explain(
    errors: Mapping[str, str],
    names: Mapping[str, str],
    project: str,
    issue_type: str,
    metas: Mapping[str, FieldMeta] | None = None,
) -> tuple[str, ...]:
    """What Jira says of single fields, with their labels and what helps; `metas` add what a field allows."""
    return tuple(
        _sentence(id_, text, names.get(id_, ""), f"{project} / {issue_type}", (metas or {}).get(id_))
        for id_, text in errors.items()
    )


def _sentence(id_: str, text: str, name: str, where: str, meta: FieldMeta | None) -> str:
    label = f"{name} ({id_})" if name and name != id_ else id_
    words = text.casefold()
    if _NOT_SET in words or "cannot be set" in words:
        if not id_.startswith("customfield_"):
            return (
                f"{label} is not on the screen of {where}: add it there, or let this account set it. "
                "Jira says the same where the permission is missing."
            )
        return f"{label} is not on the create screen of {where}: add it there, or leave it out of `jira: fields:`."
    if "is required" in words:
        return (
            f"{label} must be filled in on the create screen of {where}: "
            "give it a default value there, or make it optional."
        )
    if "too long" in words or "limit" in words:
        return f"{label} takes less text than it was given: set `jira: text_limit:` to what Jira says. {text}"
    if meta and meta.allowed:
        return f"{label}: {text} {_choices(meta)}"
    return f"{label}: {text}"


def _kind(meta: FieldMeta) -> str:
    """The kind of a custom field, or for Jira's own fields the one that takes the same."""
    if meta.custom:
        return meta.custom.rpartition(":")[2]
    if meta.id == "labels":
        return "labels"
    return f"{meta.items}s" if meta.type == "array" else meta.type


def _choices(meta: FieldMeta) -> str:
    shown = ", ".join(meta.allowed[:_SHOWN])
    more = f" and {len(meta.allowed) - _SHOWN} more" if len(meta.allowed) > _SHOWN else ""
    return f"{meta.name or meta.id} allows: {shown}{more}."


def _chosen(meta: FieldMeta, value: object) -> str:
    """The value as the field spells it."""
    text = str(value).strip()
    if not meta.allowed:
        return text
    found = next((one for one in meta.allowed if one.strip().casefold() == text.casefold()), None)
    if found is None:
        problem = f"{text!r} is no choice of {meta.name or meta.id} ({meta.id}). {_choices(meta)}"
        raise RefusedError(problem, 400, (), {meta.id: problem})
    return found


def _several(value: object) -> Sequence[object]:
    return value if isinstance(value, (list, tuple)) else [value]


def _line(_: FieldMeta, value: object) -> str:
    """One line that fits, never ending in half a character."""
    text = " ".join(str(value).split())
    if len(text.encode("utf-16-le", "surrogatepass")) // 2 <= _LINE:
        return text
    cut = text.encode("utf-16-le", "surrogatepass")[: (_LINE - 1) * 2].decode("utf-16-le", "ignore")
    return f"{cut.rstrip()}…"


def _number(meta: FieldMeta, value: object) -> int | float:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    try:
        return float(str(value))
    except ValueError:
        problem = f"{value!r} is no number, as {meta.name or meta.id} ({meta.id}) wants one."
    raise RefusedError(problem, 400, (), {meta.id: problem})


def _day(_: FieldMeta, value: object) -> str:
    return (
        (value.date() if isinstance(value, datetime) else value).isoformat() if isinstance(value, date) else str(value)
    )


def _moment(_: FieldMeta, value: object) -> str:
    if not isinstance(value, datetime):
        return str(value)
    return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{value.microsecond // 1000:03}+0000"


def _cascade(_: FieldMeta, value: object) -> dict[str, object]:
    parent, *children = _several(value)
    return {"value": str(parent)} | ({"child": {"value": str(children[0])}} if children else {})


def _named(part: str) -> Callable[[FieldMeta, object], object]:
    return lambda meta, value: {part: _chosen(meta, value)}


def _all_named(part: str) -> Callable[[FieldMeta, object], object]:
    return lambda meta, value: [{part: _chosen(meta, one)} for one in _several(value)]


def _words(_: FieldMeta, value: object) -> list[str]:
    return ["-".join(str(one).split()) for one in _several(value)]


# By the last part of `schema.custom`; for Jira's own fields by their type, with an s where it is a list.
_SHAPES: Mapping[str, Callable[[FieldMeta, object], object]] = {
    "textfield": _line,
    "url": lambda _, value: str(value),
    "float": _number,
    "number": _number,
    "datepicker": _day,
    "date": _day,
    "datetime": _moment,
    "select": _named("value"),
    "radiobuttons": _named("value"),
    "option": _named("value"),
    "multiselect": _all_named("value"),
    "multicheckboxes": _all_named("value"),
    "options": _all_named("value"),
    "cascadingselect": _cascade,
    "multiuserpicker": lambda _, value: list(_several(value)),
    "labels": _words,
    "grouppicker": _named("name"),
    "version": _named("name"),
    "priority": _named("name"),
    "versions": _all_named("name"),
    "components": _all_named("name"),
    "project": _named("key"),
}
