"""GitHub and an archive whose action items are its issues, for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clients.github import standin
from tests.clients.github.standin import Hub
from tests.sync.archives import Archive
from tests.sync.forks import Forks
from tests.sync.github.archives import make


@pytest.fixture(scope="package")
def forks() -> Iterator[Forks]:
    """Where runs come from."""
    with Forks() as running:
        yield running


@pytest.fixture
def hub() -> Iterator[Hub]:
    """GitHub."""
    with standin.start() as running:
        running.login = "fernway-archive"
        yield running


@pytest.fixture
def archive(tmp_path: Path, hub: Hub) -> Archive:
    """An archive with one postmortem of two action items."""
    found = make(tmp_path / "archive", hub)
    found.write()
    return found
