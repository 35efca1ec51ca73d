"""What a postmortem and its action items are called elsewhere: labels, global ids, property names, one-line summaries.

An id that `schema` accepts stands in these names as it is written. Any other becomes readable words, two hyphens (which
no accepted id has) and a digest of the whole id, so that two ids never share a name. Ids that differ only in case give
names that differ only in case; Jira and the rest of this program take them for the same id.
"""

import hashlib
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from generator.document.schema import ID

LABEL = "postmortem"
LONGEST = 255  # of a label, a summary, a global id and a property's name
_WHOLE = 200  # the longest id that is not shortened; prefix and number have room beside it
_WORDS = 60
_JOINERS = "\u200c\u200d"
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
# A joiner belongs between two signs of an emoji or of a script that has ligatures; elsewhere it only hides.
_STRAY = re.compile(f"(?<![^\x00-\x7f{_JOINERS}])[{_JOINERS}]|[{_JOINERS}](?![^\x00-\x7f{_JOINERS}])")
_LABEL_GAP = re.compile(r"[\s,;\"'`\\]+")


def label(id: str, item: int | None = None) -> str:  # noqa: A002 - the field's name
    """The label that marks the issue of a postmortem, or of its action item with this number.

    `postmortem-INC-1-2` is item 2 of INC-1 and could be a postmortem INC-1-2 too: who finds an issue by its label
    compares the property that goes with it.
    """
    return f"{LABEL}-{_name(id)}{'' if item is None else f'-{item}'}"


def mark(id: str, item: int, length: int) -> str:  # noqa: A002 - the field's name
    """The label of an action item's issue in a tracker whose labels are at most so long.

    Ids that differ only in case share a shortened one, as they share everything.
    """
    return fitting(label(id, item), f"{id.casefold()}#{item}", length, f"-{item}")


def fitting(name: str, whole: str, length: int, end: str = "") -> str:
    """A label's name, or where it is too long its beginning, a digest of what it stands for, and its end."""
    if len(name) <= length:
        return name
    digest = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{name[: length - len(digest) - len(end) - 2].rstrip('-')}--{digest}{end}"


def global_id(id: str, item: int | None = None) -> str:  # noqa: A002 - the field's name
    """The global id of the remote link from such an issue to the page: `postmortem:<id>` or `postmortem:<id>:<n>`."""
    return f"{LABEL}:{_name(id)}{'' if item is None else f':{item}'}"


def claim_name(id: str) -> str:  # noqa: A002 - the field's name
    """The name of the property by which one run claims a postmortem, so that no other one creates its issues."""
    return f"{LABEL}.claim.{_name(id)}"


def valid_label(words: str) -> str:
    """Words as one label: white space, commas and quotation marks become hyphens; empty where nothing is left."""
    return _clean(_cut(_LABEL_GAP.sub("-", _clean(words)).strip("-"), LONGEST).strip("-"))


def summary_line(text: str, limit: int = LONGEST, *, fallback: str = "") -> str:
    """Text as one line of at most `limit` UTF-16 units, cut at a word with `…`; `fallback` where nothing can be seen.

    Control characters, marks of direction and characters without width go; runs of white space become one space.
    """
    line = _clean(text)
    if not line:
        return fallback
    if _units(line) <= limit:
        return line
    kept = _cut(line, limit - 1)
    words = kept.rpartition(" ")[0] if line[len(kept) : len(kept) + 1] != " " else kept
    if 2 * len(words) > len(kept):  # a single long word is cut within
        kept = words
    return f"{kept.rstrip(' ,;:-–—(')}…"


def _name(id: str) -> str:  # noqa: A002 - the field's name
    if ID.fullmatch(id) and id.isascii() and len(id) <= _WHOLE:
        return id
    plain = unicodedata.normalize("NFKD", id).encode("ascii", "ignore").decode()
    words = re.sub(r"[^A-Za-z0-9]+", "-", plain)[:_WORDS].strip("-")
    return f"{words or 'id'}--{hashlib.sha256(id.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def _clean(text: str) -> str:
    seen = _UNSEEN.sub("", " ".join(text.split()))
    line = " ".join(_STRAY.sub("", " ".join(seen.split())).split())
    return line if any(unicodedata.category(c)[0] in "LNPS" for c in line) else ""


def _units(text: str) -> int:
    """The length of a text as Jira counts it: characters beyond U+FFFF are two."""
    return len(text) + sum(character > "\uffff" for character in text)


def _cut(text: str, limit: int) -> str:
    """The longest beginning of at most `limit` UTF-16 units that takes no character apart from its marks."""
    if _units(text) <= limit:
        return text
    units = list(accumulate(2 if character > "\uffff" else 1 for character in text))
    end = bisect_right(units, limit)
    return text[: next((at for at in _back(end) if not _joined(text, at)), end)]


def _back(end: int) -> Iterator[int]:
    yield from range(end, max(end - 32, 0), -1)


def _joined(text: str, at: int) -> bool:
    """Whether what stands before and behind a position is seen as one character."""
    before, after = text[at - 1], text[at]
    if before in _JOINERS or after in _JOINERS or unicodedata.category(after)[0] == "M" or "🏻" <= after <= "🏿":
        return True
    flags = 0  # two regional indicators are one flag
    while "🇦" <= after <= "🇿" and flags < at and "🇦" <= text[at - 1 - flags] <= "🇿":
        flags += 1
    return flags % 2 == 1
