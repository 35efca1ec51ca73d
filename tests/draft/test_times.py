"""The four times: as told, else derived from what the data hold, and never invented."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from generator.draft.incident import Alert, Event, EventKind, Incident
from generator.draft.statuses import Words
from generator.draft.times import clock, human, interval, rfc3339, times_of, utc
from generator.settings.calendar import quarter
from tests.draft.rich import at, status

WORDS = Words()
BARE = Incident(source="Tool", title="Title")


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 s"),
        (45, "45 s"),
        (60, "1 min"),
        (3599, "59 min"),
        (3600, "1 h"),
        (8040, "2 h 14 min"),
        (86_400, "1 d"),
        (86_400 * 3 + 3_600 * 4 + 59, "3 d 4 h"),
    ],
)
def test_a_span_is_said_in_its_two_largest_units(seconds, said):
    assert human(timedelta(seconds=seconds)) == said


def test_moments_are_written_in_utc_whatever_their_zone():
    tokyo = datetime(2026, 3, 15, 23, 32, 5, 999, tzinfo=timezone(timedelta(hours=9)))

    assert clock(tokyo) == "2026-03-15 14:32"
    assert rfc3339(tokyo) == "2026-03-15T14:32:05Z"
    assert clock(None) == ""
    assert utc(datetime(2026, 3, 15, 14, 32)) == datetime(2026, 3, 15, 14, 32, tzinfo=UTC)  # noqa: DTZ001
    assert interval(tokyo, at(136)) == "2026-03-15 14:32 to 2026-03-15 16:46 UTC"
    assert interval(tokyo, None) == ""


def test_years_before_the_thousandth_keep_their_four_digits():
    assert clock(datetime(1, 1, 1, tzinfo=UTC)) == "0001-01-01 00:00"


@pytest.mark.parametrize(
    ("month", "first_month", "name"),
    [
        (1, 1, "2026-Q1"),
        (12, 1, "2026-Q4"),
        (4, 4, "2026-Q1"),
        (3, 4, "2025-Q4"),
        (1, 10, "2025-Q2"),
        (10, 10, "2026-Q1"),
    ],
)
def test_a_quarter_is_named_after_the_year_in_which_its_first_month_lies(month, first_month, name):
    assert quarter(datetime(2026, month, 15, tzinfo=UTC), first_month) == name


def test_what_is_told_is_taken_and_nothing_is_derived():
    told = replace(BARE, started=at(0), detected=at(3), mitigated=at(40), resolved=at(90), alerts=(Alert("A", at(1)),))

    times = times_of(told, WORDS)

    assert (times.started, times.detected, times.mitigated, times.resolved) == (at(0), at(3), at(40), at(90))
    assert times.derived == ()
    assert times.span == timedelta(minutes=90)


def test_the_first_alert_begins_and_detects_an_incident_that_nobody_dated():
    times = times_of(replace(BARE, alerts=(Alert("B", at(9)), Alert("A", at(2))), created=at(5)), WORDS)

    assert (times.started, times.detected) == (at(2), at(2))
    assert dict(times.derived) == {"started": "the first alert", "detected": "the first alert"}


def test_an_alert_of_last_week_is_not_the_beginning():
    times = times_of(replace(BARE, alerts=(Alert("Old", at(-60 * 24 * 7)), Alert("A", at(2))), created=at(5)), WORDS)

    assert times.started == at(2)


def test_opening_the_incident_tells_when_it_was_detected_and_not_when_it_began():
    times = times_of(replace(BARE, created=at(5)), WORDS)

    assert (times.started, times.detected) == (None, at(5))


def test_changes_of_status_tell_the_end_also_after_a_reopening():
    events = (
        status(10, "Status: investigating → monitoring", "T"),
        status(20, "Status: monitoring → resolved", "T"),
        status(30, "Status: resolved → investigating", "T"),
        status(50, "Mitigated", "T"),
        status(60, "Resolved", "T"),
        status(99, "Status changed from resolved to closed", "T"),
    )

    times = times_of(replace(BARE, events=events), WORDS)

    assert (times.mitigated, times.resolved) == (at(50), at(60))


def test_an_incident_that_was_reopened_has_no_end():
    events = (status(20, "Resolved", "T"), status(30, "Reopened", "T"))

    assert times_of(replace(BARE, events=events), WORDS).resolved is None


def test_people_who_talk_about_resolving_do_not_resolve():
    events = (Event(at(5), "I think it is resolved", "Slack", EventKind.MESSAGE),)

    assert times_of(replace(BARE, events=events), WORDS).resolved is None


def test_an_end_before_the_beginning_has_no_span():
    assert times_of(replace(BARE, started=at(9), resolved=at(1)), WORDS).span is None
