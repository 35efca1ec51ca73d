"""Which days count, and the day by which something is due."""

from datetime import date

import pytest

from generator.settings.calendar import DAYS, after_days, after_working_days, is_working_day

WEEKEND = ("saturday", "sunday")
FRIDAY = date(2026, 3, 20)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (FRIDAY, 0, FRIDAY),
        (FRIDAY, 1, date(2026, 3, 23)),
        (FRIDAY, 5, date(2026, 3, 27)),
        (date(2026, 3, 21), 1, date(2026, 3, 23)),
        (date(2026, 3, 22), 10, date(2026, 4, 3)),
    ],
)
def test_weekends_do_not_count(start, count, end):
    assert after_working_days(start, count, WEEKEND, ()) == end


def test_holidays_do_not_count_unless_they_fall_on_a_weekend():
    assert after_working_days(FRIDAY, 1, WEEKEND, {date(2026, 3, 23)}) == date(2026, 3, 24)
    assert after_working_days(FRIDAY, 1, WEEKEND, {date(2026, 3, 21)}) == date(2026, 3, 23)


def test_a_weekend_may_be_any_days_or_none():
    assert after_working_days(FRIDAY, 1, ("friday",), ()) == date(2026, 3, 21)
    assert after_working_days(FRIDAY, 2, (), ()) == date(2026, 3, 22)
    assert [is_working_day(date(2026, 3, 16 + n), ("monday",), ()) for n in range(7)] == [False] + [True] * 6


def test_without_a_working_day_or_at_the_end_of_time_it_still_ends():
    assert after_working_days(FRIDAY, 3, DAYS, ()) == FRIDAY
    assert after_working_days(date(9999, 12, 30), 3660, WEEKEND, ()) == date.max
    assert after_days(date(9999, 12, 30), 3660) == date.max
    assert after_days(FRIDAY, 7) == date(2026, 3, 27)
