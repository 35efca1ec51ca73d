"""The `policy` of an archive's settings: read strictly, each complaint with its line."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date

from generator.errors import UsageError
from generator.settings.calendar import DAYS
from generator.settings.policy import Deadlines, Policy

_KEYS = tuple(field.name for field in fields(Deadlines))
_MOST_DAYS = 3660


def policy(value: object, lines: Mapping[str, int], severities: Iterable[str], file: str) -> Policy:
    """The policy that a settings file holds under `policy`; `lines` gives the line of each path such as `policy.SEV1`.

    Raises `UsageError` with file and line for whatever is not known or out of range.
    """
    reader = _Reader(lines, file)
    names = {name.casefold(): name for name in severities}
    default: Mapping[str, int | None] = {}
    own: dict[str, Mapping[str, int | None]] = {}
    holidays: tuple[date, ...] = ()
    weekend = Policy().weekend
    for key, entry in reader.mapping(value, "policy", "default: {review: 5}").items():
        path = f"policy.{key}"
        if key == "holidays":
            holidays = tuple(reader.holiday(day, path) for day in reader.several(entry, path))
        elif key == "weekend":
            weekend = reader.weekend(entry, path)
        elif key == "default":
            default = reader.deadlines(entry, path)
        elif key.casefold() in names:
            own[names[key.casefold()]] = reader.deadlines(entry, path)
        else:
            known = [*names.values(), "default", "holidays", "weekend"]
            raise reader.error(path, f"`{key}` is not known in `policy`.{_meant(key, known)}")
    return Policy(default, own, holidays, weekend)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads values and knows where they stand."""

    lines: Mapping[str, int]
    file: str

    def error(self, path: str, message: str) -> UsageError:
        return UsageError(f"{self.file}:{self.lines.get(path, self.lines.get('policy', 1))}: {message}")

    def mapping(self, value: object, path: str, example: str) -> Mapping[str, object]:
        if not isinstance(value, dict):
            raise self.error(path, f"`{path}` must be a mapping, such as `{example}`.")
        return value

    def several(self, value: object, path: str) -> list[object]:
        if isinstance(value, dict):
            raise self.error(path, f"`{path}` must be a list.")
        return value if isinstance(value, list) else [] if value is None else [value]

    def holiday(self, value: object, path: str) -> date:
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            raise self.error(path, f"{str(value)!r} in `{path}` is not a date; write it like 2026-12-25.") from None

    def weekend(self, value: object, path: str) -> tuple[str, ...]:
        days = tuple(str(day).strip().casefold() for day in self.several(value, path))
        for day in days:
            if day not in DAYS:
                raise self.error(path, f"{day!r} in `{path}` is not a day of the week.{_meant(day, DAYS)}")
        if len(set(days)) == len(DAYS):
            raise self.error(path, f"`{path}` names every day of the week, so no day is left for work.")
        return days

    def deadlines(self, value: object, path: str) -> Mapping[str, int | None]:
        read: dict[str, int | None] = {}
        for name, entry in self.mapping(value, path, "{review: 5}").items():
            inner = f"{path}.{name}"
            if name not in _KEYS:
                raise self.error(inner, f"`{name}` is not known in `{path}`.{_meant(name, _KEYS)}")
            if name == "postmortem":
                if not isinstance(entry, bool):
                    raise self.error(inner, f"`{inner}` must be true or false.")
                read[name] = entry
            elif entry is None:
                read[name] = None
            elif isinstance(entry, int) and not isinstance(entry, bool) and 0 <= entry <= _MOST_DAYS:
                read[name] = entry
            else:
                raise self.error(
                    inner, f"`{inner}` must be a number of days from 0 to {_MOST_DAYS}, or empty for no limit."
                )
        return read


def _meant(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f" Did you mean `{close[0]}`?" if close else f" Known: {', '.join(known)}."
