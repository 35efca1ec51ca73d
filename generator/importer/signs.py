"""What can be measured on a document that may be a postmortem: its times, sections, words, and what speaks against it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from posixpath import basename, dirname

from generator.importer.blocks import BlockKind, SourceBlock
from generator.importer.naming import stem

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
# What a title or a file's name calls an incident: the kind of document, or what was wrong.
_NAMED = re.compile(
    r"""
      post[\s_-]?mortem | incident | outage | downtime | \brca\b | root[\s_-]cause | disruption | degrad
    | disclosure | security\ advisory                                   # a vulnerability's story is told as one
    | \b(?:broken|failure|failing|halt|stall|crash|unavailable|overload|delay)\w*\b | \bdown\b | \bbug\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# What calls the document itself a report on an incident; `incident` alone may stand over a guide.
_CALLED_REPORT = re.compile(
    r"""
      post[\s_-]?mortem
    | incident[\s_-](?:report|disclosure|retro\w*|review|analysis|notice)
    | outage | \brca\b | root[\s_-]cause[\s_-]analysis
    """,
    re.IGNORECASE | re.VERBOSE,
)
_IN_FOLDER = re.compile(r"post[\s_-]?mortems?|incidents?|outages?|rca", re.IGNORECASE)
# Keys of front matter that only a record of an incident has.
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
_COLLECTED = {"company", "product"}  # beside `url`: an entry of a list of other companies' postmortems
# Words and stems that a story of a failure uses; ordinary documents use some of them, a postmortem many.
_STORY = (
    "outage", "incident", "root cause", "mitigat", "rolled back", "rollback", "roll back", "reverted", "downtime", "restored", "recovered", "resolved", "degraded",
    "degradation", "unavailable", "went down", "is down", "was down", "failed", "failing", "failure", "investigat", "alert", "monitoring", "impact", "affected", "disrupt",
    "crash", "broke", "stopped working", "error rate", "latency", "on-call", "vulnerab", "exploit", "malicious", "bug", "fix", "compromise", "unauthorized", "deployed", "lost", "delayed", "blocked", "maintenance",
)  # fmt: skip
_PLACEHOLDER = re.compile(
    r"""
      \{\{ (?! \s*[<%/.] | \s*(?:site|page|include)\. ) [^{}\n]{1,60} \}\}   # {{ name }}, but no tag of a site's engine
    | \b(?:yyyy|YYYY)[-/](?:mm|MM)[-/](?:dd|DD)\b | \bDD/MM/YYYY\b
    | \blorem\ ipsum\b
    | \[(?:date|title|name|service|incident|your|insert|summary|time|date\ and\ time|owner)\b
      [^\]\n]{0,40} \] (?![(\[:])                                        # [Date of incident], but no link
    | <(?:date|title|name|service|time|your|insert|incident)[\ \w-]{0,30}>
    | \bPM[yY]{4}-[nN]{3}\b                                             # the number of a postmortem not yet given
    """,
    re.IGNORECASE | re.VERBOSE,
)
# A line that tells its author what to write: an imperative, a question of a form, the helping words of known templates.
_INSTRUCTION = re.compile(
    r"""
    ^[^\w\n]{0,12}
    (?: describe | explain | summari[sz]e | list\ (?:of|the|all|every|each|any) | include | provide | write | fill
      | give\ (?:a|an)
      | what\ (?:was|were|is|did|happened|could|went|improvements|do)\b.*\?
      | did\ (?:you|we|the)\b.*\?
      | how\ (?:did|was|long|many|could|do)\b.*\?
      | who\ (?:was|were)\b.*\?
      | summary\ of | short\ event\ description | to\ be\ done | copy\ these | quick\ summary | bulleted | list$
      | more\ details | things\ that | these\ are
    )\b
    """,
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
_TEMPLATE = re.compile(r"\btemplate\b|\bboilerplate\b|\bskeleton\b|\barchetype", re.IGNORECASE)
_FROM_TEMPLATE = re.compile(r"\bthis is a template\b|\btemplate from\b", re.IGNORECASE)
# Names of files that every repository has and that are about the repository.
_HOUSEKEEPING = re.compile(
    r"""
      read[\s_-]?me | licen[sc]e | copying | contributing | code[\s_-]of[\s_-]conduct | change[\s_-]?log | history | news
    | releases?(?:[\s_-]notes)? | authors | security | support | governance | maintainers | index | _index | summary
    | table[\s_-]of[\s_-]contents | todo | roadmap | faq | glossary | install(?:ation|ing)?
    | getting[\s_-]started | quick[\s_-]?start
    """,
    re.IGNORECASE | re.VERBOSE,
)
# A folder that is one postmortem's: it names a year, ends as one, or has a name of three words or more.
_OWN_FOLDER = re.compile(r"\d{4}|post[\s_-]?mortem$|.-.*-")
_YOU = re.compile(r"\b(?:you|your|you're|yourself)\b", re.IGNORECASE)
_CLOCK = re.compile(r"(?<![\w:.])\d{1,2}:\d\d(?!\d)|\b\d{1,2}\s?[ap]m\b|\b\d{4}\s?UTC\b", re.IGNORECASE)
_DATE = re.compile(
    r"""
      \b(?:19|20)\d\d-\d\d-\d\d\b                                                                   # 2026-03-15
    | \b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s\d{1,2}\b                         # March 15
    | \b\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)        # 15th of March
    """,
    re.IGNORECASE | re.VERBOSE,
)
_DAY_IN_ADDRESS = re.compile(r"(?<!\d)20\d\d/[01]\d/[0-3]\d(?!\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ADVICE = re.compile(r"\b(?:should|must|needs? to|make sure|e\.g\.|for example)\b", re.IGNORECASE)
# Words by which guides and policies are called; postmortems of them exist, so times in the text outweigh this.
_GUIDE = re.compile(
    r"\b(?:how to|guide|process|handbook|manual|tutorial|documentation|runbook|playbook|policy|best practices|writing|so, you)\b",
    re.IGNORECASE,
)
_BEGINNING = 400  # characters, of the first four blocks: where a template says that it is one


def sections_of(blocks: Sequence[SourceBlock]) -> set[str]:
    """The known parts of a postmortem that a document has."""
    return {b.section for b in blocks if b.kind in {BlockKind.HEADING, BlockKind.LABEL}} & _SECTIONS


@dataclass(frozen=True, slots=True)
class Signs:
    """The measures of one document; counts are of the whole text, `words` at least 1.

    `keys` are the keys of front matter that only a record of an incident has, `story` the words of a failure, each once.
    """

    path: str
    title: str
    prose: str
    blocks: Sequence[SourceBlock]
    entries: int
    words: int
    sections: set[str]
    story: int
    keys: int
    clocks: int
    dates: int

    @property
    def name(self) -> str:
        """The file's name up to its first point."""
        return basename(self.path).split(".")[0]

    @property
    def times(self) -> int:
        """Everything in the text that says when."""
        return self.clocks + self.dates + self.entries

    @property
    def is_record(self) -> bool:
        """Whether the front matter is that of an incident; one key alone may have another sense."""
        return self.keys >= 2

    @property
    def spoken_to(self) -> int:
        """How often the text speaks to its reader."""
        return len(_YOU.findall(self.prose))

    @property
    def advice(self) -> int:
        """How many words of advice there are, those to the reader among them."""
        return self.spoken_to + len(_ADVICE.findall(self.prose))

    @property
    def instructions(self) -> int:
        """How many lines tell what to write."""
        return len(_INSTRUCTION.findall(self.prose))

    @property
    def placeholders(self) -> int:
        """How many places wait for words."""
        return len(_PLACEHOLDER.findall(self.prose)) + len(_PLACEHOLDER.findall(self.title))

    @property
    def called_report(self) -> bool:
        """Whether title or file name call it a report on an incident."""
        return bool(_CALLED_REPORT.search(f"{self.title} {basename(self.path)}"))

    @property
    def titled_report(self) -> bool:
        """Whether the title alone calls it that."""
        return bool(_CALLED_REPORT.search(self.title))

    @property
    def named_after_failure(self) -> bool:
        """Whether title or name speak of a failure."""
        return bool(_NAMED.search(f"{self.title} {stem(self.path)}"))

    @property
    def in_folder(self) -> bool:
        """Whether it lies among postmortems."""
        return bool(_IN_FOLDER.search(dirname(self.path)))

    @property
    def is_housekeeping(self) -> bool:
        """Whether its name is that of a file about its folder, and the folder is not one postmortem's own."""
        if not _HOUSEKEEPING.fullmatch(self.name):
            return False
        folded = self.name.casefold()
        alone = folded in {"index", "readme"} and _OWN_FOLDER.search(basename(dirname(self.path)))
        return not (alone and (folded == "index" or self.times >= 6))

    @property
    def calls_itself_template(self) -> bool:
        """Whether its name, title or first lines say that it is a template."""
        beginning = " ".join(b.text for b in self.blocks[:4])[:_BEGINNING]
        return bool(_TEMPLATE.search(_spaced(f"{self.name} {self.title}")) or _FROM_TEMPLATE.search(beginning))

    @property
    def is_guide(self) -> bool:
        """Whether title or name are those of a guide."""
        return bool(_GUIDE.search(_spaced(f"{self.title} {self.name}")))

    @property
    def names_no_day(self) -> bool:
        """Whether neither text nor name nor path say when it was."""
        return not (self.times or _DATE.search(f"{self.title} {self.name}") or _YEAR.search(self.path))

    @property
    def mostly_empty(self) -> bool:
        """Whether most of at least four sections have nothing below their heading."""
        headings = [n for n, b in enumerate(self.blocks) if b.kind is BlockKind.HEADING]
        empty = sum(1 for n in headings if _is_empty(self.blocks, n))
        return len(headings) >= 4 and empty * 2 > len(headings)

    @property
    def mostly_code(self) -> bool:
        """Whether over a third of the text is code; most real ones have none, and quoted logs rarely fill more."""
        code = sum(len(b.text) for b in self.blocks if b.kind is BlockKind.CODE)
        return code > 0.35 * sum(len(b.text) for b in self.blocks)


def signs_of(path: str, title: str, front: Mapping[str, object], blocks: Sequence[SourceBlock], entries: int) -> Signs:
    """Measure a document; `front` is its front matter, `entries` how many entries its timeline has."""
    prose = "\n".join(b.text for b in blocks if b.kind not in {BlockKind.CODE, BlockKind.DEFINITION})
    everything = f"{prose}\n{' '.join(str(value) for value in front.values())}"
    folded = everything.casefold()
    named = {key.casefold() for key in front}
    return Signs(
        path,
        title,
        prose,
        blocks,
        entries,
        words=max(len(everything.split()), 1),
        sections=sections_of(blocks),
        story=sum(1 for word in _STORY if word in folded),
        keys=len(named & (_RECORD | _COLLECTED if "url" in named else _RECORD)),
        clocks=len(_CLOCK.findall(prose)),
        dates=len(_DATE.findall(everything)) + len(_DAY_IN_ADDRESS.findall(everything)),
    )


def _spaced(name: str) -> str:
    return re.sub(r"[_-]", " ", name)


def _is_empty(blocks: Sequence[SourceBlock], number: int) -> bool:
    after = next(
        (b for b in blocks[number + 1 :] if b.kind not in {BlockKind.BLANK, BlockKind.RULE, BlockKind.HTML}), None
    )
    return after is None or (after.kind is BlockKind.HEADING and after.level <= blocks[number].level)
