"""The lines of a Markdown text with where each stands, and which of them are code or comment and so hold no structure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_FENCE = re.compile(r"(?P<indent>(?:[ \t]*(?:>|[-*+]|\d{1,9}[.)])[ \t]?)*[ \t]*)(?P<mark>`{3,}(?=[^`]*$)|~{3,})")
_RAW = re.compile(r" {0,3}<(pre|script|style|textarea)(?=[\s>]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its break; `code` where it lies in a fence, an HTML comment or raw HTML."""

    text: str
    number: int
    start: int
    code: bool = False

    @property
    def end(self) -> int:
        """The offset behind the last character."""
        return self.start + len(self.text)


@lru_cache(maxsize=2)  # a document is parsed and then looked at by several, one after the other
def lines_of(text: str, start: int = 0, number: int = 1) -> tuple[Line, ...]:
    """The lines from `start` on, telling which are code or comment and so hold no structure."""
    return tuple(_lines(text, start, number))


def _lines(text: str, start: int, number: int) -> Iterator[Line]:
    fence = ""
    closer = ""
    position = start
    length = len(text)
    while position < length:
        stop = text.find("\n", position)
        stop = length if stop < 0 else stop
        content = text[position : stop - 1] if stop > position and text[stop - 1] == "\r" else text[position:stop]
        code = True
        if fence:
            if _closes(content, fence):
                fence = ""
        elif closer:
            if closer in content.casefold():
                closer = ""
        elif opening := (_FENCE.match(content) if "```" in content or "~~~" in content else None):
            fence = opening.group("mark")
        elif content.lstrip().startswith("<!--"):
            closer = "" if "-->" in content[content.index("<!--") + 4 :] else "-->"
        elif "<" in content and (raw := _RAW.match(content)):
            tag = f"</{raw.group(1).casefold()}>"
            closer = "" if tag in content.casefold() else tag
        else:
            code = False
        yield Line(content, number, position, code)
        position = stop + 1
        number += 1


def _closes(content: str, fence: str) -> bool:
    bare = content.strip().lstrip("> \t").rstrip()
    return len(bare) >= len(fence) and not bare.strip(fence[0])
