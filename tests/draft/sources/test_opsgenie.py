"""Opsgenie's incidents, alerts, timelines, logs and webhooks become incidents."""

from dataclasses import replace

import pytest

from generator.draft.incident import Alert, Incident, Participant, Reference
from generator.draft.sources.opsgenie import incidents_from, recognises
from generator.errors import InputError
from tests.draft.sources.payloads import at, fixture, rows

ALERT_ID = "70413a06-38d6-4c85-92b8-5ebc900d42e2-1777885890"
ALERT = Alert(
    title="Search 5xx above 2%",
    at=at("2026-05-04 09:11:30"),
    ended=at("2026-05-04 10:29:50"),
    severity="P1",
    source="Prometheus",
    description="5xx ratio of the search API",
    uid=ALERT_ID,
)


def test_an_export_of_an_incident_is_one_whole_incident():
    (incident,) = incidents_from(fixture("opsgenie/export.json"))

    assert replace(incident, events=()) == Incident(
        source="Opsgenie",
        ref="318",
        title="Search unavailable",
        url="https://example.app.opsgenie.com/incident/detail/8f1d2c3b-4a59-4e6f-8a7b-9c0d1e2f3a4b",
        severity="SEV2",
        priority="P1",
        status="closed",
        environment="production",
        description="Search answers with HTTP 503 in two of three zones.",
        impact="Searches failed for about a third of the visitors.",
        created=at("2026-05-04 09:12:00.120"),
        started=at("2026-05-04 09:05"),
        detected=at("2026-05-04 09:11:30"),
        resolved=at("2026-05-04 10:30"),
        services=("search-api",),
        tags=("search", "zone-outage"),
        participants=(Participant("team", "Search"), Participant("responder", email="jonas.lindqvist@example.com")),
        alerts=(ALERT,),
        references=(Reference("https://wiki.example.com/runbooks/search", "runbook", "runbook"),),
    )
    assert rows(incident) == [
        ("09:11:30", "alert", "Alert fired: Search 5xx above 2%", ""),
        ("09:12:00", "status", "Incident opened", "Jonas Lindqvist"),
        ("09:12:01", "assignment", "Responder team added", "Jonas Lindqvist"),
        ("09:20:00", "priority", "Priority updated — P3 to P1", "Jonas Lindqvist"),
        ("09:40:00", "message", "Status page updated — A fix is being rolled out.", ""),
        ("10:05:00", "note", "Zone b was drained. Latency is back to normal.", "priya.raman@example.com"),
        ("10:29:50", "alert", "Alert resolved: Search 5xx above 2%", ""),
        ("10:30:05", "status", "Incident resolved", "Jonas Lindqvist"),
        ("10:40:11", "status", "Incident closed", "Jonas Lindqvist"),
    ]
    assert incident.events[1].uid == "IncidentOpened_01"


def test_an_incident_without_a_timeline_tells_its_course_by_its_fields():
    (incident,) = incidents_from(fixture("opsgenie/export.json")["incident"])

    assert rows(incident) == [
        ("09:12:00", "status", "Incident opened: Search unavailable", ""),
        ("10:30:00", "status", "Resolved", ""),
    ]


def test_an_exported_list_may_carry_timelines_inside():
    export = fixture("opsgenie/export.json")
    one = {**export["incident"]["data"], "timelines": export["timeline"]["data"]["entries"]}

    (incident,) = incidents_from([one])

    assert len(incident.events) == 6
    assert incident.title == "Search unavailable"


def test_one_alert_is_an_incident_of_its_own():
    (incident,) = incidents_from(fixture("opsgenie/alert.json"))

    assert (incident.ref, incident.title, incident.status, incident.priority) == (
        "9001",
        "Search 5xx above 2%",
        "closed",
        "P1",
    )
    assert (incident.detected, incident.acknowledged, incident.resolved) == (
        at("2026-05-04 09:11:30"), at("2026-05-04 09:13"), at("2026-05-04 10:29:50"),
    )  # fmt: skip
    assert incident.alerts == (ALERT,)
    assert incident.participants == (
        Participant("commander", email="jonas.lindqvist@example.com"),
        Participant("responder", email="priya.raman@example.com"),
    )
    assert rows(incident) == [
        ("09:11:30", "status", "Alert created: Search 5xx above 2%", ""),
        ("09:13:00", "status", "Acknowledged", "jonas.lindqvist@example.com"),
        ("10:29:50", "status", "Alert closed: Search 5xx above 2%", "priya.raman@example.com"),
    ]


def test_a_log_alone_is_a_partial_source():
    (incident,) = incidents_from(fixture("opsgenie/alert_logs.json"))

    assert incident.partial
    assert incident.acknowledged == at("2026-05-04 09:13")
    assert rows(incident) == [
        ("09:11:30", "status", "Alert created via API[Prometheus]", ""),
        ("09:13:00", "status", "Alert acknowledged via web", "jonas.lindqvist@example.com"),
    ]


def test_a_timeline_alone_is_a_partial_source():
    (incident,) = incidents_from(fixture("opsgenie/export.json")["timeline"])

    assert incident.partial
    assert incident.resolved == at("2026-05-04 10:30:05")
    assert len(incident.events) == 6


def test_an_alert_and_its_log_are_one_incident():
    (incident,) = incidents_from([fixture("opsgenie/alert.json"), fixture("opsgenie/alert_logs.json")])

    assert incident.title == "Search 5xx above 2%"
    assert "Alert acknowledged via web" in [text for _, _, text, _ in rows(incident)]


def test_webhooks_about_one_alert_are_one_incident():
    (incident,) = incidents_from(fixture("opsgenie/webhooks.json"))

    assert (incident.ref, incident.status, incident.priority) == ("9001", "closed", "P1")
    assert (incident.acknowledged, incident.resolved) == (at("2026-05-04 09:13"), at("2026-05-04 10:29:50"))
    assert incident.alerts[0].ended == at("2026-05-04 10:29:50")
    assert rows(incident) == [
        ("09:11:30", "status", "Alert created: Search 5xx above 2%", ""),
        ("09:13:00", "status", "Acknowledged", "jonas.lindqvist@example.com"),
        ("09:15:00", "priority", "Priority changed from P3 to P1", "jonas.lindqvist@example.com"),
        ("09:16:00", "note", "Zone b is drained", "priya.raman@example.com"),
        ("09:16:10", "assignment", "Assigned to jonas.lindqvist", "priya.raman@example.com"),
        ("09:16:20", "escalation", "Escalated to the next level", ""),
        ("10:29:50", "status", "Alert closed: Search 5xx above 2%", "priya.raman@example.com"),
    ]


def test_several_alerts_are_several_incidents():
    alert = fixture("opsgenie/alert.json")["data"]
    other = {**alert, "id": "other", "tinyId": "9002", "message": "Disk is full", "status": "open"}

    first, second = incidents_from({"data": [alert, other], "took": 0.1, "requestId": "x"})

    assert (first.title, second.title) == ("Search 5xx above 2%", "Disk is full")
    assert second.alerts[0].ended is None


@pytest.mark.parametrize(
    "payload",
    [
        fixture("opsgenie/teams.json"),
        fixture("opsgenie/teams.json")["data"],
        [
            {
                "blocked": False,
                "verified": True,
                "id": "1",
                "username": "mira.oduya@example.com",
                "fullName": "Mira Oduya",
            }
        ],
    ],
)
def test_what_holds_no_incident_is_refused_with_advice(payload):
    assert recognises(payload)
    with pytest.raises(
        InputError, match=r"from Opsgenie and holds no incident\. Export the incident \(GET /v1/incidents"
    ):
        incidents_from(payload)
