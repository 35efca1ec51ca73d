"""Figures about postmortems: durations, action items, checklists. Medians come with the number of cases behind them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from generator.document import query
from generator.document.model import ActionItem, Postmortem
from generator.document.times import Basis, occurrence


@dataclass(frozen=True, slots=True)
class Durations:
    """How long it took from the start; None where a time is missing or lies before the start."""

    detect: timedelta | None
    mitigate: timedelta | None
    resolve: timedelta | None


@dataclass(frozen=True, slots=True)
class Spread:
    """A median with its range and `n`, the number of cases; all None where there is no case."""

    n: int = 0
    median: timedelta | None = None
    least: timedelta | None = None
    most: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of a list is done."""

    done: int = 0
    total: int = 0

    @property
    def percent(self) -> int:
        """Whole percent, 100 only when everything is done."""
        return self.done * 100 // self.total if self.total else 0


@dataclass(frozen=True, slots=True)
class ActionCounts:
    """How action items stand; all but `total` count unfinished ones of current postmortems only."""

    total: int = 0
    unfinished: int = 0
    overdue: int = 0
    unowned: int = 0
    undated: int = 0


def durations(postmortem: Postmortem) -> Durations:
    """Time to detect, to mitigate and to resolve, each from the start of the impact."""
    start = postmortem.started
    return Durations(*(_since(start, end) for end in (postmortem.detected, postmortem.mitigated, postmortem.resolved)))


def _since(start: datetime | None, end: datetime | None) -> timedelta | None:
    return end - start if start is not None and end is not None and end >= start else None


def lasted(postmortem: Postmortem) -> str:
    """How long an incident lasted, in words; `at least` where only its detection is known, empty without a beginning.

    A timeline may begin with what led to the incident, so its first entry measures nothing.
    """
    when = occurrence(postmortem)
    if when is None or when.basis not in {Basis.STARTED, Basis.DETECTED}:
        return ""
    words = in_words(_since(when.at, postmortem.resolved))
    return f"at least {words}" if words and when.basis is Basis.DETECTED else words


def spread(values: Iterable[timedelta | None]) -> Spread:
    """The median and range of the values that are known."""
    known = sorted(value for value in values if value is not None)
    if not known:
        return Spread()
    middle = timedelta(seconds=round(median(value.total_seconds() for value in known)))
    return Spread(len(known), middle, known[0], known[-1])


def action_counts(items: Iterable[tuple[ActionItem, bool]], today: date) -> ActionCounts:
    """Count action items by how they stand today; each comes with whether its postmortem is a current one."""
    total = unfinished = overdue = unowned = undated = 0
    for item, current in items:
        total += 1
        group = query.due_group(item, today, current=current)
        if group is not None and group is not query.Due.HISTORY:
            unfinished += 1
            overdue += group is query.Due.OVERDUE
            undated += group is query.Due.NO_DATE
            unowned += not item.owner
    return ActionCounts(total, unfinished, overdue, unowned, undated)


def checklist(postmortem: Postmortem) -> tuple[Progress, dict[str, Progress]]:
    """Progress over all task-list items, and by the title of the section that holds them, in order."""
    sections: dict[str, Progress] = {}
    for task in postmortem.tasks:
        before = sections.get(task.section, Progress())
        sections[task.section] = Progress(before.done + task.done, before.total + 1)
    done = sum(task.done for task in postmortem.tasks)
    return Progress(done, len(postmortem.tasks)), sections


def in_words(duration: timedelta | None) -> str:
    """A duration as people say it, two units at most: `43 min`, `2 h 14 min`, `3 d 4 h`; empty for None."""
    if duration is None:
        return ""
    minutes = round(duration.total_seconds() / 60)
    if minutes < 1:
        return "0 min" if duration == timedelta(0) else "under 1 min"
    days, rest = divmod(minutes, 1440)
    hours, minutes = divmod(rest, 60)
    units = [f"{value} {unit}" for value, unit in ((days, "d"), (hours, "h"), (minutes, "min")) if value]
    return " ".join(units[:2] if (days and hours) or not days else units[:1])
