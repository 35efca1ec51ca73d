"""Datadog's monitors: what their webhooks and events tell of alerts that fired and recovered."""

import re
from dataclasses import replace
from datetime import datetime

from generator.draft.incident import Alert, Incident
from generator.draft.sources.extract.evidence import Record, alert_events, ordered
from generator.draft.sources.extract.json import (
    dicts,
    dig,
    first,
    moment,
    one_line,
    plain,
    record,
    text,
    unique,
    url,
    words,
)

LABEL = "Datadog"

# "[Recovered on {host:web-1}] Error rate is high" and "[P2] [Warn] ..."
_PREFIX = re.compile(r"^(?:\[[^\[\]]{1,80}\]\s*)+")
_MARK = re.compile(r"\[(P[1-5])\]")
OVER = ("recovered", "success", "ok", "resolved")


def happenings(piece: Record) -> list[Record]:
    """The events of monitors in an object, each as one flat record; empty where it is none of Datadog's."""
    if _is_webhook(piece):
        return [piece]
    inner = piece.get("data")
    wrapped = [*dicts(piece.get("events")), *dicts([piece.get("event")]), piece, *(dicts(inner) or dicts([inner]))]
    return [found for one in wrapped for found in _event(one)]


def alerts(found: list[Record]) -> tuple[Alert, ...]:
    """One alert for each time that a monitor fired, with its end where it recovered."""
    firing: dict[str, Alert] = {}
    done: list[Alert] = []
    for one in sorted(found, key=lambda each: str(_at(each) or "")):
        alert = _alert(one)
        key = first(one.get("aggreg_key"), one.get("aggregation_key"), one.get("alert_id"), alert.title)
        if _over(one):
            begun = firing.pop(key, None)
            done.append(replace(begun, ended=alert.at) if begun else replace(alert, at=None, ended=alert.at))
        elif key not in firing and alert.title:
            firing[key] = alert
    return tuple(one for one in (*done, *firing.values()) if one.title)


def incident_of(found: list[Record]) -> Incident | None:
    """What the events of monitors tell together, which is when and not what it meant; None without an alert."""
    fired = alerts(found)
    if not fired:
        return None
    return Incident(
        source=LABEL,
        environment=", ".join(_tags(found, "env", "environment")),
        services=_tags(found, "service"),
        alerts=fired,
        events=ordered(alert_events(fired, LABEL)),
    )


def _is_webhook(piece: Record) -> bool:
    keys = {key.lower() for key in piece}
    default = {"event_type", "title", "body", "last_updated"} <= keys and isinstance(piece.get("org"), dict)
    return default or (
        "alert_transition" in keys and bool(keys & {"alert_id", "alert_status", "alert_metric", "alert_title"})
    )


def _event(one: Record) -> list[Record]:
    attributes = record(one.get("attributes"))
    if text(one.get("type")) == "event" and isinstance(attributes.get("attributes"), dict):
        inner = record(attributes.get("attributes"))
        shared = {key: attributes.get(key) for key in ("message", "tags", "timestamp")}
        return [{"id": one.get("id"), **inner, **shared}]
    if {"date_happened", "title", "text"} <= one.keys():
        return [one]
    return []


def _low(one: Record) -> Record:
    """A webhook's template is the account's own, and may write its keys in capitals."""
    return {key.lower(): value for key, value in one.items()}


def _over(one: Record) -> bool:
    low = _low(one)
    said = words(first(low.get("alert_transition"), dig(one, "monitor", "transition", "trans_name"), low.get("status")))
    marked = re.match(r"\[recovered", text(low.get("title")), re.IGNORECASE)
    return bool(marked) or said in OVER or text(low.get("alert_type")) == "success"


def _at(one: Record) -> datetime | None:
    low = _low(one)
    keys = ("date", "date_happened", "timestamp", "last_updated", "event_timestamp", "alert_timestamp")
    return next((at for at in (moment(low.get(key)) for key in keys) if at), None)


def _alert(one: Record) -> Alert:
    low = _low(one)
    title = first(low.get("event_title"), low.get("title"), low.get("alert_title"), dig(one, "evt", "name"))
    mark = _MARK.search(title)
    asked = text(low.get("priority"))
    return Alert(
        title=one_line(_PREFIX.sub("", title)) or one_line(title),
        at=_at(one),
        severity=first(
            "" if asked == "normal" else asked,
            low.get("alert_priority"),
            mark[1] if mark else "",
            low.get("alert_type"),
        ),
        source=LABEL,
        url=first(*(url(low.get(key)) for key in ("link", "url", "event_link", "alert_url"))),
        description=plain(first(*(low.get(key) for key in ("body", "text", "message", "event_msg")))).strip("%\n "),
        uid=first(low.get("id"), low.get("alert_id")),
    )


def _tags(found: list[Record], *keys: str) -> tuple[str, ...]:
    """The values of tags such as `service:checkout`, which come as a list or parted by commas."""
    all_of = [_low(one).get("tags") for one in found]
    each = [tag for tags in all_of for tag in (tags if isinstance(tags, list) else text(tags).split(","))]
    pairs = (text(tag).partition(":") for tag in each)
    return unique(value.strip() for key, _, value in pairs if key.strip().lower() in keys)
