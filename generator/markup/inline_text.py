"""What Markdown says as text: the words a reader of the page sees, from the same reader of Markdown.

Nothing that a page leaves out is left in: no comment, no tag or attribute, no address behind a link. There is no length
above which the source is given instead; whoever needs a short text cuts the words, never the Markdown.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # loading the reader takes longer than most commands run, and most texts hold no mark
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

# Elements whose content no page shows, whatever it is.
HIDDEN_ELEMENTS = frozenset(
    {
        "embed",
        "iframe",
        "math",
        "noscript",
        "object",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
    }
)
# What could be more than itself. A text without any of these is read without the reader.
_MARKS = re.compile(r"[*_`\[<~\\{&!\x00]")
# `{#anchor}` and `{.class}` behind a heading, as several site builders read them.
_ATTRIBUTES = re.compile(r"\{[#.:][^{}]*\}\Z")
# `[words][label]` and `[label][]`: links whose addresses stand elsewhere in the document. `rows[i][j]` is code in prose.
_REFERENCE = re.compile(r"(?<![\w\])])\[([^\[\]]+)\]\[(?!\^)([^\[\]]*)\]")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
# The mark of a footnote, which leads to the page's foot. `[^0-9]` and `[^a-z]` are classes of characters, and text.
_FOOTNOTE = re.compile(r"\[\^(?:\d{1,3}|[A-Za-z]\w*(?:-\w{2,})*)\](?![(:])", re.ASCII)


@dataclass(frozen=True, slots=True)
class LinkedText:
    """Some words, and the address they lead to; `href` is empty where they lead nowhere."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The words of one paragraph as one line, and whether it stands in a list."""

    text: str
    in_list: bool


def text_of(markdown: str) -> str:
    """The words of inline Markdown as one line.

    Links give their words, pictures their description, code its text. A comment that never ends hides all that follows.
    """
    return _folded(linked_texts(markdown)) if _MARKS.search(markdown) else " ".join(markdown.split())


# The list, the page, the data and the tracker ask for the same cells; an archive of 2,000 documents has some 40,000.
@lru_cache(maxsize=65_536)
def linked_texts(markdown: str) -> tuple[LinkedText, ...]:
    """The words of inline Markdown in their order, those of each link apart."""
    source = _ATTRIBUTES.sub("", markdown.strip())
    reader = _reader()
    tokens: list[Token] = []
    reader.inline.parse(source, reader, _links_defined_elsewhere(source), tokens)
    return _pieces(tokens)


def text_of_tokens(tokens: "Iterable[Token]") -> str:
    """The words of inline tokens that were read already, as one line."""
    return _folded(_pieces(tokens))


def paragraphs(markdown: str) -> Iterator[Paragraph]:
    """The paragraphs of a text as words, without headings, tables, code blocks, comments and raw HTML."""
    lists, previous = 0, ""
    for token in _reader().parse(markdown, _links_defined_elsewhere(markdown)):
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            lists += 1
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            lists -= 1
        elif (
            token.type == "inline" and previous == "paragraph_open" and (words := text_of_tokens(token.children or []))
        ):
            yield Paragraph(words, lists > 0)
        previous = token.type


def _links_defined_elsewhere(markdown: str) -> dict[str, object]:
    """What makes the reader take `[words][label]` for a link, though its address is not part of this text."""
    if "][" not in markdown:
        return {}
    from markdown_it.common.utils import normalizeReference

    labels = (normalizeReference(match[2] or match[1]) for match in _REFERENCE.finditer(markdown))
    return {"references": {label: {"href": "", "title": ""} for label in labels}}


def _folded(pieces: Iterable[LinkedText]) -> str:
    return " ".join("".join(piece.text for piece in pieces).split())


def _pieces(tokens: "Iterable[Token]") -> tuple[LinkedText, ...]:
    pieces: list[LinkedText] = []
    hidden: list[str] = []  # the elements without content to show that are open
    href = ""
    for token in tokens:
        if token.type == "html_inline":
            _follow_tag(token.content, hidden)
            words = " " if token.content[:3].casefold() == "<br" else ""
        elif token.type in {"softbreak", "hardbreak"}:
            words = " "
        elif token.type == "image":
            words = text_of_tokens(token.children or [])
        elif token.type in {"link_open", "link_close"}:
            href, words = str(token.attrs.get("href", "")), ""
        elif token.type in {"text", "code_inline", "text_special"}:
            words = token.content
        else:
            words = ""
        if words and not hidden:
            pieces.append(LinkedText(words, href))
    return tuple(
        LinkedText("".join(piece.text for piece in parts), href)
        for href, parts in groupby(pieces, key=attrgetter("href"))
    )


def _follow_tag(tag: str, hidden: list[str]) -> None:
    """Keeps `hidden` right behind a tag."""
    match = _TAG.match(tag)
    name = match[2].casefold() if match else ""
    if match is None or name not in HIDDEN_ELEMENTS or tag.endswith("/>"):
        return
    if not match[1]:
        hidden.append(name)
    elif name in hidden:
        del hidden[hidden.index(name) :]


@cache
def _reader() -> "MarkdownIt":
    from generator.markup import commonmark

    md = commonmark.reader()
    md.inline.ruler.before("html_inline", "comment", _comment)
    md.inline.ruler.after("link", "footnote_mark", _footnote_mark)
    return md


def _comment(state: "StateInline", _silent: bool) -> bool:
    """Skips a comment, up to its end or to that of the text: what somebody began to hide is not shown."""
    if not state.src.startswith("<!--", state.pos):
        return False
    end = state.src.find("-->", state.pos + 2)
    state.pos = min(end + 3, state.posMax) if end >= 0 else state.posMax
    return True


def _footnote_mark(state: "StateInline", _silent: bool) -> bool:
    match = _FOOTNOTE.match(state.src, state.pos)
    if match is None:
        return False
    state.pos = match.end()
    return True
