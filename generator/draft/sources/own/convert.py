"""The values of our own incident format, read by its declaration; every mistake is kept, with the path to it."""

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from generator.draft.incident import Participant
from generator.draft.sources.extract.json import moment, text, unique
from generator.draft.sources.own.schema import Key, ShapeKind
from generator.errors import InputError

Path = tuple[str | int, ...]

MOST = 10  # mistakes that are reported at once
COMMANDERS = frozenset({"incident commander", "ic", "incident lead"})
# What people write for a key, where the spelling is too far for a guess.
MEANT = {
    **dict.fromkeys(("name", "headline"), ("title", "name")),
    **dict.fromkeys(("summary", "details", "what_happened"), ("description",)),
    **dict.fromkeys(("events", "log", "history"), ("timeline",)),
    **dict.fromkeys(("actions", "action_items", "tasks", "todo"), ("follow_ups",)),
    **dict.fromkeys(("start", "began", "begin", "start_time"), ("started",)),
    **dict.fromkeys(("end", "ended", "end_time", "closed"), ("resolved", "ended")),
    **dict.fromkeys(("sev", "level"), ("severity",)),
    **dict.fromkeys(("commander", "participants", "people", "responders", "team"), ("roles",)),
    **dict.fromkeys(("service", "affected_services"), ("services",)),
    **dict.fromkeys(("labels", "keywords"), ("tags",)),
    **dict.fromkeys(("references", "urls"), ("links",)),
    **dict.fromkeys(("kind",), ("type",)),
    **dict.fromkeys(("text", "message", "what", "description"), ("event", "title")),
    **dict.fromkeys(("at", "when", "date", "timestamp"), ("time", "at")),
    **dict.fromkeys(("who", "author", "actor"), ("by", "owner")),
    **dict.fromkeys(("assignee",), ("owner",)),
    **dict.fromkeys(("ticket", "id"), ("key",)),
    **dict.fromkeys(("link", "href"), ("url",)),
}

# `Jane Smith <jane@example.org>`, or the address alone.
_EMAIL = re.compile(r"(?P<name>[^<>]*?)\s*<(?P<email>[^<>@\s]+@[^<>\s]+)>|(?P<bare>[^<>@\s]+@[^<>@\s]+\.[^<>@\s]+)")


@dataclass(frozen=True, slots=True)
class SchemaFault:
    """One mistake, and the keys and positions that lead to it."""

    where: Path
    message: str


class FormatError(InputError):
    """An incident of our own format with mistakes; whoever read the file adds the lines to its `faults`."""

    def __init__(self, faults: Sequence[SchemaFault], path: str = "", lines: Mapping[Path, int] | None = None) -> None:
        self.faults = tuple(faults)
        at = [(lines or {}).get(fault.where, 0) for fault in faults]
        told = [f"{_place(fault.where, line)}: {fault.message}" for fault, line in zip(faults, at, strict=True)]
        told[MOST:] = [f"... and {len(told) - MOST} more"] * (len(told) > MOST)
        count = "1 mistake" if len(faults) == 1 else f"{len(faults)} mistakes"
        super().__init__(f"{count} in this incident:\n  " + "\n  ".join(told), path, next(filter(None, at), 0))


def mapping(keys: tuple[Key, ...], value: object, where: Path, faults: list[SchemaFault]) -> dict[str, object]:
    """The values of a mapping by the names of `keys`; mistakes go to `faults`, and what is wrong is left out."""
    if not isinstance(value, dict):
        faults.append(SchemaFault(where, f"must be a mapping of keys to values, not {_what(value)}"))
        return {}
    known = {key.name: key for key in keys}
    found: dict[str, object] = {}
    meant_names: set[str] = set()
    for written, given in value.items():
        name, inner = folded(written), (*where, written)
        key = known.get(name)
        if key is None:
            if written != "$schema":
                meant = guess(name, known)
                meant_names.add(meant)
                hint = f"did you mean `{meant}`?" if meant else f"the keys are {', '.join(known)}"
                faults.append(SchemaFault(inner, f"is no key here; {hint}"))
        elif given is not None and given != "":
            read = READERS[key.kind](key, given, inner, faults)
            if read is not None:
                found[key.name] = read
    there = meant_names | {folded(written) for written, given in value.items() if given is not None and given != ""}
    missing = [key.name for key in keys if key.required and key.name not in there]
    faults += [SchemaFault(where, f"`{name}` is missing") for name in missing]
    return found


def person(role: str, written: str) -> Participant:
    """Somebody written as `Name <e-mail>`, as an e-mail address, as `@account` or as a name."""
    found = _EMAIL.fullmatch(written)
    if found:
        return Participant(role, found["name"] or "", found["email"] or found["bare"])
    if written.startswith("@"):
        return Participant(role, account=written[1:])
    return Participant(role, written)


def folded(key: object) -> str:
    """A key as the format writes it: `followUps` and `Follow-ups` are `follow_ups`."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", str(key).strip())
    return re.sub(r"[\s-]+", "_", words).casefold()


def guess(key: str, known: Iterable[str]) -> str:
    """The key that was probably meant, or empty."""
    names = list(known)
    close = difflib.get_close_matches(key, names, n=1, cutoff=0.7)
    return close[0] if close else next((name for name in MEANT.get(key, ()) if name in names), "")


def _text(key: Key, value: object, where: Path, faults: list[SchemaFault]) -> str | None:
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        hint = "; put it in quotes" if isinstance(value, bool) else ""
        faults.append(SchemaFault(where, f"must be text, not {_what(value)}{hint}"))
        return None
    found = text(value)
    if not key.choices or found.casefold() in key.choices:
        return found.casefold() if key.choices else found
    close = difflib.get_close_matches(found.casefold(), key.choices, n=1)
    hint = f"did you mean `{close[0]}`?" if close else f"it is one of {', '.join(key.choices)}"
    faults.append(SchemaFault(where, f"cannot be {found[:60]!r}; {hint}"))
    return None


def _time(_key: Key, value: object, where: Path, faults: list[SchemaFault]) -> datetime | None:
    found = moment(value)
    if found is None:
        shown = repr(value)[:60] if isinstance(value, str | int | float) else _what(value)
        faults.append(SchemaFault(where, f"is no time that can be read: {shown}; write it like 2026-03-15T14:32:00Z"))
    return found


def _flag(_key: Key, value: object, where: Path, faults: list[SchemaFault]) -> bool | None:
    if isinstance(value, bool):
        return value
    faults.append(SchemaFault(where, f"must be true or false, not {_what(value)}"))
    return None


def _count(_key: Key, value: object, where: Path, faults: list[SchemaFault]) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    faults.append(SchemaFault(where, f"must be a whole number from 0, not {_what(value)}"))
    return None


def _words(key: Key, value: object, where: Path, faults: list[SchemaFault]) -> tuple[str, ...]:
    if not isinstance(value, list):
        return unique([_text(key, value, where, faults) or ""])
    read = [_text(key, item, (*where, number), faults) for number, item in enumerate(value)]
    return unique(word or "" for word in read)


def _table(key: Key, value: object, where: Path, faults: list[SchemaFault]) -> dict[str, str]:
    if not isinstance(value, dict):
        faults.append(SchemaFault(where, f"must be a mapping of names to values, not {_what(value)}"))
        return {}
    read = {str(name): _text(key, given, (*where, name), faults) for name, given in value.items()}
    return {_metric(name): word for name, word in read.items() if word}


def _people(key: Key, value: object, where: Path, faults: list[SchemaFault]) -> tuple[Participant, ...]:
    if not isinstance(value, dict):
        told = f"must give each role its person, such as `commander: Jane Smith`, and is {_what(value)}"
        faults.append(SchemaFault(where, told))
        return ()
    found: list[Participant] = []
    for written, given in value.items():
        role = re.sub(r"[\s_-]+", " ", str(written).strip().casefold())
        role = "commander" if role in COMMANDERS else role
        for number, one in enumerate(given if isinstance(given, list) else [given]):
            inner = (*where, written, number) if isinstance(given, list) else (*where, written)
            if isinstance(one, dict):
                parts = mapping(key.fields, one, inner, faults)
                found.append(Participant(role, *(str(parts.get(part, "")) for part in ("name", "email", "account"))))
            elif one is not None and (name := _text(key, one, inner, faults)):
                found.append(person(role, name))
    return tuple(found)


def _items(key: Key, value: object, where: Path, faults: list[SchemaFault]) -> tuple[dict[str, object], ...]:
    if not isinstance(value, list):
        faults.append(SchemaFault(where, f"must be a list, not {_what(value)}"))
        return ()
    found = []
    for number, item in enumerate(value):
        given = {key.short: item} if key.short and isinstance(item, str) else item
        found.append(mapping(key.fields, given, (*where, number), faults))
    return tuple(found)


READERS: dict[ShapeKind, Callable[[Key, object, Path, list[SchemaFault]], object]] = {
    ShapeKind.TEXT: _text,
    ShapeKind.TIME: _time,
    ShapeKind.FLAG: _flag,
    ShapeKind.COUNT: _count,
    ShapeKind.WORDS: _words,
    ShapeKind.TABLE: _table,
    ShapeKind.PEOPLE: _people,
    ShapeKind.ITEMS: _items,
}


def _metric(name: str) -> str:
    return {"errorrate": "errorRate", "latency": "latency"}.get(re.sub(r"[\W_]+", "", name.casefold()), name)


def _what(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    kinds = {dict: "a mapping", list: "a list", str: "text", int: "a number", float: "a number", type(None): "nothing"}
    return kinds.get(type(value), "this")


def _place(where: Path, line: int) -> str:
    shown = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in where).removeprefix(".")
    return f"line {line}, {shown}" if line and shown else shown or "the incident"
