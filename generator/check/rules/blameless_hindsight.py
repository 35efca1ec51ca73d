"""What is obvious today was not obvious then."""

import re
from collections.abc import Iterator

from generator.check.language import Sentence, sentences
from generator.check.language.grammar import SubjectKind
from generator.check.language.people import Reader
from generator.check.rule import Context, Hit, Rule
from generator.document.finding import Level
from generator.document.parse import Document

STEMS = (
    "obvious",
    "hindsight",
    "in retrospect",
    "looking back",
    "clear",
    "anyone",
    "anybody",
    "everyone",
    "everybody",
    "any engineer",
    "common sense",
    "evident",
    "should have been",
    "known better",
    "any fool",
    "of course",
    "surely",
    "any ",
)
# What was obvious afterwards, what anyone could have seen, what common sense would have said.
_OBVIOUS = re.compile(
    r"\b(?:(?:it |that |this )?(?:was|is|were|had been) (?:\w+ly |so |quite |already |painfully )*obvious that\b"
    r"|should(?:'ve| have) been (?:\w+ly )?(?:obvious|clear|apparent|evident|foreseen|foreseeable|predictable)"
    r"|(?:anyone|anybody|everyone|everybody|any (?:\w+ )?(?:engineer|developer|operator|admin|administrator|dba"
    r"|person)) (?:(?:could|would|should|must)(?:'ve| have) (?:\w+ly )?"
    r"(?:seen|known|noticed|told|predicted|guessed|spotted|understood|reali[sz]ed|foreseen)|(?:can|could) (?:see"
    r"|tell) that)|(?:goes|go) against common sense|common sense (?:would|should|dictates|says|tells)|known better"
    r"|any fool\b)",
    re.IGNORECASE,
)
# Words that say themselves that the sentence is spoken from the end.
_LOOKING_BACK = re.compile(
    r"\b(?:in|with) (?:the benefit of )?(?:hindsight|retrospect)\b|\blooking back\b", re.IGNORECASE
)
_NORM = re.compile(r"\b(?:should|ought)\b", re.IGNORECASE)
_CLEARLY = re.compile(r"\b(?:clearly|obviously|of course|surely|evidently),? ", re.IGNORECASE)
_HINT = "What did people see at the time, in which order, and which other reading of it was reasonable?"


def check(document: Document, context: Context) -> Iterator[Hit]:
    """Each sentence that makes the past look plainer than it was to those in it."""
    reader = Reader(context.settings.people)
    for sentence in sentences(document, STEMS):
        if (span := _plain(sentence, reader)) and sentence.english:
            yield Hit(sentence.line_at(span[0]), f"“{sentence.quote(*span)}” is said by those who know the end.", _HINT)


def _plain(sentence: Sentence, reader: Reader) -> tuple[int, int] | None:
    text = sentence.text
    if found := _OBVIOUS.search(text):
        return found.span()
    for pattern in (_LOOKING_BACK, _CLEARLY):
        for found in pattern.finditer(text):
            for norm in _NORM.finditer(text, found.end()):
                agent = reader.subject(sentence, norm.start())
                if (
                    agent
                    and agent.kind in {SubjectKind.PERSON, SubjectKind.SHARED}
                    and re.match(r"\w+ (?:not |never |really )?have\b", text[norm.start() :])
                ):
                    return found.start(), norm.end()
    return None


RULE = Rule(
    id="blameless-hindsight",
    title="Obvious only afterwards",
    why="Once the end is known, every sign points to it. At the time there were forty signs, and most of them meant nothing.",
    before="It was obvious that the disk would fill up.",
    after="The disk grew by 2 % a day for three weeks, one of 31 volumes above the same threshold.",
    check=check,
    language=True,
    review=Level.ADVICE,
    published=Level.ADVICE,
)
