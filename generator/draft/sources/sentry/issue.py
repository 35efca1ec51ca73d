"""A Sentry issue as an incident: the error, its activity, the releases that brought and ended it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from generator.draft.incident import ErrorGroup, Event, EventKind, FollowUp, Incident, Participant, Reference, Release
from generator.draft.sources.extract.dedupe import in_order
from generator.draft.sources.extract.json import dicts, dig, first, moment, one_line, record, text, unique, url, words
from generator.draft.sources.extract.prose import cut, flat, markdown
from generator.draft.sources.sentry import event as sentry_event

LABEL = sentry_event.LABEL

SAID = {
    "first_seen": ("Error first seen", EventKind.ALERT),
    "set_resolved": ("Resolved", EventKind.STATUS),
    "set_resolved_by_age": ("Resolved after a time without events", EventKind.STATUS),
    "set_resolved_in_release": ("Resolved in a release", EventKind.STATUS),
    "set_resolved_in_commit": ("Resolved by a commit", EventKind.STATUS),
    "set_resolved_in_pull_request": ("Resolved by a pull request", EventKind.STATUS),
    "set_unresolved": ("Reopened", EventKind.STATUS),
    "set_regression": ("Error seen again after it was resolved", EventKind.STATUS),
    "set_escalating": ("Errors are escalating", EventKind.STATUS),
    "set_ignored": ("Archived", EventKind.STATUS),
    "auto_set_ongoing": ("Marked as ongoing", EventKind.STATUS),
    "mark_reviewed": ("Reviewed", EventKind.STATUS),
    "set_priority": ("Priority changed", EventKind.PRIORITY),
    "assigned": ("Assigned", EventKind.ASSIGNMENT),
    "unassigned": ("Unassigned", EventKind.ASSIGNMENT),
    "create_issue": ("Ticket created", EventKind.NOTE),
    "merge": ("Merged with other issues", EventKind.NOTE),
    "note": ("", EventKind.MESSAGE),
}


def is_issue(one: dict[str, object]) -> bool:
    """Whether this is an issue: a group of errors that Sentry counts."""
    if "title" not in one and "metadata" not in one:
        return False
    named = bool({"shortId", "permalink", "culprit", "issueCategory"} & one.keys())
    return named and bool({"firstSeen", "lastSeen", "statusDetails", "userCount"} & one.keys())


def incident(one: dict[str, object], events: list[dict[str, object]] | None = None) -> Incident:
    """The issue, with the stack trace of the first of `events` that has one."""
    seen = [*(events or []), *dicts([one.get("latestEvent"), one.get("latest_event"), one.get("event")])]
    title = cut(_title(one), 200)
    service, link = sentry_event.project_of(one), url(one.get("permalink")) or url(one.get("web_url"))
    begun, last = moment(one.get("firstSeen")), moment(one.get("lastSeen"))
    status, activity = text(one.get("status")), dicts(one.get("activity"))
    ref = first(one.get("shortId"), one.get("id"))
    group = replace(_group(one, seen), title=title, first_seen=begun, last_seen=last, url=link, uid=ref)
    course = [_titled(event, title) for event in _course(activity, ref, link, begun)]
    if last and last != begun:
        course.append(Event(last, "Error last seen", LABEL, EventKind.NOTE, url=link, uid=f"{ref}/last"))
    person = record(one.get("assignedTo"))
    assigned = Participant(
        "assignee", first(person.get("name"), one.get("assignedTo")), text(person.get("email")), text(person.get("id"))
    )
    tags = {key: value for event in reversed(seen) for key, value in sentry_event.tags_of(event).items()}
    return Incident(
        source=LABEL,
        ref=ref,
        title=title,
        url=link,
        severity=text(one.get("level")),
        priority=text(one.get("priority")),
        status=status,
        category=first(one.get("issueCategory"), one.get("issueType")),
        environment=first(*(event.get("environment") for event in seen), tags.get("environment")),
        created=begun,
        started=begun,
        resolved=_resolved(activity) if status == "resolved" else None,
        services=(service,) if service else (),
        participants=(assigned,) if assigned.name else (),
        events=in_order(course),
        errors=(group,),
        releases=_releases(one, activity, seen, service),
        references=(Reference(link, f"{ref} in Sentry"),) if link else (),
        follow_ups=_tickets(one, activity),
    )


def _group(one: dict[str, object], seen: list[dict[str, object]]) -> ErrorGroup:
    """The errors as one group; what the issue says of them wins over what one event says."""
    own = {key: value for key, value in one.items() if key in {"culprit", "level"} and value}
    return replace(
        sentry_event.error({**(seen[0] if seen else {}), **own}),
        count=_number(one.get("count")),
        users=_number(one.get("userCount")),
        stack=next((stack for stack in map(sentry_event.stack, seen) if stack), ""),
    )


def _course(activity: list[dict[str, object]], ref: str, link: str, begun: datetime | None) -> Iterator[Event]:
    """The activity as events, with the first error where it does not give it."""
    yield from (event for item in activity if (event := _event(item, link)))
    if begun and "first_seen" not in {text(item.get("type")) for item in activity}:
        yield Event(begun, "Error first seen", LABEL, EventKind.ALERT, url=link, uid=f"{ref}/first")


def activity_event(item: dict[str, object], link: str = "") -> Event | None:
    """One entry of an issue's activity, or None where it has no time."""
    return _event(item, link)


def _event(item: dict[str, object], link: str) -> Event | None:
    at, kind = moment(item.get("dateCreated")), text(item.get("type"))
    data = record(item.get("data"))
    phrase, sort = SAID.get(kind, (words(kind).capitalize(), EventKind.NOTE))
    detail = ""
    if kind == "note":
        phrase = flat(text(data.get("text")))
    elif kind == "set_resolved_in_release":
        detail = text(data.get("version"))
    elif kind in {"set_resolved_in_commit", "set_resolved_in_pull_request"}:
        detail = first(dig(data, "pullRequest", "title"), dig(data, "commit", "id"), data.get("commit"))
    elif kind == "assigned":
        # Who is it: the name of an account, else the address that the API gives.
        detail = first(dig(data, "user", "name"), data.get("assigneeEmail"), data.get("assigneeName"))
    elif kind == "set_priority":
        detail = text(data.get("priority"))
    elif kind == "create_issue":
        detail = first(data.get("label"), data.get("title"))
    elif kind == "set_regression":
        detail = text(data.get("version"))
    line = f"{phrase}: {markdown(one_line(detail))}" if detail else phrase
    actor = first(dig(item, "user", "name"), dig(item, "user", "username"))
    address = url(data.get("location")) or link
    return Event(at, line, LABEL, sort, actor, address, uid=f"activity/{text(item.get('id'))}") if at and line else None


def _titled(event: Event, title: str) -> Event:
    first_seen = event.kind is EventKind.ALERT and title
    return replace(event, text=f"{event.text}: {markdown(title)}") if first_seen else event


def _title(one: dict[str, object]) -> str:
    parts = [text(dig(one, "metadata", key)) for key in ("type", "value")]
    return one_line(first(one.get("title"), dig(one, "metadata", "title"), ": ".join(part for part in parts if part)))


def _resolved(activity: list[dict[str, object]]) -> datetime | None:
    moments = (
        moment(item.get("dateCreated")) for item in activity if text(item.get("type")).startswith("set_resolved")
    )
    return max((at for at in moments if at), default=None)


def _releases(
    one: dict[str, object], activity: list[dict[str, object]], seen: list[dict[str, object]], service: str
) -> tuple[Release, ...]:
    releases = []
    for key, relationship in (("firstRelease", "caused_by"), ("lastRelease", "")):
        if version := record(one.get(key)):
            releases.append(sentry_event.release(version, service, relationship))
    details = record(one.get("statusDetails"))
    fixed = [text(details.get("inRelease"))]
    fixed += [
        text(dig(item, "data", "version")) for item in activity if text(item.get("type")) == "set_resolved_in_release"
    ]
    releases += [sentry_event.release({"version": version}, service, "fixed_by") for version in fixed if version]
    releases += [named for event in seen if (named := sentry_event.release_of({"project": service, **event}))]
    once: dict[str, Release] = {}
    for release in releases:
        named = once.setdefault(release.name, release)
        if release.relationship and not named.relationship:
            once[release.name] = replace(named, relationship=release.relationship)
    return tuple(release for release in once.values() if release.name)


def _tickets(one: dict[str, object], activity: list[dict[str, object]]) -> tuple[FollowUp, ...]:
    tickets = []
    for item in activity:
        data = record(item.get("data"))
        if text(item.get("type")) == "create_issue":
            label = text(data.get("label"))
            tickets.append(
                FollowUp(one_line(first(data.get("title"), label)), key=label, url=url(data.get("location")))
            )
    for ticket in dicts(one.get("annotations")):
        label = text(ticket.get("displayName"))
        tickets.append(FollowUp(label, key=label, url=url(ticket.get("url"))))
    return unique(ticket for ticket in tickets if ticket.title)


def _number(value: object) -> int | None:
    digits = text(value)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 16 else None
