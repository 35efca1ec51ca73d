"""Postmortems as rows: the list of all of them with its facets, and the shorter lists of other pages."""

from collections import Counter
from collections.abc import Iterable, Sequence

from generator.document import metrics
from generator.document.model import Status
from generator.document.scope import Scope
from generator.site.pages.front import front_matter
from generator.site.pages.html import count, esc, link, occurred, relative, severity
from generator.site.pages.site import LIST, STATUS_WORDS, Entry, Site, action_items


def pages(site: Site) -> dict[str, str]:
    """The list, by its path below the engine's docs folder."""
    return {"postmortems/index.md": page(site)}


def page(site: Site) -> str:
    """The list, newest first."""
    meta = {
        "title": "Postmortems",
        "description": "Every postmortem of this archive, newest first.",
        "kind": "list",
        "hide": ["navigation", "toc"],
    }
    blocks = [
        '<header class="pm-head">\n<h1>Postmortems</h1>\n</header>',
        filters(
            "pm-list",
            [
                ("severity", "Severity", _severities(site)),
                ("service", "Service", _counted(name for entry in site.entries for name in entry.services)),
                ("type", "Type", _counted(entry.type for entry in site.entries)),
                ("year", "Year", sorted(_counted(_year(entry) for entry in site.entries), reverse=True)),
                ("status", "Status", _statuses(site)),
            ],
            count(len(site.entries), "postmortem"),
        ),
        table(site.entries, LIST, site, "pm-list") if site.entries else empty(),
    ]
    return front_matter(meta) + "\n\n".join(blocks) + "\n"


def empty() -> str:
    """What stands where there is nothing yet."""
    return '<p class="pm-empty">Nothing is published here yet. The first postmortem appears with the next build.</p>'


def filters(target: str, facets: Sequence[tuple[str, str, Sequence[tuple[str, str]]]], total: str) -> str:
    """The form that narrows a table down; each facet is (key, label, (value, shown)), and the query of the URL holds them."""
    fields = [
        '<label class="pm-q"><span>Text</span><input type="search" name="q" placeholder="Filter by text" autocomplete="off"></label>'
    ]
    for key, label, options in facets:
        shown = "".join(f'<option value="{esc(value)}">{esc(words)}</option>' for value, words in options)
        fields.append(
            f'<label><span>{label}</span><select name="{key}"><option value="">Any</option>{shown}</select></label>'
        )
    return (
        f'<form class="pm-filters" data-filters="{target}" role="search" aria-label="Filter">\n{chr(10).join(fields)}\n'
        f'<p class="pm-count"><output aria-live="polite" data-count>{total}</output> <button type="reset" hidden>Clear filters</button></p>\n</form>'
    )


def table(entries: Iterable[Entry], address: str, site: Site, name: str = "", *, by_service: bool = True) -> str:
    """A table of postmortems as it stands at `address`; `name` is the id that its filters refer to."""
    services = '<th scope="col">Services</th>' if by_service else ""
    rows = "\n".join(_row(entry, address, site, by_service=by_service) for entry in entries)
    identity = f' id="{name}" data-sortable' if name else ""
    columns = "" if by_service else " pm-slim"
    return (
        f'<table class="pm-list{columns}"{identity}>\n<thead><tr><th scope="col" aria-sort="descending">Date</th><th scope="col">Severity</th>'
        f'<th scope="col">Postmortem</th>{services}<th scope="col">Mitigated after</th><th scope="col">Open actions</th></tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody>\n</table>"
    )


def _row(entry: Entry, address: str, site: Site, *, by_service: bool) -> str:
    data = {
        "severity": entry.severity,
        "service": "|".join(name.replace("|", "/") for name in entry.services),
        "type": entry.type,
        "year": _year(entry),
        "status": str(entry.status),
    }
    data = data if by_service else {}
    attributes = "".join(f' data-{key}="{esc(value)}"' for key, value in data.items() if value)
    chip = _chip(entry)
    named = f"<small>{esc(entry.name)}{'' if entry.type == 'outage' else ' · ' + esc(entry.type)}</small>"
    title = f"<td>{link(relative(address, entry.address), esc(entry.title))}{chip} {named}</td>"
    services = f"<td>{esc(', '.join(entry.services))}</td>" if by_service else ""
    took = metrics.durations(entry.known).mitigate
    duration = (
        f'<td data-v="{took.total_seconds():.0f}">{metrics.in_words(took)}</td>'
        if took is not None
        else '<td data-v="-1">–</td>'
    )
    counts = metrics.action_counts(action_items([entry]), site.as_of)
    late = f' <span class="flag late">{counts.overdue} overdue</span>' if counts.overdue else ""
    number = f'<td data-v="{counts.unfinished}">{counts.unfinished or "–"}{late}</td>'
    date = occurred(entry.occurrence)
    return f'<tr{attributes}><td>{date}</td><td data-v="{entry.rank}">{severity(entry.severity, entry.rank)}</td>{title}{services}{duration}{number}</tr>'


def card(entry: Entry, address: str, words: str) -> str:
    """One postmortem with the beginning of its summary."""
    took = metrics.durations(entry.known).mitigate
    pieces = [
        occurred(entry.occurrence) if entry.day else "",
        esc(", ".join(entry.services)),
        f"mitigated after {metrics.in_words(took)}" if took is not None else "",
    ]
    chip = _chip(entry)
    told = f"<p>{esc(words)}</p>" if words else ""
    about = " · ".join(piece for piece in pieces if piece)
    return (
        f"<li>{severity(entry.severity, entry.rank)}<div><h3>{link(relative(address, entry.address), esc(entry.title))}{chip}</h3>{told}"
        f"<small>{about}</small></div></li>"
    )


def _chip(entry: Entry) -> str:
    """What the title of a sample, or of one that is not published, comes with."""
    words = "Sample" if entry.scope is Scope.SAMPLE else STATUS_WORDS[entry.status]
    if words == STATUS_WORDS[Status.PUBLISHED]:
        return ""
    return f' <span class="chip d-{entry.status}">{words}</span>'


def _year(entry: Entry) -> str:
    return str(entry.day.year) if entry.day else ""


def _counted(values: Iterable[str]) -> list[tuple[str, str]]:
    numbers = Counter(value for value in values if value)
    return [(name.replace("|", "/"), f"{name} ({numbers[name]:,})") for name in sorted(numbers, key=str.casefold)]


def _severities(site: Site) -> list[tuple[str, str]]:
    ranks = {entry.severity: entry.rank for entry in site.entries}
    return sorted(_counted(entry.severity for entry in site.entries), key=lambda pair: (ranks.get(pair[0], 0), pair[0]))


def _statuses(site: Site) -> list[tuple[str, str]]:
    numbers = Counter(entry.status for entry in site.entries)
    return [
        (str(status), f"{words} ({numbers[status]:,})") for status, words in STATUS_WORDS.items() if numbers[status]
    ]
