"""No two documents share a Jira issue."""

from collections.abc import Iterator

from generator.check.rule import ALWAYS_ERROR, Hit, Rule, Summary, SummaryIndex
from generator.check.rules.duplicates import duplicates


def across(summary: Summary, index: SummaryIndex) -> Iterator[Hit]:
    """The other files with the same `jira`."""
    hint = "Remove the key where it was copied by mistake; the next sync gives that document an issue of its own."
    yield from duplicates(summary, "jira", index.issues, hint)


RULE = Rule(
    id="duplicate-jira",
    title="No two documents share a Jira issue",
    why="`sync` keeps one issue and one document alike. With two documents, each run would overwrite what the last one wrote.",
    before="INC-2026-0042-checkout.md: `jira: INCIDENT-456`\nINC-2026-0043-search.md: `jira: INCIDENT-456`",
    after="INC-2026-0042-checkout.md: `jira: INCIDENT-456`\nINC-2026-0043-search.md: `jira: INCIDENT-457`",
    across=across,
    **ALWAYS_ERROR,
)
