"""Many sources, one incident."""

from dataclasses import replace

import pytest

from generator.draft.incident import Alert, Event, EventKind, FollowUp, Incident, Participant, Reference, Release
from generator.draft.merge import merge
from generator.errors import PostmortemError
from generator.settings.model import Settings
from tests.draft.rich import ALL_SOURCES, CHAT, PAGE, PAGER, SENTRY, SETTINGS, at, message, status

BARE = Incident(source="Tool", title="Title")


def rows(*incidents, settings=SETTINGS):
    return [(event.at, event.text, event.source) for event in merge(incidents, settings).events]


def told(source, *events, **more):
    return replace(BARE, source=source, events=tuple(replace(event, source=source) for event in events), **more)


def note(minutes, text, **more):
    return Event(at(minutes), text, "", EventKind.NOTE, **more)


def test_without_a_source_there_is_nothing_to_draft():
    with pytest.raises(PostmortemError, match="name one with --from"):
        merge([], SETTINGS)


def test_the_first_source_wins_and_the_others_fill_what_it_leaves_open():
    merged = merge(ALL_SOURCES, SETTINGS)

    assert (merged.title, merged.ref, merged.severity) == (PAGER.title, PAGER.ref, "critical")
    assert merged.impact == PAGE.impact
    assert merged.channel == CHAT.channel
    assert merged.source == "PagerDuty, Statuspage, Slack"


def test_a_source_that_only_adds_events_comes_after_those_with_an_incident():
    merged = merge([CHAT, PAGER], SETTINGS)

    assert (merged.title, merged.ref) == (PAGER.title, PAGER.ref)


def test_the_earliest_beginning_and_the_first_end_are_taken():
    merged = merge(ALL_SOURCES, SETTINGS)

    assert (merged.started, merged.detected, merged.mitigated, merged.resolved) == (at(2), None, at(45), at(136.5))


def test_what_began_days_before_the_first_source_s_incident_is_another_story():
    merged = merge([PAGER, SENTRY], SETTINGS)

    assert merged.started is None
    assert not any(event.at < at(-60 * 24) for event in merged.events)
    assert any("none is near the others" in remark for remark in merged.notes)


def test_disagreements_are_told_with_both_sides_and_the_one_that_is_taken():
    notes = merge(ALL_SOURCES, SETTINGS).notes

    assert any(
        remark.startswith("title: PagerDuty says") and "taken from PagerDuty, which was named first" in remark
        for remark in notes
    )
    assert any(remark.startswith("severity:") for remark in notes)
    assert any(remark.startswith("resolved:") and "2026-03-15 16:49" in remark for remark in notes)
    assert not any(remark.startswith(("status:", "created:")) for remark in notes)


def test_words_that_mean_the_same_are_no_disagreement():
    one, other = told("A", severity="critical", status="Closed"), told("B", severity="P1", status="resolved")

    assert merge([one, other], SETTINGS).notes == ()


def test_the_same_words_in_the_same_minute_are_one_row_that_names_both():
    one, other = told("A", note(1.1, "The **pool** is full!")), told("B", note(1.8, "the pool is full"))

    assert rows(one, other) == [(at(1.1), "The **pool** is full!", "A, B")]


def test_two_sources_may_tell_the_same_words_two_minutes_apart_but_not_three():
    assert len(rows(told("A", note(1, "Failover done")), told("B", note(3, "Failover done")))) == 1
    assert len(rows(told("A", note(1, "Failover done")), told("B", note(4.1, "Failover done")))) == 2


def test_one_source_may_say_the_same_again_a_minute_later():
    assert len(rows(told("A", note(1, "Still failing"), note(2, "Still failing")))) == 2


def test_two_people_who_say_the_same_are_two_rows():
    assert len(rows(told("A", note(1, "+1", actor="Ana"), note(1, "+1", actor="Li")))) == 2


def test_a_sign_makes_a_difference():
    assert len(rows(told("A", note(1, "CPU > 90 %"), note(1, "CPU < 90 %")))) == 2


def test_an_event_with_the_same_identity_is_one_row_also_after_an_edit():
    one, other = (
        told("Slack", note(1, "Rolling back", uid="1.1")),
        told("Slack", note(1, "Rolling back to v2", uid="1.1")),
    )

    assert rows(one, other) == [(at(1), "Rolling back to v2", "Slack")]


def test_two_changes_under_one_identity_are_two_rows():
    changes = told("Jira", note(1, "Label: a", uid="10001"), note(1, "Component: b", uid="10001"))

    assert len(rows(changes)) == 2
    assert len(rows(changes, changes)) == 2


def test_the_same_identity_in_two_tools_is_a_coincidence():
    assert len(rows(told("A", note(1, "One", uid="7")), told("B", note(1, "Two", uid="7")))) == 2


def test_two_tools_that_tell_the_same_change_of_status_make_one_row_and_lose_no_word():
    one = told("PagerDuty", status(1, "Resolved", ""))
    other = told("Statuspage", status(4, "Status: monitoring → resolved. All payments go through again.", ""))

    assert rows(one, other) == [
        (at(1), "Resolved / Status: monitoring → resolved. All payments go through again.", "PagerDuty, Statuspage")
    ]


def test_changes_of_status_far_apart_or_to_another_status_stay_two_rows():
    one = told("PagerDuty", status(1, "Resolved", ""))

    assert len(rows(one, told("Statuspage", status(7, "Resolved", "")))) == 2
    assert len(rows(one, told("Statuspage", status(1, "Monitoring", "")))) == 2


def test_an_archive_s_own_words_for_a_status_count():
    one, other = told("A", status(1, "Mitigated", "")), told("B", status(2, "Now Under control", ""))

    assert len(rows(one, other)) == 1
    assert len(rows(one, other, settings=Settings())) == 2


def test_rows_are_in_order_of_time_and_of_telling():
    one, other = told("A", note(5, "c"), note(1, "a")), told("B", note(1, "b"))

    assert [text for _, text, _ in rows(one, other)] == ["a", "b", "c"]


def test_alerts_releases_and_known_times_become_rows_where_no_event_tells_them():
    chat = told(
        "Tool",
        status(9, "Acknowledged", ""),
        started=at(0),
        acknowledged=at(9),
        resolved=at(60),
        alerts=(Alert("High *error* rate", at(2), at(50)),),
        releases=(Release("v1.2", at(-9), "api", "production"),),
    )

    assert rows(chat) == [
        (at(-9), "Release: api: v1.2 to production", "Tool"),
        (at(0), "Impact began", "Tool"),
        (at(2), "Alert fired: High \\*error\\* rate", "Tool"),
        (at(9), "Acknowledged", "Tool"),
        (at(50), "Alert recovered: High \\*error\\* rate", "Tool"),
        (at(60), "Incident resolved", "Tool"),
    ]


def test_what_an_event_tells_already_is_not_told_again():
    chat = told(
        "Tool",
        Event(at(2.2), "Alert fired: HighErrorRate: 5 % fail", "", EventKind.ALERT),
        Event(at(-9), "Released v1.2 to production", "", EventKind.RELEASE),
        started=at(2),
        alerts=(Alert("HighErrorRate", at(2)),),
        releases=(Release("v1.2", at(-9)),),
    )

    assert len(rows(chat)) == 2


def test_a_repository_s_history_is_no_part_of_the_incident():
    history = Incident(
        source="GitHub",
        events=tuple(
            Event(at(-60 * 24 * days), f"Released v{days}", "GitHub", EventKind.RELEASE) for days in (300, 2, 0)
        ),
    )

    merged = merge([PAGER, history], SETTINGS)

    assert [e.text for e in merged.events if e.source == "GitHub"] == ["Released v0"]
    assert any(remark.endswith("not in its timeline: 3.") for remark in merged.notes)


def test_lists_are_joined_each_thing_once():
    one = told(
        "A",
        services=("Payments", "search"),
        participants=(Participant("Incident Commander", "Jane Smith"),),
        references=(Reference("https://example.com/a"),),
        follow_ups=(FollowUp("Fix", "OPS-1"),),
        metrics={"latency": "3 s"},
    )
    other = told(
        "B",
        url="https://b.example.com/9",
        ref="9",
        services=("payment-service", "SEARCH", "cart"),
        participants=(Participant("commander", email="jane.smith@example.com"), Participant("scribe", "Ana")),
        references=(Reference("https://example.com/a", "Again"), Reference("https://example.com/b")),
        follow_ups=(FollowUp("Fix", "ops-1", owner="Ana"),),
        metrics={"latency": "4 s", "errorRate": "5 %"},
        private=True,
    )

    merged = merge([one, other], SETTINGS)

    assert merged.services == ("payment-service", "search", "cart")
    assert [(p.role, p.name, p.email) for p in merged.participants] == [
        ("commander", "Jane Smith", "jane.smith@example.com"),
        ("scribe", "Ana", ""),
    ]
    assert [(r.type, r.url, r.title) for r in merged.references] == [
        ("incident", "https://b.example.com/9", "B 9"),
        ("page", "https://example.com/a", "Again"),
        ("page", "https://example.com/b", ""),
    ]
    assert [(f.key, f.owner) for f in merged.follow_ups] == [("OPS-1", "Ana")]
    assert merged.metrics == {"latency": "3 s", "errorRate": "5 %"}
    assert merged.private


def test_an_alert_that_two_tools_tell_is_one_and_what_fires_again_is_another():
    one = told("A", alerts=(Alert("HighErrorRate", at(1), None, uid="x"), Alert("HighErrorRate", at(30), uid="x")))
    other = told("B", alerts=(Alert("HighErrorRate: 5 % fail", at(2), at(9), uid="77"), Alert("High", at(2), uid="78")))

    alerts = merge([one, other], SETTINGS).alerts

    assert [(a.title, a.at, a.ended) for a in alerts] == [
        ("HighErrorRate", at(1), at(9)),
        ("High", at(2), None),
        ("HighErrorRate", at(30), None),
    ]


def test_what_one_source_knows_of_a_version_holds_for_all_of_its_rows():
    one = told("A", releases=(Release("api@2.3.1", relationship="caused_by"),))
    other = told("B", releases=(Release("api@v2.3.1", at(-5)), Release("api@v2.3.1", at(-3), environment="production")))

    releases = merge([one, other], SETTINGS).releases

    assert [(r.name, r.at, r.relationship) for r in releases] == [
        ("api@v2.3.1", at(-5), "caused_by"),
        ("api@v2.3.1", at(-3), "caused_by"),
    ]


def test_a_starred_message_stays_starred_when_another_source_tells_it_too():
    one = told("A", note(1, "Rolling back"))
    merged = merge([one, replace(CHAT, events=(message(1, "Rolling back", key=True),))], SETTINGS)

    assert [(event.source, event.key) for event in merged.events] == [("A, Slack", True)]


def test_ten_thousand_events_of_two_sources_are_merged():
    one = told("A", *(note(n, f"Step {n}") for n in range(10_000)))
    other = told("B", *(note(n + 0.5, f"Step {n}") for n in range(10_000)))

    assert len(rows(one, other)) == 10_000
