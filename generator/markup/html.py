"""HTML, as wikis export it, to Markdown."""

import re
from collections.abc import Sequence

from generator.markup import escaping, inline
from generator.markup.html_tree import BLOCKS, Node, parse
from generator.markup.inline import BREAK, Mark, TextRun

_MARKS = {
    "b": "strong", "strong": "strong", "i": "em", "em": "em", "cite": "em", "s": "strike", "del": "strike", "strike": "strike", "u": "ins", "ins": "ins",
    "code": "code", "tt": "code", "kbd": "code", "samp": "code", "sub": "sub", "sup": "sup",
}  # fmt: skip
_SIGNS = {
    "tick": "✅",
    "cross": "❌",
    "minus": "❌",
    "warning": "⚠️",
    "information": "ℹ️",
    "plus": "➕",
    "thumbs-up": "👍",
    "question": "❓",
}
_LANGUAGE = re.compile(r"brush:\s*([\w+#-]+)|(?:^|\s)language-([\w+#-]+)")
_SIZES = {"h1", "h2", "h3", "h4", "h5", "h6"}
_SLOT = re.compile("\ue000(\\d+)\ue001")


def to_markdown(html: str) -> str:
    """The Markdown of a page or a piece of one; it ends with a line break where there is anything."""
    return markdown_of(parse(html))


def markdown_of(node: Node) -> str:
    """The Markdown of what is in an element."""
    lines = _Writer().blocks(node.children)
    return "\n".join(lines).strip("\n") + "\n" if lines else ""


class _Writer:
    """Writes elements as Markdown; pictures and local links wait in `slots`, so that no escaping touches them."""

    def __init__(self) -> None:
        self.slots: list[str] = []

    def blocks(self, children: Sequence[Node | str], *, in_cell: bool = False) -> list[str]:
        """The lines of some content: blocks apart by blank lines, and what stands between them as paragraphs."""
        lines: list[str] = []
        loose: list[Node | str] = []
        for child in children:
            if isinstance(child, Node) and self._is_block(child):
                self._join(lines, self.paragraph(loose, in_cell=in_cell))
                loose = []
                self._join(lines, self.block(child, in_cell=in_cell))
            else:
                loose.append(child)
        self._join(lines, self.paragraph(loose, in_cell=in_cell))
        return lines

    def _is_block(self, node: Node) -> bool:
        return node.tag in BLOCKS or (
            node.tag not in _MARKS
            and node.tag != "a"
            and any(isinstance(c, Node) and self._is_block(c) for c in node.children)
        )

    def _join(self, lines: list[str], more: Sequence[str]) -> None:
        if more:
            lines += [*([""] if lines else []), *more]

    # Branches: one case for each element that begins a block; each case is a line or a call.
    def block(self, node: Node, *, in_cell: bool) -> list[str]:
        if node.tag in _SIZES:
            words = " ".join(self.paragraph(node.children, in_cell=in_cell))
            return [f"{'#' * int(node.tag[1])} {words}"] if words.strip() else []
        if node.tag in {"ul", "ol"}:
            return self.listing(node, in_cell=in_cell)
        if node.tag == "table":
            return self.table(node) if not in_cell else self.blocks(node.children, in_cell=True)
        if node.tag == "pre":
            return self.code(node, in_cell=in_cell)
        if node.tag == "hr":
            return ["---"] if not in_cell else []
        inner = self.blocks(node.children, in_cell=in_cell)
        kind = next(
            (
                name
                for name in ("note", "warning", "tip", "information")
                if f"confluence-information-macro-{name}" in node.classes
            ),
            "",
        )
        if not in_cell and (
            node.tag == "blockquote" or kind or ("panel" in node.classes and "code" not in node.classes)
        ):
            return [f"> {line}".rstrip() for line in inner]
        if node.tag in {"dt", "summary"} or (
            node.classes & {"panelHeader", "expand-control", "title"} and len(inner) == 1
        ):
            bare = inner[0].strip("* ") if inner else ""
            return [f"**{bare}**"] if bare and not in_cell else inner
        return inner

    def paragraph(self, children: Sequence[Node | str], *, in_cell: bool) -> list[str]:
        """Inline content as lines; line breaks in it stay."""
        runs = _folded(self.runs(children, frozenset()))
        if not any(run.text.strip() for run in runs):
            return []
        lines = inline.lines(runs, in_cell=in_cell)
        filled = [_SLOT.sub(lambda match: self.slots[int(match[1])], line) for line in lines]
        return (
            filled
            if in_cell
            else [f"{line}\\" if number + 1 < len(filled) and line else line for number, line in enumerate(filled)]
        )

    def runs(self, children: Sequence[Node | str], marks: frozenset[Mark]) -> list[TextRun]:
        """Inline content as runs of text with their marks."""
        found: list[TextRun] = []
        for child in children:
            if isinstance(child, str):
                found.append(TextRun(re.sub(r"\s+", " ", child.replace("\ue000", "").replace("\ue001", "")), marks))
            elif child.tag == "br":
                found.append(BREAK)
            elif child.tag == "img":
                found.append(self.picture(child, marks))
            elif child.tag == "input":
                checked = "checked" in child.attributes
                found.append(
                    TextRun(("☑ " if checked else "☐ ") if child.attributes.get("type") == "checkbox" else "", marks)
                )
            elif child.tag == "a" and child.attributes.get("href"):
                found += self.link(child, marks)
            elif child.tag == "time":
                found.append(TextRun(child.text() or child.attributes.get("datetime", ""), marks))
            else:
                mark = _MARKS.get(child.tag)
                found += self.runs(child.children, marks | {(mark, "")} if mark else marks)
        return found

    def link(self, node: Node, marks: frozenset[Mark]) -> list[TextRun]:
        href = node.attributes["href"].strip()
        words = self.runs(node.children, marks)
        if node.classes & {"confluence-userlink", "user-mention"} or not href or href.startswith("#"):
            return words
        if re.match(r"(?:https?|mailto):", href, re.IGNORECASE):
            return self.runs(node.children, marks | {("link", href)})
        if re.match(r"[a-z][a-z0-9+.-]*:", href, re.IGNORECASE) or any("\ue000" in run.text for run in words):
            return words
        return [
            TextRun(
                self._slot(f"[{escaping.escape(node.text() or href, in_label=True)}]({escaping.destination(href)})"),
                marks,
            )
        ]

    def picture(self, node: Node, marks: frozenset[Mark]) -> TextRun:
        if "emoticon" in node.classes:
            sign = next((s for name, s in _SIGNS.items() if f"emoticon-{name}" in node.classes), "")
            return TextRun(sign or node.attributes.get("data-emoji-fallback") or node.attributes.get("alt", ""), marks)
        source = node.attributes.get("src", "").strip()
        if not source or source.startswith("images/icons/"):
            return TextRun(node.attributes.get("alt", ""), marks)
        alt = escaping.escape(" ".join(node.attributes.get("alt", "").split()), in_label=True)
        return TextRun(self._slot(f"![{alt}]({escaping.destination(source)})"), frozenset())

    def _slot(self, text: str) -> str:
        self.slots.append(text)
        return f"\ue000{len(self.slots) - 1}\ue001"

    # Branches: an item in a list, in a cell or as a task differs in its mark, and the width of the mark in all that follows.
    def listing(self, node: Node, *, in_cell: bool) -> list[str]:
        lines: list[str] = []
        number = 0
        for item in node.children:
            if not isinstance(item, Node):
                if item.strip():
                    self._join(lines, self.paragraph([item], in_cell=in_cell))
                continue
            number += 1
            inner = self.blocks(item.children, in_cell=in_cell)
            if item.tag in {"ul", "ol"}:  # a list right in a list, as some wikis write them
                lines += [f"  {line}".rstrip() for line in inner] if not in_cell else inner
                continue
            mark = "• " if in_cell else f"{number}. " if node.tag == "ol" else "- "
            if "inline-task-list" in node.classes or "data-inline-task-id" in item.attributes:
                mark += "[x] " if "checked" in item.classes else "[ ] "
            elif inner and inner[0][:2] in {"☑ ", "☐ "}:
                mark += "[x] " if inner[0][0] == "☑" else "[ ] "
                inner[0] = inner[0][2:]
            width = 3 if node.tag == "ol" else 2
            if inner:
                tight = [
                    line
                    for n, line in enumerate(inner)
                    if line or (n + 1 < len(inner) and not re.match(r"\s*(?:[-•]|\d+\.) ", inner[n + 1]))
                ]
                lines += [
                    mark + tight[0],
                    *((" " * width + line if line and not in_cell else line) for line in tight[1:]),
                ]
        return lines

    def code(self, node: Node, *, in_cell: bool) -> list[str]:
        text = "".join(_raw(node)).strip("\n")
        if in_cell:
            return [escaping.code(line, in_cell=True) for line in text.split("\n") if line.strip()]
        language = _LANGUAGE.search(
            f"{node.attributes.get('data-syntaxhighlighter-params', '')} {node.attributes.get('class', '')}"
        )
        return escaping.fence(text, (language[1] or language[2] or "") if language else "")

    def table(self, node: Node) -> list[str]:
        """A table; without a row of titles at its top it gets an empty one, since Markdown knows no other."""
        rows = _rows(node)
        cells = [[self.cell(cell) for cell in row] for row in rows]
        width = max((len(row) for row in cells), default=0)
        if not width:
            return []
        titled = all(cell.tag == "th" for cell in rows[0])
        lines = [] if titled else ["|" + "  |" * width]
        lines += ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in cells]
        lines.insert(1, "|" + " --- |" * width)
        return lines

    def cell(self, node: Node) -> str:
        lines = [line.strip() for line in self.blocks(node.children, in_cell=True) if line.strip()]
        return re.sub(r"(?<!\\)\|", r"\\|", "<br>".join(lines))


def _rows(node: Node) -> list[list[Node]]:
    rows: list[list[Node]] = []
    for child in node.children:
        if isinstance(child, Node):
            if child.tag == "tr":
                cells = [cell for cell in child.children if isinstance(cell, Node) and cell.tag in {"td", "th"}]
                if cells:
                    rows.append(cells)
            elif child.tag in {"tbody", "thead", "tfoot"}:
                rows += _rows(child)
    return rows


def _raw(node: Node) -> list[str]:
    pieces: list[str] = []
    for child in node.children:
        pieces += [child] if isinstance(child, str) else ["\n"] if child.tag == "br" else _raw(child)
    return pieces


def _folded(runs: Sequence[TextRun]) -> list[TextRun]:
    """The runs without doubled spaces, also where two runs meet."""
    folded: list[TextRun] = []
    space = True
    for run in runs:
        text = run.text
        if run is BREAK:
            space = True
        else:
            text = text[1:] if space and text.startswith(" ") else text
            space = text.endswith(" ") if text else space
        if text:
            folded.append(TextRun(text, run.marks))
    return folded
