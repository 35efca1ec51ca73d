"""Whether a regular expression takes time in proportion to its text: attacks made from its own parts, and how cost grows.

Run as `python -m tests.patterns`, it tries every pattern of this program and names those that grow faster.
"""

import ast
import importlib
import pkgutil
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

PACKAGES = ("generator", "jira_sandbox")
LENGTH = 1200
# Four times the text may cost four times as much; twice that leaves room for noise, and a square would be sixteen.
LINEAR = 8.0
# What is over so soon on LENGTH characters is linear: a square of them takes ten times as long.
NOTHING = 0.003
LIMIT = 1.0
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_CLASSES = {
    op.CATEGORY_DIGIT: (r"\d", "0"),
    op.CATEGORY_NOT_DIGIT: (r"\D", "a"),
    op.CATEGORY_SPACE: (r"\s", " "),
    op.CATEGORY_NOT_SPACE: (r"\S", "a"),
    op.CATEGORY_WORD: (r"\w", "a"),
    op.CATEGORY_NOT_WORD: (r"\W", " "),
}


class Growth(NamedTuple):
    """The text `head`, then `pump` again and again, then `end`: `ratio` times the cost for four times the text."""

    head: str
    pump: str
    end: str
    ratio: float


class _TooLongError(Exception):
    """The processor time for one match is used up."""


def growth(pattern: re.Pattern[str]) -> Growth | None:
    """An attack on which matching at one place is more than linear, or None."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    for head, pump in dict.fromkeys(_attacks(tree, "")):
        for end in ("", "\0", "\n\0"):
            for start in dict.fromkeys((head, "")):
                times = LENGTH // len(pump) or 1
                first = _cost(pattern.match, start + pump * times + end)
                if first < NOTHING:
                    continue
                ratio = _cost(pattern.match, start + pump * times * 4 + end) / first if first < LIMIT else float("inf")
                if ratio > LINEAR:
                    return Growth(start, pump, end, ratio)
    return None


def patterns() -> dict[re.Pattern[str], str]:
    """Every pattern that is compiled while the packages are imported or written out in a call, with a place of it.

    Must run before anything of the packages is imported.
    """
    places: dict[re.Pattern[str], str] = {}
    compile_pattern = re.compile

    def recorded(pattern: Any, flags: Any = 0) -> re.Pattern[str]:
        compiled = compile_pattern(pattern, flags)
        caller = sys._getframe(1)
        if isinstance(pattern, str) and caller.f_globals.get("__name__", "").startswith(PACKAGES):
            places.setdefault(compiled, f"{caller.f_globals['__name__']}:{caller.f_lineno}")
        return compiled

    re.compile = recorded  # type: ignore[assignment]
    for package in map(importlib.import_module, PACKAGES):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
        for file in Path(package.__path__[0]).rglob("*.py"):
            for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if (written := _literal(call)) is not None:
                    places.setdefault(written, f"{file.name}:{getattr(call, 'lineno', 0)}")
    return places


def _literal(call: ast.AST) -> re.Pattern[str] | None:
    """The pattern of `re.sub("...", ...)` and its like."""
    if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.args):
        return None
    module, pattern = call.func.value, call.args[0]
    if not (isinstance(module, ast.Name) and module.id == "re" and isinstance(pattern, ast.Constant)):
        return None
    flags = {
        name.attr for value in (*call.args[1:], *(key.value for key in call.keywords)) for name in ast.walk(value)
        if isinstance(name, ast.Attribute) and name.attr in re.RegexFlag.__members__
    }  # fmt: skip
    combined = re.RegexFlag(0)
    for name in flags:
        combined |= re.RegexFlag[name]
    return re._compile(pattern.value, combined) if isinstance(pattern.value, str) else None  # type: ignore[attr-defined,no-any-return]


def _attacks(tree: Any, head: str) -> Iterator[tuple[str, str]]:
    """For each part that may repeat: a text that leads to it, and what may be repeated there."""
    for kind, value in tree:
        if kind in _REPEATS:
            if value[1] >= 100:
                yield from ((head, pump) for branch in range(4) if (pump := _sample(value[2], branch)))
                yield from ((head, pump) for pump in (" ", "\n", "a", "0"))
            yield from _attacks(value[2], head)
        elif kind is op.SUBPATTERN:
            yield from _attacks(value[3], head)
        elif kind is op.ATOMIC_GROUP:
            yield from _attacks(value, head)
        elif kind is op.BRANCH:
            for branch in value[1]:
                yield from _attacks(branch, head)
        head += _text(kind, value, 0)


def _sample(tree: Any, branch: int) -> str:
    return "".join(_text(kind, value, branch) for kind, value in tree)


def _text(kind: Any, value: Any, branch: int) -> str:
    """A short text that this part of a pattern matches; of alternatives the one with this number."""
    if kind is op.LITERAL:
        return chr(value)
    if kind is op.NOT_LITERAL:
        return "b" if value == ord("a") else "a"
    if kind is op.ANY:
        return "a"
    if kind is op.IN:
        return _member(value)
    if kind is op.BRANCH:
        return _sample(value[1][branch % len(value[1])], branch)
    if kind is op.SUBPATTERN:
        return _sample(value[3], branch)
    if kind in _REPEATS:
        return _sample(value[2], branch) * value[0]
    return _sample(value, branch) if kind is op.ATOMIC_GROUP else ""


def _member(items: Any) -> str:
    if items[0][0] is op.NEGATE:
        return next((one for one in "a -.\n0Z_!" if not any(_holds(item, one) for item in items[1:])), "é")
    kind, value = items[0]
    return _CLASSES[value][1] if kind is op.CATEGORY else chr(value[0] if kind is op.RANGE else value)


def _holds(item: Any, character: str) -> bool:
    kind, value = item
    if kind is op.CATEGORY:
        return bool(re.match(_CLASSES[value][0], character))
    low, high = value if kind is op.RANGE else (value, value)
    return bool(low <= ord(character) <= high)


def _cost(match: Callable[[str], object], text: str) -> float:
    """Seconds of processor time, the smaller of two tries; infinite when they would be more than a few."""

    def stop(*_: object) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGPROF, stop)
    seconds = []
    try:
        for _ in range(2):
            signal.setitimer(signal.ITIMER_PROF, LIMIT * 3)
            begin = time.process_time()
            match(text)
            seconds.append(time.process_time() - begin)
            if seconds[-1] < NOTHING:
                break
    except _TooLongError:
        return float("inf")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    return min(seconds)


def main() -> int:
    """Name each pattern whose cost grows faster than its text; 1 where there is one."""
    compiled = patterns()
    slow = [(place, pattern, grown) for pattern, place in compiled.items() if (grown := growth(pattern))]
    for place, pattern, grown in slow:
        sys.stdout.write(f"{place}: {grown!r} for {pattern.pattern[:100]!r}\n")
    sys.stdout.write(f"{len(compiled)} patterns, {len(slow)} of them more than linear\n")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
