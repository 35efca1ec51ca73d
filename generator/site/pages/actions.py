"""Action items as HTML: the table on a postmortem's page, and the pieces that the tracker shares with it."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from generator.document import query
from generator.document.headings import ACTION_COLUMNS
from generator.document.model import ActionItem, ActionStatus, Postmortem
from generator.markup.inline_text import linked_texts, text_of
from generator.markup.markdown import Table
from generator.site.pages.html import esc, link, on, web_address
from generator.site.pages.prose import DocumentBody

_KEY = re.compile(r"[A-Z][A-Z0-9_]+-\d+")
# A bare address, or an issue as GitHub writes it: `owner/name#12`, at most as long as GitHub allows.
_ADDRESS = re.compile(
    r"(https?://[^\s<>]+)|(?<![\w/.#-])([A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100})#([1-9][0-9]{0,11})(?![\w-])"
)
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


def ticket(cell: str, jira: str = "") -> str:
    """The ticket cell with its http(s) addresses as links, named by their key where they have one.

    `owner/name#12` is a link to GitHub; a key that stands alone is one to the archive's Jira at the address `jira`.
    """
    alone = text_of(cell).strip()
    if jira and _KEY.fullmatch(alone):
        return link(f"{jira.rstrip('/')}/browse/{alone}", esc(alone))
    shown: list[str] = []
    for part in linked_texts(cell):
        address = web_address(part.href)
        named = address if part.text.strip() in {part.href, ""} else ""
        shown += [link(address, esc(_name(named) if named else part.text))] if address else _linked(part.text)
    return " ".join(" ".join(shown).split())


def _linked(text: str) -> Iterator[str]:
    """Plain words with the addresses and issues among them as links."""
    position = 0
    for match in _ADDRESS.finditer(text):
        address, repository, number = match.groups()
        address = web_address(f"https://github.com/{repository}/issues/{number}" if repository else address)
        words = match[0] if repository else _name(address)
        yield esc(text[position : match.start()])
        yield link(address, esc(words)) if address else esc(match[0])
        position = match.end()
    yield esc(text[position:])


def _name(address: str) -> str:
    """What a bare address is called: by the key of its issue where it has one."""
    key = _KEY.search(address.rpartition("/")[2])
    return key[0] if key else _short(address)


def _short(address: str) -> str:
    shown = re.sub(r"^https?://(?:www\.)?|/$", "", address)
    pull = re.fullmatch(r"[\w.-]+/[\w.-]+/([\w.-]+)/(?:-/)?(?:pull|issues|merge_requests)/(\d+)", shown)
    return f"{pull[1]}#{pull[2]}" if pull else shown if len(shown) <= 32 else f"{shown[:31]}…"


def block(
    table: Table,
    known: Postmortem,
    prose: DocumentBody,
    today: date,
    ids: dict[int, str],
    *,
    current: bool,
    jira: str = "",
) -> str:
    """One table of action items; `ids` gives the anchor of each row by its line, `jira` is where bare keys lead."""
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
        shown.append(("Ticket", lambda i: ticket(i.ticket, jira)))
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
