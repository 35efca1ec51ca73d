"""A plan in words, and as rows for scripts."""

from collections import Counter
from collections.abc import Iterable, Iterator

from generator.sync.plan.changes import (
    TELLING,
    Action,
    AdoptIssue,
    Conflict,
    CreateIssue,
    Difference,
    HangPage,
    LinkIssues,
    MissingIssue,
    MoveIssue,
    PlanWarning,
    PullValues,
    RecordState,
    UpdateIssue,
)
from generator.sync.plan.pages.changes import CreatePage, RecordPage, UpdatePage
from generator.sync.plan.results import AnyChange, ChangeResult

MARKS = {
    Action.CREATE: "+",
    Action.ADOPT: "+",
    Action.UPDATE: "~",
    Action.STATUS: "~",
    Action.NOTE: "~",
    Action.LINK: "+",
    Action.PAGE: "+",
    Action.PULL: "<",
    Action.WRITE: "<",
    Action.CONFLICT: "!",
    Action.MISSING: "!",
    Action.WARNING: "?",
}
_COUNTED = (
    (Action.CREATE, "to create", "created"),
    (Action.ADOPT, "to adopt", "adopted"),
    (Action.UPDATE, "to update", "updated"),
    (Action.STATUS, "to move", "moved"),
    (Action.LINK, "to link", "linked"),
    (Action.PAGE, "page links to set", "page links set"),
    (Action.PULL, "to take over into files", "taken over into files"),
    (Action.WRITE, "keys to write into files", "keys written into files"),
)
_VERBS = {
    Action.WRITE: "key into the file:",
    Action.PULL: "take over from",
    Action.PAGE: "page on",
    Action.STATUS: "move",
    Action.NOTE: "record on",
}
_LONGEST = 90


def row(done: ChangeResult) -> dict[str, object]:
    """One change for `--format json`; the names are a contract. `done` is null where nothing was tried."""
    change = done.change
    return {
        "postmortem": change.ref[0],
        "item": change.ref[1],
        "target": change.target,
        "action": change.action.value,
        "key": done.key or change.key,
        "path": change.path,
        "changes": [{"name": one.name, "before": one.before, "after": one.after} for one in differences_of(change)],
        "code": done.code or code_of(change),
        "message": done.message or message_of(change),
        "done": done.done,
    }


def lines(done: Iterable[ChangeResult]) -> Iterator[str]:
    """The changes for people, below the name of their postmortem."""
    heading = ""
    for one in done:
        change = one.change
        if change.ref[0] != heading:
            heading = change.ref[0]
            yield f"{heading}  {change.path}"
        failed = "✗ " if one.done is False else ""
        item = f"#{change.ref[1]} " if change.ref[1] is not None else ""
        key = one.key or change.key
        yield f"  {failed}{MARKS[change.action]} {item}{_verb(change)}{f' {key}' if key else ''}"
        for difference in differences_of(change):
            before = f"{_short(difference.before)} → " if difference.before else ""
            yield f"      {difference.name}: {before}{_short(difference.after) or '(nothing)'}"
        words = one.message or message_of(change)
        if words:
            code = one.code or code_of(change)
            yield f"      {words}{f'  [{code}]' if code else ''}"


def summary(done: Iterable[ChangeResult], *, checked: int, applied: bool) -> str:
    """One line: what there is to do, or what was done, and what is left to people."""
    everything = list(done)
    counts = Counter(one.change.action for one in everything if not applied or one.done)
    parts = [f"{counts[action]:,} {past if applied else future}" for action, future, past in _COUNTED if counts[action]]
    problems = Counter(one.change.action for one in everything if one.done is None)
    for action, word in ((Action.CONFLICT, "conflict"), (Action.MISSING, "missing"), (Action.WARNING, "warning")):
        if number := problems[action]:
            parts.append(f"{number:,} {word}{'s' if number > 1 and action is not Action.MISSING else ''}")
    if failed := sum(one.done is False for one in everything):
        parts.append(f"{failed:,} not done")
    compared = f"{checked:,} {'postmortem' if checked == 1 else 'postmortems'} compared"
    return f"{compared}: {', '.join(parts) if parts else 'everything is in step'}."


def writes(done: Iterable[ChangeResult]) -> bool:
    """Whether a plan holds anything that `--apply` would do."""
    return any(one.change.action not in TELLING for one in done)


def differences_of(change: AnyChange) -> tuple[Difference, ...]:
    """The values that a change changes."""
    match change:
        case CreateIssue() | AdoptIssue() | UpdateIssue() | PullValues() | CreatePage() | UpdatePage():
            return change.differences
        case Conflict() | PlanWarning():
            return change.differences
        case MoveIssue():
            return (Difference("status", change.before, change.category),)
        case LinkIssues():
            return (Difference("link", "", f"{change.kind} {change.other or 'the postmortem'}"),)
        case HangPage():
            return (Difference("page", change.before, change.address),)
        case _:
            return ()


def message_of(change: AnyChange) -> str:
    """What is to be said of a change besides the values."""
    match change:
        case Conflict() | PlanWarning() | MissingIssue() | UpdatePage():
            return change.message
        case CreateIssue(instead_of=key) if key:
            return f"{key} is gone, and is created again because of --recreate."
        case AdoptIssue():
            return f"{change.key} was made by a person: it is followed, and its text is left alone."
        case RecordState():
            return "What both sides say is recorded."
        case RecordPage():
            return "What the page shows is recorded."
        case _:
            return ""


def code_of(change: AnyChange) -> str:
    """The stable word for what a change leaves to people; empty for everything else."""
    match change:
        case Conflict() | PlanWarning():
            return change.code
        case MissingIssue():
            return "missing"
        case _:
            return ""


def _verb(change: AnyChange) -> str:
    if isinstance(change, CreatePage | UpdatePage):
        return f"{change.action} page"
    return _VERBS.get(change.action, change.action.value)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
