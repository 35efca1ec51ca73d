"""No story of what somebody should have done."""

import re
from collections.abc import Callable, Iterator

from generator.check.language import Sentence, sentences
from generator.check.language.grammar import Agent, SubjectKind
from generator.check.language.people import Reader
from generator.check.language.questions import question
from generator.check.language.verbs import is_human, is_participle
from generator.check.language.words import words
from generator.check.rule import Context, Hit, Rule
from generator.document.finding import Level
from generator.document.parse import Document

_ADVERB = (
    r"(?:not|never|also|really|probably|clearly|certainly|definitely|at least|perhaps|easily|simply|always|instead"
    r"|then|obviously|surely|immediately|first|already|all|both|just)"
)
# `should have noticed`, as it is said and misspelt (`should of`), with adverbs around the auxiliary.
_HAVE = re.compile(
    rf"\b(?P<modal>should|could|would|ought to|ought not to|shouldn't|couldn't|needed to)(?: {_ADVERB}){{0,3}}(?: "
    rf"|')(?:have|ve|of)"
    rf"(?: {_ADVERB}){{0,2}} (?P<verb>[a-z][a-z-]+)(?P<rest>[^.;]{{0,60}})",
    re.IGNORECASE,
)
# What somebody was expected to do, which is said only where it was not done.
_SUPPOSED = re.compile(
    r"\b(?:was|were) (?:(?:also|really|actually) )?(?:supposed|meant|expected) to (?P<verb>[a-z-]+)", re.IGNORECASE
)
_IF = re.compile(r"\b(?P<only>if only|if)\b", re.IGNORECASE)
# `had` at the head of a clause stands for `if`; behind a noun it is a plain past.
_HAD = re.compile(r"(?:^|[,;:] |\b(?:happened|avoided|prevented|occurred|caught|failed|noticed) )had ", re.IGNORECASE)
# The verb of the condition behind its person: complements of the person, `had`, adverbs, and the participle.
_PERFECT = re.compile(
    r"^ ?(?:(?:on|from|in|at|of|who|with)(?: [\w'-]+){1,6}? )?(?:(?:had|'d)(?:n't)? )?(?P<adverbs>(?:(?:only|not"
    r"|just|simply|actually|even|first|properly|at least|ever|never|also|been more|been less) ){0,3})(?P<verb>[a-z-]+)",
    re.IGNORECASE,
)
# What somebody would have needed from the system: to have it, to be told, to be able to.
_RECEIVED = words(
    "had been received gotten got known seen access lacked needed wanted joined left died become lost heard arrived gone"
)
# What somebody had not been enough: with `been` these speak of persons, other adjectives mostly of machines.
_LACKING = re.compile(
    r"^ (?:more|less|aware|careful|vigilant|attentive|watching|monitoring|checking|looking|paying|on (?:duty|site"
    r"|call)|reading|awake|following|prepared|faster|quicker|clearer|honest|able to (?:notice|spot))",
    re.IGNORECASE,
)
# `could have been read` tells what was exposed to others, and is a fact of the impact.
_EXPOSED = re.compile(
    r"^(?:read|seen|viewed|accessed|downloaded|obtained|exploited|been|had|used|opened|learned)$", re.IGNORECASE
)
# Only a better or any person makes `would have` a reproach: `a careful engineer would have seen it`.
_BETTER = re.compile(
    r"\b(?:more|better|any|every|careful|competent|experienced|attentive|diligent|reasonable|good|senior|proper"
    r"|alert|vigilant|trained)\b"
)
_JOB = re.compile(r"(?:'s|s'|\bhis|\bher) (?:job|responsibility|duty|task) to\b", re.IGNORECASE)
# Stems of what people are expected to do; machines are expected to start, scale and fail over.
_EXPECTED = re.compile(
    r"^(?:approv|review|check|test|verif|notif|inform|tell|call|follow|read|ask|escalat|updat|monitor|watch|run)"
)


def check(document: Document, context: Context) -> Iterator[Hit]:
    """Each sentence that measures a person by a world in which the end was known, once."""
    reader = Reader(context.settings.people)
    found: dict[int, Hit] = {}
    for stems, read in _READINGS:
        for sentence in sentences(document, stems):
            if sentence.start not in found and (wish := read(sentence, reader)) and sentence.english:
                found[sentence.start] = _hit(sentence, *wish)
    yield from (found[start] for start in sorted(found))


def _hit(sentence: Sentence, agent: Agent, start: int, end: int) -> Hit:
    begin = min(agent.start, start)
    return Hit(
        sentence.line_at(begin),
        f"“{sentence.quote(begin, end)}” tells what did not happen instead of what did.",
        question(sentence.text[start:], sentence.text),
        None if agent.kind in {SubjectKind.PERSON, SubjectKind.WE, SubjectKind.NOBODY} else Level.ADVICE,
    )


def _should(sentence: Sentence, reader: Reader) -> tuple[Agent, int, int] | None:
    for modal_verb in _HAVE.finditer(sentence.text):
        modal, verb, rest = modal_verb["modal"].lower(), modal_verb["verb"].lower(), modal_verb["rest"]
        agent = reader.subject(sentence, modal_verb.start())
        if agent is None or agent.kind in {SubjectKind.WE, SubjectKind.NOBODY, SubjectKind.COMPANY}:
            continue
        end = modal_verb.end("verb")
        if verb == "been":
            lacking = _LACKING.match(rest)
            if lacking is None:
                continue
            end += lacking.end()
        elif not is_participle(verb, rest) or verb == "had":
            continue
        if agent.kind in {SubjectKind.SHARED, SubjectKind.STRANGER} and not is_human(verb, rest):
            continue
        named = sentence.text[agent.start : agent.end].lower()
        if modal.startswith("could") and (
            "not" in modal_verb[0].lower()[:12]
            or _EXPOSED.match(verb)
            or named in {"someone", "somebody", "anybody", "everyone"}
        ):
            continue
        if modal == "would" and not _BETTER.search(named):
            continue
        return agent, modal_verb.start(), end
    return None


def _supposed(sentence: Sentence, reader: Reader) -> tuple[Agent, int, int] | None:
    for duty in _SUPPOSED.finditer(sentence.text):
        verb = duty["verb"].lower()
        if (verb == "be" and not re.match(r" \w+ing\b", sentence.text[duty.end() :])) or (
            "expected" in duty[0] and not _EXPECTED.match(verb)
        ):
            continue
        agent = reader.subject(sentence, duty.start())
        if agent and (agent.kind is SubjectKind.PERSON or (agent.kind is SubjectKind.SHARED and _EXPECTED.match(verb))):
            return agent, duty.start(), duty.end()
    for duty in _JOB.finditer(sentence.text):
        owner = reader.owner(sentence, duty.start())
        if owner and re.search(r"\bwas\b", sentence.text[: owner.start][-8:]):
            return owner, owner.start, duty.end()
    return None


def _if(sentence: Sentence, reader: Reader) -> tuple[Agent, int, int] | None:
    """`If the operator had read …`, `Had she asked …`, `If only someone had looked …`."""
    text = sentence.text
    for opening in (*_IF.finditer(text), *_HAD.finditer(text)):
        agent = reader.named_after(sentence, opening.end(), 7)
        if agent is None or agent.kind in {SubjectKind.STRANGER, SubjectKind.COMPANY}:
            continue
        perfect = _PERFECT.match(text[agent.end :])
        if perfect is None or text[opening.end() : agent.start].strip(" ,"):
            continue
        inverted = opening[0].rstrip().lower().endswith("had")
        in_past = inverted or "had" in perfect[0].lower() or "'d" in perfect[0]
        rest = text[agent.end + perfect.end() :]
        wishes = not inverted and opening["only"].lower() == "if only"
        if in_past and _is_deed(perfect, rest) and _is_about(agent, perfect, rest, wishes=wishes):
            start = opening.end() - len("had ") if inverted else opening.start()
            return agent, start, agent.end + perfect.end()
    return None


def _is_deed(perfect: re.Match[str], rest: str) -> bool:
    """Whether somebody did or was something by himself, and was not told, given or shown it."""
    verb, adverbs = perfect["verb"].lower(), perfect["adverbs"].lower()
    if verb == "been" and _LACKING.match(rest):
        return True
    return "been" in adverbs or (verb not in _RECEIVED and is_participle(verb, rest))


def _is_about(agent: Agent, perfect: re.Match[str], rest: str, *, wishes: bool) -> bool:
    """Whether it is about a person: we only where we wish, a word such as `operator` only where a person does so."""
    if agent.kind is SubjectKind.WE:
        return wishes
    if agent.kind is SubjectKind.SHARED:
        return "been" in perfect["adverbs"].lower() or is_human(perfect["verb"].lower(), rest)
    return True


_READINGS: tuple[tuple[tuple[str, ...], Callable[[Sentence, Reader], tuple[Agent, int, int] | None]], ...] = (
    (("should", "could", "would", "ought ", "needed to"), _should),
    (("supposed to", "meant to", "expected to", "job to", "responsibility to", "duty to", "task to"), _supposed),
    (("if ", "had "), _if),
)
STEMS = tuple(stem for stems, _ in _READINGS for stem in stems)

RULE = Rule(
    id="blameless-counterfactual",
    title="What happened, not what somebody should have done",
    why="“Should have” is a sentence about us, who know the end. It explains nothing: to the people at the time their action"
    " made sense, and the next ones will stand before the same screen.",
    before="The on-call engineer should have noticed the alert.",
    after="The alert went to a channel with 400 messages an hour, and its text names neither the service nor the effect.",
    check=check,
    language=True,
    published=Level.WARNING,
)
