"""A document as a sequence of blocks by line: headings, list items, paragraphs, tables, code; every line belongs to one."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from generator.document.headings import section_key
from generator.importer import timestamps
from generator.markup import markdown, source_lines

ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<marker>[-*+•‣◦▪●]|\d{1,9}[.)])(?P<gap>[ \t]+)(?P<text>\S.*)")
_QUOTE = re.compile(r" {0,3}>")
_DEFINITION = re.compile(r" {0,3}\[[^\]\n]{1,200}\]:")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
# A line that begins a block of HTML, a declaration, a template's tag, or a component of MDX (`<Callout`).
_HTML = re.compile(
    r" {0,3}<(?:/?(?:details|summary|div|table|section|iframe|figure|img|p|br|hr|ul|ol|dl|center|aside|video|script|style|pre)\b|[!?%]|/?[A-Z][A-Za-z]+)"
)
# A bold line, or a few capitalised words with a colon, alone on a line: what people write where a heading should be.
_LABEL = re.compile(
    r"\s{0,3}(?:\*\*|__)\s*+([^*_\n]{2,80}?)(?:\s*+:)?\s*+(?:\*\*|__)(?:\s*+:)?\s*+$|\s{0,3}([A-Z][\w /&'-]{2,60}):\s*$"
)


class BlockKind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    LABEL = "label"  # a bold line or `Timeline:` that stands for a heading
    ITEM = "item"  # one item of the outermost level of a list, with everything in it
    PARAGRAPH = "paragraph"
    TABLE = "table"
    CODE = "code"
    QUOTE = "quote"
    HTML = "html"
    DEFINITION = "definition"
    RULE = "rule"
    BLANK = "blank"
    WRITTEN = "written"  # what the adoption has made; it ends with a blank line


@dataclass(frozen=True, slots=True)
class SourceBlock:
    """Lines of one kind. `line` is the first one's number in the file; `section` the canonical key that governs it.

    `level` is a heading's, or that of the heading above; `title` are the words of a heading or label.
    """

    kind: BlockKind
    line: int
    lines: tuple[str, ...]
    section: str = ""
    level: int = 0
    title: str = ""
    table: markdown.Table | None = None

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)


def scan(text: str, start: int, first_line: int) -> tuple[SourceBlock, ...]:
    """The blocks of `text` from offset `start`, which is on line `first_line`; line breaks are Unix ones."""
    scanner = _Scanner(text, start, first_line)
    return tuple(scanner.blocks())


class _Scanner:
    """Goes down a text; `_path` are the headings above, as (level, section), `_label` the section of a label below them."""

    def __init__(self, text: str, start: int, first_line: int) -> None:
        outline = markdown.scan(text, start, first_line)
        self._text = text
        self._lines = list(source_lines.lines_of(text, start, first_line))
        self._headings = {heading.line: heading for heading in outline.headings}
        self._tables = {table.header.line: table for table in outline.tables}
        self._taken = {*self._headings, *self._tables}
        self._path: list[tuple[int, str]] = []
        self._label = ""

    def blocks(self) -> Iterator[SourceBlock]:
        """Each block with its lines."""
        index = 0
        while index < len(self._lines):
            number = self._lines[index].number
            if heading := self._headings.get(number):
                block, end = self._heading(heading, index)
            elif table := self._tables.get(number):
                last = table.rows[-1].line if table.rows else table.header.line + 1
                block, end = self._block(BlockKind.TABLE, number, table=table), index + 1 + last - number
            else:
                block, end = self._plain(index)
            yield _filled(block, self._lines[index:end])
            index = end

    def _heading(self, heading: markdown.Heading, index: int) -> tuple[SourceBlock, int]:
        while self._path and self._path[-1][0] >= heading.level:
            self._path.pop()
        self._path.append((heading.level, section_key(heading.title)))
        self._label = ""
        end = index + 1 + self._text.count("\n", heading.start, heading.end)
        return self._block(BlockKind.HEADING, heading.line, heading.title), end

    def _plain(self, index: int) -> tuple[SourceBlock, int]:
        line = self._lines[index]
        kind, end = _simple(self._lines, index, self._taken)
        label = _LABEL.fullmatch(line.text) if kind is BlockKind.PARAGRAPH and end == index + 1 else None
        title = (label[1] or label[2]) if label else ""
        key = section_key(title) if title else ""
        # A bold line stands for a heading whatever it says, unless it is a time; `Words:` only where it names a section.
        if label and (key or label[1]) and not timestamps.read(title):
            self._label = key
            return self._block(BlockKind.LABEL, line.number, title), end
        return self._block(kind, line.number), end

    def _block(self, kind: BlockKind, line: int, title: str = "", table: markdown.Table | None = None) -> SourceBlock:
        level = self._path[-1][0] if self._path else 0
        section = self._label or next((key for _, key in reversed(self._path) if key), "")
        return SourceBlock(kind, line, (), section, level, title, table)


def _filled(block: SourceBlock, lines: Sequence[source_lines.Line]) -> SourceBlock:
    texts = tuple(line.text for line in lines)
    return SourceBlock(block.kind, block.line, texts, block.section, block.level, block.title, block.table)


def _simple(lines: list[source_lines.Line], index: int, taken: set[int]) -> tuple[BlockKind, int]:
    """The kind of the block that begins here and the index behind it."""
    line = lines[index]
    text = line.text
    if line.code:
        end = index + 1
        while end < len(lines) and lines[end].code:
            end += 1
        comment = text.lstrip().startswith("<!--")
        return (BlockKind.HTML if comment else BlockKind.CODE), end
    if not text.strip():
        return BlockKind.BLANK, index + 1
    if _RULE.match(text):
        return BlockKind.RULE, index + 1
    if (item := ITEM.match(text)) and len(item["indent"].expandtabs(4)) <= 3:
        return BlockKind.ITEM, _item_end(lines, index, len(item["indent"].expandtabs(4)), taken)
    if _QUOTE.match(text):
        return BlockKind.QUOTE, _while(lines, index, taken, lambda other: bool(other.strip()))
    if _DEFINITION.match(text):
        return BlockKind.DEFINITION, index + 1
    if _HTML.match(text):
        return BlockKind.HTML, _while(lines, index, taken, lambda other: bool(other.strip()))
    return BlockKind.PARAGRAPH, _while(lines, index, taken, lambda other: not _begins(other))


def _begins(text: str) -> bool:
    """Whether a line ends the paragraph before it."""
    if not text.strip() or _QUOTE.match(text) or _RULE.match(text):
        return True
    item = ITEM.match(text)
    return bool(item and len(item["indent"]) <= 3 and (not item["marker"][0].isdigit() or item["marker"][:-1] == "1"))


def _while(lines: list[source_lines.Line], index: int, taken: set[int], goes_on: Callable[[str], bool]) -> int:
    end = index + 1
    while end < len(lines) and lines[end].number not in taken and not lines[end].code and goes_on(lines[end].text):
        end += 1
    return end


def _item_end(lines: list[source_lines.Line], index: int, indent: int, taken: set[int]) -> int:
    """Where a list item ends: before the next item of its list, or before what is not indented behind a blank line."""
    end = index + 1
    while end < len(lines):
        text = lines[end].text
        width = _width(text)
        if not text.strip():
            after = end
            while after < len(lines) and not lines[after].text.strip():
                after += 1
            if after == len(lines) or _width(lines[after].text) < indent + 2 or lines[after].number in taken:
                return end
            end = after
            continue
        if width >= indent + 2 and lines[end].number not in taken:
            end += 1
            continue
        if lines[end].code and not lines[end - 1].code:
            return end
        if not lines[end].code and (lines[end].number in taken or _begins(text) or ITEM.match(text)):
            return end
        end += 1
    return end


def _width(text: str) -> int:
    blank = text[: len(text) - len(text.lstrip())]
    return len(blank.expandtabs(4))
