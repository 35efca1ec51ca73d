"""Durations, counts and medians."""

from datetime import UTC, date, datetime, timedelta

import pytest

from generator.document import metrics
from generator.document.metrics import Progress, Spread
from generator.document.model import ActionItem, ActionStatus, Postmortem, Task

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)


def item(status=ActionStatus.OPEN, due=None, owner=""):
    return ActionItem(1, "act", owner, due, status, "", "", "", 1)


def test_durations_count_from_the_start_and_leave_out_what_is_unknown_or_impossible():
    took = metrics.durations(
        Postmortem("x", started=NOON, detected=NOON - timedelta(minutes=1), mitigated=NOON + timedelta(minutes=5))
    )

    assert (took.detect, took.mitigate, took.resolve) == (None, timedelta(minutes=5), None)


def test_a_median_comes_with_range_and_number():
    minutes = [timedelta(minutes=n) for n in (30, 10, 21)]

    assert metrics.spread([*minutes, None]) == Spread(3, minutes[2], minutes[1], minutes[0])
    assert metrics.spread([minutes[0], minutes[1]]).median == timedelta(minutes=20)
    assert metrics.spread([None]) == Spread()


def test_action_counts_look_at_unfinished_items_only():
    items = [
        item(due=date(2026, 11, 19), owner="jane"),
        item(due=date(2026, 11, 20)),
        item(ActionStatus.IN_PROGRESS, owner="jane"),
        item(ActionStatus.COMPLETED),
        item(ActionStatus.WONT_DO),
    ]
    history = (item(due=date(2013, 11, 19)), False)
    counts = metrics.action_counts([*((one, True) for one in items), history], TODAY)

    assert (counts.total, counts.unfinished, counts.overdue, counts.unowned, counts.undated) == (6, 3, 1, 1, 1)


def test_checklists_are_counted_by_section_in_order():
    tasks = [Task("a", True, 1, section="B"), Task("b", False, 2, section="A"), Task("c", True, 3, section="B")]
    total, sections = metrics.checklist(Postmortem("x", tasks=tuple(tasks)))

    assert total == Progress(2, 3)
    assert list(sections.items()) == [("B", Progress(2, 2)), ("A", Progress(0, 1))]


def test_percent_is_a_hundred_only_when_all_is_done():
    assert [Progress(199, 200).percent, Progress(2, 2).percent, Progress().percent] == [99, 100, 0]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 min"),
        (20, "under 1 min"),
        (60, "1 min"),
        (43 * 60, "43 min"),
        (3600, "1 h"),
        (8040, "2 h 14 min"),
        (86400, "1 d"),
        (90000, "1 d 1 h"),
        (90060, "1 d 1 h"),
        (86460, "1 d"),
    ],
)
def test_durations_are_said_in_two_units_at_most(seconds, words):
    assert metrics.in_words(timedelta(seconds=seconds)) == words


def test_an_unknown_duration_has_no_words():
    assert metrics.in_words(None) == ""
