"""By when what is due: one answer for checks, tickets, notices, pages and lists.

The rules are the archive's policy; a severity counts by whichever of its names the document uses. What the document
does not say, or says in a word that is no severity of the archive, leaves a deadline open: none is guessed.
"""

from dataclasses import dataclass
from datetime import date, datetime

from generator.document.model import Postmortem
from generator.document.times import occurrence
from generator.settings.calendar import after_days
from generator.settings.model import Settings


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day on which something is in time, and the rule: so many days (of work or not) after what.

    `binding` is whether the archive demands a postmortem of this severity, rather than welcoming one.
    """

    day: date
    days: int
    after: str
    binding: bool
    working: bool = False

    @property
    def rule(self) -> str:
        """The rule in words, such as `5 working days after the incident was resolved`."""
        kind = "working day" if self.working else "day"
        return f"{self.days} {kind}{'' if self.days == 1 else 's'} after {self.after}"


@dataclass(frozen=True, slots=True)
class DueDates:
    """The deadlines of one postmortem; None where there is none, or where the document does not say enough.

    `action` is the latest date that an action item may have.
    """

    review: Deadline | None = None
    publish: Deadline | None = None
    follow_up: Deadline | None = None
    action: Deadline | None = None


_RESOLVED = "the incident was resolved"


def due_dates(known: Postmortem, settings: Settings) -> DueDates:
    """By when a postmortem is to be reviewed, published and followed up, and its action items are to be done."""
    severity = settings.severity_of(known.severity)
    if not severity:
        return DueDates()
    expected = settings.deadlines(severity)
    binding = expected.postmortem
    review = publish = follow_up = action = None
    if known.resolved is not None:
        end = known.resolved.date()
        if expected.review is not None:
            day = settings.policy.working_days_after(end, expected.review)
            review = Deadline(day, expected.review, _RESOLVED, binding, working=True)
        if expected.published is not None:
            publish = Deadline(after_days(end, expected.published), expected.published, _RESOLVED, binding)
    if known.reviewed is not None and expected.follow_up is not None:
        day = after_days(known.reviewed, expected.follow_up)
        follow_up = Deadline(day, expected.follow_up, "the review", binding)
    at, after = _end(known)
    if at is not None and expected.actions is not None:
        action = Deadline(after_days(at.date(), expected.actions), expected.actions, after, binding)
    return DueDates(review, publish, follow_up, action)


def _end(known: Postmortem) -> tuple[datetime | None, str]:
    """From when the time for action items counts: the end, else the mitigation, else the beginning, and its name."""
    if known.resolved is not None:
        return known.resolved, _RESOLVED
    if known.mitigated is not None:
        return known.mitigated, "the incident was mitigated"
    when = occurrence(known)
    return (when.at, "the incident began") if when and when.begins else (None, "")
