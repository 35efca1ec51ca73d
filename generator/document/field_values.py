"""Front matter as typed values, by the kind of each field, and what is wrong with it."""

import difflib
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime

from generator.document import iso_times
from generator.document.front_matter import FrontMatter
from generator.document.model import Audience, Link, Status
from generator.document.schema import BY_NAME, FIELDS, ID, LINK_KEYS, ORDER, Field, Kind
from generator.markup.yaml import YamlFault


def typed(front: FrontMatter) -> tuple[dict[str, object], list[YamlFault]]:
    """Turn front matter into typed values and say what is wrong with it; unreadable values are left out.

    Values: str, datetime (UTC), date, Status, Audience, tuples of str or Link, by the kind of each field.
    """
    values: dict[str, object] = {}
    faults = list(front.faults)
    for key, raw in front.values.items():
        line = front.lines.get(key, 1)
        declared = BY_NAME.get(key)
        if declared is None:
            if not key.startswith("x-"):
                faults.append(unknown_key(key, line, ORDER))
        elif raw is None or raw == "":
            if declared.required:
                faults.append(
                    YamlFault(
                        "schema-required",
                        line,
                        f"`{key}` is empty.",
                        f"{declared.doc} For example `{declared.example}`.",
                    )
                )
        else:
            value = _READERS[declared.kind](declared, raw, front, faults)
            if value is not None:
                values[key] = value
    if front.present:
        faults += [
            YamlFault(
                "schema-required",
                1,
                f"`{field.name}` is missing.",
                f"{field.doc} For example `{field.name}: {field.example}`.",
            )
            for field in FIELDS
            if field.required and field.name not in front.values
        ]
    return values, faults


def unknown_key(key: str, line: int, known: tuple[str, ...], where: str = "") -> YamlFault:
    """Say that a key is not known, and which one was probably meant."""
    close = difflib.get_close_matches(key.casefold(), known, n=1, cutoff=0.6)
    hint = (
        f"Did you mean `{close[0]}`?"
        if close
        else "Keys of your own begin with `x-`."
        if not where
        else f"Known keys: {', '.join(known)}."
    )
    return YamlFault("schema-unknown-key", line, f"`{key}` is not a known key{where}.", hint)


def _text(field: Field, raw: object, front: FrontMatter, faults: list[YamlFault]) -> str | None:
    if isinstance(raw, (list, dict)):
        faults.append(_wrong(field, front, "text", raw))
        return None
    if isinstance(raw, bool) or not isinstance(raw, str):
        return str(raw).lower() if isinstance(raw, bool) else str(raw)
    return " ".join(raw.split())


def _id(field: Field, raw: object, front: FrontMatter, faults: list[YamlFault]) -> str | None:
    text = _text(field, raw, front, faults)
    if text is not None and (not ID.fullmatch(text) or len(text) > 64):
        message = f"{text!r} cannot be an id: it becomes a file name and an address."
        faults.append(
            YamlFault(
                "schema-id",
                front.lines[field.name],
                message,
                f"Letters, digits and single hyphens only, such as `{field.example}`.",
            )
        )
        return None
    return text


def _moment(field: Field, raw: object, front: FrontMatter, faults: list[YamlFault]) -> datetime | None:
    line = front.lines[field.name]
    at, zoned = iso_times.moment(str(raw)) if isinstance(raw, str) else (None, False)
    if at is None:
        message = f"`{field.name}` is not a time that can be read: {str(raw)!r}."
        faults.append(YamlFault("schema-time", line, message, f"Write date, time and zone, such as `{field.example}`."))
    elif not zoned:
        message = f"`{field.name}` does not say its time zone: {raw!r}."
        faults.append(
            YamlFault(
                "schema-time", line, message, f"Write it in UTC with a `Z` at the end, such as `{field.example}`."
            )
        )
    return at


def _day(field: Field, raw: object, front: FrontMatter, faults: list[YamlFault]) -> date | None:
    value = iso_times.day(raw[:10]) if isinstance(raw, str) else None
    if value is None:
        faults.append(
            YamlFault(
                "schema-time",
                front.lines[field.name],
                f"`{field.name}` is not a date: {str(raw)!r}.",
                f"Such as `{field.example}`.",
            )
        )
    return value


def _choice(field: Field, raw: object, front: FrontMatter, faults: list[YamlFault]) -> object:
    text = str(raw).strip()
    enum = Status if field.name == "status" else Audience
    folded = re.sub(r"[\s_]+", "-", text.casefold())
    if folded in field.choices:
        if text != folded:
            faults.append(
                YamlFault(
                    "schema-choice",
                    front.lines[field.name],
                    f"`{field.name}` is written {text!r}.",
                    f"Write `{folded}`.",
                )
            )
        return enum(folded)
    close = difflib.get_close_matches(folded, field.choices, n=1, cutoff=0.5)
    hint = f"Did you mean `{close[0]}`?" if close else f"One of {', '.join(field.choices)}."
    faults.append(YamlFault("schema-choice", front.lines[field.name], f"`{field.name}` cannot be {text!r}.", hint))
    return None


def _names(field: Field, raw: object, front: FrontMatter, faults: list[YamlFault]) -> tuple[str, ...] | None:
    if isinstance(raw, dict):
        faults.append(_wrong(field, front, "a list of names", raw))
        return None
    items = raw if isinstance(raw, list) else str(raw).split(",")
    names = []
    for number, item in enumerate(items):
        if isinstance(item, (list, dict)):
            line = front.lines.get(f"{field.name}.{number}", front.lines[field.name])
            faults.append(
                YamlFault(
                    "schema-type",
                    line,
                    f"`{field.name}` holds something that is not a name.",
                    f"Such as `{field.example}`.",
                )
            )
        elif item is not None and str(item).strip():
            names.append(" ".join(str(item).split()))
    return tuple(dict.fromkeys(names))


def _links(field: Field, raw: object, front: FrontMatter, faults: list[YamlFault]) -> tuple[Link, ...] | None:
    if not isinstance(raw, list):
        faults.append(_wrong(field, front, "a list of links", raw))
        return None
    links = []
    for number, item in enumerate(raw):
        line = front.lines.get(f"{field.name}.{number}", front.lines[field.name])
        if isinstance(item, str):
            links.append(Link(type="page", target=item))
        elif isinstance(item, dict) and isinstance(item.get("targetId"), (str, int)):
            texts = {key: str(item.get(key) or "") for key in LINK_KEYS}
            links.append(Link(texts["type"] or "page", texts["targetId"], texts["relationship"], texts["title"]))
            faults += [unknown_key(key, line, LINK_KEYS, " of a link") for key in item if key not in LINK_KEYS]
        else:
            faults.append(YamlFault("schema-type", line, "A link needs a `targetId`.", f"Such as `{field.example}`."))
    return tuple(links)


def _flag(field: Field, raw: object, front: FrontMatter, faults: list[YamlFault]) -> bool:
    """What cannot be read counts as true: a flag keeps a document back, and in doubt it is kept back."""
    if not isinstance(raw, bool):
        message = f"`{field.name}` is neither true nor false, so it is taken for true: {str(raw)!r}."
        faults.append(YamlFault("schema-type", front.lines[field.name], message, "Write `true`, or remove the line."))
        return True
    return raw


def _wrong(field: Field, front: FrontMatter, wanted: str, raw: object) -> YamlFault:
    kind = "a mapping" if isinstance(raw, dict) else "a list" if isinstance(raw, list) else "a single value"
    return YamlFault(
        "schema-type",
        front.lines[field.name],
        f"`{field.name}` must be {wanted}, not {kind}.",
        f"Such as `{field.name}: {field.example}`.",
    )


_READERS: Mapping[Kind, Callable[[Field, object, FrontMatter, list[YamlFault]], object]] = {
    Kind.TEXT: _text,
    Kind.ID: _id,
    Kind.MOMENT: _moment,
    Kind.DAY: _day,
    Kind.CHOICE: _choice,
    Kind.NAMES: _names,
    Kind.LINKS: _links,
    Kind.FLAG: _flag,
}
