"""Timeline entries as a table in UTC, with every word that they had."""

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC

from generator.document import iso_times
from generator.document.headings import TIMELINE_COLUMNS
from generator.importer import word_count
from generator.importer.chronology import Moment
from generator.importer.entries import ImportedEntry
from generator.importer.time_tables import TimeTable
from generator.importer.timestamps import Stamp
from generator.markup import markdown
from generator.markup.inline_text import text_of

TIME, EVENT, WRITTEN = "Time (UTC)", "Event", "As written"
_UTC = re.compile(r"\b(?:UTC)\b(?!\s?[+\-−±])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry with its moment."""

    entry: ImportedEntry
    moment: Moment


def time_cell(stamp: Stamp, moment: Moment) -> str:
    """A time as the archive writes it; a time that is not understood stays as it was."""
    if moment.at is not None:
        shown = f"{moment.at:%Y-%m-%d %H:%M:%S}" if stamp.clock and stamp.clock[2] else f"{moment.at:%Y-%m-%d %H:%M}"
        return f"{shown} UTC" if stamp.zone and stamp.zone.rules is UTC and _UTC.search(stamp.text) else shown
    if moment.day is not None and not stamp.unclear:
        return moment.day.isoformat()
    return stamp.text


def _written(stamp: Stamp, cell: str) -> str:
    """The time as it was, where the row would else lose a word of it, its zone, or that it was vague."""
    moved = stamp.clock is not None and f" {stamp.clock[0]:02}:{stamp.clock[1]:02}" not in cell
    return stamp.text if moved or stamp.vague or word_count.missing(stamp.text, cell) else ""


def table(placed: Sequence[Placed], aside: Sequence[str] = ()) -> list[str]:
    """The lines of a table for a run of entries, and below it what no cell can hold."""
    rows = []
    for one in placed:
        cell = time_cell(one.entry.stamp, one.moment)
        event = one.entry.event
        rows.append((cell, event, "" if one.entry.whole else _written(one.entry.stamp, cell)))
    wide = any(row[2] for row in rows)
    lines = _lines((TIME, EVENT, WRITTEN) if wide else (TIME, EVENT), [row if wide else row[:2] for row in rows])
    markers = [one.entry.marker for one in placed if re.search(r"\w", one.entry.marker)]
    if markers:
        lines += ["", f"<!-- list marks as written: {', '.join(markers)} -->"]
    for one in placed:
        if one.entry.kept_whole:
            lines += ["", *textwrap.dedent("\n".join(one.entry.raw)).strip("\n").split("\n")]
    if aside:
        lines += ["", *aside]
    return lines


def _lines(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    cells = [[_cell(cell) for cell in row] for row in (header, *rows)]
    lines = ["| " + " | ".join(row) + " |" for row in cells]
    return [lines[0], "|" + " --- |" * len(header), *lines[1:]]


def _cell(text: str) -> str:
    folded = markdown.escape_cell(text)
    return folded + " " if folded.endswith("\\") else folded


def reads_right(read: TimeTable, moments: Sequence[Moment]) -> bool:
    """Whether the archive reads a table's times as they are meant, so that not a byte of it need change."""
    columns = read.table
    if len(read.times) != 1 or columns.column(*TIMELINE_COLUMNS["time"]) != read.times[0]:
        return False
    if columns.column(*TIMELINE_COLUMNS["event"]) != read.event:
        return False
    return all(
        iso_times.moment(text_of(row.cell(read.times[0])))[0] == moment.at
        for row, moment in zip(columns.rows, moments, strict=True)
        if moment.at is not None
    )


def rewritten(read: TimeTable, moments: Sequence[Moment]) -> list[str]:
    """A table with a column in UTC before its own; its own time columns say that they are as written."""
    header = [cell.text for cell in read.table.header.cells]
    kept = list(header)
    for position in read.times:
        kept[position] = f"{header[position]} as written".strip()
    if (
        markdown.normal(header[read.event]) not in TIMELINE_COLUMNS["event"]
        or read.table.column(*TIMELINE_COLUMNS["event"]) != read.event
    ):
        kept[read.event] = EVENT
    rows = []
    width = len(header)
    for row, source, moment in zip(read.table.rows, read.rows, moments, strict=True):
        cells = [cell.text for cell in row.cells]
        extra = " ".join(cells[width:])
        cells = [*cells, *[""] * width][:width]
        if extra:
            cells[read.event] = f"{cells[read.event]} {extra}"
        time = time_cell(source.stamp, moment) if source.stamp else source.written
        rows.append([time, *cells])
    lines = _lines([TIME, *kept], rows)
    renamed = header[read.event] if kept[read.event] != header[read.event] else ""
    return [*lines, "", f"<!-- the column {EVENT} as written: {renamed} -->"] if renamed else lines
