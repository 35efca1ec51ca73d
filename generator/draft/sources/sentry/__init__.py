"""Sentry: issues, events, releases and deploys as its API answers, its webhooks, and metric alerts."""

from collections.abc import Callable
from dataclasses import replace

from generator.draft.incident import Alert, Event, EventKind, Incident, Reference
from generator.draft.sources.extract.dedupe import together
from generator.draft.sources.extract.json import dicts, dig, first, moment, one_line, record, text, unique, url
from generator.draft.sources.extract.prose import cut, flat, markdown, with_detail
from generator.draft.sources.sentry import event as sentry_event
from generator.draft.sources.sentry import issue as sentry_issue
from generator.draft.sources.sentry import parts
from generator.errors import InputError

LABEL = sentry_event.LABEL

ADVICE = "Export the issue (`GET /api/0/issues/<id>/`) or its latest event (`GET /api/0/issues/<id>/events/latest/`)."
RESOURCES = ("issue", "event", "error", "metric_alert", "comment", "issue_alert")
# Answers that tell of no error, by keys that only these have.
OTHER = {
    "a table of Sentry's Discover": {"data", "meta"},
    "a time series of Sentry": {"timeSeries"},
    "a list of tag values in Sentry": {"value", "count", "lastSeen", "firstSeen"},
    "a tag of Sentry": {"uniqueValues", "totalValues", "topValues"},
    "a list of attachments in Sentry": {"event_id", "mimetype", "sha1"},
    "a source-map check of Sentry": {"exceptions", "has_debug_ids"},
    "the state of Sentry's autofix": {"autofix"},
    "the start of Sentry's autofix": {"sentry_run_id"},
    "the form for a new ticket in Sentry": {"createIssueConfig"},
    "the form for a linked ticket in Sentry": {"linkIssueConfig"},
    "the answer to an update in Sentry": {"statusDetails"},
    "a result of a monitor in Sentry": {"failed_checkin_id", "incident_id"},
    "a passed uptime check of Sentry": {"subscription_id", "scheduled_check_time_ms"},
}
QUEUE = ("end_delete_groups", "end_merge", "end_unmerge", "replace_group", "start_delete_groups", "start_merge",
         "start_unmerge", "tombstone_events", "exclude_groups")  # fmt: skip


def recognises(payload: object) -> bool:
    """Whether this comes from Sentry."""
    pieces = _pieces(payload)
    return _queued(payload) or (bool(pieces) and all(_reader(one) or _other(one) for one in pieces))


def incidents_from(payload: object) -> tuple[Incident, ...]:
    """One incident for each issue; releases, deploys, comments and tickets alone give a partial one."""
    if raw := sentry_event.unwrapped(payload):
        return (sentry_event.incident(raw),)
    if _queued(payload):
        raise InputError(f"This message of Sentry's queue moves events about; it does not say what happened. {ADVICE}")
    pieces = _beside_their_issue(_pieces(payload))
    found = [incident for one in pieces if (reader := _reader(one)) for incident in reader(one)]
    if not found:
        what = next((name for one in pieces if (name := _other(one))), "data")
        raise InputError(f"This is {what}; it does not say what happened. {ADVICE}")
    return tuple(replace(one, errors=sentry_event.grouped(one.errors)) for one in together(found))


def _beside_their_issue(pieces: list[dict[str, object]]) -> list[dict[str, object]]:
    """The pieces, with the events of an issue that is among them put into it."""
    issues = {text(one.get("id")): one for one in pieces if sentry_issue.is_issue(one) and text(one.get("id"))}
    rest, inside = [], {key: dicts(one.get("events")) for key, one in issues.items()}
    for one in pieces:
        group = text(one.get("groupID"))
        if group in issues and sentry_event.is_event(one):
            inside[group].append(one)
        else:
            rest.append(one)
    return [
        {**one, "events": inside[key]} if inside.get(key := text(one.get("id"))) and one is issues[key] else one
        for one in rest
    ]


def _reader(one: dict[str, object]) -> Callable[[dict[str, object]], list[Incident]] | None:
    readers: tuple[tuple[Callable[[dict[str, object]], bool], Callable[[dict[str, object]], list[Incident]]], ...] = (
        (_is_wrapped, _wrapped),
        (_is_hook, _hook),
        (sentry_issue.is_issue, lambda one: [sentry_issue.incident(one, dicts(one.get("events")))]),
        (_is_legacy, _legacy),
        (sentry_event.is_event, lambda one: [sentry_event.incident(one)]),
        (_is_hash, lambda one: [sentry_event.incident(record(one.get("latestEvent")))]),
        (parts.is_release, parts.release),
        (parts.is_deploy, parts.deploy),
        (parts.is_commit, parts.commit),
        (parts.is_ticket, parts.ticket),
        (parts.is_failed_check, parts.failed_check),
    )
    return next((reader for shaped, reader in readers if shaped(one)), None)


def _wrapped(one: dict[str, object]) -> list[Incident]:
    issue = record(one.get("issue")) or record(one.get("group"))
    near = [one.get(key) for key in ("event", "latestEvent", "latest_event")]
    found = sentry_issue.incident(issue, [*dicts(near), *dicts(one.get("events"))])
    extra = [event for item in dicts(one.get("activity")) if (event := sentry_issue.activity_event(item, found.url))]
    return [replace(found, events=(*found.events, *extra))]


def _hook(one: dict[str, object]) -> list[Incident]:
    data, action = record(one.get("data")), text(one.get("action"))
    actor = text(dig(one, "actor", "name"))
    if issue := record(data.get("issue")):
        found = sentry_issue.incident(issue, dicts([data.get("event")]))
        at = moment(issue.get("lastSeen")) or found.started
        said = {"unresolved": "Reopened", "archived": "Archived", "ignored": "Archived", "resolved": "Resolved"}.get(
            action
        )
        known = {event.text for event in found.events}
        if at and said and action != "resolved" and said not in known:
            found = replace(found, events=(*found.events, Event(at, said, LABEL, EventKind.STATUS, actor, found.url)))
        return [found]
    if alert := record(data.get("metric_alert")):
        return [_metric_alert(alert, data, action)]
    if "comment" in data:
        at, line, uid = (
            moment(data.get("timestamp")),
            flat(text(data.get("comment"))),
            f"comment/{text(data.get('comment_id'))}",
        )
        event = Event(at, line, LABEL, EventKind.MESSAGE, actor, uid=uid) if at and line else None
        return [Incident(source=LABEL, ref=text(data.get("issue_id")), events=(event,) if event else ())]
    seen = record(data.get("event")) or record(data.get("error"))
    if not seen:
        return []
    rule = text(data.get("triggered_rule"))
    found = sentry_event.incident(seen)
    fired = Alert(rule, sentry_event.at_of(seen), source=LABEL, url=found.url, uid=rule) if rule else None
    return [replace(found, alerts=(fired,) if fired else ())]


def _metric_alert(alert: dict[str, object], data: dict[str, object], action: str) -> Incident:
    name = first(
        dig(alert, "alert_rule", "name"), alert.get("title"), text(data.get("description_title")).partition(": ")[2]
    )
    link, said = url(data.get("web_url")), text(data.get("description_text"))
    started, detected = moment(alert.get("date_started")), moment(alert.get("date_detected"))
    closed, ref = moment(alert.get("date_closed")), first(alert.get("identifier"), alert.get("id"))
    projects = alert.get("projects") if isinstance(alert.get("projects"), list) else []
    line = markdown(one_line(f"{name} — {said}" if said else name))
    moments = ((detected or started, "fired"), (closed, "resolved"))
    return Incident(
        source=LABEL,
        ref=ref,
        title=cut(one_line(name), 200),
        url=link,
        severity="" if action == "resolved" else action,
        status="resolved" if closed or action == "resolved" else "firing",
        environment=text(dig(alert, "alert_rule", "environment")),
        description=markdown(said),
        created=moment(alert.get("date_created")),
        started=started,
        detected=detected,
        resolved=closed,
        services=unique(map(text, projects if isinstance(projects, list) else [])),
        events=tuple(
            Event(at, with_detail(f"Alert {word}", line), LABEL, EventKind.ALERT, url=link, uid=f"{ref}/{word}")
            for at, word in moments
            if at
        ),
        alerts=(Alert(one_line(name), detected or started, closed, action, LABEL, link, markdown(said), ref),),
        references=(Reference(link, "Alert in Sentry"),) if link else (),
    )


def _legacy(one: dict[str, object]) -> list[Incident]:
    """The plug-in's old webhook: an issue's head with the event below it."""
    event = {"title": one.get("message"), **record(one.get("event"))}
    found = sentry_event.incident(
        {**event, **{k: one[k] for k in ("culprit", "level", "project_slug", "project") if one.get(k)}}
    )
    link = url(one.get("url"))
    errors = tuple(replace(group, url=link, uid=text(one.get("id"))) for group in found.errors)
    references = (Reference(link, "Issue in Sentry"),) if link else ()
    return [replace(found, ref=text(one.get("id")), url=link, errors=errors, references=references)]


def _is_wrapped(one: dict[str, object]) -> bool:
    return any(
        isinstance(one.get(key), dict) and sentry_issue.is_issue(record(one.get(key))) for key in ("issue", "group")
    )


def _is_hook(one: dict[str, object]) -> bool:
    data = one.get("data")
    if not isinstance(one.get("action"), str) or not isinstance(data, dict):
        return False
    if "comment" in data:
        return "issue_id" in data and "project_slug" in data
    # The event of an alert carries its issue's address, that of an error its own; other tools' webhooks carry neither.
    shapes: tuple[tuple[str, Callable[[dict[str, object]], bool]], ...] = (
        ("issue", sentry_issue.is_issue),
        ("event", sentry_event.is_event),
        ("error", sentry_event.is_event),
        ("metric_alert", lambda alert: bool({"alert_rule", "date_started", "identifier"} & alert.keys())),
    )
    known = any(isinstance(data.get(key), dict) and shaped(record(data.get(key))) for key, shaped in shapes)
    return known or ("installation" in one and bool({"installation", *RESOURCES} & data.keys()))


def _is_legacy(one: dict[str, object]) -> bool:
    return (
        isinstance(one.get("event"), dict)
        and {"culprit", "project", "url"} <= one.keys()
        and ("project_slug" in one or "project_name" in one)
    )


def _is_hash(one: dict[str, object]) -> bool:
    return sentry_event.is_event(record(one.get("latestEvent")))


def _other(one: dict[str, object]) -> str:
    for name, keys in OTHER.items():
        if keys <= one.keys() and (name != "a table of Sentry's Discover" or "fields" in record(one.get("meta"))):
            return name
    return ""


def _queued(payload: object) -> bool:
    if (
        not isinstance(payload, list)
        or len(payload) < 3
        or not isinstance(payload[1], str)
        or not isinstance(payload[0], int)
    ):
        return False
    return (payload[1] == "insert" and bool(sentry_event.unwrapped(payload))) or payload[1] in QUEUE


def _pieces(payload: object) -> list[dict[str, object]]:
    if isinstance(payload, list):
        return dicts(payload) if len(dicts(payload)) == len(payload) else []
    return dicts([payload])
