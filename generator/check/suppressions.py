"""Findings silenced in the document itself, each with its reason."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from generator.check.rule import ALWAYS_ADVICE, AT_MOST_WARNING, Hit, Rule
from generator.document.finding import Level
from generator.document.parse import Document
from generator.markup.source_lines import lines_of

HEAD = 5  # a comment in the first lines of the body speaks for the whole file
_IN_BODY = re.compile(r"<!--[ \t]{0,9}check:[ \t]{0,9}ignore\b([^:\n]{0,200}?)(?::([^\n]{0,500}?))?[ \t]{0,9}-->")
_IN_FRONT = re.compile(r"(?:^|[ \t])#[ \t]*check:[ \t]*ignore\b([^:\n]*)(?::([^\n]*))?$")

_WHY = "A finding that nobody acts on teaches people to skip all of them. A reason tells the next reader why this one does not apply, and lets them judge whether that still holds."
REASON = Rule(
    id="silence-reason",
    title="A silenced finding says why",
    why=_WHY,
    before="<!-- check: ignore action-late -->",
    after="<!-- check: ignore action-late: agreed in the review, the vendor delivers in spring -->",
    draft=Level.WARNING,
    review=Level.WARNING,
    published=Level.ERROR,
    silenceable=False,
)
UNKNOWN = Rule(
    id="silence-unknown",
    title="A silenced rule exists",
    why="A mistyped rule id silences nothing, and looks as if it did.",
    before="<!-- check: ignore action-lat: agreed in the review -->",
    after="<!-- check: ignore action-late: agreed in the review -->",
    **AT_MOST_WARNING,
    silenceable=False,
)
UNUSED = Rule(
    id="silence-unused",
    title="A silenced finding is still there",
    why="A comment that silences nothing outlives the text it was written for and would hide the next finding there.",
    before="The outage lasted 43 minutes. <!-- check: ignore summary-figures: not known yet -->",
    after="The outage lasted 43 minutes.",
    **ALWAYS_ADVICE,
    silenceable=False,
)


@dataclass(frozen=True, slots=True)
class Silence:
    """One comment's word about one rule; `covers` is the line that it speaks for, 0 for the whole file."""

    rule: str
    reason: str
    line: int
    covers: int


def by_place(found: Sequence[Silence]) -> Callable[[Rule, int], list[Silence]]:
    """A function that gives the silences of a rule on a line; one without a reason silences nothing."""
    places: dict[tuple[str, int], list[Silence]] = {}
    for one in found:
        if one.reason:
            places.setdefault((one.rule, one.covers), []).append(one)

    def holding(rule: Rule, line: int) -> list[Silence]:
        if not places or not rule.silenceable:
            return []
        return places.get((rule.id, line), []) + places.get((rule.id, 0), [])

    return holding


def silences(document: Document) -> tuple[Silence, ...]:
    """Every such comment of a document, outside code."""
    if "check:" not in document.text:
        return ()
    return (*_in_front(document), *_in_body(document))


def _in_front(document: Document) -> Iterator[Silence]:
    front = document.front
    lines = document.text[front.start : front.end].split("\n") if front.present else []
    for number, line in enumerate(lines, 2):
        if "check:" in line and (found := _IN_FRONT.search(line.rstrip("\r"))):
            alone = line.lstrip().startswith("#")
            yield from _each(found, number, number + 1 if alone else number)


def _in_body(document: Document) -> Iterator[Silence]:
    front = document.front
    # Comments hold no structure and are marked like code; disguised, only what lies in code is.
    disguised = document.text.replace("<!--", "....")
    lines = list(lines_of(disguised, front.body, front.body_line))
    for index, line in enumerate(lines):
        if line.code or "check:" not in line.text:
            continue
        text = document.text[line.start : line.end]
        for found in _IN_BODY.finditer(text):
            if not _only_comments(text):
                covers = line.number
            elif index < HEAD:
                covers = 0
            else:
                below = (document.text[other.start : other.end] for other in lines[index + 1 : index + 12])
                covers = next((n for n, t in enumerate(below, line.number + 1) if not _only_comments(t)), line.number)
            yield from _each(found, line.number, covers)


def _only_comments(line: str) -> bool:
    """Whether a line holds nothing that a reader would see."""
    position = 0
    while (start := line.find("<!--", position)) >= 0 and not line[position:start].strip():
        end = line.find("-->", start + 4)
        if end < 0:
            return True
        position = end + 3
    return not line[position:].strip()


def _each(found: re.Match[str], line: int, covers: int) -> Iterator[Silence]:
    reason = (found.group(2) or "").strip()
    for rule in found.group(1).replace(",", " ").split() or [""]:
        yield Silence(rule.strip("`"), reason, line, covers)


def complaints(
    found: Sequence[Silence], used: Collection[Silence], known: Collection[str], judged: Collection[str]
) -> Iterator[tuple[Rule, Hit]]:
    """What is wrong with a document's silences; only rules that were `judged` can show that one is unused."""
    import difflib

    for silence in found:
        if silence.rule not in known:
            close = difflib.get_close_matches(silence.rule, known, n=1, cutoff=0.6)
            hint = f"Did you mean `{close[0]}`?" if close else "`postmortem check --list-rules` names them all."
            name = f"There is no rule `{silence.rule}`" if silence.rule else "The comment names no rule"
            yield UNKNOWN, Hit(silence.line, f"{name}, so this silences nothing.", hint)
        elif not silence.reason:
            message = f"`{silence.rule}` is silenced without a reason, so it is not silenced."
            example = f"<!-- check: ignore {silence.rule}: why it does not apply here -->"
            yield REASON, Hit(silence.line, message, f"Write `{example}`.")
        elif silence not in used and silence.rule in judged:
            message = f"`{silence.rule}` has nothing to say here any more."
            yield UNUSED, Hit(silence.line, message, "Remove the comment.")
