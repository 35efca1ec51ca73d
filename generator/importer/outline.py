"""Sections that a document marks in other ways than by headings, made into headings, so that the archive sees them."""

import re
import textwrap
from collections.abc import Sequence
from dataclasses import replace

from generator.document.headings import section_key
from generator.importer import blocks as structure
from generator.importer.blocks import ITEM, BlockKind, SourceBlock

_LABELLED = re.compile(
    r"(?:\*\*|__)\s*+(?P<label>[^*_\n]{2,60}?)(?:\s*+:)?\s*+(?:\*\*|__)(?:\s*+:)?[ \t]*+(?P<rest>.*)"
)
_FEWEST = 3


def with_headings(text: str, scanned: tuple[SourceBlock, ...], first_line: int) -> tuple[SourceBlock, ...]:
    """The blocks of a text, whose labels are headings where it has no others below its title."""
    if any(block.kind is BlockKind.HEADING and block.level > 1 for block in scanned):
        return scanned
    labels = {
        block.line - first_line: block.title
        for block in scanned
        if block.kind is BlockKind.LABEL and section_key(block.title)
    }
    if labels:
        lines = text.split("\n")
        promoted = "\n".join(f"## {labels[n]}" if n in labels else line for n, line in enumerate(lines))
        return structure.scan(promoted, 0, first_line)
    items = [block for block in scanned if _label(block)]
    if len({_label(block) for block in items}) < _FEWEST:
        return scanned
    return tuple(_unlisted(scanned))


def _label(block: SourceBlock) -> str:
    """The section that a list item such as `- **Impact**: ...` stands for."""
    item = ITEM.match(block.lines[0]) if block.kind is BlockKind.ITEM else None
    match = _LABELLED.match(item["text"]) if item else None
    return section_key(match["label"]) if match else ""


def _unlisted(scanned: Sequence[SourceBlock]) -> list[SourceBlock]:
    blocks: list[SourceBlock] = []
    section = ""
    for block in scanned:
        key = _label(block)
        if not key:
            blocks.append(
                replace(block, section=section or block.section) if block.kind is not BlockKind.HEADING else block
            )
            continue
        section = key
        item = ITEM.match(block.lines[0])
        match = _LABELLED.match(item["text"]) if item else None
        if match is None:
            continue
        gap = ("",) if blocks and blocks[-1].lines and blocks[-1].lines[-1].strip() else ()
        blocks.append(
            SourceBlock(BlockKind.HEADING, block.line, (*gap, f"## {match['label']}", ""), key, 2, match["label"])
        )
        inner = textwrap.dedent("\n".join(block.lines[1:]))
        parts = structure.scan(f"{match['rest']}\n{inner}" if inner else match["rest"], 0, block.line)
        kept = [replace(part, section=part.section or key, level=part.level or 2) for part in parts]
        while kept and kept[0].kind is BlockKind.BLANK:
            kept.pop(0)
        blocks += kept
    return blocks
