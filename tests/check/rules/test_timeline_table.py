"""The timeline is a table with rows."""

import pytest

from tests.check.sample import GOOD, changed, findings, line_of, said

START = GOOD.index("| Time | Event")
END = GOOD.index("\n## Root cause")


def timeline(text):
    return GOOD[:START] + text + GOOD[END:]


@pytest.mark.parametrize(
    "text", ["- 14:32 Pool is full\n- 14:35 Alert\n", "| Hour | Story |\n|---|---|\n| 14:32 | x |\n"]
)
def test_another_shape_is_not_read(text):
    assert said(timeline(text), "timeline-table") == [
        (line_of("## Timeline"), "The timeline is no table with a Time and an Event column, so none of it is read.")
    ]


def test_a_table_without_rows_says_so():
    text = timeline("| Time | Event |\n|---|---|\n")

    assert [message for _, message in said(text, "timeline-table")] == ["The timeline has no rows."]


def test_without_the_section_another_rule_speaks():
    assert (
        findings(changed(("## Timeline", "## Course")).replace("| Time | Event |", "| a | b |"), "timeline-table") == []
    )
    assert findings(GOOD, "timeline-table") == []
