"""The week in a few lines for everybody: what was published, what was promised and done, and thanks."""

from collections.abc import Iterable
from datetime import date, timedelta

from generator.clients.slack.message import EVERYBODY, Notice
from generator.document import metrics
from generator.document.model import ActionItem, ActionStatus, Status
from generator.notify import blocks
from generator.notify.mrkdwn import cut, day, escape, link, several
from generator.notify.overdue import people_of
from generator.notify.subject import NoticeSubject, tracker
from generator.settings.calendar import DAYS
from generator.settings.model import Settings

WEEK = timedelta(days=7)
PUBLISHED = 15
THANKED = 40


def digest(subjects: Iterable[NoticeSubject], settings: Settings, today: date, *, asked: bool = False) -> Notice | None:
    """The notice of the seven days before the last digest day, as far as the channel may know of them.

    None where no day is set for it and nobody `asked`. A week in which nothing happened gets none.
    """
    weekday = settings.slack.digest_weekday or (DAYS[0] if asked else "")
    if not weekday:
        return None
    until = today - timedelta(days=(today.weekday() - DAYS.index(weekday)) % 7)
    begin, end = until - WEEK, until - timedelta(days=1)
    told = [one for one in subjects if one.for_everybody]
    published = _published(told, begin, end)
    due = [item for one in told for item in one.known.actions if item.due is not None and begin <= item.due <= end]
    done = metrics.Progress(sum(bool(item.status and item.status.done) for item in due), len(due))
    thanked = _thanked(due, settings)
    title = f"📚 Postmortems: the week from {day(begin)} to {day(end)}"
    shown = [blocks.header(title), *blocks.sections(_publications(published)), *blocks.sections(_progress(done))]
    if thanked:
        shown += blocks.sections([f"*Thank you*\n{_names(thanked)} closed action items that were due. 👏"])
    if settings.url:
        shown.append(blocks.context(link(tracker(settings), "All action items")))
    counts = f"{len(published):,} published, {done.done:,} of {several(done.total, 'action item')} due closed"
    text = blocks.fallback(f"{title}: {counts}.")
    return Notice(f"digest:{until.isoformat()}", EVERYBODY, text, tuple(shown), until, fresh=bool(published or due))


def _published(told: Iterable[NoticeSubject], begin: date, end: date) -> list[NoticeSubject]:
    found = [
        one
        for one in told
        if one.known.status is Status.PUBLISHED and one.known.published and begin <= one.known.published <= end
    ]
    return sorted(found, key=lambda one: (one.settings.severity_rank(one.severity), one.id))


def _publications(published: list[NoticeSubject]) -> list[str]:
    if not published:
        return ["*Published*", "No postmortem this week."]
    lines = [f"• {one.linked_id} {one.title} ({escape(one.severity, 40)})" for one in published[:PUBLISHED]]
    left = len(published) - PUBLISHED
    return ["*Published*", *lines, *([f"… and {left:,} more."] if left > 0 else [])]


def _progress(done: metrics.Progress) -> list[str]:
    if not done.total:
        return ["*Action items*", "None was due."]
    return ["*Action items*", f"{done.done:,} of {done.total:,} that were due are closed ({done.percent} %)."]


def _thanked(due: Iterable[ActionItem], settings: Settings) -> list[str]:
    """Who completed something, by name and without counting: this is a thank-you and no league."""
    found = set()
    for item in due:
        if item.status is ActionStatus.COMPLETED:
            for person in people_of(item.owner, settings):
                found.add(person if isinstance(person, str) else person.name or person.handle)
    return sorted(found, key=str.casefold)


def _names(names: list[str]) -> str:
    shown = [escape(cut(name, 80)) for name in names[:THANKED]]
    if len(names) > THANKED:
        return f"{', '.join(shown)} and {len(names) - THANKED:,} others"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
