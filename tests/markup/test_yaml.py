"""YAML is read strictly and written so that every reader agrees."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.markup import yaml as strict_yaml


def rules(source: str) -> list[tuple[str, int]]:
    return [(fault.rule, fault.line) for fault in strict_yaml.load(source).faults]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("text", "text"),
        ("42", 42),
        ("-7", -7),
        ("1.5", 1.5),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("2026-03-15T14:32:00Z", "2026-03-15T14:32:00Z"),
        ("2026-02-30", "2026-02-30"),
        ('"NO"', "NO"),
        ("'14:32'", "14:32"),
        ("OPS-1", "OPS-1"),
    ],
)
def test_a_value_is_read_by_the_core_rules_without_a_fault(value, expected):
    mapped = strict_yaml.load(f"key: {value}\n")

    assert mapped.values == {"key": expected}
    assert mapped.faults == ()


@pytest.mark.parametrize("value", ["NO", "yes", "on", "Off", "14:32", "14:32:05", "010", "1_000", "0x1F", "0b11"])
def test_what_yaml_1_1_reads_otherwise_is_kept_as_text_and_said(value):
    mapped = strict_yaml.load(f"a: 1\nkey: {value}\n")

    assert mapped.values["key"] == value
    assert [(fault.rule, fault.line) for fault in mapped.faults] == [("yaml-trap", 2)]
    assert f'"{value}"' in mapped.faults[0].hint


def test_a_duplicate_key_names_both_lines_and_the_first_stays():
    mapped = strict_yaml.load("a: 1\nb: 2\na: 3\n", first_line=2)

    assert mapped.values == {"a": 1, "b": 2}
    assert mapped.faults[0].rule == "yaml-duplicate-key"
    assert mapped.faults[0].line == 4
    assert "line 2" in mapped.faults[0].message


def test_aliases_are_refused_before_they_expand():
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"

    assert {rule for rule, _ in rules(bomb)} == {"yaml-alias"}


@pytest.mark.parametrize(
    "source",
    [
        "a: " + "[" * 90_000,
        "a: " + "{b: " * 20_000,
        "a:\n  " + "- " * 40_000 + "x\n",
        "? " * 40_000 + "x\n",
        "a: " + "x" * 200_000,
    ],
    ids=["open brackets", "open braces", "dashes", "question marks", "very long"],
)
def test_what_would_exhaust_the_parser_is_one_fault(source):
    assert [rule for rule, _ in rules(source)] == ["yaml-syntax"]


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("a: 1\nb: [1, 2\nc: 3\n", 3, "valid YAML"),
        ("a: 1\nowner: @jane\n", 2, "valid YAML"),
        ("a: 1\n\tb: 2\n", 2, "valid YAML"),
        ("- a\n- b\n", 1, "key: value"),
        ("just text\n", 1, "key: value"),
    ],
)
def test_broken_yaml_says_where(source, line, words):
    fault = strict_yaml.load(source).faults[0]

    assert (fault.rule, fault.line) == ("yaml-syntax", line)
    assert words in fault.message


@given(st.text())
def test_no_text_makes_the_reader_raise(source):
    strict_yaml.load(source)


@given(st.text())
def test_a_written_scalar_is_the_same_string_for_every_reader(value):
    line = f"key: {strict_yaml.quoted(value)}\n"
    expected = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in value)

    assert line.count("\n") == 1
    assert yaml.safe_load(line) == {"key": expected}
    assert strict_yaml.load(line).values == {"key": expected}
    assert strict_yaml.load(line).faults == ()


@given(
    st.lists(st.one_of(st.text(max_size=20), st.text(alphabet="0?1e.:-,[]{}#&*!|>'\"%@ ~=<", max_size=6)), max_size=4)
)
def test_a_written_list_reads_back(values):
    line = f"key: {strict_yaml.scalar(values)}\n"

    assert yaml.safe_load(line) == {"key": values}


@pytest.mark.parametrize("style", ["'", '"'])
@given(value=st.text())
def test_the_style_of_quotes_is_kept_where_it_can_be(style, value):
    written = strict_yaml.quoted(value, style)

    assert yaml.safe_load(f"k: {written}\n") == {"k": value}
    assert written[0] == style or style == "'"


@pytest.mark.parametrize(
    "value", ["1e3", "0?", "https://x.example/?a=b", "a?b", "-", "? x", "=", "<<", "!a", "%a", "@a", "`a", "&a", "*a"]
)
def test_values_that_readers_disagree_about_are_quoted_in_a_list_too(value):
    line = f"key: {strict_yaml.scalar([value])}\n"

    assert yaml.safe_load(line) == {"key": [value]}
    assert strict_yaml.load(line).values == {"key": [value]}
