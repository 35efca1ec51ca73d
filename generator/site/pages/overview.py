"""The first page: what this archive is, how it stands, what is new and what is worth reading again."""

from generator.document import metrics, query
from generator.document.model import Status
from generator.markup.inline_text import paragraphs
from generator.site.pages import actions_page, chart, index
from generator.site.pages.actions_page import tile
from generator.site.pages.front import front_matter
from generator.site.pages.html import count, esc, link, relative
from generator.site.pages.postmortem import first_words
from generator.site.pages.site import LIST, SERVICES, TRACKER, Entry, Site, action_items

_NEWEST = 5
_URGENT = 5


def pages(site: Site) -> dict[str, str]:
    """The first page, by its path below the engine's docs folder."""
    return {"index.md": page(site)}


def page(site: Site) -> str:
    """The overview."""
    settings = site.settings
    meta = {"title": "Overview", "description": settings.description, "kind": "home", "hide": ["navigation", "toc"]}
    about = f"<p>{esc(settings.description)}</p>" if settings.description else ""
    blocks = [f'<header class="pm-head pm-hero">\n<h1>{esc(settings.title)}</h1>\n{about}\n</header>']
    if not site.entries:
        return front_matter(meta) + "\n\n".join([*blocks, index.empty()]) + "\n"
    blocks += [_tiles(site), _months(site), _columns(site)]
    return front_matter(meta) + "\n\n".join(block for block in blocks if block) + "\n"


def _tiles(site: Site) -> str:
    counts = metrics.action_counts(action_items(site.counted), site.as_of)
    took = metrics.spread(metrics.durations(e.known).mitigate for e in site.counted)
    services = sum(bool(group.counted) for group in site.services.values())
    writing = sum(entry.status is not Status.PUBLISHED for entry in site.counted)
    tiles = [
        tile(f"{len(site.counted):,}", "Postmortem" if len(site.counted) == 1 else "Postmortems", relative("", LIST)),
        tile(f"{services:,}", "Service" if services == 1 else "Services", relative("", SERVICES)),
        tile(
            f"{counts.unfinished:,}", "Open action" if counts.unfinished == 1 else "Open actions", relative("", TRACKER)
        ),
        tile(
            f"{counts.overdue:,}", "Overdue", relative("", TRACKER) + "?due=overdue", "late" if counts.overdue else ""
        ),
    ]
    if took.median is not None:
        tiles.append(tile(metrics.in_words(took.median), f"Median time to mitigate (n = {took.n})"))
    if writing:
        tiles.append(tile(f"{writing:,}", "Being written", relative("", LIST) + "?status=draft&status=in-review"))
    return f'<ul class="pm-tiles">\n{chr(10).join(tiles)}\n</ul>'


def _months(site: Site) -> str:
    drawn = chart.per_month(site.counted, site.settings, site.as_of)
    return (
        f'<section aria-labelledby="months">\n<h2 id="months">Incidents per month</h2>\n{drawn}\n</section>'
        if drawn
        else ""
    )


def _columns(site: Site) -> str:
    cards = "\n".join(index.card(entry, "", first_words(entry, 220)) for entry in site.entries[:_NEWEST])
    everything = link(relative("", LIST), f"All {count(len(site.entries), 'postmortem')}")
    newest = (
        f'<section aria-labelledby="newest">\n<h2 id="newest">Most recent</h2>\n<ul class="pm-cards">\n{cards}\n</ul>\n'
        f'<p class="pm-more">{everything}</p>\n</section>'
    )
    aside = "\n".join(piece for piece in (_urgent(site), _lesson(site), _busiest(site)) if piece)
    return f'<div class="pm-columns">\n{newest}\n<div>\n{aside}\n</div>\n</div>'


def _urgent(site: Site) -> str:
    rows = [
        row
        for row in site.actions
        if query.due_group(row[1], site.as_of, current=row[0].current) in {query.Due.OVERDUE, query.Due.THIS_WEEK}
    ]
    if not rows:
        return ""
    items = "\n".join(actions_page.brief(entry, item, "", site) for entry, item in rows[:_URGENT])
    more = link(relative("", TRACKER), "All action items")
    return (
        f'<section aria-labelledby="due">\n<h2 id="due">Due now</h2>\n<ul class="pm-brief">\n{items}\n</ul>\n'
        f'<p class="pm-more">{more}</p>\n</section>'
    )


def _lesson(site: Site) -> str:
    """One thing that only luck prevented: another each week, from published postmortems."""
    known = [(e, words) for e in site.counted if e.status is Status.PUBLISHED and (words := _luck(e))]
    if not known:
        return ""
    entry, words = known[site.built.isocalendar().week % len(known)]
    return (
        f'<section aria-labelledby="luck">\n<h2 id="luck">Where we got lucky</h2>\n<figure class="pm-quote">\n<blockquote><p>{esc(words)}</p></blockquote>\n'
        f"<figcaption>{link(relative('', entry.address), esc(entry.title))}</figcaption>\n</figure>\n</section>"
    )


def _luck(entry: Entry) -> str:
    section = entry.known.section("lucky")
    words = next((p.text for p in paragraphs(section.body) if p.in_list), "") if section else ""
    return words if 20 <= len(words) <= 320 and "TODO:" not in words else ""


def _busiest(site: Site) -> str:
    busy = [group for group in site.services.values() if group.counted]
    groups = sorted(busy, key=lambda g: (-len(g.counted), g.name.casefold()))[:8]
    if len(groups) < 2:
        return ""
    items = "\n".join(
        f"<li>{link(relative('', g.address), f'{esc(g.name)} <span>{len(g.counted):,}</span>')}</li>" for g in groups
    )
    return f'<section aria-labelledby="services">\n<h2 id="services">Services</h2>\n<ul class="pm-tags">\n{items}\n</ul>\n</section>'
