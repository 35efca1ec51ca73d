"""A plan in words, and as rows for scripts."""

from collections import Counter
from collections.abc import Iterable, Iterator

from generator.sync.plan.changes import WRITING, Action, ChangeResult, Edit, Pull
from generator.sync.plan.pages.model import TARGET as PAGES

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
        "changes": [{"name": one.name, "before": one.before, "after": one.after} for one in change.fields],
        "code": done.code or change.code,
        "message": done.message or change.message,
        "done": done.done,
    }


def lines(done: Iterable[ChangeResult]) -> Iterator[str]:
    """The changes for people, below the name of their postmortem."""
    shown = ""
    for one in done:
        change = one.change
        if change.ref[0] != shown:
            shown = change.ref[0]
            yield f"{shown}  {change.path}"
        failed = "✗ " if one.done is False else ""
        item = f"#{change.ref[1]} " if change.ref[1] is not None else ""
        key = one.key or change.key
        yield f"  {failed}{MARKS[change.action]} {item}{_verb(one)}{f' {key}' if key else ''}"
        for difference in change.fields:
            before = f"{_short(difference.before)} → " if difference.before else ""
            yield f"      {difference.name}: {before}{_short(difference.after) or '(nothing)'}"
        words = one.message or change.message
        if words:
            code = one.code or change.code
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
    shown = f"{checked:,} {'postmortem' if checked == 1 else 'postmortems'} compared"
    return f"{shown}: {', '.join(parts) if parts else 'everything is in step'}."


def writes(done: Iterable[ChangeResult]) -> bool:
    """Whether a plan holds anything that `--apply` would do."""
    return any(one.change.action in WRITING | {Action.PULL, Action.WRITE} for one in done)


def _verb(one: ChangeResult) -> str:
    change = one.change
    if change.action is Action.WRITE and isinstance(change.payload, Edit):
        return "key into the file:"
    if change.action is Action.PULL and isinstance(change.payload, Pull):
        return "take over from"
    if change.target == PAGES and change.action in {Action.CREATE, Action.UPDATE}:
        return f"{change.action} page"
    return {Action.PAGE: "page on", Action.STATUS: "move", Action.NOTE: "record on"}.get(
        change.action, change.action.value
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
