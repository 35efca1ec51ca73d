"""The texts of an issue: which part goes where, whether it is another one now, and whether a person has changed it there."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from generator.sync.plan.base import Base, PushedText, digest
from generator.sync.plan.changes import Sections
from generator.sync.plan.issue import WantedIssue
from generator.sync.plan.ticket import WantedItem

DESCRIPTION = "description"
RENDERING = "1"  # counted up when the same Markdown is rendered otherwise, so that all texts are pushed anew


@dataclass(frozen=True, slots=True)
class Edited:
    """Texts that are to be pushed, and those that a person has changed on the other side since."""

    push: Mapping[str, Sections]
    changed_there: tuple[str, ...]


def texts_of(wanted: WantedIssue, mapped: Mapping[str, str]) -> dict[str, Sections]:
    """The parts of a postmortem by where they go: those in `mapped` into their own fields, the rest into the description."""
    own: dict[str, Sections] = {part.name: (("", part.markdown),) for part in wanted.parts if part.name in mapped}
    rest = tuple((part.heading, part.markdown) for part in wanted.parts if part.name not in mapped)
    return {**own, DESCRIPTION: rest} if rest else own


def item_texts(item: WantedItem) -> dict[str, Sections]:
    """The text of an action item's ticket."""
    return {DESCRIPTION: (("", item.markdown),)}


def source_of(sections: Sections) -> str:
    """The fingerprint of a text before it is rendered."""
    return digest(json.dumps([RENDERING, sections], ensure_ascii=False))


def outdated(texts: Mapping[str, Sections], base: Base | None) -> dict[str, Sections]:
    """The texts that are not what was last pushed; one whose section is gone from the file is empty."""
    known = base.texts if base else {}
    gone: dict[str, Sections] = {
        name: () for name in known if name not in texts and known[name].source != source_of(())
    }
    return gone | {n: text for n, text in texts.items() if n not in known or known[n].source != source_of(text)}


def edited(push: Mapping[str, Sections], base: Base | None, words: Mapping[str, str], *, force: bool) -> Edited:
    """Which texts may be pushed: where what is there now is what we pushed, or nothing at all.

    `words` are the words that each text has on the other side now. With `force` all are pushed.
    """
    known = base.texts if base else {}
    changed = tuple(
        name for name in push if words.get(name) and (name not in known or known[name].words != digest(words[name]))
    )
    return Edited({n: t for n, t in push.items() if force or n not in changed}, () if force else changed)


def pushed(base: Base, rendered: Mapping[str, tuple[Sections, str]]) -> dict[str, PushedText]:
    """The texts of a base after these were taken: each with its sections and the words that they show."""
    return {
        **base.texts,
        **{name: PushedText(source_of(text), digest(words)) for name, (text, words) in rendered.items()},
    }
