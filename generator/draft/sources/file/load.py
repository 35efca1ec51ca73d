"""Reading a file of incident data: its bytes, its text, and the values in it, as JSON, JSON lines or YAML.

Whatever a person may name by mistake is refused with a sentence that says what it is.
"""

import codecs
import errno
import json
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from generator.draft.sources.file import yaml_events
from generator.errors import InputError
from generator.regular_files import Guard

MOST_BYTES = 25 * 1024 * 1024
DEEPEST = yaml_events.DEEPEST
MOST_VALUES = 5_000_000  # more than a file of the greatest size can hold without aliases

# The longer marks stand first, because UTF-32 begins like UTF-16.
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
MAGIC = {
    b"\x1f\x8b": "a gzip archive; unpack it first.",
    b"PK\x03\x04": "a zip archive; unpack it first.",
    b"%PDF": "a PDF; export the incident as JSON.",
    b"\x89PNG": "a picture; export the incident as JSON.",
    b"\xff\xd8\xff": "a picture; export the incident as JSON.",
    b"SQLite format 3": "a database; export the incident as JSON.",
}
SUFFIXES = {
    **dict.fromkeys((".md", ".markdown", ".mdx"), "Markdown"),
    **dict.fromkeys((".csv", ".tsv"), "a table (CSV)"),
    **dict.fromkeys((".html", ".htm"), "a web page (HTML)"),
    **dict.fromkeys((".py", ".go", ".ts", ".js", ".rb", ".java", ".sh", ".rs", ".c", ".cs", ".php"), "source code"),
    **dict.fromkeys((".xml",), "XML"),
    **dict.fromkeys((".toml", ".ini", ".cfg"), "a settings file"),
}
LOOKS = (
    (re.compile(r"\s*(?:<!doctype html|<html\b)", re.IGNORECASE), "a web page (HTML)"),
    (re.compile(r"\s*<\?xml|\s*<\w+[\s>]"), "XML"),
    (
        re.compile(r"\s*#!|\s*(?:import|from|package|export|const|let|func|def|class|using|#include)\s+\S"),
        "source code",
    ),
    (re.compile(r"# (?:HELP|TYPE) \w"), "Prometheus metrics"),
    (re.compile(r"\s*(?:---\n.*?\n---\n\s*)?#{1,6} \S", re.DOTALL), "Markdown"),
    (re.compile(r"[^\n,;\t]*(?:[,;\t][^\n,;\t]*){2,}\n(?:[^\n,;\t]*(?:[,;\t][^\n,;\t]*){2,})"), "a table (CSV)"),
)
# Blank and comment lines, each in one way only: whitespace that also took the ends of lines made every further line
# double the ways to divide them.
_YAML = re.compile(r"(?:[^\S\n]*+(?:#[^\n]*+)?\n)*+(?:---|%YAML|- |['\"]?[\w$][^\n:]{0,200}['\"]?:(?:\s|$))")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\.json")
_NUMBERLESS = re.compile(r"(?<=[\s:,\[])-?(?:NaN|Infinity)\b")


def load(path: Path) -> tuple[str, object]:
    """The text of a file and the values in it; of a folder of one Slack channel's days, all of its messages.

    Several JSON or YAML documents in one file are a list of them. Raises InputError.
    """
    try:
        found = path.stat()
    except (OSError, ValueError) as error:
        raise InputError(_absent(path, error), str(path)) from error
    if stat.S_ISDIR(found.st_mode):
        return "", _channel(path)
    if not stat.S_ISREG(found.st_mode):
        raise InputError(
            "This is no ordinary file but a device, a socket or a pipe; save the data in a file first.", str(path)
        )
    text = _decoded(_bytes(path, found.st_size), path)
    payload = _parsed(text, path)
    _bounded(payload, path)
    return text, payload


def exists(path: Path) -> bool:
    """Whether something is there; a name that no file can have is not."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _bytes(path: Path, size: int) -> bytes:
    if size > MOST_BYTES:
        raise InputError(
            f"This file has {size / 1024 / 1024:.0f} MB, and more than 25 MB is no incident; export less.", str(path)
        )
    return Guard(MOST_BYTES, "an incident").read(path, str(path))


def _absent(path: Path, error: Exception) -> str:
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.ENOENT:
        if path.is_symlink():
            return "This is a link to a file that is not there."
        return (
            "There is no such file." if path.parent.exists() else f"There is no such file, nor a folder {path.parent}."
        )
    reasons = {
        errno.EACCES: "You may not read this; change its permissions.",
        errno.EPERM: "You may not read this; change its permissions.",
        errno.ENOTDIR: "There is no such file.",
        errno.ELOOP: "This is a link that leads in a circle.",
        errno.ENAMETOOLONG: "This is too long for the name of a file.",
    }
    return reasons.get(number or 0) or f"This cannot be read: {error}."


def _decoded(data: bytes, path: Path) -> str:
    for magic, what in MAGIC.items():
        if data.startswith(magic):
            raise InputError(f"This is {what}", str(path))
    encoding = next((name for mark, name in MARKS.items() if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        told = (
            f"This is not UTF-8: the byte 0x{data[error.start]:02x} at position {error.start} belongs to no character"
        )
        told = told if encoding == "utf-8" else f"This is no whole {encoding.upper()} text"
        raise InputError(f"{told}; save it as UTF-8.", str(path), line) from error
    if not text.strip("\x00 \t\r\n\ufeff"):
        raise InputError("This file is empty.", str(path))
    return text


def _parsed(text: str, path: Path) -> object:
    start = text.lstrip()[:1]
    kind = SUFFIXES.get(path.suffix.casefold(), "")
    if start in {"{", "["} and not kind:
        return _json(text, path)
    looks = kind or next((what for pattern, what in LOOKS if pattern.match(text)), "")
    suffix = path.suffix.casefold()
    if suffix in {".json", ".ndjson", ".jsonl"}:
        return _json(text, path)
    if suffix not in {".yaml", ".yml"} and (looks or not _YAML.match(text)):
        raise InputError(_foreign("This is neither JSON nor YAML.", looks), str(path))
    try:
        found = [document for document in yaml_events.documents(text) if document is not None]
    except InputError as error:
        raise InputError(str(error), str(path), error.line) from error
    if not any(isinstance(document, dict | list) for document in found):
        raise InputError(_foreign("This holds no data but plain text.", looks), str(path))
    return _together(found)


def _foreign(told: str, looks: str) -> str:
    if looks == "Markdown":
        return (
            f"{told} It looks like Markdown; a postmortem that is written already is adopted with `postmortem import`."
        )
    return f"{told} {f'It looks like {looks}; export' if looks else 'Export'} the incident as JSON."


def _json(text: str, path: Path) -> object:
    try:
        return _together(list(_documents(text, path)))
    except json.JSONDecodeError as error:
        if path.suffix.casefold() in {".yaml", ".yml"}:  # braces may begin YAML as well
            try:
                return _together(yaml_events.documents(text))
            except InputError as other:
                raise InputError(str(other), str(path), other.line) from other
        told = f"This is not valid JSON: {error.msg} at line {error.lineno}, column {error.colno}."
        raise InputError(told, str(path), error.lineno) from error
    except RecursionError as error:
        raise InputError(_too_deep(), str(path)) from error


def _documents(text: str, path: Path) -> Iterator[object]:
    """The JSON values of a text, one after the other, as in a file of JSON lines."""
    decoder = json.JSONDecoder(parse_constant=lambda name: _no_number(name, text, path))
    text = text.lstrip("\ufeff")
    at = len(text) - len(text.lstrip())
    while at < len(text):
        try:
            value, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError:
            raise
        except ValueError as error:  # an integer with thousands of digits
            raise InputError(
                "This holds a number with thousands of digits, which cannot be read.", str(path)
            ) from error
        yield value
        while at < len(text) and text[at] in " \t\r\n":
            at += 1


def _no_number(name: str, text: str, path: Path) -> object:
    found = _NUMBERLESS.search(text)
    line = text.count("\n", 0, found.start()) + 1 if found else 0
    raise InputError(f"This holds {name}, which is no value in JSON; write null or leave it out.", str(path), line)


def _together(documents: list[object]) -> object:
    """One document is itself; several are a list, into which lists are laid out."""
    if len(documents) == 1:
        return documents[0]
    return [item for document in documents for item in (document if isinstance(document, list) else [document])]


def _bounded(payload: object, path: Path) -> None:
    """Refuses what nests too deeply, runs in a circle or, by YAML aliases, is far more than the file."""
    level = [payload]
    depth = count = 0
    while level:
        depth += 1
        below: list[object] = []
        for value in level:
            inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
            below += [one for one in inside if isinstance(one, dict | list)]
            count += len(inside)
            if count > MOST_VALUES:
                raise InputError(
                    "This unfolds into millions of values; write its aliases out or export less.", str(path)
                )
        if depth > DEEPEST:
            raise InputError(_too_deep(), str(path))
        level = below


def _too_deep() -> str:
    return f"This is nested more than {DEEPEST} levels deep, as no incident is."


def _channel(path: Path) -> list[object]:
    """The messages of the days that a Slack export holds of one channel."""
    try:
        names = sorted(one.name for one in path.iterdir())
    except OSError as error:
        raise InputError(_absent(path, error), str(path)) from error
    days = [path / name for name in names if _DAY.fullmatch(name)]
    if not days:
        below = sorted(name for name in names if (path / name).is_dir() and any((path / name).glob("????-??-??.json")))
        hint = f"; it holds the channels {', '.join(below[:10])} of a Slack export, name one of them" if below else ""
        raise InputError(f"This is a folder, not a file{hint or '; name the file in it'}.", str(path))
    if sum(day.stat().st_size for day in days) > MOST_BYTES:
        raise InputError("This holds more than 25 MB of messages; name the file of one day.", str(path))
    messages: list[object] = []
    for day in days:
        payload = load(day)[1]
        messages += payload if isinstance(payload, list) else [payload]
    return messages
