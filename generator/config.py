"""The one room that reads `site_config/` and the environment, once, and says exactly what is wrong with them."""

import difflib
import os
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from generator.errors import UsageError
from generator.policy import policy
from generator.settings import Person, Service, Settings, Severity

if TYPE_CHECKING:
    from generator.strict_yaml import Mapped

MARKER = Path("site_config") / "archive.yml"
PEOPLE = Path("site_config") / "people.yml"
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Config:
    """Where the archive lies and what is set for it; `found` is whether it has a configuration of its own."""

    root: Path
    settings: Settings
    found: bool = False


def now() -> datetime:
    """The present in UTC, or the moment that `SOURCE_DATE_EPOCH` fixes."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not fixed:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(fixed), UTC)
    except (ValueError, OverflowError, OSError):
        raise UsageError(f"SOURCE_DATE_EPOCH is {fixed!r}; it must be a number of seconds since 1970.") from None


def outer_environment() -> dict[str, str]:
    """The environment for other programs, without the variables that bind git to the repository of a running hook."""
    kept = ("GIT_EXEC_PATH", "GIT_SSH", "GIT_SSL", "GIT_CONFIG", "GIT_ASKPASS", "GIT_ALLOW_PROTOCOL", "GIT_CEILING")
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name.startswith(kept)}


def no_colour() -> bool:
    """Whether people asked for plain output; see no-color.org."""
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"


def data(name: str) -> Path:
    """The built-in folder `name` (`templates`, `site_config`): inside the wheel, or the checkout's own."""
    package = Path(__file__).parent
    inside = package / "_data" / name
    return inside if inside.is_dir() else package.parent / name


def load(directory: Path | None = None) -> Config:
    """Read the archive at `directory`, else at the nearest folder upwards that has `site_config/archive.yml`.

    Without one the built-in defaults hold for the current folder. Raises `UsageError` with file and line.
    """
    if directory is not None and not directory.is_dir():
        raise UsageError(f"There is no folder {directory}; name the archive's folder with -C.")
    start = (directory or Path.cwd()).resolve()
    candidates = [start] if directory is not None else [start, *start.parents]
    root = next((folder for folder in candidates if (folder / MARKER).is_file()), None)
    if root is None:
        return Config(start, Settings())
    return Config(root, _settings(root), found=True)


def _settings(root: Path) -> Settings:
    mapped = _read(root / MARKER, str(MARKER))
    known: dict[str, _Reader] = {
        field.name: _reader(field.name) for field in fields(Settings) if field.name != "people"
    }
    settings = Settings()
    for key, value in mapped.values.items():
        line = mapped.lines[key]
        if key not in known:
            raise UsageError(f"{MARKER}:{line}: `{key}` is not a setting.{_meant(key, known)}")
        if key != "policy":
            read: dict[str, Any] = {key: known[key](value, f"{MARKER}:{line}", key)}
            settings = replace(settings, **read)
    if "policy" in mapped.values:  # last, because it names severities
        names = [severity.name for severity in settings.severities]
        settings = replace(settings, policy=policy(mapped.values["policy"], mapped.lines, names, str(MARKER)))
    if (root / PEOPLE).is_file():
        settings = replace(settings, people=_people(root))
    return settings


_Reader = Callable[[object, str, str], object]


def _reader(name: str) -> _Reader:
    return {
        "severities": lambda value, where, key: _records(Severity, value, where, key),
        "services": lambda value, where, key: _records(Service, value, where, key),
        "statuses": _words,
        "quarter_start": _month,
        "audience": _one_of("public", "internal", "restricted"),
        "engine": _one_of("mkdocs", "properdocs", "zensical"),
    }.get(name, _text)


def _text(value: object, where: str, key: str) -> str:
    if isinstance(value, (list, dict)):
        raise UsageError(f"{where}: `{key}` must be text.")
    return "" if value is None else str(value)


def _one_of(*choices: str) -> _Reader:
    def read(value: object, where: str, key: str) -> str:
        if value not in choices:
            raise UsageError(f"{where}: `{key}` cannot be {value!r}; it is one of {', '.join(choices)}.")
        return str(value)

    return read


def _month(value: object, where: str, key: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 12:
        raise UsageError(f"{where}: `{key}` must be a month from 1 to 12.")
    return value


def _words(value: object, where: str, key: str) -> Mapping[str, str]:
    if not isinstance(value, dict) or any(isinstance(item, (list, dict)) for item in value.values()):
        raise UsageError(f"{where}: `{key}` must map words to words.")
    return {str(word): str(meaning) for word, meaning in value.items()}


def _records(kind: type[_T], value: object, where: str, key: str) -> tuple[_T, ...]:
    if not isinstance(value, list):
        raise UsageError(f"{where}: `{key}` must be a list.")
    return tuple(_record(kind, {"name": item} if isinstance(item, str) else item, where, key) for item in value)


def _record(kind: type[_T], item: object, where: str, key: str) -> _T:
    if not isinstance(item, dict):
        raise UsageError(f"{where}: each entry of `{key}` must be a mapping.")
    known = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]  # each kind is a dataclass
    for name in item:
        if name not in known:
            raise UsageError(f"{where}: `{name}` is not known in `{key}`.{_meant(name, known)}")
    missing = [name for name, field in known.items() if field.default is MISSING and not item.get(name)]
    if missing:
        raise UsageError(f"{where}: an entry of `{key}` has no `{missing[0]}`.")
    values = {name: _entry(known[name].default, entry) for name, entry in item.items() if entry is not None}
    return kind(**values)


def _entry(default: object, value: object) -> object:
    if isinstance(default, tuple):
        return tuple(str(part) for part in value) if isinstance(value, list) else (str(value),)
    return str(value)


def _people(root: Path) -> tuple[Person, ...]:
    people = []
    mapped = _read(root / PEOPLE, str(PEOPLE))
    for handle, value in mapped.values.items():
        where = f"{PEOPLE}:{mapped.lines[handle]}"
        if isinstance(value, dict) and "handle" in value:
            raise UsageError(f"{where}: the handle is the key itself; remove `handle:`.")
        person = _record(
            Person,
            {"handle": handle, **value} if isinstance(value, dict) else {"handle": handle, "name": value or ""},
            where,
            handle,
        )
        people.append(person)
    return tuple(people)


def _meant(key: str, known: Mapping[str, object]) -> str:
    close = difflib.get_close_matches(str(key), list(known), n=1, cutoff=0.5)
    return f" Did you mean `{close[0]}`?" if close else f" Known: {', '.join(known)}."


def _read(path: Path, shown: str) -> "Mapped":
    """Read a YAML mapping with the strict reading that front matter has; the first fault is raised."""
    from generator import strict_yaml

    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise UsageError(f"{shown}:{line}: the file is not UTF-8; save it as UTF-8.") from None
    except OSError as error:
        raise UsageError(f"{shown}: cannot be read: {error.strerror}.") from None
    mapped = strict_yaml.load(text)
    if mapped.faults:
        fault = mapped.faults[0]
        raise UsageError(f"{shown}:{fault.line}: {fault.message} {fault.hint}")
    return mapped
