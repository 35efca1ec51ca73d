"""Edits by span change what they mean to and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.document import edit
from generator.document.parse import action_tables, parse
from generator.errors import EditRefusedError
from tests.conftest import EXAMPLE

UNALIGNED = "---\nid: A\n---\n## Action items\n\n|#|Action|Owner|Due date|Status|Ticket|\n|-|-|-|-|-|-|\n|1|A|||open||\n|2|B|x\n2b | not numbered | y\n"


def changed_lines(old: str, new: str) -> list[tuple[str, str]]:
    return [(a, b) for a, b in zip(old.split("\n"), new.split("\n"), strict=True) if a != b]


def test_a_cell_keeps_the_width_of_its_column_where_it_fits():
    edited = edit.set_cell(EXAMPLE, "action-items", 2, "Status", "in progress")

    assert changed_lines(EXAMPLE, edited) == [
        (
            "| 2 | Alert on pool saturation |             | 2026-04-20 | open        |        |",
            "| 2 | Alert on pool saturation |             | 2026-04-20 | in progress |        |",
        )
    ]


def test_an_empty_cell_is_filled_and_a_long_value_only_widens_its_row():
    edited = edit.set_cell(EXAMPLE, "action-items", 3, "Ticket", "[OPS-12](https://jira.example.com/browse/OPS-12)")

    [(_, line)] = changed_lines(EXAMPLE, edited)
    assert line.startswith("| 3 | Write the runbook        | li.wei      |            | in progress |")
    assert line.endswith("| [OPS-12](https://jira.example.com/browse/OPS-12) |")


def test_cells_without_padding_and_short_rows_are_written_too():
    edited = edit.set_cell(UNALIGNED, "action-items", 1, "Ticket", "OPS-1")
    edited = edit.set_cell(edited, "action-items", 2, "Ticket", "OPS-2")
    items = parse(edited).postmortem.actions

    assert [item.ticket for item in items][:2] == ["OPS-1", "OPS-2"]
    assert len(changed_lines(UNALIGNED, edited)) == 2


def test_a_pipe_in_a_value_stays_in_its_cell():
    edited = edit.set_cell(EXAMPLE, "timeline", 1, "Event", "a | b\nc")

    assert parse(edited).postmortem.timeline[0].event == "a | b c"


def test_a_missing_row_or_column_is_refused():
    with pytest.raises(EditRefusedError, match="no row 9"):
        edit.set_cell(EXAMPLE, "action-items", 9, "Status", "open")
    with pytest.raises(EditRefusedError, match="no column 'Priority'"):
        edit.set_cell(EXAMPLE, "action-items", 1, "Priority", "high")


_columns = st.sampled_from(["Action", "Owner", "Due date", "Status", "Ticket"])


@given(number=st.integers(1, 3), column=_columns, value=st.text(max_size=40))
def test_any_value_reads_back_from_its_cell_and_no_other_line_changes(number, column, value):
    edited = edit.set_cell(EXAMPLE, "action-items", number, column, value)

    assert len(changed_lines(EXAMPLE, edited)) <= 1
    table = action_tables(parse(edited).outline)[0]
    assert table.rows[number - 1].cells[
        ["Action", "Owner", "Due date", "Status", "Ticket"].index(column) + 1
    ].text == " ".join(value.split())


@given(number=st.integers(1, 2), column=_columns, value=st.text(max_size=20))
def test_the_same_holds_for_tables_without_padding(number, column, value):
    edited = edit.set_cell(UNALIGNED, "action-items", number, column, value)

    assert len(changed_lines(UNALIGNED, edited)) <= 1


@given(value=st.text(max_size=40))
def test_setting_the_value_that_is_there_changes_nothing(value):
    once = edit.set_cell(EXAMPLE, "action-items", 1, "Action", value)

    assert edit.set_cell(once, "action-items", 1, "Action", value) == once
