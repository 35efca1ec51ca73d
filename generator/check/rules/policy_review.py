"""The review took place in time."""

from collections.abc import Iterator

from generator.check.rule import ALWAYS_WARNING, Context, Hit, Rule
from generator.document.deadlines import due_dates
from generator.document.finding import Level
from generator.document.model import Status
from generator.document.parse import Document


def check(document: Document, context: Context) -> Iterator[Hit]:
    """A review that is due, was late, or is not recorded in a published document."""
    known = document.postmortem
    deadline = due_dates(known, context.settings).review
    if deadline is None:
        return
    due, rule = deadline.day, deadline.rule
    bound = None if deadline.binding else Level.ADVICE
    line = document.front.lines.get("reviewed", document.front.lines.get("resolved", 1))
    if known.reviewed is not None:
        if known.reviewed > due:
            message = f"The review on {known.reviewed} was late: it was due on {due}, {rule}."
            yield Hit(line, message, "What kept it from taking place sooner?", Level.ADVICE)
    elif document.front.values.get("reviewed"):
        return  # unreadable, and reported as that
    elif known.status is Status.PUBLISHED:
        yield Hit(
            line, "It is published, and does not say when it was reviewed.", "Add `reviewed:` and the day.", bound
        )
    elif context.today > due:
        message = f"The review was due on {due}, {rule}."
        yield Hit(line, message, "Set a date, hold it, and write the day into `reviewed:`.", bound)


RULE = Rule(
    id="policy-review",
    title="The review took place in time",
    why="After a week memories are reconstructions. How many working days a review may take is set for each severity in the `policy` of site_config/archive.yml; weekends and the holidays named there do not count.",
    before="status: draft\nresolved: 2026-03-17T16:46:00Z",
    after="status: in-review\nresolved: 2026-03-17T16:46:00Z\nreviewed: 2026-03-24",
    check=check,
    **ALWAYS_WARNING,
)
