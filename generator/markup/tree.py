"""Markdown as a tree of blocks that says what there is, not how it is written; both renderers of rich text begin here."""

import re
from dataclasses import dataclass, field
from html import unescape

from markdown_it.token import Token

from generator.markup import html
from generator.markup.commonmark import DEEPEST, clean, tokens
from generator.markup.html_tree import BLOCKS
from generator.markup.inline import TextRun
from generator.markup.tree_inline import TAG, Files, runs_of, tidy

PANELS = {
    "info": {"note", "info", "abstract", "summary", "tldr", "todo", "example"},
    "success": {"tip", "hint", "success", "check", "done"},
    "note": {"important", "question", "help", "faq"},
    "warning": {"warning", "caution", "attention"},
    "error": {"danger", "error", "failure", "fail", "missing", "bug"},
}
_KINDS = {name: kind for kind, names in PANELS.items() for name in names}
_CONTAINERS = {
    "blockquote": "quote",
    "bullet_list": "list",
    "ordered_list": "list",
    "list_item": "item",
    "table": "table",
    "tr": "row",
    "th": "cell",
    "td": "cell",
    "admonition": "panel",
    "footnote": "footnote",
}
_LEAVES = {"paragraph", "heading", "admonition_title"}
_LANGUAGE = re.compile(r"[\w+#.-]+")
_FRAME = re.compile(r"<!--.*?(?:-->|\Z)|<(/?)(details|summary)\b[^>]*>", re.DOTALL | re.IGNORECASE)
_HTML = BLOCKS | {"a", "b", "br", "code", "em", "font", "i", "img", "ins", "kbd", "del", "s", "small", "span", "strong"}
_HTML |= {"sub", "sup", "u", "col", "colgroup", "caption", "samp", "tt", "mark", "abbr", "picture", "source"}


@dataclass(slots=True)
class Block:
    """One block: `paragraph`, `heading`, `list`, `item`, `code`, `quote`, `panel`, `expand`, `rule`, `table`, `row` or `cell`.

    `runs` is its own text: of a panel or an expand the title. `name` is the kind of a panel, the language of code,
    `ordered` or `bullet` for a list, `header` for a cell of the first row. `level` is that of a heading or the number
    of a list's first item, `text` what is in code, `done` the box of a task.
    """

    kind: str
    children: list["Block"] = field(default_factory=list)
    runs: list[TextRun] = field(default_factory=list)
    name: str = ""
    level: int = 0
    text: str = ""
    done: bool | None = None


def parse(markdown: str, base: str = "", files: Files | None = None) -> list[Block]:
    """The blocks of a text; `base` is the address of the page, which relative links are relative to.

    With `files` (see `runs_of`) pictures are pictures, else links.
    """
    root = Block("root")
    _Builder(root, base, files).read(tokens(clean(markdown)))
    return [block for found in root.children for block in (_footnote(found) if found.kind == "footnote" else [found])]


class _Builder:
    def __init__(self, root: Block, base: str, files: Files | None, *, in_html: bool = False) -> None:
        self._open = [root]
        self._base, self._files = base, files
        self._in_html = in_html

    def read(self, stream: list[Token]) -> None:
        number = 0
        for index, token in enumerate(stream):
            kind, _, edge = token.type.rpartition("_")
            if token.type == "inline":
                self._text(stream[index - 1], token)
            elif kind in _CONTAINERS and edge == "open":
                if kind == "footnote":  # all of them come last, after whatever is still open
                    number += 1
                    del self._open[1:]
                self._push(self._container(kind, token, number))
            elif kind in _CONTAINERS and edge == "close":
                self._pop(_CONTAINERS[kind])
            elif token.type in {"fence", "code_block"}:
                self._add(_code(token))
            elif token.type == "hr":
                self._add(Block("rule"))
            elif token.type == "html_block":
                self._html(token.content)

    def _add(self, block: Block) -> None:
        self._open[-1].children.append(block)

    def _push(self, block: Block) -> None:
        self._add(block)
        self._open.append(block)

    def _pop(self, *kinds: str) -> None:
        """Ends a container, and the `<details>` in it that nobody ended."""
        while len(self._open) > 1:
            closed = self._open.pop()
            if closed.kind in kinds or closed.kind != "expand":
                return

    def _container(self, kind: str, token: Token, number: int) -> Block:
        block = Block(_CONTAINERS[kind])
        if kind == "ordered_list":
            block.name, block.level = "ordered", int(token.attrs.get("start", 1))
        elif kind == "bullet_list":
            block.name = "bullet"
        elif kind == "list_item":
            block.done = token.meta.get("done")
        elif kind == "th":
            block.name = "header"
        elif kind == "footnote":
            block.level = number
        elif kind == "blockquote" and token.meta.get("alert"):
            alert = str(token.meta["alert"])
            block = Block("panel", name="error" if alert == "caution" else _KINDS[alert])
            block.runs = [TextRun(alert.capitalize())]
        elif kind == "admonition":
            block = _admonition(token)
        return block

    def _text(self, opening: Token, token: Token) -> None:
        runs = runs_of(token.children or [], self._base, self._files)
        parent = self._open[-1]
        if opening.type == "heading_open":
            self._add(Block("heading", runs=runs, level=int(opening.tag[1])))
        elif opening.type == "admonition_title_open" or parent.kind == "cell":
            parent.runs = tidy([*parent.runs, *runs])
        elif runs:
            self._add(Block("paragraph", runs=runs))

    def _html(self, content: str) -> None:
        """A block of HTML: comments go, `<details>` opens and closes a block, the rest is read by itself."""
        end = 0
        summary = -1
        for found in _FRAME.finditer(content):
            closes, name = found[1] == "/", (found[2] or "").lower()
            if summary < 0 or (closes and name == "summary"):
                self._html_piece(content[end : found.start()], title=summary >= 0)
                end = found.end()
            if name == "summary":
                summary = -1 if closes else found.end()
            elif name == "details" and closes and self._open[-1].kind == "expand":
                self._open.pop()
            elif name == "details" and not closes and len(self._open) < 2 * DEEPEST:
                self._push(Block("expand"))
        self._html_piece(content[end:], title=summary >= 0)

    def _html_piece(self, written: str, *, title: bool) -> None:
        if not written.strip():
            return
        names = {tag[2].lower() for tag in TAG.finditer(written)}
        whole = "<" not in TAG.sub("", written) and names <= _HTML
        if whole and not title and names & BLOCKS and not self._in_html:
            inner = Block("root")
            _Builder(inner, self._base, self._files, in_html=True).read(tokens(clean(html.to_markdown(written))))
            self._open[-1].children += inner.children
            return
        runs = runs_of(_literal(written), self._base, self._files)
        if title and self._open[-1].kind == "expand" and not self._open[-1].runs:
            self._open[-1].runs = runs
        elif runs:
            self._add(Block("paragraph", runs=runs))


def _literal(written: str) -> list[Token]:
    """HTML as inline tokens: tags, and the text between them, in which Markdown means nothing."""
    found: list[Token] = []
    end = 0
    for tag in TAG.finditer(written):
        found.append(_plain(written[end : tag.start()]))
        found.append(Token("html_inline", "", 0, content=tag.group()))
        end = tag.end()
    return [*found, _plain(written[end:])]


def _plain(written: str) -> Token:
    return Token("text", "", 0, content=re.sub(r"\s+", " ", unescape(written)))


def _code(token: Token) -> Block:
    words = token.info.split()
    language = _LANGUAGE.match(words[0].lstrip("{.")) if words else None
    return Block("code", text=clean(token.content).removesuffix("\n"), name=language[0].lower() if language else "")


def _footnote(block: Block) -> list[Block]:
    if not block.children or block.children[0].kind != "paragraph":
        block.children.insert(0, Block("paragraph"))
    block.children[0].runs.insert(0, TextRun(f"[{block.level}] "))
    return block.children


def _admonition(token: Token) -> Block:
    tag = str(token.meta.get("tag", ""))
    if tag not in _KINDS:  # its name is a word of the title, so that it is not lost
        words = "" if token.content == tag.title() else token.info[: token.info.rfind(token.content)].strip(' "')
        return Block("panel", name="info", runs=[TextRun(f"{words} ")])
    return Block("expand" if token.markup.startswith("???") else "panel", name=_KINDS[tag])
