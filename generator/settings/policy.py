"""What an archive expects of its postmortems, by severity, and on which days people work."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from generator.settings import calendar


@dataclass(frozen=True, slots=True)
class Deadlines:
    """What is expected of the postmortems of one severity; None means that nothing is.

    `postmortem` is whether every incident must have one: then a missed day is a warning, else advice.
    `review` is in working days after the incident was resolved, `published` and `actions` (the latest due date of
    an action item) in days after it, `follow_up` in days after the review.
    """

    postmortem: bool = False
    review: int | None = 5
    published: int | None = 7
    follow_up: int | None = 14
    actions: int | None = None


# What holds where nothing is set, most severe first; the others have the defaults of `Deadlines`.
_MOST_SEVERE = (Deadlines(postmortem=True, actions=90), Deadlines(postmortem=True))


@dataclass(frozen=True, slots=True)
class Policy:
    """What an archive expects of its postmortems: in general, by severity, and on which days people work.

    `default` and the values of `severities` hold only what was set, as field names of `Deadlines` and their values.
    """

    default: Mapping[str, int | None] = field(default_factory=dict)
    severities: Mapping[str, Mapping[str, int | None]] = field(default_factory=dict)
    holidays: tuple[date, ...] = ()
    weekend: tuple[str, ...] = ("saturday", "sunday")

    def expects(self, severity: str, rank: int, count: int) -> Deadlines:
        """What is expected of a severity: its own values, else the general ones, else the built-in ones.

        `rank` is its position among the `count` severities of the archive, 0 for the most severe.
        """
        builtin = _MOST_SEVERE[rank] if rank < min(len(_MOST_SEVERE), count) else Deadlines()
        named = severity.casefold()
        own = next((values for name, values in self.severities.items() if name.casefold() == named), {})
        values: dict[str, Any] = {**self.default, **own}
        return replace(builtin, **values) if values else builtin

    def working_days_after(self, start: date, count: int) -> date:
        """The day that lies `count` working days after `start`; weekends and holidays do not count."""
        return calendar.after_working_days(start, count, self.weekend, self.holidays)
