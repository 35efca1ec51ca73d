"""The blameless rules together: their names, and one pattern for all the words that make any of them look twice.

A document of eight kilobytes holds some thirty of these words, so one pass over its text spares reading the rest.
"""

import importlib
import re
from collections.abc import Iterable, Mapping
from functools import cache

NAMES = ("human-error", "person-fault", "counterfactual", "character", "blame", "remedy", "hindsight")
MODULES = {f"blameless-{name}": f"blameless_{name.replace('-', '_')}" for name in NAMES}  # rule id → module

_GAP = "[ *_]+"  # what may stand between two words of a stem: line breaks and indentation are spaces already
_GAPS = re.compile(_GAP)


@cache
def stems() -> Mapping[str, tuple[str, ...]]:
    """Every stem of every rule that no shorter one begins, with all those that it begins, itself included."""
    modules = [importlib.import_module(f"generator.check.rules.{module}") for module in MODULES.values()]
    known = sorted({stem for module in modules for stem in module.STEMS}, key=len)
    shortest: dict[str, list[str]] = {}
    for stem in known:
        begun = next((stem[:size] for size in range(1, len(stem)) if stem[:size] in shortest), stem)
        shortest.setdefault(begun, []).append(stem)
    return {stem: tuple(begun) for stem, begun in shortest.items()}


@cache
def pattern() -> re.Pattern[str]:
    """What finds each of these stems where a word begins, in lower case and with any marks or blanks between words."""
    return re.compile(rf"\b(?=({_alternatives(stems())}))")


def _alternatives(words: Iterable[str]) -> str:
    """A pattern for one of the words that shares their beginnings, so that each letter is looked at once."""
    tails: dict[str, list[str]] = {}
    for word in words:
        tails.setdefault(word[0], []).append(word[1:])
    parts = [_letter(letter) + ("" if "" in rest else _alternatives(rest)) for letter, rest in sorted(tails.items())]
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"


def _letter(letter: str) -> str:
    return _GAP if letter == " " else re.escape(letter)


def plain(text: str) -> str:
    """A found text as the stem is written: one space between words."""
    return _GAPS.sub(" ", text)
