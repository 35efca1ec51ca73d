"""No `TODO:` is left."""

from tests.check.sample import GOOD, changed, findings

TWO = changed(
    ("Building the index", "TODO: what ended it?\nBuilding the index"),
    ("title: Checkout errors after the payments migration", "title: 'TODO: Checkout'"),
)


def test_a_draft_gets_one_piece_of_advice_that_counts_them():
    (found,) = findings(TWO.replace("status: published", "status: draft"), "todo")

    assert (found.line, found.severity) == (3, "advice")
    assert found.message == "2 places still to fill in, marked `TODO:`."
    assert found.hint == "On lines 3, 53."


def test_a_single_one_is_not_plural():
    text = changed(("Building the index", "TODO: why?")).replace("status: published", "status: draft")

    assert [found.message for found in findings(text, "todo")] == ["One place still to fill in, marked `TODO:`."]


def test_in_a_published_one_each_is_an_error_on_its_line():
    assert [(found.line, found.severity) for found in findings(TWO, "todo")] == [(3, "error"), (53, "error")]


def test_in_review_each_is_a_warning():
    text = TWO.replace("status: published", "status: in-review")

    assert [found.severity for found in findings(text, "todo")] == ["warning", "warning"]


def test_the_sample_is_fine():
    assert findings(GOOD, "todo") == []
