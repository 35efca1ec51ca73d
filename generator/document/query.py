"""Questions to the archive: which postmortems, which action items, in which order."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from generator.document.audience import audience_of
from generator.document.deadlines import Deadline, due_dates
from generator.document.model import ActionItem, ActionStatus, Postmortem
from generator.document.parse import Document
from generator.document.scope import scope_of
from generator.document.tickets import ticket_of
from generator.document.times import occurrence, order
from generator.markup.inline_text import text_of
from generator.settings.model import Settings


class Due(StrEnum):
    """When an open item is due, seen from today; a week ends on Sunday. Nobody is sent after one of HISTORY."""

    OVERDUE = "overdue"
    THIS_WEEK = "this-week"
    UPCOMING = "upcoming"
    NO_DATE = "no-date"
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class Filter:
    """What to keep; empty means everything. Words are compared without case, several of one kind mean any of them."""

    status: tuple[str, ...] = ()
    severity: tuple[str, ...] = ()
    service: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    owner: tuple[str, ...] = ()
    due: tuple[Due, ...] = ()
    since: date | None = None
    until: date | None = None
    text: str = ""


def due_group(item: ActionItem, today: date, *, current: bool) -> Due | None:
    """Where an item stands on the calendar; None where it is done or decided against.

    `current` is whether its postmortem is one whose items are to be done; see `document.scope`.
    """
    if item.status is not None and item.status.done:
        return None
    if not current:
        return Due.HISTORY
    if item.due is None:
        return Due.NO_DATE
    if item.due < today:
        return Due.OVERDUE
    sunday = today + timedelta(days=6 - today.weekday())
    return Due.THIS_WEEK if item.due <= sunday else Due.UPCOMING


def flags(item: ActionItem, today: date, *, current: bool) -> tuple[str, ...]:
    """What is wrong with an open item: `overdue`, `no owner`, `no date`."""
    group = due_group(item, today, current=current)
    if group is None or group is Due.HISTORY:
        return ()
    found = ["overdue"] if group is Due.OVERDUE else ["no date"] if group is Due.NO_DATE else []
    return (*found, *(() if item.owner else ("no owner",)))


def postmortems(
    documents: Iterable[Document], wanted: Filter, settings: Settings, sort: str = "severity"
) -> list[Document]:
    """The documents that match, most severe first and then newest first; `sort` may also be `date` or `id`."""
    kept = [d for d in documents if _matches(d, wanted, settings) and _status_matches(d.postmortem, wanted)]
    if wanted.owner:
        names = _handles(wanted.owner, settings)
        kept = [
            d
            for d in kept
            if names
            & {d.postmortem.commander.casefold(), *(a.casefold() for a in d.postmortem.authors), *_owners(d, settings)}
        ]
    kept.sort(key=lambda d: (d.postmortem.id, d.path))
    if sort != "id":
        kept.sort(key=lambda d: order(d.postmortem), reverse=True)
    if sort == "severity":
        kept.sort(key=lambda d: settings.severity_rank(d.postmortem.severity))
    return kept


def actions(
    documents: Iterable[Document], wanted: Filter, settings: Settings, today: date, current: Collection[str]
) -> list[tuple[Document, ActionItem]]:
    """The action items that match: open ones before done ones, SEV1 first, then by due date, then by number.

    `current` are the paths of the postmortems whose items are to be done; open items of others come behind those.
    """
    names = _handles(wanted.owner, settings)
    statuses = {status.casefold() for status in wanted.status}
    found = []
    for d in documents:
        if not _matches(d, wanted, settings, text=False):
            continue
        for item in d.postmortem.actions:
            if statuses and (item.status or "unknown") not in statuses:
                continue
            if names and not names & (_owner_names(item.owner, settings) or {"none"}):
                continue
            if wanted.due and due_group(item, today, current=d.path in current) not in wanted.due:
                continue
            if (
                wanted.text
                and wanted.text.casefold()
                not in f"{text_of(item.action)} {item.ticket} {d.postmortem.title}".casefold()
            ):
                continue
            found.append((d, item))
    return sorted(found, key=lambda pair: _urgency(pair, settings, current))


def _urgency(pair: tuple[Document, ActionItem], settings: Settings, current: Collection[str]) -> tuple[object, ...]:
    d, item = pair
    done = item.status is not None and item.status.done
    return (
        done,
        d.path not in current,
        settings.severity_rank(d.postmortem.severity),
        item.due or date.max,
        d.postmortem.id,
        item.number or 0,
        item.line,
    )


def _matches(d: Document, wanted: Filter, settings: Settings, *, text: bool = True) -> bool:
    known = d.postmortem
    severities = {settings.severity_of(word) or word for word in wanted.severity}
    return (
        _any(severities, (settings.severity_of(known.severity) or known.severity,))
        and _any(_services(wanted.service, settings), known.services)
        and _any(wanted.type, (known.type or "outage",))
        and _any(wanted.tag, known.tags)
        and _in_time(known, wanted)
        and (not text or not wanted.text or wanted.text.casefold() in d.text.casefold())
    )


def _in_time(known: Postmortem, wanted: Filter) -> bool:
    when = occurrence(known) if wanted.since or wanted.until else None
    return (wanted.since is None or (when is not None and when.day >= wanted.since)) and (
        wanted.until is None or (when is not None and when.day <= wanted.until)
    )


def undated(documents: Iterable[Document], wanted: Filter, settings: Settings) -> int:
    """How many documents are left out by `since` and `until` alone, as they give no time to compare."""
    if wanted.since is None and wanted.until is None:
        return 0
    timeless = [document for document in documents if occurrence(document.postmortem) is None]
    return len(postmortems(timeless, replace(wanted, since=None, until=None), settings))


def _status_matches(known: Postmortem, wanted: Filter) -> bool:
    return _any(wanted.status, (known.status or "",))


def _any(wanted: Iterable[str], present: Sequence[str]) -> bool:
    words = {word.casefold() for word in wanted}
    return not words or bool(words & {word.casefold() for word in present})


def _services(names: Iterable[str], settings: Settings) -> set[str]:
    aliases = {alias.casefold(): service.name for service in settings.services for alias in service.aliases}
    return {aliases.get(name.casefold(), name) for name in names}


def _handles(names: Iterable[str], settings: Settings) -> set[str]:
    found = set()
    for name in names:
        bare = name.lstrip("@")
        person = settings.person(handle=bare, name=bare, email=bare)
        found |= {bare.casefold(), *((person.handle.casefold(),) if person else ())}
    return found


def _owner_names(owner: str, settings: Settings) -> set[str]:
    parts = [part.strip().lstrip("@") for part in owner.replace("&", ",").replace("/", ",").split(",") if part.strip()]
    return _handles(parts, settings)


def _owners(d: Document, settings: Settings) -> set[str]:
    return {name for item in d.postmortem.actions for name in _owner_names(item.owner, settings)}


def postmortem_row(d: Document, settings: Settings, today: date, *, current: bool) -> dict[str, object]:
    """One postmortem as a record for tables, CSV and JSON; times are RFC 3339 in UTC, `audience` is who may read it."""
    known = d.postmortem
    open_items = [item for item in known.actions if item.status is None or not item.status.done]
    when, dates = occurrence(known), due_dates(known, settings)
    due = {"review": dates.review, "publish": dates.publish, "follow_up": dates.follow_up}
    times = {name: _moment(getattr(known, name)) for name in ("started", "detected", "mitigated", "resolved")}
    return {
        "id": known.id,
        "title": known.title,
        "status": known.status and str(known.status),
        "severity": known.severity or None,
        "type": known.type or "outage",
        **times,
        "services": list(known.services),
        "commander": known.commander or None,
        "audience": str(audience_of(d, settings).audience),
        "incident": known.incident or None,
        "jira": known.jira or None,
        "tags": list(known.tags),
        "path": d.path,
        "actions": len(known.actions),
        "actions_open": len(open_items),
        "actions_overdue": sum(due_group(item, today, current=current) is Due.OVERDUE for item in open_items),
        "tasks": len(known.tasks),
        "tasks_done": sum(task.done for task in known.tasks),
        "todos": len(known.todos),
        "occurred": when.iso if when else None,
        "occurred_from": str(when.basis) if when else None,
        "scope": str(scope_of(d, settings)),
        **{f"{name}_due": _iso(deadline) for name, deadline in due.items()},
    }


def action_row(d: Document, item: ActionItem, settings: Settings, today: date, *, current: bool) -> dict[str, object]:
    """One action item as a record; the fields are a contract for scripts."""
    ticket = ticket_of(item.ticket, settings, d.postmortem.services)
    return {
        "postmortem": d.postmortem.id,
        "number": item.number,
        "action": text_of(item.action),
        "owner": item.owner or None,
        "due": item.due.isoformat() if item.due else None,
        "status": str(item.status) if item.status else text_of(item.status_text) or str(ActionStatus.OPEN),
        "ticket": ticket.key if ticket else None,
        "ticket_url": (ticket.address or None) if ticket else None,
        "type": text_of(item.type) or None,
        "priority": text_of(item.priority) or None,
        "severity": d.postmortem.severity or None,
        "overdue": due_group(item, today, current=current) is Due.OVERDUE,
    }


def _iso(deadline: Deadline | None) -> str | None:
    return deadline.day.isoformat() if deadline else None


def _moment(value: object) -> str | None:
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if value else None  # type: ignore[attr-defined]
