"""Jira and GitHub in one archive: each item in one of them, and the trouble of one is not the other's."""

from pathlib import Path

import pytest

import jira_sandbox
from tests.clients.github.standin import HOME, Hub
from tests.sync.archives import Archive
from tests.sync.conftest import PEOPLE
from tests.sync.forks import Forks
from tests.sync.github import archives
from tests.sync.github.archives import AT_ONCE, make, url

SETTINGS = f"""\
title: Test archive
url: https://postmortems.fernway.example/
jira:
  project: INCIDENT
  action_project: OPS
services:
  - name: checkout-api
    tracker: github
    github: {HOME}
  - name: search
"""


@pytest.fixture
def jira():
    """A local Jira."""
    with jira_sandbox.start("cloud", people=PEOPLE) as running:
        yield running


@pytest.fixture
def both(tmp_path: Path, hub: Hub, jira: jira_sandbox.Sandbox) -> Archive:
    """An archive that is kept in both."""
    found = make(tmp_path / "both", hub, SETTINGS)
    found.environment.update(jira.environment)
    found.write()
    return found


def test_each_item_goes_to_one_of_them(hub: Hub, both: Archive, forks: Forks, jira: jira_sandbox.Sandbox) -> None:
    archives.change(both, ("2026-04-15 | open | |", "2026-04-15 | open | OPS-1 |"))
    jira.add_issue("OPS", summary="By hand")
    run = forks.sync(both, "--apply", **AT_ONCE)
    assert run.code == 0
    where = {(row["target"], row["action"], row["item"]) for row in run.rows if row["action"] in {"create", "adopt"}}
    assert where == {("jira", "create", None), ("jira", "adopt", 2), ("github", "create", 1)}
    assert url(hub, 1) in archives.text(both)
    assert len(jira.issues()) == 2
    again = forks.sync(both, "--apply", **AT_ONCE)
    assert [row for row in again.rows if row["target"] == "github"] == []
    assert len(hub.repositories[HOME].issues) == 1
    assert len(jira.issues()) == 2


def test_of_two_items_with_one_number_is_told_once(both: Archive, forks: Forks) -> None:
    archives.change(both, ("| 2 | Alert", "| 1 | Alert"))
    run = forks.sync(both, "--apply", **AT_ONCE)
    assert [(row["target"], row["code"]) for row in run.rows if row["code"]] == [("github", "number-twice")]


def test_the_trouble_of_one_does_not_keep_the_other(hub: Hub, both: Archive, forks: Forks) -> None:
    hub.fault("GET /user", 401, times=9)
    run = forks.sync(both, "--apply", **AT_ONCE)
    assert run.code == 1
    assert "GitHub" in run.err
    assert ("create", None) in run.actions()
