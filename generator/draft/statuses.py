"""The words that incident tools use for an incident's status, and what they mean."""

import re
from collections.abc import Mapping
from functools import cached_property

from generator.markup.inline_text import text_of

_WORDS = {
    "open": "triggered, open, opened, reopened, re-opened, new, created, declared, started, reported, firing, active, triage, in triage, to do, todo",
    "acknowledged": "acknowledged, acked, accepted",
    "investigating": "investigating, in progress, work in progress, in-progress, in_progress, being investigated",
    "identified": "identified, root cause identified, fixing, cause found",
    "mitigated": "mitigated, monitoring, stable, stabilised, stabilized, contained, watching",
    "resolved": "resolved, closed, done, completed, complete, fixed, recovered, finished",
}
_SMALL = frozenset(
    {"incident", "status", "state", "changed", "change", "set", "was", "is", "has", "been", "from", "to", "by", "the"}
    | {"this", "an", "a", "update", "updated", "now", "on", "in", "progress", "of", "alert"}
)
_MEANING = {word: state for state, words in _WORDS.items() for word in words.split(", ")}


class Words:
    """Reads statuses; `extra` are an archive's own words and what they mean (one of ours, or another known word)."""

    def __init__(self, extra: Mapping[str, str] | None = None) -> None:
        self.extra = {word.strip().casefold(): meaning for word, meaning in (extra or {}).items()}

    def shown(self, word: str) -> str:
        """A tool's word as the archive says it."""
        return self.extra.get(word.strip().casefold(), word)

    def state(self, word: str) -> str:
        """What a status means: `open`, `acknowledged`, `investigating`, `identified`, `mitigated`, `resolved` or empty."""
        folded = word.strip().casefold()
        meaning = self.extra.get(folded, folded).strip().casefold()
        return _MEANING.get(meaning, meaning if meaning in _WORDS else "")

    def target(self, text: str) -> str:
        """The status that a change of status leads to, such as `resolved` for "Status: monitoring → resolved"."""
        words = text_of(text).casefold()
        match = self._changed.search(words) or self._named.search(words)
        return self.state(match.group(1)) if match else ""

    def without(self, words: set[str]) -> set[str]:
        """The words that say more than that a status changed."""
        return words - _SMALL - self._parts

    @cached_property
    def _parts(self) -> frozenset[str]:
        return frozenset(part for word in (*_MEANING, *self.extra) for part in re.findall(r"\w+", word))

    @cached_property
    def _any(self) -> str:
        return "|".join(
            re.escape(word) for word in sorted({*_MEANING, *self.extra}, key=lambda word: (-len(word), word))
        )

    @cached_property
    def _changed(self) -> re.Pattern[str]:
        return re.compile(rf"(?:→|[-=]>|\bto\b)\W*({self._any})(?!\w)")

    @cached_property
    def _named(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)({self._any})(?!\w)")
