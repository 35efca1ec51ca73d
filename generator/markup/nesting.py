"""Which block may stand in which: what Jira has no place for becomes something simpler that keeps all the words."""

from dataclasses import replace

from generator.markup.inline import TextRun
from generator.markup.tree import Block
from generator.markup.tree_inline import CODE, STRONG, tidy

_TEXT = {"paragraph", "list", "code"}
ALLOWED = {
    "root": _TEXT | {"tasks", "heading", "quote", "panel", "expand", "rule", "table"},
    "expand": _TEXT | {"tasks", "heading", "quote", "panel", "rule", "table"},
    "panel": _TEXT | {"tasks", "heading", "rule"},
    "item": _TEXT,
    "quote": _TEXT,
}
_NAMES = {"root": "the text", "expand": "folded text", "panel": "a panel", "item": "a list item", "quote": "a quote"}
_BECAME = {
    "heading": "A heading in {} became a bold line",
    "quote": "A quote in {} became plain paragraphs",
    "panel": "A panel in {} became plain paragraphs",
    "expand": "Folded text in {} became plain paragraphs",
    "rule": "A horizontal rule in {} was left out",
    "table": "A table in {} became one line for each row",
}


def settled(blocks: list[Block], product: str = "Jira") -> tuple[list[Block], tuple[str, ...]]:
    """The blocks as Jira and Confluence can hold them, with a note for each kind of change.

    A list of tasks gets the kind `tasks`; `product` is who has no place for something.
    """
    notes: dict[str, None] = {}
    return _inside(blocks, "root", notes), tuple(note.format(product) for note in notes)


def _inside(blocks: list[Block], parent: str, notes: dict[str, None]) -> list[Block]:
    found: list[Block] = []
    for block in blocks:
        kind = "tasks" if block.kind == "list" and _is_tasks(block) else block.kind
        if kind not in ALLOWED[parent] and kind != "tasks":
            notes[f"{_BECAME[kind].format(_NAMES[parent])}, because {{}} has no place for it there."] = None
            found += _simpler(block, parent, notes)
        elif kind == "tasks" and kind in ALLOWED[parent]:
            found.append(_tasks(block))
        elif kind in {"list", "tasks"}:
            found.append(replace(block, children=[_item(item, notes) for item in block.children]))
        elif kind in ALLOWED:
            found.append(replace(block, children=_inside(block.children, kind, notes)))
        else:
            found.append(block)
    return found


def _item(item: Block, notes: dict[str, None]) -> Block:
    children = _inside(item.children, "item", notes)
    if item.done is not None:  # a task beside items that are none, or with more than a line in it: its box is a sign
        box = TextRun("☑ " if item.done else "☐ ")
        if not children or children[0].kind != "paragraph":
            children.insert(0, Block("paragraph"))
        children[0] = replace(children[0], runs=tidy([box, *children[0].runs]))
    return replace(item, children=children)


def _is_tasks(block: Block) -> bool:
    """Whether all items are tasks of one paragraph, followed by nothing but such lists: Jira's tasks hold no more."""
    return bool(block.children) and all(
        item.done is not None
        and bool(item.children)
        and item.children[0].kind == "paragraph"
        and all(child.kind == "list" and _is_tasks(child) for child in item.children[1:])
        for item in block.children
    )


def _tasks(block: Block) -> Block:
    items: list[Block] = []
    for item in block.children:
        items.append(Block("task", runs=item.children[0].runs, done=item.done))
        items += [_tasks(child) for child in item.children[1:]]
    return Block("tasks", items)


def _simpler(block: Block, parent: str, notes: dict[str, None]) -> list[Block]:
    if block.kind == "table":
        return [_line(row) for row in block.children]
    named = [Block("paragraph", runs=bold(block.runs))] if block.runs else []
    return named + _inside(block.children, parent, notes)


def _line(row: Block) -> Block:
    """The cells of a row one after the other."""
    runs: list[TextRun] = []
    for cell in row.children:
        shown = bold(cell.runs) if cell.name == "header" else cell.runs
        runs += [*([TextRun(" | ")] if runs and shown else []), *shown]
    return Block("paragraph", runs=tidy(runs))


def bold(runs: list[TextRun]) -> list[TextRun]:
    """The runs in bold, but for code, which goes with no other mark."""
    return [run if CODE in run.marks else TextRun(run.text, run.marks | {STRONG}) for run in runs]
