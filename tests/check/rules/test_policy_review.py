"""The review took place in time."""

from datetime import date

from generator.settings.model import Settings
from generator.settings.policy import Policy
from tests.check.sample import GOOD, changed, findings, said

# Resolved on Sunday the 15th of March 2026: five working days later is Friday the 20th.
OPEN = changed(("status: published", "status: draft"), ("reviewed: 2026-03-19\n", ""), ("published: 2026-03-20\n", ""))


def due(text, today, **policy):
    return said(text, "policy-review", today=date(2026, 3, today), settings=Settings(policy=Policy(**policy)))


def test_a_review_is_due_five_working_days_after_the_end():
    assert due(OPEN, 20) == []
    assert due(OPEN, 21) == [(10, "The review was due on 2026-03-20, 5 working days after the incident was resolved.")]


def test_holidays_do_not_count_and_a_weekend_may_be_other_days():
    assert due(OPEN, 21, holidays=(date(2026, 3, 17),)) == []
    assert due(OPEN, 24, holidays=(date(2026, 3, 17),))[0][1].startswith("The review was due on 2026-03-23")
    assert due(OPEN, 30, weekend=("friday", "saturday"))[0][1].startswith("The review was due on 2026-03-22")


def test_the_policy_sets_it_for_each_severity_or_for_none():
    assert due(OPEN, 18, severities={"SEV2": {"review": 2}})[0][1].startswith(
        "The review was due on 2026-03-17, 2 working"
    )
    assert due(OPEN, 31, default={"review": None}) == []


def test_a_severity_that_needs_no_postmortem_gets_advice_only():
    today = date(2026, 4, 1)
    must = findings(OPEN, "policy-review", today=today)
    may = findings(OPEN.replace("SEV2", "SEV4"), "policy-review", today=today)

    assert [found.severity for found in (*must, *may)] == ["warning", "advice"]


def test_a_late_review_is_advice_since_nothing_can_be_done_about_it():
    (found,) = findings(changed(("reviewed: 2026-03-19", "reviewed: 2026-03-23")), "policy-review")

    assert found.message.startswith("The review on 2026-03-23 was late: it was due on 2026-03-20")
    assert found.severity == "advice"


def test_a_published_document_says_when_it_was_reviewed():
    assert said(changed(("reviewed: 2026-03-19\n", "")), "policy-review") == [
        (10, "It is published, and does not say when it was reviewed.")
    ]
    assert findings(changed(("reviewed: 2026-03-19", "reviewed: soon")), "policy-review") == []
    assert findings(GOOD, "policy-review") == []
