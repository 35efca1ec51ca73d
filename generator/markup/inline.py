"""Runs of text with marks, put together as inline Markdown: emphasis that nests, closes and survives its neighbours."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile
from operator import attrgetter

from generator.markup import escaping

Mark = tuple[str, str]  # a name such as `strong`, and the target where the name is `link`

# The first of several marks that end together stands outermost.
ORDER = ("link", "strong", "em", "strike", "ins", "sub", "sup", "code")
DELIMITERS = {"strong": "**", "em": "*", "strike": "~~"}
STARS = frozenset({("strong", ""), ("em", "")})
TAGS = {"strong": "strong", "em": "em", "strike": "del", "ins": "ins", "sub": "sub", "sup": "sup"}

_SAFE = re.compile(r"(?:https?:|mailto:|ftp:|tel:|[#/])", re.IGNORECASE)
_LONE = re.compile(r"(?:^|(?<=\s))[*~]")
_SCRIPT = re.compile(r"\s*(?:javascript|data|vbscript)\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TextRun:
    """Some text under the same marks; a line feed in it is a line break."""

    text: str
    marks: frozenset[Mark] = frozenset()


BREAK = TextRun("\n")


def lines(runs: Sequence[TextRun], *, in_cell: bool = False) -> list[str]:
    """The runs as lines of Markdown, without blank lines at either end; what stands at a line's start is escaped."""
    rows: list[list[TextRun]] = [[]]
    for run in runs:
        pieces = [run.text] if ("code", "") in run.marks else run.text.split("\n")
        for number, piece in enumerate(pieces):
            if number:
                rows.append([])
            if piece:
                rows[-1].append(TextRun(piece, run.marks))
    shown = [_line(row, in_cell) for row in rows]
    while shown and not shown[-1]:
        shown.pop()
    return shown[sum(1 for _ in takewhile(lambda line: not line, shown)) :]


def _line(row: list[TextRun], in_cell: bool) -> str:
    merged = [
        TextRun("".join(run.text for run in alike), marks) for marks, alike in groupby(row, key=attrgetter("marks"))
    ]
    shown = _group(merged, frozenset(), in_cell).strip()
    plain_first = bool(merged) and not merged[0].marks
    return escaping.escape_start(shown) if plain_first and not in_cell else shown


def _group(runs: list[TextRun], applied: frozenset[Mark], in_cell: bool) -> str:
    """The runs under the marks not yet `applied`, the longest-reaching mark outermost."""
    shown: list[str] = []
    start = 0
    while start < len(runs):
        open_marks = sorted(runs[start].marks - applied, key=_rank)
        if not open_marks:
            plain = _plain(runs[start].text, applied, in_cell)
            # Python-Markdown's attribute lists would swallow braces that follow an element at once.
            shown.append(f"\\{plain}" if shown and plain.startswith("{") else plain)
            start += 1
            continue
        mark, end = open_marks[0], start
        for candidate in open_marks:
            reach = start + 1
            while reach < len(runs) and candidate in runs[reach].marks:
                reach += 1
            if reach > end and candidate[0] != "code":
                mark, end = candidate, reach
        if mark[0] == "code":
            shown.append(escaping.code(runs[start].text, in_cell=in_cell))
            end = start + 1
        else:
            inner = _group(runs[start:end], applied | {mark}, in_cell)
            before, after = shown[-1][-1:] if shown else "", runs[end].text[:1] if end < len(runs) else ""
            # Stars within stars are told apart only by the spaces around them.
            alone = (start == 0 or before.isspace()) and (end == len(runs) or after.isspace())
            lost = bool(applied & STARS) and not alone
            shown.append(_wrapped(mark, inner, runs[start:end], before, after, tagged=lost))
        start = end
    return "".join(shown)


def _rank(mark: Mark) -> tuple[int, str]:
    return (ORDER.index(mark[0]), mark[1])


def _plain(text: str, applied: frozenset[Mark], in_cell: bool) -> str:
    shown = escaping.escape(text, in_cell=in_cell, in_label=any(name == "link" for name, _ in applied))
    # A lone star or tilde is harmless between spaces, but not when a delimiter takes the place of the space.
    return _LONE.sub(r"\\\g<0>", shown) if applied else shown


def _wrapped(mark: Mark, inner: str, runs: list[TextRun], before: str, after: str, *, tagged: bool) -> str:
    kept = inner.strip()
    if not kept:
        return inner
    head = inner[: len(inner) - len(inner.lstrip())]
    tail = inner[len(inner.rstrip()) :]
    before, after = (head or before)[-1:], (tail or after)[:1]
    name, target = mark
    if name == "link":
        return f"{head}{_link(kept, target, ''.join(run.text for run in runs).strip())}{tail}"
    # CommonMark lets a delimiter neither open nor close between a word and punctuation.
    torn = (before.isalnum() and not kept[0].isalnum()) or (after.isalnum() and not kept[-1].isalnum())
    glued = name in DELIMITERS and before == DELIMITERS[name][0]  # two delimiters would be read as one
    if name in DELIMITERS and not (torn or glued or tagged):
        return f"{head}{DELIMITERS[name]}{kept}{DELIMITERS[name]}{tail}"
    return f"{head}<{TAGS[name]}>{kept}</{TAGS[name]}>{tail}"


def _link(label: str, target: str, text: str) -> str:
    if _SCRIPT.match(target):
        return label
    if not _SAFE.match(target):
        return f"{label} ({escaping.code(target)})" if target and target != text else label
    if text == target and escaping.URL.fullmatch(target):
        return f"<{target}>"
    return f"[{label}]({escaping.destination(target)})"
