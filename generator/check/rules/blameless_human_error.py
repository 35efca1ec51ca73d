"""No “human error” as a cause."""

import re
from collections.abc import Iterator

from generator.check.language import Sentence, sentences
from generator.check.language.grammar import SubjectKind
from generator.check.language.people import Reader
from generator.check.language.questions import question
from generator.check.rule import Context, Hit, Rule
from generator.document.parse import Document

STEMS = (
    "human", "operator", "pilot", "user error", "user mistake", "mistake", "oversight", "fat-f", "fat f", "finger", "slip",
    "blunder", "engineer error", "engineering error", "developer error", "dev error", "programmer error", "admin error",
    "administrator error", "dba error", "sre error", "technician error", "employee error", "staff error", "personnel error",
    "contractor error", "manual error", "people error", "error by", "errors by", "error made", "errors made", "error on the",
    "errors on the", "error of", "errors of", "error caused", "error was made", "error committed", "misconfiguration",
    "'s error", "' error", "his error", "her error", "own error", "pebkac",
)  # fmt: skip
_WHO = (
    r"human|operator|pilot|engineer|engineering|developer|dev|programmer|admin|administrator|dba|sre|technician"
    r"|employee|staff|personnel|contractor|fat[- ]?finger(?:ed|ing)?|finger|people"
)
# Error as a compound with who made it: `operator error`, `human mistake`.
_NAMED = re.compile(
    rf"\b(?:{_WHO})[ -](?:errors?|mistakes?|oversights?|slips?)\b|\bhuman failures?\b|\bpebkac\b", re.IGNORECASE
)
# `user error` as a cause; behind it stand words that make a metric or a page of it.
_USER = re.compile(
    r"\b(?:user|manual) (?:error|mistake)\b(?! (?:rate|count|budget|message|page|log|code)s?\b)", re.IGNORECASE
)
# An error and the person who made it behind a preposition.
_BY = re.compile(
    r"\b(?:errors?|mistakes?|oversights?|slips?|misconfigurations?)"
    r" (?:(?:that was |which was |was |were )?(?:made|caused|committed) )?(?:by|on the part of|on the side of|of) ",
    re.IGNORECASE,
)
# An error that belongs to somebody: `Jane's mistake`, `his own oversight`.
_OWN = re.compile(
    r"(?:'s|s'|\b(?:his|her)) (?:own )?(?:[a-z-]+ )?(?:error|mistake|oversight|slip|blunder)s?\b", re.IGNORECASE
)
_MAKERS = frozenset({SubjectKind.PERSON, SubjectKind.SHARED, SubjectKind.GROUP, SubjectKind.NOBODY})
# Words that make an error the cause of something; without one of them it may only be talked about.
_CAUSE = re.compile(
    r"\b(?:caus\w+|due to|because of|owing to|result\w* (?:of|from|in)|root|down to|attribut\w+|led to|lead to"
    r"|trac\w+ (?:back )?to|trigger\w*|behind|simple case|reason\w*|responsible|source of|turned out|stem\w* from"
    r"|was (?:a |an |pure |plain )?$)",
    re.IGNORECASE,
)
# What is not put forward as a cause: guards against slips, their likelihood, a first belief, a denial.
_GUARDED = (
    r"\b(?:(?:reduc|eliminat|minimi[sz]|mitigat|remov|tolerat|accommodat)(?:e|es|ing)|(?:prevent|avoid"
    r"|safeguard)(?:s|ing)?|(?:to|can|will|would|helps?) (?:limit|catch|detect|guard|protect)|(?:limit|catch|detect"
    r"|guard|protect)ing|assum\w+|suspect\w*|thought|believ\w+|initially)\b[^.;:]{0,60}$"
    r"|(?:\b(?:not|never|no|nor|neither|without|rather than|instead of|than|beyond|so[- ]called)"
    r"|n't)\s+(?:\w+\s+){0,2}$"
)
_LIKELY = (
    r"\b(?:against|(?:risks?|chances?|possibilit\w+|likelihood|probability|potential|room|space|scope"
    r"|opportunit\w+) (?:of|for)|(?:prone|subject|open|exposed|vulnerable|susceptible|resilien\w+|toleran\w+"
    r"|robust) (?:to|of)|allow\w* for|proof|blame|calls?|called|labell?ed|terms?|words?|makes?"
    r"|stops? at)\s+(?:[\w-]+\s+){0,3}$"
)
_AHEAD_OF_CAUSE = re.compile(_GUARDED, re.IGNORECASE)
_AHEAD = re.compile(f"{_GUARDED}|{_LIKELY}", re.IGNORECASE)
# What follows where the phrase is the subject of a thought or a metric: `human error is never a root cause`, `error
# rate`.
_DENIED = re.compile(
    r"^[ ]?(?:rates?|handling|prevention|analysis|reduction|reporting|logs?|messages?|counts?|metrics?)\b|^[- ]?proof"
    r"|^ (?:is|are|was|were|can|could|cannot|alone|as)? ?(?:not|never|no longer|a symptom|rarely|inevitable"
    r"|unavoidable|normal|always a|likely|possible|easy|the (?:start|beginning))\b|^ (?:isn't|wasn't|aren't|cannot)",
    re.IGNORECASE,
)


def check(document: Document, context: Context) -> Iterator[Hit]:
    """Each sentence that ends the search for causes at somebody's error."""
    reader = Reader(context.settings.people)
    for sentence in sentences(document, STEMS):
        if (span := _error(sentence, reader)) and sentence.english:
            yield Hit(
                sentence.line_at(span[0]),
                f"“{sentence.quote(*span)}” stands here as a cause, but it is where the questions begin.",
                question(sentence.text[span[1] :], sentence.text),
            )


def _error(sentence: Sentence, reader: Reader) -> tuple[int, int] | None:
    text = sentence.text
    for found in _NAMED.finditer(text):
        if _stands(text, found.start(), found.end()):
            return found.span()
    for found in _USER.finditer(text):
        alone = not text[: found.start()].strip(" -:") and not text[found.end() :].strip(" .!")
        if (alone or _CAUSE.search(text[: found.start()])) and _stands(text, found.start(), found.end()):
            return found.span()
    for found in _BY.finditer(text):
        agent = reader.named_after(sentence, found.end())
        if agent and agent.kind in _MAKERS and _stands(text, found.start(), agent.end):
            return found.start(), agent.end
    for found in _OWN.finditer(text):
        owner = reader.owner(sentence, found.start())
        if owner and _stands(text, owner.start, found.end()):
            return owner.start, found.end()
    return None


def _stands(text: str, start: int, end: int) -> bool:
    """Whether the words are put forward as what happened."""
    ahead = text[max(0, start - 90) : start]
    if cause := _CAUSE.search(ahead):
        if _AHEAD_OF_CAUSE.search(ahead[: cause.start()]):
            return False
        ahead = ahead[cause.end() :]
    return not _AHEAD.search(ahead) and not _DENIED.search(text[end : end + 40])


RULE = Rule(
    id="blameless-human-error",
    title="Human error is no cause",
    why="People make the same slip every day without an outage. A report that ends at the slip leaves in place what let it"
    " through: the confusing screen, the missing check, the single step.",
    before="The outage was caused by human error: the wrong cluster was selected.",
    after="Both clusters carry the same name in the console, and its delete button asks for no confirmation.",
    check=check,
    language=True,
)
