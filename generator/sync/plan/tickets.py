"""What is to be done about one action item's ticket."""

from dataclasses import replace

from generator.document.model import ActionStatus
from generator.markup.inline_text import text_of
from generator.settings.model import Settings
from generator.sync.plan.accounts import evidence_of, handle_of_account
from generator.sync.plan.base import Base
from generator.sync.plan.changes import (
    AdoptIssue,
    Change,
    CreateIssue,
    Difference,
    MoveIssue,
    PullValues,
    Push,
    RecordState,
    Sections,
    UpdateIssue,
)
from generator.sync.plan.comparing import ComparedItem, Comparison, Side, compare, labels
from generator.sync.plan.facts import cell_of
from generator.sync.plan.snapshot import Ref, Remote
from generator.sync.plan.states import CATEGORY_OF, item_status
from generator.sync.plan.texts import item_texts, outdated
from generator.sync.plan.ticket import WantedItem
from generator.sync.plan.tracker import TrackerRules


def create(
    item: WantedItem,
    parent: str,
    settings: Settings,
    path: str,
    id: str,  # noqa: A002 - the field's name
    *,
    instead_of: str = "",
) -> CreateIssue:
    """The change that creates an item's ticket; `parent` is the key of the postmortem's issue, empty where it is new too."""
    base = Base(id, item.number, labels=item.labels)
    values = {"summary": item.summary, "due": _day(item), "assignee": item.owner, "priority": item.priority}
    for name in ("summary", "due", "assignee"):
        base = base.with_value(name, values[name], values[name])
    if item.status in {None, ActionStatus.OPEN}:  # any other one is recorded once the ticket has been moved there
        base = base.with_value("status", ActionStatus.OPEN.value, ActionStatus.OPEN.value)
    push = Push(
        base,
        values,
        item_texts(item),
        item.labels,
        (),
        item.project,
        item.issue_type,
        parent,
        settings.jira.action_link_type,
    )
    others = (("assignee", item.owner), ("due date", _day(item)), ("priority", item.priority))
    differences = (
        Difference("summary", "", item.summary),
        *(Difference(name, "", value) for name, value in others if value),
    )
    return CreateIssue(ref=(id, item.number), path=path, push=push, differences=differences, instead_of=instead_of)


def unmoved(item: WantedItem, remote: Remote, settings: Settings) -> bool:
    """Whether a ticket is where it was made although its item was further by then: the run that made it went no further."""
    base = remote.base
    fresh = base is not None and base.own and "status" not in base.values
    further = item.status not in {None, ActionStatus.OPEN}
    return fresh and further and item_status(remote, settings.jira) is ActionStatus.OPEN


def first_status(item: WantedItem, ref: Ref, path: str, *, key: str = "") -> list[MoveIssue]:
    """The change that moves a ticket just created to where the item is already; later its status is Jira's to say."""
    status = item.status
    if status is None or status is ActionStatus.OPEN:
        return []
    goal = CATEGORY_OF[status]
    return [MoveIssue(ref=ref, key=key, path=path, status=status.value, before="new", category=goal)]


def values(
    item: WantedItem, remote: Remote, settings: Settings, subject: ComparedItem, rules: TrackerRules
) -> Comparison:
    """What differs in the values of an item's ticket. One that a person made keeps its summary and text."""
    base = remote.base or Base(subject.ref[0], item.number, own=False)
    theirs = item_status(remote, settings.jira)
    sides = [
        Side("due", _day(item), remote.due, "due"),
        Side(
            "assignee",
            item.owner,
            handle_of_account(remote.assignee, settings, rules, base.who),
            "owner",
            evidence_of(item.owner, settings),
        ),
        Side("status", _state(item, theirs), theirs.value if theirs else "", "status"),
    ]
    if unmoved(item, remote, settings):
        sides.pop()  # it is about to be moved
    if base.own:
        sides.insert(0, Side("summary", item.summary, remote.summary, "action"))
    if not rules.capabilities.due_dates:
        sides = [side for side in sides if side.name != "due"]  # the day stands in the text
    comparison = compare(subject, base, sides, new=remote.base is None)
    return _without_markup(comparison, subject, item, base)


def texts(item: WantedItem, remote: Remote) -> dict[str, Sections]:
    """The texts that are to be pushed; none into a ticket that a person made."""
    return outdated(item_texts(item), remote.base) if remote.base and remote.base.own else {}


def finish(
    item: WantedItem, remote: Remote, comparison: Comparison, push: dict[str, Sections], subject: ComparedItem
) -> list[Change]:
    """The changes of one item's ticket, once it is known which texts may be pushed."""
    ref, key, path, base = subject.ref, subject.key, subject.path, comparison.base
    changes: list[Change] = pulled(comparison, subject)
    add, drop = labels(item.mark, item.labels, base, remote)
    sent = [*comparison.sent, *(Difference(name, "…", "changed") for name in push)]
    sent += [Difference("labels", " ".join(drop), " ".join(add))] if add or drop else []
    whole = Push(replace(base, labels=item.labels), comparison.push, push, add, drop)
    if remote.base is None:
        changes.append(AdoptIssue(ref=ref, key=key, path=path, push=whole, differences=tuple(comparison.sent)))
    elif sent:
        changes.append(UpdateIssue(ref=ref, key=key, path=path, push=whole, differences=tuple(sent)))
    elif comparison.recorded and not comparison.pull:
        changes.append(RecordState(ref=ref, key=key, path=path, push=whole))
    return [*changes, *comparison.problems]


def pulled(comparison: Comparison, subject: ComparedItem) -> list[Change]:
    """The change that takes values over into the file, where there are any."""
    if not comparison.pull:
        return []
    edits, taken = tuple(comparison.pull), tuple(comparison.taken)
    return [
        PullValues(
            ref=subject.ref, key=subject.key, path=subject.path, edits=edits, base=comparison.met, differences=taken
        )
    ]


def _without_markup(comparison: Comparison, subject: ComparedItem, item: WantedItem, before: Base) -> Comparison:
    """A comparison that does not take a summary over a cell with links or code, or with more text than a summary holds."""
    taken = next((edit for edit in comparison.pull if edit.name == "action"), None)
    if taken is None:
        return comparison
    if not item.cut and not _marked_up(item):
        comparison.pull[comparison.pull.index(taken)] = replace(taken, value=cell_of(taken.value))
        return comparison
    message = (
        f"The summary of {subject.key} is now {taken.value!r}, but the action in the file holds more than a summary can"
        " (links, code or a longer text); change the file by hand."
    )
    comparison.pull.remove(taken)
    comparison.taken = [one for one in comparison.taken if one.name != "summary"]
    comparison.problems.append(subject.conflict("summary-with-markup", message))
    comparison.base, comparison.met = (base.without(("summary",), before) for base in (comparison.base, comparison.met))
    return comparison


def _marked_up(item: WantedItem) -> bool:
    words = text_of(item.action)
    return " ".join(item.action.split()) not in {words, cell_of(words)}


def _state(item: WantedItem, theirs: ActionStatus | None) -> str:
    """What the file says: an empty cell says open, and one that nobody can read says what the ticket says."""
    if item.status is not None:
        return item.status.value
    return theirs.value if theirs and item.status_text else ActionStatus.OPEN.value


def _day(item: WantedItem) -> str:
    return item.due.isoformat() if item.due else ""
