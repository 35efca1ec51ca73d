"""The list of worlds itself: enough of them, each with its own name, and none on the open list that is not there."""

import pytest

import jira_sandbox
from tests.sync.matrix.open_worlds import OPEN
from tests.sync.matrix.promises import lost_in_git, twice_in_jira
from tests.sync.matrix.worlds import WORLDS
from tests.sync.promises import document

SITUATIONS = {"first", "second", "pull", "two", "killed"}


def test_there_are_enough_worlds_and_each_has_a_name_of_its_own() -> None:
    names = [world.name for world in WORLDS]
    assert len(set(names)) == len(names) >= 24
    assert {name for name, _ in OPEN} <= set(names)
    assert {situation for _, situation in OPEN} <= SITUATIONS


@pytest.mark.parametrize(
    ("old", "new"),
    [("2026-04-01", ""), ("| ben.carter |", "| |"), ("A query lost its index.", ""), ("Alert on", "Alarm on")],
)
def test_what_is_lost_in_git_is_seen(old: str, new: str) -> None:
    before = document()
    assert lost_in_git(before, before) == []
    assert len(lost_in_git(before, before.replace(old, new))) == 1


def test_a_ticket_and_a_status_in_a_row_are_no_loss() -> None:
    before = document()
    after = before.replace("| 2026-04-01 | open | |", "| 2026-04-01 | completed | OPS-7 |")
    assert after != before
    assert lost_in_git(before, after.replace("audience: internal", "jira: INCIDENT-1\naudience: internal")) == []


def test_an_issue_that_was_withdrawn_as_a_duplicate_is_not_there_twice() -> None:
    with jira_sandbox.start() as jira:
        for _ in range(2):
            jira.add_issue("OPS", summary="Write the runbook")
        assert twice_in_jira(jira) == {"Write the runbook": 2}
        jira.set_status("OPS-2", "Done", resolution="Duplicate")
        assert twice_in_jira(jira) == {}
