"""No search for the guilty."""

import re
from collections.abc import Iterator

from generator.check.language import Sentence, sentences
from generator.check.language.grammar import Agent, SubjectKind
from generator.check.language.people import Reader
from generator.check.language.questions import question
from generator.check.rule import Context, Hit, Rule
from generator.document.finding import Level
from generator.document.parse import Document

STEMS = (
    "blame", "at fault", "fault of", "fault for", "fault with", "fault lies", "fault lay", "fault rests", "fault falls",
    "'s fault", "' fault", "his fault", "her fault", "own fault", "entire fault", "culprit", "guilty", "guilt", "responsib",
    "accountable", "culpab", "finger", "find who", "find out who", "found out who", "identify who", "identified who",
    "know who", "knew who", "ask who", "asked who", "determine who", "determined who", "clear who", "of who ",
)  # fmt: skip
_WHOM = frozenset({SubjectKind.PERSON, SubjectKind.SHARED, SubjectKind.GROUP, SubjectKind.COMPANY})
_HARM = (
    r"(?:outages?|incidents?|failures?|downtime|disruptions?|data loss|breakages?|mistakes?|errors?|loss|deletion"
    r"|damage|crash|mess|bug|leak|breach|problem|delay|misconfiguration|regression|this)"
)
# The subject in front: "Jane is at fault", "the network team is to blame".
_IS = re.compile(
    r"\b(?:is|are|was|were|remains?|be|been) (?:\w+ly |also |at least )*(?:to (?:be )?blamed?|at fault"
    r"|guilty|culpable|the (?:main |real |primary )?culprits?"
    rf"|(?:\w+ly )?(?:responsible|accountable) for (?:(?!\w+ing\b)[\w-]+ ){{0,4}}?{_HARM})\b",
    re.IGNORECASE,
)
# The person behind: "blamed the engineer", "the fault of the new developer", "the culprit was Jane".
_THEN = re.compile(
    r"\b(?:(?:blamed|blames|blaming|put the blame on|pin(?:ned)? (?:it|this|the blame) on)|(?:blame|fault"
    r"|responsibility|guilt) (?:for [\w' -]{1,40} )?(?:lies|lay|falls|fell|rests|rested|goes) (?:\w+ly )?(?:with|on|to)"
    r"|(?:the|entire|sole|own|all|real) fault of|culprits? (?:was|were|is|turned out to be|being)|culprit,"
    r"|fault lies with|point(?:ed|s|ing)? (?:the|a) finger at|guilty(?= )|blame (?=the|our|his|her|@|[A-Z]))",
    re.IGNORECASE,
)
# The search for a person instead of a cause.
_WHO = re.compile(
    r"\b(?:find(?: out)?|found out|identif(?:y|ied)|know|knew|ask(?:ed)?|determined?|clear|of) who (?:(?:is"
    r"|was) to blame|did (?:this|it)|caused|broke|deleted|made (?:the|this) (?:mistake|error)|(?:is"
    r"|was) (?:responsible|guilty|at fault))\b|\bguilty (?:party|person|one)\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"(?:'s|s'|\b(?:his|her)) (?:own |entire )?(?:fault|guilt)\b", re.IGNORECASE)
# A person or thing held responsible for a harm; being responsible for doing something (`for running`) is a duty.
_BEHIND = re.compile(
    rf"\b(?:responsible|accountable|to blame|at fault) for (?:(?!\w+ing\b)[\w-]+ ){{0,4}}?{_HARM}\b", re.IGNORECASE
)
_OFFICE = re.compile(r"command|lead|manager|coordinat|handler|responder", re.IGNORECASE)
# Words before it that deny blame, as in `not to find out who is to blame`; `git blame` is a command.
_DENIED = re.compile(
    r"\b(?:not|never|no|nobody|no-one|isn't|wasn't|don't|doesn't|didn't|nor|neither|without|rather than|instead of"
    r"|avoid\w*|stop\w*|free of|refrain\w*|git)\b[^.;]{0,40}$",
    re.IGNORECASE,
)


def check(document: Document, context: Context) -> Iterator[Hit]:
    """Each sentence that puts the blame on somebody."""
    reader = Reader(context.settings.people)
    for sentence in sentences(document, STEMS):
        if (found := _blamed(sentence, reader)) and sentence.english:
            start, end = found
            yield Hit(
                sentence.line_at(start),
                f"“{sentence.quote(start, end)}” looks for the guilty; the page is to look for the cause.",
                question(sentence.text[end:], sentence.text[:start]),
            )


def _blamed(sentence: Sentence, reader: Reader) -> tuple[int, int] | None:
    text = sentence.text
    for found in _IS.finditer(text):
        agent = reader.subject(sentence, found.start())
        if (
            agent
            and agent.kind in _WHOM
            and not _DENIED.search(text[: found.end()][-70:])
            and not _in_charge(sentence, agent, found)
        ):
            return agent.start, found.end()
    for found in _THEN.finditer(text):
        agent = reader.named_after(sentence, found.end())
        if agent and agent.kind in _WHOM and not _is_denied(text, found.start()):
            return found.start(), agent.end
    for found in _WHO.finditer(text):
        if not _is_denied(text, found.start()):
            return found.span()
    for found in _OWN.finditer(text):
        owner = reader.owner(sentence, found.start())
        if owner and not _is_denied(text, owner.start):
            return owner.start, found.end()
    for found in _BEHIND.finditer(text):
        agent = reader.subject(sentence, found.start())
        if (
            agent
            and agent.kind is SubjectKind.PERSON
            and not _is_denied(text, found.start())
            and not _in_charge(sentence, agent, found)
        ):
            return agent.start, found.end()
    return None


def _is_denied(text: str, start: int) -> bool:
    return _DENIED.search(text[max(0, start - 50) : start]) is not None


def _in_charge(sentence: Sentence, agent: Agent, found: re.Match[str]) -> bool:
    """Whether somebody is responsible for an incident by office, which is to handle it."""
    return "responsible" in found[0].lower() and _OFFICE.search(sentence.text[agent.start : agent.end]) is not None


RULE = Rule(
    id="blameless-blame",
    title="No search for the guilty",
    why="Where blame is handed out, the next report leaves out what would have helped. Ask how it could happen, and people"
    " tell what they saw.",
    before="Jane is at fault for the failed release.",
    after="The release could start although its database migration had not finished.",
    check=check,
    language=True,
    published=Level.WARNING,
)
