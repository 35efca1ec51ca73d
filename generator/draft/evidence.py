"""What the machines saw, as tables: alerts, groups of errors, releases around the window, links, follow-up tickets."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from urllib.parse import quote

from generator.document.headings import action_status
from generator.document.model import ActionStatus
from generator.draft.escape import cell, fenced, inline, link, one_line, plain
from generator.draft.incident import Alert, Attachment, ErrorGroup, FollowUp, Incident, Release
from generator.draft.merge_releases import related
from generator.draft.people import PeopleFinder
from generator.draft.rows import ActionRow, AlertRow, ErrorRow, ReleaseRow, Shown, bullets, table
from generator.draft.statuses import Words
from generator.draft.times import Times, around, clock, human, known

SHORTLY_BEFORE = timedelta(hours=4)  # a release this close before the start is worth a look
_SAYABLE = re.compile(r"[\w#./-]{0,40}")
_OPEN_STACK = 25  # lines of a stack trace that are shown without a click


def alerts(found: Sequence[Alert]) -> Shown[AlertRow]:
    """The alerts in order."""
    rows = [
        AlertRow(
            clock(known(one.at)),
            clock(known(one.ended)),
            _linked(one.title or "unnamed alert", one.url),
            plain(one.severity),
            plain(one.source),
            inline(one.description),
        )
        for one in found
    ]
    cells = ((r.time, r.ended, _with(r.title, r.description), r.severity, r.source) for r in rows)
    return Shown(
        rows, table(("Fired", "Recovered", "Alert", "Severity", "Source"), cells) if rows else "No alerts in the data."
    )


def errors(found: Sequence[ErrorGroup]) -> Shown[ErrorRow]:
    """The groups of errors, most frequent first, each with its stack trace."""
    ranked = sorted(found, key=lambda one: -(one.count or 0))
    rows = [
        ErrorRow(
            _linked(one.title or "unnamed error", one.url),
            _number(one.count),
            _number(one.users),
            clock(known(one.first_seen)),
            clock(known(one.last_seen)),
            plain(one.culprit),
            plain(one.level),
            _stack(one.stack),
            plain(one.source),
        )
        for one in ranked
    ]
    return Shown(rows, "\n\n".join(map(_error, rows)) if rows else "No errors in the data.")


def releases(found: Sequence[Release], times: Times) -> Shown[ReleaseRow]:
    """The releases around the incident, in order; what they have to do with it only where a source says so."""
    begin, end = times.begin, times.resolved or times.mitigated
    window = around(begin, end)
    near = [one for one in found if one.relationship or not (at := known(one.at)) or window.holds(at)]
    rows = [
        ReleaseRow(
            clock(known(one.at)),
            _linked(one.name, one.url),
            plain(one.service),
            plain(one.environment),
            _relation(one, begin),
            one.relationship,
            not one.relationship and _before(known(one.at), begin, SHORTLY_BEFORE),
        )
        for one in sorted(near, key=lambda one: clock(known(one.at)))
    ]
    if not rows:
        shown = (
            "No releases in the data."
            if not found
            else f"No releases within a day of the incident ({len(found)} others in the data)."
        )
        return Shown(rows, shown)
    cells = ((r.time, r.name, r.service, r.environment, r.relation) for r in rows)
    shown = table(("Time", "Release", "Service", "Environment", "Relation"), cells)
    more = len(found) - len(near)
    return Shown(rows, f"{shown}\n\n{more} more in the data, over a day away from the incident." if more else shown)


def actions(found: Sequence[FollowUp], people: PeopleFinder, words: Words) -> Shown[ActionRow]:
    """The follow-up tickets as rows of the action-item table; the table alone where there are none."""
    rows = [
        ActionRow(
            number,
            plain(one.title or one.key),
            cell(plain(people.handle(one.owner, one.owner_email))),
            plain(one.due[:10]),
            _action_status(words.shown(one.status), words),
            (link(one.key, one.url) if one.key else link("ticket", one.url)) if one.url else plain(one.key),
        )
        for number, one in enumerate(found, 1)
    ]
    cells = ((str(r.number), r.action, r.owner, r.due, r.status, r.ticket) for r in rows)
    return Shown(rows, table(("#", "Action", "Owner", "Due date", "Status", "Ticket"), cells))


def links(incident: Incident) -> Shown[str]:
    """Where to read on: the incident's record, its channel, what the sources point to, and files."""
    lines = [f"Incident: {link(record(incident), incident.url)}"] if incident.url else []
    channel = incident.channel.strip()
    if channel:
        lines.append(f"Channel: {link('channel', channel) if '://' in channel else plain(channel)}")
    lines += [
        f"{_kind(one.type)}: {link(one.title or one.url, one.url)}"
        for one in incident.references
        if one.url != incident.url
    ]
    lines += [f"Attachment: {_file(one)}" for one in incident.attachments]
    return Shown(lines, bullets(lines) if lines else "No links in the data.")


def _file(one: Attachment) -> str:
    """A link to the file beside the document, else to where it came from."""
    return f"[{plain(one.name or 'file')}]({quote(one.path)})" if one.path else link(one.name or "file", one.url)


def named(found: Sequence[Release], relationship: str) -> Shown[str]:
    """The releases of one relationship, each version once, with the time of it."""
    names = [
        f"{_linked(one.name, one.url)}{f', {clock(at)} UTC' if (at := known(one.at)) else ''}"
        for one in related(found, relationship)
    ]
    return Shown(names, "; ".join(names))


def candidates(rows: Iterable[ReleaseRow]) -> Shown[ReleaseRow]:
    """The releases that a reviewer looks at first: shortly before the start, and not yet related by anyone."""
    found = [row for row in rows if row.candidate]
    return Shown(found, bullets(f"{row.name}: {row.relation.removeprefix('candidate: ')}" for row in found))


def teller(incident: Incident) -> str:
    """The label of the source that was named first."""
    return incident.source.split(", ", 1)[0]


def record(incident: Incident) -> str:
    """How to name the incident's own record: `PagerDuty PT4KHLK`."""
    return named_record(teller(incident), incident.ref)


def named_record(source: str, ref: str) -> str:
    """A record's tool and, where it is short enough to be said, its id."""
    return one_line(f"{source} {ref}") if _SAYABLE.fullmatch(ref.strip()) else one_line(source) or "record"


def _linked(title: str, url: str) -> str:
    return link(title, url) if url else plain(title)


def _with(title: str, description: str) -> str:
    return f"{title}: {description}" if description and description not in title else title


def _number(value: int | None) -> str:
    return "" if value is None else f"{value:,}"


def _kind(word: str) -> str:
    word = one_line(word) or "page"
    return plain(word[:1].upper() + word[1:])


def _stack(stack: str) -> str:
    if not stack.strip():
        return ""
    block = fenced(stack)
    if block.count("\n") <= _OPEN_STACK:
        return block
    return f'<details markdown="1">\n<summary>Stack trace</summary>\n\n{block}\n\n</details>'


def _error(row: ErrorRow) -> str:
    seen = (
        f"{row.first_seen} to {row.last_seen} UTC"
        if row.first_seen and row.last_seen
        else row.first_seen or row.last_seen
    )
    facts = (
        f"{row.count} events" if row.count else "",
        f"{row.users} users" if row.users else "",
        seen,
        row.level,
        f"in {row.culprit}" if row.culprit else "",
        row.source,
    )
    told = "; ".join(fact for fact in facts if fact)
    head = f"**{row.title}**" + (f": {told}" if told else "")
    return f"{head}\n\n{row.stack}" if row.stack else head


def _before(at: datetime | None, begin: datetime | None, reach: timedelta) -> bool:
    return at is not None and begin is not None and begin - reach <= at <= begin


def _relation(release: Release, begin: datetime | None) -> str:
    if release.relationship:
        return plain(release.relationship.replace("_", " "))
    at = known(release.at)
    if at is None or begin is None:
        return ""
    if at <= begin:
        words = f"{human(begin - at)} before the start"
        return f"candidate: {words}" if _before(at, begin, SHORTLY_BEFORE) else words
    return f"{human(at - begin)} after the start"


def _action_status(word: str, words: Words) -> str:
    known_status = action_status(one_line(word))
    if known_status is None and words.state(word) == "resolved":
        known_status = ActionStatus.COMPLETED
    elif known_status is None and words.state(word) in {"acknowledged", "investigating", "identified", "mitigated"}:
        known_status = ActionStatus.IN_PROGRESS
    return str(known_status or ActionStatus.OPEN)
