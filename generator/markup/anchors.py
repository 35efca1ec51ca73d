"""The anchors that GitHub gives to headings."""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache


@lru_cache(maxsize=4096)
def anchor(title: str) -> str:
    """The anchor of a heading with these words: lower case, hyphens for spaces, no punctuation."""
    kept = "".join(c for c in title.strip().lower() if c in "-_ " or unicodedata.category(c)[0] in "LN" or _joins(c))
    return kept.replace(" ", "-")


def _joins(character: str) -> bool:
    return unicodedata.category(character) in {"Mn", "Mc", "Pc"}


def anchors(titles: Iterable[str]) -> Iterator[str]:
    """The anchors of a page's headings in their order; equal ones are numbered: `x`, `x-1`, `x-2`."""
    taken: set[str] = set()
    numbers: dict[str, int] = {}
    for title in titles:
        base = anchor(title)
        name, number = base, numbers.get(base, 0)
        while name in taken:
            number += 1
            name = f"{base}-{number}"
        numbers[base] = number
        taken.add(name)
        yield name
