"""Action items as HTML: the table on a postmortem's page, and the pieces that the tracker shares with it."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from generator.document import query
from generator.document.headings import ACTION_COLUMNS
from generator.document.model import ActionItem, ActionStatus, Postmortem
from generator.document.tickets import mentions, without_comments
from generator.markup.inline_text import text_of
from generator.markup.markdown import Table
from generator.settings.model import Settings
from generator.site.pages.html import esc, link, on, web_address
from generator.site.pages.prose import DocumentBody

_CLASSES = {
    ActionStatus.OPEN: "open",
    ActionStatus.IN_PROGRESS: "going",
    ActionStatus.COMPLETED: "done",
    ActionStatus.WONT_DO: "wont",
}


def status(item: ActionItem) -> str:
    """The status as a chip; a word that is not known is shown as it is written."""
    if item.status is None:
        return f'<span class="chip">{esc(text_of(item.status_text))}</span>'
    return f'<span class="chip a-{_CLASSES[item.status]}">{str(item.status).capitalize()}</span>'


def due(item: ActionItem, today: date, *, current: bool) -> str:
    """The due date with a word where it has passed; an open item without one says so."""
    flags = query.flags(item, today, current=current)
    if item.due is None:
        shown = esc(item.due_text) if item.due_text else "no date" if "no date" in flags else ""
        return f'<span class="flag">{shown}</span>' if "no date" in flags and shown else shown
    late = ' <span class="flag late">overdue</span>' if "overdue" in flags else ""
    return on(item.due) + late


def owner(item: ActionItem, person: Callable[[str], str], today: date, *, current: bool) -> str:
    """Who has it; an open item without an owner says so."""
    if item.owner:
        return ", ".join(esc(person(name.strip())) for name in item.owner.split(",") if name.strip())
    return '<span class="flag">no owner</span>' if "no owner" in query.flags(item, today, current=current) else ""


def ticket(cell: str, settings: Settings, services: tuple[str, ...] = ()) -> str:
    """The ticket cell with every ticket in it as a link where its address is known; a bare address by a short name."""
    cell = without_comments(cell)
    pieces: list[str] = []
    position = 0
    for start, end, one in mentions(cell, settings, services):
        bare = cell[start:end].lstrip("<").startswith(one.address) if one.address else False
        shown = esc(_short(one.key, one.address) if bare else one.key)
        pieces += [_between(cell[position:start]), link(one.address, shown) if web_address(one.address) else shown]
        position = end
    pieces.append(_between(cell[position:]))
    return " ".join(piece for piece in pieces if piece)


def _between(words: str) -> str:
    """What stands beside tickets, without the marks that were around them."""
    return esc(text_of(words).strip("`*_ "))


def _short(key: str, address: str) -> str:
    """A short name for an address that stands bare in a cell: a key, a repository's name and number, or its beginning."""
    pull = re.search(r"/([\w.-]+)/(?:-/)?(?:pull|issues|merge_requests)/(\d+)/?$", address)
    shown = re.sub(r"^www\.", "", f"{pull[1]}#{pull[2]}" if pull else key)
    return shown if len(shown) <= 32 else f"{shown[:31]}…"


def block(
    table: Table,
    known: Postmortem,
    prose: DocumentBody,
    today: date,
    ids: dict[int, str],
    *,
    current: bool,
    settings: Settings,
) -> str:
    """One table of action items; `ids` gives the anchor of each row by its line, `settings` say where tickets lead."""
    usual = {name: table.column(*titles) for name, titles in ACTION_COLUMNS.items()}
    extra = [(i, cell.text) for i, cell in enumerate(table.header.cells) if i not in set(usual.values())]
    items = {item.line: item for item in known.actions}
    shown: list[tuple[str, Callable[[ActionItem], str]]] = [
        ("#", lambda i: str(i.number) if i.number is not None else "")
    ]
    shown.append(("Action", lambda i: prose.inline(i.action)))
    shown.append(("Owner", lambda i: owner(i, prose.person, today, current=current)))
    shown.append(("Due", lambda i: due(i, today, current=current)))
    shown.append(("Status", status))
    if usual["ticket"] is not None:
        shown.append(("Ticket", lambda i: ticket(i.ticket, settings, known.services)))
    shown += [
        (title, lambda i, name=name: prose.inline(getattr(i, name)))  # type: ignore[misc]  # a lambda's default has no type
        for name, title in (("type", "Type"), ("priority", "Priority"))
        if usual[name] is not None
    ]
    lines = []
    for row in table.rows:
        if (item := items.get(row.line)) is None:
            continue
        cells = [*(make(item) for _, make in shown), *(prose.inline(row.cell(i)) for i, _ in extra)]
        lines.append(_row(cells, [*(t for t, _ in shown), *(t for _, t in extra)], ids.get(row.line, ""), item))
    heads = [*(title for title, _ in shown), *(prose.inline(title) for _, title in extra)]
    head = "".join(f'<th scope="col">{title}</th>' for title in heads)
    return f'<table class="pm-actions">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{chr(10).join(lines)}\n</tbody>\n</table>'


def _row(cells: Sequence[str], titles: Sequence[str], anchor: str, item: ActionItem) -> str:
    finished = ' class="over"' if item.status is not None and item.status.done else ""
    named = f' id="{anchor}"' if anchor else ""
    shown = (
        f'<td data-t="{esc(text_of(title))}">{cell}</td>' if cell else "<td></td>"
        for title, cell in zip(titles, cells, strict=True)
    )
    return f"<tr{named}{finished}>{''.join(shown)}</tr>"


def anchors(known: Postmortem) -> dict[int, str]:
    """An anchor for each action item by its line: by number where that is the only one with it."""
    found: dict[int, str] = {}
    taken: set[str] = set()
    for item in known.actions:
        name = f"action-{item.number}" if item.number is not None else f"action-line-{item.line}"
        name = name if name not in taken else f"action-line-{item.line}"
        taken.add(name)
        found[item.line] = name
    return found
