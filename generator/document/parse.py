"""A postmortem document: text in, values and findings out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from generator.document import audience_labels, field_values, front_matter, iso_times
from generator.document.audience_labels import AudienceLabel
from generator.document.finding import Finding, Level
from generator.document.headings import ACTION_COLUMNS, NOBODY, TIMELINE_COLUMNS, action_status, section_key
from generator.document.model import ActionItem, Postmortem, Section, Task, TimelineEntry
from generator.markup import markdown
from generator.markup.inline_text import text_of

_CLOCK = re.compile(r"(?:at\s++)?[~≈]?\s*+(\d{1,2}):(\d\d)(?::(\d\d))?\s*(?:Z|UTC|GMT)?", re.IGNORECASE)
_OWNED = re.compile(r"\s+[—–-]+\s+(?=(?:owner|evidence)\s*:)", re.IGNORECASE)
_PART = re.compile(r"(?:^|;)\s*(owner|evidence)\s*:\s*", re.IGNORECASE)
ACTION_NUMBER = re.compile(r"#?\s*(\d{1,9})[.)]?")


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file: the text as it is, what it says, and what could not be read.

    `audience_labels` are the places that may say who may read it; `document.audience` judges them. `stray_front_matter`
    is the line (1-based) of front matter that stands where it is not read, 0 where there is none.
    """

    text: str
    path: str
    front: front_matter.FrontMatter
    outline: markdown.Outline
    postmortem: Postmortem
    findings: tuple[Finding, ...]
    audience_labels: tuple[AudienceLabel, ...]
    stray_front_matter: int = 0


def parse(text: str, path: str = "") -> Document:
    """Read a document of any shape; nothing is raised, whatever is wrong becomes a finding."""
    front = front_matter.read(text)
    values, faults = field_values.typed(front)
    outline = markdown.scan(text, front.body, front.body_line)
    started = values.get("started")
    postmortem = Postmortem(
        path=path,
        **{"title": first_title(outline), **values},  # type: ignore[arg-type]  # the schema makes values of these types
        sections=_sections(text, outline),
        timeline=tuple(_timeline(outline, started if isinstance(started, datetime) else None)),
        actions=tuple(_actions(outline)),
        tasks=tuple(_tasks(outline)),
        todos=(*_front_todos(text, front), *outline.todos),
    )
    findings = tuple(
        sorted(Finding(path, fault.line, fault.rule, Level.ERROR, fault.message, fault.hint) for fault in faults),
    )
    unclosed = not front.present and front.body > 0
    stray = 0 if front.present else 1 if unclosed else audience_labels.stray_front_matter(text)
    labels = tuple(audience_labels.labels(text, front, stray=bool(stray)))
    return Document(text, path, front, outline, postmortem, findings, labels, stray)


def first_title(outline: markdown.Outline) -> str:
    """The words of the first level-1 heading, for documents whose front matter has no title."""
    return next((text_of(heading.title) for heading in outline.headings if heading.level == 1), "")


def _front_todos(text: str, front: front_matter.FrontMatter) -> list[int]:
    source = text[front.start : front.end]
    return [number for number, line in enumerate(source.split("\n"), 2) if "TODO:" in line]


def _sections(text: str, outline: markdown.Outline) -> tuple[Section, ...]:
    headings = outline.headings
    sections = []
    for index, heading in enumerate(headings):
        end = headings[index + 1].start if index + 1 < len(headings) else len(text)
        title = text_of(heading.title)
        sections.append(
            Section(
                section_key(heading.title), title, heading.level, heading.line, text[heading.end : end].strip("\r\n")
            )
        )
    return tuple(sections)


def section_of(outline: markdown.Outline, line: int) -> str:
    """The canonical key that governs a line: that of the nearest known heading at or above it in the hierarchy."""
    level = 7
    for heading in reversed(outline.headings):
        if heading.line <= line and heading.level < level:
            level = heading.level
            if key := section_key(heading.title):
                return key
    return ""


def timeline_tables(outline: markdown.Outline) -> list[markdown.Table]:
    """The tables that hold timeline rows: those with a time and an event column."""
    return [
        t
        for t in outline.tables
        if t.column(*TIMELINE_COLUMNS["time"]) is not None
        and t.column(*TIMELINE_COLUMNS["event"]) is not None
        and section_of(outline, t.header.line) in {"timeline", ""}
    ]


def action_tables(outline: markdown.Outline) -> list[markdown.Table]:
    """The tables that hold action items: those with an action column, in a section of that name or with an owner."""
    found = []
    for table in outline.tables:
        if table.column(*ACTION_COLUMNS["action"]) is not None:
            owned = table.column(*ACTION_COLUMNS["owner"]) is not None
            if section_of(outline, table.header.line) == "action-items" or (
                owned and table.column(*ACTION_COLUMNS["status"], *ACTION_COLUMNS["due"]) is not None
            ):
                found.append(table)
    return found


def _timeline(outline: markdown.Outline, started: datetime | None) -> Iterable[TimelineEntry]:
    previous = started.replace(hour=0, minute=0, second=0, microsecond=0) if started else None
    for table in timeline_tables(outline):
        time, event, source = (table.column(*TIMELINE_COLUMNS[name]) for name in ("time", "event", "source"))
        for row in table.rows:
            written = row.cell(time)
            at = entry_time(text_of(written), previous)
            previous = at or previous
            yield TimelineEntry(at, written, row.cell(event), row.cell(source), row.line)


def entry_time(written: str, previous: datetime | None) -> datetime | None:
    """Read a timeline's time in UTC; a bare clock takes the day of the row before, or the next where midnight passed."""
    at, _ = iso_times.moment(written)
    if at is not None:
        return at
    clock = _CLOCK.fullmatch(written.strip())
    if not clock or previous is None:
        return None
    hour, minute, second = int(clock.group(1)), int(clock.group(2)), int(clock.group(3) or 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    at = previous.replace(hour=hour, minute=minute, second=second, microsecond=0)
    if previous - at > timedelta(hours=12) and at.year < 9999:
        at += timedelta(days=1)
    return at


def _actions(outline: markdown.Outline) -> Iterable[ActionItem]:
    for table in action_tables(outline):
        columns = {name: table.column(*titles) for name, titles in ACTION_COLUMNS.items()}
        for row in table.rows:
            cells = {name: row.cell(column) for name, column in columns.items()}
            if not any(cell.text for cell in row.cells):
                continue
            number = ACTION_NUMBER.fullmatch(text_of(cells["number"]))
            due = text_of(cells["due"])
            yield ActionItem(
                number=int(number.group(1)) if number else None,
                action=cells["action"],
                owner=owner(cells["owner"]),
                due=iso_times.day(due),
                status=action_status(text_of(cells["status"])),
                ticket="" if _nobody(cells["ticket"]) else cells["ticket"],
                type=cells["type"],
                priority=cells["priority"],
                line=row.line,
                due_text=due,
                status_text=cells["status"],
            )


def _nobody(cell: str) -> bool:
    if "://" in cell:
        return False  # an address names something
    folded = text_of(cell).casefold().strip(" .:")
    return folded in NOBODY or folded.startswith("todo:")


def owner(cell: str) -> str:
    """The handle or name in an owner cell, without `@`; empty where the cell names nobody."""
    return "" if _nobody(cell) else text_of(cell).lstrip("@")


def _tasks(outline: markdown.Outline) -> Iterable[Task]:
    indents: list[int] = []
    section, previous = "", -2
    for task in outline.tasks:
        here = next((text_of(heading.title) for heading in reversed(outline.headings) if heading.line < task.line), "")
        if here != section or task.line == previous:
            indents = []
        section, previous = here, task.line
        while indents and indents[-1] >= task.indent:
            indents.pop()
        indents.append(task.indent)
        text, parts = task_parts(task.text)
        yield Task(
            text, task.done, task.line, len(indents) - 1, owner(parts.get("owner", "")), parts.get("evidence", ""), here
        )


def task_parts(text: str) -> tuple[str, dict[str, str]]:
    """Split `Text — owner: jane; evidence: [link](…)` into the text and its parts."""
    match = _OWNED.search(text)
    if match is None:
        return text, {}
    rest = text[match.end() :]
    marks = list(_PART.finditer(rest))
    ends = [mark.start() for mark in marks[1:]] + [len(rest)]
    parts = {
        mark.group(1).casefold(): rest[mark.end() : end].strip(" ;") for mark, end in zip(marks, ends, strict=True)
    }
    return text[: match.start()].rstrip(), parts
