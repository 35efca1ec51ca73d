"""Alertmanager: its webhook notifications (version 4 and their lists) and its API's alerts and groups."""

from collections.abc import Iterable
from datetime import datetime

from generator.draft.incident import Incident
from generator.draft.sources.extract import alerts
from generator.draft.sources.extract.json import dicts, dig, record, text, url
from generator.errors import InputError

LABEL = "Alertmanager"

# A notification has most of these beside its alerts; two are enough to know it.
NOTIFICATION = ("groupLabels", "commonLabels", "commonAnnotations", "groupKey", "receiver", "externalURL", "version")


def recognises(payload: object) -> bool:
    """Whether this is an Alertmanager notification, or an answer of its API."""
    pieces = _pieces(payload)
    return bool(pieces) and (
        all(is_notification(one) and not is_grafana(one) for one in pieces)
        or all(is_group(one) and not is_grafana(one) for one in pieces)
        or all(is_alert(one) and not is_grafana(one) for one in pieces)
        or all(_is_silence(one) for one in pieces)
        or (isinstance(payload, dict) and {"cluster", "versionInfo", "uptime"} <= payload.keys())
    )


def incidents_from(payload: object) -> tuple[Incident, ...]:
    """One incident for each group of alerts; a bare list of alerts is grouped by alert name."""
    pieces = _pieces(payload)
    if pieces and all(_is_silence(one) for one in pieces):
        raise InputError(
            "These are Alertmanager silences; they say who muted alerts, not what happened. "
            "Export the alerts instead: `amtool alert query --output=json` or `GET /api/v2/alerts`."
        )
    found = incidents_of(LABEL, payload)
    if not found:
        raise InputError(
            "There is no alert in this Alertmanager data. "
            "Export the alerts with `amtool alert query --output=json`, or save a webhook notification."
        )
    return found


def incidents_of(source: str, payload: object) -> tuple[Incident, ...]:
    """The incidents in notifications, groups or alerts of this shape, whoever sent them."""
    groups: dict[str, list[alerts.Firing]] = {}
    titles: dict[str, tuple[str, str]] = {}  # and addresses, of notifications
    for one in _pieces(payload):
        if is_notification(one):
            key = text(one.get("groupKey")) or alerts.selector(alerts.strings(one.get("groupLabels")))
            titles[key] = (_title(one), _address(one))
            groups.setdefault(key, []).extend(_of_notification(one))
        elif is_group(one):
            key = alerts.selector(alerts.strings(one.get("labels")))
            groups.setdefault(key, []).extend(map(alerts.firing, dicts(one.get("alerts"))))
        elif is_alert(one):
            fired = alerts.firing(one)
            groups.setdefault(fired.name, []).append(fired)
    built: list[Incident] = []
    told: set[tuple[str, datetime | None]] = set()
    for key, firings in groups.items():
        whole = alerts.latest(firings)
        if {(one.uid, one.started) for one in whole} <= told:
            continue  # every receiver groups in its own way; nobody wants an incident for each
        told |= {(one.uid, one.started) for one in whole}
        title, link = titles.get(key, ("", ""))
        ref = whole[0].uid if key == "" and len(whole) == 1 else key
        built.append(alerts.incident(source, whole, ref=ref, link=link, title=title))
    return tuple(built)


def is_notification(one: dict[str, object]) -> bool:
    """Whether this is what a webhook receiver is sent."""
    found = one.get("alerts")
    if not isinstance(found, list) or sum(key in one for key in NOTIFICATION) < 2:
        return False
    return all(isinstance(alert, dict) and isinstance(alert.get("labels"), dict) for alert in found)


def is_group(one: dict[str, object]) -> bool:
    """Whether this is a group as `/api/v2/alerts/groups` lists them."""
    found = dicts(one.get("alerts"))
    return (
        isinstance(one.get("labels"), dict)
        and isinstance(dig(one, "receiver", "name"), str)
        and bool(found)
        and all(is_alert(alert) for alert in found)
    )


def is_alert(one: dict[str, object]) -> bool:
    """Whether this is an alert as `/api/v2/alerts` lists them."""
    return (
        isinstance(one.get("labels"), dict) and "startsAt" in one and bool({"annotations", "fingerprint"} & one.keys())
    )


def is_grafana(one: dict[str, object]) -> bool:
    """Whether Grafana's own Alertmanager sent it: the same shape, with Grafana's additions."""
    if {"orgId", "title", "state", "message"} & one.keys():
        return True
    for alert in [one, *dicts(one.get("alerts"))]:
        labels, annotations = record(alert.get("labels")), record(alert.get("annotations"))
        if {"dashboardURL", "panelURL", "silenceURL", "valueString", "imageURL"} & alert.keys():
            return True
        if {"grafana_folder", "__alert_rule_uid__"} & labels.keys() or "__dashboardUid__" in annotations:
            return True
    return False


def _is_silence(one: dict[str, object]) -> bool:
    return isinstance(one.get("matchers"), list) and "startsAt" in one and "endsAt" in one


def _pieces(payload: object) -> list[dict[str, object]]:
    # The old API (v1) wrapped the same list into `data`.
    if isinstance(payload, dict) and isinstance(payload.get("data"), list):
        payload = payload["data"]
    if isinstance(payload, list):
        return dicts(payload) if len(dicts(payload)) == len(payload) else []
    return dicts([payload])


def _of_notification(one: dict[str, object]) -> Iterable[alerts.Firing]:
    for alert in dicts(one.get("alerts")):
        # Alerts of old versions carry no status of their own.
        yield alerts.firing(alert if alerts.state_of(alert) else {**alert, "status": one.get("status")})


def _title(one: dict[str, object]) -> str:
    return text(one.get("title")).partition("] ")[2] or text(one.get("title"))


def _address(one: dict[str, object]) -> str:
    outside, receiver = url(one.get("externalURL")), text(one.get("receiver"))
    # Where Alertmanager's own templates link to.
    return url(f"{outside.rstrip('/')}/#/alerts?receiver={receiver}") if outside and receiver else outside
