"""PagerDuty's exports, API answers and webhooks become incidents."""

from dataclasses import replace

import pytest

from generator.draft.incident import Alert, FollowUp, Incident, Participant, Reference, Release
from generator.draft.sources.pagerduty import incidents_from, recognises
from generator.errors import InputError
from tests.draft.sources.payloads import at, fixture, rows

INCIDENT_URL = "https://example.pagerduty.com/incidents/PQX42AB"


def entry(kind: str, **more: object) -> dict[str, object]:
    """A log entry of one kind, as the API writes it."""
    return {
        "id": f"R{kind.upper():_<13.13}".replace("_", "0"),
        "type": f"{kind}_log_entry",
        "created_at": "2026-03-15T14:43:10Z",
        "agent": {"id": "PMIRA01", "type": "user_reference", "summary": "Mira Oduya"},
        "incident": {"id": "PQX42AB", "type": "incident_reference", "summary": "[#4711] Checkout errors"},
        **more,
    }


def test_an_export_of_everything_is_one_whole_incident():
    (incident,) = incidents_from(fixture("pagerduty/export.json"))

    assert replace(incident, events=()) == Incident(
        source="PagerDuty",
        ref="PQX42AB",
        title="Checkout errors after the payments migration",
        url=INCIDENT_URL,
        priority="P1",
        status="resolved",
        environment="production",
        description="- error_rate: 12.4%\n- host: web-1.example.net",
        impact="One in eight payments failed.",
        created=at("2026-03-15 14:35"),
        detected=at("2026-03-15 14:35"),
        acknowledged=at("2026-03-15 14:43:10"),
        resolved=at("2026-03-15 16:46:20"),
        services=("payment-service",),
        participants=(
            Participant("commander", "Mira Oduya"),
            Participant("responder", "Jonas Lindqvist"),
            Participant("team", "Payments"),
        ),
        channel="https://example.slack.com/archives/C0PAY42/p1773585400000100",
        alerts=(
            Alert(
                title="Checkout error rate above 5%",
                at=at("2026-03-15 14:34:58"),
                ended=at("2026-03-15 15:30"),
                severity="critical",
                source="Grafana",
                url="https://example.pagerduty.com/alerts/PALERT1",
                description="- error_rate: 12.4%",
                uid="PALERT1",
            ),
        ),
        releases=(
            Release(
                name="Deploy payment-service v2.3.1",
                at=at("2026-03-15 14:28"),
                service="payment-service",
                environment="production",
                url="https://git.example.com/payments/releases/v2.3.1",
                author="Jonas Lindqvist",
                source="PagerDuty",
            ),
        ),
        references=(
            Reference("https://meet.example.com/inc-4711", "Conference bridge", "conference"),
            Reference("https://jira.example.com/browse/OPS-1234", "OPS-1234", "ticket"),
            Reference("https://grafana.example.com/d/checkout", "Checkout dashboard"),
        ),
    )
    assert rows(incident) == [
        ("14:35:00", "status", "Triggered: Checkout error rate above 5%", ""),
        ("14:35:02", "assignment", "Assigned to Mira Oduya", ""),
        ("14:35:03", "escalation", "Notified Mira Oduya by push notification, phone", ""),
        ("14:40:05", "escalation", "Escalated to Priya Raman (level 2)", ""),
        ("14:43:10", "status", "Acknowledged", "Mira Oduya"),
        ("14:44:00", "priority", "Priority changed from P3 to P1", "Mira Oduya"),
        ("14:48:00", "assignment", "Responders requested: Jonas Lindqvist", "Mira Oduya"),
        ("15:02:00", "note", "The pool is exhausted; raising `max_connections`.", "Jonas Lindqvist"),
        ("15:15:30", "note", "Rolled back to v2.3.0, errors fall.", "Mira Oduya"),
        ("15:20:00", "message", "Status update: Payments work again; we keep watching.", "Mira Oduya"),
        ("15:30:00", "alert", "Alert resolved: Checkout error rate above 5%", ""),
        ("16:46:20", "status", "Resolved", "Mira Oduya"),
    ]
    assert incident.events[4].uid == "RACK0000000001"
    assert incident.events[4].url == f"{INCIDENT_URL}/log_entries/RACK0000000001"


def test_answers_of_the_api_under_their_own_keys_are_the_same_export():
    export = fixture("pagerduty/export.json")
    nested = {key: {key: value, "limit": 25, "more": False} for key, value in export.items()}

    assert incidents_from(nested) == incidents_from(export)


def test_a_bare_incident_an_answer_a_list_and_a_page_of_incidents_tell_the_same():
    bare = fixture("pagerduty/export.json")["incident"]
    (incident,) = incidents_from(bare)

    assert incident.title == "Checkout errors after the payments migration"
    assert rows(incident) == [
        ("14:35:00", "status", "Triggered: Checkout errors after the payments migration", ""),
        ("14:35:02", "assignment", "Assigned to Mira Oduya", ""),
        ("14:48:00", "assignment", "Responders requested: Jonas Lindqvist", "Mira Oduya"),
        ("16:46:20", "status", "Resolved", "Mira Oduya"),
    ]
    for payload in ({"incident": bare}, [bare], {"incidents": [bare], "limit": 1, "more": False}, [{"incident": bare}]):
        assert recognises(payload)
        assert incidents_from(payload) == (incident,)


def test_log_entries_alone_are_a_partial_source_of_their_incident():
    (incident,) = incidents_from(fixture("pagerduty/log_entries.json"))

    assert incident.partial
    assert (incident.ref, incident.url, incident.services) == ("PQX42AB", INCIDENT_URL, ("payment-service",))
    assert incident.acknowledged == at("2026-03-15 14:43:10")
    assert [text for _, _, text, _ in rows(incident)] == ["Triggered: Checkout error rate above 5%", "Acknowledged"]


@pytest.mark.parametrize("part", ["notes", "alerts", "related_change_events", "log_entries"])
def test_every_fragment_is_a_partial_source(part):
    export = fixture("pagerduty/export.json")
    (incident,) = incidents_from({part: export[part]})

    assert incident.partial
    assert incident.events or incident.releases


def test_log_entries_of_several_incidents_stay_apart():
    other = entry("resolve", incident={"id": "POTHER1", "type": "incident_reference"})

    assert [one.ref for one in incidents_from([entry("acknowledge"), other])] == ["PQX42AB", "POTHER1"]


def test_webhooks_of_version_3_tell_the_whole_story():
    (incident,) = incidents_from(fixture("pagerduty/webhooks_v3.json"))

    assert rows(incident) == [
        ("14:35:00", "status", "Triggered: Checkout errors after the payments migration", ""),
        ("14:43:10", "status", "Acknowledged", "Mira Oduya"),
        ("14:44:00", "priority", "Priority changed from P3 to P1", "Mira Oduya"),
        ("14:46:00", "escalation", "Escalated to Mira Oduya, Priya Raman", "Mira Oduya"),
        ("14:48:00", "assignment", "Responders requested: Jonas Lindqvist", "Mira Oduya"),
        ("14:49:00", "note", "Conference bridge updated", "Mira Oduya"),
        ("14:50:00", "assignment", "Responder request accepted: Jonas Lindqvist", "Jonas Lindqvist"),
        ("15:15:30", "note", "Rolled back to v2.3.0, errors fall.", "Mira Oduya"),
        ("15:20:00", "message", "Status update: Payments work again; we keep watching.", "Mira Oduya"),
        ("15:25:00", "assignment", "Incident Commander assigned to Priya Raman", "Mira Oduya"),
        ("15:26:00", "note", "Environment changed from staging to production", "Mira Oduya"),
        ("15:40:00", "note", "Task created: Alert on pool saturation", "Mira Oduya"),
        ("16:46:20", "status", "Resolved", "Mira Oduya"),
    ]
    assert (incident.status, incident.priority, incident.environment) == ("resolved", "P1", "production")
    assert (incident.acknowledged, incident.resolved) == (at("2026-03-15 14:43:10"), at("2026-03-15 16:46:20"))
    assert Participant("commander", "Priya Raman") in incident.participants
    assert incident.follow_ups == (
        FollowUp("Alert on pool saturation", key="PTASK01", owner="Jonas Lindqvist", status="todo"),
    )
    assert incident.references == (Reference("https://meet.example.com/inc-4711", "Conference bridge", "conference"),)


def test_one_webhook_of_version_3_is_an_incident_or_a_fragment_of_one():
    hooks = fixture("pagerduty/webhooks_v3.json")
    (priority,) = incidents_from(hooks[2])
    (note,) = incidents_from(hooks[6])

    assert ("14:44:00", "priority", "Priority set to P1", "Mira Oduya") in rows(priority)
    assert priority.created == at("2026-03-15 14:35")
    assert note.partial
    assert note.ref == priority.ref


def test_a_webhook_of_version_2_carries_its_log_entries():
    (incident,) = incidents_from(fixture("pagerduty/webhook_v2.json"))

    assert (incident.title, incident.status) == ("Checkout errors after the payments migration", "acknowledged")
    assert rows(incident)[-1] == ("14:43:10", "status", "Acknowledged", "Mira Oduya")


def test_an_export_and_its_webhooks_tell_nothing_twice():
    (whole,) = incidents_from(fixture("pagerduty/export.json"))
    (both,) = incidents_from([fixture("pagerduty/export.json"), *fixture("pagerduty/webhooks_v3.json")])

    told = [text for _, _, text, _ in rows(both)]
    assert told.count("Acknowledged") == told.count("Resolved") == told.count("Priority changed from P3 to P1") == 1
    assert whole.title == both.title


@pytest.mark.parametrize(
    ("record", "kind", "text"),
    [
        (entry("unacknowledge", channel={"type": "timeout"}), "status", "Acknowledgement timed out"),
        (entry("unacknowledge"), "status", "Acknowledgement withdrawn"),
        (entry("resolve", channel={"type": "timeout"}), "status", "Resolved automatically"),
        (entry("reopen"), "status", "Reopened"),
        (entry("snooze"), "status", "Snoozed"),
        (entry("delegate", escalation_policy={"summary": "Ops"}), "assignment", "Reassigned to Ops"),
        (entry("exhaust_escalation_path"), "escalation", "Escalation policy exhausted"),
        (entry("urgency_change", channel={"old_urgency": "low", "urgency": "high"}), "priority",
         "Urgency changed from Low to High"),
        (entry("priority_change", summary="Priority changed to P2 by Mira Oduya"), "priority", "Priority changed to P2"),
        (entry("merge", summary="Merged into 4712 by Mira Oduya"), "note", "Merged into 4712"),
        (entry("some_new_thing"), "note", "Some new thing"),
        (entry("trigger", channel={"type": "nagios", "subject": "*disk* full"}), "status", "Triggered: \\*disk\\* full"),
    ],
)  # fmt: skip
def test_each_kind_of_log_entry_has_its_sentence(record, kind, text):
    (incident,) = incidents_from({"log_entries": [record]})

    assert rows(incident) == [("14:43:10", kind, text, "Mira Oduya")]


def test_an_incident_that_was_reopened_is_not_resolved():
    bare = fixture("pagerduty/export.json")["incident"]

    (incident,) = incidents_from({"incident": {**bare, "status": "triggered"}, "log_entries": [entry("resolve")]})

    assert incident.resolved is None


def test_missing_and_empty_fields_leave_gaps():
    (incident,) = incidents_from(
        {"incidents": [{"id": "PQX42AB", "type": "incident", "summary": "[#4711] Checkout errors"}]}
    )

    assert incident == Incident(source="PagerDuty", ref="PQX42AB", title="Checkout errors")


@pytest.mark.parametrize(
    ("payload", "what"),
    [
        (fixture("pagerduty/users.json"), "users"),
        ({"incident": {"id": "PQX42AB", "type": "incident_reference"}}, "data"),
        ({"past_incidents": [{"incident": {"id": "PFBE9I2", "self": "https://api.pagerduty.com/incidents/PFBE9I2"}}]},
         "past incidents"),
        ({"event": {"id": "1", "event_type": "service.updated", "occurred_at": "2026-03-15T14:32:00Z",
                    "data": {"id": "PPAYSV1", "type": "service", "summary": "payment-service"}}}, "data"),
        ({"oncalls": [{"user": {"id": "PT23IWX", "type": "user_reference"}}]}, "oncalls"),
    ],
)  # fmt: skip
def test_what_holds_no_incident_is_refused_with_advice(payload, what):
    assert recognises(payload)
    with pytest.raises(
        InputError, match=rf"This holds {what} of PagerDuty and no incident\. Export the incident \(GET"
    ):
        incidents_from(payload)
