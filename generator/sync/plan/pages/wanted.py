"""The page of a document: its title, its place, its labels, and what it shows."""

import json
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from urllib.parse import unquote

from generator.document.model import Status
from generator.document.parse import Document
from generator.markup import fitting, storage_nodes, to_storage
from generator.markup.escaping import escape
from generator.markup.rendered import Rendered
from generator.settings.calendar import quarter
from generator.settings.model import Settings
from generator.sync.plan import fact_lists, identity
from generator.sync.plan.base import digest
from generator.sync.plan.facts import DocumentFacts
from generator.sync.plan.pages.model import File, WantedPage

LABEL = identity.LABEL
GROUP_MARK = f"{LABEL}-archive"
RENDERING = "1"  # counted up when the same document is shown otherwise, so that all pages are written anew
GROUP = re.compile(r"Postmortems \d{4}(?:-Q[1-4])?")
_SEVERITIES = ("Red", "Yellow", "Blue")  # most severe first; all others are grey
_STATUSES = {Status.PUBLISHED: "Green", Status.IN_REVIEW: "Yellow"}
_MORE = "The text is longer than Confluence takes. [All of it is on the postmortem's page]({link})."
_DOCUMENT = re.compile(r"[^\s()<>\[\]\"'|]+\.md\b")
_NO_LABEL = re.compile(r"[^\w-]+")


def wanted_page(
    facts: DocumentFacts,
    settings: Settings,
    *,
    files: Iterable[tuple[str, File]] = (),
    pages: Mapping[str, str] | None = None,
) -> WantedPage:
    """The page of a document.

    `files` are attachments by the paths that links use, `pages` the addresses of other documents by their paths in the
    archive.
    A restricted document gets one sentence. It depends on nothing but these, so that an unchanged document asks for
    nothing new on another day.
    """
    if facts.restricted:
        return _closed(facts, settings)
    held = dict(files)
    page = WantedPage(
        facts.id,
        identity.summary_line(f"#{facts.id} {facts.stated.title}"),
        group(facts, settings),
        _labels(facts, settings),
        _head(facts, settings),
        _text(facts.document, settings),
        facts.page,
        {**_documents(facts.document, pages or {}), **{path: file.name for path, file in held.items()}},
        tuple(held.values()),
    )
    return replace(page, digest=_digest(page))


def body(wanted: WantedPage, limit: int) -> str:
    """What the page shows in storage format, within `limit` bytes as it is sent; cut between blocks, with a link."""

    def render(markdown: str, *, base: str = "") -> Rendered:
        return to_storage.render(markdown, base=base, files=wanted.links)

    room = max(limit - _size(wanted.head), 0)
    fitted = fitting.fit([("", wanted.text)], room, render, link=wanted.base, more=_MORE, size=_size)
    return f"{wanted.head}{fitted.value}"


def mark(id: str) -> str:  # noqa: A002 - the field's name
    """The mark that is in a page from the moment it is created: an anchor by the name of the postmortem."""
    return storage_nodes.macro("anchor", **{"": identity.label(id)})


def is_marked(body: str, name: str) -> bool:
    """Whether a page has the mark of this name, be it in the words of Confluence."""
    anchors = re.findall(
        r'<ac:structured-macro\b[^>]*\bac:name="anchor"[^>]*>(.*?)</ac:structured-macro>', body, re.DOTALL
    )
    return any(f">{storage_nodes.text(name)}</ac:parameter>".casefold() in one.casefold() for one in anchors)


def id_label(id: str) -> str:  # noqa: A002 - the field's name
    """The label by which the page of a postmortem is found."""
    return _label(identity.label(id))


def group(facts: DocumentFacts, settings: Settings) -> str:
    """The title of the page that a postmortem lies below; empty without a date, or where nothing is set."""
    if facts.when is None or settings.confluence.archive_by == "nothing":
        return ""
    named = quarter(facts.when.day, settings.quarter_start)
    return f"Postmortems {named if settings.confluence.archive_by == 'quarter' else named.partition('-')[0]}"


def group_body() -> str:
    """What the page of a quarter or year shows: its mark and what lies below it."""
    children = storage_nodes.macro("children", sort="title")
    return f"<p>{storage_nodes.macro('anchor', **{'': GROUP_MARK})}</p>{children}"


def _closed(facts: DocumentFacts, settings: Settings) -> WantedPage:
    where = fact_lists.linked(facts.id or facts.page, facts.page)
    sentence = to_storage.phrase(f"This postmortem is restricted. Those who may read it find it here: {where}.")
    title = identity.summary_line(f"#{facts.id} Restricted postmortem")
    labels = (LABEL, id_label(facts.id))
    head = f"<p>{mark(facts.id)}{sentence}</p>"
    page = WantedPage(facts.id, title, group(facts, settings), labels, head, "", facts.page, closed=True)
    return replace(page, digest=_digest(page))


def _labels(facts: DocumentFacts, settings: Settings) -> tuple[str, ...]:
    words = (facts.severity, facts.stated.type, *facts.stated.services, *settings.confluence.labels)
    labels = (LABEL, id_label(facts.id), *(_label(one) for one in words))
    return tuple(dict.fromkeys(one for one in labels if one))


def _label(words: str) -> str:
    """Words as a label of Confluence, which has small letters and few signs."""
    return identity.valid_label(_NO_LABEL.sub("-", words.lower()).strip("-"))


def _head(facts: DocumentFacts, settings: Settings) -> str:
    where = fact_lists.linked(facts.id, facts.page)
    origin = to_storage.phrase(
        f"This page is written from the postmortem {where}, which is changed there; comments are welcome here."
    )
    rows = [(name, value) for name, value in _rows(facts, settings) if value]
    return "".join(
        [
            storage_nodes.macro("info", body=f"<p>{mark(facts.id)}{origin}</p>"),
            storage_nodes.macro("details", body=storage_nodes.facts_table(rows)),
            storage_nodes.macro("toc", maxLevel="3"),
        ]
    )


def _rows(facts: DocumentFacts, settings: Settings) -> Iterable[tuple[str, str]]:
    stated = facts.stated
    colour = _SEVERITIES[facts.rank] if facts.rank < len(_SEVERITIES) else "Grey"
    yield "Severity", storage_nodes.lozenge(facts.severity, colour) if facts.severity else ""
    status = _STATUSES.get(stated.status, "Grey") if stated.status else ""
    yield "Status", storage_nodes.lozenge(str(stated.status), status) if stated.status else ""
    times = (("Started", stated.started), ("Detected", stated.detected), ("Mitigated", stated.mitigated))
    for name, at in (*times, ("Resolved", stated.resolved)):
        yield name, fact_lists.moment(at)
    yield "Duration", storage_nodes.text(facts.lasted)
    yield "Services", storage_nodes.text(", ".join(stated.services))
    yield "Commander", storage_nodes.text(facts.leader)
    yield "Category", storage_nodes.text(stated.category)
    for name, value in (("Incident", stated.incident), ("Issue", stated.jira)):
        yield name, to_storage.phrase(fact_lists.reference(value, settings)) if value else ""
    related = (
        fact_lists.reference(one.target, settings) + (f" ({escape(one.title)})" if one.title else "")
        for one in stated.links
    )
    yield "Related", to_storage.phrase(", ".join(related)) if stated.links else ""


def _text(document: Document, settings: Settings) -> str:
    """The document without its front matter and its title, and with links for the keys of its tickets."""
    headings = document.outline.headings
    start = document.front.body
    pieces = []
    if headings and headings[0].level == 1 and sum(one.level == 1 for one in headings) == 1:
        pieces.append(document.text[start : headings[0].start])
        start = headings[0].end
    for begin, end, new in fact_lists.ticket_links(document, settings):
        if begin >= start:
            pieces += [document.text[start:begin], new]
            start = end
    return "".join([*pieces, document.text[start:]]).strip("\n")


def _documents(document: Document, pages: Mapping[str, str]) -> dict[str, str]:
    """The addresses of the other documents that the text links to, by the paths that links use."""
    home = posixpath.dirname(document.path)
    written = {posixpath.normpath(unquote(one)) for one in _DOCUMENT.findall(document.text)}
    places = {path: posixpath.normpath(posixpath.join(home, path)) for path in written}
    return {path: pages[place] for path, place in places.items() if pages.get(place)}


def _digest(wanted: WantedPage) -> str:
    links: Mapping[str, str] = dict(sorted(wanted.links.items()))
    content = [RENDERING, wanted.title, wanted.head, wanted.text, wanted.base, links]
    return digest(json.dumps(content, ensure_ascii=False))


def _size(value: object) -> int:
    """The bytes of a text as it is sent."""
    return len(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"))
