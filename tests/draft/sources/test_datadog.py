"""Datadog's incidents, and its monitors' events and webhooks, become incidents and alerts."""

from dataclasses import replace

import pytest

from generator.draft.incident import Alert, FollowUp, Incident, Participant, Reference
from generator.draft.sources.datadog import incidents_from, recognises
from generator.errors import InputError
from tests.draft.sources.payloads import at, fixture, rows

WHOLE = Incident(
    source="Datadog",
    ref="IR-231",
    title="Exports fail for large accounts",
    severity="SEV-2",
    status="resolved",
    environment="production",
    description="Exports of large accounts stopped half-way.\n\nRoot cause: A temporary volume was too small.",
    impact="Exports above 1 GB did not finish.",
    created=at("2026-08-12 09:00"),
    started=at("2026-08-12 08:40"),
    detected=at("2026-08-12 08:55"),
    mitigated=at("2026-08-12 10:10"),
    resolved=at("2026-08-12 10:30"),
    services=("export-worker", "blob-store"),
    participants=(
        Participant("commander", "Mira Oduya", "mira.oduya@example.com"),
        Participant("reporter", "Jonas Lindqvist", "jonas.lindqvist@example.com"),
        Participant("scribe", "Priya Raman", "priya.raman@example.com"),
        Participant("team", "data"),
    ),
    channel="https://example.slack.com/app_redirect?channel=C0231",
    references=(
        Reference("https://docs.example.com/231", "Postmortem of IR-231", "document"),
        Reference("https://jira.example.com/browse/OPS-231", "OPS-231", "ticket"),
    ),
    follow_ups=(
        FollowUp(
            "Size the volume from the account", owner_email="priya.raman@example.com", due="2026-08-20", status="open"
        ),
    ),
    metrics={"Time to detect": "0:15:00", "Time to resolve": "1:30:00", "Customer impact": "1:30:00"},
)


def test_an_incident_with_what_it_includes_is_one_whole_incident():
    (incident,) = incidents_from(fixture("datadog/incident.json"))

    assert replace(incident, events=()) == WHOLE
    assert rows(incident) == [
        ("08:40:00", "note", "Customer impact started", ""),
        ("09:00:00", "status", "Incident declared", "Jonas Lindqvist"),
        ("09:00:00", "status", "Status set to Active", ""),
        ("09:00:00", "severity", "Severity set to SEV-3", ""),
        ("09:10:00", "severity", "Severity changed from SEV-3 to SEV-2", ""),
        ("09:50:00", "note", "Moved the volume to a **larger** disk. Restarting workers.", "Mira Oduya"),
        ("10:10:00", "status", "Status changed from Active to Stable", ""),
        ("10:10:00", "note", "Customer impact ended", ""),
        ("10:30:00", "status", "Status changed from Stable to Resolved", ""),
    ]
    assert [one.text for one in incident.events if one.key] == [incident.events[5].text]


def test_a_page_in_camel_case_names_its_commander_from_the_included_users():
    (incident,) = incidents_from(fixture("datadog/incidents_list.json"))

    assert (incident.ref, incident.title, incident.status) == ("IR-231", "Exports fail for large accounts", "active")
    assert incident.participants == (Participant("commander", "Mira Oduya", "mira.oduya@example.com"),)
    assert incident.impact == "Customers were impacted."
    assert incident.services == ()
    assert incident.resolved is None


def test_a_search_wraps_its_incidents_once_more():
    (incident,) = incidents_from(fixture("datadog/search.json"))

    assert replace(incident, events=(), participants=()) == replace(
        WHOLE, participants=(), channel="", references=(), follow_ups=()
    )


def test_an_incident_updated_twice_is_told_as_it_was_last():
    page = fixture("datadog/incidents_list.json")
    older = {"data": page["data"]}
    newer = {"data": [{**page["data"][0], "attributes": {**page["data"][0]["attributes"], "title": "Exports fail"}}]}

    assert [one.title for one in incidents_from([older, newer])] == ["Exports fail"]


def test_attachments_alone_are_a_partial_source():
    included = fixture("datadog/incident.json")["included"]
    (incident,) = incidents_from({"data": [one for one in included if one["type"] == "incident_attachments"]})

    assert incident.partial
    assert incident.ref == "5b1f0f2e-7a54-5c7e-8f5a-1f8f3d2b7c10"
    assert incident.references == (Reference("https://docs.example.com/231", "Postmortem of IR-231", "document"),)


def test_webhooks_of_a_monitor_are_one_alert_that_fired_and_recovered():
    (incident,) = incidents_from(fixture("datadog/monitor_webhooks.json"))

    assert incident.partial
    assert (incident.services, incident.environment) == (("export-worker",), "production")
    assert incident.alerts == (
        Alert(
            title="Export queue grows",
            at=at("2026-08-12 08:55"),
            ended=at("2026-08-12 10:10"),
            severity="P2",
            source="Datadog",
            url="https://app.datadoghq.com/event/event?id=801",
            description="Queue of export-worker above 500",
            uid="801",
        ),
    )
    assert rows(incident) == [
        ("08:55:00", "alert", "Alert fired: Export queue grows", ""),
        ("10:10:00", "alert", "Alert resolved: Export queue grows", ""),
    ]


def test_a_monitor_that_fires_again_is_two_alerts():
    fired, recovered = fixture("datadog/monitor_webhooks.json")
    again = {**fired, "id": "803", "date": "1786532400000"}

    (incident,) = incidents_from([again, recovered, fired])

    assert [(one.uid, one.ended) for one in incident.alerts] == [("801", at("2026-08-12 10:10")), ("803", None)]


@pytest.mark.parametrize(
    "payload",
    [
        fixture("datadog/events_v2.json"),
        {"events": [{"id": 1, "title": "[Triggered] Export queue grows", "text": "Queue above 500",
                     "date_happened": 1786524900, "alert_type": "error", "tags": ["service:export-worker"]}]},
        {"ALERT_TRANSITION": "Triggered", "ALERT_ID": "1", "EVENT_TITLE": "[Triggered] Export queue grows",
         "DATE": 1786524900000, "TAGS": "service:export-worker"},
    ],
    ids=["events of version 2", "events of version 1", "a webhook in capitals"],
)  # fmt: skip
def test_events_of_monitors_are_alerts(payload):
    (incident,) = incidents_from(payload)

    assert [(one.title, one.at) for one in incident.alerts] == [("Export queue grows", at("2026-08-12 08:55"))]
    assert incident.services == ("export-worker",)


@pytest.mark.parametrize(
    "payload",
    [
        fixture("datadog/users.json"),
        {"series": [{"metric": "system.cpu.idle", "pointlist": [[1786524900000, 1.0]]}], "res_type": "time_series"},
        {"data": {"type": "incident_types", "id": "1", "attributes": {"name": "Security"}}},
    ],
    ids=["users", "metrics", "incident types"],
)
def test_what_holds_no_incident_is_refused_with_advice(payload):
    assert recognises(payload)
    with pytest.raises(InputError, match=r"from Datadog and holds no incident\. Export the incident \(GET"):
        incidents_from(payload)
