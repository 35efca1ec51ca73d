"""The timeline's rows follow each other."""

from tests.check.sample import GOOD, changed, findings, line_of, said


def test_a_row_before_the_one_above_it_is_named():
    text = changed(("2026-03-15 15:15 | **Mit", "2026-03-15 14:30 | **Mit"))

    assert said(text, "timeline-order") == [
        (line_of("**Mitigated:**"), "'2026-03-15 14:30' lies before the row above it (2026-03-15 14:35 UTC).")
    ]


def test_one_row_in_the_wrong_place_is_one_finding():
    text = changed(("2026-03-15 14:29", "2026-03-16 14:29"))

    assert [line for line, _ in said(text, "timeline-order")] == [line_of("**Start of impact:**")]


def test_equal_times_midnight_and_unreadable_rows_are_fine():
    text = changed(
        ("2026-03-15 14:32 |", "2026-03-15 14:29 |"),
        ("2026-03-15 15:15 |", "soon |"),
        ("2026-03-15 16:46 |", "00:10 |"),
    )

    assert findings(text, "timeline-order") == []
    assert findings(GOOD, "timeline-order") == []
