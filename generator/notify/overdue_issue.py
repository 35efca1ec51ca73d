"""The one issue that lists overdue action items."""

from collections.abc import Callable, Sequence

from generator.document.audience import audience_of
from generator.document.model import ActionItem
from generator.document.parse import Document
from generator.markup.github_text import inert
from generator.markup.inline_text import text_of
from generator.settings.model import Settings

MARKER = "<!-- postmortem:overdue -->"
TITLE = "Overdue action items of postmortems"
NOTHING = f"{MARKER}\n\nNothing is overdue any more. Thank you!\n"
MOST = 150


def body(rows: Sequence[tuple[Document, ActionItem]], settings: Settings, link: Callable[[str, int], str]) -> str:
    """The issue's text: the items by severity, the longest overdue first; `link` makes the address of a file's line."""
    ordered = sorted(rows, key=lambda row: (settings.severity_rank(row[0].postmortem.severity), str(row[1].due)))
    lines = [_row(document, item, settings, link) for document, item in ordered[:MOST]]
    if len(ordered) > MOST:
        lines.append(f"- … and {len(ordered) - MOST} more: `postmortem actions --due overdue`")
    return (
        f"{MARKER}\n\nThese {len(rows)} were to be done by now."
        if len(rows) != 1
        else f"{MARKER}\n\nThis one was to be done by now."
    ) + (
        " Do it, move the date, or write `won't do` with the reason: each of them is a fine answer.\n\n"
        + "\n".join(lines)
        + "\n\nThis list is kept by a workflow; what is written here by hand is replaced.\n"
    )


def _row(document: Document, item: ActionItem, settings: Settings, link: Callable[[str, int], str]) -> str:
    known = document.postmortem
    if audience_of(document, settings).restricted:  # no title, and no path either, since its name says what happened
        name = inert(f"{known.id} #{item.number or '?'}" if known.id else "Restricted postmortem", 120)
        return f"- {name}: an action item of a restricted postmortem (due {item.due})"
    bare = item.owner.lstrip("@")
    person = settings.person(handle=bare, name=bare, email=bare) if bare else None
    owner = inert((person.name or person.handle) if person else bare, 80) or "nobody yet"
    name = inert(f"{known.id or document.path} #{item.number or '?'}", 120)
    facts = [inert(known.severity, 20), f"due {item.due}", f"owner: {owner}", inert(text_of(item.ticket), 120)]
    return f"- [{name}]({link(document.path, item.line)}) {inert(text_of(item.action), 200)} ({', '.join(f for f in facts if f)})"
