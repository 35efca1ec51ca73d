"""Squadcast's exported incidents and events become incidents."""

from dataclasses import replace

import pytest

from generator.draft.incident import Alert, Incident, Participant
from generator.draft.sources.squadcast import incidents_from, recognises
from generator.errors import InputError
from tests.draft.sources.payloads import at, fixture, rows


def test_an_exported_incident_is_told_by_its_log():
    incident, _ = incidents_from(fixture("squadcast/incidents.json"))

    assert replace(incident, events=()) == Incident(
        source="Squadcast",
        ref="6521f0c2aa10be0007c0ffee",
        title="Invoices are not created",
        url="https://app.squadcast.com/incident/6521f0c2aa10be0007c0ffee",
        severity="critical",
        status="resolved",
        environment="production",
        description="The nightly job stopped at 01:10.",
        created=at("2026-10-05 01:15:00.500"),
        detected=at("2026-10-05 01:15:00.500"),
        acknowledged=at("2026-10-05 01:20"),
        resolved=at("2026-10-05 02:05"),
        services=("billing",),
        tags=("region: eu-1",),
        participants=(Participant("assignee", "Jonas Lindqvist"), Participant("responder", "Mira Oduya")),
        metrics={"Time to acknowledge": "0:05:00", "Time to resolve": "0:50:00"},
    )
    assert rows(incident) == [
        ("01:15:00", "status", "Triggered: Invoices are not created", ""),
        ("01:16:00", "note", "Tags modified", "Mira Oduya"),
        ("01:18:00", "assignment", "Reassigned to a person", ""),
        ("01:20:00", "status", "Acknowledged", ""),
        ("01:40:00", "note", "The lock was stale; removed it.", "Mira Oduya"),
        ("02:05:00", "status", "Resolved", ""),
        ("02:30:00", "note", "Postmortem created", "Mira Oduya"),
    ]


def test_the_year_one_is_no_time():
    _, incident = incidents_from(fixture("squadcast/incidents.json"))

    assert (incident.acknowledged, incident.resolved, incident.metrics) == (None, None, {})
    assert incident.participants == (Participant("team", "Billing on-call"),)


def test_events_alone_are_alerts_of_a_partial_source():
    (incident,) = incidents_from(fixture("squadcast/events.json"))

    assert incident.partial
    assert incident.ref == "6521f0c2aa10be0007c0ffee"
    assert incident.alerts == (
        Alert(
            title="InvoiceJobFailed",
            at=at("2026-10-05 01:14:58"),
            severity="critical",
            source="Squadcast",
            description="No invoice for 5 minutes",
            uid="6521f0c2aa10be0007c0ffee/2026-10-05T01:14:58Z",
        ),
    )


def test_incidents_and_their_events_come_together():
    both = {"incidents": fixture("squadcast/incidents.json")[:1], "events": fixture("squadcast/events.json")}

    (incident,) = incidents_from(both)

    assert rows(incident)[0] == ("01:14:58", "alert", "Alert fired: InvoiceJobFailed", "")


@pytest.mark.parametrize("payload", [fixture("squadcast/services.json"), [{"id": "1", "oncall_reminder_rules": []}]])
def test_what_holds_no_incident_is_refused_with_advice(payload):
    assert recognises(payload)
    with pytest.raises(InputError, match=r"from Squadcast and holds no incident\. Export the incidents"):
        incidents_from(payload)
