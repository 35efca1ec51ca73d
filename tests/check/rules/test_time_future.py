"""No time lies in the future."""

from datetime import date

from tests.check.sample import GOOD, changed, findings, said


def test_a_mistyped_year_is_noticed():
    (found,) = findings(changed(("resolved: 2026-", "resolved: 2062-")), "time-future")

    assert found.message == "`resolved` lies in the future: 2062-03-15."
    assert found.hint == "Is the year mistyped?"


def test_a_day_of_grace_for_time_zones():
    assert said(GOOD, "time-future", today=date(2026, 3, 19)) == []
    assert said(GOOD, "time-future", today=date(2026, 3, 17)) == [
        (14, "`reviewed` lies in the future: 2026-03-19."),
        (15, "`published` lies in the future: 2026-03-20."),
    ]
