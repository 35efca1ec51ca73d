"""Action items, in whatever form a document lists them, as the table that the archive follows up."""

import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.document.headings import ACTION_COLUMNS
from generator.document.model import ActionStatus
from generator.document.parse import ACTION_NUMBER
from generator.importer import action_fields, action_lists
from generator.importer.action_lists import is_here
from generator.importer.blocks import BlockKind, SourceBlock
from generator.importer.chronology import Era
from generator.importer.entries import ImportedEntry
from generator.importer.note import Note
from generator.markup import markdown
from generator.markup.inline_text import text_of

HEADER = "| # | Action | Owner | Due date | Status | Ticket |"
DELIMITER = "|---|--------|-------|----------|--------|--------|"
# Initials of who acted behind the time of a timeline's line.
_INITIALS = re.compile(r"^[^\w\n]{0,8}\d{1,2}[.:]\d\d[^\w\n]{1,8}([A-Z]{2,3}|[A-Z]{2}[a-z])\b(?=:?\s)", re.MULTILINE)
# A capitalised name before a verb that only a person does: those whose names are known as people's.
_ACTING = re.compile(
    r"\b([A-Z][a-z]{2,20}) (?:noticed|said|suggested|suggests|found|confirmed|reported|identified|pinged|joined|posted|asked|messaged|reverted|restarted|merged|rolled)\b"
)


@dataclass(slots=True)
class Actions:
    """The document's blocks with action items as tables; `count` of them, and what was not understood."""

    blocks: list[SourceBlock] = field(default_factory=list)
    count: int = 0
    notes: list[Note] = field(default_factory=list)


def collect(blocks: Sequence[SourceBlock], era: Era, *, convert: bool = True) -> Actions:
    """The blocks with the lists of action items as tables, numbered through the document."""
    if not convert or not any(is_here(block) for block in blocks):
        return Actions(list(blocks))
    writer = _Writer(blocks, era)
    index = 0
    while index < len(blocks):
        index = writer.take(blocks, index)
    return writer.result


class _Writer:
    """Goes through the blocks; `meaning` and `leader` are what the last title says about the items below it."""

    def __init__(self, blocks: Sequence[SourceBlock], era: Era) -> None:
        self.result = Actions()
        self.era, self.people, self.definitions = era, _people(blocks), _definitions(blocks)
        self.number = max((n for block in blocks if block.table for n in _numbers(block.table)), default=0)
        self.listed = any(b.kind in {BlockKind.ITEM, BlockKind.TABLE} for b in blocks if is_here(b))
        self.meaning: ActionStatus | None = None
        self.leader = ""

    def take(self, blocks: Sequence[SourceBlock], index: int) -> int:
        """Write what stands at `index`; the index behind it."""
        block = blocks[index]
        if not is_here(block):
            self.result.blocks.append(block)
            return index + 1
        if block.kind in {BlockKind.HEADING, BlockKind.LABEL}:
            self._title(block)
            if block.kind is BlockKind.HEADING and (headed := action_lists.under_headings(blocks, index)):
                self._table(headed[0], block, alone=True)
                self.result.blocks += blocks[index : headed[1]]
                return headed[1]
        end = index + 1
        if block.kind is BlockKind.TABLE and block.table:
            self._numbered(block, block.table)
        elif block.kind is BlockKind.ITEM:
            end = action_lists.end_of_list(blocks, index)
            self._lists(blocks[index:end])
        elif block.kind is BlockKind.PARAGRAPH and not self.listed and action_lists.is_planned(block):
            self._lists([block])
        else:
            self.result.blocks.append(block)
        return end

    def _title(self, block: SourceBlock) -> None:
        words = text_of(block.title)
        meaning = action_fields.of_title(words)
        self.meaning = meaning if meaning or block.kind is BlockKind.HEADING else None
        self.leader = words.strip(" :@") if words.strip(" :@") in self.people else ""

    def _lists(self, blocks: Sequence[SourceBlock]) -> None:
        for stays, items in action_lists.parts(blocks):
            if stays:
                self.result.blocks.append(replace(blocks[0], kind=BlockKind.PARAGRAPH, lines=tuple(stays)))
            if items:
                self._table(items, blocks[0])

    def _numbered(self, block: SourceBlock, table: markdown.Table) -> None:
        """Keep a table, with a column of numbers before the others if it has none."""
        if table.column(*ACTION_COLUMNS["action"]) is None:
            message = "the table in the section of action items has no column that is known as the action"
            self.result.notes.append(Note(block.line, message))
            self.result.blocks.append(block)
            return
        self.result.count += len(table.rows)
        if table.column(*ACTION_COLUMNS["number"]) is not None:
            self.result.blocks.append(block)
            return
        marks = ["#", "---", *(str(self.number + n) for n in range(1, len(table.rows) + 1))]
        self.number += len(table.rows)
        lines = tuple(
            f"| {mark} {line.lstrip()}" if line.lstrip().startswith("|") else f"| {mark} | {line}"
            for mark, line in zip(marks, block.lines, strict=False)
        )
        self.result.blocks.append(replace(block, lines=lines))

    def _table(self, items: Sequence[ImportedEntry], block: SourceBlock, *, alone: bool = False) -> None:
        """Write items as rows; with `alone` the one handle in an item's words is its owner wherever it stands."""
        lines = [HEADER, DELIMITER]
        markers = []
        for item in items:
            self.number += 1
            lines.append(self._row(item, alone))
            if item.marker.rstrip(".) ") != str(self.number) and re.search(r"\w", item.marker):
                markers.append(item.marker)
        if markers:
            lines += ["", f"<!-- list marks as written: {', '.join(markers)} -->"]
        for item in items:
            if item.kept_whole and item.raw:
                lines += ["", *textwrap.dedent("\n".join(item.raw)).strip("\n").split("\n")]
        self.result.count += len(items)
        previous = self.result.blocks[-1].lines if self.result.blocks else ()
        gap = ("",) if previous and previous[-1].strip() else ()
        self.result.blocks.append(
            SourceBlock(BlockKind.WRITTEN, items[0].line, (*gap, *lines, ""), "action-items", block.level),
        )

    def _row(self, item: ImportedEntry, alone: bool) -> str:
        whole = " ".join(item.pieces)
        ticked = "[x]" in item.marker.casefold()
        status = action_fields.status(item.pieces[0] if item.pieces else "") or self.meaning or ActionStatus.OPEN
        cells = (
            str(self.number),
            item.event,
            action_fields.owner(whole, self.people, alone=alone) or self.leader,
            action_fields.due(whole, self.era),
            (ActionStatus.COMPLETED if ticked else status).value,
            action_fields.ticket(whole, self.definitions),
        )
        return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(text: str) -> str:
    folded = markdown.escape_cell(text)
    return folded + " " if folded.endswith("\\") else folded


def _numbers(table: markdown.Table) -> list[int]:
    column = table.column(*ACTION_COLUMNS["number"])
    if column is None or table.column(*ACTION_COLUMNS["action"]) is None:
        return []
    return [int(m[1]) for row in table.rows if (m := ACTION_NUMBER.fullmatch(text_of(row.cell(column))))]


def _people(blocks: Sequence[SourceBlock]) -> set[str]:
    """The names of people that the document knows: those it lists, and those who do something in its timeline."""
    story = "\n".join(block.text for block in blocks if block.section == "timeline")
    names = {match[1] for match in _INITIALS.finditer(story)} | {match[1] for match in _ACTING.finditer(story)}
    for block in blocks:
        if block.section == "attendees" and block.kind in {BlockKind.ITEM, BlockKind.PARAGRAPH, BlockKind.TABLE}:
            for name in re.findall(r"[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){0,2}", block.text[:5000]):
                names |= {name, name.split()[0]}
    return names


def _definitions(blocks: Sequence[SourceBlock]) -> Mapping[str, str]:
    definitions: dict[str, str] = {}
    for block in blocks:
        match = re.match(r"\s{0,3}\[([^\]]+)\]:\s*<?(\S+?)>?(?:\s|$)", block.lines[0])
        if block.kind is BlockKind.DEFINITION and match:
            definitions.setdefault(match[1].casefold(), match[2])
    return definitions
