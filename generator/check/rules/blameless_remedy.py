"""A remedy changes the system and not the people."""

import re
from collections.abc import Iterator

from generator.check.language import Sentence, sentences
from generator.check.language.grammar import SubjectKind
from generator.check.language.people import Reader
from generator.check.rule import Context, Hit, Rule
from generator.document.finding import Level
from generator.document.parse import Document

STEMS = (
    "careful", "cautious", "vigilant", "diligent", "attentive", "attention", "mindful", "more care", "better care", "great care",
    "caution", "conscientious", "double-check", "double check", "forget to", "harder", "remind", "retrain", "re-train", "disciplin",
    "reprimand", "sanction", "punish", "admonish", "was fired", "be fired", "been fired", "was dismissed", "be dismissed",
    "been dismissed", "warned", "word with", "coach", "spoken to", "talked to", "talk to", "speak to", "told to", "accountable",
    "educate", "counsel", "written warning", "improvement plan", "emphasi", "stress ", "reinforce", "reiterate", "impress",
)  # fmt: skip
_MORE = r"(?:more|extra|very|especially|particularly|super)"
_CARE = r"(?:careful|cautious|vigilant|diligent|attentive|mindful|alert|disciplined|conscientious)"
_ALONE = r"(?:careful|cautious|vigilant|diligent|attentive)"  # also without "more"
_CAREFUL = re.compile(
    rf"\b(?:(?:be|being) (?:much |far |a (?:bit|little) |even )?{_MORE} {_CARE}|be {_ALONE}(?! when you)"
    r"|(?:take|taking|exercise|use|show) (?:more|greater|better|extra|due|great|special|the necessary) (?:care"
    r"|caution)(?! of the)|pay(?:ing)? (?:more|closer|better|careful|extra|close|special|greater|proper)? ?attention"
    r"|try harder|(?:do not|don't|never) forget to|double[- ]check)\b",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    rf"be {_ALONE}|pay attention|double|do|don|never", re.IGNORECASE
)  # also said of a step of the work itself
_TELL = r"(?:ask|tell|told|urge|instruct|encourage|teach|require|expect|get|remind|advise)(?:s|e?d)?"
# What makes an instruction of the words behind it: an auxiliary, or somebody told to, with adverbs between.
_OUGHT = re.compile(
    r"\b(?:should|must|needs?|needed|have|has|ought|shall|will|going|want|expected|asked|told|reminded|instructed"
    r"|required"
    rf"|remember|sure|{_TELL}(?: [\w-]+){{1,5}}(?= to))"
    r"(?: (?:all|also|always|in future|in the future|really|now|that|both))*+(?: to)?(?: (?:all|also|always"
    r"|really))*+\s*+$",
    re.IGNORECASE,
)
_TOLD = re.compile(rf"{_TELL} |(?:asked|told|reminded|instructed|remember|sure)\b", re.IGNORECASE)
# What may stand before an imperative at the head of an action item: bullets, labels, `in future`.
_LEAD = re.compile(
    r"^[\W\d]*(?:(?:in (?:the )?future|next time|going forward|lesson|action|todo|please|also|always|and|to)[,: ]+)*$",
    re.IGNORECASE,
)
# An instruction to do the same more carefully, with or without a verb before.
_MORE_CAREFULLY = re.compile(
    r"^[\W\d]*(?:more carefully\b|(?:review|check|test|read|verify|plan|handle|watch|monitor|consider"
    r"|look)\b[^.;]{0,80}"
    r"\bmore carefully\b)",
    re.IGNORECASE,
)
# Verbs that are done to a person as a remedy; `talk to` is one only where its subject is the person's conduct.
_TO_WHOM = re.compile(
    r"\b(?:remind|re-?train|discipline|reprimand|admonish|scold|punish|sanction|educate|counsel|coach"
    r"|have a word with|hold)(?= )|\b(?:stress|emphasi[sz]e|reinforce|reiterate|impress) (?:to|upon|on|with)(?= )"
    r"|\b(?:talk|speak) (?:to|with)(?= [^.;]{1,40}\b(?:about|on) (?:the importance|following|being|not|his|her|their"
    r"|paying|checking|testing|reading|using|what (?:he|she)))",
    re.IGNORECASE,
)
# The same verbs in the passive, behind an auxiliary.
_PASSIVE = re.compile(
    r"\b(?:(?:needs? to|must|should|will|are to|is to|shall|to) be|(?:has|have) been|was|were|being|been|got) "
    r"(?:\w+ly |all |also )*(?:reminded|re-?trained|disciplined|reprimanded|sanctioned|punished|dismissed|fired"
    r"|warned|coached|counsell?ed|spoken to|talked to|admonished|scolded|held accountable|given a warning"
    r"|told (?:to (?:be|pay|follow|double)|not to|never to|always to))\b",
    re.IGNORECASE,
)
# Measures of a personnel department.
_PENALTY = re.compile(
    r"\b(?:written warning|performance improvement plan|disciplinary (?:action|measures?|proceedings?))\b",
    re.IGNORECASE,
)
# A machine that reminds or checks is the very remedy we ask for.
_MACHINE = re.compile(
    r"\b(?:automat\w*|(?:slack ?)?bots?|scripts?|banners?|pop-?ups?|calendar|cron|jobs?|lint\w*|hooks?|pipelines?|ci"
    r"|prompts?|tools?|templates?|(?:days|hours|weeks) before|schedul\w+)\b",
    re.IGNORECASE,
)
_BY_MACHINE = re.compile(r"\b(?:automat\w*|bots?|lint\w*|pipelines?|ci)\b", re.IGNORECASE)
_WHOM = frozenset({SubjectKind.PERSON, SubjectKind.SHARED, SubjectKind.GROUP})
_SECTIONS = frozenset(["action-items", "lessons-learned", "went-wrong"])
_QUESTION = (
    "Attention runs out at three in the morning. What would make the right way the easy one, or the slip harmless?"
)
_PUNISHED = "What will the next person meet in the same place, and which part of it can we change?"


def check(document: Document, context: Context) -> Iterator[Hit]:
    """Each remedy that asks people to try harder, or deals with the person instead of the place."""
    reader = Reader(context.settings.people)
    for sentence in sentences(document, STEMS):
        found = _exhorted(sentence, reader)
        if found and sentence.english:
            yield Hit(
                sentence.line_at(found[0]),
                f"“{sentence.quote(*found)}” asks people to be without slips.",
                _QUESTION,
            )
        elif (found := _dealt_with(sentence, reader)) and sentence.english:
            yield Hit(
                sentence.line_at(found[0]),
                f"“{sentence.quote(*found)}” works on a person, and the place stays as it was.",
                _PUNISHED,
            )


def _exhorted(sentence: Sentence, reader: Reader) -> tuple[int, int] | None:
    text = sentence.text
    if found := _MORE_CAREFULLY.search(text):
        return found.span()
    for found in _CAREFUL.finditer(text):
        ahead, plain = text[: found.start()], _PLAIN.match(found[0])
        if _LEAD.match(ahead):
            if _BY_MACHINE.search(text) or (plain and not _is_a_lesson(sentence, found.start(), found[0])):
                continue
            return found.span()
        if ought := _OUGHT.search(ahead):
            agent = reader.subject(sentence, ought.start())
            if (
                agent
                and agent.kind is not SubjectKind.STRANGER
                and not (plain and agent.kind in {SubjectKind.SHARED, SubjectKind.WE})
            ):
                return agent.start, found.end()
            if _TOLD.match(ought[0]) and not _BY_MACHINE.search(text):
                return ought.start(), found.end()
    return None


def _is_a_lesson(sentence: Sentence, offset: int, words: str) -> bool:
    """Whether a plain `Double-check …` is meant for the future; in a report of what was done it may be a step."""
    if not sentence.prose.document.outline.headings:
        return not words.lower().startswith(("be ", "pay "))
    return sentence.section_at(offset) in _SECTIONS


def _dealt_with(sentence: Sentence, reader: Reader) -> tuple[int, int] | None:
    text = sentence.text
    if _MACHINE.search(text):
        return None
    if penalty := _PENALTY.search(text):
        return penalty.span()
    for found in _TO_WHOM.finditer(text):
        agent = reader.named_after(sentence, found.end())
        if agent and agent.kind in _WHOM:
            account = found[0].lower() == "hold"
            if not account or "accountable" in text[agent.end : agent.end + 14].lower():
                return found.start(), agent.end
    for found in _PASSIVE.finditer(text):
        agent = reader.subject(sentence, found.start())
        if agent and agent.kind in _WHOM:
            return agent.start, found.end()
    return None


RULE = Rule(
    id="blameless-remedy",
    title="A remedy changes the system",
    why="Nobody is careless on purpose, so “be more careful” changes nothing. A check, a default, a guard or one step less"
    " works on the worst day as well.",
    before="Be more careful when editing the routing table by hand.",
    after="Generate the routing table from the inventory, and refuse a change that would cut off more than one site.",
    check=check,
    language=True,
    published=Level.WARNING,
)
