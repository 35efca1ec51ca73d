"""A security review says who may read it."""

from tests.check.sample import GOOD, changed, findings

SECURITY = ("type: outage", "type: security")


def test_an_outage_may_leave_it_open_or_be_public():
    assert findings(changed(("audience: internal\n", "")), "audience") == []
    assert findings(changed(("audience: internal", "audience: public")), "audience") == []


def test_a_restricted_or_internal_security_review_is_fine():
    assert findings(changed(SECURITY, ("audience: internal", "audience: restricted")), "audience") == []
    assert findings(changed(SECURITY), "audience") == []


def test_a_public_security_review_is_asked_about():
    (found,) = findings(changed(SECURITY, ("audience: internal", "audience: public")), "audience")

    assert (found.message, found.severity) == ("This security review is public.", "error")
    assert found.line == GOOD[: GOOD.index("audience:")].count("\n") + 1


def test_a_security_review_without_an_audience_says_what_it_then_is():
    (found,) = findings(changed(SECURITY, ("audience: internal\n", "")), "audience")

    assert found.message == "This security review does not say who may read it, so it is internal."
    assert found.severity == "warning"


def test_an_audience_that_cannot_be_read_is_left_to_its_own_rule():
    assert findings(changed(SECURITY, ("audience: internal", "audience: anybody")), "audience") == []
