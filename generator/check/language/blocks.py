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
_RULE = re.compile(r"[ \t]*(?:=+|-+|\*[* ]*|_[_ ]*)[ \t]*$| {0,3}\[[^\[\]^][^\[\]]*\]:")  # or the definition of a link
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
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:e\.g|i\.e|etc|vs|mr|mrs|ms|dr|prof|approx|ca|cf|fig|no|nr|st|jr|sr|inc|ltd|[A-Za-z])\.$",
    re.IGNORECASE,
)


def blocks(document: Document, flat: str) -> list[tuple[int, int]]:
    """The span of every block in the file, in order; `flat` is the file's text in one line."""
    return [piece for start, end in _spans(document) for piece in _pieces(flat, start, end)]


def _spans(document: Document) -> list[tuple[int, int]]:
    """Start and end of every block."""
    front, tables = document.front, document.outline.tables
    rows = {row.line: (table, row) for table in tables for row in table.rows}
    headers = {table.header.line + n for table in tables for n in (0, 1)}
    sources = {table.header.line: table.column(*TIMELINE_COLUMNS["source"]) for table in tables}
    spans: list[tuple[int, int]] = []
    opened: list[int] = []  # the block being read

    def close() -> None:
        if opened:
            spans.append((opened[0], opened[1]))
            opened.clear()

    quoted, nested, blank = False, False, True
    for current in source_lines.lines_of(document.text, front.body, front.body_line):
        content = current.text
        stripped = content.strip()
        if current.code or not stripped:
            close()
            quoted = False
            blank = not current.code
            continue
        if current.number in headers:
            close()
        elif current.number in rows:
            close()
            table, row = rows[current.number]
            skipped = sources[table.header.line]
            spans.extend((c.start, c.end) for n, c in enumerate(row.cells) if n != skipped and c.end > c.start)
        elif stripped[0] == ">" or (quoted and not _MARKER.match(content)):
            close()
            quoted = True
        elif stripped[0] in "!?:" and _ADMONITION.match(content):
            close()
            nested = True
        elif stripped[0] == "#" or (stripped[0] in "=-*_[" and _RULE.match(content)):
            close()
            quoted = nested = False
            if stripped[0] == "#":
                spans.append((current.start + len(content) - len(content.lstrip(" #")), current.end))
        elif stripped[0] in _MARKS and (marker := _MARKER.match(content)):
            close()
            nested = True
            opened[:] = (current.start + marker.end(), current.end)
        elif opened:
            opened[1] = current.end
        elif not (blank and not nested and content.startswith(("    ", "\t"))):  # else it is indented code
            nested = nested and content[0] in " \t"
            opened[:] = (current.start, current.end)
        blank = False
    close()
    return spans


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
    text = _REMOVED.sub(lambda found: " " * len(found[0]), text)
    return _BLANKED.sub(lambda found: BLANK * len(found[0]), text)


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
