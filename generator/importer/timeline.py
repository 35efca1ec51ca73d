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
    expected: bool
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
    return reader.parts


class _Reader:
    """Goes through the blocks and gathers entries; `tail` is what followed the last one and may belong to it."""

    def __init__(self, blocks: Sequence[SourceBlock]) -> None:
        self.parts: list[Segment] = []
        self.run: EntryRun | None = None
        self.tail: list[SourceBlock] = []
        self.headed = False
        levels = Counter(
            b.level for b in blocks if b.kind is BlockKind.HEADING and (o := entries.opened(b.title)) and o.stamp.timed
        )
        self.levels = {level for level, count in levels.items() if count >= FEWEST}
        self.ahead = {id(block): following for block, following in _following(blocks)}

    def take(self, block: SourceBlock) -> None:
        expected = block.section == "timeline"
        match block.kind:
            case BlockKind.HEADING:
                self._heading(block, expected)
            case BlockKind.LABEL | BlockKind.RULE:
                self._text(block)
            case BlockKind.TABLE if (
                block.table
                and not self.headed
                and block.section not in _QUIET
                and (table := time_tables.read(block.table, expected=expected))
            ):
                self.close()
                self.parts.append(Sheet(table, block))
            case BlockKind.ITEM:
                self._lines(
                    block, expected, *entries.in_item(block.lines, block.line, loose=expected and not self.headed)
                )
            case BlockKind.PARAGRAPH:
                self._lines(block, expected, *entries.in_paragraph(block.lines, block.line, sentences=expected))
            case BlockKind.CODE | BlockKind.QUOTE if (
                expected and not self.headed and (logged := entries.in_code(block.lines, block.line))
            ):
                self.close()
                self.parts += [EntryRun(logged, [block], True, block.section, block.level, [block])]
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
            self.parts.append(run if run.expected or timed >= FEWEST else PlainLines(run.blocks))
        self.headed = False
        if tail:
            self.parts.append(PlainLines(tail))

    def _heading(self, block: SourceBlock, expected: bool) -> None:
        begins = entries.opened(block.title)
        expected = expected and section_key(block.title) != "timeline"
        if begins and entries.strict(begins) and (expected or block.level in self.levels):
            following = self.ahead[id(block)]
            entry = begins.stamp.timed or begins.stamp.unclear or (begins.event and not following and expected)
            if entry:
                self._settle()
                self._begin(block, expected or block.section in {"timeline", ""})
                self._entries(
                    block,
                    [ImportedEntry(block.line, begins.stamp, [begins.event], list(block.lines), whole=begins.whole)],
                )
                self.headed = True
                return
            self.close()
            self.parts.append(PlainLines([block], begins.stamp))
            return
        self._text(block, opens=section_key(block.title) == "timeline")

    def _lines(self, block: SourceBlock, expected: bool, before: list[str], entries_read: list[ImportedEntry]) -> None:
        """A block whose lines may be entries; `before` are those in front of the first one."""
        if not expected:
            quiet = block.section in _QUIET
            sure = [e for e in entries_read if e.stamp.timed and not e.whole and not e.stamp.pointed]
            entries_read = [] if quiet else sure
        empty = not any(line.strip() for line in before)
        if empty and len(entries_read) == 1 and _is_day(entries_read[0]):
            self.close()
            self.parts.append(PlainLines([block], entries_read[0].stamp))
        elif not entries_read or (self.headed and any(e.whole for e in entries_read)):
            self._other(block)
        elif self.run and block.kind is BlockKind.PARAGRAPH and self._goes_on(block, expected):
            self._settle()
            for line in before:
                entries.add(self.run.entries[-1], line, item=False)
            self._entries(block, entries_read)
        elif empty:
            self._settle()
            self._begin(block, expected)
            self._entries(block, entries_read)
        else:
            self._cut(block, expected, before, entries_read)

    def _cut(self, block: SourceBlock, expected: bool, before: list[str], entries_read: list[ImportedEntry]) -> None:
        """A block that begins with other words: those stay as they are, and may name the day of the entries behind."""
        self.close()
        top = SourceBlock(block.kind, block.line, tuple(before), block.section, block.level)
        opening = entries.opened(before[0].lstrip(" \t-*+•"))
        dated = opening and opening.stamp.dated and not opening.stamp.timed
        day = opening.stamp if opening and dated else timestamps.read(before[0].strip(" \t-*+•_"))
        rest = SourceBlock(block.kind, block.line + len(before), block.lines[len(before) :], block.section, block.level)
        self.parts.append(PlainLines([top], day if day and day.dated else None))
        self._begin(rest, expected)
        self._entries(rest, entries_read)

    def _goes_on(self, block: SourceBlock, expected: bool) -> bool:
        """Whether the run that is being read goes on in a block, and does not end before it."""
        return self.run is not None and self.run.expected == expected and self.run.section == block.section

    def _settle(self) -> None:
        """Give what stands between two entries to the first of them."""
        if self.run:
            for block in self.tail:
                _attach(self.run, block)
            self.tail = []

    def _begin(self, block: SourceBlock, expected: bool) -> None:
        if self.run and not self._goes_on(block, expected):
            self.close()
        if self.run is None:
            self.run = EntryRun([], [], expected, block.section, block.level)

    def _entries(self, block: SourceBlock, entries_read: list[ImportedEntry]) -> None:
        assert self.run is not None  # noqa: S101 - _begin came before
        self.run.entries += entries_read
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
            self.parts.append(PlainLines([block], None, opens))
        else:
            self._append(block)

    def _append(self, block: SourceBlock) -> None:
        last = self.parts[-1] if self.parts else None
        if isinstance(last, PlainLines) and last.stamp is None:
            last.blocks.append(block)
        else:
            self.parts.append(PlainLines([block]))


def _is_day(entry: ImportedEntry) -> bool:
    """Whether an entry is but a day, for those that follow."""
    return not (entry.stamp.timed or entry.stamp.unclear or any(entry.pieces))


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
    headings: list[tuple[SourceBlock, bool]] = []
    waiting: list[SourceBlock] = []
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            begins = entries.opened(block.title)
            timed = bool(begins and begins.stamp.timed)
            still = [b for b in waiting if b.level < block.level]
            if timed:
                headings += [(b, True) for b in still]
                still = []
            headings += [(b, False) for b in waiting if b.level >= block.level]
            waiting = [*still, block]
        elif waiting and _timed(block):
            headings += [(b, True) for b in waiting]
            waiting = []
    return headings + [(b, False) for b in waiting]


def _timed(block: SourceBlock) -> bool:
    if block.kind is BlockKind.ITEM:
        return any(entry.stamp.timed for entry in entries.in_item(block.lines, block.line)[1])
    if block.kind is BlockKind.PARAGRAPH:
        return any(entry.stamp.timed for entry in entries.in_paragraph(block.lines, block.line, sentences=False)[1])
    return (
        block.kind is BlockKind.TABLE
        and block.table is not None
        and time_tables.read(block.table, expected=True) is not None
    )
