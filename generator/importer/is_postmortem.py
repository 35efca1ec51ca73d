"""Whether a document is a postmortem at all, judged by its shape: what happened in time, its sections, its words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from posixpath import basename, dirname

from generator.importer.blocks import BlockKind, SourceBlock
from generator.importer.naming import stem

ENOUGH = 5
_SECTIONS = {
    "timeline",
    "root-cause",
    "impact",
    "resolution",
    "action-items",
    "lessons-learned",
    "went-well",
    "went-wrong",
    "lucky",
    "contributing-factors",
    "detection",
    "trigger",
}
_NAMED = re.compile(
    r"post[\s_-]?mortem|incident|outage|downtime|\brca\b|root[\s_-]cause|disruption|degrad|disclosure|security advisory|\b(?:broken|failure|failing|halt|stall|crash|unavailable|overload|delay)\w*\b|\bdown\b|\bbug\b",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"post[\s_-]?mortem|incident[\s_-](?:report|disclosure|retro\w*|review|analysis|notice)|outage|\brca\b|root[\s_-]cause[\s_-]analysis",
    re.IGNORECASE,
)
_RECORD = {
    "severity",
    "resolved",
    "resolvedwhen",
    "affected",
    "start_time",
    "end_time",
    "started",
    "ended",
    "detected",
    "incident",
    "incident_id",
    "impact",
    "root_cause",
    "outage",
    "affected_services",
}
_STORY = (
    "outage", "incident", "root cause", "mitigat", "rolled back", "rollback", "roll back", "reverted", "downtime", "restored", "recovered", "resolved", "degraded",
    "degradation", "unavailable", "went down", "is down", "was down", "failed", "failing", "failure", "investigat", "alert", "monitoring", "impact", "affected", "disrupt",
    "crash", "broke", "stopped working", "error rate", "latency", "on-call", "vulnerab", "exploit", "malicious", "bug", "fix", "compromise", "unauthorized", "deployed", "lost", "delayed", "blocked", "maintenance",
)  # fmt: skip
_PLACEHOLDER = re.compile(
    r"\{\{(?!\s*[<%/.]|\s*(?:site|page|include)\.)[^{}\n]{1,60}\}\}|\b(?:yyyy|YYYY)[-/](?:mm|MM)[-/](?:dd|DD)\b|\bDD/MM/YYYY\b|\blorem ipsum\b|\[(?:date|title|name|service|incident|your|insert|summary|time|date and time|owner)\b[^\]\n]{0,40}\](?![(\[:])|<(?:date|title|name|service|time|your|insert|incident)[ \w-]{0,30}>|\bPM[yY]{4}-[nN]{3}\b",
    re.IGNORECASE,
)
_INSTRUCTION = re.compile(
    r"^[^\w\n]{0,12}(?:describe|explain|summari[sz]e|list (?:of|the|all|every|each|any)|include|provide|write|fill|give (?:a|an)|what (?:was|were|is|did|happened|could|went|improvements|do)\b.*\?|did (?:you|we|the)\b.*\?|how (?:did|was|long|many|could|do)\b.*\?|who (?:was|were)\b.*\?|summary of|short event description|to be done|copy these|quick summary|bulleted|list$|more details|things that|these are)\b",
    re.IGNORECASE | re.MULTILINE,
)
_TEMPLATE = re.compile(r"\btemplate\b|\bboilerplate\b|\bskeleton\b|\barchetype", re.IGNORECASE)
_HOUSEKEEPING = re.compile(
    r"(?:read[\s_-]?me|licen[sc]e|copying|contributing|code[\s_-]of[\s_-]conduct|change[\s_-]?log|history|news|releases?(?:[\s_-]notes)?|authors|security|support|governance|maintainers|index|_index|summary|table[\s_-]of[\s_-]contents|todo|roadmap|faq|glossary|install(?:ation|ing)?|getting[\s_-]started|quick[\s_-]?start)",
    re.IGNORECASE,
)
_YOU = re.compile(r"\b(?:you|your|you're|yourself)\b", re.IGNORECASE)
_CLOCK = re.compile(r"(?<![\w:.])\d{1,2}:\d\d(?!\d)|\b\d{1,2}\s?[ap]m\b|\b\d{4}\s?UTC\b", re.IGNORECASE)
_DATE = re.compile(
    r"\b(?:19|20)\d\d-\d\d-\d\d\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s\d{1,2}\b|\b\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)
_PATHED = re.compile(r"(?<!\d)20\d\d/[01]\d/[0-3]\d(?!\d)")
_ADVICE = re.compile(r"\b(?:should|must|needs? to|make sure|e\.g\.|for example)\b", re.IGNORECASE)
_GUIDE = re.compile(
    r"\b(?:how to|guide|process|handbook|manual|tutorial|documentation|runbook|playbook|policy|best practices|writing|so, you)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """The score and why: `against` are the reasons to refuse, as parts of a sentence."""

    score: int
    against: tuple[str, ...]

    @property
    def accepted(self) -> bool:
        """Whether it is taken for a postmortem."""
        return self.score >= ENOUGH


def sections_of(blocks: Sequence[SourceBlock]) -> set[str]:
    """The known parts of a postmortem that a document has."""
    return {b.section for b in blocks if b.kind in {BlockKind.HEADING, BlockKind.LABEL}} & _SECTIONS


def judge(
    path: str, title: str, values: Mapping[str, object], blocks: Sequence[SourceBlock], entries: int
) -> Judgement:
    """Weigh what speaks for a postmortem and what against; `entries` is how many timeline entries were found."""
    prose = "\n".join(b.text for b in blocks if b.kind not in {BlockKind.CODE, BlockKind.DEFINITION})
    everything = f"{prose}\n{' '.join(str(value) for value in values.values())}"
    words = max(len(everything.split()), 1)
    folded = everything.casefold()
    sections = sections_of(blocks)
    story = sum(1 for word in _STORY if word in folded)
    named = {key.casefold() for key in values}
    keys = named & (_RECORD | {"company", "product"} if "url" in named else _RECORD)
    clocks, dates = len(_CLOCK.findall(prose)), len(_DATE.findall(everything)) + len(_PATHED.findall(everything))
    score = 3 if entries >= 3 else 2 if entries else 0
    score += min(len(sections), 4)
    score += "timeline" in sections
    score += 1 if _SAID.search(f"{title} {basename(path)}") else 0
    score += 2 if _NAMED.search(f"{title} {stem(path)}") else 0
    score += 1 if re.search(r"post[\s_-]?mortems?|incidents?|outages?|rca", dirname(path), re.IGNORECASE) else 0
    score += min(2 * len(keys), 6)
    score += 3 if story >= 8 else 2 if story >= 4 else 1 if story >= 2 else 0
    score += (clocks + dates >= 2) + (clocks >= 2)
    against: list[str] = []
    if not entries and "timeline" not in sections:
        against.append("it gives no course of events in time")
    if not sections:
        against.append("it has no section of a postmortem")
    if story < 4:
        against.append("it does not speak of something that failed")
    objections = _objections(
        path, title, prose, blocks, words=words, times=clocks + dates + entries, record=len(keys) >= 2
    )
    return Judgement(score - sum(weight for weight, _ in objections), (*(why for _, why in objections), *against))


def _objections(
    path: str, title: str, prose: str, blocks: Sequence[SourceBlock], *, words: int, times: int, record: bool
) -> list[tuple[int, str]]:
    found = []
    name = basename(path).split(".")[0]
    folder = basename(dirname(path))
    own = name.casefold() in {"index", "readme"} and re.search(r"\d{4}|post[\s_-]?mortem$|.-.*-", folder)
    if _HOUSEKEEPING.fullmatch(name) and not (own and (name.casefold() == "index" or times >= 6)):
        found.append((6, f"a file named {basename(path)} is about the folder it lies in"))
    placeholders = len(_PLACEHOLDER.findall(prose)) + len(_PLACEHOLDER.findall(title))
    if placeholders >= 3 or (placeholders and placeholders * 120 > words):
        found.append((8, "it is a template: its placeholders are not filled in"))
    beginning = " ".join(b.text for b in blocks[:4])[:400]
    if _TEMPLATE.search(re.sub(r"[_-]", " ", f"{name} {title}")) or re.search(
        r"\bthis is a template\b|\btemplate from\b", beginning, re.IGNORECASE
    ):
        found.append((6, "it calls itself a template"))
    headings = [n for n, b in enumerate(blocks) if b.kind is BlockKind.HEADING]
    empty = sum(1 for n in headings if _is_empty(blocks, n))
    if len(headings) >= 4 and empty * 2 > len(headings):
        found.append((6, "most of its sections are empty"))
    instructions = len(_INSTRUCTION.findall(prose))
    if instructions >= 3 and instructions * 100 > words:
        found.append((4, "it says what to write, not what happened"))
    if _GUIDE.search(re.sub(r"[_-]", " ", f"{title} {name}")) and times < 6 and not record:
        found.append((4, "it is a guide"))
    if not times and not record and not _DATE.search(f"{title} {name}") and not re.search(r"(?:19|20)\d\d", path):
        found.append((3, "it names no day"))
    soft = 0 if record else 1 if _SAID.search(title) and times else 3
    if times < 6 and len(_YOU.findall(prose)) * 100 > words > 60:
        found.append((soft, "it speaks to its reader about what to do"))
    advice = len(_YOU.findall(prose)) + len(_ADVICE.findall(prose))
    if not record and times < 3 and advice * 70 > words and words > 60:
        found.append((2, "it gives advice"))
    code = sum(len(b.text) for b in blocks if b.kind is BlockKind.CODE)
    if times < 6 and code > 0.35 * sum(len(b.text) for b in blocks):
        found.append((soft, "most of it is code"))
    if words > 6000 and not sections_of(blocks):
        found.append((3, "it is a long text without a section of a postmortem"))
    if words < (12 if not record else 8):
        found.append((4, "it has almost no words"))
    return found


def _is_empty(blocks: Sequence[SourceBlock], number: int) -> bool:
    after = next(
        (b for b in blocks[number + 1 :] if b.kind not in {BlockKind.BLANK, BlockKind.RULE, BlockKind.HTML}), None
    )
    return after is None or (after.kind is BlockKind.HEADING and after.level <= blocks[number].level)
