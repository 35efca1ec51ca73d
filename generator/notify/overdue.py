"""Action items that are past their day: one message for each person and week, SEV1 first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from generator.clients.slack.message import Notice, Shortfall
from generator.document.model import ActionItem
from generator.document.people import person_of
from generator.document.query import Due, due_group
from generator.markup.inline_text import text_of
from generator.notify import blocks
from generator.notify.mrkdwn import day, escape, link, several
from generator.notify.subject import NoticeSubject, secretive, ticket, tracker
from generator.settings.model import Person, Settings

SHOWN = 20
Pair = tuple[NoticeSubject, ActionItem]


@dataclass(slots=True)
class _Desk:
    """What lies before one person."""

    person: Person
    items: list[Pair] = field(default_factory=list)
    restricted: list[NoticeSubject] = field(default_factory=list)
    settled: bool = False  # something of theirs was overdue not long ago and is done


def overdue(subjects: Iterable[NoticeSubject], settings: Settings, today: date) -> tuple[list[Notice], list[Shortfall]]:
    """A notice for everybody who has something overdue, or had it this week; and who cannot be reached."""
    desks: dict[str, _Desk] = {}
    strangers: dict[str, int] = {}
    cells: dict[str, list[Person | str]] = {}
    monday = today - timedelta(days=today.weekday())
    for one in subjects:
        for item in one.known.actions:
            late = due_group(item, today, current=one.live) is Due.OVERDUE
            lately = bool(
                item.status
                and item.status.done
                and item.due
                and monday - timedelta(days=settings.slack.days) <= item.due < today
            )
            if not (late or lately):
                continue
            if one.restricted:
                _restricted(one, desks, late=late)
                continue
            if item.owner not in cells:
                cells[item.owner] = people_of(item.owner, settings)
            for person in cells[item.owner]:
                if isinstance(person, str):
                    strangers[person] = strangers.get(person, 0) + late
                    continue
                desk = desks.setdefault(person.handle, _Desk(person))
                if late:
                    desk.items.append((one, item))
                desk.settled = desk.settled or lately
    found = [_notice(desk, settings, monday) for _, desk in sorted(desks.items())]
    return found, [_stranger(name, count) for name, count in sorted(strangers.items()) if count]


def _restricted(one: NoticeSubject, desks: dict[str, _Desk], *, late: bool) -> None:
    """Only the owner of a restricted postmortem is told of it, not those of its items."""
    if one.owner is None:
        return
    desk = desks.setdefault(one.owner.handle, _Desk(one.owner))
    if late and not any(other is one for other in desk.restricted):
        desk.restricted.append(one)
    desk.settled = desk.settled or not late


def people_of(cell: str, settings: Settings) -> list[Person | str]:
    """Whom a cell names; those whom people.yml does not know by what is written."""
    whole = person_of(cell, settings)
    if whole or not cell.strip():
        return [whole] if whole else []
    found: dict[str, Person | str] = {}
    for part in cell.replace("&", ",").replace("/", ",").split(","):
        if part.strip():
            person = person_of(part, settings)
            found[person.handle if person else part.strip()] = person or part.strip()
    return list(found.values())


def _stranger(name: str, count: int) -> Shortfall:
    return Shortfall(
        "person-unknown",
        f"Nobody is notified of {several(count, 'overdue item')} of {name!r}: site_config/people.yml does not know them.",
    )


def _notice(desk: _Desk, settings: Settings, monday: date) -> Notice:
    person = desk.person
    key = f"overdue:{person.handle}:{monday.isoformat()}"
    desk.items.sort(key=lambda pair: _urgency(pair, settings))
    total = len(desk.items)
    if not total and not desk.restricted:
        words = "✅ Nothing of yours is past its day any more. Thank you!"
        return Notice(key, person.handle, words, tuple(blocks.sections([words])), monday, fresh=False)
    if not total:
        words = secretive(desk.restricted[:SHOWN])
        return Notice(key, person.handle, words, tuple(blocks.sections([words])), monday)
    words = f"⏰ {several(total, 'action item')} of yours {'is' if total == 1 else 'are'} past {'its' if total == 1 else 'their'} day"
    shown = [blocks.header(words)]
    for group in _groups(desk.items[:SHOWN]):
        shown += blocks.sections([_heading(group[0][0]), *(_line(one, item) for one, item in group)])
    if total > SHOWN:
        more = several(total - SHOWN, "more item")
        shown += blocks.sections([f"… and {more}: {link(tracker(settings), 'the tracker')} shows them all."])
    if desk.restricted:
        shown += blocks.sections([secretive(desk.restricted[:SHOWN])])
    shown.append(
        blocks.context("Is a day no longer right? Set a new one in the document, or `won't do` with the reason.")
    )
    return Notice(key, person.handle, words, tuple(shown), monday)


def _groups(items: Sequence[Pair]) -> Iterator[list[Pair]]:
    """The items by postmortem, the most severe first, each postmortem once."""
    found: dict[str, list[Pair]] = {}
    for one, item in items:
        found.setdefault(one.id, []).append((one, item))
    yield from found.values()


def _heading(one: NoticeSubject) -> str:
    parts = (f"*{one.linked_id}*", escape(one.severity, 40), one.title)
    return " · ".join(part for part in parts if part)


def _line(one: NoticeSubject, item: ActionItem) -> str:
    number = f"#{item.number} " if item.number is not None else ""
    due = f" (due {day(item.due)})" if item.due else ""
    key = f" {ticket(item.ticket, one.settings, one.known.services)}" if item.ticket else ""
    return f"• {number}{escape(text_of(item.action), 160)}{due}{key}"


def _urgency(pair: Pair, settings: Settings) -> tuple[object, ...]:
    one, item = pair
    return settings.severity_rank(one.severity), item.due or date.max, one.id, item.number or 0, item.line
