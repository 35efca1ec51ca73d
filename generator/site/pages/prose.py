"""A document's text as HTML: rendered as GitHub would, cleaned, with headings that the engine can list."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from markdown_it.token import Token

from generator.document.secrets import Masker
from generator.markup import markdown as structure
from generator.markup.inline_text import text_of
from generator.site.pages import gfm, sanitise
from generator.site.pages.html import block, esc, legal
from generator.site.pages.links import PICTURE, Fate, LinkTargets
from generator.site.pages.site import Problem
from generator.site.pages.slugs import Anchors

_OPENING = re.compile(r"<(/?)(details|div|section|table|blockquote|ul|ol)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r'<[^<>"]*(?:"[^"]*"[^<>"]*)*>|&(?:#\d+|#x[0-9a-fA-F]+|\w+);')
_SPECIAL = re.compile(r"[!-/:-@\[-`{-~]")
_SIMPLE = re.compile(r"[\w .,;()%'’“”–—/+-]*")


# The last line of a table, and what makes the HTML that stands in its place.
Replaced = tuple[int, Callable[[], str]]


@dataclass(frozen=True, slots=True)
class PagePart:
    """A piece of the page: a heading (`level` 2 to 6, `html` its words) or a stretch of HTML (`level` 0)."""

    html: str
    level: int = 0
    anchor: str = ""
    title: str = ""


@dataclass(slots=True)
class DocumentBody:
    """One document on its way to HTML: `path` in the archive, shown at `address`; collects what it links to.

    `followed` maps each link as written, a picture's behind `!`, to what became of it, `copies` are the files that go along.
    """

    path: str
    address: str
    links: LinkTargets
    person: Callable[[str], str] = str
    anchors: Anchors = field(default_factory=Anchors)
    followed: dict[str, str | None] = field(default_factory=dict)
    copies: dict[str, str] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)

    def follow(self, href: str, *, picture: bool = False) -> str | None:
        """The final address of a link or of a picture; None where it leads nowhere that this audience may go."""
        key = f"{PICTURE}{href}" if picture else href
        if key not in self.followed:
            target = self.links.resolve(href, self.path, self.address, picture=picture)
            self.followed[key] = target.href if target.fate in {Fate.KEPT, Fate.LOCAL} else None
            if target.copy:
                self.copies[target.copy[0]] = target.copy[1]
            if target.fate is Fate.BROKEN:
                self.broken[href] = target.reason
        return self.followed[key]

    def inline(self, text: str) -> str:
        """A short piece of Markdown, such as a table cell, as HTML."""
        if _SIMPLE.fullmatch(text):
            return esc(text)
        slots = gfm.Slots()
        html = gfm.markdown().renderInline(legal(text), {"slots": slots, "person": self.person})
        return slots.fill(sanitise.clean_inline(html, self.follow))

    def parts(
        self,
        text: str,
        first_line: int = 1,
        *,
        drop_title: str = "",
        tables: Mapping[int, Replaced] | None = None,
    ) -> list[PagePart]:
        """The text, whose first line is `first_line` of its file, as headings and stretches of HTML.

        `tables` replaces tables, by the line of their header; a first heading that repeats `drop_title` goes.
        """
        slots = gfm.Slots()
        env: dict[str, object] = {"slots": slots, "person": self.person}
        md = gfm.markdown()
        tokens = md.parse(_replaced(legal(text), first_line, tables or {}, slots), env)
        shift = _shift(tokens, drop_title)
        parts: list[PagePart] = []
        pending: list[Token] = []
        depth = index = 0
        dropped = False

        def flush() -> None:
            html = slots.fill(sanitise.clean(md.renderer.render(pending, md.options, env), self.follow)).strip()
            if html:
                parts.append(PagePart(block(html)))
            pending.clear()

        while index < len(tokens):
            token = tokens[index]
            if token.type == "html_block":
                for closing, _ in _OPENING.findall(token.content):
                    depth = max(depth + (-1 if closing else 1), 0)
            if token.type == "heading_open" and not token.level:
                inline = tokens[index + 1]
                title = gfm.words(inline)
                level = min(int(token.tag[1]) + shift, 6)
                if drop_title and not dropped and not parts and token.tag == "h1" and _same(title, drop_title):
                    dropped = True
                elif depth > 0:
                    token.attrSet("id", self.anchors.next(title))
                    token.tag = tokens[index + 2].tag = f"h{max(level, 2)}"
                    pending += tokens[index : index + 3]
                else:
                    flush()
                    words = md.renderer.render([inline], md.options, env)
                    words = slots.fill(sanitise.clean_inline(words, self.follow)).strip() or esc(title) or "…"
                    parts.append(PagePart(words, max(level, 2), self.anchors.next(title), text_of(inline.content)))
                index += 3
                continue
            pending.append(token)
            index += 1
        flush()
        return parts

    def problems(self, text: str) -> list[Problem]:
        """The links that lead nowhere, each with its line in the file's `text`."""
        found = []
        masker = Masker(text)
        for href, reason in self.broken.items():
            place = max(text.find(href), 0)
            found.append(Problem(self.path, text.count("\n", 0, place) + 1, f"The link to {masker(href)} {reason}."))
        return found


def heading(part: PagePart) -> str:
    """A heading as a line of Markdown whose words no engine reads as markup, with its anchor."""
    kept: list[str] = []
    position = 0
    for match in _TAG.finditer(part.html):
        kept += [_literal(part.html[position : match.start()]), _literal_attributes(match[0])]
        position = match.end()
    kept.append(_literal(part.html[position:]))
    words = " ".join("".join(kept).split())
    anchor = part.anchor.replace("_", "\\_")  # two of them would be emphasis to an engine
    return f"{'#' * part.level} {words} {{#{anchor}}}"


def staged(parts: list[PagePart]) -> str:
    """Parts as the text of a staged page: headings in Markdown, blocks of raw HTML between them."""
    blocks = [heading(part) if part.level else f'<div class="pm-prose">\n{part.html}\n</div>' for part in parts]
    return "\n\n".join(blocks) + "\n"


def _literal(text: str) -> str:
    return _SPECIAL.sub(lambda match: f"&#{ord(match[0])};", text)


def _literal_attributes(tag: str) -> str:
    if not tag.startswith("<"):
        return tag
    return re.sub(r"[`\\*_\[\]!{}]", lambda match: f"&#{ord(match[0])};", tag)


def _replaced(text: str, first_line: int, tables: Mapping[int, Replaced], slots: gfm.Slots) -> str:
    """The text with a mark in the place of each table; the reader of Markdown need not read what it will not show."""
    if not tables:
        return text
    lines = text.split("\n")
    for first, (last, make) in sorted(tables.items(), reverse=True):
        start, end = first - first_line, last - first_line + 1
        indent = lines[start][: len(lines[start]) - len(lines[start].lstrip())]
        lines[start:end] = ["", f"{indent}{slots.put_block(make())}", ""]
    return "\n".join(lines)


def _shift(tokens: list[Token], title: str) -> int:
    """How far headings go down so that the page's title stays the only one of the first level."""
    firsts = [tokens[i + 1] for i, t in enumerate(tokens) if t.type == "heading_open" and t.tag == "h1" and not t.level]
    if title and firsts and _same(text_of(firsts[0].content), title):
        firsts = firsts[1:]
    return 1 if firsts else 0


def _same(words: str, title: str) -> bool:
    return structure.normal(words) == structure.normal(title)
