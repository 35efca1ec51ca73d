"""No two documents share an id."""

from collections.abc import Iterator

from generator.check.rule import ALWAYS_ERROR, Hit, Rule, Summary, SummaryIndex
from generator.check.rules.duplicates import duplicates


def across(summary: Summary, index: SummaryIndex) -> Iterator[Hit]:
    """The other files with the same `id`."""
    hint = "Give the newer one the next free number, in its name as well."
    yield from duplicates(summary, "id", index.ids, hint)


RULE = Rule(
    id="duplicate-id",
    title="No two documents share an id",
    why="The id is a page's address. Of two documents with the same one, only one can be reached, and links to it may lead to the other.",
    before="INC-2026-0042-checkout.md: `id: INC-2026-0042`\nINC-2026-0042-search.md: `id: INC-2026-0042`",
    after="INC-2026-0042-checkout.md: `id: INC-2026-0042`\nINC-2026-0043-search.md: `id: INC-2026-0043`",
    across=across,
    **ALWAYS_ERROR,
)
