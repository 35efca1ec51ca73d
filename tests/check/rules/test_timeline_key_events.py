"""The four key events are in the timeline."""

from tests.check.sample import GOOD, changed, findings, line_of, said


def test_a_time_without_a_row_is_named_with_the_nearest_one():
    text = changed(("| 2026-03-15 15:15 | **Mitigated:** error rate below 0.3 % | Grafana |\n", ""))
    (found,) = findings(text, "timeline-key-events")

    assert found.message == "The timeline has no row at 2026-03-15 15:15, when it was mitigated."
    assert (
        found.hint
        == f"The nearest row is 2026-03-15 14:35 on line {line_of('**Detected:**')}. Add one, or correct `mitigated`."
    )
    assert found.line == line_of("## Timeline")


def test_a_row_within_a_minute_needs_no_label():
    text = changed(
        ("**Mitigated:** error", "Error"), ("mitigated: 2026-03-15T15:15:00Z", "mitigated: 2026-03-15T15:15:48Z")
    )

    assert findings(text, "timeline-key-events") == []


def test_a_label_at_another_time_is_left_to_its_own_rule():
    assert findings(changed(("| 2026-03-15 14:35 |", "| 2026-03-15 14:40 |")), "timeline-key-events") == []


def test_without_rows_or_times_nothing_is_said():
    assert said("---\nstarted: 2026-03-15T14:32:00Z\n---\n", "timeline-key-events") == []
    assert findings(GOOD, "timeline-key-events") == []
