"""Action items as documents list them: bullets, boxes, numbers, categories with items in them, headings, sentences."""

import re
from collections.abc import Sequence

from generator.document.headings import section_key
from generator.importer import entries
from generator.importer.blocks import ITEM, BlockKind, SourceBlock
from generator.importer.entries import ImportedEntry
from generator.importer.timestamps import Stamp

BETWEEN = {BlockKind.BLANK, BlockKind.DEFINITION}
_BOX = re.compile(r"\[([ xX])\]\s+")
# A heading that is one numbered action item.
_HEADED = re.compile(
    r"(?:\d{1,2}[.):]|#\d{1,2}\b[.):]?|action(?:\s+item)?\s+\d{1,2}\s*[.):–—-])\s*(?P<text>\S.*)", re.IGNORECASE
)
# An item that says that there is none.
_NOTHING = re.compile(
    r"\W*(?:none|n/?a|no (?:further )?(?:action|follow)[\w -]*|tbd|tba|nothing|not applicable|to be (?:determined|added|decided))\W*",
    re.IGNORECASE,
)
_VERBS = (
    "add adjust alert allow apply automate avoid build change check clarify clean configure consider continue create define deploy develop disable document enable "
    "enforce ensure establish evaluate expand explore extend figure find fix harden hire implement improve increase instrument introduce investigate limit look make "
    "measure migrate monitor move notify prevent provide raise reduce refactor remove replace require review rework rewrite rotate run schedule separate set setup share "
    "simplify split start stop switch teach test track train tune update upgrade use validate verify work write"
)
# Words that speak of something yet to be done: an auxiliary, a label, or an imperative at the head.
_PLANNED = re.compile(
    r"\b(?:will|should|must|needs? to|going to|plan(?:s|ning)? to|planned|want to|would like to|to be|have to|is being|are being|considering|consider)\b"
    rf"|^\W*(?:action(?: item)?s?\s*[:–—-]|ai\s*:|todo\s*:|(?:{'|'.join(_VERBS.split())})\b)",
    re.IGNORECASE,
)

Parts = list[tuple[list[str], list[ImportedEntry]]]  # lines that stay, and the items below them


def is_here(block: SourceBlock) -> bool:
    """Whether a block stands in the section of action items."""
    return block.section == "action-items"


def end_of_list(blocks: Sequence[SourceBlock], index: int) -> int:
    """Where the list that begins at `index` ends."""
    end = index + 1
    while (
        end < len(blocks)
        and is_here(blocks[end])
        and (blocks[end].kind is BlockKind.ITEM or (blocks[end].kind in BETWEEN and _item_follows(blocks, end)))
    ):
        end += 1
    return end


def _item_follows(blocks: Sequence[SourceBlock], index: int) -> bool:
    following = next((b for b in blocks[index : index + 6] if b.kind not in BETWEEN), None)
    return following is not None and following.kind is BlockKind.ITEM and is_here(following)


def under_headings(blocks: Sequence[SourceBlock], index: int) -> tuple[list[ImportedEntry], int] | None:
    """The action items from here on that are headings, such as `### 1) Alert on full disks`, and where they end."""
    level = blocks[index].level
    items: list[ImportedEntry] = []
    end = index
    while end < len(blocks) and is_here(blocks[end]):
        block = blocks[end]
        if block.kind is BlockKind.HEADING and block.level <= level:
            match = _HEADED.match(block.title) if block.level == level else None
            if match is None:
                break
            items.append(ImportedEntry(block.line, Stamp("", 0), [match["text"]]))
        end += 1
    return (items, end) if len(items) > 1 else None


def parts(blocks: Sequence[SourceBlock]) -> Parts:
    """Lists as text that stays and the items below it: a category's items are its children."""
    divided: Parts = []
    current: list[ImportedEntry] = []
    aside: list[str] = []
    for block in blocks:
        if block.kind in BETWEEN:
            aside += block.lines if block.kind is BlockKind.DEFINITION else ()
            continue
        stays, children = _category(block)
        if not stays:
            current.append(_entry(block.lines, block.line))
            continue
        if current:
            divided.append(([], current))
            current = []
        divided.append((["", *stays, ""] if children else stays, children))
    if current:
        divided.append(([], current))
    if aside:
        divided.append((["", *aside, ""], []))
    return divided


def _category(block: SourceBlock) -> tuple[list[str], list[ImportedEntry]]:
    """The lines that stay, and the items in them: those of a category, or of what is no action, such as `None`."""
    item = ITEM.match(block.lines[0])
    text = _BOX.sub("", item["text"], count=1) if item else block.lines[0]
    if (_NOTHING.fullmatch(text) or not text.strip()) and len(block.lines) == 1:
        return list(block.lines), []
    starts = [n for n, line in enumerate(block.lines) if n and ITEM.match(line)]
    first = next((n for n, line in enumerate(block.lines) if n and line.strip()), 0)
    titled = (
        text.rstrip().endswith(":") or re.fullmatch(r"(?:\*\*|__)[^*_]+(?:\*\*|__):?\s*", text) or section_key(text)
    )
    if not titled or not starts or starts[0] != first:
        return [], []
    indent = min(_indent(block.lines[n]) for n in starts)
    starts = [n for n in starts if _indent(block.lines[n]) == indent]
    ends = [*starts[1:], len(block.lines)]
    return [block.lines[0]], [
        _entry(block.lines[begin:end], block.line + begin) for begin, end in zip(starts, ends, strict=True)
    ]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _entry(lines: Sequence[str], line: int) -> ImportedEntry:
    item = ITEM.match(lines[0])
    text = item["text"] if item else lines[0].strip()
    box = _BOX.match(text) if item else None
    number = item["marker"] if item and item["marker"][0].isdigit() else ""
    marker = " ".join(part for part in (number, f"[{box[1]}]" if box else "") if part)
    entry = ImportedEntry(
        line, Stamp("", 0), [text[box.end() :].strip() if box else text.strip()], [lines[0]], marker=marker
    )
    for other in lines[1:]:
        entries.add(entry, other, ITEM.match(other) is not None)
    while entry.pieces and not entry.pieces[-1]:
        entry.pieces.pop()
    return entry


def is_planned(block: SourceBlock) -> bool:
    """Whether a paragraph says what is to be done."""
    text = block.text
    return (
        len(text) <= 600
        and not text.rstrip().endswith(":")
        and not _NOTHING.fullmatch(text)
        and bool(_PLANNED.search(text))
    )
