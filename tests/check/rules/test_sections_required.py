"""The sections that a document of its type needs."""

import pytest

from tests.check.sample import GOOD, changed, findings, line_of, said, without


@pytest.mark.parametrize("heading", ["Summary", "Impact", "Timeline", "Root cause", "Resolution", "Action items"])
def test_an_outage_needs_each_of_them(heading):
    assert said(without(f"## {heading}"), "sections-required") == [
        (line_of("type:"), f"There is no section “{heading}”.")
    ]


def test_several_missing_ones_are_one_finding():
    text = without("## Impact", without("## Resolution"))

    assert said(text, "sections-required") == [(6, "2 sections are missing: “Impact”, “Resolution”.")]


def test_any_known_name_of_a_section_will_do():
    text = changed(
        ("## Root cause", "## RCA"), ("## Action items", "## Follow-ups"), ("## Impact", "### Customer impact")
    )

    assert findings(text, "sections-required") == []


def test_lessons_may_stand_without_a_heading_of_their_own():
    assert findings(changed(("## Lessons learned\n", "")), "sections-required") == []


def test_a_lightweight_one_needs_less():
    text = without("## Impact", without("## Resolution", without("## Lessons learned"))).replace(
        "type: outage", "type: lightweight"
    )

    assert findings(text, "sections-required") == []


def test_a_near_miss_needs_no_resolution():
    assert findings(without("## Resolution").replace("type: outage", "type: near-miss"), "sections-required") == []


def test_a_type_of_ones_own_needs_a_summary_only():
    text = "---\nid: A\ntitle: T\nstatus: published\nseverity: SEV1\ntype: drill\n---\n\n## Summary\n\nx\n"

    assert findings(text, "sections-required") == []
    assert said(text.replace("## Summary", "## Words"), "sections-required") == [(6, "There is no section “Summary”.")]


def test_a_document_that_does_not_say_its_type_is_an_outage():
    assert said(without("## Impact").replace("type: outage\n", ""), "sections-required") == [
        (1, "There is no section “Impact”.")
    ]


STEPS = """Acknowledge and categorise,Preserve evidence,Assign roles and notify,Containment and eradication,Root cause analysis,
Control failures,Audit logs and monitoring gaps,Access control,Backup and recovery,Customer impact,Corrective actions,
Policies and playbooks,Awareness session,Re-test of controls,Archive""".replace("\n", "").split(",")
SECURITY = changed(("type: outage", "type: security")) + "".join(
    f"\n## {n}. {step}\n\nx\n" for n, step in enumerate(STEPS, 1)
)


def test_a_security_review_needs_its_fifteen_steps():
    assert findings(SECURITY, "sections-required") == []
    text = SECURITY.replace("## 13. Awareness session", "## 13. Nothing").replace("## 8. Access control", "## 8. Doors")
    (found,) = findings(text, "sections-required")

    assert found.message == "2 of the 15 steps of a security review have no section: Access control, Awareness session."


@pytest.mark.parametrize(("status", "level"), [("draft", "advice"), ("in-review", "warning"), ("published", "error")])
def test_a_draft_is_advised_and_a_published_one_is_held_to_it(status, level):
    text = without("## Impact").replace("status: published", f"status: {status}")

    assert [found.severity for found in findings(text, "sections-required")] == [level]


def test_the_sample_is_fine():
    assert findings(GOOD, "sections-required") == []
