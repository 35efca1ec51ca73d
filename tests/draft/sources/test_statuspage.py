"""Statuspage's incidents, maintenances and webhooks become incidents."""

from dataclasses import replace

import pytest

from generator.draft.incident import Incident
from generator.draft.sources.statuspage import incidents_from, recognises
from generator.errors import InputError
from tests.draft.sources.payloads import at, fixture, rows


def test_an_incident_is_told_by_its_updates():
    (incident,) = incidents_from(fixture("statuspage/incidents.json"))

    assert replace(incident, events=()) == Incident(
        source="Statuspage",
        ref="k3v9xq2m7h1d",
        title="Video calls drop in Europe",
        url="https://stspg.example.com/k3v9",
        severity="major",
        status="resolved",
        description="Calls in Europe drop after a minute.",
        created=at("2026-09-02 19:10"),
        started=at("2026-09-02 19:10"),
        mitigated=at("2026-09-02 20:30"),
        resolved=at("2026-09-02 21:30"),
        components=("Video calls", "Website"),
    )
    fix = "A fix is in place; see [details](https://status.example.com/fix)."
    assert rows(incident) == [
        ("19:10:00", "status", "Status set to Investigating — Calls in Europe drop after a minute.", ""),
        ("19:10:00", "note", "Europe - Video calls changed from Operational to Major outage", ""),
        ("19:40:00", "message", "We keep looking into it & update in 30 minutes.", ""),
        ("20:30:00", "status", f"Status changed from Investigating to Monitoring — {fix}", ""),
        ("21:30:00", "status", "Status changed from Monitoring to Resolved — All calls are stable.", ""),
        ("21:30:00", "note", "Europe - Video calls changed from Major outage to Operational", ""),
    ]
    assert [one.uid for one in incident.events][:2] == ["u1", "u1/c0mp0n3nt001"]


def test_a_bare_incident_a_list_and_an_answer_tell_the_same():
    bare = fixture("statuspage/incidents.json")["incidents"][0]
    (incident,) = incidents_from(bare)

    for payload in ([bare], {"incident": bare}, {"incidents": [bare]}):
        assert recognises(payload)
        assert incidents_from(payload) == (incident,)


def test_a_maintenance_starts_when_it_was_planned_to():
    (incident,) = incidents_from(fixture("statuspage/maintenances.json"))

    assert (incident.category, incident.severity, incident.status) == ("maintenance", "maintenance", "completed")
    assert (incident.started, incident.resolved) == (at("2026-09-02 02:00"), at("2026-09-02 03:00"))
    assert incident.url == "https://status.example.com/incidents/m41nt3n4nc3"
    assert [text for _, _, text, _ in rows(incident)] == [
        "Status set to Scheduled",
        "Status changed from Scheduled to In progress",
        "Status changed from In progress to Completed",
    ]


def test_a_webhook_carries_the_incident_as_it_is():
    (incident,) = incidents_from(fixture("statuspage/webhook.json"))

    assert (incident.title, incident.status) == ("Video calls drop in Europe", "investigating")
    assert (incident.mitigated, incident.resolved) == (None, None)
    assert len(incident.events) == 3


def test_a_webhook_about_a_component_is_a_partial_source():
    (incident,) = incidents_from(fixture("statuspage/component_webhook.json"))

    assert incident.partial
    assert incident.components == ("Video calls",)
    assert rows(incident) == [("19:10:00", "note", "Video calls changed from Operational to Major outage", "")]


def test_an_incident_that_came_back_is_not_over():
    bare = fixture("statuspage/incidents.json")["incidents"][0]
    again = {"id": "u5", "status": "investigating", "body": "It is back.", "display_at": "2026-09-02T22:00:00Z"}
    open_again = {
        **bare,
        "status": "investigating",
        "incident_updates": [again, *bare["incident_updates"]],
        "monitoring_at": None,
    }

    (incident,) = incidents_from(open_again)

    assert (incident.mitigated, incident.resolved) == (None, None)
    assert rows(incident)[-1] == (
        "22:00:00",
        "status",
        "Status changed from Resolved to Investigating — It is back.",
        "",
    )


def test_a_published_postmortem_describes_the_incident():
    bare = fixture("statuspage/incidents.json")["incidents"][0]

    (incident,) = incidents_from({**bare, "postmortem_body": "<h3>Cause</h3><p>A relay lost its route.</p>"})

    assert incident.description == "Cause\n\nA relay lost its route."


@pytest.mark.parametrize(
    "payload",
    [
        fixture("statuspage/components.json"),
        {"page": {"id": "p4g3id000001", "name": "Example"}, "status": {"indicator": "none", "description": "Fine"}},
        {"page": {"id": "p4g3id000001"}, "status": {"indicator": "none"}, "incidents": []},
    ],
    ids=["components", "status", "no incidents"],
)
def test_what_holds_no_incident_is_refused_with_advice(payload):
    assert recognises(payload)
    with pytest.raises(InputError, match=r"from Statuspage and holds no incident\. Export the incidents"):
        incidents_from(payload)
