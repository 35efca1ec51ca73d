"""Every action item has a number."""

from collections.abc import Iterator

from generator.check.rule import Context, Hit, Rule
from generator.check.rules.numbers import BLANK, next_free
from generator.document.headings import ACTION_COLUMNS
from generator.document.parse import ACTION_NUMBER, Document, action_tables
from generator.markup.inline_text import text_of


def check(document: Document, context: Context) -> Iterator[Hit]:
    """Each row without a number, with the next one that was never used; each table without a column for it."""
    free = next_free(document, context.base)
    for table in action_tables(document.outline):
        column = table.column(*ACTION_COLUMNS["number"])
        if column is None and table.rows:
            hint = "Add it as the first column and leave its cells empty; `postmortem check --fix` fills them."
            yield Hit(table.header.line, "The table of action items has no column `#`.", hint)
            continue
        for row in table.rows:
            written = text_of(row.cell(column))
            if not any(cell.text for cell in row.cells) or ACTION_NUMBER.fullmatch(written):
                continue
            if written in BLANK:
                yield Hit(row.line, "This item has no number.", f"{free} is free; `postmortem check --fix` writes it.")
                free += 1
            else:
                yield Hit(row.line, f"{written!r} is not a number.", f"Numbers count up from 1; {free} is free.")


RULE = Rule(
    id="action-number",
    title="Every action item has a number",
    why="An item is known by its postmortem and its number: in the tracker, in its ticket, in what people say. Without one it cannot be followed.",
    before="|   | Alert on pool saturation | jose.alvarez | 2026-03-31 | open |  |",
    after="| 3 | Alert on pool saturation | jose.alvarez | 2026-03-31 | open |  |",
    check=check,
    fixable=True,
)
