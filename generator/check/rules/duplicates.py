"""What only one document of an archive may have: both files are named."""

from collections.abc import Iterator, Mapping
from itertools import islice

from generator.check.rule import Hit, Summary

_SHOWN = 3


def duplicates(summary: Summary, key: str, found: Mapping[str, tuple[Summary, ...]], hint: str) -> Iterator[Hit]:
    """One hit that names the other files with the same value for this key."""
    word = str(getattr(summary, key))
    same = found.get(word.casefold(), ()) if word else ()
    if len(same) > 1:
        others = list(islice((other.path for other in same if other.path != summary.path), _SHOWN))
        more = len(same) - 1 - len(others)
        shown = ", ".join(others) + (f" and {more} more" if more else "")
        yield Hit(summary.lines.get(key, 1), f"`{key}: {word}` stands in {summary.path} and in {shown}.", hint)
