"""The facts of a postmortem as Markdown for its issue: what its front matter says, with links to where it stands."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from generator.document import metrics
from generator.document.headings import ACTION_COLUMNS
from generator.document.model import ActionItem, Link, Postmortem
from generator.document.parse import Document, action_tables
from generator.document.people import person_of
from generator.document.tickets import KEY
from generator.document.times import occurrence
from generator.markup import markdown
from generator.markup.escaping import URL, destination, escape
from generator.markup.inline_text import text_of
from generator.settings.model import Settings

CHANNELS = frozenset({"channel", "chat", "slack"})
FOLLOW_UPS = frozenset({"follow-up", "followup", "ticket"})

Browse = Callable[[str], str]  # the address of an issue, by its key


def severity_of(known: Postmortem, settings: Settings) -> str:
    """The archive's name of the severity; what it does not know stays as it is written."""
    return settings.severity_of(known.severity) or known.severity


def priority_of(severity: str, settings: Settings) -> str:
    """The priority that goes with a severity, empty where none is set."""
    wanted = severity.casefold()
    return next((name for word, name in settings.jira.priorities.items() if word.casefold() == wanted), "")


def summary_facts(known: Postmortem, settings: Settings, page: str, browse: Browse) -> str:
    """Channel, severity, status, times, services, commander, and links to the record and the page, as a list."""
    severity = severity_of(known, settings)
    leader = person_of(known.commander, settings)
    return _listed(
        [
            ("Channel", _links((one for one in known.links if _kind(one.type) in CHANNELS), browse)),
            ("Severity", escape(severity)),
            ("Priority", escape(priority_of(severity, settings))),
            ("Status", str(known.status or "")),
            ("Started", _moment(known.started)),
            ("Detected", _moment(known.detected)),
            ("Services", escape(", ".join(known.services))),
            ("Category", escape(known.category)),
            ("Commander", escape((leader.name or leader.handle) if leader else known.commander)),
            ("Incident", reference(known.incident, browse)),
            ("Postmortem", linked(known.id or page, page)),
        ]
    )


def impact_facts(known: Postmortem) -> str:
    """The affected systems, and when it was opened and closed, as a list."""
    when = occurrence(known)
    qualifier = f" ({when.qualifier})" if when and when.qualifier else ""
    return _listed(
        [
            ("Affected systems", escape(", ".join(known.services))),
            ("Opened", f"{_moment(when.at)}{qualifier}" if when and when.begins else ""),
            ("Closed", _moment(known.resolved)),
            ("Total duration", metrics.lasted(known)),
        ]
    )


def follow_ups(known: Postmortem, browse: Browse) -> str:
    """The tickets that the front matter links to, as a list of one."""
    wanted = (one for one in known.links if _kind(one.type) in FOLLOW_UPS or _kind(one.relationship) == "follow-up")
    return _listed([("Follow-up", _links(wanted, browse))])


def action_table(items: Iterable[ActionItem], browse: Browse) -> str:
    """Action items as a table, for those that stand in another part of the document; empty without any."""
    rows = [
        [
            "" if item.number is None else str(item.number),
            item.action,
            escape(item.owner),
            item.due.isoformat() if item.due else escape(item.due_text),
            _status(item),
            _ticket(item.ticket, browse) or item.ticket,
        ]
        for item in items
    ]
    if not rows:
        return ""
    lines = [f"| {' | '.join(markdown.exact_cell(cell) for cell in row)} |" for row in rows]
    return "\n".join(["| # | Action | Owner | Due date | Status | Ticket |", "|---|---|---|---|---|---|", *lines])


def ticket_links(document: Document, browse: Browse) -> Iterator[tuple[int, int, str]]:
    """The spans of the bare keys in the ticket columns of the document's action items, each with a link for it."""
    for table in action_tables(document.outline):
        column = table.column(*ACTION_COLUMNS["ticket"])
        for row in table.rows if column is not None else ():
            if column is not None and column < len(row.cells):
                cell = row.cells[column]
                if link := _ticket(cell.text, browse):
                    yield cell.start, cell.end, link


def linked(words: str, address: str) -> str:
    """A link with these plain words; just the words where there is no address."""
    return f"[{escape(words, in_label=True)}]({destination(address)})" if address else escape(words)


def reference(value: str, browse: Browse) -> str:
    """Something that is named by a key, an address or words, as a link where it can be one."""
    key = KEY.fullmatch(value)
    if key and (address := browse(value)):
        return linked(value, address)
    return linked(_short(value), value) if URL.fullmatch(value) else escape(value)


def _ticket(cell: str, browse: Browse) -> str:
    key = text_of(cell)
    address = browse(key) if KEY.fullmatch(key) and "](" not in cell else ""
    return linked(key, address) if address else ""


def _status(item: ActionItem) -> str:
    return str(item.status) if item.status else escape(item.status_text)


def _links(links: Iterable[Link], browse: Browse) -> str:
    shown = []
    for one in links:
        if one.title and URL.fullmatch(one.target):
            shown.append(linked(one.title, one.target))
        else:
            shown.append(f"{reference(one.target, browse)}{f' ({escape(one.title)})' if one.title else ''}")
    return ", ".join(shown)


def _short(address: str) -> str:
    key = KEY.fullmatch(address.rpartition("/browse/")[2])
    return key[0] if key else address.partition("://")[2].rstrip("/") or address


def _kind(word: str) -> str:
    return re.sub(r"[\s_-]+", "-", word.strip().casefold())


def _moment(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else ""


def _listed(rows: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"- **{name}:** {value}" for name, value in rows if value)
