"""The text of a line: inline tokens as runs of text under marks."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from itertools import groupby
from operator import attrgetter
from urllib.parse import unquote

from markdown_it.token import Token

from generator.markup import addresses
from generator.markup.commonmark import clean
from generator.markup.escaping import URL, trimmed_url
from generator.markup.inline import BREAK, Mark, TextRun
from generator.markup.inline_text import text_of_tokens

CODE: Mark = ("code", "")
TODO: Mark = ("todo", "")
STRONG: Mark = ("strong", "")

TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*+)((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>")
_MARKS = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "cite": "em", "dfn": "em", "var": "em"}
_MARKS |= {"s": "strike", "del": "strike", "strike": "strike", "u": "ins", "ins": "ins", "sub": "sub", "sup": "sup"}
_MARKS |= {"code": "code", "kbd": "code", "samp": "code", "tt": "code"}
_SILENT = {"span", "font", "small", "big", "mark", "abbr", "wbr", "q", "time", "label", "summary", "details", "a"}
_BREAKS = {"br", "p", "div", "ul", "ol", "li", "center", "hr"}
_ATTRIBUTE = re.compile(r"([A-Za-z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_TODO = re.compile(r"\bTODO:")


Files = Mapping[str, str]  # paths as links write them, to the names of the page's attachments or to addresses
ATTACHED = "attachment:"  # before the name of an attachment, where a link or a picture has its target


def runs_of(tokens: Iterable[Token], base: str, files: Files | None = None) -> list[TextRun]:
    """The runs of one block, trimmed and joined; `base` makes relative addresses absolute.

    With `files`, pictures have a mark `image` with their target, and what these name is `attachment:<name>`; without
    them a picture is a link to it.
    """
    return tidy(_Reader(base, files).read(tokens))


def tidy(runs: Iterable[TextRun]) -> list[TextRun]:
    """Runs without empty ones, alike neighbours joined, no space or break at either end."""
    found: list[TextRun] = []
    for marks, alike in groupby((run for run in runs if run.text), key=attrgetter("marks")):
        found.append(TextRun("".join(run.text for run in alike), marks))
    while found and not found[0].text.strip():
        found.pop(0)
    while found and not found[-1].text.strip():
        found.pop()
    if found:
        found[0] = TextRun(found[0].text.lstrip(), found[0].marks)
        found[-1] = TextRun(found[-1].text.rstrip(), found[-1].marks)
    return found


def attributes(written: str) -> dict[str, str]:
    """The attributes of an HTML tag, by lower-case name."""
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(written):
        found.setdefault(name.lower(), unescape("".join(values)))
    return found


class _Reader:
    """Reads the tokens of one block; marks that are never closed end with it."""

    def __init__(self, base: str, files: Files | None) -> None:
        self._base, self._files = base, files
        self._open: list[Mark] = []
        self._tail: list[str] = []  # what follows each open link: the path, where it leads nowhere from Jira

    def read(self, tokens: Iterable[Token]) -> Iterator[TextRun]:
        for token in tokens:
            match token.type:
                case "text" | "text_special":
                    yield from self._text(token.content)
                case "softbreak":
                    yield TextRun(" ", self._marks() - {CODE})
                case "hardbreak":
                    yield BREAK
                case "code_inline":
                    yield from self._code(token.content)
                case "image":
                    yield from self._image(text_of_tokens(token.children or []), str(token.attrs.get("src", "")))
                case "html_inline":
                    yield from self._html(token.content)
                case "link_open":
                    self._link(str(token.attrs.get("href", "")))
                case "link_close":
                    yield from self._unlink()
                case "footnote_ref":
                    yield TextRun(f"[{int(token.meta['id']) + 1}]", self._marks() | {("sup", "")})
                case "strong_open" | "em_open" | "s_open":
                    self._open.append((_MARKS[token.tag], ""))
                case "strong_close" | "em_close" | "s_close":
                    self._close(_MARKS[token.tag])

    def _marks(self) -> frozenset[Mark]:
        marks = dict(self._open)  # of several links the innermost counts
        return frozenset((name, target) for name, target in marks.items() if name != "link" or target)

    def _text(self, written: str) -> Iterator[TextRun]:
        marks, text = self._marks(), clean(written)
        if CODE in marks or any(name == "link" for name, _ in marks):
            yield TextRun(text, marks)
            return
        end = 0
        for found in URL.finditer(text):
            url = trimmed_url(found.group())
            if addresses.absolute(url, ""):
                yield from _todos(text[end : found.start()], marks)
                yield TextRun(url, marks | {("link", url)})
                end = found.start() + len(url)
        yield from _todos(text[end:], marks)

    def _code(self, content: str) -> Iterator[TextRun]:
        yield TextRun(clean(content), frozenset({CODE, *(mark for mark in self._marks() if mark[0] == "link")}))

    def _image(self, described: str, source: str) -> Iterator[TextRun]:
        marks = self._marks()
        url = self._target(source)
        label = clean(described).strip() or clean(addresses.name(addresses.shown(source))) or "picture"
        if self._files is not None and url:
            yield TextRun(label, marks - {CODE} | {("image", url)})
        elif any(name == "link" for name, _ in marks):
            yield TextRun(label, marks)
        elif url:
            yield TextRun(label, marks | {("link", url)})
        else:
            yield TextRun(label + _told(source, label), marks)

    def _link(self, href: str) -> None:
        url = self._target(href)
        self._open.append(("link", url))
        self._tail.append("" if url else href)

    def _target(self, href: str) -> str:
        """Where a link or a picture leads: to one of the page's attachments, or to an address."""
        written, mark, fragment = href.partition("#")
        path = posixpath.normpath(unquote(written.partition("?")[0])) if self._files else ""
        found = (self._files or {}).get(path, "")
        if "://" in found:
            return f"{found}{mark}{fragment}"
        return f"{ATTACHED}{found}" if found else addresses.absolute(href, self._base)

    def _unlink(self) -> Iterator[TextRun]:
        if self._tail:
            self._close("link")
            yield TextRun(_told(self._tail.pop(), ""), self._marks())

    def _close(self, name: str) -> None:
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index][0] == name:
                del self._open[index]
                return

    def _html(self, written: str) -> Iterator[TextRun]:
        tag = TAG.fullmatch(written)
        if written.startswith("<!--"):
            return
        if tag is None:
            yield from self._text(written)
            return
        name, given = tag[2].lower(), attributes(tag[3])
        if name == "img":
            yield from self._image(given.get("alt", ""), given.get("src", ""))
        elif name in _BREAKS:
            yield from self._break(name, closes=bool(tag[1]))
        elif tag[1] and name in _MARKS:
            self._close(_MARKS[name])
        elif name in _MARKS:
            self._open.append((_MARKS[name], ""))
        elif tag[1] and name == "a":
            yield from self._unlink()
        elif name == "a" and "href" in given:
            self._link(given["href"])
        elif name not in _SILENT:  # `<pod-name>` and the like are words
            yield from self._text(written)

    def _break(self, name: str, *, closes: bool) -> Iterator[TextRun]:
        """A new line, and for an item of a list its bullet."""
        if name == "br" or not closes:
            yield BREAK
        if name == "li" and not closes:
            yield TextRun("• ", self._marks())


def _todos(text: str, marks: frozenset[Mark]) -> Iterator[TextRun]:
    end = 0
    for found in _TODO.finditer(text):
        yield TextRun(text[end : found.start()], marks)
        yield TextRun(found.group(), marks | {TODO})
        end = found.end()
    yield TextRun(text[end:], marks)


def _told(href: str, label: str) -> str:
    path = clean(addresses.shown(href))
    return f" ({path})" if path and path != label else ""
