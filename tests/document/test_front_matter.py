"""Front matter is found, read with lines, and edited by span."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.document import front_matter
from generator.document.schema import ORDER
from generator.errors import EditRefusedError
from tests.conftest import EXAMPLE

AWKWARD = """\
---
# who and what
id:    INC-1      # never changes
title: "Quotes: \\"and\\" # no comment"
owner: 'it''s'
jira:
tags:
  - one
  # kept
  - two
services: [a,   b]
text: |
  several
  lines
last: ~
---
body
"""


def test_values_lines_and_spans_are_read():
    front = front_matter.read(EXAMPLE)

    assert front.values["id"] == "INC-2026-0042"
    assert front.lines["severity"] == 5
    assert front.lines["links.1"] == 17
    assert EXAMPLE[front.body :].startswith("\n## Summary")
    assert EXAMPLE.split("\n")[front.body_line - 1] == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# Title\n", "no front matter"),
        ("\n---\nid: 1\n---\n", "before the front matter"),
        ("---\nid: 1\n", "never closed"),
    ],
)
def test_missing_front_matter_is_one_clear_fault(text, words):
    front = front_matter.read(text)

    assert not front.present
    assert words in front.faults[0].message


@pytest.mark.parametrize("text", ["\ufeff---\nid: A\n---\nx", "---  \r\nid: A\r\n---\r\nx", "---\nid: A\n...\nx"])
def test_byte_order_mark_windows_lines_and_dots_are_understood(text):
    front = front_matter.read(text)

    assert front.values == {"id": "A"}
    assert text[front.body :] == "x"


@pytest.mark.parametrize("key", ["id", "title", "owner", "jira", "services", "text", "last", "severity"])
def test_an_edit_changes_one_line_and_nothing_else(key):
    edited = front_matter.set_value(AWKWARD, key, "NEW-1", ORDER)

    old, new = AWKWARD.split("\n"), edited.split("\n")
    kept = [line for line in new if line in old]
    assert sum(line not in old for line in new) == 1
    assert [line for line in old if line in kept] == kept
    assert front_matter.read(edited).values == {**front_matter.read(AWKWARD).values, key: "NEW-1"}


def test_quotes_comments_and_spacing_stay():
    assert "id:    INC-9      # never changes\n" in front_matter.set_value(AWKWARD, "id", "INC-9")
    assert "owner: 'her''s'\n" in front_matter.set_value(AWKWARD, "owner", "her's")
    assert "jira: OPS-1\n" in front_matter.set_value(AWKWARD, "jira", "OPS-1")
    assert "services: [c]\n" in front_matter.set_value(AWKWARD, "services", ["c"])


def test_a_list_with_comments_inside_is_not_replaced():
    with pytest.raises(EditRefusedError, match="comments"):
        front_matter.set_value(AWKWARD, "tags", ["three"])


def test_a_new_key_stands_where_the_design_puts_it():
    edited = front_matter.set_value("---\nid: A\ntitle: T\nservices: [x]\n---\n", "severity", "SEV1", ORDER)

    assert edited == "---\nid: A\ntitle: T\nseverity: SEV1\nservices: [x]\n---\n"


def test_windows_line_ends_stay():
    edited = front_matter.set_value("---\r\nid: A\r\n---\r\nx\r\n", "jira", "OPS-1", ORDER)

    assert edited == "---\r\nid: A\r\njira: OPS-1\r\n---\r\nx\r\n"


@pytest.mark.parametrize("text", ["# no front matter", "---\na: [\n---\n", "---\n{a: 1}\n---\n"])
def test_an_unreadable_front_matter_is_not_edited(text):
    with pytest.raises(EditRefusedError):
        front_matter.set_value(text, "a", "b")


_values = st.one_of(st.text(), st.lists(st.text(max_size=9), max_size=3), st.integers(-99, 99), st.booleans())


@given(key=st.sampled_from(["id", "title", "owner", "jira", "services", "last", "new"]), value=_values)
def test_any_value_reads_back_and_the_rest_stays(key, value):
    edited = front_matter.set_value(AWKWARD, key, value, ORDER)

    assert len(set(edited.split("\n")) - set(AWKWARD.split("\n"))) <= 1
    assert edited.endswith("---\nbody\n")


@given(st.text(), st.text(max_size=10), st.text(max_size=10))
def test_an_edit_of_any_text_is_right_or_refused(source, key, value):
    text = f"---\n{source}\n---\nbody\n"
    try:
        edited = front_matter.set_value(text, key or "k", value)
    except EditRefusedError:
        return
    before, after = front_matter.read(text), front_matter.read(edited)
    assert {k: v for k, v in after.values.items() if k != (key or "k")} == {
        k: v for k, v in before.values.items() if k != (key or "k")
    }
