"""A number is never used again for something else."""

import pytest

from generator.document.parse import parse
from tests.check.sample import GOOD, changed, findings

RETRY = "| 2 | Retry payment requests at most once | amara.okafor | 2026-04-17 | open | OPS-2 |\n"
BASE = parse(GOOD)


def against(text, base=BASE):
    return findings(text, "action-number-reused", base=base)


def test_without_a_base_nothing_is_known():
    assert (
        findings(changed(("Retry payment requests at most once", "Alert on saturation")), "action-number-reused") == []
    )


def test_another_item_under_the_same_number_is_an_error():
    text = changed((RETRY, "| 2 | Alert when the pool is nearly full | jose.alvarez | 2026-04-17 | open | OPS-9 |\n"))
    (found,) = against(text)

    assert found.message == "Number 2 was “Retry payment requests at most once” and is now something else."
    assert found.hint == "Give the new item the number 3, which is free."
    assert found.severity == "error"


@pytest.mark.parametrize(
    "words",
    [
        "Retry payment requests at most once, with a budget of 10 % for each pod",
        "Retry requests for a payment once",
        "~~Retry payment requests at most once~~",
        "Retry `payment` requests at most one time",
    ],
)
def test_the_same_item_in_other_words_is_fine(words):
    assert against(changed(("Retry payment requests at most once", words))) == []


def test_the_same_ticket_is_the_same_item():
    assert against(changed(("Retry payment requests at most once", "Something quite different"))) == []


def test_two_items_that_changed_numbers_are_told_to_keep_them():
    text = changed(
        ("| 1 | Compare", "| 9 | Compare"), ("| 2 | Retry", "| 1 | Retry"), ("| 9 | Compare", "| 2 | Compare")
    )
    found = against(text)

    assert len(found) == 2
    assert all("leave it that number" in finding.hint for finding in found)


def test_a_new_item_below_the_highest_number_may_have_been_another_one():
    base = parse(changed(("| 2 | Retry", "| 5 | Retry")))
    text = changed(
        ("| 2 | Retry", "| 5 | Retry"),
        ("| OPS-1 |\n", "| OPS-1 |\n| 3 | Write it down | ravi.patel | 2026-04-10 | open |  |\n"),
    )
    (found,) = against(text, base)

    assert found.message == "Number 3 is given to a new item, although the numbers went up to 5 already."
    assert found.severity == "warning"


def test_the_next_number_is_fine():
    assert (
        against(changed(("| OPS-2 |\n", "| OPS-2 |\n| 3 | Write it down | ravi.patel | 2026-04-10 | open |  |\n")))
        == []
    )
    assert against(GOOD) == []
