"""What the machines saw, as tables."""

from dataclasses import replace

import pytest

from generator.draft import evidence
from generator.draft.incident import Alert, ErrorGroup, FollowUp, Incident, Release
from generator.draft.people import PeopleFinder
from generator.draft.statuses import Words
from generator.draft.times import Times
from tests.draft.rich import SETTINGS, at

TIMES = Times(started=at(0), resolved=at(60))


def test_errors_are_listed_by_count_with_their_stack():
    shown = evidence.errors([ErrorGroup("Rare", count=2), ErrorGroup("Often", "pay.py", 2000, 7, stack="a\nb")])

    assert str(shown) == "**Often**: 2,000 events; 7 users; in pay.py\n\n```text\na\nb\n```\n\n**Rare**: 2 events"


def test_a_long_stack_is_folded():
    shown = str(evidence.errors([ErrorGroup("Deep", stack="\n".join("x" * 40))]))

    assert shown.startswith('**Deep**\n\n<details markdown="1">\n<summary>Stack trace</summary>\n\n```text\nx\n')
    assert shown.endswith("\n```\n\n</details>")


@pytest.mark.parametrize(
    ("release", "relation"),
    [
        (Release("v1", at(-10)), "candidate: 10 min before the start"),
        (Release("v1", at(-239)), "candidate: 3 h 59 min before the start"),
        (Release("v1", at(-300)), "5 h before the start"),
        (Release("v1", at(30)), "30 min after the start"),
        (Release("v1", at(-10), relationship="caused_by"), "caused by"),
        (Release("v1", at(-60 * 24 * 9), relationship="caused_by"), "caused by"),
        (Release("v1"), ""),
    ],
)
def test_a_release_is_a_candidate_and_never_more_unless_a_source_says_so(release, relation):
    assert [row.relation for row in evidence.releases([release], TIMES)] == [relation]


def test_releases_over_a_day_away_are_counted_and_not_listed():
    found = [Release("old", at(-60 * 25)), Release("near", at(-60 * 23)), Release("late", at(60 * 26))]

    shown = evidence.releases(found, TIMES)

    assert [row.name for row in shown] == ["near"]
    assert str(shown).endswith("2 more in the data, over a day away from the incident.")
    assert "1 others" in str(evidence.releases(found[:1], TIMES))


def test_follow_ups_become_action_items():
    rows = evidence.actions(
        [
            FollowUp("A | b", "OPS-1", "https://j.example.com/OPS-1", "Li Wei", "", "2026-04-01T00:00:00Z", "Closed"),
            FollowUp("C", owner_email="ana@example.com", url="https://t.example.com/9", status="Doing"),
            FollowUp("D", "OPS-3", status="Won't Fix"),
            FollowUp("E", "OPS-4", status="Under control"),
            FollowUp("", "OPS-5", status="Something new"),
        ],
        PeopleFinder(SETTINGS),
        Words(SETTINGS.statuses),
    )

    assert [(r.number, r.action, r.owner, r.due, r.status, r.ticket) for r in rows] == [
        (1, "A | b", "li.wei", "2026-04-01", "completed", "[OPS-1](https://j.example.com/OPS-1)"),
        (2, "C", "ana", "", "in progress", "[ticket](https://t.example.com/9)"),
        (3, "D", "", "", "won't do", "OPS-3"),
        (4, "E", "", "", "in progress", "OPS-4"),
        (5, "OPS-5", "", "", "open", "OPS-5"),
    ]
    assert "| 1 | A \\| b | li.wei | 2026-04-01 | completed | [OPS-1](https://j.example.com/OPS-1) |" in str(rows)


def test_a_record_s_id_is_named_only_where_it_can_be_said():
    assert evidence.named_record("PagerDuty", "Q1W2") == "PagerDuty Q1W2"
    assert evidence.named_record("Alertmanager", '{}:{alertname="Down"}') == "Alertmanager"


def test_alerts_say_what_they_said_in_one_row():
    shown = evidence.alerts([Alert("Down", at(0), None, "critical", "Prometheus", "", "a\n- b\n- c")])

    assert str(shown).splitlines()[-1] == "| 2026-03-15 14:30 | | Down: a; b; c | critical | Prometheus |"


def test_nothing_is_said_to_be_nothing():
    assert str(evidence.alerts([])) == "No alerts in the data."
    assert str(evidence.errors([])) == "No errors in the data."
    assert str(evidence.releases([], TIMES)) == "No releases in the data."
    assert str(evidence.links(Incident(source="T"))) == "No links in the data."
    assert str(evidence.links(replace(Incident(source="T"), channel="#inc-42"))) == "- Channel: #inc-42"
