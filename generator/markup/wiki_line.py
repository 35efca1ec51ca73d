"""Runs of text as one line of Jira wiki markup, or as several with line breaks."""

import re
from collections.abc import Sequence

from generator.markup.inline import TextRun
from generator.markup.tree_inline import CODE, TODO, tidy
from generator.markup.wiki_escaping import JOINER, escape, url

_DELIMITERS = {"strong": "*", "em": "_", "strike": "-", "ins": "+", "sup": "^", "sub": "~"}
_ORDER = tuple(_DELIMITERS)
_UNLABELLED = re.compile(r"([\[\]|!{}\\^]+)")  # what the label of a link cannot hold, not even with a backslash
_WORD = re.compile(r"[^\x00-\x7f]|[A-Za-z0-9]")  # after which a mark does not open
_NEXT = re.compile(r"[^\s.,;:)'\"/<>=]")  # before which a mark does not close, or which may get a joiner before it
_FRAGILE = re.compile(r"\[[^\]]*[\^#~@:/]|[\\{|]")  # what is read anew within a mark, and has no escape there
_STAR = re.compile(r"[yrgb]?\)")  # after a bracket and a delimiter: the sign of a star, of a plus or a minus
_TODO, _TODO_END = "{color:red}*", "*{color}"


def lines(runs: Sequence[TextRun]) -> list[str]:
    """The lines of a block of text; none is blank."""
    rows: list[list[TextRun]] = [[]]
    for run in runs:
        for number, piece in enumerate(run.text.split("\n")):
            if number:
                rows.append([])
            rows[-1].append(TextRun(piece, run.marks))
    return [shown for row in rows if (shown := _line(tidy(row)))]


def _line(row: list[TextRun]) -> str:
    return _group(row, (), "", "", nested=False).strip()


def _group(runs: Sequence[TextRun], applied: tuple[str, ...], before: str, after: str, *, nested: bool) -> str:
    """The runs under the marks not yet `applied`, the longest-reaching one outermost; neighbours are given."""
    shown: list[str] = []
    start = 0
    while start < len(runs):
        left = shown[-1][-1:] if shown else before
        name, end = _reach(runs, start, applied)
        right = runs[end].text[:1] if end < len(runs) else after
        link = _target(runs[start])
        if name:
            shown.append(_marked(runs[start:end], (*applied, name), left, right, nested=nested))
        elif TODO in runs[start].marks and not link and not nested:
            shown.append(f"{JOINER if left == '{' else ''}{_TODO}{runs[start].text}{_TODO_END}")
        elif link:
            shown.append(_link(runs[start], link, nested=nested))
        elif CODE in runs[start].marks:
            shown.append(_mono(runs[start].text, left, right))
        else:
            shown.append(escape(runs[start].text, nested=nested))
        start = end
    return "".join(shown)


def _reach(runs: Sequence[TextRun], start: int, applied: tuple[str, ...]) -> tuple[str, int]:
    """The mark to open before run `start` and the run it closes before; no mark where there is none to open."""
    best, end = "", start
    if not _plain(runs[start]):
        return "", start + 1
    for name in _ORDER:
        if name in applied or (name, "") not in runs[start].marks:
            continue
        reach = start + 1
        while reach < len(runs) and (name, "") in runs[reach].marks and _plain(runs[reach]):
            reach += 1
        if reach > end:
            best, end = name, reach
    return best, max(end, start + 1)


def _plain(run: TextRun) -> bool:
    return CODE not in run.marks and TODO not in run.marks


def _marked(runs: Sequence[TextRun], applied: tuple[str, ...], left: str, right: str, *, nested: bool) -> str:
    """Text in the last mark of `applied`, spaces at its ends outside; without it where a reader would not find the mark."""
    text = "".join(run.text for run in runs)
    kept = tidy(runs)
    if not kept:
        return text
    head, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    left, right = head[-1:] or left, tail[:1] or right
    mark = _DELIMITERS[applied[-1]]
    glued = bool(_WORD.match(left) or _NEXT.match(right)) or left == mark
    star = left == "(" and _STAR.match(text.lstrip())
    if star or _FRAGILE.search(text) or (glued and (mark in text or nested)):
        return f"{head}{_group(kept, applied, left, right, nested=nested)}{tail}"
    delimiter = f"{{{mark}}}" if glued else mark
    return f"{head}{delimiter}{_group(kept, applied, mark, mark, nested=True)}{delimiter}{tail}"


def _target(run: TextRun) -> str:
    return min((target for name, target in run.marks if name == "link"), default="")


def _link(run: TextRun, target: str, *, nested: bool) -> str:
    """A link; characters that no label can hold stand beside it."""
    address = url(target)
    rest = target.partition(":")[2]
    if run.text == target and address == target and escape(rest) == rest:
        return f"[{target}]"
    shown: list[str] = []
    for number, piece in enumerate(_UNLABELLED.split(run.text)):
        if number % 2 or not piece.strip():
            shown.append(escape(piece, nested=nested))
            continue
        head, tail = piece[: len(piece) - len(piece.lstrip())], piece[len(piece.rstrip()) :]
        label = _mono(piece.strip(), "", "") if CODE in run.marks else escape(piece.strip(), nested=True)
        shown.append(f"{head}[{label}|{address}]{tail}")
    return "".join(shown)


def _mono(text: str, left: str, right: str) -> str:
    text = text.replace("\n", " ")
    if not text.strip():
        return text
    body = escape(text)
    if text[0] == " ":
        body = JOINER + body
    if text[-1] == " ":
        body += JOINER
    if _WORD.match(left) or _NEXT.match(right):
        return f"{{{{{{}}{body}{{}}}}}}"
    return f"{{{{{body}}}}}"
