"""There are at most ten action items."""

from tests.check.sample import GOOD, changed, findings, said

ROW = "| 2 | Retry payment requests at most once | amara.okafor | 2026-04-17 | open | OPS-2 |\n"


def rows(count):
    return changed((ROW, "".join(ROW.replace("| 2 |", f"| {n} |") for n in range(2, count + 1))))


def test_ten_are_fine_and_the_eleventh_is_named():
    assert findings(rows(10), "actions-many") == []
    assert [message for _, message in said(rows(12), "actions-many")] == ["There are 12 action items."]
    line = said(rows(12), "actions-many")[0][0]
    assert rows(12).split("\n")[line - 1].startswith("| 11 |")
    assert findings(GOOD, "actions-many") == []
