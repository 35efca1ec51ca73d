"""Timeline entries in list items, paragraphs, headings and code: where each begins, what it says, and what it keeps."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.importer import timestamps
from generator.importer.blocks import ITEM
from generator.importer.timestamps import Stamp

LONGEST_EVENT = 1500  # characters; what is longer stays prose, and the row holds its beginning
_TASK = re.compile(r"\[[ xX]\]\s+")
# Emphasis, code or brackets around a time at the head of a line; their ends are looked for behind it.
_OPENING = re.compile(
    r"\s*(?P<mark>\*{1,3}|_{1,3}|~~|`|\[|\(|<(?:b|strong|em|i|u|code|time|kbd|span)\b[^<>]{0,80}>)?\s*(?P<inner>\*\*|__|`|\[|\()?",
    re.IGNORECASE,
)
# What stands between a time and what happened: a dash, an arrow, a colon, a bar, a point before a space.
_SEPARATOR = re.compile(r"\s*(?:\\?(?:[-–—]{1,3}>?|=>|[:|;,→⟶⇒·•>])(?=\s|\W|$|[^\W\d])|\.(?=\s|$)|:)", re.IGNORECASE)
_RICH = re.compile(r"\s*(?:`{3}|~{3}|>|\||<(?:details|table|pre|div|iframe|img|figure|ul|ol)\b|!\[|\[[^\]]+\]:\s)")
_BREAKS = ("<br>", "<br/>", "<br />")
_CLOSERS = {"(": ")", "[": "]"}


@dataclass(slots=True)
class ImportedEntry:
    """One thing that happened: `line` in the file, the time as written, what happened in pieces (lines of one cell).

    `rich` marks an entry with more than a table cell can hold; it then also stays as it was, in `raw`. `marker` is the
    list marker that the cell will not show.
    """

    line: int
    stamp: Stamp
    pieces: list[str] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)
    rich: bool = False
    marker: str = ""
    whole: bool = False  # the event is the text as it was, its time included

    @property
    def event(self) -> str:
        """The pieces as one cell; of a rich entry the beginning."""
        pieces = [piece for piece in self.pieces if piece]
        if self.rich or sum(map(len, pieces)) > LONGEST_EVENT:
            return _beginning(pieces[0]) if pieces else ""
        return "<br>".join(pieces)

    @property
    def kept_whole(self) -> bool:
        """Whether its text also stays below the table, because the cell holds only the beginning."""
        return self.rich or sum(map(len, self.pieces)) > LONGEST_EVENT


def _beginning(text: str) -> str:
    if len(text) <= 300:
        return text
    sentence = re.match(r".{40,300}?[.!?](?=\s)", text)
    cut = sentence[0] if sentence else text[:300].rsplit(" ", 1)[0] + " …"
    return (
        cut
        if cut.count("`") % 2 == 0 and cut.count("**") % 2 == 0 and cut.count("[") == cut.count("]")
        else cut.replace("`", "").replace("*", "").replace("[", "").replace("]", "") + ""
    )


@dataclass(frozen=True, slots=True)
class Opened:
    """How a line begins: its time, and the rest of the line, which is the event."""

    stamp: Stamp
    event: str
    whole: bool = False
    separated: bool = False


def opened(text: str) -> Opened | None:
    """The time at the beginning of a line, without the marks and separators around it; None where there is none."""
    opening = _OPENING.match(text)
    begin = opening.end() if opening else 0
    stamp = timestamps.read(text, begin)
    if stamp is None or opening is None:
        return None
    if stamp.led:
        return Opened(stamp, text.strip(), whole=True, separated=True)
    rest, position = text, stamp.end
    unclosed = ""
    for mark in (opening["inner"], opening["mark"]):
        if not mark:
            continue
        closing = f"</{re.sub(r'[<> ].*', '', mark[1:])}>" if mark.startswith("<") else _CLOSERS.get(mark, mark)
        match = re.compile(rf"\s*:?\s*{re.escape(closing)}", re.IGNORECASE).match(rest, position)
        if match:
            position = match.end()
            if mark == "[" and rest[position : position + 1] in {"(", "["}:
                return Opened(stamp, text.strip(), whole=True, separated=True)  # the time is a link: it stays one
        else:
            unclosed = mark + unclosed
    behind = position
    for _ in range(3):
        separator = _SEPARATOR.match(rest, position)
        if separator is None:
            break
        position = separator.end()
    if rest[begin : stamp.end].count("**") % 2 and rest.startswith("**", position):
        position += 2  # `Dec 16th **12:43** text`
        while separator := _SEPARATOR.match(rest, position):
            position = separator.end()
    event = _unbroken(rest[position:])
    if unclosed and event:
        event = unclosed + event
    return Opened(stamp, event, separated=position > behind or not event)


def _unbroken(text: str) -> str:
    """A line without the line breaks at its end."""
    bare = text.strip()
    while bare.casefold().endswith(_BREAKS):
        bare = bare[: bare.rindex("<")].rstrip()
    return bare


def strict(opening: Opened | None) -> bool:
    """Whether the line is an entry beyond doubt: a time of day, or a day set off from what follows."""
    return opening is not None and (
        opening.stamp.timed or opening.stamp.unclear or (opening.stamp.dated and opening.separated)
    )


# A few words before the time, as in `Detected: 14:02` or `Rollback (14:31)`.
_LABELLED = re.compile(
    r"(?P<label>\s*(?:\*\*|__)?[A-Z][^:\d\n|]{1,50}?(?:\*\*|__)?\s*(?:\(|\[|:\s?(?:\*\*|__)?|[-–—]\s|\bat\s))"
)
_DURATION = re.compile(r"\btime to\b|duration|\bmtt[drma]\b|\btt[drm]\b|length|downtime", re.IGNORECASE)
_ANYWHERE = re.compile(r"(?<![\w:.])\d{1,2}:\d\d(?!\d)")


def loosely(text: str) -> Opened | None:
    """A time behind a short label (`Detected: 14:02`), or the only time of a short line; the event is the whole line."""
    label = _LABELLED.match(text)
    if label and _DURATION.search(label["label"]):
        return None
    if label and (stamp := timestamps.read(text, label.end())) and stamp.timed:
        return Opened(stamp, text.strip(), whole=True, separated=True)
    clocks = list(_ANYWHERE.finditer(text[:400]))
    if len(clocks) == 1 and len(text) <= 400:
        stamp = timestamps.read(text, clocks[0].start(), lead=False)
        if stamp and stamp.timed:
            return Opened(stamp, text.strip(), whole=True, separated=True)
    return None


def in_item(lines: Sequence[str], line: int, *, loose: bool = False) -> tuple[list[str], list[ImportedEntry]]:
    """The entries of one list item: itself, or the items in it; with the lines that stand before the first of them."""
    before: list[str] = []
    items: list[ImportedEntry] = []
    fence = ""
    for offset, text in enumerate(lines):
        item = ITEM.match(text) if not fence else None
        content = _TASK.sub("", item["text"], count=1) if item else text
        task = _TASK.match(item["text"]) if item else None
        begins = opened(content) if item and not fence else None
        if begins is None and item and loose and not fence:
            begins = loosely(content)
        if begins and (strict(begins) or begins.whole) and (begins.event or offset + 1 < len(lines)):
            marker = (item["marker"] if item and item["marker"][0].isdigit() else "") + (
                f" {task[0].strip()}" if task else ""
            )
            items.append(
                ImportedEntry(
                    line + offset, begins.stamp, [begins.event], [text], marker=marker.strip(), whole=begins.whole
                )
            )
            continue
        fence = _fence(text, fence)
        if items:
            add(items[-1], text, item is not None)
        else:
            before.append(text)
    return before, items


def _fence(text: str, fence: str) -> str:
    bare = text.strip()
    if fence:
        return "" if bare.startswith(fence) and not bare.strip(fence[0]) else fence
    match = re.match(r"(?:[-*+]\s+)?(`{3,}|~{3,})", bare)
    return match[1] if match else ""


def in_paragraph(lines: Sequence[str], line: int, *, sentences: bool) -> tuple[list[str], list[ImportedEntry]]:
    """The entries of a paragraph: each of its lines that begins with a time, together with the lines that follow."""
    before: list[str] = []
    items: list[ImportedEntry] = []
    begun = [begins if (begins := opened(text)) and strict(begins) else None for text in lines]
    listed = sum(1 for begins in begun if begins and begins.stamp.timed and not begins.stamp.led) > 1
    for offset, (text, begins) in enumerate(zip(lines, begun, strict=True)):
        if begins and ((listed and not begins.stamp.led) or _starts_anew(begins, lines, offset, sentences)):
            items.append(ImportedEntry(line + offset, begins.stamp, [begins.event], [text], whole=begins.whole))
        elif items:
            add(items[-1], text, False)
        else:
            before.append(text)
    return before, items


def _starts_anew(begins: Opened, lines: Sequence[str], offset: int, sentences: bool) -> bool:
    """Whether a time at the beginning of a line begins an entry, and is not only where a long line was wrapped."""
    if begins.stamp.led:
        return sentences and not offset
    before = lines[offset - 1].rstrip("*_`") if offset else ""
    return (
        not before
        or begins.separated
        or not begins.event[:1].islower()
        or before.endswith(("  ", "\\", ".", "!", "?", ")", ":", ">"))
    )


def add(entry: ImportedEntry, text: str, item: bool) -> None:
    """Give an entry one more line."""
    entry.raw.append(text)
    bare = _unbroken(text.strip().rstrip("\\"))
    if _RICH.match(text) or (_RICH.match(bare) and not item):
        entry.rich = True
    if not bare:
        entry.pieces.append("")
    elif item:
        match = ITEM.match(text)
        words = match["text"] if match else bare
        marker = match["marker"] if match and match["marker"][0].isdigit() else "•"
        entry.pieces.append(f"{marker} {words.strip()}")
    elif (
        entry.pieces
        and entry.pieces[-1]
        and not entry.raw[-2 if len(entry.raw) > 1 else -1].rstrip("\n").endswith(("  ", "\\", *_BREAKS))
    ):
        entry.pieces[-1] += f" {bare.removeprefix(': ')}"
    else:
        entry.pieces.append(bare.removeprefix(": "))


def in_code(lines: Sequence[str], line: int) -> list[ImportedEntry]:
    """The entries of a block of code or a quotation whose lines are a log of what happened; it also stays as it was."""
    items: list[ImportedEntry] = []
    for offset, text in enumerate(lines):
        begins = opened(text.lstrip("> \t"))
        if begins and begins.stamp.timed and begins.event and not begins.stamp.led:
            items.append(ImportedEntry(line + offset, begins.stamp, [begins.event.replace("`", "'")], []))
        elif items and text.strip() and text.strip("`~ \t"):
            items[-1].pieces.append(text.strip("> \t"))
    written = sum(1 for text in lines if text.strip("`~> \t"))
    return items if len(items) >= 2 and len(items) * 2 >= written else []
