"""A Sentry event, in any of its spellings, and its stack trace as plain text.

The API lists `entries`, webhooks and raw events carry `exception`; Sentry's own queue wraps the raw event once more.
What a user's browser sent (addresses, e-mails, variables) is never read.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from generator.draft.incident import ErrorGroup, Event, EventKind, Incident, Reference, Release
from generator.draft.sources.extract.json import dicts, dig, first, moment, one_line, record, text, unique, url
from generator.draft.sources.extract.prose import cut, markdown

LABEL = "Sentry"
FRAMES = 40  # of one exception: the innermost ones are what a reader looks at


def is_event(one: dict[str, object]) -> bool:
    """Whether this is one occurrence of an error."""
    if "eventID" in one:
        return bool({"groupID", "entries", "dateCreated", "title", "event.type"} & one.keys())
    shaped = {"exception", "logentry", "culprit", "stacktrace", "entries", "platform", "issue_url", "group_id"}
    return "event_id" in one and bool(shaped & one.keys()) and bool({"timestamp", "datetime", "received"} & one.keys())


def unwrapped(payload: object) -> dict[str, object]:
    """The raw event in a message of Sentry's own queue (`[2, "insert", {...}]`), or nothing."""
    if not isinstance(payload, list) or len(payload) < 3 or payload[1] != "insert":
        return {}
    outer = record(payload[2])
    inner = record(outer.get("data"))
    return {**inner, **{key: value for key, value in outer.items() if key != "data" and value not in ("", None)}}


def incident(one: dict[str, object]) -> Incident:
    """The issue that one event tells of: its error, its stack trace, its release."""
    title, at, link = title_of(one), at_of(one), link_of(one)
    tags = tags_of(one)
    service = project_of(one)
    group = error(one)
    release = release_of(one)
    line = f"Error seen: {markdown(cut(title, 300))}" if title else ""
    event = Event(at, line, LABEL, EventKind.ALERT, url=link, uid=f"event/{_id(one)}") if at and line else None
    return Incident(
        source=LABEL,
        ref=first(one.get("groupID"), one.get("issue_id"), one.get("group_id")),
        title=cut(title, 200),
        url=link,
        severity=group.level,
        environment=first(one.get("environment"), tags.get("environment")),
        description=markdown(_message(one, title)),
        started=at,
        services=(service,) if service else (),
        components=unique([tags.get("server_name", "")]),
        events=(event,) if event else (),
        errors=(group,),
        releases=(release,) if release else (),
        references=(Reference(link, "Event in Sentry"),) if link else (),
    )


def error(one: dict[str, object]) -> ErrorGroup:
    """The event as an error group of one occurrence."""
    at = at_of(one)
    return ErrorGroup(
        title=cut(title_of(one), 300),
        culprit=one_line(first(one.get("culprit"), one.get("transaction"), one.get("location"))),
        count=None,
        first_seen=at,
        last_seen=at,
        level=first(one.get("level"), tags_of(one).get("level")),
        stack=stack(one),
        url=link_of(one),
        source=LABEL,
        uid=first(one.get("groupID"), one.get("issue_id"), one.get("group_id"), _id(one)),
    )


def grouped(errors: Iterable[ErrorGroup]) -> tuple[ErrorGroup, ...]:
    """The error groups, each once by its `uid`: several events of one issue are one group."""
    found: dict[str, ErrorGroup] = {}
    for number, one in enumerate(errors):
        key = one.uid or f"#{number}"
        known = found.setdefault(key, one)
        found[key] = replace(
            known,
            count=one.count if known.count is None else known.count,
            users=one.users if known.users is None else known.users,
            first_seen=min((at for at in (known.first_seen, one.first_seen) if at), default=None),
            last_seen=max((at for at in (known.last_seen, one.last_seen) if at), default=None),
            stack=known.stack or one.stack,
        )
    return tuple(found.values())


def stack(one: dict[str, object]) -> str:
    """The exceptions of an event as Python would print them: outermost frame first, the cause before its effect."""
    blocks = []
    for exception in _exceptions(one):
        frames = dicts(dig(exception, "stacktrace", "frames")) or dicts(dig(exception, "rawStacktrace", "frames"))
        lines = ["Traceback (most recent call last):"] if frames else []
        if len(frames) > FRAMES:
            lines.append(f"  ... {len(frames) - FRAMES} outer frames ...")
        for frame in frames[-FRAMES:]:
            lines += _frame(frame)
        said = ": ".join(part for part in (text(exception.get("type")), text(exception.get("value"))) if part)
        if said or lines:
            blocks.append("\n".join([*lines, said]).rstrip())
    return "\n\n".join(blocks)


def title_of(one: dict[str, object]) -> str:
    """What Sentry shows as the event's title, or what it would."""
    said = [text(dig(one, "metadata", key)) for key in ("type", "value")]
    last = (_exceptions(one) or [{}])[-1]
    raised = [text(last.get(key)) for key in ("type", "value")]
    titled = text(one.get("title"))
    return one_line(
        first(
            "" if titled == "<untitled>" else titled,
            dig(one, "metadata", "title"),
            ": ".join(part for part in said if part),
            ": ".join(part for part in raised if part),
            dig(one, "occurrence_data", "issue_title"),
            dig(one, "logentry", "formatted"),
            one.get("message") if isinstance(one.get("message"), str) else dig(one, "message", "formatted"),
        )
    )


def at_of(one: dict[str, object]) -> datetime | None:
    """When it happened."""
    keys = ("dateCreated", "datetime", "timestamp", "dateReceived", "received")
    return next((found for key in keys if (found := moment(one.get(key)))), None)


def link_of(one: dict[str, object]) -> str:
    """The event's page for people, not its address in the API."""
    found = (url(one.get(key)) for key in ("web_url", "permalink"))
    return next((link for link in found if link), "")


def tags_of(one: dict[str, object]) -> dict[str, str]:
    """The tags, which are pairs in raw events and objects in the API's."""
    found = one.get("tags")
    if isinstance(found, dict):
        return {key: text(value) for key, value in found.items() if isinstance(key, str) and text(value)}
    pairs = [(first(tag.get("key")), first(tag.get("value"))) for tag in dicts(found)]
    if isinstance(found, list):
        pairs += [(text(tag[0]), text(tag[1])) for tag in found if isinstance(tag, list) and len(tag) == 2]
    return {key: value for key, value in pairs if key and value}


def project_of(one: dict[str, object]) -> str:
    """The project's short name; a bare number says nothing to people."""
    found = one.get("project")
    name = first(dig(found, "slug"), dig(found, "name"), one.get("project_slug"), one.get("project_name"), found)
    return "" if name.isdigit() else name


def release_of(one: dict[str, object], relationship: str = "") -> Release | None:
    """The release that the event was seen in."""
    found = one.get("release")
    version = first(dig(found, "version"), found, tags_of(one).get("release"))
    return release(record(found) or {"version": version}, project_of(one), relationship) if version else None


def release(one: dict[str, object], service: str, relationship: str = "") -> Release:
    """A release of Sentry's, named `service@version`."""
    version = text(one.get("version"))
    name = version if "@" in version or not service else f"{service}@{version}"
    author = dig(one, "lastCommit", "author", "name")
    return Release(
        name=name,
        at=moment(one.get("dateReleased")) or moment(one.get("dateCreated")),
        service=service,
        environment=text(dig(one, "lastDeploy", "environment")),
        url=url(one.get("url")),
        author=first(author, dig(one, "authors", 0, "name")),
        relationship=relationship,
        source=LABEL,
    )


def _exceptions(one: dict[str, object]) -> list[dict[str, object]]:
    exception = one.get("exception")
    found = dicts(dig(exception, "values")) or dicts(exception)
    for entry in dicts(one.get("entries")):
        if not found and entry.get("type") == "exception":
            found = dicts(dig(entry, "data", "values"))
    if found:
        return found
    # A message with a stack trace, or a crash that only its threads tell of.
    for holder in (one, *(record(entry.get("data")) for entry in dicts(one.get("entries")))):
        if dicts(dig(holder, "stacktrace", "frames")) or dicts(dig(holder, "frames")):
            trace = holder.get("stacktrace") or holder
            return [{"value": text(one.get("title")), "stacktrace": trace}]
    threads = dicts(dig(one, "threads", "values"))
    return [{"stacktrace": thread.get("stacktrace")} for thread in threads if thread.get("crashed") is True][:1]


def _frame(frame: dict[str, object]) -> list[str]:
    place = first(frame.get("filename"), frame.get("absPath"), frame.get("abs_path"), frame.get("module"), "?")
    number = first(frame.get("lineNo"), frame.get("lineno"))
    number = "" if number == "0" else number  # generated code has no lines
    function = text(frame.get("function"))
    line = f'  File "{place}"' + (f", line {number}" if number else "") + (f", in {function}" if function else "")
    code = text(frame.get("context_line"))
    context = frame.get("context")
    for pair in context if isinstance(context, list) else []:
        if isinstance(pair, list) and len(pair) == 2 and number and text(pair[0]) == number:
            code = text(pair[1])
    return [line, f"    {one_line(code)[:200]}"] if code else [line]


def _message(one: dict[str, object], title: str) -> str:
    said = first(
        dig(one, "logentry", "formatted"),
        one.get("message"),
        dig(one, "metadata", "value"),
        dig(one, "message", "formatted"),
    )
    return "" if one_line(said) in title else said


def _id(one: dict[str, object]) -> str:
    return first(one.get("eventID"), one.get("event_id"), one.get("id"))
