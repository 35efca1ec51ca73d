"""Evidence is sorted by incident, and told in the same words whatever the tool."""

import pytest

from generator.draft.incident import Alert, Event, EventKind, Participant
from generator.draft.sources.extract.evidence import (
    Cases,
    alert_events,
    by_time,
    changed,
    ordered,
    overlaid,
    people,
    role,
)
from tests.draft.sources.payloads import at


def test_evidence_that_names_no_incident_belongs_to_the_only_one():
    cases = Cases()
    cases.add("A", "incident", [{"id": "A"}])
    cases.add("", "note", [{"content": "x"}])

    assert cases.closed() == [("A", {"incident": [{"id": "A"}], "note": [{"content": "x"}]})]


def test_with_two_incidents_nameless_evidence_stands_alone():
    cases = Cases()
    for ref in ("A", "B", ""):
        cases.add(ref, "note", [{"content": ref}])

    assert [ref for ref, _ in cases.closed()] == ["A", "B", ""]


def test_a_record_that_comes_twice_counts_once_and_no_record_makes_no_case():
    cases = Cases()
    cases.add("A", "note", [{"content": "x"}, {"content": "x"}])
    cases.add("A", "note", [{"content": "x"}])
    cases.add("B", "note", [])

    assert cases.closed() == [("A", {"note": [{"content": "x"}]})]


def test_the_latest_state_of_each_field_wins():
    new = {"updated_at": "2026-03-15T15:00:00Z", "status": "resolved", "priority": None}
    old = {"updated_at": "2026-03-15T14:00:00Z", "status": "open", "priority": "P1", "title": "Down"}

    assert overlaid([new, old], "updated_at") == {**new, "title": "Down"}
    assert overlaid([new, {"status": "open"}], "updated_at")["status"] == "open", "without ages the order decides"
    assert overlaid([]) == {}


def test_records_are_ordered_by_moment_whatever_their_offset():
    late, early, never = {"at": "2026-03-15T14:00:00Z"}, {"at": "2026-03-15T14:30:00+01:00"}, {"at": None}

    assert by_time([never, late, early], "at") == [early, late, never]
    assert by_time([late, {"other": 1773540000}], "at", "other") == [{"other": 1773540000}, late]


@pytest.mark.parametrize(
    ("new", "old", "said"),
    [
        ("Fixing", "Investigating", "Status changed from Investigating to Fixing"),
        ("Fixing", "", "Status set to Fixing"),
        ("Fixing", "fixing", "Status set to Fixing"),
        ("", "Fixing", "Status Fixing removed"),
        ("in_\nprogress*", None, "Status set to in\\_ progress\\*"),
    ],
)
def test_a_change_says_from_what_to_what(new, old, said):
    assert changed("Status", new, old) == said


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Incident Commander", "commander"), ("Incident Lead", "commander"), ("owner", "commander"), ("IC", "commander"),
        ("Comms lead", "communications"), ("Scribe", "scribe"), ("note_taker", "scribe"), ("Tech Lead", "tech lead"),
        (None, ""),
    ],
)  # fmt: skip
def test_roles_have_one_name(name, known):
    assert role(name) == known


def test_people_are_named_once_per_role_and_nobody_is_left_out():
    mira, again = Participant("scribe", "Mira Oduya"), Participant("scribe", "mira oduya")

    assert people(mira, again, Participant("scribe"), Participant("reporter", "Mira Oduya")) == (
        again,
        Participant("reporter", "Mira Oduya"),
    )


def test_events_come_in_order_and_once():
    one = Event(at("2026-03-15 14:32"), "Acknowledged", "Tool", uid="1")
    earlier = Event(at("2026-03-15 14:00"), "Triggered", "Tool", uid="2")

    assert ordered([one, earlier, one]) == (earlier, one)


def test_an_alert_is_told_when_it_fires_and_when_it_recovers():
    alert = Alert(
        "Errors | *many*", at("2026-03-15 14:32"), at("2026-03-15 15:00"), url="https://example.com/1", uid="7"
    )

    assert [(one.text, one.uid, one.kind, one.url) for one in alert_events([alert, Alert("x")], "Tool")] == [
        (
            "Alert fired: Errors | \\*many\\*",
            "7/2026-03-15T14:32:00+00:00/fired",
            EventKind.ALERT,
            "https://example.com/1",
        ),
        (
            "Alert resolved: Errors | \\*many\\*",
            "7/2026-03-15T14:32:00+00:00/resolved",
            EventKind.ALERT,
            "https://example.com/1",
        ),
    ]
