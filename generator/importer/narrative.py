"""The timeline of a document on its way into the archive: read, placed in time, and written as tables where that is safe."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from generator.importer import rows, time_zones
from generator.importer.blocks import BlockKind, SourceBlock
from generator.importer.chronology import Chronology, Era, Moment, dates_in
from generator.importer.note import Note
from generator.importer.rows import Placed
from generator.importer.time_zones import Zone
from generator.importer.timeline import EntryRun, PlainLines, Segment, Sheet, segments
from generator.importer.timestamps import Stamp

_CLEAR = 0.5  # a run of entries becomes a table if at least so many of its times are understood
UTC_NOTE = "*The table gives the times in UTC; the column As written has them as they stood in the source.*"


@dataclass(frozen=True, slots=True)
class ReportedEntry:
    """One entry for the report: its line in the source, its time as written, and what that means."""

    line: int
    written: str
    at: datetime | None
    day: date | None


@dataclass(slots=True)
class Story:
    """The document's text with its timelines as tables, the entries in them, and what was not understood."""

    lines: list[str] = field(default_factory=list)
    entries: list[ReportedEntry] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def narrate(blocks: Sequence[SourceBlock], era: Era, *, convert: bool = True) -> Story:
    """Write the blocks anew, timelines as tables; without `convert` nothing is changed."""
    if not convert:
        return Story([line for block in blocks for line in block.lines])
    parts = segments(blocks)
    stamps = [stamp for part in parts for stamp in _stamps(part)]
    narrator = _Narrator(era, _declared(blocks) or _usual(stamps), stamps)
    for part in parts:
        narrator.take(part)
    return narrator.story


class _Narrator:
    """Goes through a document with the zone and the day that hold where it stands.

    `usual` is the zone where a timeline names none, `written` whether the last thing written was a table of ours, which
    ends with a blank line of its own.
    """

    def __init__(self, era: Era, usual: Zone | None, stamps: Sequence[Stamp]) -> None:
        self.story = Story()
        self._era, self._usual, self._stamps = era, usual, stamps
        self._zone, self._clockwork = usual, Chronology(era, usual, stamps)
        self._explained, self._warned, self._written = False, False, False

    def take(self, segment: Segment) -> None:
        """Write the next part of the document."""
        if isinstance(segment, PlainLines):
            self._plain(segment)
        else:
            self._timeline(segment)

    def _plain(self, segment: PlainLines) -> None:
        if segment.opens:
            self._zone, day = _opening(segment, self._era, self._usual)
            self._clockwork = Chronology(replace(self._era, day=day or self._era.day), self._zone, self._stamps)
            self._explained = False
        elif segment.stamp or segment.blocks[0].kind in {BlockKind.HEADING, BlockKind.LABEL}:
            self._clockwork.heading(segment.stamp)
        for block in segment.blocks:
            if block.kind is not BlockKind.BLANK or not self._written:
                self.story.lines += block.lines
            self._written = block.kind is BlockKind.WRITTEN

    def _timeline(self, segment: EntryRun | Sheet) -> None:
        self._warn_of_zone(segment)
        if isinstance(segment, Sheet):
            lines, entries, notes = _sheet(segment, self._clockwork, self._era, self._zone)
        else:
            lines, entries, notes = _run(segment, self._clockwork)
        self.story.notes += notes
        self.story.entries += entries
        self._written = any(line.startswith("|") for line in lines) and bool(entries)
        if self._written:
            self._introduce(segment, lines)
            lines = [*_gap(self.story.lines), *lines, ""]
        self.story.lines += lines

    def _warn_of_zone(self, segment: EntryRun | Sheet) -> None:
        """Note once per document that a timeline without a zone is taken for UTC."""
        stated = segment.table.zone if isinstance(segment, Sheet) else None
        if not (stated or self._zone or self._warned or any(stamp.zone for stamp in _stamps(segment))):
            self.story.notes.append(Note(_line(segment), "no time zone is stated; the times are taken for UTC"))
            self._warned = True

    def _introduce(self, segment: EntryRun | Sheet, lines: Sequence[str]) -> None:
        """Write what must stand above a table: a heading that makes it a timeline, and how its times are meant."""
        if _needs_heading(segment):
            self.story.lines += [*_gap(self.story.lines), "#" * min(_level(segment) + 1, 6) + " Timeline", ""]
        converted = any(line.startswith(f"| {rows.TIME} ") and "ritten" in line for line in lines)
        if converted and not self._explained:
            self.story.lines += [*_gap(self.story.lines), UTC_NOTE, ""]
            self._explained = True


def _gap(lines: Sequence[str]) -> list[str]:
    return [""] if lines and lines[-1].strip() else []


def _declared(blocks: Sequence[SourceBlock]) -> Zone | None:
    """The zone that the document declares anywhere outside code and quotations."""
    for block in blocks:
        if block.kind in {BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.LABEL, BlockKind.HEADING, BlockKind.HTML} and (
            zone := time_zones.declared(block.text)
        ):
            return zone
    return None


def _usual(stamps: Sequence[Stamp]) -> Zone | None:
    """The zone that most labelled times have, for those beside them that have no label."""
    labels = Counter(stamp.zone for stamp in stamps if stamp.zone)
    return labels.most_common(1)[0][0] if labels else None


def _opening(segment: PlainLines, era: Era, usual: Zone | None) -> tuple[Zone | None, date | None]:
    """The zone and the first day that a timeline's heading and the sentences below it name."""
    texts = [segment.blocks[0].title or segment.blocks[0].text]
    texts += [b.text for b in segment.blocks[1:] if b.kind in {BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.ITEM}][
        :4
    ]
    zone = time_zones.named(texts[0]) or next((z for text in texts if (z := time_zones.declared(text))), None)
    days = [day for text in texts for day in dates_in(text[:1000], era, 1)]
    return zone or usual, days[0] if days else None


def _stamps(segment: Segment) -> list[Stamp]:
    if isinstance(segment, EntryRun):
        return [entry.stamp for entry in segment.entries]
    return [row.stamp for row in segment.table.rows if row.stamp] if isinstance(segment, Sheet) else []


def _line(segment: EntryRun | Sheet) -> int:
    return segment.entries[0].line if isinstance(segment, EntryRun) else segment.block.line


def _level(segment: EntryRun | Sheet) -> int:
    return (segment.level if isinstance(segment, EntryRun) else segment.block.level) or 1


def _needs_heading(segment: EntryRun | Sheet) -> bool:
    """Whether the archive would not see the table as a timeline, because its section is known as something else."""
    section = segment.section if isinstance(segment, EntryRun) else segment.block.section
    return section not in {"timeline", ""}


_Written = tuple[list[str], list[ReportedEntry], list[Note]]


def _run(run: EntryRun, clockwork: Chronology) -> _Written:
    placed = [Placed(entry, clockwork.place(entry.stamp)) for entry in run.entries]
    clear = sum(1 for one in placed if one.moment.at or one.moment.day)
    original = [line for block in run.blocks for line in block.lines]
    if clear < _CLEAR * len(placed):
        line = run.entries[0].line
        why = next((one.moment.doubt for one in placed if one.moment.doubt), "")
        return (
            original,
            [],
            [
                Note(
                    line,
                    f"the timeline stays as it is: {clear} of {len(placed)} times are clear; {run.entries[0].stamp.text!r} {why}",
                )
            ],
        )
    notes = [
        Note(one.entry.line, f"the time {one.entry.stamp.text!r} {one.moment.doubt}")
        for one in placed
        if one.moment.doubt
    ]
    aside = [line for block in run.aside for line in block.lines]
    entries = [ReportedEntry(one.entry.line, one.entry.stamp.text, one.moment.at, one.moment.day) for one in placed]
    return rows.table(placed, aside), entries, notes


def _sheet(sheet: Sheet, clockwork: Chronology, era: Era, zone: Zone | None) -> _Written:
    table = sheet.table
    if table.zone or table.year:
        stamps = [row.stamp for row in table.rows if row.stamp]
        clockwork = Chronology(replace(era, day=_in_year(era, table.year)), table.zone or zone, stamps)
    moments = [clockwork.place(row.stamp) if row.stamp else Moment() for row in table.rows]
    entries = [
        ReportedEntry(row.line, row.written, m.at, m.day)
        for row, m in zip(table.rows, moments, strict=True)
        if row.stamp
    ]
    notes = [
        Note(
            row.line,
            f"the time {row.written!r} {moment.doubt or 'cannot be read'}" if row.written else "the row has no time",
        )
        for row, moment in zip(table.rows, moments, strict=True)
        if moment.doubt or not row.stamp
    ]
    if rows.reads_right(table, moments):
        return list(sheet.block.lines), entries, notes
    return rows.rewritten(table, moments), entries, notes


def _in_year(era: Era, year: int | None) -> date | None:
    if year is None or (era.day and era.day.year == year):
        return era.day
    return date(year, 7, 1)
