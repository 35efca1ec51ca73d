"""A section holds something."""

import pytest

from tests.check.sample import GOOD, changed, findings, said

BODY = "Building the index took nine minutes."


@pytest.mark.parametrize("nothing", ["", "\n\n", "<!-- to be written -->", "<!--\nto be\nwritten\n-->"])
def test_a_heading_with_nothing_below_it_is_named(nothing):
    text = changed((BODY, nothing))

    assert [message for _, message in said(text, "section-empty")] == ["There is nothing below “Resolution”."]


@pytest.mark.parametrize(
    "something", ["x", "- x", "![x](y.png)", "```\nlog\n```", "| a |\n|---|\n| b |", "### Part\n\nx"]
)
def test_text_lists_pictures_code_and_subsections_are_something(something):
    assert findings(changed((BODY, something)), "section-empty") == []


def test_subsections_that_are_empty_too_are_both_named():
    text = changed((BODY, "### Part"))

    assert [message for _, message in said(text, "section-empty")] == [
        "There is nothing below “Resolution”.",
        "There is nothing below “Part”.",
    ]


def test_the_sample_is_fine():
    assert findings(GOOD, "section-empty") == []
