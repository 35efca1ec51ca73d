"""Where a document tells what happened when: runs of entries and tables of times, and everything around them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.document.headings import section_key
from generator.importer import entries, time_tables, timestamps
from generator.importer.blocks import ITEM, BlockKind, SourceBlock
from generator.importer.entries import ImportedEntry
from generator.importer.time_tables import TimeTable
from generator.importer.timestamps import Stamp

FEWEST = 3  # so many entries in a row are a timeline also where no heading says so
_QUIET = {"action-items", "references", "attendees", "errors", "metrics"}


@dataclass(slots=True)
class PlainLines:
    """Lines that stay as they are; `stamp` is the day that they name for what follows, `opens` whether a timeline begins."""

    blocks: list[SourceBlock]
    stamp: Stamp | None = None
    opens: bool = False


@dataclass(slots=True)
class EntryRun:
    """Entries that follow one another; `blocks` are all that they were made of, for the way back."""

    entries: list[ImportedEntry]
    blocks: list[SourceBlock]
    told: bool
    section: str
    level: int
    aside: list[SourceBlock] = field(default_factory=list)


@dataclass(slots=True)
class Sheet:
    """A table of times."""

    table: TimeTable
    block: SourceBlock


Segment = PlainLines | EntryRun | Sheet


def segments(blocks: Sequence[SourceBlock]) -> list[Segment]:
    """The document as text, runs and tables, in order; together they hold every block."""
    reader = _Reader(blocks)
    for block in blocks:
        reader.take(block)
    reader.close()
    return reader.found


class _Reader:
    """Goes through the blocks and gathers entries; `tail` is what followed the last one and may belong to it."""

    def __init__(self, blocks: Sequence[SourceBlock]) -> None:
        self.found: list[Segment] = []
        self.run: EntryRun | None = None
        self.tail: list[SourceBlock] = []
        self.headed = False
        levels = Counter(
            b.level for b in blocks if b.kind is BlockKind.HEADING and (o := entries.opened(b.title)) and o.stamp.timed
        )
        self.levels = {level for level, count in levels.items() if count >= FEWEST}
        self.ahead = {id(block): following for block, following in _following(blocks)}

    def take(self, block: SourceBlock) -> None:
        told = block.section == "timeline"
        match block.kind:
            case BlockKind.HEADING:
                self._heading(block, told)
            case BlockKind.LABEL | BlockKind.RULE:
                self._text(block)
            case BlockKind.TABLE if (
                block.table
                and not self.headed
                and block.section not in _QUIET
                and (table := time_tables.read(block.table, told=told))
            ):
                self.close()
                self.found.append(Sheet(table, block))
            case BlockKind.ITEM:
                self._lines(block, told, *entries.in_item(block.lines, block.line, loose=told and not self.headed))
            case BlockKind.PARAGRAPH:
                self._lines(block, told, *entries.in_paragraph(block.lines, block.line, sentences=told))
            case BlockKind.CODE | BlockKind.QUOTE if (
                told and not self.headed and (logged := entries.in_code(block.lines, block.line))
            ):
                self.close()
                self.found += [EntryRun(logged, [block], True, block.section, block.level, [block])]
            case _:
                self._other(block)

    def close(self) -> None:
        """End the run; what followed its last entry belongs to it only under a heading, or where it says nothing yet."""
        run, tail = self.run, self.tail
        self.run, self.tail = None, []
        if run:
            last = run.entries[-1]
            belongs = len(tail) if self.headed else 0
            if not self.headed and not any(last.pieces):
                belongs = next(
                    (
                        n + 1
                        for n, b in enumerate(tail)
                        if b.kind not in {BlockKind.BLANK, BlockKind.HTML, BlockKind.DEFINITION}
                    ),
                    0,
                )
            for block in tail[:belongs]:
                _attach(run, block)
            tail = tail[belongs:]
            timed = sum(1 for entry in run.entries if entry.stamp.timed)
            self.found.append(run if run.told or timed >= FEWEST else PlainLines(run.blocks))
        self.headed = False
        if tail:
            self.found.append(PlainLines(tail))

    def _heading(self, block: SourceBlock, told: bool) -> None:
        begins = entries.opened(block.title)
        told = told and section_key(block.title) != "timeline"
        if begins and entries.strict(begins) and (told or block.level in self.levels):
            following = self.ahead[id(block)]
            entry = begins.stamp.timed or begins.stamp.unclear or (begins.event and not following and told)
            if entry:
                self._settle()
                self._begin(block, told or block.section in {"timeline", ""})
                self._entries(
                    block,
                    [ImportedEntry(block.line, begins.stamp, [begins.event], list(block.lines), whole=begins.whole)],
                )
                self.headed = True
                return
            self.close()
            self.found.append(PlainLines([block], begins.stamp))
            return
        self._text(block, opens=section_key(block.title) == "timeline")

    def _lines(self, block: SourceBlock, told: bool, before: list[str], found: list[ImportedEntry]) -> None:
        if not told:
            found = (
                [e for e in found if e.stamp.timed and not e.whole and not e.stamp.pointed]
                if block.section not in _QUIET
                else []
            )
        days = [entry for entry in found if not entry.stamp.timed and not entry.stamp.unclear and not any(entry.pieces)]
        if found and len(days) == len(found) == 1 and not any(line.strip() for line in before):
            self.close()
            self.found.append(PlainLines([block], found[0].stamp))
        elif not found or (self.headed and any(e.whole for e in found)):
            self._other(block)
        elif (
            self.run
            and block.kind is BlockKind.PARAGRAPH
            and self.run.told == told
            and self.run.section == block.section
        ):
            self._settle()
            for line in before:
                entries.add(self.run.entries[-1], line, item=False)
            self._entries(block, found)
        elif any(line.strip() for line in before):
            self.close()
            top = SourceBlock(block.kind, block.line, tuple(before), block.section, block.level)
            opening = entries.opened(before[0].lstrip(" \t-*+•"))
            day = (
                opening.stamp
                if opening and opening.stamp.dated and not opening.stamp.timed
                else timestamps.read(before[0].strip(" \t-*+•_"))
            )
            rest = SourceBlock(
                block.kind, block.line + len(before), block.lines[len(before) :], block.section, block.level
            )
            self.found.append(PlainLines([top], day if day and day.dated else None))
            self._begin(rest, told)
            self._entries(rest, found)
        else:
            self._settle()
            self._begin(block, told)
            self._entries(block, found)

    def _settle(self) -> None:
        """Give what stands between two entries to the first of them."""
        if self.run:
            for block in self.tail:
                _attach(self.run, block)
            self.tail = []

    def _begin(self, block: SourceBlock, told: bool) -> None:
        if self.run and (self.run.section != block.section or self.run.told != told):
            self.close()
        if self.run is None:
            self.run = EntryRun([], [], told, block.section, block.level)

    def _entries(self, block: SourceBlock, found: list[ImportedEntry]) -> None:
        assert self.run is not None  # noqa: S101 - _begin came before
        self.run.entries += found
        self.run.blocks.append(block)
        self.headed = False

    def _other(self, block: SourceBlock) -> None:
        if self.run:
            self.tail.append(block)
        else:
            self._append(block)

    def _text(self, block: SourceBlock, *, opens: bool = False) -> None:
        self.close()
        opens = opens or (block.kind is BlockKind.LABEL and section_key(block.title) == "timeline")
        if opens or block.kind in {BlockKind.HEADING, BlockKind.LABEL}:
            self.found.append(PlainLines([block], None, opens))
        else:
            self._append(block)

    def _append(self, block: SourceBlock) -> None:
        last = self.found[-1] if self.found else None
        if isinstance(last, PlainLines) and last.stamp is None:
            last.blocks.append(block)
        else:
            self.found.append(PlainLines([block]))


def _attach(run: EntryRun, block: SourceBlock) -> None:
    run.blocks.append(block)
    last = run.entries[-1]
    if block.kind is BlockKind.DEFINITION or (
        block.kind is BlockKind.HTML and block.lines[0].lstrip().startswith("<!--")
    ):
        run.aside.append(block)
        return
    if block.kind in {BlockKind.CODE, BlockKind.TABLE, BlockKind.QUOTE, BlockKind.HTML}:
        last.rich = True
    for number, line in enumerate(block.lines):
        entries.add(last, line, item=ITEM.match(line) is not None and (block.kind is BlockKind.ITEM or number > 0))


def _following(blocks: Sequence[SourceBlock]) -> list[tuple[SourceBlock, bool]]:
    """Each heading, and whether entries with a time of day follow below it, so that a day in it is theirs."""
    found: list[tuple[SourceBlock, bool]] = []
    waiting: list[SourceBlock] = []
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            begins = entries.opened(block.title)
            timed = bool(begins and begins.stamp.timed)
            still = [b for b in waiting if b.level < block.level]
            if timed:
                found += [(b, True) for b in still]
                still = []
            found += [(b, False) for b in waiting if b.level >= block.level]
            waiting = [*still, block]
        elif waiting and _timed(block):
            found += [(b, True) for b in waiting]
            waiting = []
    return found + [(b, False) for b in waiting]


def _timed(block: SourceBlock) -> bool:
    if block.kind is BlockKind.ITEM:
        return any(entry.stamp.timed for entry in entries.in_item(block.lines, block.line)[1])
    if block.kind is BlockKind.PARAGRAPH:
        return any(entry.stamp.timed for entry in entries.in_paragraph(block.lines, block.line, sentences=False)[1])
    return (
        block.kind is BlockKind.TABLE
        and block.table is not None
        and time_tables.read(block.table, told=True) is not None
    )
