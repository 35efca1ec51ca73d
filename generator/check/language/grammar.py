"""As much grammar as it takes to find the subject of an English verb: where a phrase and a clause begin, what is a verb."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from enum import Enum, auto

from generator.check.language import Sentence, Token
from generator.check.language.words import words


class SubjectKind(Enum):
    """What acts, and so how much a verb must say before it is held to be about a person."""

    PERSON = auto()  # the on-call engineer, Jane, @jane, she
    SHARED = auto()  # the operator: a person or a piece of software
    GROUP = auto()  # the database team
    COMPANY = auto()  # the vendor
    WE = auto()  # we, I: somebody who owns up
    NOBODY = auto()  # nobody, no one
    STRANGER = auto()  # a capitalised word in a name's place


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody in a sentence and the span of the words that name them."""

    kind: SubjectKind
    start: int
    end: int


ADVERBS = words(
    """
    had has have having also then just again still never even first once almost somehow both all later soon ever yet not too only
    rather quite himself herself themselves myself
    """
)
_NO_ADVERBS = words(
    "family only supply reply apply assembly anomaly july italy early daily weekly monthly fly rely ally bully"
)
CONJUNCTIONS = words("and but or then yet nor")
BREAKS = words("; : — – because when while although though since unless whereas until if")
# What opens a complement behind a person: "the engineer on duty", "the developer who merged it".
COMPLEMENTS = words(
    """
    who that from in on of at with for to behind responsible assigned involved working running doing making handling performing
    leading executing applying deploying reviewing carrying watching investigating covering
    """
)
PLACES = words("on from in of at with")
DETERMINERS = words("the a an our their his her its this that another one my")
MODALS = words("can could may might must shall should will would cannot can't")
BE = words("is are was were")
_PAST = MODALS | words(
    """
    ran made wrote sent took did went put set cut shut saw had has was were is are told gave left thought knew found kept lost built
    broke chose began came brought held let read said spoke stood understood meant felt drew drove fell forgot got grew hid hit laid
    led overrode paid rebuilt reset rewrote rose sat sold shot slept spent split spun swung taught threw typed undid woke won reran
    does pushes deploys merges runs deletes forgets approves restarts changes applies edits removes drops
    """
)
_PREPOSITIONS = words("to by with for from in on at about against between without via per into onto through under")
_SOME_OF = words("one some two three four any none each most several many all both neither either few")
_OPENERS = words("after before once as by during")
_NO_GERUNDS = words("during morning evening")
# What may stand behind a person who is named as an object; any other word makes the name part of a longer one.
_AFTER_NAME = re.compile(
    r"[^\w\s@]|\w+ing|and|or|who|that|which|in|on|at|from|of|with|while|when|after|before|during|to|because|as|by"
    r"|without|for|has|had|was|were|is|did|via|using|instead|then|yesterday|today"
)
LOOK_BACK = 16  # tokens between a verb and its subject
LONGEST_CLAUSE = 40  # tokens


def is_adverb(word: str) -> bool:
    """Whether a word may stand between a subject and its verb: adverbs and the auxiliary of the perfect."""
    return word in ADVERBS or (word.endswith("ly") and len(word) > 4 and word not in _NO_ADVERBS)


def is_verb(token: Token) -> bool:
    """Whether a word looks like a finite verb that tells of the past; participles look the same."""
    word = token.word
    return word in _PAST or (word.endswith("ed") and len(word) > 4)


def ends_phrase(token: Token | None) -> bool:
    """Whether a phrase that names somebody can be over before this token."""
    return token is None or bool(_AFTER_NAME.fullmatch(token.word)) or is_adverb(token.word) or is_verb(token)


def before_adverbs(tokens: tuple[Token, ...], index: int) -> int:
    """The index of the last token at or before `index` that is no adverb; six of them are enough for anybody."""
    for _ in range(6):
        if index >= 0 and is_adverb(tokens[index].word):
            index -= 1
    return index


def verb_after(tokens: tuple[Token, ...], head: int, end: int) -> Token | None:
    """The verb of the subject at `head`, over adverbs, an insertion or a short complement; None for none."""
    index = head + 1
    follows = tokens[index].word if index < end else ""
    if follows in {",", "("}:
        closing = ")" if follows == "(" else ","
        behind = range(index + 1, min(end, index + LOOK_BACK))
        index = next((n + 1 for n in behind if tokens[n].word == closing), end)
    elif follows in PLACES:
        index = next((n for n in range(index + 1, min(end, index + 7)) if is_verb(tokens[n])), end)
    elif follows in {"who", "that"}:
        index += 1
    while index < end and tokens[index].word not in MODALS and is_adverb(tokens[index].word):
        index += 1
    return tokens[index] if index < end and is_verb(tokens[index]) else None


def phrase_start(tokens: tuple[Token, ...], index: int) -> int:
    """The offset at which the phrase begins that ends in a role: over at most four describing words to its article."""
    at = index
    while at > 0 and index - at < 4 and tokens[at - 1].word.replace("-", "").isalnum():
        before = tokens[at - 1]
        if before.word in DETERMINERS:
            return before.start
        described = at > 1 and tokens[at - 2].word in DETERMINERS  # "an experienced engineer"
        if before.word in ADVERBS | COMPLEMENTS | CONJUNCTIONS or (is_verb(before) and not described):
            break
        at -= 1
    return tokens[at].start


def clause_start(tokens: tuple[Token, ...], end: int) -> int:
    """Where the main clause before `end` begins; `After the restart, …` and `When she looked, …` do not belong to it."""
    begin = max(0, end - LONGEST_CLAUSE)
    for index in range(end - 1, begin - 1, -1):
        word = tokens[index].word
        opens = index == 0 or not tokens[index - 1].word[0].isalnum()
        if word in BREAKS or (opens and word in _OPENERS):
            comma = next((n for n in range(index, end) if tokens[n].word == ","), None) if word.isalpha() else None
            return (comma or index) + 1
    return begin


def is_governed(sentence: Sentence, agent: Agent) -> bool:
    """Whether a preposition or gerund ahead makes the phrase its object: `the page sent to the engineer should have …`."""
    tokens = sentence.tokens
    index = bisect_left(sentence.starts, agent.start) - 1
    if index < 0:
        return False
    word = tokens[index].word
    if word == "of":
        return not (index > 0 and tokens[index - 1].word in _SOME_OF)
    opens = index == 0 or not tokens[index - 1].word[0].isalnum()
    return word in _PREPOSITIONS or (opens and word.endswith("ing") and word not in _NO_GERUNDS)


def denied(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether the phrase whose head is at `index` is denied: `none of the reviewers`, `neither Jane nor the reviewer`."""
    ahead = [token.word for token in tokens[max(0, index - 4) : index]]
    return "nor" in ahead or "neither" in ahead or ("none" in ahead and "of" in ahead)
