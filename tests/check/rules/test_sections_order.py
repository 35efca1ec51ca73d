"""The sections stand in the order that readers know."""

from tests.check.sample import GOOD, changed, findings, line_of, said


def moved(heading, before):
    """The sample with one section put before another."""
    start = GOOD.index(f"## {heading}\n")
    end = GOOD.index("\n## ", start) + 1
    section, rest = GOOD[start:end], GOOD[:start] + GOOD[end:]
    at = rest.index(f"## {before}\n")
    return rest[:at] + section + rest[at:]


def test_the_known_order_is_fine():
    assert findings(GOOD, "sections-order") == []


def test_only_the_section_that_would_have_to_move_is_named():
    text = moved("Root cause", "Summary")
    (found,) = findings(text, "sections-order")

    assert (found.line, found.message) == (line_of("## Root cause", text), "“Root cause” stands in an unusual place.")
    assert found.hint.startswith("Move it behind “Timeline”:")
    assert found.severity == "warning"


def test_the_summary_belongs_to_the_beginning():
    text = moved("Summary", "Resolution")

    assert [found.hint.split(":")[0] for found in findings(text, "sections-order")] == ["Move it to the beginning"]


def test_lessons_and_actions_may_change_places():
    start, end = GOOD.index("## Action items"), GOOD.index("## Lessons learned")
    text = GOOD[:start] + GOOD[end:] + "\n" + GOOD[start:end]

    assert findings(text, "sections-order") == []


def test_sections_of_ones_own_may_stand_anywhere():
    text = changed(
        ("## Impact", "## How the shop works\n\nx\n\n## Impact"), ("## Resolution", "## Odds\n\nx\n\n## Resolution")
    )

    assert findings(text, "sections-order") == []


def test_a_security_review_tells_the_impact_after_the_cause():
    text = moved("Root cause", "Impact").replace("type: outage", "type: security")

    assert said(text, "sections-order") == [
        (line_of("## Root cause", text), "“Root cause” stands in an unusual place.")
    ]
    assert (
        findings(moved("Impact", "Contributing factors").replace("type: outage", "type: security"), "sections-order")
        == []
    )
