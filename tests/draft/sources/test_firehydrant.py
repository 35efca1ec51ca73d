"""FireHydrant's exports, API answers and webhooks become incidents."""

from dataclasses import replace

import pytest

from generator.draft.incident import Alert, FollowUp, Incident, Participant, Reference
from generator.draft.sources.firehydrant import incidents_from, recognises
from generator.errors import InputError
from tests.draft.sources.payloads import at, fixture, rows

URL = "https://app.firehydrant.io/incidents/0c9e4a52-6f0b-4d57-9a77-3b2f5d1e8c44/incident/overview"


def test_an_export_of_everything_is_one_whole_incident():
    (incident,) = incidents_from(fixture("firehydrant/export.json"))

    assert replace(incident, events=()) == Incident(
        source="FireHydrant",
        ref="52",
        title="Login is slow",
        url=URL,
        severity="SEV2",
        priority="P2",
        status="resolved",
        environment="production",
        description="Sign-in took up to 40 seconds.\n\nA cache lost its entries at once.",
        impact="Signing in took up to 40 seconds.",
        created=at("2026-07-21 09:58:00.100"),
        started=at("2026-07-21 09:50"),
        detected=at("2026-07-21 09:57"),
        acknowledged=at("2026-07-21 10:00"),
        mitigated=at("2026-07-21 10:22"),
        resolved=at("2026-07-21 10:45"),
        services=("auth-api", "session-store"),
        components=("Sign-in",),
        tags=("cache", "region: eu-1"),
        participants=(
            Participant("commander", "Priya Raman", "priya.raman@example.com"),
            Participant("communications", "Jonas Lindqvist", "jonas.lindqvist@example.com"),
            Participant("reporter", "Mira Oduya", "mira.oduya@example.com"),
        ),
        channel="https://example.slack.com/messages/C052",
        alerts=(
            Alert(
                title="Login latency",
                at=at("2026-07-21 09:57"),
                ended=at("2026-07-21 10:30"),
                severity="HIGH",
                source="Grafana",
                url="https://alerts.example.com/52",
                description="p95 above 2 s",
                uid="a1",
            ),
        ),
        references=(Reference("https://meet.example.com/login", "Zoom bridge", "conference"),),
        follow_ups=(
            FollowUp(
                title="Warm the cache before a restart",
                key="OPS-52",
                url="https://jira.example.com/browse/OPS-52",
                owner="Jonas Lindqvist",
                owner_email="jonas.lindqvist@example.com",
                due="2026-08-01",
                status="in progress",
                priority="HIGH",
            ),
        ),
        private=True,
    )
    assert rows(incident) == [
        ("09:50:00", "status", "Status set to Started", ""),
        ("09:57:00", "status", "Status changed from Started to Detected", ""),
        ("09:57:00", "alert", "Alert fired: Login latency", ""),
        ("09:58:30", "alert", "Alert linked: Login latency", "FireHydrant"),
        ("10:00:00", "status", "Status changed from Detected to Acknowledged", ""),
        ("10:00:30", "assignment", "Commander assigned to Priya Raman", "Mira Oduya"),
        ("10:02:00", "message", "p95 is at 40 s", "Jonas Lindqvist"),
        ("10:05:00", "severity", "Severity changed from SEV3 to SEV2", "Priya Raman"),
        ("10:21:00", "note", "Cache is warm again; latency is falling.", "Priya Raman"),
        ("10:22:00", "status", "Status changed from Acknowledged to Mitigated", ""),
        ("10:30:00", "alert", "Alert resolved: Login latency", ""),
        ("10:45:00", "status", "Status changed from Mitigated to Resolved", ""),
    ]
    assert [one.text for one in incident.events if one.key] == ["Cache is warm again; latency is falling."]


def test_milestones_are_read_from_life_cycle_phases_too():
    incident = fixture("firehydrant/export.json")["incident"]
    phases = [
        {"id": "p1", "name": "Started", "milestones": [{"id": "m1", "slug": "started", "name": "Started",
                                                        "occurred_at": "2026-07-21T09:50:00Z"}]},
        {"id": "p2", "name": "Active", "milestones": [{"id": "m2", "slug": "mitigated", "name": "Mitigated",
                                                       "occurred_at": "2026-07-21T10:22:00Z"}]},
    ]  # fmt: skip

    (found,) = incidents_from({**incident, "milestones": [], "lifecycle_phases": phases})

    assert (found.started, found.mitigated) == (at("2026-07-21 09:50"), at("2026-07-21 10:22"))
    assert "Status changed from Started to Mitigated" in [text for _, _, text, _ in rows(found)]


def test_events_alone_are_a_partial_source():
    (incident,) = incidents_from(fixture("firehydrant/events.json"))

    assert incident.partial
    assert incident.ref == "0c9e4a52-6f0b-4d57-9a77-3b2f5d1e8c44"
    assert rows(incident) == [
        ("10:05:00", "severity", "Severity changed from SEV3 to SEV2", "Priya Raman"),
        ("10:21:00", "note", "Cache is warm again; latency is falling.", "Priya Raman"),
    ]


def test_a_webhook_carries_the_incident_as_it_is():
    (incident,) = incidents_from(fixture("firehydrant/webhook.json"))

    assert (incident.title, incident.status, incident.private) == ("Login is slow", "acknowledged", False)
    assert (incident.acknowledged, incident.mitigated, incident.resolved) == (at("2026-07-21 10:00"), None, None)
    assert rows(incident)[-1] == ("10:50:00", "note", "Closed after an hour without errors.", "")


def test_a_page_of_incidents_is_several():
    incident = fixture("firehydrant/export.json")["incident"]
    other = {**incident, "id": "other", "number": 53, "severity": "UNSET", "customer_impact_summary": None}

    first, second = incidents_from({"data": [incident, other], "pagination": {"count": 2}})

    assert (first.ref, second.ref) == ("52", "53")
    assert second.severity == ""
    assert second.impact == "1200 customers impacted."


@pytest.mark.parametrize("payload", [fixture("firehydrant/users.json"), fixture("firehydrant/users.json")["data"]])
def test_what_holds_no_incident_is_refused_with_advice(payload):
    assert recognises(payload)
    with pytest.raises(InputError, match=r"from FireHydrant and holds no incident\. Export the incident \(GET"):
        incidents_from(payload)
