"""Alertmanager's notifications and API answers as incidents."""

from datetime import UTC, datetime

import pytest

from generator.draft.incident import EventKind, Reference
from generator.draft.sources import alertmanager
from generator.errors import InputError
from tests.draft.sources.observed import payload


def at(hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2026, 3, 15, hour, minute, second, tzinfo=UTC)


def alert(**changes) -> dict:
    known = {
        "labels": {"alertname": "Down"},
        "annotations": {},
        "startsAt": "2026-03-15T14:00:00Z",
        "endsAt": "0001-01-01T00:00:00Z",
    }
    return {**known, **changes}


def notification(*alerts, **changes) -> dict:
    known = {
        "version": "4",
        "status": "firing",
        "receiver": "r",
        "groupLabels": {"alertname": "Down"},
        "commonLabels": {},
        "alerts": list(alerts),
    }
    return {**known, **changes}


def test_a_notification_is_one_incident_with_all_that_its_alerts_say():
    (found,) = alertmanager.incidents_from(payload("alertmanager/notification"))

    assert found.source == "Alertmanager"
    assert found.title == "HighErrorRate: 5xx above 5 %"
    assert found.ref == '{}/{team="payments"}:{alertname="HighErrorRate"}'
    assert found.url == "https://alertmanager.example.com/#/alerts?receiver=payments-webhook"
    assert (found.severity, found.status, found.environment) == ("critical", "resolved", "production")
    assert found.started == found.detected == at(14, 35).replace(microsecond=123456)
    assert found.resolved == at(15, 20)
    assert found.services == ("checkout",)
    assert found.components == ("checkout-api",)
    assert found.tags == ("team:payments", "region:eu-1", "region:us-1")
    assert found.impact == "Some customers cannot pay."
    assert found.description.split("\n\n") == [
        "12 % of the requests to \\`checkout\\` in eu-1 fail.",
        "6 % of the requests to \\`checkout\\` in us-1 fail.",
    ]
    assert not found.partial


def test_each_alert_fires_and_recovers_in_the_timeline():
    (found,) = alertmanager.incidents_from(payload("alertmanager/notification"))

    assert [(event.at.replace(microsecond=0), event.text) for event in found.events] == [
        (at(14, 35), "Alert fired: HighErrorRate — 5xx above 5 % (eu-1)"),
        (at(14, 40), "Alert fired: HighErrorRate — 5xx above 5 % (us-1)"),
        (at(15, 15, 30), "Alert resolved: HighErrorRate — 5xx above 5 % (eu-1)"),
        (at(15, 20), "Alert resolved: HighErrorRate — 5xx above 5 % (us-1)"),
    ]
    assert {event.kind for event in found.events} == {EventKind.ALERT}
    assert [(one.title, one.severity, one.ended) for one in found.alerts] == [
        ("HighErrorRate", "critical", at(15, 15, 30)),
        ("HighErrorRate", "warning", at(15, 20)),
    ]


def test_runbooks_dashboards_and_rules_are_references():
    (found,) = alertmanager.incidents_from(payload("alertmanager/notification"))

    assert found.references == (
        Reference("https://prometheus.example.com/graph?g0.expr=errors", "Rule of HighErrorRate", "query"),
        Reference("https://runbooks.example.com/high-error-rate", "Runbook of HighErrorRate", "runbook"),
        Reference("https://grafana.example.com/d/checkout", "dashboard", "dashboard"),
    )


def test_a_list_of_alerts_is_one_incident_for_each_alert_name():
    pool, queue = alertmanager.incidents_from(payload("alertmanager/alerts"))

    assert pool.title == "PoolExhausted: Connection pool of payments-db is full"
    assert (pool.ref, queue.ref) == ("PoolExhausted", "QueueGrows")
    assert queue.title == "QueueGrows: Queue of the mail service grows"
    assert [event.text for event in queue.events] == [
        "Alert fired: QueueGrows — Queue of the mail service grows (mail-1) (silenced)",
        "Alert fired: QueueGrows — Queue of the mail service grows (mail-2)",
    ]


def test_the_end_of_an_active_alert_is_only_when_it_would_be_forgotten():
    pool, _ = alertmanager.incidents_from(payload("alertmanager/alerts"))

    assert (pool.status, pool.resolved, pool.alerts[0].ended) == ("firing", None, None)


@pytest.mark.parametrize("ends", ["0001-01-01T00:00:00Z", "2063-01-01T00:00:00Z", None, "", "soon"])
def test_a_firing_alert_has_no_end(ends):
    (found,) = alertmanager.incidents_from(notification(alert(status="firing", endsAt=ends)))

    assert found.resolved is None
    assert found.status == "firing"


def test_alerts_without_a_status_take_the_notifications():
    (found,) = alertmanager.incidents_from(notification(alert(endsAt="2026-03-15T14:30:00Z"), status="resolved"))

    assert found.resolved == at(14, 30)


def test_the_groups_of_several_receivers_give_each_alert_once():
    group = {"labels": {"alertname": "Down"}, "receiver": {"name": "a"}, "alerts": [alert(fingerprint="1")]}
    other = {"labels": {"cluster": "x"}, "receiver": {"name": "b"}, "alerts": [alert(fingerprint="1")]}

    assert len(alertmanager.incidents_from([group, other])) == 1


def test_two_notifications_about_one_group_are_one_incident():
    fired = notification(alert(status="firing", fingerprint="1"), groupKey="k")
    over = notification(
        alert(status="resolved", fingerprint="1", endsAt="2026-03-15T14:30:00Z"), groupKey="k", status="resolved"
    )

    (found,) = alertmanager.incidents_from([fired, over])

    assert [event.text for event in found.events] == ["Alert fired: Down", "Alert resolved: Down"]


def test_many_alerts_of_one_moment_are_one_row():
    many = [
        alert(status="firing", fingerprint=str(n), labels={"alertname": "Down", "instance": f"web-{n}"})
        for n in range(9)
    ]

    (found,) = alertmanager.incidents_from(notification(*many))

    assert found.title == "Down (9 alerts)"
    assert [event.text for event in found.events] == ["Alert fired: Down (9 alerts)"]
    assert len(found.alerts) == 9


def test_alerts_of_several_names_are_named_after_the_most_severe():
    low = alert(labels={"alertname": "Slow", "severity": "warning"})
    high = alert(labels={"alertname": "Down", "severity": "page"})

    (found,) = alertmanager.incidents_from(notification(low, high))

    assert (found.title, found.severity) == ("Down and 1 more alert", "page")


def test_the_old_api_wraps_the_list():
    assert alertmanager.recognises({"status": "success", "data": [alert()]})
    assert len(alertmanager.incidents_from({"status": "success", "data": [alert()]})) == 1


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (payload("alertmanager/silences"), "silences"),
        (notification(), "no alert"),
        ({"cluster": {}, "versionInfo": {}, "uptime": ""}, "no alert"),
    ],
)
def test_what_tells_of_no_alert_is_refused_with_advice(data, word):
    assert alertmanager.recognises(data)
    with pytest.raises(InputError, match=word) as refusal:
        alertmanager.incidents_from(data)
    assert "amtool alert query" in str(refusal.value)


def test_a_link_that_is_no_web_address_stays_out():
    (found,) = alertmanager.incidents_from(
        notification(alert(annotations={"runbook_url": "javascript:alert(1)"}, generatorURL="file:///x"))
    )

    assert found.references == ()
