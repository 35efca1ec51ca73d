"""The document was published in time."""

from datetime import date

from generator.settings.model import Settings
from generator.settings.policy import Policy
from tests.check.sample import GOOD, changed, findings, said

OPEN = changed(("status: published", "status: in-review"), ("published: 2026-03-20\n", ""))


def test_it_is_to_be_published_seven_days_after_the_end():
    assert findings(OPEN, "policy-published", today=date(2026, 3, 22)) == []
    assert said(OPEN, "policy-published", today=date(2026, 3, 23)) == [
        (4, "It was to be published by 2026-03-22, 7 days after the incident was resolved.")
    ]


def test_the_policy_sets_it_for_each_severity_or_for_none():
    def due(**policy):
        return said(OPEN, "policy-published", today=date(2026, 4, 1), settings=Settings(policy=Policy(**policy)))

    assert due(severities={"SEV2": {"published": 30}}) == []
    assert due(default={"published": None}) == []
    assert due(default={"published": 3})[0][1].startswith("It was to be published by 2026-03-18, 3 days")


def test_a_draft_of_a_grave_incident_gets_a_warning_too():
    text = OPEN.replace("in-review", "draft")
    late = date(2026, 4, 1)

    assert [found.severity for found in findings(text, "policy-published", today=late)] == ["warning"]
    assert [found.severity for found in findings(text.replace("SEV2", "SEV3"), "policy-published", today=late)] == [
        "advice"
    ]


def test_late_is_advice_and_a_missing_day_a_warning():
    (late,) = findings(changed(("published: 2026-03-20", "published: 2026-03-24")), "policy-published")
    (missing,) = findings(changed(("published: 2026-03-20\n", "")), "policy-published")

    assert late.message.startswith("It was published on 2026-03-24, after 2026-03-22")
    assert missing.message == "It is published, and does not say since when."
    assert [late.severity, missing.severity] == ["advice", "warning"]


def test_without_an_end_or_severity_nothing_is_due():
    assert (
        findings(OPEN.replace("resolved: 2026-03-15T16:46:00Z\n", ""), "policy-published", today=date(2027, 1, 1)) == []
    )
    assert findings(GOOD, "policy-published") == []
