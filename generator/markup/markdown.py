"""The structure of Markdown by line and span: headings, tables, task lists, fences.

Reads as GitHub does (CommonMark blocks, GFM tables and task lists) but keeps where each thing stands, so that one cell
can be changed and every other byte stays. It does not render; a document takes well under a millisecond.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.markup.inline_text import text_of
from generator.markup.source_lines import Line, lines_of

# A title is words with gaps between them, and no gap is the one before the closing marks: so each character is looked
# at a fixed number of times, where `.*?` before `[ \t]*$` would try every one of them as the end.
_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]++([^ \t\n]++(?:[ \t]++(?!#*+[ \t]*+$)[^ \t\n]++)*+))??(?:[ \t]+#+)?[ \t]*$")
_SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_DELIMITER = re.compile(r" {0,3}\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+(?:\|[ \t]*+)?$")
# A task of a list, also in a quotation; the mark between the brackets is what is changed later.
_TASK = re.compile(
    r"(?P<indent>(?:[ \t]*+>)*+[ \t]*+)(?:[-*+]|\d{1,9}[.)])[ \t]+\[(?P<mark>[ xX])\][ \t]++"
    r"(?P<text>(?:[^ \t\n]++(?:[ \t]++[^ \t\n]++)*+)?+)[ \t]*$"
)
_BREAK = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_BLOCK = re.compile(r" {0,3}(?:>|[-*+][ \t]|\d{1,9}[.)][ \t]|<[A-Za-z!/?]|`{3}|~{3})")
_PIPE = re.compile(r"(?<!\\)\|")
_TODO = re.compile(r"\bTODO:")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading outside quotes and lists; `start` is the offset of its line, `end` of what follows it."""

    level: int
    title: str
    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cell:
    r"""A table cell: `text` without padding and with `\|` read as `|`; the span covers the trimmed text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TableRow:
    """A table row; `start` and `end` are the offsets of its line without the line break."""

    line: int
    start: int
    end: int
    cells: tuple[Cell, ...]

    def cell(self, column: int | None) -> str:
        """The text of a cell, empty where the column or the cell is missing."""
        return self.cells[column].text if column is not None and column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Table:
    """A GFM table."""

    header: TableRow
    rows: tuple[TableRow, ...]

    def column(self, *names: str) -> int | None:
        """The position of the first column with one of these names, compared without case, emphasis and punctuation."""
        titles = [normal(cell.text) for cell in self.header.cells]
        return next((titles.index(name) for name in names if name in titles), None)


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One `- [ ]` item."""

    text: str
    done: bool
    indent: int
    line: int
    end: int


@dataclass(frozen=True, slots=True)
class Outline:
    """What a text is made of, in order."""

    headings: tuple[Heading, ...]
    tables: tuple[Table, ...]
    tasks: tuple[TaskLine, ...]
    todos: tuple[int, ...]


def scan(text: str, start: int = 0, number: int = 1) -> Outline:
    """Read the structure of `text` from offset `start`, which is on line `number`."""
    lines = lines_of(text, start, number)
    headings: list[Heading] = []
    tables: list[Table] = []
    tasks: list[TaskLine] = []
    todos: list[int] = []
    paragraph = False  # whether the line before is text that a setext underline would make a heading
    index = 0
    while index < len(lines):
        line = lines[index]
        content = line.text
        index += 1
        if "TODO:" in content and _TODO.search(content):
            todos.append(line.number)
        if line.code or not content or content.isspace():
            paragraph = False
            continue
        first = content.lstrip()[0]
        indented = content.startswith(("    ", "\t"))
        if first in "#=-" and (heading := _heading(lines, index - 1, indented, paragraph)):
            headings.append(heading)
            paragraph = False
        elif "|" in content and not indented and index < len(lines) and (table := _table(lines, index - 1)):
            tables.append(table)
            end = index + 1 + len(table.rows)
            todos += [row.number for row in lines[index:end] if "TODO:" in row.text]
            index = end
            paragraph = False
        elif "[" in content and (task := _TASK.match(content)):
            tasks.append(_task(line, task))
            paragraph = False
        else:
            paragraph = (not indented or paragraph) and not _BLOCK.match(content) and not _BREAK.match(content)
    return Outline(tuple(headings), tuple(tables), tuple(tasks), tuple(todos))


def _heading(lines: Sequence[Line], index: int, indented: bool, paragraph: bool) -> Heading | None:
    """The heading of a line that begins with a hash, or that a line of `=` or `-` below a paragraph makes of it."""
    line = lines[index]
    if not indented and (atx := _ATX.match(line.text)):
        return Heading(len(atx.group(1)), (atx.group(2) or "").strip(), line.number, line.start, line.end)
    if paragraph and (setext := _SETEXT.match(line.text)):
        above = lines[index - 1]
        level = 1 if setext.group(1)[0] == "=" else 2
        return Heading(level, above.text.strip(), above.number, above.start, line.end)
    return None


def _task(line: Line, match: re.Match[str]) -> TaskLine:
    indent, done = len(match.group("indent").expandtabs(4)), match.group("mark") != " "
    return TaskLine(match.group("text"), done, indent, line.number, line.end)


def _table(lines: Sequence[Line], index: int) -> Table | None:
    below = lines[index + 1]
    if (
        below.code
        or not _DELIMITER.match(below.text)
        or ("|" not in below.text and ":" not in below.text and "-" not in below.text)
    ):
        return None
    header = _row(lines[index])
    if len(header.cells) != len(_row(below).cells):
        return None
    rows = []
    for line in lines[index + 2 :]:
        if line.code or not line.text.strip() or _ends_table(line.text):
            break
        rows.append(_row(line))
    return Table(header, tuple(rows))


def _ends_table(content: str) -> bool:
    return bool(
        _BLOCK.match(content)
        or _ATX.match(content)
        or (_BREAK.match(content) and "|" not in content)
        or content.startswith("    ")
    )


def _row(line: Line) -> TableRow:
    text = line.text
    left = len(text) - len(text.lstrip())
    right = len(text.rstrip())
    if text[left : left + 1] == "|":
        left += 1
    if right > left and text[right - 1] == "|" and not _escaped(text, right - 1):
        right -= 1
    cells = []
    begin = left
    for pipe in _PIPE.finditer(text, left, right):
        cells.append(_cell(text, begin, pipe.start(), line.start))
        begin = pipe.end()
    cells.append(_cell(text, begin, right, line.start))
    return TableRow(line.number, line.start, line.end, tuple(cells))


def _escaped(text: str, position: int) -> bool:
    return position > 0 and text[position - 1] == "\\"


def _cell(text: str, begin: int, end: int, offset: int) -> Cell:
    raw = text[begin:end]
    content = raw.strip()
    if content:
        begin += len(raw) - len(raw.lstrip())
    elif raw:
        begin += 1 if len(raw) > 1 else 0
    return Cell(content.replace("\\|", "|"), offset + begin, offset + begin + len(content))


@lru_cache(maxsize=4096)
def normal(title: str) -> str:
    """A heading or column title for comparing: plain, lower case, without numbering, emoji and punctuation."""
    words = text_of(title).casefold().replace("\u2019", "'").replace("(s)", "s")
    words = (
        re.sub(r"^\W*(?:(?:\d+|[ivx]+|[a-z])(?:\.\d+)*[.):]\s+|(?:step|section)\s+\d+\W+)?", "", words)
        if words != "#"
        else words
    )
    words = re.sub(r"[^\w\s#&'/-]+", " ", words)
    return " ".join(words.split()).strip(" -/")


def escape_cell(inline: str) -> str:
    """Inline Markdown that stays one table cell: no line breaks, pipes escaped that are not yet."""
    folded = " ".join(inline.split())
    return re.sub(r"(?<!\\)((?:\\\\)*)\|", r"\1\\|", folded)


def exact_cell(text: str) -> str:
    r"""Text as a table cell that reads back as the very same characters, also where it holds `\|` already."""
    escaped = " ".join(text.split()).replace("|", "\\|")
    return escaped + " " if escaped.endswith("\\") else escaped
