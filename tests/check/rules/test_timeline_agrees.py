"""The front matter and the timeline agree."""

import pytest

from tests.check.sample import GOOD, changed, findings, line_of, said


def test_a_row_that_says_detected_at_another_time_is_named():
    text = changed(("| 2026-03-15 14:35 |", "| 2026-03-15 14:40 |"))

    assert said(text, "timeline-agrees") == [
        (
            line_of("**Detected:**"),
            "This row says detected at 2026-03-15 14:40, the front matter says 2026-03-15 14:35 UTC.",
        )
    ]
    assert "stands on line 8" in findings(text, "timeline-agrees")[0].hint


@pytest.mark.parametrize(
    "label", ["**Detected**", "Detected:", "**Incident detected:**", "__Detection:__", "🔔 **Detected:**"]
)
def test_any_way_to_label_a_row_is_understood(label):
    text = changed(("| 2026-03-15 14:35 | **Detected:**", f"| 2026-03-15 14:40 | {label}"))

    assert len(findings(text, "timeline-agrees")) == 1


@pytest.mark.parametrize("words", ["We detected an error", "The detected fault", "Resolved to wait"])
def test_the_word_in_a_sentence_is_no_label(words):
    assert findings(changed(("**Detected:** alert", words)), "timeline-agrees") == []


def test_seconds_and_a_second_row_of_the_same_name_are_fine():
    assert (
        findings(changed(("detected: 2026-03-15T14:35:00Z", "detected: 2026-03-15T14:35:59Z")), "timeline-agrees") == []
    )
    text = changed(
        ("| 2026-03-15 14:29 |", "| 2026-03-15 14:28 | **Detected:** a first sign | Logs |\n| 2026-03-15 14:29 |")
    )
    assert findings(text, "timeline-agrees") == []
    assert findings(GOOD, "timeline-agrees") == []
