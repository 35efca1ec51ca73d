"""No two documents describe the same incident."""

from collections.abc import Iterator

from generator.check.rule import ALWAYS_ERROR, Hit, Rule, Summary, SummaryIndex
from generator.check.rules.duplicates import duplicates


def across(summary: Summary, index: SummaryIndex) -> Iterator[Hit]:
    """The other files with the same `incident`."""
    hint = "Is it the same incident? Then merge them; else correct the key."
    yield from duplicates(summary, "incident", index.incidents, hint)


RULE = Rule(
    id="duplicate-incident",
    title="No two documents describe the same incident",
    why="Two postmortems of one incident drift apart, and each has half of the action items.",
    before="INC-2026-0042-checkout.md: `incident: OPS-1234`\nINC-2026-0043-payments.md: `incident: OPS-1234`",
    after="One document for OPS-1234; the other's text merged into it.",
    across=across,
    **ALWAYS_ERROR,
)
