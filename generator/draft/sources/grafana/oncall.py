"""Grafana OnCall: alert groups, their alerts and notes as its API lists them, and its outgoing webhook."""

import re
from dataclasses import replace

from generator.draft.incident import Alert, Event, EventKind, Incident, Participant, Reference
from generator.draft.sources.extract import alerts
from generator.draft.sources.extract.dedupe import in_order, together
from generator.draft.sources.extract.json import dicts, dig, first, moment, one_line, record, text, unique, url
from generator.draft.sources.extract.prose import cut, flat, markdown
from generator.errors import InputError

LABEL = "Grafana OnCall"

CHANNEL = re.compile(r"(/archives/\w+)/p\d+.*")  # of a message's address, the part that is the channel's

SAID = {
    "escalation": ("Escalated", EventKind.ESCALATION),
    "alert group created": ("Alert group created", EventKind.STATUS),
    "acknowledge": ("Acknowledged", EventKind.STATUS),
    "unacknowledge": ("Acknowledgement withdrawn", EventKind.STATUS),
    "resolve": ("Resolved", EventKind.STATUS),
    "unresolve": ("Reopened", EventKind.STATUS),
    "silence": ("Silenced", EventKind.STATUS),
    "unsilence": ("Silence ended", EventKind.STATUS),
    "personal notification": ("Responder notified", EventKind.ESCALATION),
}
# What else its API answers, by keys that only these have; none of it tells what happened.
OTHER = {
    "a user": {"grafana_id", "username", "email"},
    "somebody on call": {"username", "email", "slack", "role"},
    "a schedule": {"on_call_now", "team_id", "name"},
    "a shift": {"rolling_users", "start", "duration"},
    "an integration": {"maintenance_mode", "templates", "link"},
    "a route": {"routing_regex", "escalation_chain_id"},
    "an escalation policy": {"escalation_chain_id", "position", "type"},
    "an outgoing webhook": {"trigger_type", "is_webhook_enabled"},
}


def recognises(payload: object) -> bool:
    """Whether this is an alert group, an alert, a note or another answer of OnCall's API, or its webhook."""
    pieces = _pieces(payload)
    known = (_is_group(one) or _is_alert(one) or _is_hook(one) or _is_note(one) or _is_formatted(one) for one in pieces)
    return (bool(pieces) and all(known)) or bool(_other(payload))


def incidents_from(payload: object) -> tuple[Incident, ...]:
    """One incident for each alert group; alerts and notes without their group give a partial one."""
    pieces = _pieces(payload)
    found = []
    for one in pieces:  # in their order: the last delivery knows best
        if _is_group(one):
            found.append(_group(one))
        elif _is_hook(one):
            found.append(_hook(one))
        elif _is_formatted(one):
            found.append(_formatted(one))
        elif _is_alert(one) or _is_note(one):
            found.append(_fragment(one))
    told = together(found)
    if not told:
        what = _other(payload) or "an answer"
        raise InputError(
            f"This is {what} of Grafana OnCall without an alert group; it does not say what happened. "
            "Export the alert group: `GET /api/v1/alert_groups/<id>` and `GET /api/v1/alerts?alert_group_id=<id>`."
        )
    return told


def _group(one: dict[str, object]) -> Incident:
    ref, state = text(one.get("id")), text(one.get("state")).lower()
    created = moment(one.get("created_at")) or moment(one.get("started_at"))
    acknowledged, resolved = moment(one.get("acknowledged_at")), moment(one.get("resolved_at"))
    silenced = moment(one.get("silenced_at"))
    title = one_line(text(one.get("title")))
    link = url(dig(one, "permalinks", "web"))
    last = _alert(dicts([one.get("last_alert")]))
    labels = _labels(one.get("labels"))
    moments = (
        (created, f"Alert group created: {markdown(title)}" if title else "Alert group created", "created", ""),
        (acknowledged, "Acknowledged", "acknowledged", _person(one, "acknowledged_by")),
        (silenced, "Silenced", "silenced", ""),
        (resolved, "Resolved", "resolved", _person(one, "resolved_by")),
    )
    return Incident(
        source=LABEL,
        ref=ref,
        title=cut(title, 200) or last.title,
        url=link,
        status=state,
        severity=first(labels.get("severity"), last.severity),
        priority=labels.get("priority", ""),
        description=last.description,
        created=created,
        started=last.started or created,
        detected=created,
        acknowledged=acknowledged,
        resolved=resolved,
        environment=first(*(labels.get(key) for key in alerts.ENVIRONMENT), last.environment),
        services=unique([*(labels.get(key, "") for key in alerts.SERVICE), *last.services]),
        components=unique([*(labels.get(key, "") for key in alerts.COMPONENT), *last.components]),
        tags=unique(
            f"{key}:{value}" for key, value in labels.items() if key not in {*alerts.PLACES, "severity", "priority"}
        ),
        participants=unique(
            Participant("responder", account=who)
            for who in (_person(one, "acknowledged_by"), _person(one, "resolved_by"))
            if who
        ),
        channel=url(CHANNEL.sub(r"\1", text(dig(one, "permalinks", "slack")))),
        events=in_order(
            [
                *(
                    Event(at, line, LABEL, EventKind.STATUS, who, link, uid=f"{ref}/{word}")
                    for at, line, word, who in moments
                    if at
                ),
                *last.events,
            ]
        ),
        alerts=last.alerts,
        references=_references(one, last),
    )


def _hook(one: dict[str, object]) -> Incident:
    group = record(one.get("alert_group"))
    found = _group({**group, "id": first(group.get("id"), one.get("alert_group_id"))})
    at, word = moment(dig(one, "event", "time")), text(dig(one, "event", "type")).lower()
    said, kind = SAID.get(word, (one_line(word).capitalize() or "Webhook sent", EventKind.NOTE))
    actor = text(dig(one, "user", "username"))
    uid = {
        "acknowledge": "acknowledged",
        "resolve": "resolved",
        "silence": "silenced",
        "alert group created": "created",
    }
    events = list(found.events)
    if at and word != "status change":
        event = Event(
            at, said, LABEL, kind, actor, found.url, uid=f"{found.ref}/{uid.get(word, f'{word}/{at.isoformat()}')}"
        )
        # The group beside it knows the same moment, but only by an account's id.
        events = [event, *(other for other in events if other.uid != event.uid)]
    people = [
        Participant(
            "responder", text(dig(one, key, "username")), text(dig(one, key, "email")), text(dig(one, key, "id"))
        )
        for key in ("alert_group_acknowledged_by", "alert_group_resolved_by")
        if text(dig(one, key, "username"))
    ]
    people += [
        Participant("notified", text(user.get("username")), text(user.get("email")), text(user.get("id")))
        for user in dicts(one.get("notified_users"))
    ]
    payload = _alert([{"payload": one.get("alert_payload"), "created_at": group.get("created_at")}])
    team = text(dig(one, "integration", "team"))
    return replace(
        found,
        participants=unique(people) or found.participants,
        severity=found.severity or payload.severity,
        started=payload.started or found.started,
        services=found.services or payload.services,
        components=found.components or payload.components,
        description=found.description or payload.description,
        tags=unique([*found.tags, f"team:{team}" if team else ""]),
        events=in_order([*events, *payload.events]),
        alerts=found.alerts or payload.alerts,
        references=found.references or payload.references,
    )


def _fragment(one: dict[str, object]) -> Incident:
    ref = text(one.get("alert_group_id"))
    if _is_note(one):
        at = moment(one.get("created_at"))
        line, uid = flat(text(one.get("text"))), text(one.get("id"))
        event = Event(at, line, LABEL, EventKind.NOTE, text(one.get("author")), uid=uid) if at and line else None
        return Incident(source=LABEL, ref=ref, events=(event,) if event else ())
    found = _alert([one])
    return Incident(source=LABEL, ref=ref, alerts=found.alerts, events=found.events, references=found.references)


def _alert(items: list[dict[str, object]]) -> Incident:
    """The alert inside an OnCall alert, in whatever shape its source sent it, as an incident of its own."""
    if not items:
        return Incident(source=LABEL)
    item = items[0]
    payload, at, uid = record(item.get("payload")), moment(item.get("created_at")), text(item.get("id"))
    inner = dicts(payload.get("alerts")) or ([payload] if isinstance(payload.get("labels"), dict) else [])
    if inner:
        return alerts.incident(LABEL, alerts.latest(map(alerts.firing, inner)))
    name = one_line(first(payload.get("ruleName"), payload.get("title"), payload.get("name"), payload.get("message")))
    if not name:
        return Incident(source=LABEL)
    link = url(first(payload.get("ruleUrl"), payload.get("link_to_upstream_details"), payload.get("url")))
    over = text(payload.get("state")).lower() in {"ok", "resolved", "normal"}
    said = f"Alert {'resolved' if over else 'fired'}: {markdown(cut(name, 300))}"
    event = Event(at, said, LABEL, EventKind.ALERT, url=link, uid=uid) if at else None
    described = markdown(text(payload.get("message")))
    return Incident(
        source=LABEL,
        title=cut(name, 200),
        description=described,
        events=(event,) if event else (),
        alerts=(Alert(name, at, source=LABEL, url=link, description=described, uid=uid),),
        references=(Reference(link, "Alert in its source"),) if link else (),
    )


def _formatted(one: dict[str, object]) -> Incident:
    found = _alert([{"payload": one, "id": one.get("alert_uid")}])
    state = {"alerting": "firing", "ok": "resolved"}.get(text(one.get("state")).lower(), text(one.get("state")))
    picture = url(one.get("image_url"))
    seen = (Reference(picture, "Picture of the alert", "image"),) if picture else ()
    notes = ("A formatted webhook does not say when the alert changed its state.",)
    references = (*found.references, *seen)
    return replace(found, ref=text(one.get("alert_uid")), status=state, references=references, notes=notes)


def _references(one: dict[str, object], last: Incident) -> tuple[Reference, ...]:
    found = []
    for key, value in record(one.get("permalinks")).items():
        if isinstance(key, str) and key != "web" and url(value):
            found.append(Reference(url(value), f"Alert group ({key.replace('_', ' ')})", "page"))
    return tuple({ref.url: ref for ref in [*found, *last.references]}.values())


def _labels(value: object) -> dict[str, str]:
    if isinstance(value, dict):
        return alerts.strings(value)
    pairs = (
        (first(dig(one, "key", "name"), one.get("key")), first(dig(one, "value", "name"), one.get("value")))
        for one in dicts(value)
    )
    return {key: found for key, found in pairs if key and found}


def _person(one: dict[str, object], key: str) -> str:
    user = one.get(f"{key}_user")
    return first(dig(user, "username"), one.get(key))


def _is_group(one: dict[str, object]) -> bool:
    return (
        ("alerts_count" in one or "route_id" in one)
        and "integration_id" in one
        and bool({"state", "created_at", "title"} & one.keys())
    )


def _is_alert(one: dict[str, object]) -> bool:
    return "alert_group_id" in one and "payload" in one and "created_at" in one


def _is_note(one: dict[str, object]) -> bool:
    return "alert_group_id" in one and "text" in one and "created_at" in one


def _is_hook(one: dict[str, object]) -> bool:
    return (
        isinstance(one.get("alert_group"), dict)
        and isinstance(one.get("event"), dict)
        and bool({"alert_group_id", "integration"} & one.keys())
    )


def _is_formatted(one: dict[str, object]) -> bool:
    return {"alert_uid", "link_to_upstream_details"} <= one.keys() and bool({"title", "message"} & one.keys())


def _results(payload: object) -> list[object] | None:
    if not isinstance(payload, dict) or not isinstance(payload.get("results"), list):
        return None
    found: list[object] = payload["results"]
    return found if "current_page_number" in payload or {"count", "next", "previous"} <= payload.keys() else None


def _pieces(payload: object) -> list[dict[str, object]]:
    results = _results(payload)
    whole = results if results is not None else payload if isinstance(payload, list) else [payload]
    found = dicts(whole)
    return found if len(found) == len(whole) else []


def _other(payload: object) -> str:
    """The name of something that OnCall's API answers and that no incident can be made of."""
    results = _results(payload)
    whole = [payload] if results is None else results
    for name, keys in OTHER.items():
        if whole and all(isinstance(one, dict) and keys <= one.keys() for one in whole):
            return name
    if results is not None and {"current_page_number", "total_pages"} <= record(payload).keys():
        return "a list"
    return ""
