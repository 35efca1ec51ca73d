"""Jira wiki markup within a line, as ADF inline nodes; every scan is linear, whatever the text."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.markup.escaping import URL, trimmed_url

Node = dict[str, object]

MARKS: dict[str, Node] = {
    "*": {"type": "strong"},
    "_": {"type": "em"},
    "??": {"type": "em"},
    "-": {"type": "strike"},
    "+": {"type": "underline"},
    "^": {"type": "subsup", "attrs": {"type": "sup"}},
    "~": {"type": "subsup", "attrs": {"type": "sub"}},
}
ESCAPABLE = frozenset("-#*_+?^~|%{}[]()!@\\")

# Where something may begin within a line; addresses first, since the marks in them are none.
_TOKEN = re.compile(
    r"""
      (?P<url>https?://)
    | (?P<slashes>\\\\+)
    | (?P<escape>\\.)
    | (?P<mono>\{\{)
    | (?P<forced>\{(?:[*_\-+^~]|\?\?)\})
    | (?P<tag>\{(?:color|anchor)(?::[^{}\n]{0,200})?\})
    | (?P<link>\[)
    | (?P<image>!)
    | (?P<dashes>(?<!\S)-{2,3}(?!\S))
    | (?P<mark>\?\?|[*_\-+^~])
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CLOSER = re.compile(r"\}\}|\]|!|\{(?:[*_\-+^~]|\?\?)\}|\?\?|[*_\-+^~]")
_IMAGE_NAME = re.compile(r"[^|!<>\n]{0,400}(?:\.[A-Za-z0-9]{2,5}|://[^|!\s]{1,2000})")
_IMAGE_SETTINGS = re.compile(r"(?:thumbnail|[a-z]{1,12}\s*=\s*\"?[^,\"|]{0,200}\"?)", re.IGNORECASE)
_LONGEST_IMAGE = 3000  # characters between two exclamation marks that may name a picture; more is prose
_SETTING = re.compile(r"(?:alt|title)\s*=\s*\"?([^,\"|]{1,200})", re.IGNORECASE)
_TARGET = re.compile(r"(?:(?:https?|ftp|mailto|tel|file):\S|//\S|/\S|www\.\S)", re.IGNORECASE)


@dataclass(slots=True)
class _Line:
    """One line with the places where something may close, found once so that no search runs twice."""

    text: str
    closers: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for closer in _CLOSER.finditer(self.text):
            mark = closer.group()
            if mark not in MARKS or self._closes(mark, closer.start()):
                self.closers.setdefault(mark, []).append(closer.start())
        self.closers["["] = [closer.start() for closer in re.finditer(r"\[", self.text)]

    def next(self, mark: str, start: int, end: int) -> int:
        """The position of the next closing `mark` that lies wholly in `start`..`end`, or -1."""
        places = self.closers.get(mark, [])
        index = bisect_left(places, start)
        return places[index] if index < len(places) and places[index] + len(mark) <= end else -1

    def opens(self, mark: str, at: int) -> bool:
        """Whether `mark` stands where a word begins: after no letter, before no space, and alone."""
        before, after = self.text[at - 1 : at], self.text[at + len(mark) : at + len(mark) + 1]
        return not (before.isalnum() or before in {"\\", mark[0]} or not after or after.isspace() or after == mark[0])

    def _closes(self, mark: str, at: int) -> bool:
        before, after = self.text[at - 1 : at], self.text[at + len(mark) : at + len(mark) + 1]
        return not (not before or before.isspace() or before in {"\\", mark[0]} or after.isalnum() or after == mark[0])


def parse(text: str) -> list[Node]:
    """One line of wiki markup as ADF inline nodes."""
    line = _Line(text)
    return list(_parse(line, 0, len(text), ()))


def link_end(text: str, at: int) -> int:
    """The position after the link that opens at `at`, or `at` where none does; bars in it divide no cells."""
    close = text.find("]", at, at + 4000)
    return close + 1 if close > 0 and "[" not in text[at + 1 : close] and "\n" not in text[at:close] else at


def _parse(line: _Line, start: int, end: int, marks: tuple[str, ...]) -> Iterator[Node]:
    """The nodes of a slice. A mark is never opened within itself, so a character is read at most once per mark."""
    at = plain = start
    while token := _TOKEN.search(line.text, at, end):
        construct = _construct(line, token, end, marks)
        at = token.end()
        if construct:
            if plain < token.start():
                yield _text(line.text[plain : token.start()], marks)
            nodes, at = construct
            yield from nodes
            plain = at
    if plain < end:
        yield _text(line.text[plain:end], marks)


def _construct(line: _Line, token: re.Match[str], end: int, marks: tuple[str, ...]) -> tuple[list[Node], int] | None:
    """What a token begins, and the position after it; None where it begins nothing and is text."""
    text, at = line.text, token.end()
    match token.lastgroup:
        case "url":
            address = URL.match(text, token.start(), end)
            url = trimmed_url(address.group()) if address else ""
            return ([_text(url, marks, link=url)], token.start() + len(url)) if url else None
        case "slashes":
            return [{"type": "hardBreak"}], at
        case "escape":
            return ([_text(token.group()[1], marks)], at) if token.group()[1] in ESCAPABLE else None
        case "tag":
            return [], at
        case "dashes":
            return [_text("–" if len(token.group()) == 2 else "—", marks)], at
        case "mono":
            close = line.next("}}", at, end)
            return ([_text(_unescaped(text[at:close]), marks, code=True)], close + 2) if close > at else None
        case "link":
            return _bracketed(line, at, end, marks)
        case "image":
            close = line.next("!", at, end)
            image = _image(text[at:close]) if at < close < at + _LONGEST_IMAGE and not text[at].isspace() else None
            return ([image], close + 1) if image else None
    return _marked(line, token, end, marks)


def _bracketed(line: _Line, at: int, end: int, marks: tuple[str, ...]) -> tuple[list[Node], int] | None:
    """A link whose bracket opened before `at`; one with another bracket in it is none."""
    close = line.next("]", at, end)
    nested = close > at and at <= line.next("[", at, end) < close
    nodes = _link(line.text[at:close], marks) if close > at and not nested else []
    return (nodes, close + 1) if nodes else None


def _marked(line: _Line, token: re.Match[str], end: int, marks: tuple[str, ...]) -> tuple[list[Node], int] | None:
    """What stands between a mark of emphasis, forced by braces or not, and its closing one."""
    mark, close = token.group().strip("{}"), -1
    if mark not in marks and token.lastgroup == "forced":
        close = line.next(token.group(), token.end(), end)
    elif mark not in marks and line.opens(mark, token.start()):
        close = line.next(mark, token.end() + 1, end)
    if close < 0:
        return None
    return list(_parse(line, token.end(), close, (*marks, mark))), close + len(token.group())


def _link(body: str, marks: tuple[str, ...]) -> list[Node]:
    """What `[body]` links to, or nothing where it is no link but brackets."""
    parts = [part.strip() for part in body.split("|")]
    label, target = ("", parts[0]) if len(parts) == 1 else (parts[0], parts[1])
    if len(parts) > 3 or (len(parts) == 3 and parts[2] not in {"smart-link", "smart-card", "smart-embed", ""}):
        return []
    if target.startswith("~") and len(target) > 1:
        account = target[1:].removeprefix("accountid:")
        return [{"type": "mention", "attrs": {"id": account, "text": f"@{label or account}"}}]
    if target.startswith("^") and len(target) > 1:
        shown: list[Node] = [{"type": "mediaInline", "attrs": {"alt": target[1:]}}]
        return [_text(f"{_unescaped(label)} (", marks), *shown, _text(")", marks)] if label else shown
    if target.startswith("#") and len(target) > 1:
        return [_text(f"{label} ({target})" if label else target[1:], marks)]
    if not _TARGET.match(target) or " " in target:
        return []
    href = f"https://{target}" if target.startswith("www.") else target
    if not label:
        return [_text(target, marks, link=href)]
    line = _Line(label)
    inside = _parse(line, 0, len(label), marks)
    return [_linked(node, href) for node in inside]


def _linked(node: Node, href: str) -> Node:
    """A node of a link's label: what it links to by itself gives way to the link around it."""
    if node["type"] == "mediaInline":
        given = node["attrs"]
        name = given.get("alt") or given.get("url") if isinstance(given, dict) else ""
        return {"type": "text", "text": name, "marks": [{"type": "link", "attrs": {"href": href}}]}
    marks = node.get("marks")
    kept = [mark for mark in marks if mark["type"] != "link"] if isinstance(marks, list) else []
    return {**node, "marks": [*kept, {"type": "link", "attrs": {"href": href}}]}


def _image(body: str) -> Node | None:
    name, _, settings = body.partition("|")
    parts = [part.strip() for part in settings.split(",") if part.strip()]
    if not _IMAGE_NAME.fullmatch(name.strip()) or not all(_IMAGE_SETTINGS.fullmatch(part) for part in parts):
        return None
    name = name.strip().removeprefix("^")
    described = next((found.group(1).strip() for part in parts if (found := _SETTING.fullmatch(part))), "")
    if "://" in name:
        return {"type": "mediaInline", "attrs": {"alt": described, "url": name}}
    return {"type": "mediaInline", "attrs": {"alt": name}}


def _text(text: str, marks: tuple[str, ...], *, link: str = "", code: bool = False) -> Node:
    given: list[Node] = [MARKS[mark] for mark in marks]
    if link:
        given.append({"type": "link", "attrs": {"href": link}})
    if code:
        given.append({"type": "code"})
    return {"type": "text", "text": text, "marks": given}


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: found[1] if found[1] in ESCAPABLE else found[0], text)
