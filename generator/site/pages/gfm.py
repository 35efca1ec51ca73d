"""Markdown as GitHub reads it, in markdown-it: alerts, task lists, bare addresses, footnotes, `TODO:` marks.

What we add ourselves stands in *slots*: short marks in the text that survive the cleaning of the HTML and are filled
afterwards, so that a document cannot use our own markup.
"""

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from generator.document.parse import owner, task_parts
from generator.markup.inline_text import text_of_tokens
from generator.site.pages.highlight import code
from generator.site.pages.html import esc, web_address

_SLOT = re.compile("\ufdd0([0-9]+)\ufdd1|(?:<p>)?\ufdd2([0-9]+)\ufdd1(?:</p>)?")
_ALERT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(?:\n|$)", re.IGNORECASE)
_TASK = re.compile(r"\[([ xX])\][ \t]+")
# Bare addresses that GitHub links: the web, `www.`, e-mail.
_ADDRESS = re.compile(
    r"(?P<web>https?://[^\s<]+|(?<![\w./@-])www\.[\w-]+\.[^\s<]+)|(?P<mail>(?<![\w.+@/-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
)
_TODO = re.compile(r"\bTODO:")


class Slots:
    """Trusted HTML that is put into a page after everything else was cleaned."""

    def __init__(self) -> None:
        self._pieces: list[str] = []

    def put(self, html: str) -> str:
        """Keep a piece and return the mark that stands for it in a line."""
        self._pieces.append(html)
        return f"\ufdd0{len(self._pieces) - 1}\ufdd1"

    def put_block(self, html: str) -> str:
        """Keep a piece and return the mark that stands for it as a paragraph of its own."""
        return self.put(html).replace("\ufdd0", "\ufdd2")

    def fill(self, html: str) -> str:
        """Put the pieces in their places."""
        return _SLOT.sub(lambda mark: self._pieces[int(mark[1] or mark[2])], html)


def words(inline: Token) -> str:
    """What a reader sees of a heading's inline Markdown, as plain text."""
    return _SLOT.sub("TODO:", text_of_tokens(inline.children or []))


@cache
def markdown() -> MarkdownIt:
    """The one reader of Markdown; what belongs to a document travels in its `env` (`slots`: `Slots`)."""
    md = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).use(footnote_plugin)
    md.core.ruler.before("inline", "task_lists", _task_lists)
    md.core.ruler.before("inline", "alerts", _alerts)
    md.core.ruler.push("texts", _texts)
    md.core.ruler.push("blocks", _blocks)
    return md


def _blocks(state: StateCore) -> None:
    """Code is marked, a table gets a frame to scroll in, and its cells' alignment becomes an attribute."""
    slots: Slots = state.env["slots"]
    tokens: list[Token] = []
    for token in state.tokens:
        if token.type in {"fence", "code_block"}:
            words = token.info.split()
            language = re.sub(r"[^\w+#.-].*", "", words[0].lstrip("{.")) if words else ""
            tokens.append(_html(slots.put(code(token.content, language)) + "\n"))
            continue
        if token.type == "table_open":
            tokens.append(_frame(slots.put('<div class="pm-scroll">')))
            token.attrs = {"class": "pm-table"}  # the theme's script wraps tables without a class once more
        elif token.type in {"th_open", "td_open"} and "style" in token.attrs:
            token.attrs = {"align": str(token.attrs["style"]).removeprefix("text-align:")}
        tokens.append(token)
        if token.type == "table_close":
            tokens.append(_frame(slots.put("</div>") + "\n"))
    state.tokens = tokens


def _alerts(state: StateCore) -> None:
    tokens = state.tokens
    opening = closing = 0
    for index, token in enumerate(tokens):
        if token.type != "blockquote_open" or token.level or index + 2 >= len(tokens):
            continue
        inline = tokens[index + 2]
        match = _ALERT.match(inline.content) if inline.type == "inline" else None
        if match is None:
            continue
        kind = match[1].casefold()
        inline.content = inline.content[match.end() :]
        token.tag, token.attrs = "div", {"class": f"pm-alert pm-alert-{kind}"}
        closing = next(
            i for i in range(index, len(tokens)) if tokens[i].type == "blockquote_close" and not tokens[i].level
        )
        tokens[closing].tag = "div"
        opening = index
        token.meta["title"] = _html(f'<p class="pm-alert-title">{kind.capitalize()}</p>\n')
    if opening or closing:
        state.tokens = [piece for token in tokens for piece in (token, token.meta.get("title")) if piece is not None]


def _task_lists(state: StateCore) -> None:
    slots: Slots = state.env["slots"]
    tokens = state.tokens
    for index, token in enumerate(tokens[:-2]):
        inline = tokens[index + 2]
        if token.type != "list_item_open" or tokens[index + 1].type != "paragraph_open":
            continue
        match = _TASK.match(inline.content)
        if match is None:
            continue
        done = match[1] != " "
        first, newline, rest = inline.content[match.end() :].partition("\n")
        text, parts = task_parts(first)
        inline.content = text + newline + rest
        inline.meta["before"] = slots.put(
            f'<span class="pm-box{" pm-done" if done else ""}" role="img" aria-label="{"Done" if done else "To do"}"></span>'
        )
        inline.meta["parts"] = parts
        token.attrSet("class", "task-list-item")
        level = token.level - 1
        for above in reversed(tokens[:index]):
            if above.level == level and above.type in {"bullet_list_open", "ordered_list_open"}:
                above.attrSet("class", "contains-task-list")
                break


def _texts(state: StateCore) -> None:
    """Work on the finished inline tokens: bare addresses become links, `TODO:` is marked, tasks get their parts."""
    for token in state.tokens:
        if token.type != "inline" or token.children is None:
            continue
        linked = 0
        children: list[Token] = []
        for child in token.children:
            linked += (child.type == "link_open") - (child.type == "link_close")
            if child.type == "text" and child.content:
                children += _text(child, state, autolink=not linked)
            elif child.type == "image" and web_address(str(child.attrs.get("src", ""))):
                children += _picture_elsewhere(child, linked=bool(linked))
            else:
                children.append(child)
        token.children = [*_before(token), *children, *_after(token, state)]


def _text(token: Token, state: StateCore, *, autolink: bool) -> list[Token]:
    content = token.content
    if autolink and ("://" in content or "www." in content or "@" in content):
        return [piece for part in _autolinked(content) for piece in _marked(part, state)]
    return _marked(token, state)


def _marked(token: Token, state: StateCore) -> list[Token]:
    if token.type == "text" and "TODO:" in token.content:
        slots: Slots = state.env["slots"]
        token.content = _TODO.sub(lambda _: slots.put('<mark class="pm-todo">TODO:</mark>'), token.content)
    return [token]


def _autolinked(content: str) -> list[Token]:
    pieces: list[Token] = []
    position = 0
    for match in _ADDRESS.finditer(content):
        shown = _trimmed(match[0])
        href = f"mailto:{shown}" if match["mail"] else shown if "://" in shown else f"http://{shown}"
        if not match["mail"] and not web_address(href):
            continue
        pieces += [_plain(content[position : match.start()]), _open(href), _plain(shown), Token("link_close", "a", -1)]
        position = match.start() + len(shown)
    return [*pieces, _plain(content[position:])]


def _trimmed(address: str) -> str:
    """Without the punctuation that ends a sentence, and without a bracket that was opened before the address."""
    while address:
        kept = re.sub(r"(?:[?!.,:*_~'\"]|&\w+;)+$", "", address)
        if kept.endswith(")") and kept.count(")") > kept.count("("):
            kept = kept[:-1]
        if kept == address:
            break
        address = kept
    return address


def _picture_elsewhere(image: Token, *, linked: bool) -> list[Token]:
    """A picture on another host becomes a link to it: the site loads nothing from elsewhere."""
    words = _plain(image.content or "picture")
    return [words] if linked else [_open(str(image.attrs["src"])), words, Token("link_close", "a", -1)]


def _before(inline: Token) -> list[Token]:
    return [_plain(inline.meta["before"])] if "before" in inline.meta else []


def _after(inline: Token, state: StateCore) -> list[Token]:
    parts: dict[str, str] = inline.meta.get("parts", {})
    if not parts:
        return []
    slots: Slots = state.env["slots"]
    found: list[Token] = []
    if "owner" in parts:
        name = owner(parts["owner"])
        person = state.env.get("person", str)
        chip = (
            f'<span class="pm-part">{esc(person(name))}</span>'
            if name
            else '<span class="pm-part pm-none">no owner</span>'
        )
        found.append(_plain(slots.put(f" {chip}")))
    if parts.get("evidence"):
        written: list[Token] = []
        state.md.inline.parse(parts["evidence"], state.md, state.env, written)
        if not any(child.type == "link_open" for child in written):
            written = [piece for c in written for piece in (_autolinked(c.content) if c.type == "text" else [c])]
        found += [_plain(slots.put(' <span class="pm-part pm-proof">')), *written, _plain(slots.put("</span>"))]
    return found


def _html(text: str) -> Token:
    return Token("html_block", "", 0, content=text)


def _frame(text: str) -> Token:
    token = _html(text)
    token.meta["frame"] = True
    return token


def _plain(text: str) -> Token:
    return Token("text", "", 0, content=text)


def _open(href: str) -> Token:
    return Token("link_open", "a", 1, attrs={"href": href})
