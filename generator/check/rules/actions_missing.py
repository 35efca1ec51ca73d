"""There is at least one action item."""

from collections.abc import Iterator

from generator.check.rule import Context, Hit, Rule
from generator.check.rules.sections_required import kind
from generator.check.text import reading
from generator.check.words import TODO, paragraphs
from generator.document.parse import Document


def check(document: Document, context: Context) -> Iterator[Hit]:  # noqa: ARG001 - the shape of every check
    """A section of action items without a table row; a lightweight review may say why nothing needs to change."""
    seen = reading(document)
    part = seen.part("action-items")
    if part is None or document.postmortem.actions:
        return
    text = seen.text_of(part)
    if TODO in text:
        return
    if any(line.lstrip().startswith(("- ", "* ", "+ ", "1.", "1)")) for line in text.split("\n")):
        hint = "Use a table with the columns #, Action, Owner, Due date, Status and Ticket; then they are followed up."
        yield Hit(part.line, "The action items are no table, so none of them is tracked.", hint)
    elif not (kind(document) == "lightweight" and any(paragraphs(text))):
        hint = "What would prevent it, show it sooner, or make it harmless? One thing that one person can do is enough."
        yield Hit(part.line, "There are no action items.", hint)


RULE = Rule(
    id="actions-missing",
    title="There is at least one action item",
    why="Without a change, the next incident is only a matter of time. Items in a table are tracked until they are done.",
    before="## Action items\n\n- Alert on pool saturation",
    after="## Action items\n\n| # | Action | Owner | Due date | Status | Ticket |\n|---|---|---|---|---|---|\n| 1 | Alert when 80 % of the pool is used for two minutes | jose.alvarez | 2026-03-31 | open | OPS-1192 |",
    check=check,
)
