"""A row's source leads somewhere."""

import re
from collections.abc import Iterator
from functools import lru_cache

from generator.check.rule import AT_MOST_WARNING, Context, Hit, Rule
from generator.check.text import reading
from generator.document.finding import Level
from generator.document.headings import NOBODY, TIMELINE_COLUMNS
from generator.document.parse import Document, timeline_tables
from generator.markup.inline_text import text_of

_REFERENCE = re.compile(r"(?<!\])\[([^\[\]^][^\[\]]{0,200})\](?![\[(])")
_CODE = re.compile(r"`[^`]*`")


def check(document: Document, context: Context) -> Iterator[Hit]:  # noqa: ARG001 - the shape of every check
    """Each source that is empty where the others are filled, or in brackets that lead nowhere.

    The name of a tool or a place (`Slack`, `Job log`) is a source. Footnotes, links and files have rules of their own.
    """
    for table in timeline_tables(document.outline):
        column = table.column(*TIMELINE_COLUMNS["source"])
        if column is None:
            continue
        cells = [(row.line, row.cell(column)) for row in table.rows if any(cell.text for cell in row.cells)]
        filled = sum(_named(cell) for _, cell in cells)
        for line, cell in cells:
            if not _named(cell):
                if filled and not cell.startswith("TODO"):
                    hint = "Where can a reader see it: a dashboard, a message, a log, a person who was there?"
                    yield Hit(line, "This row does not say where it comes from.", hint, Level.ADVICE)
            elif "[" in cell:
                yield from _dangling(document, line, cell)


@lru_cache(maxsize=1024)
def _named(cell: str) -> bool:
    return "://" in cell or not (cell.startswith("TODO") or text_of(cell).casefold().strip(" .:") in NOBODY)


def _dangling(document: Document, line: int, cell: str) -> Iterator[Hit]:
    known = {*reading(document).definitions, "x"}
    known.update(word.casefold() for link in document.postmortem.links for word in (link.type, link.title, link.target))
    for match in _REFERENCE.finditer(_CODE.sub("", cell)):
        if " ".join(match.group(1).casefold().split()) not in known:
            message = f"The source points to {match.group()}, which leads nowhere."
            yield Hit(line, message, f"Write `[{match.group(1)}](https://...)`, or the name without brackets.")


RULE = Rule(
    id="timeline-source",
    title="A row's source leads somewhere",
    why="A reader who doubts a row must be able to look where it comes from.",
    before="| 2026-03-15 14:35 | Alert pages the on-call | [alert] |",
    after="| 2026-03-15 14:35 | Alert pages the on-call | [alert](https://alerts.example.com/77) |",
    check=check,
    **AT_MOST_WARNING,
)
