"""The summary has two or three paragraphs."""

import pytest

from tests.check.sample import GOOD, findings, said

START = GOOD.index("For 43 minutes")
END = GOOD.index("\n## Impact")


def summary(text, kind="outage"):
    return (GOOD[:START] + text + GOOD[END:]).replace("type: outage", f"type: {kind}")


PARAGRAPH = "For 43 minutes customers saw an error.\nIt was over at noon.\n"


@pytest.mark.parametrize("count", [2, 3, 4])
def test_two_or_three_are_right_and_a_fourth_is_let_pass(count):
    assert findings(summary("\n".join([PARAGRAPH] * count)), "summary-length") == []


def test_one_paragraph_is_too_little():
    assert said(summary(PARAGRAPH), "summary-length") == [(18, "The summary is one paragraph of 12 words.")]


def test_for_a_lightweight_one_it_is_enough():
    assert findings(summary(PARAGRAPH, "lightweight"), "summary-length") == []


def test_a_page_is_too_much():
    assert [message for _, message in said(summary("\n".join([PARAGRAPH] * 6)), "summary-length")] == [
        "The summary has 6 paragraphs and 72 words."
    ]
    assert [message for _, message in said(summary("word " * 200 + "\n\n" + "word " * 200), "summary-length")] == [
        "The summary has 2 paragraphs and 400 words."
    ]


def test_a_list_is_no_running_text():
    assert [message for _, message in said(summary("- one\n- two\n"), "summary-length")] == [
        "The summary has no running text."
    ]


def test_what_is_still_to_be_written_is_left_to_its_own_rule():
    assert findings(summary("TODO: what happened?\n"), "summary-length") == []
    assert findings(summary("\n"), "summary-length") == []


def test_windows_line_endings_count_the_same():
    assert findings(GOOD.replace("\n", "\r\n"), "summary-length") == []
