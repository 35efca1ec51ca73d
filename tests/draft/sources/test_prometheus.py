"""Prometheus' query results as metrics, and its firing alerts as incidents."""

from datetime import UTC, datetime

import pytest

from generator.draft.sources import prometheus
from generator.errors import InputError
from tests.draft.sources.observed import payload


def answer(*series: dict) -> dict:
    return {"status": "success", "data": {"resultType": "matrix", "result": list(series)}}


def series(name: str, *values: object, **labels: str) -> dict:
    return {
        "metric": {"__name__": name, **labels},
        "values": [[1773585000 + 300 * n, value] for n, value in enumerate(values)],
    }


def metrics(data: object) -> dict:
    (found,) = prometheus.incidents_from(data)
    assert found.partial
    return dict(found.metrics)


def test_an_error_ratio_is_the_error_rate():
    assert metrics(payload("prometheus/error_rate")) == {
        "errorRate": "peak 12 % at 2026-03-15 14:35 UTC, median 4.1 %, lowest 0.1 % (2026-03-15 14:30–14:50 UTC)"
    }


def test_seconds_of_a_latency_keep_their_unit():
    data = answer(series("checkout_latency_seconds_p99", "0.25", "2.7", "0.3"))

    assert metrics(data) == {
        "latency": "peak 2.7 s at 2026-03-15 14:35 UTC, median 300 ms, lowest 250 ms (2026-03-15 14:30–14:40 UTC)"
    }


def test_other_metrics_keep_their_name_and_count_their_series():
    data = answer(series("up", "1", "0", instance="a"), series("up", "1", "1", instance="b"))

    assert metrics(data) == {
        "up": "peak 1 at 2026-03-15 14:30 UTC, median 1, lowest 0 (2026-03-15 14:30–14:35 UTC, 2 series)"
    }


def test_a_metric_that_never_moved_says_so():
    assert metrics(answer(series("up", "1", "1"))) == {"up": "1 throughout (2026-03-15 14:30–14:35 UTC)"}


def test_bare_series_and_instant_values_are_read():
    assert metrics([series("up", "1", "1")]) == {"up": "1 throughout (2026-03-15 14:30–14:35 UTC)"}
    instant = {
        "status": "success",
        "data": {"resultType": "vector", "result": [{"metric": {"__name__": "queue"}, "value": [1773585000, "1234"]}]},
    }
    assert metrics(instant) == {"queue": "1,234 at 2026-03-15 14:30 UTC"}


def test_answers_under_own_names_are_told_apart():
    nameless = {"metric": {"service": "checkout"}, "values": [[1773585000, "0.5"]]}

    assert metrics({"errorRate": answer(nameless), "queue": answer(nameless)}) == {
        "errorRate": "50 % at 2026-03-15 14:30 UTC",
        "queue": "0.5 at 2026-03-15 14:30 UTC",
    }


def test_firing_alerts_are_incidents_and_pending_ones_are_not():
    (found,) = prometheus.incidents_from(payload("prometheus/alerts"))

    assert (found.title, found.severity, found.status) == ("PoolExhausted: No free connection", "critical", "firing")
    assert found.started == datetime(2026, 3, 15, 14, 33, tzinfo=UTC)
    assert [event.text for event in found.events] == ["Alert fired: PoolExhausted — No free connection"]


def test_alerts_inside_their_rules_are_found():
    rule = {"name": "PoolExhausted", "type": "alerting", "alerts": payload("prometheus/alerts")["data"]["alerts"]}

    (found,) = prometheus.incidents_from({"status": "success", "data": {"groups": [{"name": "g", "rules": [rule]}]}})

    assert found.title == "PoolExhausted: No free connection"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        ({"status": "error", "errorType": "bad_data", "error": "parse error: unexpected end"}, "parse error"),
        (answer(), "no sample"),
        ({"status": "success", "data": ["job", "instance"]}, "no sample"),
        ({"status": "success", "data": {"activeTargets": [], "droppedTargets": []}}, "no sample"),
    ],
)
def test_what_has_no_sample_and_no_alert_is_refused(data, word):
    assert prometheus.recognises(data)
    with pytest.raises(InputError, match=word):
        prometheus.incidents_from(data)
