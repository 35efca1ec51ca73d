"""Rich text as some Jiras keep it: spaces tidied, neighbouring texts joined, marks in another order, bare links made cards."""

import json
import re
from typing import Any

from jira_sandbox.exchange import Json

_SPACES = re.compile(r"[ \t\u00a0]+")
# A link whose text is its own address, with or without the words before the bar.
_WIKI_LINK = re.compile(r"\[(https?://[^\]|]+)\|\1\]")


def document(value: Json) -> Json:
    """A copy of a document: the same for a reader, and no longer the same JSON."""
    copy: Json = json.loads(json.dumps(value))
    waiting = [copy]
    while waiting:
        node = waiting.pop()
        children = node.get("content")
        if not isinstance(children, list):
            continue
        waiting.extend(children)
        if node["type"] in {"paragraph", "heading"}:
            node["content"] = _inline(children)
    return copy


def wiki(text: str) -> str:
    """Wiki markup with no space at the ends of lines, at most one empty line, and bare links."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", _WIKI_LINK.sub(r"[\1]", "\n".join(lines))).strip("\n")


def _inline(children: list[Any]) -> list[Any]:
    joined: list[Any] = []
    for child in children:
        if child.get("type") != "text":
            joined.append(child)
            continue
        marks = sorted(child.get("marks", []), key=lambda mark: str(mark["type"]))
        code = any(mark["type"] == "code" for mark in marks)
        text = child["text"] if code else _SPACES.sub(" ", child["text"])
        if _own_address(text, marks):
            joined.append({"type": "inlineCard", "attrs": {"url": text}})
        elif joined and joined[-1].get("type") == "text" and joined[-1].get("marks", []) == marks:
            joined[-1]["text"] += text
        else:
            joined.append({"type": "text", "text": text, **({"marks": marks} if marks else {})})
    return joined


def _own_address(text: str, marks: list[Json]) -> bool:
    return len(marks) == 1 and marks[0]["type"] == "link" and marks[0]["attrs"].get("href") == text
