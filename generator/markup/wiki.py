"""Jira wiki markup (the rich text of Server, Data Center and webhooks) as ADF, and so as Markdown.

Constructs that are not closed, or that are none, stay as the text they are; no word gets lost.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.markup import adf
from generator.markup.wiki_inline import Node, link_end
from generator.markup.wiki_inline import parse as inline

DEEPEST = 8  # levels of quotes and panels in each other; beyond, the tags are left out

_MACRO = re.compile(r"(?<![\\{])\{(code|noformat|quote|panel)(?::([^{}\n]{0,500}))?\}", re.IGNORECASE)
_HOLD = "\ue000{}\ue001"  # stands in a line for the block number {} that was taken out of it
_HELD = re.compile("\ue000(\\d+)\ue001")
_HEADING = re.compile(r"\s*h([1-6])\.(?:\s+(.*))?$", re.DOTALL)
_QUOTE = re.compile(r"\s*bq\.\s+(.*)$", re.DOTALL)
_RULE = re.compile(r"\s*-{4,}\s*$")
_ITEM = re.compile(r"\s*([*#]{1,20}|-)\s+(\S.*|$)", re.DOTALL)
_CELL = re.compile(r"\|\|?")


def to_markdown(text: str, *, people: Mapping[str, str] | None = None, files: Mapping[str, str] | None = None) -> str:
    """Wiki markup as Markdown; `people` and `files` as in `adf.to_markdown`."""
    return adf.to_markdown(to_adf(text), people=people, files=files)


def to_adf(text: str) -> Node:
    """Wiki markup as an ADF document, of the shape that Jira Cloud holds."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ue000", "").replace("\ue001", "")
    return {"type": "doc", "version": 1, "content": _Parser().blocks(text, 0)}


@dataclass(slots=True)
class _Parser:
    held: list[list[Node]] = field(default_factory=list)

    def blocks(self, text: str, depth: int) -> list[Node]:
        """The blocks of a text; code, quotes and panels are taken out first, because they may stand anywhere."""
        return self._lines(self._without_macros(text, depth).split("\n"))

    def _without_macros(self, text: str, depth: int) -> str:
        tags = list(_MACRO.finditer(text))
        closing = _closing(tags)
        shown: list[str] = []
        end = number = 0
        while number < len(tags):
            tag, close = tags[number], closing[number]
            shown.append(text[end : tag.start()])
            end = tag.end()
            if close is None:  # never closed: the tag is left out where it carries nothing, else shown as it is
                shown.append(tag.group() if tag[2] else "")
                number += 1
                continue
            inner = text[tag.end() : tags[close].start()]
            end, number = tags[close].end(), close + 1
            shown.append(_HOLD.format(self._hold(self._macro(tag[1].lower(), tag[2] or "", inner, depth))))
        return "".join([*shown, text[end:]])

    def _hold(self, nodes: list[Node]) -> int:
        self.held.append(nodes)
        return len(self.held) - 1

    def _macro(self, name: str, settings: str, inner: str, depth: int) -> list[Node]:
        language, title = _settings(settings)
        named: list[Node] = [_paragraph([_strong(title)])] if title else []
        if name in {"code", "noformat"}:
            code: Node = {"type": "codeBlock", "content": [{"type": "text", "text": inner.strip("\n")}]}
            return [*named, {**code, "attrs": {"language": language}} if name == "code" else code]
        inside = self.blocks(inner, depth + 1) if depth < DEEPEST else self._lines(_MACRO.sub("", inner).split("\n"))
        if not named and not inside:
            return []
        return [{"type": "blockquote", "content": [*named, *inside]}]

    def _lines(self, lines: list[str]) -> list[Node]:
        found: list[Node] = []
        number = 0
        while number < len(lines):
            line = lines[number]
            number += 1
            heading, quote = _HEADING.match(line), _QUOTE.match(line)
            if not line.strip():
                continue
            if heading:
                title = inline(_HELD.sub("", heading[2] or ""))
                found.append({"type": "heading", "attrs": {"level": int(heading[1])}, "content": title})
                found += self._held_in(line)
            elif quote:
                found.append({"type": "blockquote", "content": self._flow([quote[1]])})
            elif _RULE.match(line):
                found.append({"type": "rule"})
            elif _ITEM.match(line):
                number = self._list(lines, number - 1, found)
            elif line.lstrip().startswith("|"):
                number = self._table(lines, number - 1, found)
            else:
                start = number - 1
                while number < len(lines) and not _starts_block(lines[number]):
                    number += 1
                found += self._flow(lines[start:number])
        return found

    def _flow(self, lines: list[str]) -> list[Node]:
        """Lines of running text: a paragraph in which each line is one, divided where a block was taken out."""
        found: list[Node] = []
        content: list[Node] = []
        for line in lines:
            if content:
                content.append({"type": "hardBreak"})
            for position, piece in enumerate(_HELD.split(line)):
                if position % 2:
                    found += [*_filled(content), *self.held[int(piece)]]
                    content = []
                elif piece.strip():
                    content += inline(piece.strip())
        return [*found, *_filled(content)]

    def _held_in(self, line: str) -> list[Node]:
        return [node for number in _HELD.findall(line) for node in self.held[int(number)]]

    def _list(self, lines: list[str], number: int, found: list[Node]) -> int:
        """Reads a list that begins at line `number`; lines without a bullet go on with the item before."""
        open_lists: list[tuple[str, list[Node]]] = []
        while number < len(lines):
            item = _ITEM.match(lines[number])
            if not item or _RULE.match(lines[number]):
                break
            number += 1
            text = [item[2]]
            while number < len(lines) and not _starts_block(lines[number]):
                text.append(lines[number])
                number += 1
            bullets = item[1]
            del open_lists[len(bullets) :]
            kind = "orderedList" if bullets[-1] == "#" else "bulletList"
            if open_lists and len(open_lists) == len(bullets) and open_lists[-1][0] != kind:
                open_lists.pop()
            if not open_lists or len(open_lists) < len(bullets):
                items: list[Node] = []
                node: Node = {"type": kind, "content": items}
                parent = open_lists[-1][1][-1]["content"] if open_lists else found
                assert isinstance(parent, list)  # noqa: S101 - for the type checker; items are made two lines below
                parent.append(node)
                open_lists.append((kind, items))
            open_lists[-1][1].append({"type": "listItem", "content": self._flow(text)})
        return number

    def _table(self, lines: list[str], number: int, found: list[Node]) -> int:
        rows: list[Node] = []
        while number < len(lines) and lines[number].lstrip().startswith("|"):
            row = [lines[number]]
            number += 1
            while (
                not row[-1].rstrip().endswith("|")
                and number < len(lines)
                and lines[number].strip()
                and not lines[number].lstrip().startswith("|")
            ):
                row.append(lines[number])
                number += 1
            cells: list[Node] = [
                {"type": "tableHeader" if head else "tableCell", "content": self._lines(cell.strip().split("\n"))}
                for head, cell in _cells("\n".join(row).strip())
            ]
            if cells:
                rows.append({"type": "tableRow", "content": cells})
        if rows:
            found.append({"type": "table", "content": rows})
        return number


def _closing(tags: list[re.Match[str]]) -> list[int | None]:
    """For each tag the index of the one that closes it, or None; a tag with settings opens and never closes."""
    next_plain: dict[str, int] = {}
    found: list[int | None] = [None] * len(tags)
    for index in range(len(tags) - 1, -1, -1):
        name = tags[index][1].lower()
        found[index] = next_plain.get(name)
        if tags[index][2] is None:
            next_plain[name] = index
    return found


def _settings(settings: str) -> tuple[str, str]:
    """The language and the title of `{code:java|title=Foo.java}`."""
    language = title = ""
    for part in settings.split("|"):
        name, equals, value = part.partition("=")
        if not equals and not language:
            language = name.strip().lower()
        elif name.strip().lower() == "title":
            title = value.strip()
        elif name.strip().lower() == "language":
            language = value.strip().lower()
    return language, title


def _starts_block(line: str) -> bool:
    return (
        not line.strip()
        or line.lstrip().startswith("|")
        or any(pattern.match(line) for pattern in (_ITEM, _HEADING, _QUOTE, _RULE))
    )


def _cells(row: str) -> list[tuple[bool, str]]:
    """The cells of a row and whether each is a header; bars in links and after a backslash divide nothing."""
    found: list[tuple[bool, str]] = []
    bar = _CELL.match(row)
    at = start = bar.end() if bar else 0
    head = bar is not None and bar.group() == "||"
    while at < len(row):
        if row[at] == "\\":
            at += 2
        elif row[at] == "[":
            at = max(link_end(row, at), at + 1)
        elif row[at] == "|":
            found.append((head, row[start:at]))
            head = row[at : at + 2] == "||"
            at = start = at + 1 + head
        else:
            at += 1
    return [*found, (head, row[start:])] if row[start:].strip() else found


def _strong(text: str) -> Node:
    return {"type": "text", "text": text, "marks": [{"type": "strong"}]}


def _paragraph(content: list[Node]) -> Node:
    return {"type": "paragraph", "content": content}


def _filled(content: list[Node]) -> list[Node]:
    while content and content[-1]["type"] == "hardBreak":
        content.pop()
    return [_paragraph(content)] if content else []
