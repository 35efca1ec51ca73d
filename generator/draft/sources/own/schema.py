"""The one declaration of our own incident format; it feeds the reader and the published JSON Schema."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from generator.draft.incident import EventKind


class ShapeKind(StrEnum):
    """The shape of a value."""

    TEXT = "text"
    TIME = "time"
    FLAG = "flag"
    COUNT = "count"
    WORDS = "words"
    TABLE = "table"
    PEOPLE = "people"
    ITEMS = "items"


@dataclass(frozen=True, slots=True)
class Key:
    """One key: `about` is a sentence for people, `fields` are the keys of an item, `short` the one a bare text fills."""

    name: str
    kind: ShapeKind
    about: str
    example: object = None
    required: bool = False
    choices: tuple[str, ...] = ()
    fields: tuple["Key", ...] = ()
    short: str = ""


def _text(name: str, about: str, example: object = None, **more: object) -> Key:
    return Key(name, ShapeKind.TEXT, about, example, **more)  # type: ignore[arg-type]


def _time(name: str, about: str, example: object = None, *, required: bool = False) -> Key:
    return Key(name, ShapeKind.TIME, about, example, required=required)


_URL = _text("url", "Where to read more.")

TIMELINE = (
    _time("time", "When it happened.", required=True),
    _text("event", "What happened, in Markdown.", required=True),
    _text("source", "Who or what reports it, such as `Monitoring`; else the file's own source."),
    _text("kind", "What kind of event it is.", choices=tuple(EventKind)),
    _text("by", "Who or what acted."),
    _URL,
    Key("key", ShapeKind.FLAG, "Whether it is one of the moments that matter most."),
)
PERSON = (
    _text("name", "The person's name."),
    _text("email", "The person's e-mail address."),
    _text("account", "The person's handle or account."),
)

KEYS = (
    _text("title", "What happened, in one line.", "Checkout errors after the payments migration"),
    _text("id", "The incident's id where it is kept.", "OPS-1234"),
    _text("url", "The incident's page where it is kept.", "https://incidents.example.com/OPS-1234"),
    _text("source", "What the timeline gives as the source of this file; `Incident file` where it is left out."),
    _text("severity", "The severity, in your words or the archive's.", "SEV1"),
    _text("priority", "The priority, in your words.", "P1"),
    _text("status", "Where the incident stands.", "resolved"),
    _text("type", "What kind of incident it is, such as `outage` or `security`.", "outage"),
    _text("category", "What it was about.", "Deployment"),
    _text("environment", "Where it happened.", "production"),
    _text("description", "What happened, in Markdown.", "Card payments failed for most customers."),
    _text("impact", "Who noticed what, in Markdown.", "About 1,200 orders could not be paid."),
    _time("created", "When the incident was written down.", "2026-03-15T14:36:00Z"),
    _time("started", "When users began to be affected.", "2026-03-15T14:32:00Z"),
    _time("detected", "When the team knew.", "2026-03-15T14:35:00Z"),
    _time("acknowledged", "When somebody took it on.", "2026-03-15T14:37:00Z"),
    _time("mitigated", "When users stopped being affected.", "2026-03-15T15:15:00Z"),
    _time("resolved", "When the incident was over.", "2026-03-15T16:46:00Z"),
    Key("services", ShapeKind.WORDS, "The services that were affected.", ["payment-service", "checkout-api"]),
    Key("components", ShapeKind.WORDS, "The parts of them that were affected.", ["card payments"]),
    Key("tags", ShapeKind.WORDS, "Words to find it by.", ["payments", "migration"]),
    Key(
        "roles",
        ShapeKind.PEOPLE,
        "Who did what: a role, such as `commander`, and a name, `Name <e-mail>`, a mapping, or a list of them.",
        {"commander": "Jane Smith <jane@example.com>", "scribe": ["Omar Haddad"]},
        fields=PERSON,
    ),
    _text("channel", "The chat channel in which it was handled.", "https://chat.example.com/inc-1234"),
    Key(
        "timeline",
        ShapeKind.ITEMS,
        "What happened, in any order.",
        [
            {
                "time": "2026-03-15T14:32:00Z",
                "event": "Release v2.3.1 begins",
                "source": "Deployments",
                "kind": "release",
            },
            {"time": "2026-03-15 14:35", "event": "Error rate passes 5 %", "source": "Monitoring", "kind": "alert"},
            {"time": "2026-03-15T15:15:00Z", "event": "Rolled back to v2.3.0", "by": "Jane Smith", "key": True},
        ],
        fields=TIMELINE,
    ),
    Key(
        "alerts",
        ShapeKind.ITEMS,
        "Alerts that fired.",
        [{"title": "HighErrorRate", "at": "2026-03-15T14:35:00Z", "severity": "critical"}],
        fields=(
            _text("title", "The alert's name.", required=True),
            _time("at", "When it fired."),
            _time("ended", "When it recovered."),
            _text("severity", "How serious it was."),
            _text("source", "What raised it."),
            _URL,
            _text("description", "What it says, in Markdown."),
        ),
        short="title",
    ),
    Key(
        "errors",
        ShapeKind.ITEMS,
        "Errors of one kind, counted.",
        [{"title": "TimeoutError: payments-db", "count": 1412, "first_seen": "2026-03-15T14:32:40Z"}],
        fields=(
            _text("title", "The error's message.", required=True),
            _text("culprit", "The place in the code."),
            Key("count", ShapeKind.COUNT, "How often it happened."),
            Key("users", ShapeKind.COUNT, "How many users met it."),
            _time("first_seen", "When it was first seen."),
            _time("last_seen", "When it was last seen."),
            _text("level", "The log level."),
            _text("stack", "The stack trace, as plain text."),
            _URL,
            _text("source", "What recorded it."),
        ),
        short="title",
    ),
    Key(
        "releases",
        ShapeKind.ITEMS,
        "Releases and deployments around the incident.",
        [{"name": "payment-service@v2.3.1", "at": "2026-03-15T14:31:00Z", "relationship": "caused_by"}],
        fields=(
            _text("name", "The release or version.", required=True),
            _time("at", "When it went out."),
            _text("service", "What was released."),
            _text("environment", "Where to."),
            _URL,
            _text("author", "Who released it."),
            _text("relationship", "Whether it caused or mended the incident.", choices=("caused_by", "fixed_by")),
            _text("source", "What recorded it."),
        ),
        short="name",
    ),
    Key(
        "metrics",
        ShapeKind.TABLE,
        "What the graphs showed; templates know `errorRate` and `latency`.",
        {"errorRate": "37 %", "latency": "p99 4.2 s"},
    ),
    Key(
        "links",
        ShapeKind.ITEMS,
        "Pages elsewhere.",
        [{"url": "https://dashboards.example.com/payments", "title": "Payments dashboard", "type": "dashboard"}],
        fields=(
            _text("url", "The address.", required=True),
            _text("title", "What to call it."),
            _text("type", "Such as `dashboard`, `runbook`, `ticket`, `channel` or `page`."),
            _text("relationship", "How it is tied to the incident."),
        ),
        short="url",
    ),
    Key(
        "follow_ups",
        ShapeKind.ITEMS,
        "Tickets and tasks that came out of the incident.",
        [{"title": "Rehearse the migration on a copy", "key": "OPS-1240", "owner": "Omar Haddad", "due": "2026-04-01"}],
        fields=(
            _text("title", "What is to be done.", required=True),
            _text("key", "The ticket."),
            _URL,
            _text("owner", "Who does it: a name, or `Name <e-mail>`."),
            _text("due", "By when, as a date."),
            _text("status", "How far it is."),
            _text("priority", "How urgent it is."),
        ),
        short="title",
    ),
    Key(
        "attachments",
        ShapeKind.ITEMS,
        "Files that belong to it.",
        [{"name": "graph.png", "url": "https://files.example.com/graph.png"}],
        fields=(_text("name", "The file's name.", required=True), _text("url", "Where it is.", required=True)),
    ),
    Key("private", ShapeKind.FLAG, "Whether only some people may know of it.", False),
)

EXAMPLE: dict[str, object] = {key.name: key.example for key in KEYS if key.example is not None}

_MOMENT = "ISO 8601 with an offset, such as `2026-03-15T14:32:00Z`; without one it is UTC. Epoch seconds are read too."


def json_schema() -> dict[str, object]:
    """The format as a JSON Schema, draft 2020-12."""
    properties: dict[str, object] = {
        "$schema": {"type": "string", "description": "The address of this schema, for editors; it is not read."}
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Incident",
        "description": "One incident, as `postmortem new --from file:PATH` reads it from JSON or YAML. "
        "Without a title the file is a source that adds to others.",
        "type": "object",
        "properties": properties | _properties(KEYS),
        "additionalProperties": False,
        "anyOf": [{"required": ["title"]}, {"required": ["timeline"]}],
        "examples": [EXAMPLE],
    }


def _properties(keys: Iterable[Key]) -> dict[str, object]:
    return {key.name: {"description": _about(key), **_shape(key)} for key in keys}


def _about(key: Key) -> str:
    return f"{key.about} {_MOMENT}" if key.kind is ShapeKind.TIME else key.about


def _shape(key: Key) -> dict[str, object]:
    text: dict[str, object] = {"type": ["string", "number"]}
    match key.kind:
        case ShapeKind.TEXT:
            return {"enum": list(key.choices)} if key.choices else text
        case ShapeKind.TIME:
            return text
        case ShapeKind.FLAG:
            return {"type": "boolean"}
        case ShapeKind.COUNT:
            return {"type": "integer", "minimum": 0}
        case ShapeKind.WORDS:
            return {"anyOf": [text, {"type": "array", "items": text}]}
        case ShapeKind.TABLE:
            return {"type": "object", "additionalProperties": text}
        case ShapeKind.PEOPLE:
            one = {"anyOf": [{"type": "string"}, _item(key.fields)]}
            return {"type": "object", "additionalProperties": {"anyOf": [one, {"type": "array", "items": one}]}}
        case ShapeKind.ITEMS:
            item = _item(key.fields)
            return {"type": "array", "items": {"anyOf": [{"type": "string"}, item]} if key.short else item}


def _item(fields: tuple[Key, ...]) -> dict[str, object]:
    required = [field.name for field in fields if field.required]
    shape: dict[str, object] = {"type": "object", "properties": _properties(fields), "additionalProperties": False}
    return {**shape, "required": required} if required else shape
