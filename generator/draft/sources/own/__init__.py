"""Our own incident format, as JSON or YAML: what people write by hand, or what a script of theirs writes.

`own_schema` declares it. Mistakes are refused all at once, because a typing error that is passed over is a fact lost.
"""

from collections.abc import Mapping
from operator import attrgetter
from typing import Any

from generator.draft.incident import (
    Alert,
    Attachment,
    ErrorGroup,
    Event,
    EventKind,
    FollowUp,
    Incident,
    Reference,
    Release,
)
from generator.draft.sources.extract.json import text
from generator.draft.sources.own.convert import FormatError, Path, SchemaFault, folded, guess, mapping, person
from generator.draft.sources.own.schema import KEYS
from generator.errors import InputError

LABEL = "Incident file"

NAMES = tuple(key.name for key in KEYS)
# One of these makes a mapping an incident of ours, and no list of settings.
TELLING = {"title", "timeline", "started", "detected", "mitigated", "resolved"}
_SAMPLE = 50  # so many of a list are looked at before it is taken for ours; the rest is read, and refused, later
# What an incident has under the same name as the format.
SAME = (
    *("title", "url", "severity", "priority", "status", "category", "environment", "description", "impact", "channel"),
    *("created", "started", "detected", "acknowledged", "mitigated", "resolved"),
    *("services", "components", "tags", "metrics", "private"),
)


def recognises(payload: object) -> bool:
    """Whether a payload is ours: its keys are those of the format, but for a few that may be misspelt."""
    if isinstance(payload, list):
        return bool(payload) and all(isinstance(item, dict) and recognises(item) for item in payload[:_SAMPLE])
    if not isinstance(payload, dict) or not payload:
        return False
    if "incident.schema" in text(payload.get("$schema")):
        return True
    if set(payload) == {"incidents"}:
        return isinstance(payload["incidents"], list) and recognises(payload["incidents"])
    return len(payload) <= 2 * len(NAMES) and _speaks_our_keys(payload)


def _speaks_our_keys(payload: Mapping[Any, Any]) -> bool:
    keys = [folded(key) for key in payload if key != "$schema"]
    entries = payload.get("timeline")
    if not TELLING.intersection(keys) or not (entries is None or _is_timeline(entries)):
        return False
    unknown = [key for key in keys if key not in NAMES]
    strange = sum(1 for key in unknown if not guess(key, NAMES))
    # A hand-written file may have one key in five of its own; half of the keys misspelt is another tool's format.
    return strange <= len(keys) * 0.2 and len(unknown) <= len(keys) / 2


def _is_timeline(entries: object) -> bool:
    return isinstance(entries, list) and all(map(_like_an_entry, entries[:20]))


def incidents_from(payload: object) -> tuple[Incident, ...]:
    """The incidents of a payload. Raises FormatError with every mistake in it."""
    prefix: Path = ()
    if isinstance(payload, dict) and set(payload) == {"incidents"}:
        prefix, payload = ("incidents",), payload["incidents"]
    items = [((*prefix, number), item) for number, item in enumerate(payload)] if isinstance(payload, list) else []
    faults: list[SchemaFault] = []
    found = []
    for where, item in items or [(prefix, payload)] * (not isinstance(payload, list)):
        values = mapping(KEYS, item, where, faults)
        if not faults and not values.get("title") and not values.get("timeline"):
            faults.append(SchemaFault(where, "needs a `title`, or at least a `timeline`"))
        found.append(values)
    if faults:
        raise FormatError(faults)
    if not found:
        raise InputError("There is no incident in this list; write at least a `title`.")
    return tuple(map(_incident, found))


def _incident(values: Mapping[str, Any]) -> Incident:
    source = values.get("source", LABEL)
    events = [_event(one, source) for one in values.get("timeline", ())]
    return Incident(
        source=source,
        ref=values.get("id", ""),
        kind=values.get("type", ""),
        participants=values.get("roles", ()),
        events=tuple(sorted(events, key=attrgetter("at"))),
        alerts=tuple(Alert(**{"source": source} | one) for one in values.get("alerts", ())),
        errors=tuple(ErrorGroup(**{"source": source} | one) for one in values.get("errors", ())),
        releases=tuple(Release(**{"source": source} | one) for one in values.get("releases", ())),
        references=tuple(Reference(**one) for one in values.get("links", ())),
        follow_ups=tuple(_follow_up(one) for one in values.get("follow_ups", ())),
        attachments=tuple(Attachment(**one) for one in values.get("attachments", ())),
        **{name: values[name] for name in SAME if name in values},
    )


def _event(entry: Mapping[str, Any], source: str) -> Event:
    actor = person("", entry.get("by", ""))
    return Event(
        entry["time"],
        entry["event"],
        entry.get("source", source),
        EventKind(entry.get("kind", EventKind.NOTE)),
        actor=actor.name or actor.account or actor.email,
        url=entry.get("url", ""),
        key=entry.get("key", False),
    )


def _follow_up(entry: Mapping[str, Any]) -> FollowUp:
    owner = person("", entry.get("owner", ""))
    return FollowUp(**{**entry, "owner": owner.name or owner.account or owner.email, "owner_email": owner.email})


def _like_an_entry(value: object) -> bool:
    """Whether something may be a row of our timeline, perhaps with a key misspelt."""
    return isinstance(value, dict) and bool({"time", "event"} & {folded(key) for key in value})
