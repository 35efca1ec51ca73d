"""Reading one value of a settings file, strictly; every fault says file, line and what was probably meant."""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from generator.errors import InputError, UsageError
from generator.regular_files import SETTINGS_BYTES, Guard
from generator.settings.model import Service, Severity

if TYPE_CHECKING:
    from generator.markup.yaml import Mapped

_T = TypeVar("_T")
Reader = Callable[[object, str, str], object]


def reader(name: str) -> Reader:
    """How the value of a setting is read: from the value, where it stands and its key."""
    return {
        "severities": lambda value, where, key: _records(Severity, value, where, key),
        "services": lambda value, where, key: _records(Service, value, where, key),
        "statuses": words,
        "quarter_start": _month,
        "since": _day,
        "audience": one_of("public", "internal", "restricted"),
        "engine": one_of("mkdocs", "properdocs", "zensical"),
    }.get(name, text)


def text(value: object, where: str, key: str) -> str:
    """A setting that is text."""
    if isinstance(value, (list, dict)):
        raise UsageError(f"{where}: `{key}` must be text.")
    return "" if value is None else str(value)


def one_of(*choices: str) -> Reader:
    """A setting that is one of a few words."""

    def read(value: object, where: str, key: str) -> str:
        if value not in choices:
            raise UsageError(f"{where}: `{key}` cannot be {value!r}; it is one of {', '.join(choices)}.")
        return str(value)

    return read


def _month(value: object, where: str, key: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 12:
        raise UsageError(f"{where}: `{key}` must be a month from 1 to 12.")
    return value


def _day(value: object, where: str, key: str) -> date | None:
    try:
        return None if value is None else date.fromisoformat(str(value))
    except ValueError:
        raise UsageError(
            f"{where}: `{key}` is {str(value)!r}, which is not a date; write it like 2026-01-31."
        ) from None


def words(value: object, where: str, key: str) -> Mapping[str, str]:
    """A setting that maps words to words."""
    if not isinstance(value, dict) or any(isinstance(item, (list, dict)) for item in value.values()):
        raise UsageError(f"{where}: `{key}` must map words to words.")
    return {str(word): str(meaning) for word, meaning in value.items()}


def _records(kind: type[_T], value: object, where: str, key: str) -> tuple[_T, ...]:
    if not isinstance(value, list):
        raise UsageError(f"{where}: `{key}` must be a list.")
    return tuple(record(kind, {"name": item} if isinstance(item, str) else item, where, key) for item in value)


def record(kind: type[_T], item: object, where: str, key: str) -> _T:
    """One entry as the dataclass `kind`: unknown keys refused, missing ones named."""
    if not isinstance(item, dict):
        raise UsageError(f"{where}: each entry of `{key}` must be a mapping.")
    known = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]  # each kind is a dataclass
    for name in item:
        if name not in known:
            raise UsageError(f"{where}: `{name}` is not known in `{key}`.{meant(name, known)}")
    missing = [name for name, field in known.items() if field.default is MISSING and not item.get(name)]
    if missing:
        raise UsageError(f"{where}: an entry of `{key}` has no `{missing[0]}`.")
    values = {name: _entry(known[name].default, entry) for name, entry in item.items() if entry is not None}
    return kind(**values)


def _entry(default: object, value: object) -> object:
    if isinstance(default, tuple):
        return tuple(str(part) for part in value) if isinstance(value, list) else (str(value),)
    return str(value)


def meant(key: str, known: Mapping[str, object]) -> str:
    """A sentence for an unknown key: what was probably meant, else what is known."""
    close = difflib.get_close_matches(str(key), list(known), n=1, cutoff=0.5)
    return f" Did you mean `{close[0]}`?" if close else f" Known: {', '.join(known)}."


def mapping(root: Path, place: Path) -> "Mapped":
    """Read a YAML mapping of the archive with the strict reading that front matter has; the first fault is raised."""
    from generator.markup import yaml as strict_yaml

    name = place.as_posix()
    try:
        written = Guard(SETTINGS_BYTES, "a settings file", root).lines(root / place, name)
    except InputError as error:
        raise UsageError(str(error)) from None
    mapped = strict_yaml.load(written)
    if mapped.faults:
        fault = mapped.faults[0]
        raise UsageError(f"{name}:{fault.line}: {fault.message} {fault.hint}")
    return mapped
