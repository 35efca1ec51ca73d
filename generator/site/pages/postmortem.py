"""The page of one postmortem."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from urllib.parse import quote, urlsplit

from generator.document import metrics
from generator.document.parse import action_tables, timeline_tables
from generator.markup.inline_text import paragraphs
from generator.markup.markdown import Table
from generator.settings.model import Settings
from generator.site.pages import actions, facts, prose, timeline
from generator.site.pages.front import front_matter
from generator.site.pages.html import esc, link, occurred, relative, severity, web_address
from generator.site.pages.links import LinkTargets
from generator.site.pages.prose import DocumentBody, PagePart
from generator.site.pages.site import Entry, Problem, Site, person
from generator.site.pages.slugs import Anchors


@dataclass(frozen=True, slots=True)
class Body:
    """A document's text as HTML, with what it depends on: every link as written and what became of it."""

    parts: tuple[PagePart, ...]
    followed: Mapping[str, str | None]
    copies: Mapping[str, str]
    problems: tuple[Problem, ...]


def body(entry: Entry, settings: Settings, links: LinkTargets, today: date) -> Body:
    """Render the text of one postmortem; by far the longest part of the work."""
    known, source = entry.known, entry.document
    ids = actions.anchors(known)
    writer = DocumentBody(
        source.path, entry.address, links, lambda handle: person(settings, handle), Anchors({*ids.values(), "related"})
    )
    tables: dict[int, prose.Replaced] = {}
    for table in timeline_tables(source.outline):
        make = partial(timeline.block, timeline.rows(table, known), known, writer)
        tables[table.header.line] = (_last_line(table), make)
    for table in action_tables(source.outline):
        make = partial(actions.block, table, known, writer, today, ids, current=entry.current, settings=settings)
        tables[table.header.line] = (_last_line(table), make)
    front = source.front
    parts = writer.parts(source.text[front.body :], front.body_line, drop_title=entry.title, tables=tables)
    return Body(tuple(parts), writer.followed, writer.copies, tuple(writer.problems(source.text)))


def _last_line(table: Table) -> int:
    return table.rows[-1].line if table.rows else table.header.line + 1


def page(entry: Entry, body: Body, site: Site, near: Sequence[Entry]) -> str:
    """The staged page."""
    total, sections = metrics.checklist(entry.known)
    blocks = [facts.head(entry), facts.banner(entry), facts.phases(entry), facts.facts(entry, site)]
    if total.total:
        blocks.append(facts.progress(total, "Checklists"))
    for part in body.parts:
        blocks.append(prose.heading(part) if part.level else f'<div class="pm-prose">\n{part.html}\n</div>')
        if part.level and len(sections) > 1 and part.title in sections:
            blocks.append(facts.progress(sections[part.title], "Checklist"))
    blocks += [_related(entry, near), _tools(entry, site.settings)]
    meta = {
        "title": entry.title,
        "description": description(entry),
        "kind": "postmortem",
        "search": True,
        "hide": ["navigation"],
    }
    return front_matter(meta) + "\n\n".join(block for block in blocks if block) + "\n"


def description(entry: Entry) -> str:
    """One sentence about it: the beginning of the summary."""
    return first_words(entry, 180)


def first_words(entry: Entry, most: int) -> str:
    """The first paragraph of the summary as plain words, cut at a word's end; empty while it is still to be written."""
    section = entry.known.section("summary")
    words = next((paragraph.text for paragraph in paragraphs(section.body)), "") if section else ""
    if "TODO:" in words:
        return ""
    if len(words) <= most:
        return words
    whole = re.match(rf"(.{{60,{most}}}[.!?])\s", words)
    return whole[1] if whole else words[:most].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _related(entry: Entry, near: Sequence[Entry]) -> str:
    if not near:
        return ""
    items = "\n".join(
        f"<li>{severity(other.severity, other.rank)}"
        f"<div>{link(relative(entry.address, other.address), esc(other.title))}"
        f"<small>{occurred(other.occurrence) if other.day else esc(other.name)}{_shared(entry, other)}</small></div></li>"
        for other in near
    )
    return f'<section class="pm-related" aria-labelledby="related" data-pagefind-ignore="all">\n<h2 id="related">Related postmortems</h2>\n<ul class="pm-alike">\n{items}\n</ul>\n</section>'


def _shared(entry: Entry, other: Entry) -> str:
    names = [name for name in (*entry.services, *entry.tags) if name in {*other.services, *other.tags}]
    return f" · also {esc(', '.join(names[:3]))}" if names else ""


def repository(settings: Settings) -> str:
    """Where the archive's repository is browsed, with the part that some hosts put before `edit` and `blob`."""
    address = web_address(settings.repository.rstrip("/"))
    return f"{address}/-" if address and "gitlab" in (urlsplit(address).hostname or "") else address


def _tools(entry: Entry, settings: Settings) -> str:
    base = repository(settings)
    if not base:
        return ""
    place = f"{quote(settings.branch)}/{quote(entry.document.path)}"
    edit = link(f"{base}/edit/{place}", "Edit this page")
    history = link(f"{base}/commits/{place}", "History")
    return f'<nav class="pm-tools" aria-label="Source of this page" data-pagefind-ignore="all">{edit} {history}</nav>'
