"""The one declaration of a document's front matter.

It feeds the parser, the checks, the JSON Schema that editors use, and the table in the docs.
"""

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum

from generator.document.front_matter import FrontMatter
from generator.document.model import Audience, Link, Status
from generator.markup.yaml import YamlFault


class Kind(StrEnum):
    """The shape of a value."""

    TEXT = "text"
    ID = "id"
    MOMENT = "moment"
    DAY = "day"
    CHOICE = "choice"
    NAMES = "names"
    LINKS = "links"


@dataclass(frozen=True, slots=True)
class Field:
    """One key of the front matter; `doc` is a sentence for people."""

    name: str
    kind: Kind
    doc: str
    example: str
    required: bool = False
    choices: tuple[str, ...] = ()
    default: str = ""


FIELDS = (
    Field(
        "id",
        Kind.ID,
        "The permanent name and address of the postmortem; it never changes.",
        "INC-2026-0042",
        required=True,
    ),
    Field(
        "title",
        Kind.TEXT,
        "What happened, in words a product manager understands.",
        "Checkout errors after the payments migration",
        required=True,
    ),
    Field("status", Kind.CHOICE, "Where the document is on its way.", "draft", required=True, choices=tuple(Status)),
    Field("severity", Kind.TEXT, "One of the archive's severities, gravest first SEV1.", "SEV1", required=True),
    Field(
        "type",
        Kind.TEXT,
        "Which template and policy apply: `outage`, `security`, `near-miss`, `lightweight` or your own.",
        "outage",
        default="outage",
    ),
    Field("started", Kind.MOMENT, "When users began to be affected.", "2026-03-15T14:32:00Z"),
    Field("detected", Kind.MOMENT, "When the team knew.", "2026-03-15T14:35:00Z"),
    Field("mitigated", Kind.MOMENT, "When users stopped being affected.", "2026-03-15T15:15:00Z"),
    Field("resolved", Kind.MOMENT, "When the incident was closed.", "2026-03-15T16:46:00Z"),
    Field("services", Kind.NAMES, "The services that were affected.", "[payment-service, checkout-api]"),
    Field("commander", Kind.TEXT, "Who led the response: a handle of `people.yml`.", "jane.smith"),
    Field("authors", Kind.NAMES, "Who wrote the document: handles of `people.yml`.", "[jane.smith]"),
    Field("audience", Kind.CHOICE, "Who may read it.", "internal", choices=tuple(Audience), default="internal"),
    Field("incident", Kind.TEXT, "The incident's own record in the tool it came from.", "OPS-1234"),
    Field("category", Kind.TEXT, "The kind of cause, for comparing incidents.", "configuration"),
    Field("tags", Kind.NAMES, "Words to find it by.", "[database, migration]"),
    Field("reviewed", Kind.DAY, "The day of the review.", "2026-03-19"),
    Field("published", Kind.DAY, "The day it was published.", "2026-03-20"),
    Field(
        "links",
        Kind.LINKS,
        "Releases, alerts and records elsewhere.",
        "[{type: release, targetId: payment-service@v2.3.1, relationship: caused_by}]",
    ),
    Field("jira", Kind.TEXT, "The postmortem's issue; written by `sync`.", "INCIDENT-456"),
)
BY_NAME = {field.name: field for field in FIELDS}
ORDER = tuple(field.name for field in FIELDS)
LINK_KEYS = ("type", "targetId", "relationship", "title")
ID = re.compile(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*")
_MOMENT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[Tt]|[ \t]+)(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?[ \t]*(Z|z|UTC|[-+]\d\d:?\d\d)?",
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def moment(text: str) -> tuple[datetime | None, bool]:
    """Read an RFC 3339 time as UTC, and whether it said its zone; seconds may be missing, a naive time is taken for UTC."""
    match = _MOMENT.fullmatch(text.strip())
    if not match:
        return None, False
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    try:
        date_and_clock = f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}.{(fraction or '0').ljust(6, '0')[:6]}"
        at = datetime.fromisoformat(date_and_clock).replace(tzinfo=_offset(zone))
        return at.astimezone(UTC), zone is not None
    except (ValueError, OverflowError):
        return None, zone is not None


def _offset(zone: str | None) -> timezone:
    if zone is None or zone in {"Z", "z", "UTC"}:
        return UTC
    sign = -1 if zone[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:])))


def day(text: str) -> date | None:
    """Read an ISO date."""
    if not _DAY.fullmatch(text.strip()):
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


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
    at, zoned = moment(str(raw)) if isinstance(raw, str) else (None, False)
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
    value = day(raw[:10]) if isinstance(raw, str) else None
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
}
