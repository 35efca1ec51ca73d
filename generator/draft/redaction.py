"""What sources report, without the secrets that stood in it: chats and alerts hold many, and a draft is for everybody."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from generator.document.secrets import REDACTED, redacted
from generator.draft.incident import Attachment, Incident

# Names of records, by which they are found again and which nobody reads.
_IDENTITIES = frozenset({"uid", "ref", "also"})


def redacted_incident(incident: Incident) -> Incident:
    """The incident with every secret replaced, and a note that says which kinds there were.

    The addresses of attachments stay as they are, since the files are fetched from there.
    """
    kinds: dict[str, None] = {}
    clean = _record(incident, kinds)
    return replace(clean, notes=(*clean.notes, note(tuple(kinds)))) if kinds else incident


def note(kinds: tuple[str, ...]) -> str:
    """What is said of secrets of these kinds that were left out of a draft."""
    one = len(kinds) == 1
    return (
        f"secret: {' and '.join(kinds)} stood in the data and {'is' if one else 'are'} {REDACTED} in the draft;"
        f" revoke {'it' if one else 'them'}, since others have seen the data."
    )


def _record(record: Any, kinds: dict[str, None]) -> Any:
    kept = _IDENTITIES | ({"url"} if isinstance(record, Attachment) else set())
    changes = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name not in kept and (clean := _value(value, kinds)) is not value:
            changes[field.name] = clean
    return replace(record, **changes) if changes else record


def _value(value: Any, kinds: dict[str, None]) -> Any:
    """The same value, as one object, where it holds no secret."""
    if isinstance(value, str):
        clean = redacted(value)
        kinds.update(dict.fromkeys(clean.kinds))
        return clean.text if clean.kinds else value
    if isinstance(value, tuple):
        parts = tuple(_value(part, kinds) for part in value)
        return parts if any(new is not old for new, old in zip(parts, value, strict=True)) else value
    if isinstance(value, Mapping):
        return {key: _value(part, kinds) for key, part in value.items()}
    return _record(value, kinds) if hasattr(value, "__dataclass_fields__") else value
