"""By when what is due: the policy's answer for one document."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.document.deadlines import due_dates
from generator.document.model import Postmortem
from generator.settings.calendar import is_working_day
from generator.settings.model import Settings, Severity
from generator.settings.policy import Policy

END = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)  # a Monday
KNOWN = Postmortem("x.md", severity="SEV1", resolved=END, reviewed=date(2026, 3, 6))
OWN = Settings(
    severities=(Severity("SEV1", aliases=("P1", "sev 1")), Severity("SEV2", aliases=("P2",)), Severity("SEV3")),
    policy=Policy(
        {"follow_up": 10},
        {"SEV1": {"review": 2, "published": 3, "actions": 30}, "SEV3": {"review": None, "published": None}},
        holidays=(date(2026, 3, 3),),
    ),
)


def days(known, settings=OWN):
    due = due_dates(known, settings)
    return [
        str(deadline.day) if deadline else None for deadline in (due.review, due.publish, due.follow_up, due.action)
    ]


@pytest.mark.parametrize("severity", ["SEV1", "sev1", "P1", "p1", "Sev 1", " P1 "])
def test_a_severity_counts_by_each_of_its_names(severity):
    assert days(replace(KNOWN, severity=severity)) == ["2026-03-05", "2026-03-05", "2026-03-16", "2026-04-01"]


def test_what_another_severity_may_is_not_what_this_one_may():
    assert days(replace(KNOWN, severity="P2")) == ["2026-03-10", "2026-03-09", "2026-03-16", None]
    assert days(replace(KNOWN, severity="SEV3")) == [None, None, "2026-03-16", None]


@pytest.mark.parametrize("severity", ["", "SEV9", "P4", "very bad"])
def test_a_severity_that_the_archive_does_not_have_leaves_everything_open(severity):
    assert days(replace(KNOWN, severity=severity)) == [None, None, None, None]


def test_what_the_document_does_not_say_leaves_that_open():
    assert days(replace(KNOWN, resolved=None)) == [None, None, "2026-03-16", None]
    assert days(replace(KNOWN, resolved=None, mitigated=END, reviewed=None)) == [None, None, None, "2026-04-01"]
    assert days(replace(KNOWN, resolved=None, detected=END, reviewed=None)) == [None, None, None, "2026-04-01"]
    assert days(replace(KNOWN, resolved=None, published=date(2026, 3, 9), reviewed=None)) == [None] * 4


def test_the_rule_is_told_in_words():
    due = due_dates(replace(KNOWN, severity="P1"), OWN)

    assert due.review is not None
    assert due.review.rule == "2 working days after the incident was resolved"
    assert due.follow_up is not None
    assert due.follow_up.rule == "10 days after the review"
    assert due.review.binding
    assert due_dates(replace(KNOWN, severity="SEV3"), OWN).follow_up.binding is False


def test_the_end_of_the_calendar_is_no_error():
    late = replace(KNOWN, resolved=datetime(9999, 12, 31, tzinfo=UTC), reviewed=date.max)

    assert days(late) == ["9999-12-31"] * 4


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 30), st.sets(st.dates(), max_size=5))
def test_a_review_is_due_on_a_working_day_and_after_so_many_of_them(end, count, holidays):
    policy = Policy({"review": count}, holidays=tuple(sorted(holidays)))
    known = replace(KNOWN, resolved=datetime(end.year, end.month, end.day, 12, tzinfo=UTC))

    due = due_dates(known, Settings(policy=policy)).review

    assert due is not None
    between = [date.fromordinal(number) for number in range(end.toordinal() + 1, due.day.toordinal() + 1)]
    assert sum(is_working_day(day, policy.weekend, policy.holidays) for day in between) == count
    assert not count or is_working_day(due.day, policy.weekend, policy.holidays)
