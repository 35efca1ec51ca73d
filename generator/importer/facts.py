"""What a document states about its incident: severity, services, people, times, in front matter, lists, tables and prose."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.importer.blocks import BlockKind, SourceBlock
from generator.markup.inline_text import text_of
from generator.markup.markdown import Table

# Labels as documents write them, as whole words: an optional qualifier, the field's word, an optional preposition. The
# first field that fits wins, so the particular ones stand before those that fit much, such as `status` and `id`.
_FIELDS = {
    "severity": r"(?:incident |final |initial )?sev(?:erity)?(?: level| rating)?|priority|impact level",
    "services": r"(?:(?:affected|impacted|main) )?(?:services?|systems?|components?)(?: ?\(s\))?(?: (?:affected|impacted|involved))?|affected|product",
    "commander": r"(?:incident |response )?(?:commander|lead|leader|manager|coordinator)s?|ic|im",
    "authors": r"(?:(?:report|document|post ?-?mortem|page) )?(?:authors?|owners?|writers?|editors?)(?: ?\(s\))?|created by|written by|prepared by|reported by|by",
    "started": r"(?:incident |outage |impact |time of |event )?(?:start(?:ed|s|ing)?|began|begin|beginning|onset)(?: (?:time|date|at|on|of (?:incident|impact|outage)))*|start_time|time started|date started",
    "detected": r"(?:incident |time |time of )?(?:first )?(?:detected|detection|discovered|noticed)(?: (?:time|at|on))*",
    "mitigated": r"(?:incident |time |service )?(?:mitigated|repaired)(?: (?:time|at|on))*",
    "resolved": r"(?:incident |outage |impact |time |time of )?(?:resolved|resolution|ended|end|recovered|restored)(?: (?:time|date|at|on))*|end_time|resolvedwhen",
    "date": r"incident from|(?:incident |event |outage )?dates?(?: of (?:the )?(?:incident|event|outage|occurrence))?(?: occurred)?|(?:incident )?day|when|occurred(?: on)?",
    "written": r"(?:published|publish ?-?date|publication date|date published|source_published_at|last (?:modified|updated)(?: on)?|updated|created|lastmod|report date|date written|post ?-?mortem date)",
    "tags": r"tags?|keywords|categories|labels|topics",
    "category": r"(?:root )?cause category|category|incident type|type of incident|classification",
    "draft": r"draft",
    "status": r"(?:post ?-?mortem |document |report |review )?status|state",
    "id": r"(?:incident|post ?-?mortem|report|document|case)?[ _-]?(?:id|number|no|nr|#|key|ref|reference)|incident",
    "link": r"url|link|source",
    "summary": r"summary|description|abstract|excerpt|tldr",
    "title": r"title|name|heading",
}  # fmt: skip
_COMPILED = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _FIELDS.items()}
# `Severity: SEV-2` in a list or paragraph, label or both in bold or italics; a value is at most 300 characters.
_PAIR = re.compile(
    r"\s{0,3}(?:[-*+•]\s+)?(?:\*\*|__|\*|_)?(?P<label>[A-Z][A-Za-z /()#_-]{1,40}?)(?:\*\*|__|\*|_)?\s*(?::|\s[–—-]\s)\s*+(?:\*\*|__|\*|_)?\s*+(?P<value>\S.{0,300}?)(?:\s*+\\)?\s*+$"
)
# A label and a time without a colon, as in `Started 2026-03-15 14:32`.
_BARE = re.compile(
    r"\s*(?:[-*+•]\s+)?(?P<label>[A-Z][a-z]+(?: [a-z]+)?)\s+(?P<value>\d{4}-\d\d-\d\d[T ]\d\d:\d\d.{0,40})$"
)
_EARLY = 60  # lines in which labels such as `Severity: SEV-2` stand; further down they belong to the story
_SHORT = 120  # characters of a line that may be a value; a longer one is a sentence of the story
_SEV = re.compile(r"\bSEV(?:erity)?[ _-]?([0-5])\b|\b(?:a|an|this)\s+P([0-5])\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StatedFact:
    """One stated value with its line; `field` is the archive's word for it."""

    field: str
    value: str
    line: int
    own: bool = False  # stated by the front matter


def field_of(label: str) -> str:
    """The field that a label means, empty where it means none."""
    words = " ".join(label.replace("_", " ").split()).strip(" :*")
    return next(
        (name for name, pattern in _COMPILED.items() if pattern.fullmatch(words) or pattern.fullmatch(label)), ""
    )


def stated(values: Mapping[str, object], blocks: Sequence[SourceBlock]) -> list[StatedFact]:
    """All facts, those of the front matter first."""
    collected = [
        StatedFact(name, str(item), 1, own=True)
        for key, value in values.items()
        if (name := field_of(key))
        for item in (value if isinstance(value, list) else [value])
        if item is not None and not isinstance(item, (Mapping, list)) and str(item).strip()
    ]
    first = blocks[0].line if blocks else 1
    for number, block in enumerate(blocks):
        if block.line > first + _EARLY:
            break
        collected += _in_block(block, blocks[number + 1 : number + 4])
    return collected


def _in_block(block: SourceBlock, following: Sequence[SourceBlock]) -> Iterable[StatedFact]:
    if block.section == "action-items":
        return ()
    if block.kind in {BlockKind.PARAGRAPH, BlockKind.ITEM}:
        return _in_lines(block)
    if block.table:
        return (*_in_pairs(block.table), *_below_titles(block.table))
    return _below_heading(block, following) if block.kind is BlockKind.HEADING and block.level > 1 else ()


def _in_lines(block: SourceBlock) -> Iterable[StatedFact]:
    for offset, line in enumerate(block.lines):
        if (pair := _PAIR.match(line) or _BARE.match(line)) and (name := field_of(pair["label"])):
            yield StatedFact(name, text_of(pair["value"].strip("*_ ")), block.line + offset)


def _in_pairs(table: Table) -> Iterable[StatedFact]:
    """A table of labels and values side by side: two columns, or four, and so on."""
    for row in (table.header, *table.rows):
        cells = [text_of(cell.text) for cell in row.cells]
        for label, value in zip(cells[::2], cells[1::2], strict=False):
            if value and (name := field_of(label)):
                yield StatedFact(name, value, row.line)


def _below_titles(table: Table) -> Iterable[StatedFact]:
    """A table of one row whose titles are labels; a single title that is one may be a coincidence."""
    names = [field_of(text_of(cell.text)) for cell in table.header.cells]
    if len(table.rows) == 1 and sum(1 for name in names if name) >= 2:
        cells = [text_of(cell.text) for cell in table.rows[0].cells]
        for name, value in zip(names, cells, strict=False):
            if name and value:
                yield StatedFact(name, value, table.rows[0].line)


def _below_heading(block: SourceBlock, following: Sequence[SourceBlock]) -> Iterable[StatedFact]:
    """A heading that is a label, with one short line below it."""
    body = next((b for b in following if b.kind is not BlockKind.BLANK), None)
    short = body and body.kind is BlockKind.PARAGRAPH and len(body.lines) == 1 and len(body.lines[0]) < _SHORT
    if body and short and (name := field_of(text_of(block.title))):
        yield StatedFact(name, text_of(body.lines[0]), body.line)


def first(facts: Sequence[StatedFact], *names: str) -> StatedFact | None:
    """The first fact of one of these fields, in the order of the names."""
    return next((fact for name in names for fact in facts if fact.field == name), None)


def several(facts: Sequence[StatedFact], name: str, own: bool = False) -> list[str]:
    """All values of a field, those separated by commas apart, each once."""
    values: dict[str, None] = {}
    for fact in facts:
        if fact.field == name and (fact.own or not own):
            for part in [fact.value] if fact.own else re.split(r"[,;]|\s(?:and|&)\s|\s/\s", fact.value):
                word = " ".join(text_of(part).split()).strip(" .*_`")
                if 0 < len(word) <= 60 and not re.fullmatch(r"(?i)n/?a|none|tbd|unknown|all|-+|\?+|<.*>", word):
                    values.setdefault(word)
    return list(values)


def severity_words(facts: Sequence[StatedFact], title: str, blocks: Sequence[SourceBlock]) -> list[str]:
    """What may name the severity, best first: what a label says, then the one level that title or first lines speak of."""
    labelled = [fact.value for fact in facts if fact.field == "severity"]
    early = [
        b.text
        for b in blocks[:40]
        if b.kind in {BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.ITEM}
        and b.section not in {"timeline", "action-items"}
    ]
    spoken = {f"SEV{m[1]}" if m[1] else f"P{m[2]}" for text in (title, *early) for m in _SEV.finditer(text[:3000])}
    return [*labelled, *(spoken if len(spoken) == 1 else [])]
