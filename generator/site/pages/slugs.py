"""Names in addresses: heading anchors as GitHub makes them, and the folders of services and tags."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from generator.markup.anchors import anchor


class Anchors:
    """Gives every heading of one page an anchor of its own: `x`, `x-1`, `x-2`."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)

    def next(self, title: str) -> str:
        """A free anchor for a heading with these words."""
        base = anchor(title) or "section"
        name, number = base, 0
        while name in self._taken:
            number += 1
            name = f"{base}-{number}"
        self._taken.add(name)
        return name


def folder(name: str) -> str:
    """A name as one readable part of an address; a name without letters and digits becomes a digest."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    words = re.sub(r"(?:[^\w]|_)+", "-", plain).strip("-")
    return words[:80].strip("-") or hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:8]


def folders(names: Iterable[str]) -> dict[str, str]:
    """Each name's folder; names that would share one are numbered in their alphabetical order."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(set(names)):
        base = folder(name)
        candidate, number = base, 1
        while candidate in taken:
            number += 1
            candidate = f"{base}-{number}"
        taken.add(candidate)
        found[name] = candidate
    return found
