"""The front matter of a source in any of its formats: YAML, TOML or JSON, or none."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from generator.document import front_matter
from generator.importer.note import Note
from generator.markup import yaml as strict_yaml

_TOML = re.compile(r"\ufeff?\+\+\+[ \t]*\n(?P<source>.*?)^\+\+\+[ \t]*$\n?", re.DOTALL | re.MULTILINE)
# Front matter in JSON, between the fences that Hugo and others use.
_FENCED_JSON = re.compile(
    r"\ufeff?(?:;;;|---json)[ \t]*\n(?P<source>.*?)^(?:;;;|---)[ \t]*$\n?", re.DOTALL | re.MULTILINE
)
_LONGEST = 100_000


@dataclass(frozen=True, slots=True)
class SourceMetadata:
    """What stands before the body: `raw` as it was (without fences), `values` as far as it can be read.

    `body` is the offset of the text behind it, on line `body_line` of the source.
    """

    form: str = ""
    raw: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    body: int = 0
    body_line: int = 1
    notes: tuple[Note, ...] = ()


def read(text: str) -> SourceMetadata:
    """The front matter of a text with Unix line breaks; nothing is raised."""
    start = 1 if text.startswith("\ufeff") else 0
    if (match := _FENCED_JSON.match(text)) and len(match[0]) < _LONGEST:
        return _parsed("json", match["source"], text, match.end())
    if (match := _TOML.match(text)) and len(match[0]) < _LONGEST:
        return _parsed("toml", match["source"], text, match.end())
    if text.startswith("{", start) and (end := _json_end(text, start)):
        return _parsed("json", text[start:end], text, end + (text[end : end + 1] == "\n"))
    skipped = re.compile(r"\s*(?:<!--(?:(?!-->).){0,2000}-->\s*)?(?=---[ \t]*\n)", re.DOTALL).match(text, start)
    begin = skipped.end() if skipped else start
    front = front_matter.read(text[begin:]) if text.startswith("---", begin) else front_matter.FrontMatter()
    if not front.present or not _looks_like_yaml(text[begin + front.start : begin + front.end]):
        return SourceMetadata(body=start)
    raw = text[start:begin].strip() + text[begin + front.start : begin + front.end]
    before = text.count("\n", 0, begin)
    notes = tuple(
        Note(fault.line + before, f"front matter: {fault.message.rstrip('.')}")
        for fault in front.faults
        if fault.rule != "front-matter"
    )
    return SourceMetadata("yaml", raw, front.values, begin + front.body, front.body_line + before, notes)


def _looks_like_yaml(source: str) -> bool:
    """Whether there are keys between the lines of dashes, which may as well be two rules in the text."""
    lines = [line for line in source.split("\n") if line.strip()]
    return (
        bool(lines)
        and any(re.match(r"[\w\"'-][\w .\"'-]{0,60}:(?:\s|$)", line) for line in lines)
        and not any(line.startswith("## ") for line in lines)
    )


def _json_end(text: str, start: int) -> int:
    try:
        values, end = json.JSONDecoder().raw_decode(text[: start + _LONGEST], start)
    except (ValueError, RecursionError):
        return 0
    return end if isinstance(values, dict) and text[end : end + 1] in {"\n", ""} else 0


def _parsed(form: str, source: str, text: str, body: int) -> SourceMetadata:
    line = text.count("\n", 0, body) + 1
    try:
        values = tomllib.loads(source) if form == "toml" else json.loads(source)
    except (ValueError, RecursionError) as error:
        return SourceMetadata(
            form, source, {}, body, line, (Note(1, f"front matter: this is not valid {form.upper()}: {error}"),)
        )
    return SourceMetadata(form, source, plain(values) if isinstance(values, dict) else {}, body, line)


def plain(values: Mapping[str, object], path: str = "") -> dict[str, object]:
    """Nested tables as one level (`extra.team` becomes `extra-team`), and dates as text."""
    flat: dict[str, object] = {}
    for key, value in values.items():
        name = f"{path}{key}"
        if isinstance(value, Mapping):
            flat |= plain({str(k): v for k, v in value.items()}, f"{name}-")
        elif isinstance(value, (datetime, date, time)):
            flat[name] = value.isoformat().replace("+00:00", "Z")
        else:
            flat[name] = value
    return flat


def scalar(value: object) -> str:
    """A value as one line of YAML, whatever it is."""
    if isinstance(value, Mapping):
        return strict_yaml.quoted(json.dumps(value, ensure_ascii=False, default=str))
    if isinstance(value, (list, tuple)):
        if any(isinstance(item, (Mapping, list, tuple)) for item in value):
            return strict_yaml.quoted(json.dumps(value, ensure_ascii=False, default=str))
        return strict_yaml.scalar(["" if item is None else item for item in value])
    if isinstance(value, float) and (value != value or value in {float("inf"), float("-inf")}):  # noqa: PLR0124 - NaN is not itself
        return strict_yaml.quoted(str(value))
    if isinstance(value, str):
        return strict_yaml.quoted(" ".join(value.split()) if "\n" in value else value)
    return strict_yaml.scalar(value)
