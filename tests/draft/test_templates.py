"""The built-in templates hold what they promise."""

import re

import pytest

from generator.document.parse import parse
from generator.draft.compose import compose
from generator.draft.merge import merge
from tests.draft.rich import ALL_SOURCES, NOW, SENTRY, SETTINGS
from tests.draft.test_golden import template

FIFTEEN = (
    "Acknowledge and categorise",
    "Preserve evidence",
    "Assign roles and notify",
    "Containment and eradication",
    "Root cause analysis",
    "Control failures",
    "Audit logs and monitoring gaps",
    "Access control",
    "Backup and recovery",
    "Customer impact",
    "Corrective actions",
    "Policies and playbooks",
    "Awareness session",
    "Re-test of controls",
    "Archive",
)


def parsed(name):
    merged = merge([*ALL_SOURCES, SENTRY], SETTINGS)
    return parse(compose(merged, template(name), SETTINGS, id="INC-2026-0042", now=NOW).text).postmortem


def tasks_of(known, section):
    return [task for task in known.tasks if task.section.endswith(f". {section}")]


def test_a_security_review_has_its_fifteen_sections_in_order_each_a_list_of_tasks():
    known = parsed("security")

    numbered = [section.title for section in known.sections if re.match(r"\d+\. ", section.title)]
    assert numbered == [f"{number}. {title}" for number, title in enumerate(FIFTEEN, 1)]
    assert all(len(tasks_of(known, title)) >= 4 for title in FIFTEEN)


def test_every_task_of_a_security_review_takes_an_owner_and_evidence():
    body = compose(merge(ALL_SOURCES, SETTINGS), template("security"), SETTINGS, id="X-1", now=NOW).text
    lines = [line for line in body.splitlines() if "- [ ]" in line]

    assert len(lines) == len(parsed("security").tasks) > 100
    assert all(line.endswith(" — owner: ; evidence:") for line in lines)
    assert not any("owner:" in task.text or "evidence:" in task.text for task in parsed("security").tasks)


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ("Assign roles and notify", ["Legal"]),
        ("Audit logs and monitoring gaps", ["Identity provider", "Cloud audit trail", "Databases"]),
        ("Access control", ["Least privilege", "Multi-factor", "Service accounts"]),
        ("Backup and recovery", ["Timestamp as expected", "No data lost", "Integrity"]),
    ],
)
def test_lists_in_lists_are_nested(section, words):
    nested = [task.text for task in tasks_of(parsed("security"), section) if task.depth == 1]

    assert all(any(text.startswith(word) for text in nested) for word in words)


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ("Backup and recovery", ["Restore verified"]),
        ("Awareness session", ["Meeting scheduled", "Recording and notes shared", "Attendance confirmed"]),
        ("Re-test of controls", ["with proof"]),
    ],
)
def test_the_steps_that_a_review_must_not_forget_are_there(section, words):
    texts = [task.text for task in tasks_of(parsed("security"), section)]

    assert all(any(word in text for text in texts) for word in words)


def test_a_security_review_is_restricted_from_its_first_line():
    assert parsed("security").audience == "restricted"


@pytest.mark.parametrize("name", ["outage", "security", "lightweight", "near-miss"])
def test_every_template_keeps_the_parts_that_the_tool_reads(name):
    known = parsed(name)

    keys = {section.key for section in known.sections}
    assert {"summary", "impact", "timeline", "root-cause", "action-items", "lessons-learned"} <= keys
    assert known.type == name
    assert len(known.timeline) > 10
    assert [item.ticket for item in known.actions] == [
        "[OPS-7](https://jira.example.com/browse/OPS-7)",
        "[OPS-8](https://jira.example.com/browse/OPS-8)",
    ]
    assert known.todos


@pytest.mark.parametrize("name", ["outage", "security", "lightweight", "near-miss"])
def test_every_todo_asks_something(name):
    text = compose(merge(ALL_SOURCES, SETTINGS), template(name), SETTINGS, id="X-1", now=NOW).text

    questions = re.findall(r"TODO:.*", text)
    assert len(questions) >= 4
    assert [question for question in questions if "?" not in question] == []


def test_what_only_people_know_is_asked():
    text = compose(merge(ALL_SOURCES, SETTINGS), template("outage"), SETTINGS, id="X-1", now=NOW).text

    asked = [
        "**Users**: TODO:",
        "**Business**: TODO:",
        "## Root cause\n\nTODO:",
        "## Contributing factors\n\n1. **TODO:",
        "TODO: immediate:",
        "TODO: long-term:",
        "### What went well\n\nTODO:",
        "### What didn't go well\n\nTODO:",
        "### Where we got lucky\n\nTODO:",
    ]
    assert [words for words in asked if words not in text] == []
