"""What was last agreed on with another system about one issue: kept on the issue itself, as its property `postmortem`.

Each value is a pair: what the file said, and what the other side said. They differ only after the other side's value
was taken over: then a file that still says the old value is a file whose change was never committed.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

PROPERTY = "postmortem"
VERSION = 1
_T = TypeVar("_T")
MERGED = ("summary", "due", "assignee", "status")


@dataclass(frozen=True, slots=True)
class Pair:
    """A value as both sides had it when they last met."""

    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class PushedText:
    """A text as it was pushed: the digest of its Markdown, and of the words that the other side then showed."""

    source: str
    words: str


@dataclass(frozen=True, slots=True)
class Base:
    """The state of one issue when it was last in step.

    `values` are the pairs of the fields in `MERGED`; `texts` go by the field's id; `labels` are those we have set;
    `page` and `linked` are the addresses that are linked to it; `who` gives the handles of accounts that were looked up.
    `own` is whether we wrote its summary and text: a ticket that a person made is followed, never rewritten.
    `dropped` names the values that were sent and that the other side did not show when it was read back, each with the
    fingerprint of what taking it depends on here; the pair then holds what was sent and what was shown instead.
    """

    id: str
    item: int | None = None
    values: Mapping[str, Pair] = field(default_factory=dict)
    texts: Mapping[str, PushedText] = field(default_factory=dict)
    labels: tuple[str, ...] = ()
    category: str = ""
    page: str = ""
    linked: str = ""
    who: Mapping[str, str] = field(default_factory=dict)
    own: bool = True
    dropped: Mapping[str, str] = field(default_factory=dict)

    def with_value(self, name: str, ours: str, theirs: str) -> "Base":
        """The base with one pair set, on which both sides agreed."""
        dropped = {one: why for one, why in self.dropped.items() if one != name}
        return replace(self, values={**self.values, name: Pair(ours, theirs)}, dropped=dropped)

    def with_dropped(self, name: str, ours: str, theirs: str, evidence: str) -> "Base":
        """The base with a value that was sent and is something else there."""
        pair = {name: Pair(ours, theirs)}
        return replace(self, values={**self.values, **pair}, dropped={**self.dropped, name: evidence})

    def without(self, names: Iterable[str], before: "Base | None" = None) -> "Base":
        """The base with these values and texts as they were `before`, as the other side did not take them now."""
        gone = set(names)
        known = before or Base(self.id)
        return replace(
            self,
            values=_as_before(self.values, known.values, gone),
            texts=_as_before(self.texts, known.texts, gone),
            dropped=_as_before(self.dropped, known.dropped, gone),
        )


def _as_before(now: Mapping[str, _T], before: Mapping[str, _T], names: set[str]) -> dict[str, _T]:
    kept = {name: value for name, value in now.items() if name not in names}
    return kept | {name: value for name, value in before.items() if name in names}


def digest(text: str) -> str:
    """A short, stable fingerprint of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def to_property(base: Base) -> dict[str, Any]:
    """The base as the JSON that is stored; it holds no text of the document and no secret."""
    return {
        "v": VERSION,
        "id": base.id,
        "item": base.item,
        "values": {name: [pair.ours, pair.theirs] for name, pair in sorted(base.values.items())},
        "texts": {name: [text.source, text.words] for name, text in sorted(base.texts.items())},
        "labels": list(base.labels),
        "category": base.category,
        "page": base.page,
        "linked": base.linked,
        "who": dict(sorted(base.who.items())),
        "own": base.own,
        "dropped": dict(sorted(base.dropped.items())),
    }


def from_property(value: object) -> Base | None:
    """The base that a property holds, or None where it is not ours; anybody may have edited it, so nothing is trusted."""
    if not isinstance(value, dict) or not isinstance(value.get("id"), str) or not value["id"]:
        return None
    item = value.get("item")
    return Base(
        id=value["id"],
        item=item if isinstance(item, int) and not isinstance(item, bool) else None,
        values={name: Pair(*both) for name, both in _twos(value.get("values")) if name in MERGED},
        texts={name: PushedText(*both) for name, both in _twos(value.get("texts"))},
        labels=tuple(one for one in _list(value.get("labels")) if isinstance(one, str)),
        category=_string(value.get("category")),
        page=_string(value.get("page")),
        linked=_string(value.get("linked")),
        who={str(k): v for k, v in _mapping(value.get("who")).items() if isinstance(v, str)},
        own=value.get("own") is not False,
        dropped={str(k): v for k, v in _mapping(value.get("dropped")).items() if k in MERGED and isinstance(v, str)},
    )


def _twos(value: object) -> list[tuple[str, tuple[str, str]]]:
    return [
        (str(name), (both[0], both[1]))
        for name, both in _mapping(value).items()
        if isinstance(both, list) and len(both) == 2 and isinstance(both[0], str) and isinstance(both[1], str)
    ]


def _mapping(value: object) -> Mapping[object, object]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""
