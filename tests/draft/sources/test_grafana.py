"""Grafana's notifications, annotations, OnCall and Incident as incidents."""

from datetime import UTC, datetime

import pytest

from generator.draft.incident import Attachment, EventKind, FollowUp, Participant
from generator.draft.sources import grafana
from generator.errors import InputError
from tests.draft.sources.observed import payload


def at(hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2026, 3, 15, hour, minute, second, tzinfo=UTC)


def said(incident) -> list[tuple[datetime, str]]:
    return [(event.at.replace(microsecond=0), event.text) for event in incident.events]


def test_a_notification_of_todays_alerting():
    (found,) = grafana.incidents_from(payload("grafana/alerting"))

    assert found.source == "Grafana"
    assert found.title == "Checkout latency: p99 is above 2 s"
    assert (found.severity, found.status, found.url) == (
        "critical",
        "firing",
        "https://grafana.example.com/alerting/list",
    )
    assert (found.services, found.components) == (("checkout",), ("shop",))
    assert said(found) == [(at(14, 36, 10), "Alert fired: Checkout latency — p99 is above 2 s")]
    assert found.alerts[0].url == "https://grafana.example.com/d/shop?viewPanel=4"
    assert "value=2.7" in found.alerts[0].description
    assert [ref.type for ref in found.references] == ["dashboard", "dashboard", "query", "image", "runbook"]


def test_a_notification_without_alert_names_is_called_by_its_title():
    data = payload("grafana/alerting")
    del data["alerts"][0]["labels"]["alertname"], data["alerts"][0]["annotations"]

    assert grafana.incidents_from(data)[0].title == "Checkout latency checkout (critical)"


def test_a_legacy_notification_says_what_fired_but_not_when():
    (found,) = grafana.incidents_from(payload("grafana/legacy"))

    assert (found.title, found.status, found.ref) == ("Checkout latency", "firing", "31")
    assert found.description == "p99 of the checkout is above 2 s\n\np99 — 2.7"
    assert found.started is None
    assert found.events == ()
    assert len(found.notes) == 1


def test_annotations_are_a_partial_incident():
    (found,) = grafana.incidents_from(payload("grafana/annotations"))

    assert found.partial
    assert said(found) == [(at(14, 32), "Deployed checkout v2.3.1"), (at(14, 36, 10), "Alert fired: Checkout latency")]
    assert [event.kind for event in found.events] == [EventKind.NOTE, EventKind.ALERT]
    assert found.events[0].actor == "li.wei"


def test_an_incident_with_its_activity():
    (found,) = grafana.incidents_from(payload("grafana/incident"))

    assert found.source == "Grafana Incident"
    assert (found.ref, found.title) == ("88", "Checkout fails for some customers")
    assert (found.severity, found.status, found.category, found.environment) == (
        "Critical",
        "resolved",
        "internal",
        "production",
    )
    assert (found.started, found.resolved) == (at(14, 32), at(16, 46))
    assert found.created == at(14, 37).replace(microsecond=500000)
    assert (found.services, found.tags) == (("checkout",), ("database",))
    assert found.channel == "https://slack.com/app_redirect?channel=C0INC88&team=T0EXAMPLE"
    assert found.participants == (
        Participant("commander", "Jane Smith", account="grafana-incident:user-1"),
        Participant("investigator", "Li Wei", account="grafana-incident:user-2"),
        Participant("reporter", "Jane Smith", account="grafana-incident:user-1"),
    )
    assert found.follow_ups == (FollowUp("Alert on pool saturation", owner="Li Wei", status="open"),)
    assert found.attachments == (
        Attachment("pool.png", "https://example.grafana.net/attachments/att-1", 20480, "image/png"),
    )
    assert [(ref.type, ref.title) for ref in found.references] == [
        ("ticket", "OPS-1234"),
        ("dashboard", "Shop dashboard"),
    ]


def test_the_activity_tells_every_change_in_the_order_of_time():
    (found,) = grafana.incidents_from(payload("grafana/incident"))

    assert said(found) == [
        (at(14, 37), "Incident declared"),
        (at(14, 39), "Severity changed from minor to critical"),
        (at(15, 10), "The pool is full, `FATAL: remaining connection slots are reserved` so we roll back"),
        (at(15, 12), "Context attached: Shop dashboard"),
        (at(16, 46), "Status changed from active to resolved"),
    ]
    assert [event.kind for event in found.events] == [
        EventKind.STATUS, EventKind.SEVERITY, EventKind.NOTE, EventKind.NOTE, EventKind.STATUS,
    ]  # fmt: skip
    assert [event.actor for event in found.events][:3] == ["Jane Smith", "Jane Smith", "Li Wei"]
    assert [event.key for event in found.events] == [False, False, True, False, False]


def test_activity_without_its_incident_is_partial():
    (found,) = grafana.incidents_from({"activityItems": payload("grafana/incident")["activityItems"]})

    assert found.partial
    assert len(found.events) == 5


def test_an_incident_without_activity_still_has_its_beginning_and_end():
    incident = payload("grafana/incident")["incident"]

    for data in (incident, {"incident": incident}, [incident], {"incidents": [incident], "cursor": {}}):
        (found,) = grafana.incidents_from(data)
        assert [event.text for event in found.events] == ["Incident declared", "Incident resolved"]


def test_a_webhook_tells_what_changed():
    (found,) = grafana.incidents_from(payload("grafana/incident_webhook"))

    assert found.kind == "drill"
    assert found.participants[0] == Participant("commander", "Jane Smith", account="grafana-incident:user-1")
    assert said(found) == [(at(14, 37), "Incident declared"), (at(14, 39), "Severity changed: Critical")]
    assert found.url == ""


def test_webhooks_about_one_incident_are_one_incident():
    first, last = payload("grafana/incident_webhook"), payload("grafana/incident_webhook")
    last |= {"event": "grafana.incident.updated.status", "id": "webhook-out-2", "time": "2026-03-15T16:46:00Z"}
    last["incident"] |= {"status": "resolved", "incidentEnd": "2026-03-15T16:46:00Z"}

    (found,) = grafana.incidents_from([first, last])

    assert found.resolved == at(16, 46)
    assert "Status changed: resolved" in [event.text for event in found.events]


def test_an_alert_group_of_oncall():
    (found,) = grafana.incidents_from(payload("grafana/oncall_groups"))

    assert found.source == "Grafana OnCall"
    assert (found.ref, found.title, found.status) == ("I68EXAMPLE", "Checkout errors above 5 %", "resolved")
    assert (found.started, found.acknowledged, found.resolved) == (at(14, 35), at(14, 38), at(15, 16))
    assert (found.severity, found.services, found.components) == ("critical", ("checkout",), ("shop",))
    assert found.channel == "https://example.slack.com/archives/C0INC88"
    assert said(found) == [
        (at(14, 35), "Alert fired: HighErrorRate — 12 % of the requests fail."),
        (at(14, 35, 30), "Alert group created: Checkout errors above 5 %"),
        (at(14, 38), "Acknowledged"),
        (at(15, 16), "Resolved"),
    ]


def test_oncalls_webhook_knows_who_acknowledged():
    (found,) = grafana.incidents_from(payload("grafana/oncall_webhook"))

    assert (found.acknowledged, found.status, found.severity) == (at(14, 38), "acknowledged", "critical")
    assert found.participants[0] == Participant("responder", "jane.smith", "jane.smith@example.com", "U1EXAMPLE")
    acknowledged = [event for event in found.events if event.text == "Acknowledged"]
    assert [(event.at, event.actor) for event in acknowledged] == [(at(14, 38), "jane.smith")]


def test_oncalls_webhooks_and_its_group_are_one_story():
    group = payload("grafana/oncall_groups")["results"][0]

    (found,) = grafana.incidents_from([payload("grafana/oncall_webhook"), group])

    assert [event.text for event in found.events].count("Acknowledged") == 1
    assert found.resolved == at(15, 16)


def test_oncalls_alerts_and_notes_alone_are_partial():
    alert = payload("grafana/oncall_groups")["results"][0]["last_alert"]
    note = {
        "id": "N1",
        "alert_group_id": "I68EXAMPLE",
        "author": "U1EXAMPLE",
        "created_at": "2026-03-15T15:00:00Z",
        "text": "Rolling back",
    }

    (found,) = grafana.incidents_from([alert, note])

    assert found.partial
    assert [event.text for event in found.events] == [
        "Alert fired: HighErrorRate — 12 % of the requests fail.",
        "Rolling back",
    ]


def test_a_formatted_webhook():
    (found,) = grafana.incidents_from(
        {
            "alert_uid": "u1",
            "title": "Shop is slow",
            "state": "alerting",
            "message": "p99",
            "image_url": "",
            "link_to_upstream_details": "https://monitor.example.com/1",
        }
    )

    assert (found.title, found.status, found.ref) == ("Shop is slow", "firing", "u1")


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (
            {"condition": "B", "data": [], "folderUID": "f", "ruleGroup": "g", "title": "x", "noDataState": "NoData"},
            "alert rule",
        ),
        ({"id": "S1", "name": "Primary", "team_id": None, "on_call_now": ["U1"]}, "a schedule"),
        (
            {"count": 0, "next": None, "previous": None, "results": [], "current_page_number": 1, "total_pages": 1},
            "a list",
        ),
        ({"incidents": [], "query": {}, "cursor": {}}, "no incident"),
        (payload("grafana/alerting") | {"alerts": []}, "no alert"),
    ],
)
def test_what_tells_of_no_incident_is_refused_with_advice(data, word):
    assert grafana.recognises(data)
    with pytest.raises(InputError, match=word) as refusal:
        grafana.incidents_from(data)
    assert "xport" in str(refusal.value)
