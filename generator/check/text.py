"""What many rules look at, read once for each document: lines, sections, prose, links, headings' addresses."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from generator.document.headings import section_key
from generator.document.parse import Document
from generator.markup.anchors import anchors
from generator.markup.inline_text import text_of
from generator.markup.source_lines import lines_of

LONGEST = 20_000  # a line that is longer is data and no prose, and is left out of it
_TICKS = re.compile(r"`+")
_BREAK = re.compile("\n")
_CONTENT = re.compile(r"^(?!#)[^\n]*\S", re.MULTILINE)  # a line with something on it that is no heading
_LONG_LINE = re.compile(rf"[^\n]{{{LONGEST},}}")
# A Markdown link: text with one level of brackets, a target with balanced parentheses, a title; every part bounded,
# so that no text takes long.
_LINK = re.compile(
    r"\[((?:[^\[\]\\\n]|\\.|\[[^\[\]\n]{0,300}\]){0,1000})\]"
    r"\([ \t]*+(<[^<>\n]{0,2000}>|[^\s()<>]{0,2000}(?:\([^\s()]{0,200}\)[^\s()]{0,200}){0,4})"
    r"(?:[ \t]++(?:\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'))?[ \t]*+\)"
)
_REFERENCE = re.compile(r"(?<![\w\]\\])\[((?:[^\[\]\\\n]|\\.){1,300})\]\[([^\[\]\n]{0,200})\]")
_FOOTNOTE = re.compile(r"(?<![\w\\])\[\^([^\[\]\s]{1,100})\](?!:)")
_DEFINITION = re.compile(r"^ {0,3}\[([^\[\]\n]{1,200})\]:[ \t]*<?([^\s<>]{0,2000})", re.MULTILINE)
_HTML_LINK = re.compile(r"<(?:a|img)\b[^<>]{0,4000}>", re.IGNORECASE)
# The attributes of an HTML tag that lead somewhere or are led to, in either quotes or none.
_ATTRIBUTE = re.compile(r"\b(href|src|alt|id|name)[ \t]*=[ \t]*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_ID = re.compile(r"<[a-z][^<>]{0,500}\b(?:id|name)[ \t]{0,9}=[ \t]{0,9}[\"']?([^\s\"'>]{1,200})", re.IGNORECASE)
_OWN_ANCHOR = re.compile(r"\{#([\w:.-]{1,200})\}[ \t]*$")


@dataclass(frozen=True, slots=True)
class SectionPart:
    """A section with everything below it: `line` is its heading's, `begin` and `end` span its text in the file."""

    key: str
    title: str
    level: int
    line: int
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class TextLink:
    """A link or picture in the text; `reference` is the name of its definition, where it uses one."""

    line: int
    text: str
    target: str
    image: bool = False
    reference: str | None = None


class Reading:
    """One document, looked at once; every offset is one in the file."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text

    @cached_property
    def last_line(self) -> int:
        """The number of the last line; 1 for an empty file."""
        return max(1, self.text.count("\n") + (not self.text.endswith("\n")))

    @cached_property
    def visible(self) -> str:
        """The text with everything blanked that readers do not see as prose: front matter, code blocks, comments."""
        text = _without_comments(_without_code(self.document))
        return _LONG_LINE.sub(lambda match: " " * len(match.group()), text) if len(text) > LONGEST else text

    @cached_property
    def prose(self) -> str:
        """The same without what stands in backticks."""
        return _without_code_spans(self.visible)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _BREAK.finditer(self.text))]

    def line_at(self, offset: int) -> int:
        """The line on which an offset lies."""
        return bisect_right(self._starts, offset)

    @cached_property
    def parts(self) -> tuple[SectionPart, ...]:
        """Every section, the outer ones with the text of the inner ones."""
        nearest = dict.fromkeys(range(1, 7), len(self.text))  # where the next section of this or a higher level begins
        found = []
        for heading in reversed(self.document.outline.headings):
            end = max(heading.end, nearest[heading.level])
            key, title = section_key(heading.title), text_of(heading.title)
            found.append(SectionPart(key, title, heading.level, heading.line, heading.end, end))
            nearest.update(dict.fromkeys(range(heading.level, 7), heading.start))
        return tuple(reversed(found))

    def part(self, key: str) -> SectionPart | None:
        """The first section with the canonical name `key`."""
        return next((part for part in self.parts if part.key == key), None)

    def text_of(self, part: SectionPart) -> str:
        """A section's text without code blocks and comments, that of its subsections included."""
        return self.visible[part.begin : part.end]

    def prose_of(self, part: SectionPart) -> str:
        """The same without what stands in backticks."""
        return self.prose[part.begin : part.end]

    def is_empty(self, part: SectionPart) -> bool:
        """Whether a section holds nothing that a reader would see: no text, table, picture or code, only headings."""
        if _CONTENT.search(self.visible, part.begin, part.end):
            return False
        raw = self.text[part.begin : part.end]
        return not any(mark in raw for mark in ("```", "~~~", "<pre"))

    @cached_property
    def definitions(self) -> dict[str, str]:
        """The targets of link definitions by their names, lower case; footnotes are among them with their `^`."""
        if "]:" not in self.visible:
            return {}
        return {" ".join(m.group(1).casefold().split()): m.group(2) for m in _DEFINITION.finditer(self.visible)}

    @cached_property
    def links(self) -> tuple[TextLink, ...]:
        """Every link and picture of the body, in Markdown and in HTML, in order."""
        prose = self.prose
        found = []
        if "](" in prose:
            for match in _LINK.finditer(prose):
                text, target = match.groups()
                line = self.line_at(match.start())
                found.append(TextLink(line, text, target.strip("<>"), _is_image(prose, match.start())))
                if "](" in text:  # a picture inside a link
                    inner = (m for m in _LINK.finditer(text) if _is_image(text, m.start()))
                    found += [TextLink(line, m.group(1), m.group(2).strip("<>"), True) for m in inner]
        if "][" in prose:
            for match in _REFERENCE.finditer(prose):
                text, name = match.groups()
                name = " ".join((name or text).casefold().split())
                target = self.definitions.get(name, "")
                image = _is_image(prose, match.start())
                found.append(TextLink(self.line_at(match.start()), text, target, image, name))
        if "<" in prose:
            found += self._html_links(prose)
        return tuple(sorted(found, key=lambda link: link.line))

    def _html_links(self, prose: str) -> Iterator[TextLink]:
        for match in _HTML_LINK.finditer(prose):
            pairs = {
                m.group(1).casefold(): m.group(2) or m.group(3) or m.group(4) or ""
                for m in _ATTRIBUTE.finditer(match.group())
            }
            image = match.group()[1:2] in "iI"
            if (target := pairs.get("src" if image else "href")) is not None:
                yield TextLink(self.line_at(match.start()), pairs.get("alt", ""), target, image)

    @cached_property
    def footnotes(self) -> tuple[tuple[int, str], ...]:
        """The footnotes that the text points to, as (line, name)."""
        if "[^" not in self.prose:
            return ()
        return tuple((self.line_at(m.start()), m.group(1)) for m in _FOOTNOTE.finditer(self.prose))

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Every address inside the document that a link may lead to."""
        titles = [heading.title for heading in self.document.outline.headings]
        own = {m.group(1) for title in titles if (m := _OWN_ANCHOR.search(title))}
        html = {m.group(1) for m in _ID.finditer(self.visible)} if "<" in self.visible else set()
        return frozenset({*anchors(text_of(title) for title in titles), *own, *html})


def _is_image(text: str, bracket: int) -> bool:
    return bracket > 0 and text[bracket - 1] == "!"


def _without_code(document: Document) -> str:
    """The text with front matter, code blocks, comments and raw HTML blanked; every offset stays."""
    text, front = document.text, document.front
    kept, position = ["\n".join(" " * len(line) for line in text[: front.body].split("\n"))], front.body
    for line in lines_of(text, front.body, front.body_line):  # as the parser did, which are therefore known already
        if line.code:
            kept += [text[position : line.start], " " * (line.end - line.start)]
            position = line.end
    return "".join([*kept, text[position:]])


def _without_comments(text: str) -> str:
    """The text with comments inside its lines blanked; every offset stays."""
    kept, position = [], 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept += [text[position:start], re.sub(r"[^\n]", " ", text[start : end + 3])]
        position = end + 3
    return "".join([*kept, text[position:]]) if kept else text


def _without_code_spans(text: str) -> str:
    """The text with what stands in backticks blanked, line by line; every offset stays."""
    if "`" not in text:
        return text
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if "`" in line:
            lines[index] = _blank_spans(line)
    return "\n".join(lines)


def _blank_spans(line: str) -> str:
    runs = [(match.start(), match.end()) for match in _TICKS.finditer(line)]
    later: dict[int, list[int]] = {}
    for index in range(len(runs) - 1, -1, -1):
        later.setdefault(runs[index][1] - runs[index][0], []).append(index)
    kept, position, index = [], 0, 0
    while index < len(runs):
        start, stop = runs[index]
        closing = later[stop - start]
        while closing and closing[-1] <= index:
            closing.pop()
        if closing:
            end = runs[closing[-1]][1]
            kept += [line[position:start], "`", " " * (end - start - 2), "`"]
            position, index = end, closing[-1] + 1
        else:
            index += 1
    return "".join([*kept, line[position:]])


_latest: list[Reading] = []


def reading(document: Document) -> Reading:
    """The reading of a document; rules run one after the other on the same one, so the last one is kept."""
    if not _latest or _latest[0].document is not document:
        _latest[:] = [Reading(document)]
    return _latest[0]
