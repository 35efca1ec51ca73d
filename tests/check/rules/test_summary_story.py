"""The summary says what happened, to whom, and what it meant."""

import pytest

from tests.check.rules.test_summary_length import summary
from tests.check.sample import GOOD, findings


def message(text):
    return [found.message for found in findings(summary(text), "summary-story")]


def test_a_summary_that_says_all_of_it_is_fine():
    assert findings(GOOD, "summary-story") == []


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        (
            "The connection pool of the new cluster was full from 14:32 to 15:15 UTC, because one index was missing there.",
            "who was affected and what it meant for the business",
        ),
        (
            "All customers saw a blank page for nine minutes, until the former version of the shop was running again.",
            "what it meant for the business",
        ),
        (
            "For nine minutes the shop was blank and we estimate that 130 orders were lost, about €7,500 in revenue.",
            "who was affected",
        ),
    ],
)
def test_what_is_lacking_is_named_in_one_finding(text, lacking):
    assert message(text) == [f"The summary does not say {lacking}."]


def test_that_nobody_was_affected_says_both():
    assert (
        message("A drill found that all backups were unreadable for a month. Nobody was affected, and nothing is gone.")
        == []
    )


def test_a_few_words_are_no_story():
    assert message("Pool exhausted, then fixed.") == ["The summary hardly says what happened."]


def test_what_is_still_to_be_written_is_left_to_its_own_rule():
    assert message("TODO: what happened?") == []
