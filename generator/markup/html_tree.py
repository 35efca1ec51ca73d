"""HTML as a small tree, whatever its faults: nothing is raised, and nesting is cut where it would exhaust the stack."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

DEEPEST = 60
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_HIDDEN = {"script", "style", "head", "template", "noscript", "svg"}
BLOCKS = {
    "address", "article", "aside", "blockquote", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
_ENDS = {
    "li": {"li"},
    "tr": {"tr", "td", "th"},
    "td": {"td", "th"},
    "th": {"td", "th"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "option": {"option"},
}
_SCOPES = {"ul", "ol", "table", "dl", "select"}


@dataclass(slots=True)
class Node:
    """An element with its attributes and what is in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    @property
    def classes(self) -> set[str]:
        """The words of the `class` attribute."""
        return set(self.attributes.get("class", "").split())

    def elements(self) -> Iterator["Node"]:
        """All elements in it, in the order of the text."""
        waiting = [child for child in reversed(self.children) if isinstance(child, Node)]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += [child for child in reversed(node.children) if isinstance(child, Node)]

    def find(self, *, id: str = "", tag: str = "", marked: str = "") -> "Node | None":  # noqa: A002 - the attribute's name
        """The first element in it with this id, this tag and this class."""
        return next(
            (
                node
                for node in self.elements()
                if (not id or node.attributes.get("id") == id)
                and (not tag or node.tag == tag)
                and (not marked or marked in node.classes)
            ),
            None,
        )

    def text(self) -> str:
        """All its text, with white space folded."""
        pieces: list[str] = []
        waiting: list[Node | str] = [self]
        while waiting:
            node = waiting.pop()
            if isinstance(node, str):
                pieces.append(node)
            else:
                pieces.append(" " if node.tag in BLOCKS or node.tag == "br" else "")
                waiting += [*([" "] if node.tag in BLOCKS else []), *reversed(node.children)]
        return " ".join("".join(pieces).split())


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.open = [self.root]
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self.hidden += 1
        if self.hidden:
            return
        if tag in BLOCKS and self.open[-1].tag == "p":
            self.open.pop()
        self._close(_ENDS.get(tag, set()))
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in _VOID and len(self.open) < DEEPEST:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _HIDDEN:
            self.handle_starttag(tag, attrs)
            if tag not in _VOID and self.open[-1].tag == tag:
                self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self.hidden = max(self.hidden - 1, 0)
            return
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == tag:
                del self.open[depth:]
                return

    def handle_data(self, data: str) -> None:
        if not self.hidden and data:
            self.open[-1].children.append(data)

    def unknown_decl(self, data: str) -> None:
        if data.startswith("CDATA["):
            self.handle_data(data.removeprefix("CDATA["))

    def _close(self, tags: set[str]) -> None:
        """End what a new element ends without saying so, such as the list item before."""
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag in tags:
                del self.open[depth:]
            elif self.open[depth].tag in _SCOPES:
                return


def parse(html: str) -> Node:
    """The tree of a page or a piece of one."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root
