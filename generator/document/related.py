"""Which postmortems are alike: shared services, tags, causes and telling words.

Each is compared with its neighbours in time under every feature it has, so a new postmortem changes the answer for
few others, and the work grows with the archive and not with its square.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from generator.document.parse import Document

MOST = 3
_NEAR = 12
_WORDS = 14
_LEAST = 4.0
_WORD = re.compile(r"[^\W\d_][\w-]{3,}")
_TOLD_IN = ("summary", "root-cause", "contributing-factors", "trigger")
_LONGEST = 6000


class Comparable(Protocol):
    """What is compared: a document, with one spelling for each of its services and tags."""

    @property
    def document(self) -> Document:
        """The document itself."""

    @property
    def services(self) -> Sequence[str]:
        """Its services."""

    @property
    def tags(self) -> Sequence[str]:
        """Its tags."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """The least that can be compared."""

    document: Document
    services: tuple[str, ...]
    tags: tuple[str, ...]


E = TypeVar("E", bound=Comparable)


def related(entries: Sequence[E]) -> dict[str, tuple[E, ...]]:
    """At most three others for each postmortem, by the path of its file, most alike first.

    `entries` are newest first; the order of equals is theirs.
    """
    words = [_words(entry) for entry in entries]
    spread: dict[str, int] = {}
    for found in words:
        for word in found:
            spread[word] = spread.get(word, 0) + 1
    features = [
        [*_facts(entry), *_telling(found, spread, len(entries))] for entry, found in zip(entries, words, strict=True)
    ]
    members = _members([[name for name, _ in found] for found in features])
    answer: dict[str, tuple[E, ...]] = {}
    for index, (entry, own) in enumerate(zip(entries, features, strict=True)):
        scores: dict[int, float] = {}
        for name, weight in own:
            here = members[name]
            at = here[1][index]
            rarity = weight * math.log(1 + len(entries) / len(here[0]))
            for other in here[0][max(0, at - _NEAR) : at + _NEAR + 1]:
                scores[other] = scores.get(other, 0.0) + rarity
        scores.pop(index, None)
        best = sorted(scores.items(), key=lambda pair: (-round(pair[1], 6), pair[0]))[:MOST]
        answer[entry.document.path] = tuple(entries[other] for other, score in best if score >= _LEAST)
    return answer


def _members(names: Sequence[Sequence[str]]) -> Mapping[str, tuple[list[int], dict[int, int]]]:
    found: dict[str, tuple[list[int], dict[int, int]]] = {}
    for index, own in enumerate(names):
        for name in own:
            where, places = found.setdefault(name, ([], {}))
            places[index] = len(where)
            where.append(index)
    return found


def _facts(entry: Comparable) -> list[tuple[str, float]]:
    facts = [(f"service {name}", 2.0) for name in entry.services]
    facts += [(f"tag {name}", 2.0) for name in entry.tags]
    if category := entry.document.postmortem.category:
        facts.append((f"category {category.casefold()}", 1.5))
    return facts


def _words(entry: Comparable) -> frozenset[str]:
    known = entry.document.postmortem
    told = [known.title, *(section.body for section in known.sections if section.key in _TOLD_IN)]
    return frozenset(_WORD.findall(" ".join(told)[:_LONGEST].casefold()))


def _telling(words: frozenset[str], spread: Mapping[str, int], total: int) -> list[tuple[str, float]]:
    """The words that few others use, rarest first; a word of a single postmortem or of every tenth tells nothing."""
    limit = max(3, total // 10)
    shared = [word for word in words if 1 < spread[word] <= limit]
    shared.sort(key=lambda word: (spread[word], word))
    return [(f"word {word}", 0.5) for word in shared[:_WORDS]]
