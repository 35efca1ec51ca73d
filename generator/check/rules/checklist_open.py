"""No item of a security review is open."""

import re
from collections.abc import Iterator

from generator.check.rule import Context, Hit, Rule
from generator.check.rules.sections_required import kind
from generator.document.finding import Level
from generator.document.model import Status
from generator.document.parse import Document
from generator.markup.inline_text import text_of

_TICKET = re.compile(r"\b[A-Z][A-Z0-9_]+-\d+\b|https?://|(?<![\w/])#\d+\b")


def check(document: Document, context: Context) -> Iterator[Hit]:  # noqa: ARG001 - the shape of every check
    """Each open item once the review is published, in review how many there are; a draft is still being worked on."""
    known = document.postmortem
    still = [task for task in known.tasks if not task.done] if kind(document) == "security" else []
    if known.status is Status.IN_REVIEW and still:
        message = f"{len(still)} of {len(known.tasks)} items are open."
        yield Hit(
            still[0].line, message, "Tick what is done; what does not apply is ticked with the reason as evidence."
        )
    elif known.status is Status.PUBLISHED:
        for task in still:
            message = f"“{_short(text_of(task.text))}” is open in a published review."
            if _TICKET.search(task.evidence):
                yield Hit(task.line, message, "It is followed up elsewhere; tick it when that is done.", Level.ADVICE)
            else:
                hint = (
                    "Is it done? Then tick it and link the evidence. Is it not? Then link the ticket as its evidence."
                )
                yield Hit(task.line, message, hint)


def _short(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"


RULE = Rule(
    id="checklist-open",
    title="No item of a published security review is open",
    why="A published review says that the case is closed. An open item in it is forgotten, unless a ticket carries it on.",
    before="- [ ] Each new detection fired in a trial — owner: jose.alvarez; evidence:",
    after="- [x] Each new detection fired in a trial — owner: jose.alvarez; evidence: [SEC-0101](https://tickets.example.com/SEC-0101)",
    check=check,
)
