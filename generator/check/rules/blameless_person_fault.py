"""No person as the subject of what went wrong."""

import re
from collections.abc import Callable, Iterator
from functools import partial

from generator.check.language import Sentence, sentences
from generator.check.language.deeds import DEED_PATTERNS, SLIP_STEMS, SLIPPED, DeedPattern
from generator.check.language.grammar import Agent, SubjectKind
from generator.check.language.people import Reader
from generator.check.language.questions import question
from generator.check.language.verbs import ABILITIES, DUTY
from generator.check.rule import Context, Hit, Rule
from generator.document.finding import Level
from generator.document.parse import Document

_BY_STEMS = (
    *SLIP_STEMS, "forgotten", "overlooked", "ignored", "neglected", "missed", "botched", "skipped", "disregarded", "violated",
    "bypassed", "fat-f", "leaked", "broken", "misconfigured", "misread", "mishandled", "misjudged", "misinterpreted", "mistyped",
    "misunderstood", "caused by", "about by", "provoked by", "down by", "introduced by", "created by", "made by", "added by",
    "committed by", "triggered by", "cause was", "cause is", "cause of", "tested by", "reviewed by", "checked by", "validated by",
    "verified by", "communicated by", "followed by", "updated by", "documented by", "noticed by", "failure of", "failure by",
    "failure on",
)  # fmt: skip
_BY = re.compile(
    r"\b(?:was|were|been|being|got|is) (?:\w+ly )?(?:forgotten|overlooked|ignored|neglected|missed|botched|skipped"
    r"|disregarded|violated|bypassed|fat-fingered|leaked|broken|mis(?:configured|read|handled|judged|interpreted|typed"
    r"|understood))\b[^.;]{0,60}?\bby "
    rf"|\b{SLIPPED} [a-z-]+(?:ed|en|un|ut|set|pt|ost|ent|ade)\b[^.;]{{0,60}}?\bby "
    r"|\b(?:caused|brought about|provoked|brought down|taken down|broken) by "
    r"|\b(?:bug|regression|error|defect|typo|fault|problem|issue|vulnerability|leak|misconfiguration)s? "
    r"(?:was |were |had been |that was )?(?:introduced|caused|created|made|added|committed) by "
    r"|\b(?:outage|incident|failure|downtime|disruption|crash|data loss)\b[^.;]{0,30}\btriggered by "
    r"|\bcause\b[^.;]{0,30}? (?:was|is) |\b(?:was|were) not (?:\w+ly )?(?:tested|reviewed|checked|validated|verified"
    r"|communicated|followed|updated|documented|noticed)"
    r" by (?!an(?:other|y)\b)"
    r"|\bfailure (?:of|by|on the part of) ",
    re.IGNORECASE,
)
_WHY = re.compile(r"\bwhy (?:did|had|has|does)(?P<not>n't)? ", re.IGNORECASE)
_ASKED = re.compile(r"^ (?P<not>not |n't )?(?:\w+ly )?(?P<verb>[a-z-]+)")
# A nominal phrase that says of somebody what a verb would: `her failure to notify`.
_REFUSAL = re.compile(
    r"(?:'s|s'|\bhis|\bher) (?:failure|inability|refusal|unwillingness|forgetfulness|negligence) to\b", re.IGNORECASE
)
_REFUSAL_STEMS = ("failure to", "inability", "refusal", "unwilling", "forgetful", "negligence")
_LAPSES = frozenset(["forget", "neglect", "overlook", "ignore", "miss", "skip", "break", "fail", "forgotten"])
_TO = re.compile(r" (?:[\w'-]+ ){0,5}?to\b")
_CAUSES = frozenset({SubjectKind.PERSON, SubjectKind.SHARED})
Cause = tuple[Agent, int, int]  # who, and the span of the words that make them the cause


def check(document: Document, context: Context) -> Iterator[Hit]:
    """Each sentence that makes a person the cause, once."""
    reader = Reader(context.settings.people)
    found: dict[int, Hit] = {}
    for stems, read in _READINGS:
        for sentence in sentences(document, stems):
            if sentence.start not in found and (cause := read(sentence, reader)) and sentence.english:
                found[sentence.start] = _hit(sentence, *cause)
    yield from (found[start] for start in sorted(found))


def _hit(sentence: Sentence, agent: Agent, start: int, end: int) -> Hit:
    begin = min(agent.start, start)
    return Hit(
        sentence.line_at(begin),
        f"“{sentence.quote(begin, max(end, agent.end))}” makes a person the cause.",
        question(sentence.text[begin:], sentence.text),
        None if agent.kind is SubjectKind.PERSON else Level.ADVICE,
    )


def _does(shape: DeedPattern, sentence: Sentence, reader: Reader) -> Cause | None:
    for found in shape.pattern.finditer(sentence.text):
        agent = (reader.actor if shape.whole_clause else reader.subject)(sentence, found.start())
        if agent and agent.kind in shape.kinds and (shape.holds is None or shape.holds(found, agent)):
            return agent, found.start(), found.end()
    return None


def _by(sentence: Sentence, reader: Reader) -> Cause | None:
    """`Caused by the engineer`, `the failure of an operator to act`."""
    for found in _BY.finditer(sentence.text):
        agent = reader.named_after(sentence, found.end())
        acts = not found[0].lower().startswith("failure")
        if agent and agent.kind in _CAUSES and (acts or _TO.match(sentence.text[agent.end :])):
            return agent, found.start(), agent.end
    return None


def _why(sentence: Sentence, reader: Reader) -> Cause | None:
    """`Why did she not ask`."""
    for found in _WHY.finditer(sentence.text):
        agent = reader.named_after(sentence, found.end(), asked=True)
        asked = _ASKED.match(sentence.text[agent.end :]) if agent else None
        if agent and asked and agent.kind in _CAUSES | {SubjectKind.NOBODY}:
            verb = asked["verb"].lower()
            negated = found["not"] or asked["not"] or agent.kind is SubjectKind.NOBODY
            if verb in _LAPSES or (negated and verb in DUTY - ABILITIES):
                return agent, found.start(), agent.end + asked.end()
    return None


def _refused(sentence: Sentence, reader: Reader) -> Cause | None:
    """`John's failure to test`."""
    for found in _REFUSAL.finditer(sentence.text):
        if owner := reader.owner(sentence, found.start()):
            return owner, owner.start, found.end()
    return None


_READINGS: tuple[tuple[tuple[str, ...], Callable[[Sentence, Reader], Cause | None]], ...] = (
    *((shape.stems, partial(_does, shape)) for shape in DEED_PATTERNS),
    (_BY_STEMS, _by),
    (("why ",), _why),
    (_REFUSAL_STEMS, _refused),
)

STEMS = tuple(dict.fromkeys(stem for stems, _ in _READINGS for stem in stems))

RULE = Rule(
    id="blameless-person-fault",
    title="No person as the cause",
    why="Whoever stood at the keyboard was the last link of a long chain. With a name in the sentence the reader stops there,"
    " and the next person in that place will do the same.",
    before="Developer X pushed a bad config change without testing it.",
    after="A change of the configuration reached production unvalidated: the pipeline checks its syntax, not its values.",
    check=check,
    language=True,
)
