"""Suggestions change only what they name, on changed lines, and only where the rule is content afterwards."""

from datetime import date

import pytest

from generator.check import engine
from generator.check.pull_request.model import When
from generator.check.pull_request.suggesting import suggestions
from generator.check.pull_request.todo import items
from generator.check.rule import Context
from generator.document.model import Status
from generator.document.parse import parse
from generator.settings.model import Settings
from tests.conftest import EXAMPLE

CAUSE = "The pool was too small."
CONTEXT = Context(Settings(), date(2026, 11, 20))


def suggested(sentence: str, **other: object) -> dict[str, str]:
    document = parse(EXAMPLE.replace(CAUSE, sentence), "postmortems/2026/INC-2026-0042-checkout.md")
    context = Context(Settings(), date(2026, 11, 20), **other)
    return {one.before: one.after for one in suggestions(document, engine.run(document, context), context)}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "Due to human error, the pool was too small.",
            "The pool was too small. TODO: what in the system made this possible?",
        ),
        ("The outage was caused by human error.", "TODO: what in the system made the outage possible?"),
        ("A replica was lost due to human error.", "A replica was lost. TODO: what in the system made this possible?"),
        (
            "It was obvious that the disk would fill up.",
            "The disk would fill up. TODO: what could people see of it at the time?",
        ),
        ("An engineer carelessly closed the alert.", "An engineer closed the alert."),
        ("- We will be more careful.", "- TODO: which check, default or guard would make this harmless?"),
    ],
)
def test_a_judgement_is_left_out_or_becomes_a_question(before, after):
    assert suggested(before) == {before: after}


@pytest.mark.parametrize("sentence", ["Jane is at fault.", "The engineer should have noticed the alert.", CAUSE])
def test_where_no_wording_is_safe_none_is_suggested(sentence):
    assert suggested(sentence) == {}


def test_what_the_fixer_would_do_is_suggested_at_its_line():
    text = EXAMPLE.replace("2026-03-15T14:32:00Z   # first", "2026-03-15T16:32:00+02:00   # first")
    document = parse(text, "postmortems/2026/INC-2026-0042-checkout.md")

    (one,) = suggestions(document, (), CONTEXT)

    assert one.before == "started: 2026-03-15T16:32:00+02:00   # first failed payment"
    assert one.after == "started: 2026-03-15T14:32:00Z   # first failed payment"
    assert one.line == text.split("\n").index(one.before) + 1


def test_lines_that_did_not_change_are_left_alone():
    assert suggested("Due to human error, the pool was too small.", changed=frozenset({1})) == {}


def test_findings_are_told_apart_by_when_they_are_due():
    text = EXAMPLE.replace("status: published", "status: draft")
    document = parse(text, "postmortems/2026/INC-2026-0042-checkout.md")
    context = Context(Settings(), date(2026, 11, 20))

    found = {item.rule: item.when for item in items([document], engine.run(document, context), context)}

    assert document.postmortem.status is Status.DRAFT
    assert found["action-owner"] is When.REVIEW
    assert found["summary-story"] is When.PUBLISH
    assert "policy-review" in found
