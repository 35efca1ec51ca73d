"""Grafana: alert notifications (today's and the legacy ones), annotations, OnCall and Incident."""

from dataclasses import replace

from generator.draft.incident import Alert, Event, EventKind, Incident, Reference
from generator.draft.sources import alertmanager
from generator.draft.sources.extract.dedupe import in_order
from generator.draft.sources.extract.json import dicts, dig, first, moment, one_line, text, unique, url
from generator.draft.sources.extract.prose import cut, flat, joined, markdown, with_detail
from generator.draft.sources.grafana import incident, oncall
from generator.errors import InputError

LABEL = "Grafana"

STATES = {
    "alerting": "fired",
    "ok": "resolved",
    "normal": "resolved",
    "no_data": "without data",
    "nodata": "without data",
}


def recognises(payload: object) -> bool:
    """Whether this comes from Grafana: an alert notification, annotations, OnCall or Incident."""
    if incident.recognises(payload) or oncall.recognises(payload):
        return True
    pieces = _pieces(payload)
    return bool(pieces) and (
        all(_is_notification(one) for one in pieces)
        or all(_is_legacy(one) for one in pieces)
        or all(_is_annotation(one) for one in pieces)
        or all(_is_rule(one) for one in pieces)
    )


def incidents_from(payload: object) -> tuple[Incident, ...]:
    """Every incident, alert group or group of alerts in a Grafana payload; annotations are a partial one."""
    if incident.recognises(payload):
        return incident.incidents_from(payload)
    if oncall.recognises(payload):
        return oncall.incidents_from(payload)
    pieces = _pieces(payload)
    if pieces and all(_is_legacy(one) for one in pieces):
        return tuple(legacy(one) for one in pieces)
    if pieces and all(_is_annotation(one) for one in pieces):
        return (_annotations(pieces),)
    if pieces and all(_is_rule(one) for one in pieces):
        raise InputError(
            "This is the definition of a Grafana alert rule; it says when an alert would fire, not what happened. "
            "Export the alert itself: `GET /api/alertmanager/grafana/api/v2/alerts`, or save the notification."
        )
    found = tuple(_tidied(one) for one in alertmanager.incidents_of(LABEL, payload))
    if not found:
        raise InputError(
            "There is no alert in this Grafana data. Save the notification of a webhook contact point, or export "
            "`GET /api/alertmanager/grafana/api/v2/alerts`, the OnCall alert group or the Grafana incident."
        )
    return found


def legacy(one: dict[str, object], source: str = LABEL) -> Incident:
    """A notification of the alerting that Grafana had before version 9; it carries no time."""
    name = first(one.get("ruleName"), text(one.get("title")).partition("] ")[2], one.get("title"))
    state = text(one.get("state")).lower()
    link, image = url(one.get("ruleUrl")), url(one.get("imageUrl"))
    values = [joined(text(match.get("metric")), text(match.get("value"))) for match in dicts(one.get("evalMatches"))]
    described = "\n\n".join(part for part in (text(one.get("message")), "; ".join(values)) if part)
    return Incident(
        source=source,
        ref=text(one.get("ruleId")),
        title=cut(one_line(name), 200),
        url=link,
        status={"alerting": "firing", "ok": "resolved"}.get(state, state),
        description=markdown(described),
        tags=unique(f"{key}:{text(value)}" for key, value in _tags(one).items() if text(value)),
        alerts=(Alert(one_line(name), source=source, url=link, description=markdown(described)),),
        references=tuple(
            Reference(address, title, kind)
            for address, title, kind in ((link, "Alert rule", "dashboard"), (image, "Picture of the panel", "image"))
            if address
        ),
        notes=("A legacy Grafana notification does not say when the alert changed its state.",),
    )


def _annotations(pieces: list[dict[str, object]]) -> Incident:
    events = []
    for one in pieces:
        uid = f"annotation/{text(one.get('id'))}"
        said = flat(first(one.get("text"), one.get("title"), ", ".join(_words(one.get("tags")))))
        state = STATES.get(text(one.get("newState")).lower(), "")
        name = markdown(first(one.get("alertName"))) or said
        line, kind = (with_detail(f"Alert {state}", name), EventKind.ALERT) if state else (said, EventKind.NOTE)
        actor = first(one.get("login"), one.get("userName"))
        at, ended = moment(one.get("time")), moment(one.get("timeEnd"))
        if at and line:
            events.append(Event(at, line, LABEL, kind, actor, uid=uid))
        if at and line and ended and ended > at and kind is EventKind.NOTE:
            events.append(Event(ended, f"End of: {line}", LABEL, kind, actor, uid=f"{uid}/end"))
    if not events:
        raise InputError("No annotation in this Grafana data has both a time and a text.")
    return Incident(source=LABEL, events=in_order(events))


def _tidied(found: Incident) -> Incident:
    # The receiver's page of Prometheus' Alertmanager does not exist in Grafana; the list of alerts does.
    root = found.url.partition("/#/")[0].rstrip("/")
    return replace(found, url=f"{root}/alerting/list" if root else "")


def _is_notification(one: dict[str, object]) -> bool:
    shaped = alertmanager.is_notification(one) or alertmanager.is_group(one) or alertmanager.is_alert(one)
    return shaped and alertmanager.is_grafana(one)


def _is_legacy(one: dict[str, object]) -> bool:
    return "ruleName" in one and "state" in one and bool({"evalMatches", "ruleId", "ruleUrl"} & one.keys())


def _is_annotation(one: dict[str, object]) -> bool:
    placed = {"dashboardId", "dashboardUID", "panelId", "alertId", "newState"} & one.keys()
    return bool(placed) and "time" in one and ("text" in one or "tags" in one)


def _is_rule(one: dict[str, object]) -> bool:
    return "condition" in one and isinstance(one.get("data"), list) and {"ruleGroup", "folderUID"} <= one.keys()


def _pieces(payload: object) -> list[dict[str, object]]:
    if isinstance(payload, list):
        return dicts(payload) if len(dicts(payload)) == len(payload) else []
    return dicts([payload])


def _tags(one: dict[str, object]) -> dict[str, object]:
    found = dig(one, "tags")
    return found if isinstance(found, dict) else {}


def _words(value: object) -> list[str]:
    return [text(item) for item in value if text(item)] if isinstance(value, list) else []
