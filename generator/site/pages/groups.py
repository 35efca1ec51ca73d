"""Pages by service and by tag: an index with figures, and a page for each."""

from urllib.parse import urlencode

from generator.document import metrics
from generator.site.pages import actions_page, chart, index
from generator.site.pages.front import front_matter
from generator.site.pages.html import count, esc, link, occurred, relative
from generator.site.pages.site import LIST, SERVICES, TAGS, Group, Site, action_items

_SHOWN = 100


def pages(site: Site) -> dict[str, str]:
    """All pages of services and tags by their path below the engine's docs folder."""
    found = {"services/index.md": services(site), "tags/index.md": tags(site)}
    for group in site.services.values():
        found[f"{group.address}index.md"] = service(group, site)
    for group in site.tags.values():
        found[f"{group.address}index.md"] = tag(group, site)
    return found


def services(site: Site) -> str:
    """The index of services, those with most incidents first."""
    meta = {
        "title": "Services",
        "description": "Postmortems and open action items by service.",
        "kind": "services",
        "hide": ["navigation", "toc"],
    }
    rows = "\n".join(
        _service_row(g, site)
        for g in sorted(site.services.values(), key=lambda g: (-len(g.counted), g.name.casefold()))
    )
    head = "".join(
        f'<th scope="col"{sort}>{name}</th>'
        for name, sort in (
            ("Service", ""),
            ("Postmortems", ' aria-sort="descending"'),
            ("Last twelve months", ""),
            ("Open actions", ""),
            ("Median to mitigate", ""),
            ("Latest", ""),
        )
    )
    shown = f'<table class="pm-services" data-sortable>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>'
    title = '<header class="pm-head">\n<h1>Services</h1>\n<p>What broke, how often, and what is still to be done about it.</p>\n</header>'
    return front_matter(meta) + f"{title}\n\n{shown if site.services else index.empty()}\n"


def _service_row(group: Group, site: Site) -> str:
    known = next((s for s in site.settings.services if s.name == group.name), None)
    about = f"<small>{esc(known.description)}</small>" if known and known.description else ""
    counts = metrics.action_counts(action_items(group.counted), site.as_of)
    late = f' <span class="flag late">{counts.overdue} overdue</span>' if counts.overdue else ""
    took = metrics.spread(metrics.durations(e.known).mitigate for e in group.counted)
    median = f"{metrics.in_words(took.median)} <small>n = {took.n}</small>" if took.median is not None else "–"
    seconds = f"{took.median.total_seconds():.0f}" if took.median is not None else "-1"
    latest = group.entries[0]
    recent = [entry for _, members in chart.months(group.counted, site.as_of) for entry in members]
    return (
        f"<tr><td>{link(relative(SERVICES, group.address), esc(group.name))} {about}</td><td>{len(group.counted):,}</td>"
        f'<td data-v="{len(recent)}">{chart.sparkline(group.counted, site.as_of)}<span class="pm-quiet">{len(recent) or "–"}</span></td>'
        f'<td data-v="{counts.unfinished}">{counts.unfinished or "–"}{late}</td><td data-v="{seconds}">{median}</td>'
        f"<td>{link(relative(SERVICES, latest.address), occurred(latest.occurrence) if latest.day else esc(latest.name))}</td></tr>"
    )


def service(group: Group, site: Site) -> str:
    """The page of one service."""
    known = next((s for s in site.settings.services if s.name == group.name), None)
    about = f"<p>{esc(known.description)}</p>" if known and known.description else ""
    owners = ", ".join(esc(site.person(handle)) for handle in known.owners) if known else ""
    owned = f'<p class="pm-quiet">Owned by {owners}</p>' if owners else ""
    meta = {
        "title": group.name,
        "description": f"Postmortems and open action items of {group.name}.",
        "kind": "service",
        "hide": ["navigation", "toc"],
    }
    return front_matter(meta) + _group_page(group, site, "Service", about + owned, "service")


def tags(site: Site) -> str:
    """The index of tags, those in use most first."""
    meta = {"title": "Tags", "description": "Postmortems by tag.", "kind": "tags", "hide": ["navigation", "toc"]}
    order = sorted(site.tags.values(), key=lambda g: (-len(g.entries), g.name.casefold()))
    items = "\n".join(
        f"<li>{link(relative(TAGS, g.address), f'{esc(g.name)} <span>{len(g.entries):,}</span>')}</li>" for g in order
    )
    title = (
        '<header class="pm-head">\n<h1>Tags</h1>\n<p>What postmortems have in common across services.</p>\n</header>'
    )
    return front_matter(meta) + f'{title}\n\n<ul class="pm-tags">\n{items}\n</ul>\n'


def tag(group: Group, site: Site) -> str:
    """The page of one tag."""
    meta = {
        "title": group.name,
        "description": f"Postmortems tagged {group.name}.",
        "kind": "tag",
        "hide": ["navigation", "toc"],
    }
    return front_matter(meta) + _group_page(group, site, "Tag", "", "")


def _group_page(group: Group, site: Site, kind: str, about: str, key: str) -> str:
    rows = [row for row in site.actions_of(group) if actions_page.is_open(row, site)]
    counts = metrics.action_counts(action_items(group.counted), site.as_of)
    took = metrics.spread(metrics.durations(e.known).mitigate for e in group.counted)
    tiles = [actions_page.tile(f"{len(group.counted):,}", "Postmortem" if len(group.counted) == 1 else "Postmortems")]
    tiles.append(
        actions_page.tile(
            f"{counts.unfinished:,}",
            "Open action" if counts.unfinished == 1 else "Open actions",
            "#open-actions" if counts.unfinished else "",
        )
    )
    tiles.append(actions_page.tile(f"{counts.overdue:,}", "Overdue", "", "late" if counts.overdue else ""))
    if took.median is not None:
        tiles.append(actions_page.tile(metrics.in_words(took.median), f"Median time to mitigate (n = {took.n})"))
    blocks = [
        f'<header class="pm-head">\n<p class="pm-over"><span>{kind}</span></p>\n<h1>{esc(group.name)}</h1>\n{about}\n</header>',
        f'<ul class="pm-tiles">\n{chr(10).join(tiles)}\n</ul>',
        _listed(group, site, key),
    ]
    if rows:
        shown = actions_page.table(rows[:_SHOWN], group.address, site, "", "Open action items")
        more = relative(group.address, "actions/")
        left = f'<p class="pm-more"><a href="{more}">All action items</a></p>' if len(rows) > _SHOWN else ""
        blocks.append(
            f'<section aria-labelledby="open-actions">\n<h2 id="open-actions">Open action items</h2>\n{shown}{left}\n</section>'
        )
    return "\n\n".join(blocks) + "\n"


def _listed(group: Group, site: Site, key: str) -> str:
    shown = index.table(group.entries[:_SHOWN], group.address, site, by_service=False)
    left = ""
    if len(group.entries) > _SHOWN:
        words = f"{count(len(group.entries), 'postmortem')} in all"
        place = relative(group.address, LIST) + (f"?{urlencode({key: group.name})}" if key else "")
        left = f'<p class="pm-more">{link(place, words)}</p>'
    return f'<section aria-labelledby="all">\n<h2 id="all">Postmortems</h2>\n{shown}{left}\n</section>'
