"""A GitHub issue as an incident: its body, labels and assignees, and what happened below it."""

import re
from datetime import datetime

from generator.draft.incident import Event, EventKind, FollowUp, Incident, Participant, Reference
from generator.draft.sources.extract.dedupe import in_order
from generator.draft.sources.extract.json import dicts, dig, first, moment, one_line, text, unique, url, words
from generator.draft.sources.extract.prose import cut, flat, markdown, with_detail
from generator.draft.sources.github.read import LABEL, either, login, nodes, page, repository, short, time

_LABELS = {
    "severity": re.compile(r"(?:severity|sev)(?:\s*+[:/_-]\s*+|\s++)(.+)|(sev\d|s[0-5])", re.IGNORECASE),
    "priority": re.compile(r"(?:priority|prio)(?:\s*+[:/_-]\s*+|\s++)(.+)|(p[0-5])", re.IGNORECASE),
    "service": re.compile(r"(?:service|svc|app)\s*[:/]\s*(.+)", re.IGNORECASE),
    "component": re.compile(r"(?:component|area|module)\s*[:/]\s*(.+)", re.IGNORECASE),
    "environment": re.compile(r"env(?:ironment)?\s*[:/]\s*(.+)", re.IGNORECASE),
    "category": re.compile(r"(?:type|kind|category)\s*[:/]\s*(.+)", re.IGNORECASE),
}
# The title goes on past every gap and every run of `#` that does not end the line; each run is taken as a whole.
_HEADING = re.compile(
    r"^(?:#{1,6}[ \t]++([^ \t\n](?:[^ \t\n#]++|#++(?![ \t]*+$)|[ \t]++(?!#*+[ \t]*+$))*+)[ \t]*#*"
    r"|\*\*([^*\n]+?):?\*\*:?)[ \t]*$",
    re.MULTILINE,
)
_TASK = re.compile(r"^[ \t]*[-*+] \[([ xX])\] (.+)$", re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[([^\]\n]{1,200})\]\((https?://[^)\s]+)")
_COMMENT_ID = re.compile(r"#issuecomment-(\d+)$")

SAID = {
    "closed": ("Issue closed", EventKind.STATUS),
    "reopened": ("Issue reopened", EventKind.STATUS),
    "labeled": ("Label added", EventKind.NOTE),
    "unlabeled": ("Label removed", EventKind.NOTE),
    "assigned": ("Assigned", EventKind.ASSIGNMENT),
    "unassigned": ("Unassigned", EventKind.ASSIGNMENT),
    "renamed": ("Title changed", EventKind.NOTE),
    "milestoned": ("Milestone set", EventKind.NOTE),
    "demilestoned": ("Milestone removed", EventKind.NOTE),
    "cross-referenced": ("Referenced by", EventKind.NOTE),
    "transferred": ("Issue transferred", EventKind.NOTE),
    "deleted": ("Issue deleted", EventKind.STATUS),
}


def is_issue(one: dict[str, object]) -> bool:
    """Whether this is an issue or a pull request, of the APIs or of the command line."""
    if not isinstance(one.get("title"), str) or not text(one.get("number")) or "fields" in one:
        return False
    known = re.search(r"/(?:issues|pull|pulls)/\d+", " ".join(text(one.get(key)) for key in ("html_url", "url")))
    person = login(one, "user", "author") if isinstance(one.get("user") or one.get("author"), dict) else ""
    return bool(known or (person and {"state", "body", "labels"} & one.keys()))


def is_pull_request(one: dict[str, object]) -> bool:
    """Whether an issue is really a pull request."""
    return bool({"merged_at", "mergedAt", "pull_request", "head", "headRefName", "mergeable"} & one.keys()) or (
        "/pull/" in page(one)
    )


def is_comment(one: dict[str, object]) -> bool:
    """Whether this is a comment on an issue."""
    return isinstance(one.get("body"), str) and (
        "issue_url" in one or bool(_COMMENT_ID.search(text(either(one, "html_url", "url"))))
    )


def is_event(one: dict[str, object]) -> bool:
    """Whether this is an entry of an issue's timeline."""
    timed = "actor" in one and ("created_at" in one or "createdAt" in one)
    return isinstance(one.get("event"), str) and timed and bool({"url", "node_id", "commit_id", "source"} & one.keys())


def incident(one: dict[str, object], around: dict[str, object]) -> Incident:
    """An issue, with the comments and timeline entries that lie in it or beside it."""
    repo, number = repository(one, around), first(one.get("number"), either(one, "database_id"), one.get("id"))
    ref, link = f"{repo}#{number}", page(one)
    labels = [first(dig(label, "name"), label) for label in _list(nodes(one.get("labels")))]
    told = {name: unique(map(one_line, _matching(pattern, labels=labels))) for name, pattern in _LABELS.items()}
    body = first(one.get("body"), one.get("bodyText")).replace("\r\n", "\n")
    parts = _sections(body)
    state = text(one.get("state")).lower()
    created, closed = time(one, "created_at"), time(one, "closed_at")
    author = login(one, "user", "author")
    started = _when(parts, "started", "start", "start time", "began", "incident start")
    return Incident(
        source=LABEL,
        ref=ref,
        title=cut(one_line(text(one.get("title"))), 250),
        url=link,
        severity=first(*told["severity"], _said(parts, "severity")),
        priority=first(*told["priority"], _said(parts, "priority")),
        status=state,
        category=first(*told["category"], _said(parts, "category", "incident type")),
        environment=first(*told["environment"], _said(parts, "environment")),
        description=first(_part(parts, "summary", "description", "what happened"), body),
        impact=_part(parts, "impact", "customer impact", "user impact"),
        created=created,
        started=started,
        detected=_when(parts, "detected", "detection time", "time of detection"),
        mitigated=_when(parts, "mitigated", "mitigation time"),
        resolved=_when(parts, "resolved", "resolution time") or (closed if state == "closed" else None),
        services=unique([*told["service"], *_items(parts, "services", "affected services", "service")]),
        components=unique(
            [*told["component"], *_items(parts, "components", "affected components", "component"), short(repo)]
        ),
        tags=unique(label for label in labels if not _matching(*_LABELS.values(), labels=[label])),
        participants=_people(one, author),
        events=_events(one, around, ref, author),
        references=_references(body, link, ref),
        follow_ups=_follow_ups(parts),
    )


def comment(one: dict[str, object]) -> tuple[Event, ...]:
    """A comment as an event; deleted text and empty comments give none."""
    at, line = time(one, "created_at"), flat(text(one.get("body")))
    if at is None or not line:
        return ()
    link = page(one)
    number = _COMMENT_ID.search(link)
    uid = f"comment/{number[1] if number else text(one.get('id'))}"
    liked = dig(one, "reactions", "total_count")
    key = isinstance(liked, int) and liked >= 3
    return (Event(at, line, LABEL, EventKind.MESSAGE, login(one, "user", "author"), link, key, uid),)


def timeline(one: dict[str, object], link: str = "") -> tuple[Event, ...]:
    """An entry of an issue's timeline as an event."""
    kind, at = text(one.get("event")), time(one, "created_at")
    if kind == "commented":
        return comment({**one, "user": one.get("user") or one.get("actor")})
    if at is None or kind not in SAID:
        return ()
    said, sort = SAID[kind]
    label = first(dig(one, "label", "name"))
    detail = first(
        label, dig(one, "assignee", "login"), dig(one, "rename", "to"), dig(one, "milestone", "title"),
        dig(one, "source", "issue", "title"), words(one.get("state_reason")),
    )  # fmt: skip
    if label and _LABELS["severity"].fullmatch(label):
        sort = EventKind.SEVERITY
    elif label and _LABELS["priority"].fullmatch(label):
        sort = EventKind.PRIORITY
    line = with_detail(said, markdown(cut(one_line(detail), 200)))
    address = page(dig(one, "source", "issue")) or link
    uid = f"event/{text(one.get('id')) or at.isoformat()}"
    if kind == "closed":
        uid = f"closed/{at.isoformat()}"
    return (Event(at, line, LABEL, sort, login(one, "actor"), address, uid=uid),)


def _events(one: dict[str, object], around: dict[str, object], ref: str, author: str) -> tuple[Event, ...]:
    link, action = page(one), text(around.get("action"))
    created, closed = time(one, "created_at"), time(one, "closed_at")
    events: list[Event] = []
    if created:
        title = markdown(cut(one_line(text(one.get("title"))), 200))
        events.append(
            Event(
                created, with_detail("Issue opened", title), LABEL, EventKind.STATUS, author, link, uid=f"{ref}/opened"
            )
        )
    for holder in (one, around):
        for item in dicts(nodes(dig(holder, "comments"))):
            events += comment(item)
        for key in ("timeline", "events", "timelineItems"):
            for item in dicts(nodes(dig(holder, key))):
                events += timeline(item, link)
    if isinstance(around.get("comment"), dict) and action != "deleted":
        events += comment(dicts([around.get("comment")])[0])
    sender = login(around, "sender")
    acted = {**around, "event": action, "actor": around.get("sender"), "created_at": either(one, "updated_at")}
    if action in SAID and "comment" not in around and action not in {"closed", "deleted"}:
        events += timeline({**acted, "rename": {"to": one.get("title")}} if action == "renamed" else acted, link)
    known = {event.uid for event in events}
    if closed and text(one.get("state")).lower() == "closed" and f"closed/{closed.isoformat()}" not in known:
        reason = words(either(one, "state_reason"))
        by = login(one, "closed_by", "closedBy") or (sender if action == "closed" else "")
        line = with_detail("Issue closed", reason)
        events.append(Event(closed, line, LABEL, EventKind.STATUS, by, link, uid=f"closed/{closed.isoformat()}"))
    return in_order(events)


def _people(one: dict[str, object], author: str) -> tuple[Participant, ...]:
    assigned = [login({"x": person}, "x") for person in _list(nodes(one.get("assignees")))]
    found = [Participant("assignee", name, account=name) for name in (*assigned, login(one, "assignee")) if name]
    return unique([*found, *([Participant("reporter", author, account=author)] if author else [])])


def _references(body: str, link: str, ref: str) -> tuple[Reference, ...]:
    found = {link: Reference(link, ref, "ticket")} if link else {}
    for title, address in _LINK.findall(body)[:30]:
        near = f"{title} {address}".lower()
        kind = next((kind for kind in ("runbook", "dashboard") if kind in near), "page")
        found.setdefault(address, Reference(url(address), one_line(title), kind))
    return tuple(ref for ref in found.values() if ref.url)


def _follow_ups(parts: dict[str, str]) -> tuple[FollowUp, ...]:
    body = _part(parts, "action items", "follow-ups", "follow ups", "followups", "actions", "next steps", "todo")
    return tuple(
        FollowUp(cut(flat(task), 250), status="completed" if mark in "xX" else "open")
        for mark, task in _TASK.findall(body)
    )


def _matching(*patterns: re.Pattern[str], labels: list[str]) -> list[str]:
    found = (pattern.fullmatch(label.strip()) for pattern in patterns for label in labels)
    return [next(group for group in match.groups() if group) for match in found if match]


def _sections(body: str) -> dict[str, str]:
    """An issue form's answers by their question in lower case, as GitHub renders them: a heading, then the text."""
    marks = list(_HEADING.finditer(body))
    ends = [*(mark.start() for mark in marks[1:]), len(body)][: len(marks)]
    parts: dict[str, str] = {}
    for mark, end in zip(marks, ends, strict=True):
        said = body[mark.end() : end].strip()
        if said and said != "_No response_":
            parts.setdefault((mark[1] or mark[2]).strip().rstrip(":?").lower(), said)
    return parts


def _part(parts: dict[str, str], *names: str) -> str:
    return next((parts[name] for name in names if name in parts), "")


def _said(parts: dict[str, str], *names: str) -> str:
    found = _part(parts, *names)
    return one_line(found) if len(found) <= 60 and "\n\n" not in found else ""


def _items(parts: dict[str, str], *names: str) -> list[str]:
    found = re.split(r"[,\n]", _part(parts, *names))
    return [
        item
        for item in (re.sub(r"^[\s*+-]+(?:\[.\] )?", "", item).strip(" `") for item in found)
        if 0 < len(item) <= 60
    ]


def _when(parts: dict[str, str], *names: str) -> datetime | None:
    return moment(_part(parts, *names))


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
