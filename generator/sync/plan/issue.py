"""What a postmortem's issue shall hold: summary, labels, due date, and its text in named parts of Markdown.

Of a restricted document nothing is sent but its id, its severity, its dates and who leads: everybody who may see the
project would read the rest. See `document.audience` for which documents these are.
"""

import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from generator.document.model import ActionItem, Postmortem, Section
from generator.document.parse import Document
from generator.markup import markdown, source_lines
from generator.settings.model import Settings
from generator.sync.plan import fact_lists, identity
from generator.sync.plan.facts import DocumentFacts

HEADINGS = {
    "incident_summary": "Incident summary",
    "timeline": "Timeline",
    "root_causes": "Root causes",
    "impact": "Impact",
    "mitigation_actions": "Mitigation and action items",
}
OTHER = "other"
_PART_OF = {
    "summary": "incident_summary",
    "timeline": "timeline",
    "root-cause": "root_causes",
    "trigger": "root_causes",
    "contributing-factors": "root_causes",
    "impact": "impact",
    "resolution": "mitigation_actions",
    "action-items": "mitigation_actions",
}
_OPEN = ("incident_summary", OTHER)  # parts out of which known sections inside others are taken into their own part
_LEVEL = 2  # of a part's heading in the description; everything within is below it
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_REFERENCE = re.compile(r" {0,3}\[([^\]]+)\]:[ \t]*\S")


@dataclass(frozen=True, slots=True)
class IssuePart:
    """A part of the text: `name` is a field of `JiraFields`, or `other` for what belongs in the description alone.

    Headings in `markdown` are of level 3 and below.
    """

    name: str
    heading: str
    markdown: str


@dataclass(frozen=True, slots=True)
class WantedIssue:
    """An issue as the document wants it; `commander` is a handle, `incident` the key of the incident's issue or empty.

    `restricted` is whether its content is kept back; then nothing of the document may go along by other ways either,
    such as attachments.
    """

    id: str
    summary: str
    labels: tuple[str, ...]
    due: date | None
    parts: tuple[IssuePart, ...]
    category: str
    status: str
    severity: str
    commander: str = ""
    incident: str = ""
    restricted: bool = False


@dataclass(slots=True)
class _Block:
    """A section with those inside it: their levels, headings and texts, the section's own first, and their lines."""

    part: str
    title: str
    level: int
    pieces: list[tuple[int, str, str]] = field(default_factory=list)
    lines: list[range] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return not any(_COMMENT.sub("", body).strip() for _, _, body in self.pieces)


def wanted_issue(facts: DocumentFacts, settings: Settings) -> WantedIssue:
    """What the issue of a document shall hold.

    It depends on nothing but these, so that an unchanged document asks for nothing new on another day.
    """
    closed, severity = facts.restricted, facts.severity
    title = "Restricted postmortem" if closed else facts.stated.title
    summary = f"#{facts.id} ({severity}) {title}" if severity else f"#{facts.id} {title}"
    return WantedIssue(
        facts.id,
        identity.summary_line(summary),
        _labels(facts, settings),
        facts.due,
        _closed(facts, settings) if closed else _parts(facts, settings),
        "" if closed else facts.stated.category,
        str(facts.stated.status or ""),
        severity,
        facts.commander,
        facts.incident,
        closed,
    )


def _labels(facts: DocumentFacts, settings: Settings) -> tuple[str, ...]:
    grave = identity.valid_label(facts.severity.lower())
    dated = f"{grave}-{facts.when.day.isoformat().replace('-', '')}" if grave and facts.when else ""
    own = (identity.valid_label(words) for words in settings.jira.labels)
    labels = (identity.LABEL, grave, dated, identity.label(facts.id), *own)
    return tuple(dict.fromkeys(one for one in labels if one))


def _closed(facts: DocumentFacts, settings: Settings) -> tuple[IssuePart, ...]:
    """One sentence for the description and for each field that may hold what was written before it was restricted."""
    where = fact_lists.linked(facts.id or facts.page, facts.page)
    sentence = f"This postmortem is restricted. Those who may read it find it here: {where}."
    fields = settings.jira.fields.mapped()
    own = (IssuePart(name, heading, sentence) for name, heading in HEADINGS.items() if name in fields)
    return (*own, IssuePart(OTHER, "Restricted postmortem", sentence))


def _parts(facts: DocumentFacts, settings: Settings) -> tuple[IssuePart, ...]:
    document, stated = facts.document, facts.stated
    blocks = [block for block in _blocks(document, settings) if not block.empty]
    before = {
        "incident_summary": fact_lists.summary_facts(facts, settings),
        "impact": fact_lists.impact_facts(facts),
        "mitigation_actions": fact_lists.follow_ups(facts, settings),
    }
    held = {name: [block for block in blocks if block.part == name] for name in HEADINGS}
    if table := fact_lists.action_table(_elsewhere(stated, held["mitigation_actions"]), settings):
        items = _Block("mitigation_actions", "Action items", _LEVEL, [(_LEVEL, "Action items", table)])
        held["mitigation_actions"].append(items)
    parts = [IssuePart(name, head, _text(head, before.get(name, ""), held[name])) for name, head in HEADINGS.items()]
    parts += [IssuePart(OTHER, block.title, _text(block.title, "", [block])) for block in blocks if block.part == OTHER]
    references = _references(document)
    return tuple(IssuePart(p.name, p.heading, _complete(p.markdown, references)) for p in parts if p.markdown)


def _blocks(document: Document, settings: Settings) -> Iterable[_Block]:
    """The document's text in the order it stands, each section with those inside it unless they have another part."""
    stated, headings = document.postmortem, document.outline.headings
    edits = list(fact_lists.ticket_links(document, settings))
    bounds = [document.front.body, *(h.start for h in headings), len(document.text)]
    intro = _Block("incident_summary", "", _LEVEL, [(_LEVEL, "", _slice(document.text, bounds[0], bounds[1], edits))])
    blocks = [intro]
    stack: list[_Block] = []
    for number, (heading, section) in enumerate(zip(headings, stated.sections, strict=True)):
        piece = (heading.level, heading.title, _slice(document.text, heading.end, bounds[number + 2], edits))
        if number == 0 and _is_title(section, stated):
            intro.pieces.append((_LEVEL, "", piece[2]))
            intro.title = "" if section.title == stated.title else section.title
            continue
        while stack and stack[-1].level >= heading.level:
            stack.pop()
        home = _PART_OF.get(section.key, "")
        if not stack or (home and stack[-1].part in _OPEN and home != stack[-1].part):
            stack.append(_Block(home or OTHER, section.title or "Further notes", heading.level))
            blocks.append(stack[-1])
        stack[-1].pieces.append(piece)
        stack[-1].lines.append(
            range(heading.line, headings[number + 1].line if headings[number + 1 :] else sys.maxsize)
        )
    return blocks


def _is_title(section: Section, stated: Postmortem) -> bool:
    """Whether the document's first section is its title: the one heading of level 1, and no known part."""
    return section.level == 1 and not section.key and sum(one.level == 1 for one in stated.sections) == 1


def _slice(text: str, start: int, end: int, edits: Iterable[tuple[int, int, str]]) -> str:
    pieces = []
    for begin, stop, new in edits:
        if start <= begin and stop <= end:
            pieces += [text[start:begin], new]
            start = stop
    return "".join([*pieces, text[start:end]]).replace("\r\n", "\n").strip("\n").rstrip()


def _text(heading: str, before: str, blocks: list[_Block]) -> str:
    """Facts and sections below one heading; a section that is not alone has a heading of its own."""
    alone = not before and len(blocks) == 1
    pieces = [before] if before else []
    for block in blocks:
        own = block.title if markdown.normal(block.title) != markdown.normal(heading) else ""
        top = _LEVEL if alone else _LEVEL + 1
        pieces += [] if alone else [f"{'#' * top} {own or 'Description'}"]
        for number, (level, title, body) in enumerate(block.pieces):
            if number and title:
                pieces.append(f"{'#' * min(6, max(top + 1, top + level - block.level))} {title}")
            pieces += [body] if body else []
    return "\n\n".join(pieces)


def _elsewhere(stated: Postmortem, blocks: Iterable[_Block]) -> list[ActionItem]:
    """The action items that do not stand in these blocks."""
    lines = [own for block in blocks for own in block.lines]
    return [item for item in stated.actions if not any(item.line in own for own in lines)]


def _references(document: Document) -> Mapping[str, str]:
    """The addresses of links that are defined in lines of their own, by the name that links use."""
    references: dict[str, str] = {}
    for line in source_lines.lines_of(document.text, document.front.body, document.front.body_line):
        if not line.code and (match := _REFERENCE.match(line.text)):
            references.setdefault(match[1].casefold(), line.text.strip())
    return references


def _complete(text: str, references: Mapping[str, str]) -> str:
    """A part with the definitions that its links need and that stand in another part."""
    folded = text.casefold()
    lines = [line for name, line in references.items() if f"[{name}]" in folded and line not in text]
    return "\n\n".join([text, "\n".join(lines)]) if lines else text
