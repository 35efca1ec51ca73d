"""The document was published in time."""

from collections.abc import Iterator

from generator.check.rule import ALWAYS_WARNING, Context, Hit, Rule
from generator.document.deadlines import due_dates
from generator.document.finding import Level
from generator.document.model import Status
from generator.document.parse import Document


def check(document: Document, context: Context) -> Iterator[Hit]:
    """A document that should be published by now, was late, or does not say since when it is."""
    known = document.postmortem
    deadline = due_dates(known, context.settings).publish
    if deadline is None:
        return
    due, rule = deadline.day, deadline.rule
    bound = None if deadline.binding else Level.ADVICE
    lines = document.front.lines
    if known.status is not Status.PUBLISHED:
        if context.today > due:
            message = f"It was to be published by {due}, {rule}."
            yield Hit(
                lines.get("status", 1), message, "What is missing? Publish what is agreed, the rest can follow.", bound
            )
    elif known.published is None:
        if not document.front.values.get("published"):
            message = "It is published, and does not say since when."
            yield Hit(lines.get("status", 1), message, "Add `published:` and the day.", bound)
    elif known.published > due:
        message = f"It was published on {known.published}, after {due}, {rule}."
        yield Hit(lines.get("published", 1), message, "What kept it from being published sooner?", Level.ADVICE)


RULE = Rule(
    id="policy-published",
    title="The document was published in time",
    why="Others can only learn from what they can read. How many days that may take is set for each severity in the `policy` of site_config/archive.yml.",
    before="status: in-review\nresolved: 2026-03-17T16:46:00Z",
    after="status: published\nresolved: 2026-03-17T16:46:00Z\npublished: 2026-03-24",
    check=check,
    **ALWAYS_WARNING,
)
