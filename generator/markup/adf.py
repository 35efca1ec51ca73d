"""The Atlassian Document Format (the JSON of Jira Cloud's rich text) as Markdown.

Nothing here raises: an unknown node gives its text, and nesting beyond reason is flattened to text.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.markup import escaping, inline
from generator.markup.adf_nodes import Node, attributes_of, code_of, day, marks_of, nodes_of, string, text_of, whole
from generator.markup.inline import BREAK, Mark, TextRun

DEEPEST = 30  # levels of blocks; people write five, and Python's stack ends at a thousand calls
INLINE = frozenset(
    {"text", "hardBreak", "mention", "emoji", "date", "status", "inlineCard", "mediaInline", "placeholder", "image"}
    | {"inlineExtension"}
)
PANELS = {
    "info": "Info",
    "note": "Note",
    "tip": "Tip",
    "warning": "Warning",
    "error": "Error",
    "success": "Success",
}
_LIST = re.compile(r"-( |$)|\d+\.( |$)")
_NOT_PROSE = re.compile(rf"{_LIST.pattern}|```|> |>$|\||#")


def to_markdown(
    document: object, *, people: Mapping[str, str] | None = None, files: Mapping[str, str] | None = None
) -> str:
    """`document` (an ADF node, a list of them, or a plain string) as Markdown without a final line break.

    `people` gives the names of accounts that are mentioned by id alone; `files` gives the address of an attachment
    by its name. Pictures become links, so that a page loads nothing from elsewhere.
    """
    writer = _Writer(people or {}, files or {})
    if isinstance(document, str):
        document = {"type": "paragraph", "content": [{"type": "text", "text": document}]}
    nodes = document if isinstance(document, list) else [document]
    return "\n\n".join("\n".join(block) for block in writer.blocks(nodes, 0))


@dataclass(slots=True)
class _Writer:
    people: Mapping[str, str]
    files: Mapping[str, str]
    _block: dict[str, Callable[[Node, int], list[list[str]]]] = field(init=False)

    def __post_init__(self) -> None:
        self._block = {
            "heading": self._heading,
            "bulletList": self._list,
            "orderedList": self._list,
            "taskList": self._list,
            "decisionList": self._list,
            "codeBlock": self._code_block,
            "blockquote": self._quote,
            "panel": self._quote,
            "expand": self._expand,
            "nestedExpand": self._expand,
            "rule": lambda _node, _depth: [["---"]],
            "table": self._table,
            "media": lambda node, _depth: _paragraph(self._runs([node])),
            "blockCard": lambda node, _depth: _paragraph(self._runs([node])),
            "embedCard": lambda node, _depth: _paragraph(self._runs([node])),
        }

    def blocks(self, nodes: object, depth: int) -> list[list[str]]:
        """The nodes as blocks, each a list of lines; neighbouring inline nodes are one paragraph."""
        found: list[list[str]] = []
        loose: list[Node] = []
        for node in nodes_of(nodes):
            if string(node.get("type")) in INLINE:
                loose.append(node)
                continue
            found += _paragraph(self._runs(loose))
            loose = []
            found += self._one(node, depth)
        return found + _paragraph(self._runs(loose))

    def _one(self, node: Node, depth: int) -> list[list[str]]:
        if depth >= DEEPEST:
            return _paragraph([TextRun(text_of(node))])
        write = self._block.get(string(node.get("type")))
        if write:
            return write(node, depth)
        # Paragraphs, layouts, media groups and whatever comes after them in the schema: what they hold, or say.
        inside = self.blocks(node.get("content"), depth + 1)
        return inside or _paragraph([TextRun(string(attributes_of(node).get("text")))])

    def _heading(self, node: Node, _depth: int) -> list[list[str]]:
        level = whole(attributes_of(node).get("level"), 1)
        title = " ".join(inline.lines(self._runs(nodes_of(node.get("content")))))
        if title.endswith(("}", "#")):  # else an attribute list, or a closing sequence that is not shown
            title = f"{title[:-1]}\\{title[-1]}"
        return [[f"{'#' * min(max(level, 1), 6)} {title}"]] if title else []

    def _list(self, node: Node, depth: int) -> list[list[str]]:
        items: list[list[str]] = []
        number = max(whole(attributes_of(node).get("order"), 1), 0)
        tight = True
        for item in nodes_of(node.get("content")):
            kind = string(item.get("type"))
            bare = kind in INLINE or kind in self._block
            blocks = self.blocks([item] if bare else item.get("content"), depth + 1)
            tight = tight and all(_LIST.match(block[0]) for block in blocks[1:])
            if items and kind in self._block:  # task lists nest without an item in between
                items[-1] += [line for block in blocks for line in _indented(block)]
                continue
            marker = {"orderedList": f"{number}.", "taskList": _box(item)}.get(string(node.get("type")), "-")
            items.append(_item(marker, blocks, tight))
            number += 1
        gap: list[str] = [] if tight else [""]
        return [[line for item in items for line in [*gap, *item]][len(gap) :]] if items else []

    def _code_block(self, node: Node, _depth: int) -> list[list[str]]:
        return [escaping.fence(code_of(node), string(attributes_of(node).get("language")))]

    def _quote(self, node: Node, depth: int) -> list[list[str]]:
        label = PANELS.get(string(attributes_of(node).get("panelType"))) if node.get("type") == "panel" else None
        blocks = ([[f"**{label}**"]] if label else []) + self.blocks(node.get("content"), depth + 1)
        joined = [line for number, block in enumerate(blocks) for line in ([""] if number else []) + block]
        return [[f"> {line}" if line else ">" for line in joined]] if joined else []

    def _expand(self, node: Node, depth: int) -> list[list[str]]:
        title = string(attributes_of(node).get("title"))
        return _paragraph([TextRun(title, frozenset({("strong", "")}))]) + self.blocks(node.get("content"), depth + 1)

    def _table(self, node: Node, depth: int) -> list[list[str]]:
        rows = [row for row in nodes_of(node.get("content")) if row.get("type") == "tableRow"]
        others = self.blocks([row for row in nodes_of(node.get("content")) if row.get("type") != "tableRow"], depth + 1)
        grid, headed = _grid(rows, lambda cell: "<br>".join(self._cell_lines(cell.get("content"), depth + 1)))
        if not grid:
            return others
        if not headed:
            grid.insert(0, [""] * len(grid[0]))
        head, *body = (f"| {' | '.join(row)} |" for row in grid)
        return [[head, f"|{'|'.join([' --- '] * len(grid[0]))}|", *body], *others]

    def _cell_lines(self, nodes: object, depth: int) -> list[str]:
        """Blocks as the lines of one table cell, which knows no blocks: bullets are characters, code is in spans."""
        found: list[str] = []
        loose: list[Node] = []
        for node in nodes_of(nodes):
            kind = string(node.get("type"))
            if kind in INLINE:
                loose.append(node)
                continue
            found += inline.lines(self._runs(loose), in_cell=True)
            loose = []
            if depth >= DEEPEST:
                found.append(escaping.escape(text_of(node), in_cell=True))
            elif kind == "codeBlock":
                found += [escaping.code(line, in_cell=True) for line in code_of(node).split("\n") if line.strip()]
            elif kind in {"listItem", "taskItem", "decisionItem"}:
                inside = self._cell_lines(node.get("content"), depth + 1) or [""]
                found += [f"{_box(node)[2:] if kind == 'taskItem' else '•'} {inside[0]}", *inside[1:]]
            elif kind in {"media", "blockCard", "embedCard"}:
                found += inline.lines(self._runs([node]), in_cell=True)
            else:
                found += self._cell_lines(node.get("content"), depth + 1)
        return found + inline.lines(self._runs(loose), in_cell=True)

    def _runs(self, nodes: list[Node]) -> list[TextRun]:
        return [run for node in nodes for run in self._run(node)]

    def _run(self, node: Node) -> Iterator[TextRun]:
        attributes = attributes_of(node)
        marks = marks_of(node)
        match node.get("type"):
            case "hardBreak":
                yield BREAK
            case "text":
                yield TextRun(string(node.get("text")), marks)
            case "mention":
                account = string(attributes.get("id"))
                name = self.people.get(account) or string(attributes.get("text")) or account
                yield TextRun(f"@{name.removeprefix('@')}", marks)
            case "emoji":
                yield TextRun(string(attributes.get("text")) or string(attributes.get("shortName")), marks)
            case "date":
                yield TextRun(day(attributes.get("timestamp")), marks)
            case "status":
                yield TextRun(string(attributes.get("text")), marks | {("strong", "")})
            case "inlineCard" | "blockCard" | "embedCard":
                data = attributes.get("data")
                card = data if isinstance(data, Mapping) else {}
                url = string(attributes.get("url")) or string(card.get("url"))
                yield TextRun(string(card.get("name")) or url, marks | ({("link", url)} if url else set()))
            case "media" | "mediaInline" | "image":
                yield self._media(attributes, marks)
            case _:
                yield TextRun(string(attributes.get("text")) or text_of(node), marks)

    def _media(self, attributes: Node, marks: frozenset[Mark]) -> TextRun:
        name = string(attributes.get("alt")) or string(attributes.get("title"))
        url = string(attributes.get("url")) or string(attributes.get("src")) or self.files.get(name, "")
        if url:
            return TextRun(name or url, frozenset(mark for mark in marks if mark[0] != "link") | {("link", url)})
        return TextRun(name or "attached file", marks | {("em", "")})


def _paragraph(runs: list[TextRun]) -> list[list[str]]:
    lines = inline.lines(runs)
    # Two spaces are the one hard line break that every Markdown reader knows.
    return [[f"{line}  " for line in lines[:-1]] + lines[-1:]] if lines else []


def _item(marker: str, blocks: list[list[str]], tight: bool) -> list[str]:
    """A list item: four columns for what is below it, which both CommonMark and Python-Markdown take as inside."""
    if not blocks:
        return [marker]
    first, *others = blocks
    head = "***" if first[0] == "---" else first[0]  # a dash before it would make it another rule
    lines = [f"{marker:<3} {head}" if _NOT_PROSE.match(head) else f"{marker} {head}", *_indented(first[1:])]
    for block in others:
        lines += ([] if tight else [""]) + _indented(block)
    return lines


def _indented(lines: list[str]) -> list[str]:
    return [f"    {line}" if line else "" for line in lines]


def _box(item: Node) -> str:
    return "- [x]" if attributes_of(item).get("state") == "DONE" else "- [ ]"


def _grid(rows: list[Node], write: Callable[[Node], str]) -> tuple[list[list[str]], bool]:
    """The cells as a full rectangle, spans filled with empty cells, and whether the first row is a header."""
    taken: dict[tuple[int, int], str] = {}
    for number, row in enumerate(rows):
        column = 0
        for cell in nodes_of(row.get("content")):
            while (number, column) in taken:
                column += 1
            attributes = attributes_of(cell)
            wide = min(max(whole(attributes.get("colspan"), 1), 1), 50)
            high = min(max(whole(attributes.get("rowspan"), 1), 1), len(rows) - number)
            for down in range(high):
                for right in range(wide):
                    taken.setdefault((number + down, column + right), "")
            shown = write(cell)
            head_column = number and cell.get("type") == "tableHeader" and shown and "<br>" not in shown
            taken[number, column] = f"**{shown}**" if head_column and "*" not in shown else shown
            column += wide
    width = 1 + max((column for _, column in taken), default=-1)
    first = nodes_of(rows[0].get("content")) if rows else []
    headed = bool(first) and all(cell.get("type") == "tableHeader" for cell in first)
    return [
        [taken.get((row, column), "") for column in range(width)] for row in range(len(rows) if width else 0)
    ], headed
