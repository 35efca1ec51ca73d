"""A stand-in for GitHub, a Jira on loopback, a clone, and a machine that runs workflows in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import jira_sandbox
from jira_sandbox import Sandbox
from tests.clients.github import standin
from tests.clients.github.clones import Clone, make
from tests.clients.github.standin import Hub
from tests.workflows.runner import Machine

PEOPLE = [
    {"handle": "jane.smith", "name": "Jane Smith", "email": "jane.smith@fernway.example", "jira": "acc-jane"},
    {"handle": "amara.okafor", "name": "Amara Okafor", "email": "amara.okafor@fernway.example", "jira": "acc-amara"},
    {"handle": "li.wei", "name": "Li Wei", "email": "li.wei@fernway.example", "jira": "acc-li"},
]


@pytest.fixture
def hub() -> Iterator[Hub]:
    """GitHub."""
    with standin.start() as running:
        yield running


@pytest.fixture
def jira() -> Iterator[Sandbox]:
    """Jira Cloud."""
    with jira_sandbox.start("cloud", people=PEOPLE) as running:
        yield running


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """A clone with one postmortem, and its origin."""
    return make(tmp_path)


@pytest.fixture
def machine(tmp_path: Path, hub: Hub) -> Machine:
    """A machine without Jira."""
    return Machine(tmp_path / "machine", hub)


@pytest.fixture
def connected(machine: Machine, jira: Sandbox) -> Machine:
    """A machine whose repository knows where Jira is."""
    known = jira.environment
    machine.variables = {name: known[name] for name in ("JIRA_BASE_URL", "JIRA_POSTMORTEM_PROJECT_KEY")}
    machine.secrets = {name: known[name] for name in ("JIRA_EMAIL", "JIRA_API_TOKEN")}
    return machine
