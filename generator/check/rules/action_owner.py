"""Every action item has an owner whom the archive knows."""

import re
from collections.abc import Iterator

from generator.check.rule import Context, Hit, Rule
from generator.check.rules.people import unknown
from generator.document.finding import Level
from generator.document.parse import Document

_SEPARATOR = re.compile(r"\s*(?:[,;/&+]|\band\b)\s*")


def check(document: Document, context: Context) -> Iterator[Hit]:
    """Each open item that nobody owns, and each owner whom `people.yml` does not have."""
    for item in document.postmortem.actions:
        done = item.status is not None and item.status.done
        if not item.owner:
            if not done:
                yield Hit(
                    item.line, "This item has no owner.", "Who sees to it that it gets done? One handle is enough."
                )
        elif context.settings.people:
            names = [name for name in _SEPARATOR.split(item.owner) if name]
            for name, hint in ((name, unknown(name, context.settings)) for name in names):
                if hint:
                    message = f"The owner {name!r} is not in site_config/people.yml."
                    yield Hit(item.line, message, hint, Level.ADVICE if done else None)


RULE = Rule(
    id="action-owner",
    title="Every action item has a known owner",
    why="What everybody owns nobody does. The handle connects the item with a ticket's assignee and with reminders.",
    before="| 3 | Write the runbook |  | 2026-04-10 | open |  |",
    after="| 3 | Write the runbook | li.wei | 2026-04-10 | open |  |",
    check=check,
)
