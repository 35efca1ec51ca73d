"""No item of a published security review is open."""

import pytest

from tests.check.sample import changed, findings

DONE = "- [x] Keys rotated — owner: noor.haddad; evidence: [SEC-1](https://tickets.example.com/SEC-1)\n"
OPEN = "- [ ] Detection **tried** — owner: noor.haddad; evidence:\n"
LINKED = "- [ ] Detection tried — owner: noor.haddad; evidence: [SEC-2](https://tickets.example.com/SEC-2)\n"


def review(items, status="published", kind="security"):
    return changed(
        ("type: outage", f"type: {kind}"),
        ("status: published", f"status: {status}"),
        ("## Resolution\n", f"## Archive\n\n{items}\n"),
    )


def test_an_open_item_is_an_error_once_it_is_published():
    (found,) = findings(review(DONE + OPEN), "checklist-open")

    assert (found.message, found.severity) == ("“Detection tried” is open in a published review.", "error")


@pytest.mark.parametrize("evidence", ["[SEC-2](https://tickets.example.com/SEC-2)", "SEC-2", "#77"])
def test_one_that_a_ticket_carries_on_is_advice(evidence):
    items = f"- [ ] Detection tried — owner: noor.haddad; evidence: {evidence}\n"

    assert [found.severity for found in findings(review(DONE + items), "checklist-open")] == ["advice"]


def test_in_review_they_are_counted():
    (found,) = findings(review(DONE + OPEN + LINKED, "in-review"), "checklist-open")

    assert (found.message, found.severity) == ("2 of 3 items are open.", "warning")


def test_a_draft_and_other_types_may_have_open_items():
    assert findings(review(OPEN, "draft"), "checklist-open") == []
    assert findings(review(OPEN, kind="outage"), "checklist-open") == []
    assert findings(review(DONE), "checklist-open") == []
