"""What is to be done about one action item's ticket."""

from dataclasses import replace

from generator.document.model import ActionStatus
from generator.markup.inline_text import text_of
from generator.settings.model import Settings
from generator.sync.plan.accounts import handle_of_account
from generator.sync.plan.base import Base
from generator.sync.plan.changes import Action, Change, Difference, Pull, Push, Ref, Remote, Sections
from generator.sync.plan.comparing import ComparedItem, Comparison, Side, compare, labels
from generator.sync.plan.states import CATEGORY_OF, item_status
from generator.sync.plan.texts import item_texts, outdated
from generator.sync.plan.ticket import WantedItem, cell_of


def create(item: WantedItem, parent: str, settings: Settings, path: str, id: str, *, again: str = "") -> Change:  # noqa: A002 - the field's name
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
    fields = [Difference("summary", "", item.summary)]
    shown = (("assignee", item.owner), ("due date", _day(item)), ("priority", item.priority))
    fields += [Difference(name, "", value) for name, value in shown if value]
    message = f"{again} is gone, and is created again because of --recreate." if again else ""
    return Change((id, item.number), Action.CREATE, path=path, fields=tuple(fields), message=message, payload=push)


def unmoved(item: WantedItem, remote: Remote, settings: Settings) -> bool:
    """Whether a ticket is where it was made although its item was further by then: the run that made it went no further."""
    base = remote.base
    fresh = base is not None and base.own and "status" not in base.values
    further = item.status not in {None, ActionStatus.OPEN}
    return fresh and further and item_status(remote, settings.jira) is ActionStatus.OPEN


def first_status(item: WantedItem, ref: Ref, path: str, *, key: str = "") -> list[Change]:
    """The change that moves a ticket just created to where the item is already; later its status is Jira's to say."""
    status = item.status
    if status is None or status is ActionStatus.OPEN:
        return []
    wanted = CATEGORY_OF[status]
    return [
        Change(
            ref,
            Action.STATUS,
            key=key,
            path=path,
            fields=(Difference("status", "new", wanted),),
            payload=(status.value, wanted),
        )
    ]


def values(item: WantedItem, remote: Remote, settings: Settings, path: str, id: str) -> Comparison:  # noqa: A002 - the field's name
    """What differs in the values of an item's ticket. One that a person made keeps its summary and text."""
    base = remote.base or Base(id, item.number, own=False)
    subject = ComparedItem((id, item.number), remote.key, path, item.place)
    theirs = item_status(remote, settings.jira)
    sides = [
        Side("due", _day(item), remote.due, "due"),
        Side("assignee", item.owner, handle_of_account(remote.assignee, settings, base.who), "owner"),
        Side("status", _state(item, theirs), theirs.value if theirs else "", "status"),
    ]
    if unmoved(item, remote, settings):
        sides.pop()  # it is about to be moved
    if base.own:
        sides.insert(0, Side("summary", item.summary, remote.summary, "action"))
    sides = [side for side in sides if side.name not in remote.lacks]
    found = compare(subject, base, sides, new=remote.base is None)
    return _without_markup(found, subject, item, base)


def texts(item: WantedItem, remote: Remote) -> dict[str, Sections]:
    """The texts that are to be pushed; none into a ticket that a person made."""
    return outdated(item_texts(item), remote.base) if remote.base and remote.base.own else {}


def finish(
    item: WantedItem, remote: Remote, found: Comparison, push: dict[str, Sections], subject: ComparedItem
) -> list[Change]:
    """The changes of one item's ticket, once it is known which texts may be pushed."""
    ref, key, path, base, changes = subject.ref, subject.key, subject.path, found.base, []
    if found.pull:
        pull = Pull(tuple(found.pull), found.met)
        changes.append(Change(ref, Action.PULL, key=key, path=path, fields=tuple(found.taken), payload=pull))
    add, drop = labels(item.mark, item.labels, base, remote)
    sent = [*found.sent, *(Difference(name, "…", "changed") for name in push)]
    sent += [Difference("labels", " ".join(drop), " ".join(add))] if add or drop else []
    payload = Push(replace(base, labels=item.labels), found.push, push, add, drop)
    if remote.base is None:
        message = f"{key} was made by a person: it is followed, and its text is left alone."
        changes.append(
            Change(ref, Action.ADOPT, key=key, path=path, fields=tuple(found.sent), message=message, payload=payload)
        )
    elif sent:
        changes.append(Change(ref, Action.UPDATE, key=key, path=path, fields=tuple(sent), payload=payload))
    elif found.recorded and not found.pull:
        words = "What both sides say is recorded."
        changes.append(Change(ref, Action.NOTE, key=key, path=path, message=words, payload=payload))
    return [*changes, *found.problems]


def _without_markup(found: Comparison, subject: ComparedItem, item: WantedItem, before: Base) -> Comparison:
    """A comparison that does not take a summary over a cell with links or code, or with more text than a summary holds."""
    taken = next((edit for edit in found.pull if edit.name == "action"), None)
    if taken is None:
        return found
    if not item.cut and not _marked_up(item):
        found.pull[found.pull.index(taken)] = replace(taken, value=cell_of(taken.value))
        return found
    message = (
        f"The summary of {subject.key} is now {taken.value!r}, but the action in the file holds more than a summary can"
        " (links, code or a longer text); change the file by hand."
    )
    found.pull.remove(taken)
    found.taken = [one for one in found.taken if one.name != "summary"]
    found.problems.append(subject.problem(Action.CONFLICT, "summary-with-markup", message))
    found.base, found.met = (base.without(("summary",), before) for base in (found.base, found.met))
    return found


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
