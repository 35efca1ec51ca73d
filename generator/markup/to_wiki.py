"""Markdown as Jira wiki markup, for Data Center."""

from collections.abc import Iterable

from generator.markup import nesting, tree, wiki_escaping
from generator.markup.rendered import Rendered
from generator.markup.tree import Block
from generator.markup.wiki_escaping import JOINER
from generator.markup.wiki_line import lines

# What Data Center colours; it shows an error in place of code in any other language.
_LANGUAGES = {
    "actionscript", "ada", "applescript", "bash", "c", "c#", "c++", "cpp", "css", "erlang", "go", "groovy", "haskell",
    "html", "java", "javascript", "js", "json", "lua", "objc", "perl", "php", "python", "r", "ruby", "scala", "sh",
    "sql", "swift", "visualbasic", "xml", "yaml",
}  # fmt: skip
_LIKE = {"yml": "yaml", "py": "python", "shell": "bash", "console": "bash", "zsh": "bash", "golang": "go"}
_LIKE |= {"typescript": "js", "ts": "js", "tsx": "js", "jsx": "js", "postgresql": "sql", "mysql": "sql", "csharp": "c#"}
_COLOURS = {"info": "#deebff", "note": "#eae6ff", "success": "#e3fcef", "warning": "#fffae6", "error": "#ffebe6"}
_TORN = "Code that names the wiki's own marks has an invisible character in each, so that the block does not end there."
_BREAK = " \\\\ "  # a line break in a table's cell
_START = "A numbered list that does not begin at 1 is numbered from 1, because wiki markup knows no other beginning."


def render(markdown: str, *, base: str = "") -> Rendered:
    """The text as wiki markup; `base` is the address that relative links are relative to.

    The same text gives the same markup. What looks like markup in prose and code is escaped; `notes` tell which
    constructs Jira has no place for.
    """
    blocks, notes = nesting.settled(tree.parse(markdown, base))
    renderer = _Renderer(dict.fromkeys(notes))
    return Rendered(renderer.joined(blocks, ""), tuple(renderer.notes))


class _Renderer:
    def __init__(self, notes: dict[str, None]) -> None:
        self.notes = notes

    def joined(self, blocks: Iterable[Block], within: str) -> str:
        """Blocks with blank lines between; `within` names the macro around them."""
        return "\n\n".join(text for block in blocks if (text := self._block(block, within)))

    def _block(self, block: Block, within: str) -> str:
        match block.kind:
            case "heading":
                title = " ".join(lines(block.runs))
                return f"h{block.level}. {title}" if title else ""
            case "code":
                return self._code(block, within)
            case "list":
                return "\n".join(self._list(block, "", within))
            case "tasks":
                return "\n".join(_tasks(block, ""))
            case "quote":
                return f"{{quote}}\n{inner}\n{{quote}}" if (inner := self.joined(block.children, "quote")) else ""
            case "panel":
                title = _bold(block)
                inner = "\n\n".join(part for part in (title, self.joined(block.children, "panel")) if part)
                return f"{{panel:bgColor={_COLOURS[block.name]}}}\n{inner}\n{{panel}}"
            case "expand":
                title = _bold(block)
                return "\n\n".join(part for part in (title, self.joined(block.children, within)) if part)
            case "rule":
                return "----"
            case "table":
                return "\n".join(_row(row) for row in block.children)
            case _:
                return "\n".join(lines(block.runs))

    def _code(self, block: Block, within: str) -> str:
        name, is_torn = wiki_escaping.code(block.text, within=within)
        text = block.text
        if is_torn:
            self.notes[_TORN] = None
            text = wiki_escaping.torn(text, *({within, name} - {""}))
        language = _LIKE.get(block.name, block.name)
        named = f":{language if language in _LANGUAGES else 'none'}" if name == "code" else ""
        return f"{{{name}{named}}}\n{text}\n{{{name}}}"

    def _list(self, block: Block, bullets: str, within: str) -> list[str]:
        bullets += "#" if block.name == "ordered" else "*"
        if block.name == "ordered" and block.level != 1:
            self.notes[_START] = None
        found: list[str] = []
        for item in block.children:
            started = False
            for child in item.children:
                if child.kind == "list":
                    found += ([] if started else [f"{bullets} {JOINER}"]) + self._list(child, bullets, within)
                    started = True
                    continue
                shown = self._block(child, within)
                found += [shown if started else f"{bullets} {shown}"] if shown else []
                started = started or bool(shown)
            if not started:
                found.append(f"{bullets} {JOINER}")
        return found


def _tasks(block: Block, bullets: str) -> list[str]:
    """Tasks as a list with a sign for each box, because wiki markup knows no tasks."""
    bullets += "*"
    found: list[str] = []
    for item in block.children:
        if item.kind == "tasks":
            found += _tasks(item, bullets)
        else:
            found.append(f"{bullets} {'☑' if item.done else '☐'} " + "\n".join(lines(item.runs)))
    return found


def _row(row: Block) -> str:
    bar = "||" if all(cell.name == "header" for cell in row.children) else "|"
    return "".join(f"{bar} {_BREAK.join(lines(cell.runs))} " for cell in row.children) + bar


def _bold(titled: Block) -> str:
    return " ".join(lines(nesting.bold(titled.runs)))
