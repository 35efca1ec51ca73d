"""A stand-in for GitHub, a clone with an origin, and the client, for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.clients import github
from generator.settings.load.github import github as connection
from tests.clients.github import standin
from tests.clients.github.clones import Clone, make
from tests.clients.github.standin import Hub


@pytest.fixture
def hub() -> Iterator[Hub]:
    """GitHub."""
    with standin.start() as running:
        yield running


@pytest.fixture
def client(hub: Hub) -> github.GitHub:
    """Our client of it, without patience."""
    return github.connect(connection(hub.environment), waits=github.RetryPolicy(base=0, cap=0.05))


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """A clone of an archive, with a bare repository as its origin."""
    return make(tmp_path)
