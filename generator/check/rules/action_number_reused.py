"""A number is never used again for something else."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from generator.check.rule import ALWAYS_ERROR, Context, Hit, Rule
from generator.check.rules.numbers import next_free
from generator.document.finding import Level
from generator.document.model import ActionItem
from generator.document.parse import Document
from generator.markup.inline_text import text_of

_WORD = re.compile(r"[^\W_]{3,}")
_KEY = re.compile(r"\b[A-Z][A-Z0-9_]+-\d+\b|[\w.-]+/[\w.-]+/issues/\d+\b|[\w.-]+/[\w.-]+#\d+\b")


def check(document: Document, context: Context) -> Iterator[Hit]:
    """Each number that meant another item at the base revision, or may have meant one before it."""
    if context.base is None:
        return
    before = {item.number: item for item in context.base.postmortem.actions if item.number is not None}
    highest = max(before, default=0)
    free = next_free(document, context.base)
    for item in document.postmortem.actions:
        if item.number is None:
            continue
        old = before.get(item.number)
        if old is not None and not same(old, item):
            moved = next((n for n, other in before.items() if n != item.number and same(other, item)), None)
            message = f"Number {item.number} was “{_short(old.action)}” and is now something else."
            hint = f"This item was number {moved}; leave it that number, the rows may stand in any order."
            yield Hit(item.line, message, hint if moved else f"Give the new item the number {free}, which is free.")
            free += not moved
        elif old is None and item.number < highest:
            message = f"Number {item.number} is given to a new item, although the numbers went up to {highest} already."
            hint = f"Was it another item once, and removed? {free} was never used."
            yield Hit(item.line, message, hint, Level.WARNING)
            free += 1


def same(old: ActionItem, new: ActionItem) -> bool:
    """Whether two rows are the same item, perhaps reworded: they share a ticket, half of their words, or most letters."""
    tickets = set(_KEY.findall(old.ticket)) & set(_KEY.findall(new.ticket))
    if tickets or not old.action.strip() or old.action.startswith("TODO"):
        return True
    one, two = text_of(old.action).casefold()[:500], text_of(new.action).casefold()[:500]
    words, others = set(_WORD.findall(one)), set(_WORD.findall(two))
    if 2 * len(words & others) >= min(len(words), len(others)) > 0:
        return True
    return SequenceMatcher(None, one, two, autojunk=False).ratio() >= 0.6


def _short(text: str, limit: int = 60) -> str:
    words = text_of(text)
    return words if len(words) <= limit else words[:limit].rsplit(" ", 1)[0] + " …"


RULE = Rule(
    id="action-number-reused",
    title="An action item's number is never used again",
    why="The number belongs to the item for good: its ticket, the tracker and older mails point to it. If it comes to mean something else, they all point to the wrong thing.",
    before="| 2 | Alert on pool saturation | ... where 2 was “Retry at most once” before",
    after="| 2 | Retry at most once | ... | won't do |\n| 3 | Alert on pool saturation | ...",
    check=check,
    **ALWAYS_ERROR,
)
