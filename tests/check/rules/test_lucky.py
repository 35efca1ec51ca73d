"""“Where we got lucky” is there, and not empty."""

import pytest

from tests.check.sample import GOOD, changed, findings, line_of, said, without

WORDS = "- At next year's size the index would have taken 25 minutes."


@pytest.mark.parametrize("nothing", ["", "- n/a", "None.", "-", "N/A", "- ?", "<!-- nothing yet -->", "…"])
def test_a_dash_is_no_answer(nothing):
    text = changed((WORDS, nothing))

    assert said(text, "lucky") == [(line_of("### Where we got"), "There is nothing below “Where we got lucky”.")]


def test_that_it_is_missing_is_said_at_the_lessons():
    assert said(without("### Where we got lucky"), "lucky") == [
        (line_of("## Lessons"), "There is no section “Where we got lucky”.")
    ]


@pytest.mark.parametrize(
    "words", [WORDS, "Nothing that we know of: the limits held.", "- None of the backups was older than an hour."]
)
def test_words_are_fine(words):
    assert findings(changed((WORDS, words)), "lucky") == []


def test_a_lightweight_one_need_not_have_it():
    assert findings(without("### Where we got lucky").replace("type: outage", "type: lightweight"), "lucky") == []


def test_a_published_one_is_held_to_it():
    assert [found.severity for found in findings(without("### Where we got lucky"), "lucky")] == ["error"]
    assert findings(GOOD, "lucky") == []
