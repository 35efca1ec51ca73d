"""A surveyed source as a document of the archive: front matter, tables, links; and proof that no word was lost."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from generator.document.parse import parse
from generator.importer import actions, facts, header, links, metadata, narrative, word_count
from generator.importer.blocks import BlockKind, SourceBlock
from generator.importer.narrative import ReportedEntry, Story
from generator.importer.note import Note
from generator.importer.survey import Survey
from generator.settings.model import Settings


@dataclass(frozen=True, slots=True)
class ConvertedDocument:
    """A document ready to be written: `folder` is where its files go, `files` the pictures that stood in its text."""

    id: str
    name: str
    text: str
    title: str
    day: date | None
    entries: tuple[ReportedEntry, ...]
    actions: int
    notes: tuple[Note, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Wishes:
    """What an attempt may change; each gives way where it would lose something."""

    timeline: bool = True
    actions: bool = True
    links: bool = True
    block: bool = False


def compose(
    survey: Survey, identity: str, name: str, moved: Mapping[str, str | None], settings: Settings
) -> ConvertedDocument:
    """Write the document; `name` is that of its file without the ending, and of its folder. `moved` says where the files that it links to lie now, None for those that did not come along.

    Every attempt is read back as the archive will read it; the first that kept every word and every entry is taken.
    """
    places = {**moved, **{place: f"{name}/{place}" for place in survey.files}}
    attempts = (
        _Wishes(), _Wishes(block=True), _Wishes(actions=False, block=True), _Wishes(timeline=False, block=True),
        _Wishes(timeline=False, actions=False, block=True), _Wishes(timeline=False, actions=False, links=False, block=True),
    )  # fmt: skip
    for wishes in attempts:
        done, text, count = _attempt(survey, identity, places, settings, wishes)
        if not word_count.missing(survey.source.text, text) and _reads_back(text, done, count):
            break
    notes = [*survey.notes, *done.notes]
    if not wishes.timeline and narrative.narrate(survey.blocks, survey.era).entries:
        notes.append(Note(1, "the timeline stays as it is: as a table it would have lost words"))
    if not wishes.actions:
        notes.append(Note(1, "the action items stay as they are: as a table they would have lost words"))
    return ConvertedDocument(identity, name, text, survey.title, survey.day, tuple(done.entries), count, tuple(sorted(set(notes))),
        {f"{name}/{place}": data for place, data in survey.files.items()},
    )  # fmt: skip


def _attempt(
    survey: Survey, identity: str, places: Mapping[str, str | None], settings: Settings, wishes: _Wishes
) -> tuple[Story, str, int]:
    blocks, lead = _with_summary(survey)
    listed = actions.collect(blocks, survey.era, convert=wishes.actions)
    story = narrative.narrate(listed.blocks, survey.era, convert=wishes.timeline)
    story.notes += listed.notes
    body = "\n".join(story.lines).strip("\n")
    if wishes.links:
        body = links.rewritten(body, places)
    elif survey.files:
        body = links.rewritten(body, {place: places[place] for place in survey.files})
    front = header.lines(survey, identity, story.entries, settings, lead)
    block = _original(survey.metadata) if wishes.block and survey.metadata.raw.strip() else ""
    return (
        story,
        "\n".join(["---", *front, "---", "", body, *([block] if block else [])]).rstrip("\n") + "\n",
        listed.count,
    )


def _reads_back(text: str, story: Story, count: int) -> bool:
    """Whether the archive reads the timeline and the action items that were written."""
    parsed = parse(text)
    rows = Counter[datetime | None](entry.time for entry in parsed.postmortem.timeline)
    lost = Counter[datetime | None](entry.at for entry in story.entries if entry.at) - rows
    faults = {finding.rule for finding in parsed.findings} - {"schema-required"}
    return not lost and len(parsed.postmortem.actions) >= count and not faults


def _with_summary(survey: Survey) -> tuple[list[SourceBlock], str]:
    """The blocks, with a summary from the front matter where the body has none; and the key it came from."""
    own = [fact for fact in survey.facts if fact.own and fact.field == "summary" and len(fact.value.split()) > 5]
    blocks = list(survey.blocks)
    if not own or any(block.section == "summary" for block in blocks):
        return blocks, ""
    key = next((k for k in survey.metadata.values if facts.field_of(k) == "summary"), "summary")
    head = next((n for n, b in enumerate(blocks) if b.kind is not BlockKind.BLANK), -1)
    at = (
        head + 1
        if head >= 0 and blocks[head].kind is BlockKind.HEADING and blocks[head].level == 1 and not blocks[head].section
        else 0
    )
    lines = ("", "## Summary", "", own[0].value.strip(), "")
    blocks.insert(at, SourceBlock(BlockKind.WRITTEN, survey.metadata.body_line, lines, "summary", 2))
    return blocks, key if key.casefold() == "summary" else ""


def _original(meta: metadata.SourceMetadata) -> str:
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", meta.raw)), default=0))
    return f"\n<details>\n<summary>Original metadata</summary>\n\n{fence}{meta.form}\n{meta.raw.rstrip()}\n{fence}\n\n</details>"
