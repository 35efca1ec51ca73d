"""No action item is due later than the policy allows."""

from generator.settings.model import Policy, Settings
from tests.check.sample import GOOD, changed, findings, line_of, said

SEV1 = ("severity: SEV2", "severity: SEV1")


def test_a_sev1_item_has_ninety_days_unless_the_policy_says_otherwise():
    assert findings(changed(SEV1, ("2026-04-17", "2026-06-13")), "action-late") == []
    assert said(changed(SEV1, ("2026-04-17", "2026-06-14")), "action-late") == [
        (line_of("Retry payment"), "This item is due on 2026-06-14; SEV1 allows 90 days, until 2026-06-13.")
    ]


def test_other_severities_have_no_limit_by_default():
    assert findings(changed(("2026-04-17", "2036-04-17")), "action-late") == []


def test_the_policy_sets_it_for_each_severity_or_for_none():
    short = Settings(policy=Policy(severities={"SEV2": {"actions": 30}}))
    none = Settings(policy=Policy(default={"actions": None}))

    assert len(findings(GOOD, "action-late", settings=short)) == 1
    assert findings(changed(SEV1, ("2026-04-17", "2036-04-17")), "action-late", settings=none) == []


def test_an_item_that_is_done_is_let_be():
    assert findings(changed(SEV1, ("2026-04-10", "2036-04-10")), "action-late") == []
