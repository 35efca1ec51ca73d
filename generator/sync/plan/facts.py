"""The facts of a document: what every plan asks of it, found out once in a run and handed on.

Here alone a run asks who may read the document, what its severity is, when it is due, and which items it has.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from generator.document import metrics
from generator.document.audience import audience_of
from generator.document.deadlines import due_dates
from generator.document.links import page_of
from generator.document.model import ActionItem, Postmortem
from generator.document.parse import Document
from generator.document.people import handle_of, person_of
from generator.document.scope import Scope, scope_of
from generator.document.tickets import KEY
from generator.document.times import Occurrence, occurrence
from generator.errors import PostmortemError
from generator.markup.escaping import escape
from generator.markup.inline_text import text_of
from generator.settings.model import Settings
from generator.sync.plan import identity

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """An action item that may have a ticket: its row, its words as one line, the handle of its owner, its priority there."""

    row: ActionItem
    number: int
    words: str
    owner: str
    priority: str


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What is so of a document by its text and the archive's settings, whatever any tracker says.

    `scope` is whether it is live, history or a sample; `restricted` whether nothing of its content may leave; `severity` the archive's name of it, `rank` its place, 0
    for the most severe; `priority` the name that goes with it; `page` its address on the site, empty without one;
    `commander` the handle of who leads, `leader` their name; `incident` the key of the incident's issue in our Jira;
    `when` it happened and what that rests on, `lasted` how long, in words; `due` the day by which it is published.
    `items` have numbers of their own; `repeated` are the numbers that several rows share.
    """

    document: Document
    scope: Scope
    restricted: bool
    severity: str
    rank: int
    priority: str
    page: str
    commander: str
    leader: str
    incident: str
    when: Occurrence | None
    lasted: str
    due: date | None
    items: tuple[ItemFacts, ...]
    repeated: tuple[int, ...]

    @property
    def stated(self) -> Postmortem:
        """What the file says."""
        return self.document.postmortem

    @property
    def id(self) -> str:
        """The postmortem's permanent name."""
        return self.document.postmortem.id

    @property
    def path(self) -> str:
        """The file, relative to the archive."""
        return self.document.path


def archive_facts(
    documents: Iterable[Document], settings: Settings, before: Iterable[DocumentFacts] = ()
) -> tuple[DocumentFacts, ...]:
    """The facts of all documents with an id; those of `before` are kept where the file is as it was."""
    earlier: Mapping[str, DocumentFacts] = {one.path: one for one in before}
    return tuple(
        earlier[one.path]
        if one.path in earlier and earlier[one.path].document.text == one.text
        else facts_of(one, settings)
        for one in documents
        if one.postmortem.id
    )


def refuse_shared_ids(facts: Iterable[DocumentFacts]) -> None:
    """Raise PostmortemError where two files have the same id, before anything is asked for."""
    first: dict[str, DocumentFacts] = {}
    for one in facts:
        other = first.setdefault(one.id.casefold(), one)
        if other is not one:
            raise PostmortemError(
                f"{one.path} and {other.path} have the same id {one.id}, so nothing was sent; give one of them its own."
            )


def facts_of(document: Document, settings: Settings) -> DocumentFacts:
    """The facts of one document."""
    stated = document.postmortem
    severity = settings.severity_of(stated.severity) or stated.severity
    leader = person_of(stated.commander, settings)
    counts = Counter(item.number for item in stated.actions if item.number is not None)
    priority = _priority_of(severity, settings)
    closed = audience_of(document, settings).restricted
    publish = due_dates(stated, settings).publish
    return DocumentFacts(
        document=document,
        scope=scope_of(document, settings),
        restricted=closed,
        severity=severity,
        rank=settings.severity_rank(severity),
        priority=priority,
        page=page_of(stated.id, settings.url),
        commander=handle_of(stated.commander, settings),
        leader=(leader.name or leader.handle) if leader else stated.commander,
        incident=stated.incident if KEY.fullmatch(stated.incident) and not closed else "",
        when=occurrence(stated),
        lasted=metrics.lasted(stated),
        due=publish.day if publish else None,
        items=tuple(_items(stated, counts, priority, settings)),
        repeated=tuple(sorted(number for number, times in counts.items() if times > 1)),
    )


def without_breaks(cell: str) -> str:
    """A cell as one line of Markdown."""
    return _BREAK.sub(" ", cell)


def cell_of(words: str) -> str:
    """Plain words as a cell that shows them, with as few signs of Markdown as that takes."""
    return words if text_of(words) == words else escape(words)


def _items(stated: Postmortem, counts: Counter[int], priority: str, settings: Settings) -> Iterable[ItemFacts]:
    """The items that may have a ticket.

    Left out are rows without a number or an action, those whose action is still `TODO:`, and those that share a number:
    which of them has the ticket, only people know.
    """
    for item in stated.actions:
        words = identity.summary_line(text_of(item.action), limit=len(item.action) * 2 + 1)
        if item.number is None or counts[item.number] > 1 or not words or words.casefold().startswith("todo:"):
            continue
        owner = handle_of(re.split(r"[,&/]", item.owner)[0], settings)
        yield ItemFacts(item, item.number, words, owner, priority or _own_priority(item, settings))


def _priority_of(severity: str, settings: Settings) -> str:
    """The priority that goes with a severity, empty where none is set."""
    name = severity.casefold()
    return next((one for word, one in settings.jira.priorities.items() if word.casefold() == name), "")


def _own_priority(item: ActionItem, settings: Settings) -> str:
    """The priority that a row states, in the spelling of the settings; empty where they do not have it."""
    own = text_of(item.priority).casefold()
    return next((name for name in settings.jira.priorities.values() if own and name.casefold() == own), "")
