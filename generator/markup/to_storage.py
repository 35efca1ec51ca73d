"""Markdown in Confluence's storage format, for Cloud and Data Center alike."""

from collections.abc import Iterable
from itertools import groupby

from generator.markup import nesting, tree
from generator.markup.inline import Mark, TextRun
from generator.markup.rendered import Rendered
from generator.markup.storage_nodes import attached_link, element, link, lozenge, macro, picture, text
from generator.markup.tree import Block
from generator.markup.tree_inline import ATTACHED, TODO, Files

_MARKS = {"strong": "strong", "em": "em", "strike": "del", "ins": "u", "sub": "sub", "sup": "sup", "code": "code"}
_PANELS = {"info": "info", "success": "tip", "note": "note", "warning": "warning", "error": "warning"}
# What the code macro colours everywhere; it shows an error in place of code in some other languages.
_LANGUAGES = {
    "actionscript3", "applescript", "bash", "c#", "coldfusion", "cpp", "css", "delphi", "diff", "erl", "groovy", "html",
    "java", "javascript", "js", "perl", "php", "powershell", "py", "python", "ruby", "sass", "scala", "sql", "text",
    "vb", "xml", "yml",
}  # fmt: skip
_LIKE = {"sh": "bash", "shell": "bash", "console": "bash", "zsh": "bash", "yaml": "yml", "c": "cpp", "c++": "cpp"}
_LIKE |= {"typescript": "js", "ts": "js", "tsx": "js", "jsx": "js", "json": "js", "csharp": "c#", "rb": "ruby"}
_LIKE |= {"postgresql": "sql", "mysql": "sql", "pl": "perl", "patch": "diff", "erlang": "erl", "ps1": "powershell"}


def render(markdown: str, *, base: str = "", files: Files | None = None) -> Rendered:
    """The text in storage format; `base` is the address that relative links are relative to.

    `files` maps paths, as links write them, to the names of the page's attachments or to addresses. The same text gives the same value,
    which is well-formed whatever the text is; `notes` tell which constructs Confluence has no place for.
    """
    blocks, notes = nesting.settled(tree.parse(markdown, base, files or {}), "Confluence")
    return Rendered(_Renderer().blocks(blocks), notes)


def phrase(markdown: str) -> str:
    """The words of some Markdown with their marks, as XML that may stand within an element."""

    def words(blocks: Iterable[Block]) -> list[str]:
        return [
            one for block in blocks for one in (text(block.text), inline(block.runs), *words(block.children)) if one
        ]

    return " ".join(words(tree.parse(markdown, "", {})))


class _Renderer:
    def __init__(self) -> None:
        self._tasks = 0

    def blocks(self, blocks: Iterable[Block]) -> str:
        return "".join(self._block(block) for block in blocks)

    def _block(self, block: Block) -> str:
        match block.kind:
            case "heading":
                return element(f"h{block.level}", inline(block.runs))
            case "code":
                language = _LIKE.get(block.name, block.name)
                return macro("code", plain=block.text, language=language if language in _LANGUAGES else "")
            case "list":
                items = "".join(element("li", self.blocks(item.children) or "<p></p>") for item in block.children)
                start = {"start": str(block.level)} if block.name == "ordered" and block.level != 1 else {}
                return element("ol" if block.name == "ordered" else "ul", items, **start)
            case "tasks":
                return self._task_list(block)
            case "quote":
                return element("blockquote", self.blocks(block.children) or "<p></p>")
            case "panel":
                title = f"<p>{inline(nesting.bold(block.runs))}</p>" if block.runs else ""
                return macro(_PANELS[block.name], body=title + self.blocks(block.children))
            case "expand":
                return macro("expand", body=self.blocks(block.children), title=_plain(block.runs))
            case "rule":
                return "<hr />"
            case "table":
                return element("table", element("tbody", "".join(_row(row) for row in block.children)))
            case _:
                return element("p", inline(block.runs))

    def _task_list(self, block: Block) -> str:
        """A list of tasks, numbered through the page; those that stand below one are in it."""
        bodies: list[tuple[Block, list[Block]]] = []
        for item in block.children:
            if item.kind == "tasks":
                bodies[-1][1].append(item)
            else:
                bodies.append((item, []))
        shown = []
        for item, below in bodies:
            self._tasks += 1
            number = element("ac:task-id", str(self._tasks))
            status = element("ac:task-status", "complete" if item.done else "incomplete")
            body = inline(item.runs) + "".join(self._task_list(one) for one in below)
            shown.append(element("ac:task", number + status + element("ac:task-body", body)))
        return element("ac:task-list", "".join(shown))


def inline(runs: Iterable[TextRun]) -> str:
    """Runs as XML; neighbours that lead to the same place are one link."""
    found = []
    for target, alike in groupby(runs, key=_target):
        inner = "".join(_run(run) for run in alike)
        if target.startswith(ATTACHED):
            inner = attached_link(target.removeprefix(ATTACHED), inner)
        found.append(link(target, inner) if target and not target.startswith(ATTACHED) else inner)
    return "".join(found)


def _run(run: TextRun) -> str:
    image = next((target for name, target in run.marks if name == "image"), "")
    if image.startswith(ATTACHED):
        return picture(_plain([run]), attachment=image.removeprefix(ATTACHED))
    if image:
        return picture(_plain([run]), address=image)
    if TODO in run.marks:
        return lozenge(run.text, "Red")
    shown = "<br />".join(text(piece) for piece in run.text.split("\n"))
    for name in sorted((name for name, _ in run.marks if name in _MARKS), key=_rank, reverse=True):
        shown = element(_MARKS[name], shown)
    return shown


def _row(row: Block) -> str:
    cells = (element("th" if cell.name == "header" else "td", element("p", inline(cell.runs))) for cell in row.children)
    return element("tr", "".join(cells))


def _target(run: TextRun) -> str:
    found: list[Mark] = [mark for mark in run.marks if mark[0] == "link"]
    return min(found)[1] if found else ""


def _rank(name: str) -> int:
    return list(_MARKS).index(name)


def _plain(runs: Iterable[TextRun]) -> str:
    return " ".join("".join(run.text for run in runs).split())
