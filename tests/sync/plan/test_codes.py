"""Every code that a run may tell is declared, and every declared one can be told."""

import ast

from generator.sync.plan.changes import Action
from generator.sync.plan.codes import CODES
from generator.sync.plan.comparing import LABELS
from generator.sync.plan.trackers import GITHUB, JIRA
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
                    place = {"LeftOut": 0, "leave_out": 1, "problem": 1}.get(name)
                    if place is not None and len(node.args) > place and isinstance(node.args[place], ast.Constant):
                        yield node.args[place].value
    yield from (f"edited-in-{place.name}" for place in (JIRA, GITHUB))
    yield from (f"both-changed-{name}" for name in LABELS if name != "status")
    done = {Action.CREATE, Action.ADOPT, Action.UPDATE, Action.STATUS, Action.LINK, Action.PAGE, Action.PULL}
    yield from (f"{action.value}-failed" for action in done | {Action.WRITE, Action.NOTE})


def test_the_codes_that_can_be_told_are_those_that_are_declared():
    assert {code for code in told() if code} == set(CODES)
