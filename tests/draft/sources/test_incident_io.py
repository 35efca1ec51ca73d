"""incident.io's exports, API answers and webhooks become incidents."""

from dataclasses import replace

import pytest

from generator.draft.incident import Alert, FollowUp, Incident, Participant, Reference
from generator.draft.sources.incident_io import incidents_from, recognises
from generator.errors import InputError
from tests.draft.sources.payloads import at, fixture, rows


def test_an_export_of_everything_is_one_whole_incident():
    (incident,) = incidents_from(fixture("incident_io/export.json"))

    assert replace(incident, events=()) == Incident(
        source="incident.io",
        ref="INC-77",
        title="Receipts by mail are delayed",
        url="https://app.incident.io/example/incidents/77",
        severity="Major",
        status="Closed",
        category="Production outage",
        environment="production",
        description="The queue of the mail gateway grew after its disk filled up.",
        impact="Receipts arrived up to an hour late.",
        created=at("2026-06-09 07:04:00.500"),
        started=at("2026-06-09 06:50"),
        detected=at("2026-06-09 07:04"),
        acknowledged=at("2026-06-09 07:06"),
        mitigated=at("2026-06-09 08:01"),
        resolved=at("2026-06-09 08:40"),
        services=("mail-gateway", "notifications"),
        participants=(
            Participant("commander", "Mira Oduya", "mira.oduya@example.com", "U000001"),
            Participant("reporter", "Jonas Lindqvist", "jonas.lindqvist@example.com", "U000002"),
            Participant("communications", "Priya Raman", "priya.raman@example.com", "U000003"),
        ),
        channel="https://slack.com/app_redirect?channel=C0MAIL77&team=T0EXAMPLE",
        alerts=(
            Alert(
                title="Mail queue grows",
                at=at("2026-06-09 07:02"),
                ended=at("2026-06-09 08:35"),
                severity="Critical",
                source="incident.io",
                url="https://alerts.example.com/9",
                description="Queue above 10,000",
                uid="01J8ZQ4M6T0000000000000920",
            ),
        ),
        references=(
            Reference("https://meet.example.com/inc-77", "Incident call", "conference"),
            Reference("https://docs.example.com/d/77", "Post-incident document", "document"),
            Reference("https://jira.example.com/browse/OPS-77", "OPS-77", "ticket"),
            Reference("https://grafana.example.com/d/mail", "Dashboard"),
        ),
        follow_ups=(
            FollowUp("Alert on disk usage", "OPS-78", "https://jira.example.com/browse/OPS-78", "Priya Raman",
                     "priya.raman@example.com", status="outstanding", priority="Urgent"),
            FollowUp("Extend the disk of mail-1.example.net", owner="Mira Oduya", owner_email="mira.oduya@example.com",
                     status="completed"),
        ),
        metrics={"Time to fix": "1:11:00"},
        private=True,
    )  # fmt: skip
    assert rows(incident) == [
        ("06:50:00", "status", "Impact started", ""),
        ("07:02:00", "alert", "Alert fired: Mail queue grows", ""),
        ("07:04:00", "status", "Incident reported", "Jonas Lindqvist"),
        ("07:04:00", "status", "Status set to Investigating", "Jonas Lindqvist"),
        ("07:04:00", "severity", "Severity set to Minor", "Jonas Lindqvist"),
        ("07:06:00", "status", "Accepted", ""),
        (
            "07:20:00",
            "status",
            "Status changed from Investigating to Fixing — We are extending the disk.",
            "Mira Oduya",
        ),
        ("07:20:00", "severity", "Severity changed from Minor to Major", "Mira Oduya"),
        ("07:30:00", "note", "Done: Extend the disk of mail-1.example.net", "Mira Oduya"),
        (
            "08:01:00",
            "status",
            "Status changed from Fixing to Monitoring — Disk extended; the queue drains.",
            "Mira Oduya",
        ),
        ("08:20:00", "message", "Half of the queue is sent.", "Mira Oduya"),
        ("08:35:00", "alert", "Alert resolved: Mail queue grows", ""),
        ("08:40:00", "status", "Status changed from Monitoring to Closed", "Mira Oduya"),
    ]


def test_a_bare_incident_an_answer_a_list_and_a_page_of_incidents_tell_the_same():
    bare = fixture("incident_io/export.json")["incident"]
    (incident,) = incidents_from(bare)

    assert incident.ref == "INC-77"
    assert [text for _, _, text, _ in rows(incident)] == [
        "Impact started", "Incident reported", "Accepted", "Fixed", "Resolved",
    ]  # fmt: skip
    for payload in ({"incident": bare}, [bare], {"incidents": [bare], "pagination_meta": {"page_size": 25}}):
        assert recognises(payload)
        assert incidents_from(payload) == (incident,)


def test_an_incident_may_carry_its_updates_inside():
    export = fixture("incident_io/export.json")
    updates = export["incident_updates"]["incident_updates"]

    (incident,) = incidents_from([{**export["incident"], "updates": updates}])

    assert ("07:20:00", "severity", "Severity changed from Minor to Major", "Mira Oduya") in rows(incident)


def test_updates_alone_are_a_partial_source():
    (incident,) = incidents_from(fixture("incident_io/updates.json"))

    assert incident.partial
    assert incident.ref == "01J8ZQ4M6T0000000000000000"
    assert len(incident.events) == 4


@pytest.mark.parametrize(
    ("part", "kept"), [("follow_ups", "follow_ups"), ("actions", "follow_ups"), ("alerts", "alerts")]
)
def test_other_fragments_are_partial_sources(part, kept):
    (incident,) = incidents_from({part: fixture("incident_io/export.json")[part]})

    assert incident.partial
    assert len(getattr(incident, kept)) == 1


def test_a_webhook_about_a_change_of_status_says_from_what_to_what():
    (incident,) = incidents_from(fixture("incident_io/webhook_status.json"))

    assert (incident.title, incident.status, incident.private) == ("Receipts by mail are delayed", "Monitoring", False)
    assert incident.resolved is None
    assert ("08:01:00", "status", "Status changed from Fixing to Monitoring — Disk extended.", "") in rows(incident)


def test_a_status_alone_says_when_it_was_mitigated_and_over():
    export = fixture("incident_io/export.json")
    bare = {**export["incident"], "incident_timestamp_values": []}

    (incident,) = incidents_from({"incident": bare, "incident_updates": export["incident_updates"]["incident_updates"]})

    assert (incident.started, incident.mitigated, incident.resolved) == (
        None, at("2026-06-09 08:01"), at("2026-06-09 08:40"),
    )  # fmt: skip


def test_a_webhook_about_a_private_incident_is_refused_because_it_carries_only_an_id():
    payload = fixture("incident_io/webhook_private.json")

    assert recognises(payload)
    with pytest.raises(InputError, match="private incident and carries only its id"):
        incidents_from(payload)


@pytest.mark.parametrize(
    ("payload", "what"),
    [
        (fixture("incident_io/severities.json"), "severities"),
        (fixture("incident_io/severities.json")["severities"], "severities"),
        ({"incident_timestamps": [{"id": "01FCNDV6P870EA6S7TK1DSYD5H", "name": "Impact started", "rank": 1}]},
         "incident timestamps"),
    ],
)  # fmt: skip
def test_settings_are_refused_by_name(payload, what):
    assert recognises(payload)
    with pytest.raises(InputError, match=rf"This holds {what} of incident\.io and no incident\. Export the incident"):
        incidents_from(payload)
