"""What commands print: rows as a terminal table, CSV or JSON, and what a run changes, a line each; pure."""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Row = Mapping[str, object]

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def width(text: str) -> int:
    """The columns that a text takes in a terminal."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _cut(text: str, limit: int) -> str:
    if width(text) <= limit:
        return text
    kept = ""
    for character in text:
        if width(kept + character) > limit - 1:
            break
        kept += character
    return kept.rstrip() + "…"


def cell(value: object) -> str:
    """A value as a person reads it, without anything that could steer a terminal."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, (list, tuple)):
        return ", ".join(cell(item) for item in value)
    return _CONTROL.sub(" ", str(value))


def table(rows: Sequence[Row], columns: Sequence[str], *, limits: Mapping[str, int] | None = None) -> str:
    """A plain aligned table with a head line; `limits` bounds the width of single columns."""
    limits = limits or {}
    grid = [[name.replace("_", " ").upper() for name in columns]]
    grid += [[_cut(cell(row.get(name)), limits.get(name, 1000)) for name in columns] for row in rows]
    widths = [max(width(line[i]) for line in grid) for i in range(len(columns))]
    return "".join(
        "  ".join(text + " " * (w - width(text)) for text, w in zip(line, widths, strict=True)).rstrip() + "\n"
        for line in grid
    )


def as_csv(rows: Sequence[Row], columns: Sequence[str]) -> str:
    """CSV with a head line; a cell that a spreadsheet would run as a formula gets an apostrophe in front."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        cells = [cell(row.get(name)) for name in columns]
        writer.writerow(["'" + text if text.startswith(_FORMULA) and len(text) > 1 else text for text in cells])
    return out.getvalue()


def as_json(rows: Sequence[Row]) -> str:
    """A JSON list, one readable record after the other."""
    return json.dumps([dict(row) for row in rows], ensure_ascii=False, indent=2, default=str) + "\n"


def rendered(rows: Sequence[Row], columns: Sequence[str], form: str, *, limits: Mapping[str, int] | None = None) -> str:
    """The rows as `table`, `csv` or `json`; JSON holds every field, the others the named columns."""
    if form == "json":
        return as_json(rows)
    return as_csv(rows, columns) if form == "csv" else table(rows, columns, limits=limits)


@dataclass(slots=True)
class ChangeLog:
    """Lines that begin with `+` (created), `~` (changed), `=` (as it is) or `!` (could not be done, does no harm).

    `writes` is whether there is anything that only `--apply` does.
    """

    apply: bool
    lines: list[str] = field(default_factory=list)
    writes: bool = False

    def create(self, what: str) -> None:
        """Something new."""
        self.lines.append(f"+ {what}")
        self.writes = True

    def change(self, what: str) -> None:
        """Something that becomes another."""
        self.lines.append(f"~ {what}")
        self.writes = True

    def same(self, what: str) -> None:
        """Something that is as it should be."""
        self.lines.append(f"= {what}")

    def warn(self, what: str) -> None:
        """Something that may be left out and could not be done."""
        self.lines.append(f"! {what}")
