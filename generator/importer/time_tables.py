"""Timeline tables: which columns hold the time and the event, whatever they are called, and what each row says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.document.headings import TIMELINE_COLUMNS
from generator.importer import time_zones, timestamps
from generator.importer.time_zones import Zone
from generator.importer.timestamps import Stamp
from generator.markup import markdown
from generator.markup.inline_text import text_of

# Titles of columns that say when, in English, German and Spanish.
_TIME = re.compile(
    r"\b(?:time|times|timestamp|when|date|datetime|day|clock|hour|start(?:ed)?|utc|gmt|zeit|datum|hora|fecha)\b"
)
_NO_TIME = re.compile(r"\b(?:end|ended|due|duration|elapsed|until|to|to (?:detect|mitigate|resolve))\b")
_DAY = re.compile(r"\b(?:day|date|weekday|datum|fecha)\b")
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_MOST = 0.5  # a column holds times if at least half of its filled cells begin with one; the others may say "later"


@dataclass(frozen=True, slots=True)
class TimeRow:
    """One row: the time as written (cells of several columns joined), what it means, and the event's cell."""

    line: int
    written: str
    stamp: Stamp | None
    event: str


@dataclass(frozen=True, slots=True)
class TimeTable:
    """A table that tells what happened when; `times` and `event` are the positions of its columns."""

    table: markdown.Table
    times: tuple[int, ...]
    event: int
    rows: tuple[TimeRow, ...]
    zone: Zone | None = None
    year: int | None = None


def read(table: markdown.Table, *, expected: bool) -> TimeTable | None:
    """The table as a timeline, None where it is none; `expected` says that it stands where a timeline is to be."""
    titles = [markdown.normal(cell.text) for cell in table.header.cells]
    if len(titles) < 2 or not table.rows:
        return None
    times = _time_columns(table, titles, expected)
    others = [i for i in range(len(titles)) if i not in times]
    if not times or not others:
        return None
    event = _event_column(table, titles, others)
    rows = tuple(_row(row, times, event) for row in table.rows)
    if not expected and sum(1 for row in rows if row.stamp and row.stamp.timed) * 2 < len(rows):
        return None
    header = " ".join(table.header.cells[i].text for i in times)
    year = _YEAR.search(header)
    return TimeTable(table, tuple(times), event, rows, time_zones.named(header), int(year[1]) if year else None)


def _time_columns(table: markdown.Table, titles: Sequence[str], expected: bool) -> list[int]:
    """The columns that say when, those with the day first; their titles say so, and at least one's cells do."""
    named = [i for i, title in enumerate(titles) if _TIME.search(title) and not _NO_TIME.search(title)]
    times = [i for i in named if _share(table, i) >= _MOST or _DAY.search(titles[i])]
    if not any(_share(table, i) >= _MOST for i in times):
        times = [0] if expected and _share(table, 0) >= _MOST else []
    return sorted(times, key=lambda i: not _DAY.search(titles[i]))


def _event_column(table: markdown.Table, titles: Sequence[str], others: Sequence[int]) -> int:
    """The column that says what happened: by its title, else the one with the most words."""
    for name in TIMELINE_COLUMNS["event"]:
        if name in titles and titles.index(name) in others:
            return titles.index(name)
    return max(others, key=lambda i: sum(len(row.cell(i)) for row in table.rows))


def _share(table: markdown.Table, column: int) -> float:
    """How many of a column's cells begin with a time or a day."""
    cells = [text_of(row.cell(column)) for row in table.rows if row.cell(column)]
    return sum(1 for cell in cells if _stamp(cell)) / len(cells) if cells else 0.0


def _stamp(written: str) -> Stamp | None:
    bare = written.strip(" *_`~[]()")
    stamp = timestamps.read(bare)
    return stamp if stamp and not re.search(r"\w", bare[stamp.end :]) else _loose(bare, stamp)


def _loose(bare: str, stamp: Stamp | None) -> Stamp | None:
    """A time with a few words behind it, as in `14:02 (start)`."""
    return stamp if stamp and len(bare) - stamp.end <= 24 else None


def _row(row: markdown.TableRow, times: Sequence[int], event: int) -> TimeRow:
    written = " ".join(text_of(row.cell(i)) for i in times if row.cell(i))
    return TimeRow(row.line, written, _stamp(written), row.cell(event))
