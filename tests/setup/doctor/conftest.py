"""A local Jira of either kind, an archive that fits it, and a doctor who does not wait long."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import jira_sandbox
from generator.clients.jira import RetryPolicy
from generator.document import archive
from generator.settings.load import load
from generator.setup import doctor
from generator.setup.doctor import Diagnosis, Health
from jira_sandbox import Sandbox

PEOPLE = [
    {"handle": "jane.smith", "name": "Jane Smith", "email": "jane.smith@fernway.example", "jira": "acc-jane"},
    {"handle": "ben.carter", "name": "Ben Carter", "email": "ben.carter@fernway.example", "jira": "acc-ben"},
]
HASTE = RetryPolicy(tries=1, base=0.0, cap=0.05)
ARCHIVE = """\
title: Test archive
url: https://postmortems.fernway.example/
services:
  - {name: checkout-api, owners: [jane.smith]}
"""
NAMES = """\
jane.smith: {name: Jane Smith, email: jane.smith@fernway.example}
ben.carter: {name: Ben Carter, email: ben.carter@fernway.example}
"""
DOCUMENT = """\
---
id: INC-2026-0001
title: Checkout errors
status: draft
severity: SEV1
category: Capacity
commander: jane.smith
---

## Action items

| # | Action        | Owner       | Due date   | Status | Ticket |
|---|---------------|-------------|------------|--------|--------|
| 1 | Size the pool | @ben.carter | 2026-12-01 | open   |        |
"""


class Practice:
    """An archive and its Jira, examined as often as wanted."""

    def __init__(self, root: Path, jira: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root, self.jira, self._monkeypatch = root, jira, monkeypatch
        self.told: list[str] = []
        self.write("site_config/archive.yml", ARCHIVE)
        self.write("site_config/people.yml", NAMES)
        self.write("postmortems/2026/INC-2026-0001-checkout.md", DOCUMENT)
        self.set(**jira.environment)

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def settings(self, text: str) -> None:
        """Add lines to archive.yml."""
        self.write("site_config/archive.yml", ARCHIVE + text)

    def set(self, **variables: str) -> None:
        """Set environment variables; an empty one is as good as none."""
        for name, value in variables.items():
            self._monkeypatch.setenv(name, value)

    def case(self, gateway: str = "https://api.atlassian.com") -> doctor.DoctorContext:
        loaded = load(self.root)
        return doctor.DoctorContext(
            loaded, archive.load(self.root), waits=HASTE, gateway=gateway, tell=self.told.append
        )

    def examine(self, *, end_to_end: bool = False, gateway: str = "https://api.atlassian.com") -> list[Diagnosis]:
        return list(doctor.examine(self.case(gateway), end_to_end=end_to_end))

    def bad(self, **how: bool) -> list[Diagnosis]:
        """What is not as it should be."""
        return [one for one in self.examine(**how) if one.verdict in {Health.WARNING, Health.FAULT}]

    def one(self, subject: str, **how: bool) -> Diagnosis:
        """The only diagnosis of a subject, where nothing else is wrong."""
        bad = self.bad(**how)
        assert [one.subject for one in bad] == [subject], bad
        return bad[0]


@pytest.fixture(params=["cloud", "data-center"])
def jira(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A local Jira of either kind."""
    with jira_sandbox.start(request.param, people=PEOPLE) as running:
        yield running


@pytest.fixture
def cloud() -> Iterator[Sandbox]:
    """A local Jira Cloud."""
    with jira_sandbox.start("cloud", people=PEOPLE) as running:
        yield running


Open = Callable[[Sandbox], Practice]


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens a practice for a Jira."""
    for name in ("JIRA_PAT", "JIRA_EMAIL", "JIRA_API_TOKEN", "JIRA_API_URL", "JIRA_DEPLOYMENT", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return lambda jira: Practice(tmp_path / "archive", jira, monkeypatch)


@pytest.fixture
def practice(opened: Open, jira: Sandbox) -> Practice:
    """A practice where everything is fine."""
    return opened(jira)
