"""The four times are there."""

import pytest

from tests.check.sample import GOOD, changed, findings, said


@pytest.mark.parametrize("key", ["started", "detected", "mitigated", "resolved"])
def test_each_of_them_is_missed(key):
    line = next(line for line in GOOD.split("\n") if line.startswith(key))
    (found,) = findings(changed((line + "\n", "")), "key-times")

    assert found.message == f"The front matter does not say `{key}`."
    assert found.hint.startswith(f"{key}: when ")
    assert found.severity == "error"


def test_several_are_one_finding_and_an_empty_one_stands_on_its_line():
    text = changed(("detected: 2026-03-15T14:35:00Z", "detected:"), ("mitigated: 2026-03-15T15:15:00Z\n", ""))

    assert said(text, "key-times") == [(8, "The front matter does not say `detected`, `mitigated`.")]


def test_one_that_cannot_be_read_is_left_to_its_own_rule():
    assert findings(changed(("detected: 2026-03-15T14:35:00Z", "detected: soon")), "key-times") == []
    assert findings(GOOD, "key-times") == []
    assert findings("# No front matter\n", "key-times") == []
