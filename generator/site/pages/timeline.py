"""The timeline as a list that can be read down like a story: days apart, turning points marked, sources named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from generator.document.headings import TIMELINE_COLUMNS
from generator.document.model import Postmortem, TimelineEntry
from generator.markup.inline_text import text_of
from generator.markup.markdown import Table
from generator.site.pages.html import esc, moment, on
from generator.site.pages.prose import DocumentBody

TURNS = {"started": "Started", "detected": "Detected", "mitigated": "Mitigated", "resolved": "Resolved"}
_WORDS = {"started": ("start",), "detected": ("detect",), "mitigated": ("mitigat",), "resolved": ("resolv",)}


@dataclass(frozen=True, slots=True)
class PageRow:
    """One row: the entry with the cells of columns that a timeline does not know, as (title, text)."""

    entry: TimelineEntry
    more: tuple[tuple[str, str], ...] = ()


def rows(table: Table, known: Postmortem) -> list[PageRow]:
    """The rows of one timeline table."""
    usual = {table.column(*titles) for titles in TIMELINE_COLUMNS.values()}
    others = [(i, text_of(cell.text)) for i, cell in enumerate(table.header.cells) if i not in usual]
    entries = {entry.line: entry for entry in known.timeline}
    return [
        PageRow(entries[row.line], tuple((title, text) for i, title in others if (text := row.cell(i)).strip(" -–—")))
        for row in table.rows
        if row.line in entries
    ]


def turning_points(known: Postmortem) -> dict[int, str]:
    """The line of the entry that tells each turning point: at its minute, with its word where several are."""
    found: dict[int, str] = {}
    for name, words in _WORDS.items():
        at = getattr(known, name)
        if at is None:
            continue
        minute = at.replace(second=0, microsecond=0)
        near = [e for e in known.timeline if e.time and e.time.replace(second=0, microsecond=0) == minute]
        near = sorted((e for e in near if e.line not in found), key=lambda e: _told(e, words))
        if near:
            found[near[0].line] = name
    return found


def _told(entry: TimelineEntry, words: Sequence[str]) -> int:
    """How plainly an entry tells a turning point: 0 where it begins with the word, 1 where it has it, 2 otherwise."""
    event = text_of(entry.event).casefold()
    return 0 if event.startswith(tuple(words)) else 1 if any(word in event for word in words) else 2


def block(found: Sequence[PageRow], known: Postmortem, prose: DocumentBody) -> str:
    """The rows as an ordered list."""
    turns = turning_points(known)
    today: date | None = None
    items: list[str] = []
    for row in found:
        at = row.entry.time
        if at and at.date() != today:
            today = at.date()
            items.append(f'<li class="pm-day">{on(today, f"{today:%A}, {today.day} {today:%B} {today.year}")}</li>')
        items.append(_item(row, turns.get(row.entry.line, ""), prose))
    return f'<ol class="pm-timeline">\n{chr(10).join(items)}\n</ol>'


def _item(row: PageRow, turn: str, prose: DocumentBody) -> str:
    entry = row.entry
    when = moment(entry.time, f"{entry.time:%H:%M}") if entry.time else f"<span>{prose.inline(entry.time_text)}</span>"
    told = any(word in entry.event.casefold()[:40] for word in _WORDS.get(turn, ()))
    mark = f'<b class="pm-turn">{TURNS[turn]}</b> ' if turn and not told else ""
    source = f' <span class="pm-source">{prose.inline(entry.source)}</span>' if entry.source else ""
    more = "".join(f' <span class="pm-source">{esc(title)}: {prose.inline(text)}</span>' for title, text in row.more)
    kind = f' class="pm-{turn}"' if turn else ""
    return f"<li{kind}>{when}<div>{mark}{prose.inline(entry.event)}{source}{more}</div></li>"
