"""The calendar: which days people work, by which day something is due, and in which quarter a day lies."""

from collections.abc import Collection
from datetime import date, timedelta

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def is_working_day(day: date, weekend: Collection[str], holidays: Collection[date]) -> bool:
    """Whether people work on this day; `weekend` holds names of `DAYS`."""
    return DAYS[day.weekday()] not in weekend and day not in holidays


def after_working_days(start: date, count: int, weekend: Collection[str], holidays: Collection[date]) -> date:
    """The day that lies `count` working days after `start`; `date.max` where the calendar ends before."""
    day = start
    left = count if set(weekend) != set(DAYS) else 0
    while left > 0 and day < date.max:
        day += timedelta(days=1)
        left -= is_working_day(day, weekend, holidays)
    return day


def after_days(start: date, count: int) -> date:
    """The day that lies `count` calendar days after `start`; `date.max` where the calendar ends before."""
    return start + timedelta(days=min(count, (date.max - start).days))


def quarter(at: date, first_month: int) -> str:
    """The quarter of a moment, such as `2026-Q1`; a year is named after the one in which its first month lies."""
    months = (at.month - first_month) % 12
    return f"{at.year if at.month >= first_month else at.year - 1:04}-Q{months // 3 + 1}"
