"""The small readers answer with the plain thing, or with nothing; they never raise."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.draft.sources.extract import json as reading
from generator.draft.sources.extract.json import (
    dicts,
    dig,
    first,
    label,
    moment,
    one_line,
    pieces,
    plain,
    text,
    unique,
    unwrapped,
    url,
)

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from([10**400, "9" * 60]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
HALF_PAST_TWO = datetime(2026, 3, 15, 14, 32, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-15T14:32:00Z",
        "2026-03-15T14:32:00.000000000Z",
        "2026-03-15T14:32",
        "2026-03-15 14:32:00",
        "2026-03-15T16:32:00+02:00",
        "2026-03-15T16:32:00.000+0200",
        "2026-03-15T09:32:00-05",
        "2026-03-15 14:32:00 +0000 UTC",
        "2026-03-15 14:32:00 UTC",
        "Sun, 15 Mar 2026 14:32:00 GMT",
        " 2026-03-15T14:32:00Z ",
        1773585120,
        1773585120.0,
        1773585120000,
        1773585120000000,
        1773585120000000000,
        "1773585120",
        "1773585120000",
        "1773585120.000000",
        datetime(2026, 3, 15, 14, 32),  # noqa: DTZ001 - YAML gives such ones
    ],
)
def test_a_moment_is_read_however_a_tool_writes_it(written):
    assert moment(written) == HALF_PAST_TWO
    assert moment(written).tzinfo is UTC


@pytest.mark.parametrize(
    "written",
    [
        "0001-01-01T00:00:00Z", 0, -62135596800, "0", "", " ", "soon", True, None, [], {}, float("nan"), float("inf"),
        10**400, "9" * 60, "2026-13-45T99:99:99Z", "2026-03-15T14:32:00+99:00", "12026-03-15", 42, "1", "99991231",
    ],
)  # fmt: skip
def test_zero_times_and_nonsense_are_no_moment(written):
    assert moment(written) is None


def test_a_date_alone_is_its_midnight_and_eight_digits_are_a_date():
    assert moment("2026-03-15") == moment("20260315") == datetime(2026, 3, 15, tzinfo=UTC)


def test_text_is_a_string_or_a_number_without_control_characters():
    assert text(" a\x00b\x1b ") == "ab"
    assert [text(value) for value in (42, 2.5, 2.0, True, None, [], {}, float("nan"))] == [
        "42", "2.5", "2", "", "", "", "", "",
    ]  # fmt: skip
    assert first(None, "", " ", 0, "x") == "0"


def test_dig_goes_as_far_as_there_is_something():
    payload = {"a": [{"b": {"c": 1}}]}

    assert dig(payload, "a", 0, "b", "c") == 1
    assert dig(payload, "a", -1, "b") == {"c": 1}
    assert dig(payload, "a", 7, "b") is dig(payload, "a", "b") is dig(None, "a") is dig("abc", 0) is None


def test_dicts_are_only_the_objects_of_a_list():
    assert dicts([{"a": 1}, None, "x", [{}], {"b": 2}]) == [{"a": 1}, {"b": 2}]
    assert dicts({"a": 1}) == dicts("abc") == dicts(None) == []


def test_html_becomes_the_text_that_it_shows():
    assert plain("<p>We &amp; you:</p><ul><li>one</li><li>two <b>x</b></li></ul>") == "We & you:\n\n- one\n- two x"
    assert (
        plain('See <a class="x" href="https://example.com/a">the page</a>.') == "See [the page](https://example.com/a)."
    )
    assert plain("a<br>b<br/>c") == "a\nb\nc"
    assert plain("<script>alert(1)</script>ok<!-- no -->") == "ok"


def test_only_tags_of_html_go():
    assert plain("if a < b and <placeholder> -> c") == "if a < b and <placeholder> -> c"
    assert plain(None) == plain({}) == ""


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "ftp://example.com", "https://a b", "//example.com", "", None, 5]
)
def test_only_web_addresses_are_addresses(address):
    assert url(address) == ""


def test_a_web_address_stays_as_it_is():
    assert url(" https://example.com/a?b=c#d ") == "https://example.com/a?b=c#d"


def test_words_of_machines_become_labels_and_names_stay():
    assert [label(word) for word in ("in_triage", "resolved", "SEV2", "Major_Outage", "incidentOpened", "")] == [
        "In triage", "Resolved", "SEV2", "Major Outage", "incidentOpened", "",
    ]  # fmt: skip
    assert one_line(" a\n\tb  c ") == "a b c"
    assert unique(["b", "", "a", "b"]) == ("b", "a")


def test_a_recorded_session_is_the_list_of_its_answers():
    session = {
        "interactions": [
            {"request": {}, "response": {"body": {"string": '{"incident": {"id": "1"}}'}}},
            {"request": {}, "response": {"body": {"string": ""}}},
            {"request": {}, "response": {"body": '[{"id": "2"}, 5]'}},
            {"request": {}},
            None,
        ]
    }

    assert unwrapped(session) == [{"incident": {"id": "1"}}, [{"id": "2"}, 5]]
    assert pieces(session) == [{"incident": {"id": "1"}}, {"id": "2"}]
    assert pieces([{"id": "2"}, None, "x"]) == [{"id": "2"}]
    assert pieces("x") == []


@given(ANYTHING)
def test_no_reader_ever_raises(value):
    for read in (moment, text, first, dig, dicts, reading.record, plain, url, reading.words, label, unwrapped, pieces):
        read(value)
    dig(value, "a", 0, "b")


@given(st.datetimes(min_value=datetime(1990, 1, 2), max_value=datetime(2099, 12, 30)))  # noqa: DTZ001 - made aware below
def test_a_moment_survives_being_written_in_every_common_way(naive):
    known = naive.replace(tzinfo=UTC)

    assert moment(known.isoformat()) == known
    assert moment(known.isoformat().replace("+00:00", "Z")) == known
    seconds = known.replace(microsecond=0)
    assert moment(int(seconds.timestamp())) == seconds
    assert moment(int(seconds.timestamp()) * 1000) == seconds
