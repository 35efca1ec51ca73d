"""What a source says before anything is written: its metadata, title, day, facts, and whether it is a postmortem."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from generator.importer import blocks as structure
from generator.importer import facts, is_postmortem, links, metadata, naming, narrative, outline
from generator.importer.blocks import BlockKind, SourceBlock
from generator.importer.chronology import Era, dates_in, order_of
from generator.importer.facts import StatedFact
from generator.importer.is_postmortem import Judgement
from generator.importer.metadata import SourceMetadata
from generator.importer.note import Note

PICTURES = "imported"  # the folder of pictures that stood in the text as data
_BEGINNING = 30  # blocks in which a document introduces itself
_LONGEST = 3000  # characters of a block that are searched for a day; what follows is quoted or pasted
# Days around the document's own in which the incident may lie: it is written up within three months; a month after is
# the latest that a first paragraph speaks of, a review or a deadline.
_EARLIEST, _LATEST = -90, 30
_BLOG = {"layout", "author", "authors", "path", "permalink", "aliases", "redirect_from", "slug", "draft", "lastmod"}


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text to adopt: `path` is how the archive remembers it, `text` has Unix line breaks."""

    path: str
    text: str
    digest: str
    given: tuple[StatedFact, ...] = ()
    title: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Survey:
    """What is known of a source; `day` is that of the incident, `year` also where only that is known."""

    source: SourceText
    metadata: SourceMetadata
    body: str
    blocks: tuple[SourceBlock, ...]
    title: str
    era: Era
    day: date | None
    day_stated: str
    year: int | None
    own_id: str
    facts: tuple[StatedFact, ...]
    verdict: Judgement
    files: Mapping[str, bytes] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()


def source(
    path: str,
    text: str,
    *,
    digest: str = "",
    given: Sequence[StatedFact] = (),
    title: str = "",
    notes: Sequence[Note] = (),
) -> SourceText:
    """A source of this text; `digest` tells one version of it from another."""
    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    own = digest or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return SourceText(path, unix, own, tuple(given), title, tuple(notes))


def survey(given: SourceText) -> Survey:
    """Read a source; nothing is raised whatever it holds."""
    meta = metadata.read(given.text)
    text, files = links.extracted(given.text[meta.body :], lambda name: f"{PICTURES}/{name}")
    scanned = structure.scan(text, 0, meta.body_line)
    scanned = outline.with_headings(text, scanned, meta.body_line)
    stated = (*given.given, *facts.stated(meta.values, scanned))
    own_title = given.title or str(meta.values.get("title") or meta.values.get("Title") or "")
    title, origin = naming.title_of(own_title, scanned, given.path)
    era, origin_of_day = _era(given, meta, scanned, stated, title=title, text=text)
    story = narrative.narrate(scanned, era)
    days = [day for t in story.entries if (day := t.at.date() if t.at else t.day)]
    named = naming.year_in(given.path)
    day = era.day or next((day for day in days if day.year == named), next(iter(days), None))
    judged = is_postmortem.judge(given.path, title, meta.values, scanned, len(story.entries))
    ids = [fact.value for fact in stated if fact.field == "id" and fact.own]
    notes = [*given.notes, *meta.notes]
    if origin in {"file name", "text"}:
        notes.append(Note(1, f"the title is made from the {origin}: {title!r}"))
    return Survey(
        given, meta, text, scanned, title, era, day, origin_of_day if era.day else "timeline", day.year if day else era.year or naming.year_in(given.path),
        naming.own_id(ids, given.path, title), stated, judged, files, tuple(notes),
    )  # fmt: skip


def _era(
    given: SourceText,
    meta: SourceMetadata,
    scanned: Sequence[SourceBlock],
    stated: Sequence[StatedFact],
    *,
    title: str,
    text: str,
) -> tuple[Era, str]:
    """The day that the document is about, with where it is stated; and how the document writes its dates."""
    order = order_of(text)
    named = naming.day_in(given.path)
    written = _day_of_fact(facts.first(stated, "written"), Era(order=order))
    fact = facts.first(stated, "date")
    dated = _day_of_fact(fact, Era(named or written, order))
    near = Era(named or dated or written, order, None if named or dated or written else naming.year_in(given.path))
    # A blog's `date:` and file name are the day of publication: they count only behind what the text says.
    blog = bool({key.casefold() for key in meta.values} & _BLOG) or "_posts" in given.path
    record = fact is not None and (not fact.own or not blog)
    candidates = (
        (next(iter(dates_in(title, near, 1)), None), "title"),
        (_day_of_fact(facts.first(stated, "started", "detected"), near), "text"),
        (dated if record else None, "text"),
        (named if not blog else None, "file name"),
        (_spoken(scanned, near), "text"),
        (named, "file name"),
        (dated, "front matter"),
        (written, "text"),
        (_day_of_address(meta), "address"),
        (_first_day(scanned, near), "text"),
    )
    day, origin = next(((day, origin) for day, origin in candidates if day), (None, ""))
    return replace(near, day=day, year=None if day else near.year), origin


def _spoken(scanned: Sequence[SourceBlock], near: Era) -> date | None:
    """The first day that the beginning speaks of, unless it is far from the document's own day and so another story's."""
    early = (
        b
        for b in scanned[:_BEGINNING]
        if b.kind in {BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE}
        and b.section not in {"references", "action-items"}
    )
    spoken = next((day for b in early for day in dates_in(b.text[:_LONGEST], near, 1)), None)
    far = spoken and near.day and not _EARLIEST <= (spoken - near.day).days <= _LATEST
    return None if far else spoken


def _day_of_address(meta: SourceMetadata) -> date | None:
    addresses = (str(meta.values.get(key, "")) for key in ("path", "permalink", "slug", "url"))
    return next((day for address in addresses if (day := naming.day_in(address))), None)


def _first_day(scanned: Sequence[SourceBlock], near: Era) -> date | None:
    days = (day for b in scanned for day in dates_in(b.text[:_LONGEST], near, 1) if b.kind is not BlockKind.CODE)
    return next(days, None)


def _day_of_fact(fact: StatedFact | None, era: Era) -> date | None:
    return next(iter(dates_in(re.sub(r"(?<=\d)T(?=\d\d:)", " ", fact.value[:200]), era, 1)), None) if fact else None
