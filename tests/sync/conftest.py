"""A local Jira and an archive for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import jira_sandbox
from jira_sandbox import Sandbox
from tests.sync.archives import Archive, make

PEOPLE = [
    {"handle": "jane.smith", "name": "Jane Smith", "email": "jane.smith@fernway.example", "jira": "acc-jane"},
    {"handle": "ben.carter", "name": "Ben Carter", "email": "ben.carter@fernway.example", "jira": "acc-ben"},
]


@pytest.fixture(params=["cloud", "data-center"])
def jira(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A local Jira of either kind."""
    with jira_sandbox.start(request.param, people=PEOPLE) as running:
        yield running


@pytest.fixture
def archive(tmp_path: Path, jira: Sandbox) -> Archive:
    """An archive that is kept in it."""
    return make(tmp_path / "archive", jira.environment)
