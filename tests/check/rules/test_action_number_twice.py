"""No two action items have the same number."""

from tests.check.sample import GOOD, changed, findings, line_of


def test_the_second_one_is_named_with_the_first_and_a_free_number():
    (found,) = findings(changed(("| 2 | Retry", "| 1 | Retry")), "action-number-twice")

    assert found.line == line_of("Retry payment")
    assert found.message == f"The number 1 stands on line {line_of('Compare the schema')} already."
    assert found.hint == "Give the newer of the two the number 2, which is free."
    assert found.severity == "error"


def test_numbers_count_through_all_tables_of_the_document():
    table = "\n| # | Action | Owner | Status |\n|---|---|---|---|\n| 2 | Alert | ravi.patel | open |\n"

    assert len(findings(changed(("| OPS-2 |\n", f"| OPS-2 |\n{table}")), "action-number-twice")) == 1
    assert findings(GOOD, "action-number-twice") == []
