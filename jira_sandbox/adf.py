"""The Atlassian Document Format as Jira Cloud takes it: what may stand in what, and what it costs."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from jira_sandbox.exchange import Json

_INLINE = "text hardBreak mention emoji date status inlineCard placeholder mediaInline inlineExtension"
_LISTS = "bulletList orderedList"
_FILES = "mediaSingle mediaGroup"
_CARDS = "blockCard embedCard extension"
_TASKS = "taskList decisionList"
_BLOCKS = f"paragraph heading {_LISTS} {_TASKS} codeBlock blockquote panel rule {_FILES} {_CARDS} bodiedExtension table"
_INNER = f"paragraph heading {_LISTS} {_TASKS} codeBlock panel blockquote rule {_FILES} {_CARDS}"
# node → (what may be inside, the least number of it); a node that is not here is unknown
CONTENT: dict[str, tuple[frozenset[str], int]] = {
    node: (frozenset(inside.split()), least)
    for node, inside, least in (
        ("doc", f"{_BLOCKS} expand layoutSection", 0),
        ("paragraph", _INLINE, 0),
        ("heading", _INLINE, 0),
        ("bulletList", "listItem", 1),
        ("orderedList", "listItem", 1),
        ("listItem", f"paragraph {_LISTS} codeBlock taskList {_FILES} extension", 1),
        ("taskList", "taskItem taskList", 1),
        ("taskItem", _INLINE, 0),
        ("decisionList", "decisionItem", 1),
        ("decisionItem", _INLINE, 0),
        ("codeBlock", "text", 0),
        ("blockquote", f"paragraph {_LISTS} codeBlock {_FILES} extension", 1),
        ("panel", f"paragraph heading {_LISTS} {_TASKS} codeBlock rule {_FILES} blockCard extension", 1),
        ("expand", f"{_BLOCKS} nestedExpand", 1),
        ("nestedExpand", _INNER, 1),
        ("bodiedExtension", _INNER, 1),
        ("table", "tableRow", 1),
        ("tableRow", "tableCell tableHeader", 0),
        ("tableCell", f"{_INNER} nestedExpand", 1),
        ("tableHeader", f"{_INNER} nestedExpand", 1),
        ("layoutSection", "layoutColumn", 1),
        ("layoutColumn", f"{_BLOCKS} expand", 1),
        ("mediaSingle", "media caption", 1),
        ("mediaGroup", "media", 1),
        ("caption", _INLINE, 0),
        *((leaf, "", 0) for leaf in f"{_INLINE} rule media {_CARDS}".split()),
    )
}
_TEXT: Callable[[Any], bool] = lambda value: isinstance(value, str)  # noqa: E731 - a predicate among predicates
_FILLED: Callable[[Any], bool] = lambda value: isinstance(value, str) and bool(value)  # noqa: E731
_PANELS = {"info", "note", "tip", "warning", "error", "success", "custom"}
_COLOURS = {"neutral", "purple", "blue", "red", "yellow", "green"}
# node → its required attributes, and what they must be
REQUIRED: dict[str, dict[str, Callable[[Any], bool]]] = {
    "heading": {"level": lambda value: isinstance(value, int) and 1 <= value <= 6},
    "panel": {"panelType": lambda value: value in _PANELS},
    "mention": {"id": _TEXT},
    "emoji": {"shortName": _TEXT},
    "date": {"timestamp": _FILLED},
    "status": {"text": _FILLED, "color": lambda value: value in _COLOURS},
    "taskList": {"localId": _TEXT},
    "taskItem": {"localId": _TEXT, "state": lambda value: value in {"TODO", "DONE"}},
    "decisionList": {"localId": _TEXT},
    "decisionItem": {"localId": _TEXT, "state": _TEXT},
    "media": {"type": lambda value: value in {"file", "link", "external"}},
    "mediaSingle": {"layout": _TEXT},
    "extension": {"extensionKey": _FILLED, "extensionType": _FILLED},
    "layoutColumn": {"width": lambda value: isinstance(value, (int, float))},
    "blockCard": {},
}
OPTIONAL = {
    "codeBlock": {"language", "uniqueId"},
    "panel": {"panelIcon", "panelIconId", "panelIconText", "panelColor"},
    "orderedList": {"order"},
    "table": {"isNumberColumnEnabled", "layout", "width", "displayMode"},
    "tableCell": {"colspan", "rowspan", "colwidth", "background"},
    "tableHeader": {"colspan", "rowspan", "colwidth", "background"},
    "expand": {"title"},
    "nestedExpand": {"title"},
    "mention": {"text", "accessLevel", "userType"},
    "emoji": {"id", "text"},
    "status": {"style"},
    "hardBreak": {"text"},
    "inlineCard": {"url", "data"},
    "blockCard": {"url", "data", "datasource", "width", "layout"},
    "embedCard": {"url", "layout", "width", "originalHeight", "originalWidth"},
    "media": {"id", "collection", "alt", "width", "height", "url", "occurrenceKey"},
    "mediaInline": {"id", "collection", "alt", "type", "width", "height"},
    "mediaSingle": {"width", "widthType"},
    "placeholder": {"text"},
}
MARKS = {"strong", "em", "code", "strike", "underline", "subsup", "link", "textColor", "backgroundColor", "annotation"}
BLOCK_MARKS = {"alignment", "indentation", "breakout"}
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
DEEPEST = 100


def fault(document: Any) -> str:
    """What is wrong with a document, and where; empty where nothing is."""
    if not isinstance(document, dict) or document.get("type") != "doc" or document.get("version") != 1:
        return "/: not a doc of version 1"
    return next(_faults(document), "")


def _faults(document: Json) -> Iterator[str]:
    waiting: list[tuple[Json, str, int]] = [(document, "", 0)]
    while waiting:
        node, where, depth = waiting.pop()
        kind = node["type"]
        allowed, least = CONTENT[kind]
        where = f"{where}/{kind}"
        if depth > DEEPEST:
            yield f"{where}: nested too deep"
            return
        yield from (f"{where}: {text}" for text in _own(node, kind))
        children = node.get("content", [])
        if not isinstance(children, list) or (not allowed and "content" in node and children):
            yield f"{where}: content is not allowed here"
            continue
        if len(children) < least:
            yield f"{where}: content is missing"
        for place, child in enumerate(children):
            name = child.get("type") if isinstance(child, dict) else None
            if not isinstance(name, str) or name not in CONTENT:
                yield f"{where}/{place}: unknown node {name!r}"
            elif name not in allowed:
                yield f"{where}/{place}: {name} is not allowed in {kind}"
            elif place == 0 and kind == "listItem" and name in {"bulletList", "orderedList"}:
                yield f"{where}/{place}: an item does not begin with a list"
            elif kind == "codeBlock" and child.get("marks"):
                yield f"{where}/{place}: code has no marks"
            else:
                waiting.append((child, f"{where}/{place}", depth + 1))


def _own(node: Json, kind: str) -> Iterator[str]:
    if stray := node.keys() - {"type", "attrs", "content", "marks", "text", "version"}:
        yield f"unknown key {min(stray)!r}"
    if kind == "text":
        if not isinstance(node.get("text"), str) or not node["text"]:
            yield "text is empty"
    elif "text" in node:
        yield "text is not allowed here"
    attributes = node.get("attrs", {})
    if not isinstance(attributes, dict):
        yield "attrs must be an object"
        return
    needed = REQUIRED.get(kind, {})
    known = needed.keys() | OPTIONAL.get(kind, set()) | {"localId"}
    if kind not in {"extension", "bodiedExtension", "inlineExtension"} and (stray := attributes.keys() - known):
        yield f"unknown attribute {min(stray)!r}"
    for name, holds in needed.items():
        if name not in attributes or not holds(attributes[name]):
            yield f"attribute {name!r} is missing or wrong"
    yield from _marks(node.get("marks", []), kind)


def _marks(marks: Any, kind: str) -> Iterator[str]:
    if not isinstance(marks, list) or not all(isinstance(mark, dict) for mark in marks):
        yield "marks must be a list of objects"
        return
    names = [mark.get("type") for mark in marks]
    allowed = MARKS if "text" in kind or kind in {"hardBreak", "mention", "emoji"} else BLOCK_MARKS | MARKS
    for mark, name in zip(marks, names, strict=True):
        attributes = mark.get("attrs", {})
        if name not in allowed:
            yield f"unknown mark {name!r}"
        elif name == "link" and not (isinstance(attributes, dict) and _FILLED(attributes.get("href"))):
            yield "a link has no href"
        elif name in {"textColor", "backgroundColor"} and not _COLOUR.fullmatch(str(attributes.get("color"))):
            yield "a colour must be #rrggbb"
        elif name == "subsup" and attributes.get("type") not in {"sub", "sup"}:
            yield "subsup is sub or sup"
    if "code" in names and set(names) - {"code", "link", "annotation"}:
        yield "code goes with links only"
    if len(set(map(str, names))) < len(names):
        yield "a mark is there twice"


def size(document: Json) -> int:
    """How long a document is: its compact JSON in UTF-16 units, which is more than any text in it."""
    return len(json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-16-le", "replace")) // 2


def text_of(value: Any) -> str:
    """The text of a document, a line for each block; a string is its own."""
    if not isinstance(value, dict):
        return str(value or "")
    lines: list[str] = []
    waiting: list[Any] = [value]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, dict):
            continue
        attributes = node.get("attrs") or {}
        kind = node.get("type")
        if kind == "text" and lines:
            lines[-1] += str(node.get("text", ""))
        elif kind in {"mention", "status", "emoji", "inlineCard"} and lines:
            lines[-1] += str(attributes.get("text") or attributes.get("url") or attributes.get("shortName") or "")
        elif kind in {"paragraph", "heading", "codeBlock", "hardBreak", "taskItem", "decisionItem"} or not lines:
            lines.append("")
        waiting.extend(reversed(node.get("content") or []))
    return "\n".join(line for line in lines if line)


def with_ids(document: Json, identifier: Callable[..., str]) -> Json:
    """A copy as Jira gives it back: blocks carry a `localId` that nobody sent."""
    copy: Json = json.loads(json.dumps(document))
    waiting: list[tuple[Json, str]] = [(copy, "")]
    while waiting:
        node, where = waiting.pop()
        if node["type"] in {"paragraph", "heading", "table"}:
            node["attrs"] = {"localId": identifier("adf", where)[:12], **node.get("attrs", {})}
        waiting.extend((child, f"{where}/{place}") for place, child in enumerate(node.get("content", [])))
    return copy
