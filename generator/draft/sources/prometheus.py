"""Prometheus: query results as metrics, and the alerts that its own API lists."""

import re
import statistics
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from generator.draft.incident import Incident
from generator.draft.sources.extract import alerts
from generator.draft.sources.extract.json import dicts, dig, first, moment, record, text
from generator.errors import InputError

LABEL = "Prometheus"

_ERRORS = re.compile(r"error|fail|5xx", re.IGNORECASE)
_LATENCY = re.compile(r"latency|duration|response_?time|_p9\d|quantile", re.IGNORECASE)
_SHARE = re.compile(r"ratio|percent|rate|share", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Series:
    """The samples of one metric, all its label sets together: moments in UTC and numbers."""

    name: str
    count: int
    samples: tuple[tuple[datetime, float], ...]


def recognises(payload: object) -> bool:
    """Whether this is an answer of Prometheus' API, or the bare list of series in it."""
    if isinstance(payload, dict) and _is_answer(payload):
        return True
    if _bundle(payload):
        return True
    return bool(_results(payload))


def incidents_from(payload: object) -> tuple[Incident, ...]:
    """A partial incident whose `metrics` say how the queried series went, or one incident for each firing alert rule."""
    if text(dig(payload, "status")) == "error":
        raise InputError(
            f"Prometheus refused the query: {first(dig(payload, 'error'), dig(payload, 'errorType'), 'no reason')}."
        )
    if firing := [alerts.firing(one) for one in _alerts(payload) if alerts.state_of(one) == "firing"]:
        names = dict.fromkeys(one.name for one in firing)
        groups = ([one for one in firing if one.name == name] for name in names)
        return tuple(alerts.incident(LABEL, alerts.latest(group), ref=group[0].name) for group in groups)
    found = [
        series
        for key, answer in (_bundle(payload) or {"": payload}).items()
        for series in _series(answer, key or text(dig(payload, "query")))
    ]
    metrics: dict[str, str] = {}
    for series in found:
        key = _key(series.name)
        metrics[key if key not in metrics else series.name] = _told(series)
    if not metrics:
        raise InputError(
            "There is no firing alert and no sample in this answer of Prometheus. Export a query over the time of "
            "the incident: `GET /api/v1/query_range?query=...&start=...&end=...&step=60`."
        )
    return (Incident(source=LABEL, metrics=metrics),)


def _told(series: Series) -> str:
    values = [value for _, value in series.samples]
    at, top = max(series.samples, key=lambda sample: sample[1])
    low = min(values)
    middle = statistics.median(values)
    begun, ended = min(moment for moment, _ in series.samples), max(moment for moment, _ in series.samples)
    many = f", {series.count} series" if series.count > 1 else ""
    if len(values) == 1:
        return f"{_shown(top, series.name)} at {at:%Y-%m-%d %H:%M} UTC"
    span = (
        f"{begun:%Y-%m-%d %H:%M}–{ended:%H:%M}"
        if begun.date() == ended.date()
        else f"{begun:%Y-%m-%d %H:%M}–{ended:%Y-%m-%d %H:%M}"
    )
    if low == top:
        return f"{_shown(top, series.name)} throughout ({span} UTC{many})"
    return (
        f"peak {_shown(top, series.name)} at {at:%Y-%m-%d %H:%M} UTC, median {_shown(middle, series.name)}, "
        f"lowest {_shown(low, series.name)} ({span} UTC{many})"
    )


def _shown(value: float, name: str) -> str:
    if _ERRORS.search(name) and _SHARE.search(name) and 0 <= value <= 1:
        return f"{value * 100:.3g} %"
    if _LATENCY.search(name) and "count" not in name:
        if "millis" in name or name.endswith("_ms"):
            return f"{value:.3g} ms"
        if "seconds" in name:
            return f"{value:.3g} s" if value >= 1 or value == 0 else f"{value * 1000:.3g} ms"
    return f"{int(value):,}" if value == int(value) and abs(value) < 10**15 else f"{value:.3g}"


def _key(name: str) -> str:
    """The variable that templates use, where a metric is clearly one of the two that they ask for."""
    if _ERRORS.search(name) and _SHARE.search(name):
        return "errorRate"
    return "latency" if _LATENCY.search(name) else name


def _series(answer: object, named: str) -> Iterator[Series]:
    groups: dict[str, list[dict[str, object]]] = {}
    for one in _results(answer):
        name = (
            named
            or text(dig(one, "metric", "__name__"))
            or alerts.selector(alerts.strings(one.get("metric")))
            or "value"
        )
        groups.setdefault(name, []).append(one)
    for name, members in groups.items():
        samples = tuple(sample for one in members for sample in _samples(one))
        if samples:
            yield Series(name, len(members), samples)


def _samples(one: dict[str, object]) -> Iterator[tuple[datetime, float]]:
    found = one.get("values")
    single = one.get("value")
    for pair in [*(found if isinstance(found, list) else []), single]:
        if isinstance(pair, list) and len(pair) == 2:
            at, value = moment(pair[0]), _number(pair[1])
            if at is not None and value is not None:
                yield at.astimezone(UTC), value


def _number(value: object) -> float | None:
    try:
        found = float(text(value))
    except ValueError:
        return None
    return found if found - found == 0 else None  # neither NaN, which Prometheus writes for 0/0, nor infinite


def _results(answer: object) -> list[dict[str, object]]:
    inner = dig(answer, "data") if isinstance(dig(answer, "data"), dict) else answer
    whole = dig(inner, "result") if text(dig(inner, "resultType")) else answer
    kept = [one for one in dicts(whole) if isinstance(one.get("metric"), dict) and {"values", "value"} & one.keys()]
    return kept if isinstance(whole, list) and len(kept) == len(whole) else []


def _alerts(payload: object) -> list[dict[str, object]]:
    near = dicts(dig(payload, "data", "alerts"))
    rules = (rule for group in dicts(dig(payload, "data", "groups")) for rule in dicts(group.get("rules")))
    found = [*near, *(alert for rule in rules for alert in dicts(rule.get("alerts")))]
    return [one for one in found if isinstance(one.get("labels"), dict) and "activeAt" in one]


def _is_answer(payload: dict[str, object]) -> bool:
    status, data = text(payload.get("status")), payload.get("data")
    if status == "error":
        return "errorType" in payload and "error" in payload
    if status != "success":
        return False
    if isinstance(data, list):  # label names, label values, series
        return all(isinstance(one, str) or (isinstance(one, dict) and "__name__" in one) for one in data)
    known = {"resultType", "groups", "activeTargets", "headStats", "yaml", "alerts", "activeAlertmanagers"}
    return bool(known & record(data).keys()) or (bool(data) and _is_metadata(data))


def _is_metadata(data: object) -> bool:
    entries = [entry for found in record(data).values() for entry in dicts(found)]
    return bool(entries) and all({"type", "help"} <= entry.keys() for entry in entries)


def _bundle(payload: object) -> Mapping[str, object]:
    """Several answers under names of the user's own: `{"errorRate": {...}, "latency": {...}}`."""
    found = record(payload)
    return (
        found
        if found and all(isinstance(one, dict) and _is_answer(one) and _results(one) for one in found.values())
        else {}
    )
