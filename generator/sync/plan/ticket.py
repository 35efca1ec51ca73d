"""What the tickets of a postmortem's action items shall hold in one tracker.

A ticket that the file names decides by itself where an item is kept. An item without one goes where the tracker of the
document's first service is. Of a restricted document's items only number, owner, due date, status and priority are sent,
and its tickets are made in the archive's own place: a service's would say what was affected.
"""

from dataclasses import dataclass
from datetime import date

from generator.document.model import ActionItem, ActionStatus
from generator.markup.escaping import escape
from generator.markup.inline_text import text_of
from generator.settings.model import Settings
from generator.sync.plan import fact_lists, identity
from generator.sync.plan.facts import DocumentFacts, ItemFacts, without_breaks
from generator.sync.plan.tracker import TrackerRules

LABEL = "action-item"


@dataclass(frozen=True, slots=True)
class WantedItem:
    """An action item's ticket as the document wants it in one tracker.

    `owner` is the handle of the first who is named, or the name as it is written. `key` is the key of the issue that
    the file names, empty without one. `action` is the cell as written, for comparing and never to be sent; `cut` is
    whether `summary` says less than it, so that it must not be taken back into the file. `mark` is the one of its
    labels that says whose it is.
    """

    number: int
    summary: str
    markdown: str
    labels: tuple[str, ...]
    owner: str
    due: date | None
    priority: str
    status: ActionStatus | None
    key: str
    project: str
    issue_type: str
    cut: bool
    action: str = ""
    status_text: str = ""
    mark: str = ""


def wanted_items(facts: DocumentFacts, rules: TrackerRules, settings: Settings) -> tuple[WantedItem, ...]:
    """The tickets of a document's action items that a tracker keeps, in the order of their rows."""
    home = is_home(facts, rules, settings)
    named = ((item, rules.parse_ticket(item.row.ticket, facts.stated.services)) for item in facts.items)
    return tuple(_item(facts, item, key, rules) for item, key in named if key or (home and not item.row.ticket))


def is_home(facts: DocumentFacts, rules: TrackerRules, settings: Settings) -> bool:
    """Whether the document's items without a ticket are kept in this tracker."""
    return settings.tracker_of(_services(facts)) == rules.name


def _services(facts: DocumentFacts) -> tuple[str, ...]:
    """The services that may say where something is kept."""
    return () if facts.restricted else facts.stated.services


def _item(facts: DocumentFacts, item: ItemFacts, key: str, rules: TrackerRules) -> WantedItem:
    row, closed, holds = item.row, facts.restricted, rules.capabilities
    destination = rules.destination(_services(facts), key)
    mark = identity.mark(facts.id, item.number, holds.label_length)
    grave = identity.valid_label(facts.severity.lower())
    summary = f"Action item {item.number} of a restricted postmortem" if closed else identity.summary_line(item.words)
    text = _text(facts, row)
    if not closed:
        text = f"{without_breaks(row.action)}\n\n{text}{_kind(row)}"
    if item.priority and not holds.priorities:
        text += f"\n- **Priority:** {escape(item.priority)}"
    begun = row.status is ActionStatus.IN_PROGRESS and not holds.progress
    return WantedItem(
        item.number,
        summary,
        text,
        tuple(one for one in (LABEL, identity.fitting(grave, grave, holds.label_length), mark) if one),
        item.owner,
        row.due,
        item.priority,
        ActionStatus.OPEN if begun else row.status,  # an open issue there says nothing of how far it is
        key,
        destination.project,
        destination.issue_type,
        summary != item.words,
        row.action,
        row.status_text,
        mark,
    )


def _text(facts: DocumentFacts, row: ActionItem) -> str:
    title = "" if facts.restricted else facts.stated.title
    values = [("Severity", escape(facts.severity)), ("Due", row.due.isoformat() if row.due else "")]
    rows = [f"- **{name}:** {value}" for name, value in values if value]
    where = fact_lists.linked(f"{facts.id} {title}".strip(), facts.page)
    return "\n".join([f"Action item {row.number} of {where}", "", *rows]).rstrip()


def _kind(row: ActionItem) -> str:
    kind = text_of(row.type)
    return f"\n- **Type:** {escape(kind)}" if kind else ""
