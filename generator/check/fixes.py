"""What can be put right without asking: each by an edit of one value or cell, proved by reading the result."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from generator.check.rules.numbers import next_free, unnumbered
from generator.check.rules.schema_severity import canonical
from generator.check.rules.time_utc import KEYS, in_utc
from generator.document import edit
from generator.document.parse import Document
from generator.errors import EditRefusedError
from generator.markup.yaml import rfc3339
from generator.settings.model import Settings


@dataclass(frozen=True, slots=True)
class Fix:
    """One thing that was put right, at a line of the document."""

    line: int
    what: str


def fixed(document: Document, settings: Settings, base: Document | None = None) -> tuple[str, tuple[Fix, ...]]:
    """The document's text with everything put right that is safe, and what was changed; the second time nothing is."""
    text = document.text
    changes = []
    for key, value in _values(document, settings):
        was = document.front.values[key]
        try:
            text = edit.set_value(text, key, value)
        except EditRefusedError:
            continue  # what cannot be changed alone stays, and stays a finding
        shown = rfc3339(value) if isinstance(value, datetime) else value
        changes.append(Fix(document.front.lines[key], f"`{key}`: {was} → {shown}"))
    numbers = {line: str(free) for free, line in enumerate(unnumbered(document), next_free(document, base))}
    if numbers:
        try:
            text = edit.set_cells(text, "action-items", "#", numbers)
            changes += [Fix(line, f"action item without a number → {number}") for line, number in numbers.items()]
        except EditRefusedError:
            pass  # as above
    return text, tuple(changes)


def _values(document: Document, settings: Settings) -> Iterator[tuple[str, str | datetime]]:
    """The front-matter values that have one proper spelling: times in UTC, known words in their case."""
    written, known = document.front.values, document.postmortem
    for key in KEYS:
        value = written.get(key)
        if isinstance(value, str) and in_utc(value):
            yield key, getattr(known, key)
    for key, word in (("status", known.status), ("audience", known.audience)):
        if word is not None and isinstance(written.get(key), str) and str(written[key]).strip() != word:
            yield key, str(word)
    names = [severity.name for severity in settings.severities]
    if known.severity and known.severity not in names and (name := canonical(known.severity, names)):
        yield "severity", name
