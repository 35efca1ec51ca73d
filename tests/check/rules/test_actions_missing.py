"""There is at least one action item."""

import pytest

from tests.check.sample import GOOD, findings, line_of, said, without

START = GOOD.index("| # | Action")
END = GOOD.index("\n## Lessons learned")


def actions(text, kind="outage"):
    return (GOOD[:START] + text + GOOD[END:]).replace("type: outage", f"type: {kind}")


@pytest.mark.parametrize(
    "text",
    ["", "None.\n", "| # | Action | Owner |\n|---|---|---|\n", "| # | Action | Owner |\n|---|---|---|\n|  |  |  |\n"],
)
def test_a_section_without_a_row_has_none(text):
    assert said(actions(text), "actions-missing") == [(line_of("## Action items"), "There are no action items.")]


@pytest.mark.parametrize("text", ["- Alert on saturation\n", "- [ ] Alert on saturation\n", "1. Alert on saturation\n"])
def test_a_list_is_not_tracked(text):
    assert [message for _, message in said(actions(text), "actions-missing")] == [
        "The action items are no table, so none of them is tracked."
    ]


def test_a_lightweight_one_may_say_why_nothing_changes():
    assert (
        findings(actions("The flag is gone for good, so nothing needs to change.\n", "lightweight"), "actions-missing")
        == []
    )
    assert len(findings(actions("\n", "lightweight"), "actions-missing")) == 1


def test_what_is_still_to_be_written_is_left_to_its_own_rule():
    assert findings(actions("TODO: what do we do this week?\n"), "actions-missing") == []


def test_without_the_section_another_rule_speaks():
    assert findings(without("## Action items"), "actions-missing") == []
    assert findings(GOOD, "actions-missing") == []
