"""The page of a document: its title, its place, its labels, and what it shows."""

import json
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from urllib.parse import unquote

from generator.document import metrics
from generator.document.audience import audience_of
from generator.document.model import Postmortem, Status
from generator.document.parse import Document
from generator.document.people import person_of
from generator.document.times import occurrence
from generator.markup import fitting, storage_nodes, to_storage
from generator.markup.escaping import escape
from generator.markup.rendered import Rendered
from generator.settings.calendar import quarter
from generator.settings.model import Settings
from generator.sync.plan import facts, identity
from generator.sync.plan.base import digest
from generator.sync.plan.facts import Browse
from generator.sync.plan.pages.model import File, WantedPage

LABEL = identity.LABEL
GROUP_MARK = f"{LABEL}-archive"
RENDERING = "1"  # counted up when the same document is shown otherwise, so that all pages are written anew
GROUP = re.compile(r"Postmortems \d{4}(?:-Q[1-4])?")
_SEVERITIES = ("Red", "Yellow", "Blue")  # gravest first; all others are grey
_STATUSES = {Status.PUBLISHED: "Green", Status.IN_REVIEW: "Yellow"}
_MORE = "The text is longer than Confluence takes. [All of it is on the postmortem's page]({link})."
_DOCUMENT = re.compile(r"[^\s()<>\[\]\"'|]+\.md\b")
_NO_LABEL = re.compile(r"[^\w-]+")


def page(
    document: Document,
    settings: Settings,
    *,
    address: str,
    browse: Browse,
    files: Iterable[tuple[str, File]] = (),
    pages: Mapping[str, str] | None = None,
) -> WantedPage:
    """The page of a document; `address` is where the site has it.

    `files` are attachments by the paths that links use, `pages` the addresses of other documents by their paths in the
    archive.
    A restricted document gets one sentence. It depends on nothing but these, so that an unchanged document asks for
    nothing new on another day.
    """
    known = document.postmortem
    if audience_of(document, settings).restricted:
        return _closed(known, settings, address)
    held = dict(files)
    found = WantedPage(
        known.id,
        identity.summary_line(f"#{known.id} {known.title}"),
        group(known, settings),
        _labels(known, settings),
        _head(known, settings, address, browse),
        _text(document, browse),
        address,
        {**_documents(document, pages or {}), **{path: file.name for path, file in held.items()}},
        tuple(held.values()),
    )
    return replace(found, digest=_digest(found))


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


def group(known: Postmortem, settings: Settings) -> str:
    """The title of the page that a postmortem lies below; empty without a date, or where nothing is set."""
    when = occurrence(known)
    if when is None or settings.confluence.archive_by == "nothing":
        return ""
    named = quarter(when.day, settings.quarter_start)
    return f"Postmortems {named if settings.confluence.archive_by == 'quarter' else named.partition('-')[0]}"


def group_body() -> str:
    """What the page of a quarter or year shows: its mark and what lies below it."""
    children = storage_nodes.macro("children", sort="title")
    return f"<p>{storage_nodes.macro('anchor', **{'': GROUP_MARK})}</p>{children}"


def _closed(known: Postmortem, settings: Settings, address: str) -> WantedPage:
    where = facts.linked(known.id or address, address)
    sentence = to_storage.phrase(f"This postmortem is restricted. Those who may read it find it here: {where}.")
    title = identity.summary_line(f"#{known.id} Restricted postmortem")
    labels = (LABEL, id_label(known.id))
    head = f"<p>{mark(known.id)}{sentence}</p>"
    found = WantedPage(known.id, title, group(known, settings), labels, head, "", address, closed=True)
    return replace(found, digest=_digest(found))


def _labels(known: Postmortem, settings: Settings) -> tuple[str, ...]:
    words = (facts.severity_of(known, settings), known.type, *known.services, *settings.confluence.labels)
    found = (LABEL, id_label(known.id), *(_label(one) for one in words))
    return tuple(dict.fromkeys(one for one in found if one))


def _label(words: str) -> str:
    """Words as a label of Confluence, which has small letters and few signs."""
    return identity.valid_label(_NO_LABEL.sub("-", words.lower()).strip("-"))


def _head(known: Postmortem, settings: Settings, address: str, browse: Browse) -> str:
    where = facts.linked(known.id, address)
    told = to_storage.phrase(
        f"This page is written from the postmortem {where}, which is changed there; comments are welcome here."
    )
    rows = [(name, value) for name, value in _facts(known, settings, browse) if value]
    return "".join(
        [
            storage_nodes.macro("info", body=f"<p>{mark(known.id)}{told}</p>"),
            storage_nodes.macro("details", body=storage_nodes.facts_table(rows)),
            storage_nodes.macro("toc", maxLevel="3"),
        ]
    )


def _facts(known: Postmortem, settings: Settings, browse: Browse) -> Iterable[tuple[str, str]]:
    severity = facts.severity_of(known, settings)
    rank = settings.severity_rank(severity)
    colour = _SEVERITIES[rank] if rank < len(_SEVERITIES) else "Grey"
    yield "Severity", storage_nodes.lozenge(severity, colour) if severity else ""
    status = _STATUSES.get(known.status, "Grey") if known.status else ""
    yield "Status", storage_nodes.lozenge(str(known.status), status) if known.status else ""
    times = (("Started", known.started), ("Detected", known.detected), ("Mitigated", known.mitigated))
    for name, at in (*times, ("Resolved", known.resolved)):
        yield name, _moment(at)
    yield "Duration", storage_nodes.text(metrics.lasted(known))
    yield "Services", storage_nodes.text(", ".join(known.services))
    leader = person_of(known.commander, settings)
    yield "Commander", storage_nodes.text((leader.name or leader.handle) if leader else known.commander)
    yield "Category", storage_nodes.text(known.category)
    for name, value in (("Incident", known.incident), ("Issue", known.jira)):
        yield name, to_storage.phrase(facts.reference(value, browse)) if value else ""
    shown = (
        facts.reference(one.target, browse) + (f" ({escape(one.title)})" if one.title else "") for one in known.links
    )
    yield "Related", to_storage.phrase(", ".join(shown)) if known.links else ""


def _text(document: Document, browse: Browse) -> str:
    """The document without its front matter and its title, and with links for the keys of its tickets."""
    headings = document.outline.headings
    start = document.front.body
    pieces = []
    if headings and headings[0].level == 1 and sum(one.level == 1 for one in headings) == 1:
        pieces.append(document.text[start : headings[0].start])
        start = headings[0].end
    for begin, end, new in facts.ticket_links(document, browse):
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


def _moment(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else ""


def _digest(wanted: WantedPage) -> str:
    links: Mapping[str, str] = dict(sorted(wanted.links.items()))
    told = [RENDERING, wanted.title, wanted.head, wanted.text, wanted.base, links]
    return digest(json.dumps(told, ensure_ascii=False))


def _size(value: object) -> int:
    """The bytes of a text as it is sent."""
    return len(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"))
