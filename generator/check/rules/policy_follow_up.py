"""After the follow-up, every open item is on its way."""

from collections.abc import Iterator

from generator.check.rule import ALWAYS_ADVICE, Context, Hit, Rule
from generator.document.deadlines import due_dates
from generator.document.parse import Document


def check(document: Document, context: Context) -> Iterator[Hit]:
    """Each open item that is overdue, or has no ticket, although the day of the follow-up has passed."""
    known = document.postmortem
    deadline = due_dates(known, context.settings).follow_up
    if deadline is None or context.today <= deadline.day:
        return
    for item in known.actions:
        if item.status is not None and item.status.done:
            continue
        what = ""
        if item.due is not None and item.due < context.today:
            what = f"has been overdue since {item.due}"
        elif not item.ticket:
            what = "has no ticket"
        if what:
            message = f"The follow-up was on {deadline.day}, {deadline.rule}, and this item {what}."
            yield Hit(item.line, message, "Does it get a new date, another owner, or `won't do` with the reason?")


RULE = Rule(
    id="policy-follow-up",
    title="After the follow-up, every open item is on its way",
    why="Two weeks after the review somebody looks at what was promised. How many days later is set for each severity in the `policy` of site_config/archive.yml.",
    before="| 3 | Write the runbook | li.wei | 2026-04-10 | open |  |",
    after="| 3 | Write the runbook | li.wei | 2026-05-08 | in progress | OPS-9 |",
    check=check,
    **ALWAYS_ADVICE,
)
