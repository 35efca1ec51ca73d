"""A finding is silenced where it stands, with a reason; a silence without one, or without use, is itself a finding."""

import pytest

from tests.check.sample import GOOD, changed, findings, line_of

ITEM = "| amara.okafor | 2026-04-17 | open | OPS-2 |"
VAGUE = ("Retry payment requests at most once", "Improve monitoring")
REASON = "<!-- check: ignore action-vague: the ticket says exactly what -->"


def rules(text, *only):
    return [found.rule for found in findings(text) if not only or found.rule in only]


def test_a_comment_on_the_line_silences_the_finding():
    assert rules(changed(VAGUE)) == ["action-vague"]
    assert rules(changed(VAGUE, (ITEM, f"{ITEM} {REASON}"))) == []


def test_a_comment_on_the_line_above_speaks_for_the_next_line_only():
    text = changed(
        ("Building the index took", f"{REASON.replace('action-vague', 'todo')}\nTODO: one\nTODO: two, Building")
    )

    assert [found.line for found in findings(text, "todo")] == [line_of("TODO: two", text)]


def test_several_comments_and_an_empty_line_may_stand_in_between():
    comment = REASON.replace("action-vague", "todo")
    text = changed(("Building the index took", f"{comment}\n<!-- another -->\n\nTODO: one, Building"))

    assert findings(text, "todo") == []


def test_a_comment_in_the_first_lines_of_the_body_speaks_for_the_whole_file():
    text = changed(VAGUE, ("\n## Summary", f"{REASON}\n\n## Summary"))

    assert rules(text) == []


def test_further_down_it_does_not():
    text = changed(VAGUE, ("## Impact", f"{REASON}\n\n## Impact"))

    assert rules(text) == ["silence-unused", "action-vague"]


def test_one_comment_may_name_several_rules():
    text = changed(
        VAGUE,
        (ITEM, "|  | 2026-04-17 | open | OPS-2 | <!-- check: ignore action-vague, action-owner: it is agreed -->"),
    )

    assert rules(text) == []


def test_in_the_front_matter_a_yaml_comment_does_it():
    on_line = changed(("severity: SEV2", "severity: Sev9  # check: ignore schema-severity: the old scale"))
    above = changed(("severity: SEV2", "# check: ignore schema-severity: the old scale\nseverity: Sev9"))

    assert findings(on_line, "schema-severity") == findings(above, "schema-severity") == []
    assert "silence-unused" not in rules(on_line)


@pytest.mark.parametrize("comment", ["<!-- check: ignore action-vague -->", "<!-- check: ignore action-vague: -->"])
def test_without_a_reason_it_silences_nothing_and_says_so(comment):
    text = changed(VAGUE, (ITEM, f"{ITEM} {comment}"))

    assert rules(text) == ["action-vague", "silence-reason"]
    (found,) = findings(text, "silence-reason")
    assert found.message == "`action-vague` is silenced without a reason, so it is not silenced."
    assert found.severity == "error"


def test_a_rule_that_does_not_exist_is_named_with_the_one_that_was_meant():
    text = changed((ITEM, f"{ITEM} {REASON.replace('action-vague', 'action-vage')}"))
    (found,) = findings(text)

    assert (found.rule, found.hint) == ("silence-unknown", "Did you mean `action-vague`?")
    (found,) = findings(changed((ITEM, f"{ITEM} <!-- check: ignore: x -->")))
    assert found.message == "The comment names no rule, so this silences nothing."


def test_one_that_silences_nothing_is_advice():
    (found,) = findings(changed((ITEM, f"{ITEM} {REASON}")))

    assert (found.rule, found.severity) == ("silence-unused", "advice")
    assert found.message == "`action-vague` has nothing to say here any more."


def test_one_for_a_rule_that_was_not_asked_is_not_called_unused():
    assert findings(changed((ITEM, f"{ITEM} {REASON}")), "todo") == []


def test_one_for_a_language_finding_on_an_untouched_line_is_not_called_unused():
    text = changed(
        (
            "The new schema lacked",
            "It was human error. <!-- check: ignore blameless-human-error: a quotation -->\nThe new schema lacked",
        )
    )

    assert findings(text, changed=frozenset()) == findings(text) == []


def test_in_code_it_is_an_example_and_no_silence():
    text = changed(("Building the index took", f"```\n{REASON}\n```\n\nBuilding the index took"))

    assert findings(text) == []


def test_a_finding_about_several_documents_can_be_silenced_too():
    from generator.check.rule import Summary

    other = Summary("postmortems/b.md", incident="OPS-1234")
    text = changed(("audience: internal", "audience: internal\nincident: OPS-1234"))
    quiet = text.replace("OPS-1234", "OPS-1234  # check: ignore duplicate-incident: two views on one outage")

    assert [found.rule for found in findings(text, others=(other,))] == ["duplicate-incident"]
    assert findings(quiet, others=(other,)) == []


def test_what_cannot_be_read_cannot_be_silenced():
    text = "<!-- check: ignore front-matter: we like it so -->\n# Title\n"

    assert "front-matter" in rules(text)


def test_windows_line_endings_make_no_difference():
    text = changed(
        VAGUE, (ITEM, f"{ITEM} {REASON}"), ("severity: SEV2", "severity: Sev9  # check: ignore schema-severity: old")
    )

    assert rules(text.replace("\n", "\r\n")) == []
    assert findings(GOOD.replace("\n", "\r\n")) == []
