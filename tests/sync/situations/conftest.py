"""A team's archive and its Jira, of either kind, for every test."""

import functools
from collections.abc import Iterator
from pathlib import Path

import pytest

import jira_sandbox
from generator.clients.http import RetryPolicy, client
from jira_sandbox import Sandbox
from tests.sync.archives import make
from tests.sync.conftest import PEOPLE
from tests.sync.situations.synced import SyncedArchive


@pytest.fixture(params=["cloud", "data-center"])
def jira(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A local Jira of either kind."""
    with jira_sandbox.start(request.param, people=PEOPLE) as running:
        yield running


@pytest.fixture
def synced(
    tmp_path: Path, jira: Sandbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> SyncedArchive:
    """An archive that is kept in it; nobody really waits."""
    naps: list[float] = []
    monkeypatch.setattr(client, "RetryPolicy", functools.partial(RetryPolicy, timeouts=(5.0, 5.0), sleep=naps.append))
    archive = make(tmp_path / "archive", jira.environment)
    synced = SyncedArchive(jira, archive, monkeypatch, capsys.readouterr, naps)
    synced.set(**jira.environment, JIRA_GRACE="1")
    return synced
