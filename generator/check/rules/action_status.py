"""Every action item's status can be read."""

import difflib
from collections.abc import Iterator

from generator.check.rule import Context, Hit, Rule
from generator.document.model import ActionStatus
from generator.document.parse import Document
from generator.markup.inline_text import text_of


def check(document: Document, context: Context) -> Iterator[Hit]:  # noqa: ARG001 - the shape of every check
    """Each status that is not one of the known words."""
    for item in document.postmortem.actions:
        if item.status is None and item.status_text.strip() and not item.status_text.startswith("TODO"):
            written = text_of(item.status_text)
            close = difflib.get_close_matches(written.casefold()[:40], list(ActionStatus), n=1, cutoff=0.6)
            hint = f"Did you mean `{close[0]}`?" if close else f"One of {', '.join(ActionStatus)}."
            yield Hit(item.line, f"{written!r} is not a status.", hint)


RULE = Rule(
    id="action-status",
    title="Every action item's status can be read",
    why="An item whose status is not understood counts as open for ever.",
    before="| 1 | Size the pool from the load | jane.smith | 2026-04-01 | almost | OPS-7 |",
    after="| 1 | Size the pool from the load | jane.smith | 2026-04-01 | in progress | OPS-7 |",
    check=check,
)
