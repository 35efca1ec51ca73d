"""Markdown as an ADF document for Jira Cloud: a conservative part of the format, and never an invalid node."""

from collections.abc import Iterable

from generator.markup import nesting, tree
from generator.markup.inline import TextRun
from generator.markup.rendered import Rendered
from generator.markup.tree import Block
from generator.markup.tree_inline import CODE

Node = dict[str, object]

_MARKS: dict[str, Node] = {
    "strong": {"type": "strong"},
    "em": {"type": "em"},
    "strike": {"type": "strike"},
    "ins": {"type": "underline"},
    "sub": {"type": "subsup", "attrs": {"type": "sub"}},
    "sup": {"type": "subsup", "attrs": {"type": "sup"}},
}
_TODO: tuple[Node, ...] = ({"type": "strong"}, {"type": "textColor", "attrs": {"color": "#de350b"}})


def render(markdown: str, *, base: str = "") -> Rendered:
    """The text as an ADF document node; `base` is the address that relative links are relative to.

    The same text gives the same document. Words are never left out; `notes` tell which constructs Jira has no place for.
    """
    blocks, notes = nesting.settled(tree.parse(markdown, base))
    return Rendered({"type": "doc", "version": 1, "content": _Renderer().blocks(blocks)}, notes)


class _Renderer:
    def __init__(self) -> None:
        self._ids = 0

    def blocks(self, blocks: Iterable[Block]) -> list[Node]:
        return [self._block(block) for block in blocks]

    def _block(self, block: Block) -> Node:
        match block.kind:
            case "heading":
                return {"type": "heading", "attrs": {"level": block.level}, "content": inline(block.runs)}
            case "code":
                return _code(block)
            case "list":
                return self._list(block)
            case "tasks":
                return self._tasks(block)
            case "quote":
                return {"type": "blockquote", "content": self._content(block)}
            case "panel":
                title = [_paragraph(nesting.bold(block.runs))] if block.runs else []
                content = [*title, *self.blocks(block.children)] or [_paragraph([])]
                return {"type": "panel", "attrs": {"panelType": block.name}, "content": content}
            case "expand":
                words = " ".join("".join(run.text for run in block.runs).split())
                return {"type": "expand", "attrs": {"title": words}, "content": self._content(block)}
            case "rule":
                return {"type": "rule"}
            case "table":
                return {"type": "table", "content": [_row(row) for row in block.children]}
            case _:
                return _paragraph(block.runs)

    def _content(self, block: Block) -> list[Node]:
        """What is in a block; the format allows none without content."""
        return self.blocks(block.children) or [_paragraph([])]

    def _list(self, block: Block) -> Node:
        items = [{"type": "listItem", "content": self._item(item)} for item in block.children]
        if block.name != "ordered":
            return {"type": "bulletList", "content": items}
        first: Node = {} if block.level == 1 else {"attrs": {"order": block.level}}
        return {"type": "orderedList", **first, "content": items}

    def _item(self, item: Block) -> list[Node]:
        """What is in a list item; Jira wants words before a list in it."""
        content = self.blocks(item.children)
        return content if content and content[0]["type"] == "paragraph" else [_paragraph([]), *content]

    def _tasks(self, block: Block) -> Node:
        """A list of tasks; the format asks for ids, which are numbers here, so that they stay the same."""
        here = self._id()
        items: list[Node] = []
        for item in block.children:
            if item.kind == "tasks":
                items.append(self._tasks(item))
                continue
            state = {"localId": self._id(), "state": "DONE" if item.done else "TODO"}
            items.append({"type": "taskItem", "attrs": state, "content": inline(item.runs)})
        return {"type": "taskList", "attrs": {"localId": here}, "content": items}

    def _id(self) -> str:
        self._ids += 1
        return f"task-{self._ids}"


def inline(runs: Iterable[TextRun]) -> list[Node]:
    """Runs as inline nodes."""
    nodes: list[Node] = []
    for run in runs:
        marks = _marks(run)
        for number, piece in enumerate(run.text.split("\n")):
            if number:
                nodes.append({"type": "hardBreak"})
            if piece:
                nodes.append({"type": "text", "text": piece, **({"marks": marks} if marks else {})})
    return nodes


def _marks(run: TextRun) -> list[Node]:
    targets = [target for name, target in run.marks if name == "link"]
    marks: list[Node] = [{"type": "link", "attrs": {"href": min(targets)}}] if targets else []
    if CODE in run.marks:
        return [*marks, {"type": "code"}]
    names = {name for name, _ in run.marks}
    marks += [mark for name, mark in _MARKS.items() if name in names and not ("todo" in names and name == "strong")]
    return [*marks, *_TODO] if "todo" in names else marks


def _code(block: Block) -> Node:
    content: list[Node] = [{"type": "text", "text": block.text}] if block.text else []
    language: Node = {"attrs": {"language": block.name}} if block.name else {}
    return {"type": "codeBlock", **language, "content": content}


def _paragraph(runs: list[TextRun]) -> Node:
    return {"type": "paragraph", "content": inline(runs)}


def _row(row: Block) -> Node:
    return {
        "type": "tableRow",
        "content": [
            {
                "type": "tableHeader" if cell.name == "header" else "tableCell",
                "content": [_paragraph(cell.runs)],
            }
            for cell in row.children
        ],
    }
