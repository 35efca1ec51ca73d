"""Jira's query language: values that stay values, whatever is in them."""

import re
from collections.abc import Iterable

_FIELD = re.compile(r"[A-Za-z][A-Za-z0-9_]*|cf\[[0-9]+\]", re.ASCII)
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def quoted(text: str) -> str:
    """The text as one string of a query; what cannot be shown is escaped by its number."""
    return '"' + "".join(_ESCAPES.get(char) or _shown(char) for char in text) + '"'


def among(field: str, values: Iterable[str]) -> str:
    """That a field has one of the values. Raises ValueError without any, as such a query is none."""
    if not _FIELD.fullmatch(field):
        raise ValueError(f"{field!r} is no field of a query")
    found = ", ".join(quoted(value) for value in dict.fromkeys(values))
    if not found:
        raise ValueError(f"{field} in () is no query")
    return f"{field} in ({found})"


def _shown(char: str) -> str:
    code = ord(char)
    return char if char.isprintable() else "".join(f"\\u{unit:04x}" for unit in _units(code))


def _units(code: int) -> tuple[int, ...]:
    """The UTF-16 units of a character."""
    if code < 0x10000:
        return (code,)
    return 0xD800 + (code - 0x10000 >> 10), 0xDC00 + (code - 0x10000 & 0x3FF)
