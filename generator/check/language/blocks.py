"""The paragraphs, list items, headings and cells of a document, and their text with all that is no prose blanked.

Code, quotations, link targets, raw HTML, comments, the front matter and columns that name sources are no prose. They
are blanked and not cut out, so that an offset in the text of a block is an offset in the file.
"""

import re
from collections.abc import Iterator

from generator.document.headings import TIMELINE_COLUMNS
from generator.document.parse import Document
from generator.markup import source_lines

BLANK = "¤"  # stands for what is no prose but fills a place in the sentence: code, a quotation, an address
LONGEST_BLOCK = 4000  # a longer paragraph is read in pieces, so that no pattern can take long

_MARKER = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)+(?:\[[ xX]\][ \t]+)?")
_MARKS = frozenset("-*+0123456789")
_RULE = re.compile(
    r"[ \t]*(?:=++|-++|\*[* ]*+|_[_ ]*+)[ \t]*+$| {0,3}\[[^\[\]^][^\[\]]*\]:"
)  # or the definition of a link
_ADMONITION = re.compile(r"[ \t]*(?:!!!|\?\?\?\+?|:::)")
_TICKS = re.compile(r"`+")
# Each alternative of these two begins with a plain character: so they skip quickly over what is none of it.
_REMOVED = re.compile(  # what leaves no trace in the sentence: pictures, tags, link targets, marks of emphasis
    r"!\[[^\[\]]*\](?:\([^()\s]*[^()]{0,200}\)|\[[^\[\]]*\])|<!--.*?-->|</?[A-Za-z][^<>]*>"
    r"|\](?:\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?:[ ]+[\"'][^\"']{0,200}[\"'])?\)|\[[^\[\]]*\])?"
    r"|\[(?:\^[^\[\]]{1,60}\])?|\{[#.:][^{}]{0,100}\}|[*\\]|~~|_(?:_{0,2}(?!\w)|(?<!\w_)_{0,2}(?=\w))"
)
_BLANKED = re.compile(  # what leaves a gap: addresses, other people's words
    r'https?://[^\s<>()\[\]|]+|"[^"\n]{1,300}"|“[^“”]{1,300}”'
)
_MARKED = re.compile(r"[`\"“!<*\[\]\\~_{]|://")  # what any of these three cares for
_END = re.compile(r"[.!?…]+[\"')”’]*\s+")
# Abbreviations that end with a point in the midst of a sentence, single letters such as initials among them.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:e\.g|i\.e|etc|vs|mr|mrs|ms|dr|prof|approx|ca|cf|fig|no|nr|st|jr|sr|inc|ltd|[A-Za-z])\.$",
    re.IGNORECASE,
)


def blocks(document: Document, flat: str) -> list[tuple[int, int]]:
    """The span of every block in the file, in order; `flat` is the file's text in one line."""
    return [piece for start, end in _spans(document) for piece in _pieces(flat, start, end)]


def _spans(document: Document) -> list[tuple[int, int]]:
    """Start and end of every block."""
    reader = _SpanReader(document)
    for line in source_lines.lines_of(document.text, document.front.body, document.front.body_line):
        reader.take(line)
    reader.close()
    return reader.spans


class _SpanReader:
    """Goes down the lines; `opened` is the block being read, `quoted` and `nested` say what a line without marks goes on."""

    def __init__(self, document: Document) -> None:
        tables = document.outline.tables
        self.spans: list[tuple[int, int]] = []
        self._opened: list[int] = []
        self._quoted, self._nested, self._blank = False, False, True
        self._rows = {row.line: (table, row) for table in tables for row in table.rows}
        self._headers = {table.header.line + n for table in tables for n in (0, 1)}
        self._sources = {table.header.line: table.column(*TIMELINE_COLUMNS["source"]) for table in tables}

    def close(self) -> None:
        """End the block that is being read."""
        if self._opened:
            self.spans.append((self._opened[0], self._opened[1]))
            self._opened.clear()

    def take(self, line: source_lines.Line) -> None:
        """Read the next line."""
        if line.code or not line.text.strip():
            self.close()
            self._quoted = False
            self._blank = not line.code
            return
        if line.number in self._headers or line.number in self._rows:
            self.close()
            self._cells(line)
        else:
            self._text(line)
        self._blank = False

    def _cells(self, line: source_lines.Line) -> None:
        """The cells of a row but for the one that names sources; titles are no prose."""
        if line.number not in self._headers:
            table, row = self._rows[line.number]
            skipped = self._sources[table.header.line]
            self.spans.extend((c.start, c.end) for n, c in enumerate(row.cells) if n != skipped and c.end > c.start)

    def _text(self, line: source_lines.Line) -> None:
        content, first = line.text, line.text.lstrip()[0]
        if first == ">" or (self._quoted and not _MARKER.match(content)):
            self.close()
            self._quoted = True
        elif first in "!?:" and _ADMONITION.match(content):
            self.close()
            self._nested = True
        elif first == "#" or (first in "=-*_[" and _RULE.match(content)):
            self.close()
            self._quoted = self._nested = False
            if first == "#":
                self.spans.append((line.start + len(content) - len(content.lstrip(" #")), line.end))
        elif first in _MARKS and (marker := _MARKER.match(content)):
            self.close()
            self._nested = True
            self._opened[:] = (line.start + marker.end(), line.end)
        elif self._opened:
            self._opened[1] = line.end
        elif not (self._blank and not self._nested and content.startswith(("    ", "\t"))):  # else it is indented code
            self._nested = self._nested and content[0] in " \t"
            self._opened[:] = (line.start, line.end)


def _pieces(flat: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST_BLOCK:
        cut = flat.rfind(" ", start, start + LONGEST_BLOCK) + 1
        cut = cut if cut > start else start + LONGEST_BLOCK
        yield start, cut
        start = cut
    yield start, end


def masked(text: str) -> str:
    """A block's text, every character in its place, with what is no prose blanked."""
    if not _MARKED.search(text):
        return text
    if "`" in text:
        text = _without_code(text)
    text = _REMOVED.sub(lambda match: " " * len(match[0]), text)
    return _BLANKED.sub(lambda match: BLANK * len(match[0]), text)


def _without_code(text: str) -> str:
    """Blank code spans: a run of backticks up to the next run of the same length."""
    runs = [(m.start(), m.end()) for m in _TICKS.finditer(text)]
    later: dict[int, list[int]] = {}
    for index in range(len(runs) - 1, -1, -1):
        later.setdefault(runs[index][1] - runs[index][0], []).append(index)
    parts: list[str] = []
    done = index = 0
    while index < len(runs):
        start, end = runs[index]
        same = later[end - start]
        while same and same[-1] <= index:
            same.pop()
        if same:
            index = same[-1]
            parts.append(text[done:start] + BLANK * (runs[index][1] - start))
            done = runs[index][1]
        index += 1
    return "".join(parts) + text[done:]


def ends(text: str) -> Iterator[int]:
    """Where a sentence ends: behind its mark and the space, unless that was an abbreviation or no capital follows."""
    for mark in _END.finditer(text):
        after = text[mark.end() : mark.end() + 2].lstrip("\"'(“‘ ")
        if not after or not (after[0].isupper() or after[0].isdigit() or after[0] in f"@#{BLANK}"):
            continue
        if text[mark.start()] == "." and _ABBREVIATION.search(text[max(0, mark.start() - 8) : mark.start() + 1]):
            continue
        yield mark.end()
