"""GitHub and an archive whose action items are its issues, for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.github_issues import standin
from tests.github_issues.archives import make
from tests.github_issues.standin import Hub
from tests.syncing.archives import Archive
from tests.syncing.forks import Forks


@pytest.fixture(scope="package")
def forks() -> Iterator[Forks]:
    """Where runs come from."""
    with Forks() as running:
        yield running


@pytest.fixture
def hub() -> Iterator[Hub]:
    """GitHub."""
    with standin.start() as running:
        yield running


@pytest.fixture
def archive(tmp_path: Path, hub: Hub) -> Archive:
    """An archive with one postmortem of two action items."""
    found = make(tmp_path / "archive", hub)
    found.write()
    return found
