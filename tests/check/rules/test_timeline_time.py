"""Every row of the timeline has a time that can be read."""

import pytest

from tests.check.sample import GOOD, changed, findings, line_of, said

ROW = "2026-03-15 14:35 | **Detected:**"


@pytest.mark.parametrize("written", ["around noon", "2026-13-15 14:35", "25:61", "15 March"])
def test_what_cannot_be_read_is_named(written):
    text = changed((ROW, f"{written} | **Detected:**"))

    assert said(text, "timeline-time") == [(line_of("**Detected:**"), f"{written!r} is not a time that can be read.")]


def test_an_empty_cell_says_so():
    text = changed((ROW, " | **Detected:**"))

    assert said(text, "timeline-time") == [(line_of("**Detected:**"), "This row has no time.")]


@pytest.mark.parametrize(
    "written", ["14:35", "14:35 UTC", "2026-03-15T14:35:00Z", "**2026-03-15 14:35**", "TODO: ask the on-call"]
)
def test_clock_times_and_questions_are_fine(written):
    assert findings(changed((ROW, f"{written} | **Detected:**")), "timeline-time") == []


def test_clock_times_whose_day_nobody_knows_are_one_finding():
    text = changed(("started: 2026-03-15T14:32:00Z\n", ""), ("| 2026-03-15 1", "| 1"))

    assert said(text, "timeline-time") == [
        (line_of("v2.3.1 is released", text), "5 rows have a clock time and no day.")
    ]
    assert "`started`" in findings(text, "timeline-time")[0].hint


def test_the_sample_is_fine():
    assert findings(GOOD, "timeline-time") == []
