"""The four times follow each other."""

from tests.check.sample import changed, findings, line_of, said


def test_a_time_before_the_one_it_follows_is_a_negative_span():
    text = changed(("mitigated: 2026-03-15T15:15:00Z", "mitigated: 2026-03-15T13:15:00Z"))

    assert said(text, "time-order") == [
        (
            line_of("mitigated:"),
            "`mitigated` (2026-03-15 13:15 UTC) lies before `detected` (2026-03-15 14:35 UTC).",
        )
    ]


def test_offsets_are_taken_into_account():
    text = changed(("detected: 2026-03-15T14:35:00Z", "detected: 2026-03-15T15:35:00+01:00"))

    assert findings(text, "time-order") == []


def test_equal_times_are_fine_and_a_missing_one_is_stepped_over():
    equal = changed(("mitigated: 2026-03-15T15:15:00Z", "mitigated: 2026-03-15T14:35:00Z"))
    missing = changed(
        ("detected: 2026-03-15T14:35:00Z\n", ""), ("mitigated: 2026-03-15T15:15", "mitigated: 2026-03-15T10:15")
    )

    assert findings(equal, "time-order") == []
    assert [found.message for found in findings(missing, "time-order")] == [
        "`mitigated` (2026-03-15 10:15 UTC) lies before `started` (2026-03-15 14:32 UTC)."
    ]


def test_noticed_before_it_began_gets_a_hint_of_its_own():
    (found,) = findings(changed(("detected: 2026-03-15T14:35:00Z", "detected: 2026-03-15T14:31:00Z")), "time-order")

    assert "when the risk began" in found.hint
