"""The action tracker: what was promised, by whom, until when; overdue first, SEV1 first."""

from collections.abc import Sequence

from generator.document import query
from generator.document.model import ActionItem, ActionStatus
from generator.document.query import Due
from generator.markup.inline_text import text_of
from generator.site.pages import actions
from generator.site.pages.front import front_matter
from generator.site.pages.html import count, esc, link, relative, severity
from generator.site.pages.index import filters
from generator.site.pages.site import TRACKER, Entry, Site, owners

Row = tuple[Entry, ActionItem]
GROUPS = (
    (Due.OVERDUE, "Overdue", ""),
    (Due.THIS_WEEK, "This week", ""),
    (Due.UPCOMING, "Upcoming", ""),
    (Due.NO_DATE, "Without a date", "Open, and nobody has said until when."),
    (
        Due.HISTORY,
        "History",
        "Open in postmortems that were imported, or lie before this archive: nobody is reminded of them.",
    ),
    (None, "Done", "Completed, or decided against."),
)
# What somebody is still to do; the other groups are folded away.
OPEN = (Due.OVERDUE, Due.THIS_WEEK, Due.UPCOMING, Due.NO_DATE)
_DONE_SHOWN, _OPEN_SHOWN = 200, 2000


def pages(site: Site) -> dict[str, str]:
    """The tracker, by its path below the engine's docs folder."""
    return {"actions/index.md": page(site)}


def page(site: Site) -> str:
    """The tracker."""
    meta = {
        "title": "Action items",
        "description": "What was promised after each incident, and how it stands.",
        "kind": "actions",
        "hide": ["navigation", "toc"],
    }
    groups = {due: [row for row in site.actions if _group_of(row, site) is due] for due, _, _ in GROUPS}
    unfinished = sum(len(groups[due]) for due in OPEN)
    blocks = [
        '<header class="pm-head">\n<h1>Action items</h1>\n</header>',
        _tiles(groups),
        filters(
            "pm-tracker",
            [
                ("owner", "Owner", _owners(site)),
                ("due", "Due", [(str(due or "done"), words) for due, words, _ in GROUPS if groups[due]]),
                ("status", "Status", [(str(status), str(status).capitalize()) for status in ActionStatus]),
                (
                    "severity",
                    "Severity",
                    [
                        (s.name, s.name)
                        for s in site.settings.severities
                        if any(e.severity == s.name for e, _ in site.actions)
                    ],
                ),
            ],
            count(unfinished, "open action item"),
        ),
        '<div id="pm-tracker">\n'
        + "\n".join(_group(due, words, about, groups[due], site) for due, words, about in GROUPS if groups[due])
        + "\n</div>",
    ]
    if not site.actions:
        blocks[1:] = ['<p class="pm-empty">No postmortem has action items yet.</p>']
    return front_matter(meta) + "\n\n".join(blocks) + "\n"


def _group_of(row: Row, site: Site) -> Due | None:
    entry, item = row
    return query.due_group(item, site.as_of, current=entry.current)


def is_open(row: Row, site: Site) -> bool:
    """Whether somebody is still to do it."""
    return _group_of(row, site) in OPEN


def _tiles(groups: dict[Due | None, list[Row]]) -> str:
    unowned = sum(not item.owner for due in OPEN for _, item in groups[due])
    tiles = [
        tile(f"{len(groups[due]):,}", words, f"?due={due}", "late" if due is Due.OVERDUE and groups[due] else "")
        for due, words, _ in GROUPS
        if due in OPEN
    ]
    tiles.append(tile(f"{unowned:,}", "Without an owner", "?owner=none", "warn" if unowned else ""))
    return f'<ul class="pm-tiles">\n{chr(10).join(tiles)}\n</ul>'


def tile(number: str, words: str, href: str = "", kind: str = "") -> str:
    """One figure with what it counts."""
    inner = f"<b>{number}</b> <span>{words}</span>"
    classes = f' class="{kind}"' if kind else ""
    return f"<li{classes}>{link(href, inner) if href else f'<div>{inner}</div>'}</li>"


def _group(due: Due | None, words: str, about: str, rows: Sequence[Row], site: Site) -> str:
    folded = due not in OPEN
    if due is None:
        rows = sorted(rows, key=lambda row: row[0].day.toordinal() if row[0].day else 0, reverse=True)
    shown = rows[: _DONE_SHOWN if folded else _OPEN_SHOWN]
    left = len(rows) - len(shown)
    more = f'<p class="pm-more">And {left:,} more, in <a href="../actions.csv">actions.csv</a>.</p>' if left else ""
    key = due or "done"
    body = f"{table(shown, TRACKER, site, str(key), words)}{more}"
    told = f"<p>{about}</p>\n" if about else ""
    number = f'<span class="pm-number">{len(rows):,}</span>'
    if folded:
        return f'<details class="pm-group" data-group><summary><h2 id="{key}">{words} {number}</h2></summary>\n{told}{body}\n</details>'
    return f'<section class="pm-group" data-group aria-labelledby="{key}">\n<h2 id="{key}">{words} {number}</h2>\n{told}{body}\n</section>'


def table(rows: Sequence[Row], address: str, site: Site, due: str, caption: str) -> str:
    """Action items of several postmortems."""
    lines = "\n".join(_row(entry, item, address, site, due) for entry, item in rows)
    head = "".join(
        f'<th scope="col">{name}</th>' for name in ("Severity", "Action", "Owner", "Due", "Status", "Ticket")
    )
    return f'<table class="pm-items" data-sortable aria-label="{esc(caption)}">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{lines}\n</tbody>\n</table>'


def _row(entry: Entry, item: ActionItem, address: str, site: Site, due: str) -> str:
    data = {
        "owner": "|".join(owners(site.settings, item.owner)) or "none",
        "due": due,
        "status": str(item.status or ""),
        "severity": entry.severity,
    }
    attributes = "".join(f' data-{key}="{esc(value)}"' for key, value in data.items() if value) if due else ""
    place = relative(address, f"{entry.address}#{actions.anchors(entry.known)[item.line]}")
    where = f"<small>{link(place, esc(entry.title))}</small>"
    when = item.due.isoformat() if item.due else "9999"
    return (
        f'<tr{attributes}><td data-v="{entry.rank}">{severity(entry.severity, entry.rank)}</td><td>{esc(text_of(item.action))} {where}</td>'
        f'<td>{actions.owner(item, site.person, site.as_of, current=entry.current)}</td><td data-v="{when}">{actions.due(item, site.as_of, current=entry.current)}</td>'
        f"<td>{actions.status(item)}</td><td>{actions.ticket(item.ticket, site.settings, entry.services)}</td></tr>"
    )


def _owners(site: Site) -> list[tuple[str, str]]:
    handles = {handle for _, item in site.actions for handle in owners(site.settings, item.owner)}
    return [*sorted(((h, site.person(h)) for h in handles), key=lambda pair: pair[1].casefold()), ("none", "Nobody")]


def brief(entry: Entry, item: ActionItem, address: str, site: Site) -> str:
    """One action item as a short entry of a list."""
    place = relative(address, f"{entry.address}#{actions.anchors(entry.known)[item.line]}")
    who = actions.owner(item, site.person, site.as_of, current=entry.current)
    return (
        f"<li>{severity(entry.severity, entry.rank)}<div>{link(place, esc(text_of(item.action)))}"
        f"<small>{who} · {actions.due(item, site.as_of, current=entry.current)}</small></div></li>"
    )
