"""The rules of the Atlassian Document Format that our documents keep: a quick check in place of the full JSON schema.

It knows the part of the format that `to_adf` writes, and asks a little more than the schema: a document that passes is
valid there too. It never recurses, so that any depth is answered.
"""

from collections.abc import Callable, Iterator, Mapping

DEEPEST = 100  # levels of nodes; the readers of the format are recursive

_INLINE = frozenset({"text", "hardBreak"})
_TEXT = frozenset({"paragraph", "bulletList", "orderedList", "codeBlock"})
_PANEL = _TEXT | {"heading", "taskList", "rule"}
_EXPAND = _PANEL | {"blockquote", "panel", "table"}
CONTENT: dict[str, frozenset[str]] = {
    "doc": _EXPAND | {"expand"},
    "expand": _EXPAND,
    "panel": _PANEL,
    "blockquote": _TEXT,
    "listItem": _TEXT,
    "bulletList": frozenset({"listItem"}),
    "orderedList": frozenset({"listItem"}),
    "taskList": frozenset({"taskItem", "taskList"}),
    "taskItem": _INLINE,
    "table": frozenset({"tableRow"}),
    "tableRow": frozenset({"tableHeader", "tableCell"}),
    "tableHeader": frozenset({"paragraph"}),
    "tableCell": frozenset({"paragraph"}),
    "paragraph": _INLINE,
    "heading": _INLINE,
    "codeBlock": frozenset({"text"}),
}
_LEAVES = frozenset({"text", "hardBreak", "rule"})
_MAY_BE_EMPTY = frozenset({"doc", "paragraph", "heading", "codeBlock", "taskItem"})
_MARKS = frozenset({"link", "em", "strong", "strike", "subsup", "underline", "textColor", "code"})

Check = Callable[[object], bool]


def _word(value: object) -> bool:
    return isinstance(value, str)


def _named(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _level(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 6


def _number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _panel(value: object) -> bool:
    return value in {"info", "note", "success", "warning", "error"}


def _state(value: object) -> bool:
    return value in {"TODO", "DONE"}


def _script(value: object) -> bool:
    return value in {"sub", "sup"}


def _address(value: object) -> bool:
    return isinstance(value, str) and value.lower().startswith(("http://", "https://", "ftp://", "mailto:", "tel:"))


_REQUIRED: dict[str, dict[str, Check]] = {
    "heading": {"level": _level},
    "panel": {"panelType": _panel},
    "taskList": {"localId": _named},
    "taskItem": {"localId": _named, "state": _state},
    "link": {"href": _address},
    "subsup": {"type": _script},
    "textColor": {"color": _named},
}
_OPTIONAL: dict[str, dict[str, Check]] = {
    "orderedList": {"order": _number},
    "codeBlock": {"language": _word},
    "expand": {"title": _word},
}


def faults(document: object) -> tuple[str, ...]:
    """What is wrong with an ADF document, as sentences; none where it is valid."""
    if not isinstance(document, Mapping) or document.get("type") != "doc":
        return ("The document is no node of type doc.",)
    found: list[str] = []
    if document.get("version") != 1 or isinstance(document.get("version"), bool):
        found.append("The document has no version 1.")
    waiting: list[tuple[Mapping[str, object], int]] = [(document, 1)]
    while waiting:
        node, depth = waiting.pop()
        if depth > DEEPEST:
            found.append(f"The document is nested more than {DEEPEST} levels deep.")
            break
        found += _node(node)
        content = node.get("content")
        if isinstance(content, list):
            waiting += [(child, depth + 1) for child in reversed(content) if isinstance(child, Mapping)]
    return tuple(found)


def _node(node: Mapping[str, object]) -> Iterator[str]:
    kind = str(node.get("type"))
    if kind not in CONTENT and kind not in _LEAVES:
        yield f"{kind} is no node that we write."
        return
    known = {"type", "text", "marks"} if kind == "text" else {"type", "attrs", "content", "version"}
    known -= {"version"} if kind != "doc" else set()
    known -= {"content"} if kind in _LEAVES else set()
    yield from (f"{kind} has a {name}." for name in node.keys() - known)
    yield from _attributes(kind, node.get("attrs"), present="attrs" in node)
    if kind == "text":
        yield from _text(node)
    elif kind in CONTENT:
        yield from _content(kind, node.get("content"))


def _content(kind: str, content: object) -> Iterator[str]:
    if not isinstance(content, list):
        yield f"{kind} has no content."
        return
    if not content and kind not in _MAY_BE_EMPTY:
        yield f"{kind} is empty."
    for index, child in enumerate(content):
        inner = str(child.get("type")) if isinstance(child, Mapping) else type(child).__name__
        if inner not in CONTENT[kind]:
            yield f"{kind} holds {inner}."
        if kind == "codeBlock" and isinstance(child, Mapping) and "marks" in child:
            yield "codeBlock holds text with marks."
        if index == 0 and (kind, inner) in {("listItem", "bulletList"), ("listItem", "orderedList")}:
            yield "listItem begins with a list."


def _text(node: Mapping[str, object]) -> Iterator[str]:
    text, marks = node.get("text"), node.get("marks", [])
    if not isinstance(text, str) or not text:
        yield "text has no text."
    if not isinstance(marks, list) or not all(isinstance(mark, Mapping) for mark in marks):
        yield "text has marks that are none."
        return
    names = [str(mark.get("type")) for mark in marks]
    if len(set(names)) < len(names):
        yield "text has a mark twice."
    if "code" in names and set(names) - {"code", "link"}:
        yield "text is code with another mark than a link."
    for name, mark in zip(names, marks, strict=True):
        if name not in _MARKS:
            yield f"{name} is no mark that we write."
        yield from _attributes(name, mark.get("attrs"), present="attrs" in mark)


def _attributes(kind: str, attributes: object, *, present: bool) -> Iterator[str]:
    required, optional = _REQUIRED.get(kind, {}), _OPTIONAL.get(kind, {})
    if present and not isinstance(attributes, Mapping):
        yield f"{kind} has attributes that are none."
        return
    given = attributes if isinstance(attributes, Mapping) else {}
    for name, right in (required | optional).items():
        if name in given and not right(given[name]):
            yield f"{kind} has a wrong {name}."
        elif name not in given and name in required:
            yield f"{kind} has no {name}."
    yield from (f"{kind} has an attribute {name}." for name in given.keys() - required.keys() - optional.keys())
