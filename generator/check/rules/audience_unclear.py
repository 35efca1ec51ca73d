"""It is clear who may read the document."""

from collections.abc import Iterator

from generator.check.rule import ALWAYS_ERROR, Context, Hit, Rule
from generator.document.audience import RULE as ID
from generator.document.audience import findings
from generator.document.parse import Document


def check(document: Document, context: Context) -> Iterator[Hit]:
    """Every line for which the document is kept restricted."""
    for finding in findings([document], context.settings):
        yield Hit(finding.line, finding.message, finding.hint)


RULE = Rule(
    id=ID,
    title="It is clear who may read the document",
    why=(
        "Who may read a document is stated in one line of front matter, `audience: public`, `internal` or `restricted`;"
        " without one the archive's `audience` holds. Where something else stands that somebody may have meant so,"
        " such as a misspelt word, a list, a second value, another key, a comment or front matter that cannot be read,"
        " nothing is guessed: the document is kept restricted on the site, in Jira, on GitHub, in Confluence and in Slack."
    ),
    before="audience: restriced, legal",
    after="audience: restricted",
    check=check,
    silenceable=False,
    **ALWAYS_ERROR,
)
