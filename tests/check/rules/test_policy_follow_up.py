"""After the follow-up, every open item is on its way."""

from datetime import date

from generator.settings.model import Settings
from generator.settings.policy import Policy
from tests.check.sample import GOOD, changed, findings, line_of, said


def test_an_open_item_without_a_ticket_is_asked_about_after_the_follow_up():
    text = changed(("| OPS-2 |", "|  |"))

    assert findings(text, "policy-follow-up", today=date(2026, 4, 2)) == []
    assert said(text, "policy-follow-up", today=date(2026, 4, 3)) == [
        (
            line_of("Retry payment"),
            "The follow-up was on 2026-04-02, 14 days after the review, and this item has no ticket.",
        )
    ]


def test_an_overdue_item_is_asked_about():
    assert [message for _, message in said(GOOD, "policy-follow-up", today=date(2026, 4, 18))] == [
        "The follow-up was on 2026-04-02, 14 days after the review, and this item has been overdue since 2026-04-17."
    ]
    assert findings(GOOD, "policy-follow-up", today=date(2026, 4, 17)) == []


def test_the_policy_sets_the_day_or_none():
    late = date(2026, 4, 18)

    assert (
        findings(GOOD, "policy-follow-up", today=late, settings=Settings(policy=Policy(default={"follow_up": None})))
        == []
    )
    assert (
        findings(GOOD, "policy-follow-up", today=late, settings=Settings(policy=Policy(default={"follow_up": 60})))
        == []
    )


def test_it_is_advice_and_needs_a_review():
    assert [found.severity for found in findings(GOOD, "policy-follow-up", today=date(2026, 5, 1))] == ["advice"]
    assert findings(changed(("reviewed: 2026-03-19\n", "")), "policy-follow-up", today=date(2026, 5, 1)) == []
