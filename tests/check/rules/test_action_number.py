"""Every action item has a number."""

import pytest

from generator.document.parse import parse
from tests.check.sample import GOOD, changed, findings, line_of


@pytest.mark.parametrize("cell", ["", "-", "#", "?"])
def test_a_row_without_one_is_told_the_next_free(cell):
    (found,) = findings(changed(("| 2 | Retry", f"| {cell} | Retry")), "action-number")

    assert (found.line, found.message) == (line_of("Retry payment"), "This item has no number.")
    assert found.hint == "2 is free; `postmortem check --fix` writes it."


def test_a_number_that_the_base_used_is_not_free():
    base = parse(GOOD.replace("| 2 | Retry", "| 7 | Retry"))
    (found,) = findings(changed(("| 2 | Retry", "|  | Retry")), "action-number", base=base)

    assert found.hint.startswith("8 is free")


def test_several_rows_get_different_numbers():
    text = changed(("| 1 | Compare", "|  | Compare"), ("| 2 | Retry", "|  | Retry"))

    assert [found.hint[:9] for found in findings(text, "action-number")] == ["1 is free", "2 is free"]


def test_a_word_is_no_number():
    (found,) = findings(changed(("| 2 | Retry", "| two | Retry")), "action-number")

    assert found.message == "'two' is not a number."


def test_a_table_without_the_column_is_one_finding():
    text = changed(
        ("| # | Action", "| Action"),
        ("|---|---|---|---|---|---|", "|---|---|---|---|---|"),
        ("| 1 | C", "| C"),
        ("| 2 | R", "| R"),
    )
    (found,) = findings(text, "action-number")

    assert found.message == "The table of action items has no column `#`."


@pytest.mark.parametrize("cell", ["2", "#2", "2.", "**2**"])
def test_any_way_to_write_a_number_is_fine(cell):
    assert findings(changed(("| 2 | Retry", f"| {cell} | Retry")), "action-number") == []
