"""Every action item has a due date."""

import pytest

from tests.check.sample import GOOD, changed, findings, line_of, said


@pytest.mark.parametrize("cell", ["", "TBD", "-", "TODO"])
def test_an_open_item_without_a_date_is_named(cell):
    assert said(changed(("| 2026-04-17 |", f"| {cell} |")), "action-due") == [
        (line_of("Retry payment"), "This item has no due date.")
    ]


@pytest.mark.parametrize("cell", ["next quarter", "17.04.2026", "2026-02-30", "2026-04"])
def test_what_is_no_date_is_shown(cell):
    (found,) = findings(changed(("| 2026-04-17 |", f"| {cell} |")), "action-due")

    assert found.message == f"{cell!r} is not a date."


def test_an_item_that_is_done_needs_no_date_but_a_readable_one():
    assert findings(changed(("| 2026-04-10 |", "|  |")), "action-due") == []
    assert len(findings(changed(("| 2026-04-10 |", "| soon |")), "action-due")) == 1
    assert findings(GOOD, "action-due") == []
