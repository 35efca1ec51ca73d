"""The numbers of action items: which are taken, now and before, and which rows have none."""

from collections.abc import Iterator

from generator.document.headings import ACTION_COLUMNS
from generator.document.parse import Document, action_tables
from generator.markup.inline_text import text_of

BLANK = {"", "-", "–", "—", "#", "?", "…", "..."}


def next_free(document: Document, base: Document | None = None) -> int:
    """The number behind the highest one that the document uses, or used at the base revision."""
    items = [*document.postmortem.actions, *(base.postmortem.actions if base else ())]
    return max((item.number for item in items if item.number is not None), default=0) + 1


def unnumbered(document: Document) -> Iterator[int]:
    """The lines of the rows that have text and an empty number cell."""
    for table in action_tables(document.outline):
        column = table.column(*ACTION_COLUMNS["number"])
        if column is not None:
            for row in table.rows:
                if text_of(row.cell(column)) in BLANK and any(cell.text for cell in row.cells):
                    yield row.line
