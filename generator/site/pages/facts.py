"""The top of a postmortem's page: what it is, how long it took, and the facts at a glance."""

from collections.abc import Iterable

from generator.document import metrics
from generator.document.deadlines import due_dates
from generator.document.metrics import Progress
from generator.document.model import Link, Status
from generator.document.scope import Scope
from generator.site.pages.html import count, day, esc, link, moment, occurred, on, relative, severity, web_address
from generator.site.pages.site import STATUS_WORDS, Entry, Site
from generator.site.pages.timeline import TURNS

_RELATIONSHIPS = {
    "caused_by": "Caused by",
    "fixed_by": "Fixed by",
    "status_page": "Status page",
    "related_to": "Related",
}
_TYPES = {"channel": "Channel", "alert": "Alerts", "release": "Releases", "ticket": "Tickets", "page": "Links"}


def head(entry: Entry) -> str:
    """Severity, type, day and id above the title."""
    shown = severity(entry.severity, entry.rank, ' data-pagefind-filter="severity" data-pagefind-meta="severity"')
    kind = f"<span>{esc(entry.type.replace('-', ' ').capitalize())}</span>"
    date = occurred(entry.occurrence, more=' data-pagefind-meta="date"') if entry.day else ""
    name = f'<span class="pm-id">{esc(entry.name)}</span>'
    over = "\n".join(piece for piece in (shown, kind, date, name) if piece)
    title = f'<h1 data-pagefind-meta="title">{esc(entry.title)}</h1>'
    return f'<header class="pm-head">\n<p class="pm-over">\n{over}\n</p>\n{title}\n</header>'


def banner(entry: Entry) -> str:
    """What a reader must know of a document that is a sample, or not published yet; empty for any other."""
    if entry.scope is Scope.SAMPLE:
        words = "<strong>Sample.</strong> This is an invented example of a finished postmortem; no figure counts it."
        return f'<div class="pm-banner pm-sample" data-pagefind-ignore>{words}</div>'
    todos = len(entry.known.todos)
    open_places = f" {count(todos, 'place')} {'is' if todos == 1 else 'are'} marked TODO." if todos else ""
    if entry.status is Status.DRAFT:
        words = f"<strong>Draft.</strong> This is being written: facts may be missing or change.{open_places}"
    elif entry.status is Status.IN_REVIEW:
        words = (
            f"<strong>In review.</strong> The text is complete and being discussed; it may still change.{open_places}"
        )
    else:
        return ""
    return f'<div class="pm-banner pm-{entry.status}" data-pagefind-ignore>{words}</div>'


def phases(entry: Entry) -> str:
    """From the start to detection, mitigation and resolution: a bar in proportion, and those of the times that are known."""
    known = entry.known
    if not (known.started or known.detected or known.mitigated or known.resolved):
        return ""
    took = metrics.durations(known)
    marks = [("detected", took.detect), ("mitigated", took.mitigate), ("resolved", took.resolve)]
    bar: list[str] = []
    before = 0.0
    for name, duration in marks:
        if duration is not None and duration.total_seconds() > before:
            seconds = duration.total_seconds()
            bar.append(f'<i class="pm-{name}" style="flex-grow:{seconds - before:.0f}"></i>')
            before = seconds
    cells: list[str] = []
    if known.started is not None:
        begun = moment(known.started, f"<b>{known.started:%H:%M} UTC</b> {day(known.started)}")
        cells.append(f'<div class="pm-started"><dt>Started</dt><dd>{begun}</dd></div>')
    for name, duration in marks:
        at = getattr(known, name)
        if at is not None:
            after = f"<b>{metrics.in_words(duration)}</b> " if duration is not None else ""
            shown = f"{after}{moment(at, _clock(entry, name))}"
            cells.append(
                f'<div class="pm-{name}"><dt>{TURNS[name]}{" after" if after else ""}</dt><dd>{shown}</dd></div>'
            )
    drawn = f'<div class="pm-bar" aria-hidden="true">{"".join(bar)}</div>\n' if bar else ""
    return f'<section class="pm-phases" aria-label="Course of the incident" data-pagefind-ignore>\n{drawn}<dl>{"".join(cells)}</dl>\n</section>'


def _clock(entry: Entry, name: str) -> str:
    at, start = getattr(entry.known, name), entry.known.started
    same = start is not None and name != "started" and at.date() == start.date()
    return f"{at:%H:%M} UTC" if same else f"{day(at)}, {at:%H:%M} UTC"


def facts(entry: Entry, site: Site) -> str:
    """The facts that are not in the text, as a description list."""
    known = entry.known
    services = (
        link(
            relative(entry.address, site.services[name].address),
            f'<span data-pagefind-filter="service">{esc(name)}</span>',
        )
        for name in entry.services
    )
    tags = (link(relative(entry.address, site.tags[name].address), esc(name), ' class="tag"') for name in entry.tags)
    due, unpublished = due_dates(known, site.settings), entry.status is not Status.PUBLISHED
    rows = [
        ("Services", _list(services)),
        ("Commander", esc(site.person(known.commander)) if known.commander else ""),
        ("Written by", ", ".join(esc(site.person(name)) for name in known.authors)),
        ("Incident", _reference(known.incident)),
        ("Jira", _reference(known.jira)),
        *_linked(known.links),
        ("Category", esc(known.category)),
        ("Tags", _list(tags, " ")),
        ("Status", STATUS_WORDS[entry.status] + (f" on {on(known.published)}" if known.published else "")),
        ("Reviewed", on(known.reviewed) if known.reviewed else ""),
        ("Review due", on(due.review.day) if due.review and not known.reviewed and unpublished else ""),
        ("Publication due", on(due.publish.day) if due.publish and unpublished else ""),
        ("Audience", str(entry.audience).capitalize()),
    ]
    shown = "\n".join(f"<div><dt>{title}</dt><dd>{value}</dd></div>" for title, value in rows if value)
    return f'<dl class="pm-facts" data-pagefind-ignore>\n{shown}\n</dl>'


def _list(items: Iterable[str], between: str = ", ") -> str:
    return between.join(items)


def _reference(value: str) -> str:
    address = web_address(value)
    return link(address, esc(address.rstrip("/").rpartition("/")[2])) if address else esc(value)


def _linked(links: Iterable[Link]) -> list[tuple[str, str]]:
    """The front matter's links, gathered by what they are to the incident."""
    rows: dict[str, list[str]] = {}
    for item in links:
        kind = esc(item.type.replace("_", " ").capitalize())
        name = _RELATIONSHIPS.get(item.relationship) or _TYPES.get(item.type) or kind
        address = web_address(item.target)
        words = item.title or (_named(address) if address else item.target)
        rows.setdefault(name, []).append(link(address, esc(words)) if address else esc(words))
    return [(name, ", ".join(items)) for name, items in rows.items()]


def _named(address: str) -> str:
    bare = address.partition("://")[2].partition("?")[0].rstrip("/")
    host, _, rest = bare.partition("/")
    last = rest.rpartition("/")[2]
    return f"{host} · {last}" if last and len(last) <= 24 else host


def progress(done: Progress, label: str) -> str:
    """How much of a checklist is done, in words and as a bar."""
    words = f"{label}: {done.done} of {done.total} done"
    full = " pm-full" if done.total and done.done == done.total else ""
    return f'<div class="pm-progress{full}" data-pagefind-ignore><span>{esc(words)}</span><i style="width:{done.percent}%"></i></div>'
