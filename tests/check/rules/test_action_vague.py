"""An action item says what will be there when it is done."""

import pytest

from tests.check.sample import GOOD, changed, findings

WORDS = "Retry payment requests at most once"


def about(words):
    return findings(changed((WORDS, words)), "action-vague")


@pytest.mark.parametrize(
    ("words", "vague", "question"),
    [
        ("Improve monitoring", "Improve monitoring", "Which signal, which threshold"),
        ("Improve the way we deploy", "Improve", "Which number moves"),
        ("Look into the connection pool", "Look into", "What will be there"),
        ("Investigate the slow queries", "Investigate", "What will be there"),
        ("We should consider a second region", "We should consider", "What will be there"),
        ("Be more careful with migrations", "Be more careful", "What in the system would catch it"),
        ("Better monitoring", "Better monitoring", "Which signal, which threshold"),
        ("More alerts", "More alerts", "Which signal, which threshold"),
        ("Improve documentation", "Improve documentation", "Which page"),
        ("Remind everyone to run the tests", "Remind everyone to", "What in the system would catch it"),
        ("Pay attention to the 80 % limit", "Pay attention", "What in the system would catch it"),
        ("Ensure this does not happen again", "Ensure", "How does somebody see"),
        ("Optimise the database", "Optimise", "Which number moves"),
        ("**Explore** caching", "Explore", "What will be there"),
    ],
)
def test_an_item_without_an_end_gets_a_better_shape(words, vague, question):
    (found,) = about(words)

    assert found.message == f"“{vague}” does not say what will be there when it is done."
    assert found.hint.startswith("Verb, thing, and an end that can be seen.")
    assert question in found.hint


@pytest.mark.parametrize(
    "words",
    [
        "Improve the p99 latency of search to below 300 ms",
        "Reduce the restore time from 4 hours to 30 minutes",
        "Investigate why the pool fills up, and write the answer into the runbook",
        "Alert when 80 % of the pool is used for two minutes",
        "Take care of the retired hosts: remove them from the inventory",
        "Review flags that are off by default every quarter, with an owner and a date for each",
        "Make single flight the default in the shared cache library",
        "Improve the query in `orders.sql`",
        "Add alerts for refused tokens",
        "Refuse a release whose configuration does not parse",
        "Investigate the leak ([OPS-77](https://tickets.example.com/OPS-77))",
    ],
)
def test_an_item_that_one_can_see_done_is_fine(words):
    assert about(words) == []


def test_an_item_that_is_done_is_let_be():
    assert (
        findings(
            changed(("Compare the schema of production with the migration files every night", "Improve things")),
            "action-vague",
        )
        == []
    )
    assert findings(GOOD, "action-vague") == []
