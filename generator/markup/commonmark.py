"""Markdown as tokens: CommonMark with tables, strikethrough, footnotes, task lists, admonitions and alerts.

Nesting is bounded, so that no text exhausts the stack: what lies deeper than `DEEPEST` is one paragraph of its words.
"""

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, image
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.footnote import footnote_plugin

DEEPEST = 30  # levels of tokens; a list and its item are one each
_DEEPEST_IMAGE = 5  # pictures in the descriptions of pictures

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff\ufdd0-\ufdef]")
_ALERT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(?:\n|$)", re.IGNORECASE)
_TASK = re.compile(r"\[([ xX])\]\s+(?=\S)")
_DETAILS, _ENDED = re.compile(r"<details\b", re.IGNORECASE), re.compile(r"</details\b", re.IGNORECASE)
_MARKERS = re.compile(r"(?:[>*+-][ \t]*|\d{1,9}[.)][ \t]+)*")


def clean(text: str) -> str:
    """`text` with plain line feeds, and without what neither JSON nor XML readers accept."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def tokens(markdown: str) -> list[Token]:
    """The tokens of a text that is `clean`; a quote that is an alert has its kind in `meta`, a task whether it is done."""
    return _reader().parse(markdown, {})


@cache
def _reader() -> MarkdownIt:
    return reader()


def reader() -> MarkdownIt:
    """A new reader of this Markdown, to which a caller may add rules of its own."""
    md = MarkdownIt("commonmark", {"html": True, "maxNesting": 4 * DEEPEST}).enable(["table", "strikethrough"])
    md.use(footnote_plugin).use(admon_plugin)
    md.block.ruler.before("table", "deep", _deep)
    md.inline.ruler.at("image", _image)
    md.core.ruler.before("inline", "tasks", _tasks)
    md.core.ruler.before("inline", "alerts", _alerts)
    return md


def _deep(state: StateBlock, start: int, end: int, _silent: bool) -> bool:
    """Takes all that is left of a container that lies too deep as one paragraph, without the marks of deeper ones."""
    if state.level < DEEPEST:
        return False
    line = start
    found: list[str] = []
    while line < end and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
        text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()
        found.append(text[_end_of_markers(text) :])
        line += 1
    state.line = line
    state.push("paragraph_open", "p", 1).map = [start, line]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = "\n".join(found).strip(), [start, line], []
    state.push("paragraph_close", "p", -1)
    return True


def _end_of_markers(text: str) -> int:
    found = _MARKERS.match(text)
    return found.end() if found else 0


def _image(state: StateInline, silent: bool) -> bool:
    """The usual rule, which parses a description anew, and so would be called within itself without end."""
    depth = state.env.get("pictures", 0)
    if depth >= _DEEPEST_IMAGE:
        return False
    state.env["pictures"] = depth + 1
    try:
        return image(state, silent)
    finally:
        state.env["pictures"] = depth


def _alerts(state: StateCore) -> None:
    """GitHub's `> [!NOTE]`."""
    for quote, paragraph, inline in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        if quote.type != "blockquote_open" or paragraph.type != "paragraph_open":
            continue
        if found := _ALERT.match(inline.content):
            quote.meta["alert"] = found[1].casefold()
            inline.content = inline.content[found.end() :]


def _tasks(state: StateCore) -> None:
    for item, paragraph, inline in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        if item.type != "list_item_open" or paragraph.type != "paragraph_open":
            continue
        if found := _TASK.match(inline.content):
            item.meta["done"] = found[1] != " "
            inline.content = inline.content[found.end() :]


@dataclass(frozen=True, slots=True)
class BlockLines:
    """The lines of one block that is in no other."""

    text: str
    is_heading: bool


def pieces(markdown: str) -> tuple[list[BlockLines], list[str]]:
    """A text as its outermost blocks, and the definitions of its links, which are in none of them.

    What is in `<details>` stays with it. The definitions of footnotes are blocks of their own.
    """
    environment: dict[str, object] = {}
    lines = clean(markdown).split("\n")
    starts: dict[int, bool] = {}
    folded = 0
    for token in _reader().parse("\n".join(lines), environment):
        if token.map and token.level == 0 and token.nesting >= 0:
            if not folded:
                starts.setdefault(token.map[0], token.type == "heading_open")
            if token.type == "html_block":
                folded = max(folded + len(_DETAILS.findall(token.content)) - len(_ENDED.findall(token.content)), 0)
    begins = sorted(starts)
    found = [
        BlockLines("\n".join(lines[begin:end]).strip("\n"), starts[begin])
        for begin, end in pairwise([*begins, len(lines)])
    ]
    references = environment.get("references")
    targets = [
        f"[{label}]: <{target['href']}>"
        for label, target in (references.items() if isinstance(references, dict) else ())
        if not set(target["href"]) & set("<>\n")
    ]
    return found, targets
