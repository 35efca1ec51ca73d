"""Reading the nodes of the Atlassian Document Format, whatever they lack."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from generator.markup.inline import Mark

Node = Mapping[str, object]

MARKS = {"strong": "strong", "em": "em", "strike": "strike", "underline": "ins", "code": "code"}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ud800-\udfff]")


def text_of(node: object) -> str:
    """All text below `node`, with spaces between blocks, whatever the depth."""
    found: list[str] = []
    stack = [node]
    while stack:
        one = stack.pop()
        if isinstance(one, list):
            stack.extend(reversed(one))
        elif isinstance(one, Mapping):
            attributes = attributes_of(one)
            if one.get("type") == "text":
                found.append(string(one.get("text")))
            elif one.get("type") == "emoji":
                found.append(string(attributes.get("text") or attributes.get("shortName")))
            else:
                title = string(attributes.get("title")) if string(one.get("type")).lower().endswith("expand") else ""
                found += [
                    " ",
                    f"{title} " if title else string(attributes.get("text")) or string(attributes.get("url")),
                ]
            stack.append(one.get("content"))
    return " ".join("".join(found).split())


def code_of(node: Node) -> str:
    """The text of a code block, with its line breaks."""
    return "".join(
        "\n" if child.get("type") == "hardBreak" else string(child.get("text"))
        for child in nodes_of(node.get("content"))
    ).strip("\n")


def marks_of(node: Node) -> frozenset[Mark]:
    """The marks of a text node that Markdown can show; colours and the like are left out."""
    found: set[Mark] = set()
    for mark in nodes_of(node.get("marks")):
        attributes = attributes_of(mark)
        kind = string(mark.get("type"))
        if kind in MARKS:
            found.add((MARKS[kind], ""))
        elif kind == "subsup":
            found.add(("sup" if attributes.get("type") == "sup" else "sub", ""))
        elif kind == "link" and string(attributes.get("href")):
            found.add(("link", string(attributes.get("href"))))
    return frozenset(found)


def nodes_of(value: object) -> list[Node]:
    """The nodes in a `content` or `marks`; anything else that lies there is passed over."""
    if isinstance(value, Mapping):
        return [value]
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def attributes_of(node: Node) -> Node:
    """A node's attributes; `null` and absent are the same."""
    found = node.get("attrs")
    return found if isinstance(found, Mapping) else {}


def string(value: object) -> str:
    """A string without control characters and with plain line feeds; anything else is empty."""
    return _CONTROL.sub("", value).replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else ""


def whole(value: object, default: int) -> int:
    """A whole number of sane size, else the default."""
    return int(value) if isinstance(value, int | float) and abs(value) < 10**6 else default


def day(value: object) -> str:
    """The day of a date node, whose timestamp is milliseconds in a string."""
    try:
        return datetime.fromtimestamp(int(str(value)) / 1000, tz=UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return string(value)
