"""Every code that a run may tell is declared, and every declared one can be told."""

import ast

from generator.sync.github.rules import GitHubRules
from generator.sync.jira.rules import JiraRules
from generator.sync.plan.changes import TELLING, Action
from generator.sync.plan.codes import CODES
from generator.sync.plan.comparing import LABELS
from tests.folders import REPOSITORY

HOUSE = REPOSITORY / "generator"


def told():
    """The codes in the source: words given as `code=`, as the first part of a notice, and those made of an action."""
    for room in ("sync",):
        for path in (HOUSE / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.keyword) and node.arg == "code" and isinstance(node.value, ast.Constant):
                    yield node.value.value
                if isinstance(node, ast.Call):
                    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                    place = {"LeftOut": 0, "leave_out": 1, "conflict": 0, "warning": 0}.get(name)
                    if place is not None and len(node.args) > place and isinstance(node.args[place], ast.Constant):
                        yield node.args[place].value
    yield "missing"
    yield from (f"edited-in-{rules.name}" for rules in (JiraRules, GitHubRules))
    yield from (f"both-changed-{name}" for name in LABELS if name != "status")
    yield from (f"{action.value}-failed" for action in Action if action not in TELLING)


def test_the_codes_that_can_be_told_are_those_that_are_declared():
    assert {code for code in told() if code} == set(CODES)
