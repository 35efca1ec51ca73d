"""The timeline begins before the detection."""

from tests.check.sample import GOOD, changed, findings, line_of, said


def test_a_first_row_after_the_detection_is_asked_about():
    text = changed(("detected: 2026-03-15T14:35:00Z", "detected: 2026-03-15T14:20:00Z"))

    assert said(text, "timeline-first") == [
        (
            line_of("| 2026-03-15 14:29"),
            "The timeline begins at 2026-03-15 14:29, after the detection at 2026-03-15 14:20 UTC.",
        )
    ]


def test_at_the_same_minute_is_fine():
    assert (
        findings(changed(("detected: 2026-03-15T14:35:00Z", "detected: 2026-03-15T14:28:30Z")), "timeline-first") == []
    )
    assert findings(changed(("detected: 2026-03-15T14:35:00Z\n", "")), "timeline-first") == []
    assert findings(GOOD, "timeline-first") == []
