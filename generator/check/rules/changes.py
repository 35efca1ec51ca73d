"""Which lines of a document a change touches."""

from difflib import SequenceMatcher

_MOST = 4_000_000  # the product of both lengths beyond which every line between the first and the last change counts


def changed_lines(before: str, after: str) -> frozenset[int]:
    """The lines (1-based) of `after` that are not as they were in `before`; line endings make no difference."""
    old, new = _lines(before), _lines(after)
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    if len(old) * len(new) > _MOST or not old:
        return frozenset(range(start + 1, start + len(new) + 1))
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    same = {index for block in blocks for index in range(block.b, block.b + block.size)}
    return frozenset(start + index + 1 for index in range(len(new)) if index not in same)


def _lines(text: str) -> list[str]:
    return [line.rstrip("\r") for line in text.split("\n")]
