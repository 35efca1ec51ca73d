"""What the tickets of a postmortem's action items shall hold.

Of a restricted document's items only number, owner, due date, status and priority are told, and its tickets are made in
the general project: a service's own would say what was affected. See `document.audience`.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from generator.document.audience import audience_of
from generator.document.model import ActionItem, ActionStatus
from generator.document.parse import Document
from generator.document.people import handle_of
from generator.document.tickets import KEY
from generator.markup.escaping import escape
from generator.markup.inline_text import text_of
from generator.settings.model import Service, Settings
from generator.sync.plan import facts, identity
from generator.sync.plan.trackers import JIRA, Place

LABEL = "action-item"
_LINK = re.compile(r"\[([^\[\]]+)\]\(<?([^\s()<>]+)>?(?:\s[^()]*)?\)|<?(https?://[^\s<>]+)>?")
_FIRST = re.compile(r"\S*?(?=[,;(]|\s|$)")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WantedItem:
    """An action item's ticket as the document wants it.

    `owner` is the handle of the first who is named, or the name as it is written. `ticket` is the cell as written,
    `key` the key of an issue of our Jira in it. `action` is the cell as written, for comparing and never to be sent;
    `cut` is whether `summary` says less than it, so that it must not be taken back into the file. `mark` is the one of
    its labels that says whose it is.
    """

    number: int
    summary: str
    markdown: str
    labels: tuple[str, ...]
    owner: str
    due: date | None
    priority: str
    status: ActionStatus | None
    ticket: str
    key: str
    project: str
    issue_type: str
    cut: bool
    action: str = ""
    status_text: str = ""
    mark: str = ""
    place: Place = JIRA


def wanted_items(document: Document, settings: Settings, *, page: str) -> tuple[WantedItem, ...]:
    """The tickets of a document's action items in the order of their rows.

    Left out are rows without a number or an action, those whose action is still `TODO:`, and those that share a number
    (see `repeated`): which of them has the ticket, only people know. `page` is the postmortem's address.
    """
    known = document.postmortem
    closed = audience_of(document, settings).restricted
    severity = facts.severity_of(known, settings)
    project, issue_type = _place((), settings) if closed else _place(known.services, settings)
    doubles = repeated(document)
    found = []
    for item in known.actions:
        words = identity.summary_line(text_of(item.action), limit=len(item.action) * 2 + 1)
        if item.number is None or item.number in doubles or not words or words.casefold().startswith("todo:"):
            continue
        summary = identity.summary_line(words)
        text = _text(item, known.id, "" if closed else known.title, severity, page)
        if closed:
            summary = f"Action item {item.number} of a restricted postmortem"
        grave = identity.valid_label(severity.lower())
        found.append(
            WantedItem(
                item.number,
                summary,
                text if closed else f"{_BREAK.sub(' ', item.action)}\n\n{text}{_kind(item)}",
                tuple(one for one in (LABEL, grave, identity.label(known.id, item.number)) if one),
                handle_of(re.split(r"[,&/]", item.owner)[0], settings),
                item.due,
                _priority(item, severity, settings),
                item.status,
                item.ticket,
                key_of(item.ticket, settings.jira.url),
                project,
                issue_type,
                summary != words,
                item.action,
                item.status_text,
                identity.label(known.id, item.number),
            )
        )
    return tuple(found)


def cell_of(words: str) -> str:
    """Plain words as a cell that shows them, with as few signs of Markdown as that takes."""
    return words if text_of(words) == words else escape(words)


def repeated(document: Document) -> frozenset[int]:
    """The numbers that several action items of a document have."""
    counts = Counter(item.number for item in document.postmortem.actions if item.number is not None)
    return frozenset(number for number, times in counts.items() if times > 1)


def key_of(ticket: str, site: str) -> str:
    """The key of our Jira's issue in a ticket cell that begins with one; empty for other trackers' tickets.

    It is bare, the words of a link to an issue of that name, or part of an address `<site>/browse/<key>`.
    """
    cell = ticket.strip().strip("`*_").strip()
    link = _LINK.match(cell)
    if not link:
        first = _FIRST.match(cell)
        return first[0] if first and KEY.fullmatch(first[0]) else ""
    words, address = text_of(link[1] or ""), link[2] or link[3]
    key = _browsed(address)
    return key if key and (words == key or _on(address, site)) else ""


def _browsed(address: str) -> str:
    """The key at the end of an address such as `https://jira.example.com/browse/OPS-7?focusedId=1`."""
    try:
        path = urlsplit(address).path
    except ValueError:
        return ""
    name = path.rstrip("/").rpartition("/browse/")[2]
    return name if KEY.fullmatch(name) else ""


def _on(address: str, site: str) -> bool:
    return bool(site) and address.casefold().startswith(f"{site.rstrip('/')}/browse/".casefold())


def _text(item: ActionItem, id: str, title: str, severity: str, page: str) -> str:  # noqa: A002 - the field's name
    told = [("Severity", escape(severity)), ("Due", item.due.isoformat() if item.due else "")]
    rows = [f"- **{name}:** {value}" for name, value in told if value]
    return "\n".join(
        [f"Action item {item.number} of {facts.linked(f'{id} {title}'.strip(), page)}", "", *rows]
    ).rstrip()


def _kind(item: ActionItem) -> str:
    kind = text_of(item.type)
    return f"\n- **Type:** {escape(kind)}" if kind else ""


def _place(services: tuple[str, ...], settings: Settings) -> tuple[str, str]:
    """Project and issue type: those of the first service that has a project, else of the first that has a type."""
    jira, own = settings.jira, list(services_of(services, settings))
    first = next((one for one in own if one.jira_project), None) or next((s for s in own if s.jira_issue_type), None)
    project = first.jira_project if first else ""
    kind = first.jira_issue_type if first else ""
    return project or jira.action_project or jira.project, kind or jira.action_issue_type


def services_of(names: tuple[str, ...], settings: Settings) -> Iterator[Service]:
    """The services of the settings that go by these names, in the document's order."""
    for name in names:
        wanted = name.casefold()
        yield from (s for s in settings.services if wanted in {s.name.casefold(), *(a.casefold() for a in s.aliases)})


def _priority(item: ActionItem, severity: str, settings: Settings) -> str:
    own = text_of(item.priority).casefold()
    return facts.priority_of(severity, settings) or next(
        (name for name in settings.jira.priorities.values() if own and name.casefold() == own), ""
    )
