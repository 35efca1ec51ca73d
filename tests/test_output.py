"""Rows become tables, CSV and JSON that people and machines can trust."""

import csv
import io
import json

from hypothesis import given
from hypothesis import strategies as st

from generator import output


def test_columns_line_up_also_with_wide_characters():
    printed = output.table([{"id": "A", "title": "短い"}, {"id": "LONG-1", "title": "b"}], ["id", "title"])

    assert printed == "ID      TITLE\nA       短い\nLONG-1  b\n"


def test_long_cells_are_cut_and_control_characters_do_not_reach_the_terminal():
    printed = output.table([{"title": "a\x1b[31mred\u202e long title"}], ["title"], limits={"title": 10})

    assert printed == "TITLE\na [31mred…\n"


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "a": st.text(alphabet=st.characters(exclude_categories=["Cs"])),
                "b": st.lists(st.text(max_size=5), max_size=3),
            }
        ),
        max_size=4,
    )
)
def test_json_reads_back_as_the_same_rows(rows):
    assert json.loads(output.as_json(rows)) == rows


def test_csv_quotes_and_defuses_formulas():
    printed = output.as_csv([{"a": '=HYPERLINK("x")', "b": 'say "hi", all', "c": "-"}], ["a", "b", "c"])

    assert list(csv.reader(io.StringIO(printed))) == [["a", "b", "c"], ['\'=HYPERLINK("x")', 'say "hi", all', "-"]]


def test_each_form_has_its_own_text():
    rows = [{"a": 1, "hidden": None}]

    assert output.rendered(rows, ["a"], "table") == "A\n1\n"
    assert output.rendered(rows, ["a"], "csv") == "a\n1\n"
    assert json.loads(output.rendered(rows, ["a"], "json")) == rows
