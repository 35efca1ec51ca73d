"""No judgement of character."""

import re
from collections.abc import Iterator

from generator.check.language import Sentence, sentences
from generator.check.language.grammar import SubjectKind
from generator.check.language.people import Reader
from generator.check.language.questions import question
from generator.check.rule import Context, Hit, Rule
from generator.document.finding import Level
from generator.document.parse import Document

STEMS = (
    "careless", "neglig", "slopp", "lazy", "lazi", "incompeten", "inattent", "reckless", "rushed", "lack of",
    "lacks ", "lacked ", "lacking ", "irrespons", "unprofession", "stupid", "foolish", "idiot", "judgement",
    "judgment", "complacen", "clumsy", "clumsi", "thoughtless", "absent-minded", "distracted", "inexperience",
    "hasty", "hastily", "overconfiden", "cavalier", "ignoran", "unqualified", "ineptitude", "inept", "lax ",
    "poor ", "bad ", "naive", "lapse", "insufficient", "too junior", "arrogan", "sleepy", "untrained", "haste",
)  # fmt: skip
# Words that judge a person wherever they stand.
_PLAIN = re.compile(
    r"\b(?:careless(?:ly|ness)?|negligen(?:t|tly|ce)|slopp(?:y|ily|iness)(?! (?:phrase|quorums?|match\w*|search"
    r"|quer\w+|counter))|laziness|incompeten(?:t|tly|ce|cy)|inattenti(?:on|ve|veness)|reckless(?:ly|ness)?"
    r"|irresponsib(?:le|ly|ility)|unprofessional(?:ly|ism)?|complacen(?:t|tly|cy)|clumsi(?:ly|ness)"
    r"|thoughtless(?:ly|ness)?|absent-minded(?:ly|ness)?|stupidity|foolish(?:ly|ness)?|idiots?|ineptitude"
    r"|overconfiden(?:t|ce))\b",
    re.IGNORECASE,
)
# A virtue that was missing; `attention from` somebody is no virtue of theirs.
_LACK = re.compile(
    r"\b(?:lack(?:s|ed|ing)?(?: of)?|insufficient|poor|bad|lax) (?:\w+ )?(?:attention(?! from)|discipline|due care"
    r"|care|common sense|diligence|judge?ment|professionalism|competence|thoroughness|conscientiousness|rigou?r"
    r"|work ethic|seriousness|concentration)\b|\blapse (?:of|in) (?:judge?ment|attention|concentration)\b",
    re.IGNORECASE,
)
# Words that software and plans bear as well: they need a person.
_OF_PERSONS = r"(?:lazy|stupid|clumsy|hasty|ignorant|unqualified|inept|distracted|sleepy|naive|arrogant|lax|cavalier|inexperienced|untrained|negligent|too junior)"
_BEFORE_PERSON = re.compile(rf"\b{_OF_PERSONS} (?=[a-z@A-Z])", re.IGNORECASE)
# An adjective of character behind a form of `be`, with any adverbs between.
_OF_SUBJECT = re.compile(
    rf"\b(?:was|were|is|are|had been|has been|became|got|being) (?:\w+ly |too |so |very |a bit |rather |quite "
    rf"|simply |just |not )*{_OF_PERSONS}\b",
    re.IGNORECASE,
)
# A denial right before, with up to three words between: `not in any way careless`.
_DENIED = re.compile(
    r"\b(?:not|never|no|nobody|isn't|wasn't|nor|without|rather than|instead of)\s+(?:\w+\s+){0,3}$", re.IGNORECASE
)
# A weakness that belongs to somebody; without an owner it is a condition that can be talked about.
_INEXPERIENCE = re.compile(
    r"\b(?:his|her|their|'s|s') (?:own )?(?:inexperience|haste|ignorance|laziness|negligence|carelessness)\b",
    re.IGNORECASE,
)


def check(document: Document, context: Context) -> Iterator[Hit]:
    """Each sentence that calls somebody careless, lazy or their kin, once."""
    reader = Reader(context.settings.people)
    for sentence in sentences(document, STEMS):
        if (found := _judged(sentence, reader)) and sentence.english:
            start, end, level = found
            yield Hit(
                sentence.line_at(start),
                f"“{sentence.quote(start, end)}” judges a character, and a character cannot be changed by an action item.",
                question(sentence.text[end:], sentence.text[:start]),
                level,
            )


def _judged(sentence: Sentence, reader: Reader) -> tuple[int, int, Level | None] | None:
    text = sentence.text
    for pattern in (_PLAIN, _LACK):
        for found in pattern.finditer(text):
            if not _DENIED.search(text[: found.start()][-60:]):
                return found.start(), found.end(), None
    for found in _BEFORE_PERSON.finditer(text):
        agent = reader.named_after(sentence, found.end(), 4)
        if (
            agent
            and agent.kind in {SubjectKind.PERSON, SubjectKind.GROUP}
            and not _DENIED.search(text[: found.start()][-60:])
        ):
            return (
                found.start(),
                agent.end,
                Level.ADVICE if "experienced" in found[0].lower() or "trained" in found[0].lower() else None,
            )
    for found in _OF_SUBJECT.finditer(text):
        agent = reader.subject(sentence, found.start())
        if agent and agent.kind in {SubjectKind.PERSON, SubjectKind.GROUP} and " not " not in found[0]:
            return agent.start, found.end(), Level.ADVICE
    for found in _INEXPERIENCE.finditer(text):
        if owner := reader.owner(sentence, found.start()):
            return owner.start, found.end(), None
    return None


RULE = Rule(
    id="blameless-character",
    title="No judgement of character",
    why="“Careless” names no cause: careful people do the same under the same pressure. What made attention scarce, and why"
    " did so much rest on it, can be changed.",
    before="Due to carelessness, the wrong flag was set.",
    after="The two flags differ by one letter, and the form shows neither value before it is saved.",
    check=check,
    language=True,
    published=Level.WARNING,
)
