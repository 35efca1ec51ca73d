"""The facts of a postmortem as Markdown for its issue: what its front matter says, with links to where it stands."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from generator.document.headings import ACTION_COLUMNS
from generator.document.model import ActionItem, Link
from generator.document.parse import Document, action_tables
from generator.document.tickets import ticket_of
from generator.markup import markdown
from generator.markup.escaping import URL, destination, escape
from generator.markup.inline_text import text_of
from generator.settings.model import Settings
from generator.sync.plan.facts import DocumentFacts

CHANNELS = frozenset({"channel", "chat", "slack"})
FOLLOW_UPS = frozenset({"follow-up", "followup", "ticket"})


def summary_facts(facts: DocumentFacts, settings: Settings) -> str:
    """Channel, severity, status, times, services, commander, and links to the record and the page, as a list."""
    stated = facts.stated
    return _listed(
        [
            ("Channel", _links((one for one in stated.links if _kind(one.type) in CHANNELS), settings)),
            ("Severity", escape(facts.severity)),
            ("Priority", escape(facts.priority)),
            ("Status", str(stated.status or "")),
            ("Started", moment(stated.started)),
            ("Detected", moment(stated.detected)),
            ("Services", escape(", ".join(stated.services))),
            ("Category", escape(stated.category)),
            ("Commander", escape(facts.leader)),
            ("Incident", reference(stated.incident, settings)),
            ("Postmortem", linked(facts.id or facts.page, facts.page)),
        ]
    )


def impact_facts(facts: DocumentFacts) -> str:
    """The affected systems, and when it was opened and closed, as a list."""
    when = facts.when
    qualifier = f" ({when.qualifier})" if when and when.qualifier else ""
    return _listed(
        [
            ("Affected systems", escape(", ".join(facts.stated.services))),
            ("Opened", f"{moment(when.at)}{qualifier}" if when and when.begins else ""),
            ("Closed", moment(facts.stated.resolved)),
            ("Total duration", facts.lasted),
        ]
    )


def follow_ups(facts: DocumentFacts, settings: Settings) -> str:
    """The tickets that the front matter links to, as a list of one."""
    links = facts.stated.links
    own = (one for one in links if _kind(one.type) in FOLLOW_UPS or _kind(one.relationship) == "follow-up")
    return _listed([("Follow-up", _links(own, settings))])


def action_table(items: Iterable[ActionItem], settings: Settings) -> str:
    """Action items as a table, for those that stand in another part of the document; empty without any."""
    rows = [
        [
            "" if item.number is None else str(item.number),
            item.action,
            escape(item.owner),
            item.due.isoformat() if item.due else escape(item.due_text),
            _status(item),
            _ticket(item.ticket, settings) or item.ticket,
        ]
        for item in items
    ]
    if not rows:
        return ""
    lines = [f"| {' | '.join(markdown.exact_cell(cell) for cell in row)} |" for row in rows]
    return "\n".join(["| # | Action | Owner | Due date | Status | Ticket |", "|---|---|---|---|---|---|", *lines])


def ticket_links(document: Document, settings: Settings) -> Iterator[tuple[int, int, str]]:
    """The spans of the bare keys in the ticket columns of the document's action items, each with a link for it."""
    for table in action_tables(document.outline):
        column = table.column(*ACTION_COLUMNS["ticket"])
        for row in table.rows if column is not None else ():
            if column is not None and column < len(row.cells):
                cell = row.cells[column]
                if link := _ticket(cell.text, settings):
                    yield cell.start, cell.end, link


def linked(words: str, address: str) -> str:
    """A link with these plain words; just the words where there is no address."""
    return f"[{escape(words, in_label=True)}]({destination(address)})" if address else escape(words)


def reference(value: str, settings: Settings) -> str:
    """Something that is named by a key, an address or words, as a link where it can be one."""
    ticket = ticket_of(value, settings)
    if ticket and ticket.address and ticket.tracker and value == ticket.key:
        return linked(value, ticket.address)
    if not URL.fullmatch(value):
        return escape(value)
    own = ticket is not None and value.endswith(f"/browse/{ticket.key}")
    return linked(ticket.key if ticket and own else value.partition("://")[2].rstrip("/") or value, value)


def _ticket(cell: str, settings: Settings) -> str:
    """The link for a cell that is the bare key of an issue whose address is known; empty for any other cell."""
    ticket = ticket_of(cell, settings)
    bare = ticket is not None and ticket.tracker and text_of(cell) == ticket.key and "](" not in cell
    return linked(ticket.key, ticket.address) if ticket and bare and ticket.address else ""


def _status(item: ActionItem) -> str:
    return str(item.status) if item.status else escape(item.status_text)


def _links(links: Iterable[Link], settings: Settings) -> str:
    shown = []
    for one in links:
        if one.title and URL.fullmatch(one.target):
            shown.append(linked(one.title, one.target))
        else:
            shown.append(f"{reference(one.target, settings)}{f' ({escape(one.title)})' if one.title else ''}")
    return ", ".join(shown)


def _kind(word: str) -> str:
    return re.sub(r"[\s_-]+", "-", word.strip().casefold())


def moment(at: datetime | None) -> str:
    """A time as people read it in a list; empty where there is none."""
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else ""


def _listed(rows: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"- **{name}:** {value}" for name, value in rows if value)
