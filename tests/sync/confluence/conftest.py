"""A local Confluence and an archive for every test, and runs of the pages over it."""

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from generator.clients.confluence import RetryPolicy, connect
from generator.document import archive
from generator.settings import load as config
from generator.settings.load import borrowed, load
from generator.sync import confluence_run
from generator.sync.confluence import ConfluenceTarget
from generator.sync.plan import report
from generator.sync.plan.facts import archive_facts
from generator.sync.run import SyncResult
from tests.forking import postmortem
from tests.sync.confluence.stand_in import World, confluence

DOCUMENT = """\
---
id: {id}
title: {title}
status: {status}
severity: {severity}
type: outage
started: {started}T14:32:00Z
detected: {started}T14:35:00Z
mitigated: {started}T15:15:00Z
resolved: {started}T16:46:00Z
services: [checkout-api]
commander: jane.smith
audience: {audience}
---

# {title}

## Summary

{text}

![Errors per minute](INC-2026-0042-checkout/errors.png) and the [log](INC-2026-0042-checkout/log.txt)

## Action items

| # | Action | Owner | Due date | Status | Ticket |
|---|---|---|---|---|---|
| 1 | Let migrations fail where an index is dropped | jane.smith | 2026-04-01 | open | {ticket} |
"""
SETTINGS = "title: Test archive\nurl: https://postmortems.fernway.example/\n"
PEOPLE = "jane.smith: {name: Jane Smith, email: jane.smith@fernway.example}\n"
ID = "INC-2026-0042"


@dataclass
class Archive:
    """An archive in a folder, and the Confluence that its pages are in."""

    root: Path
    world: World

    def write(self, id: str = ID, **values: str) -> Path:  # noqa: A002 - the field's name
        path = self.root / "postmortems" / "2026" / f"{id}-checkout.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        told = {"title": "Checkout errors", "status": "published", "severity": "SEV1", "started": "2026-03-15"}
        told |= {
            "audience": "internal",
            "ticket": "OPS-7",
            "text": "For 43 minutes, **three in five** saw an error.",
            **values,
        }
        path.write_text(DOCUMENT.format(id=id, **told), encoding="utf-8")
        return path

    def attach(self, name: str, content: bytes, id: str = ID) -> Path:  # noqa: A002 - the field's name
        path = self.root / "postmortems" / "2026" / f"{id}-checkout" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def settings(self, more: str) -> None:
        (self.root / "site_config" / "archive.yml").write_text(SETTINGS + more, encoding="utf-8")

    def run(self, *, apply: bool = True, force: bool = False) -> SyncResult:
        """One run in this process; what it wrote is in the world's `writes`."""
        with borrowed({**self.world.environment, "JIRA_NOTHING": ""}):
            loaded = load(self.root)
            connection = config.confluence(loaded.settings)
        waits = RetryPolicy(tries=2, sleep=lambda _: None)
        target = ConfluenceTarget(connect(connection, waits=waits), loaded.settings)
        jira = replace(loaded.settings.jira, url="https://jira.fernway.example")
        settings = replace(loaded.settings, jira=jira)
        self.world.writes.clear()
        self.world.asked.clear()
        return confluence_run.run(
            self.root,
            archive_facts(archive.load(self.root), settings),
            target,
            settings,
            apply=apply,
            force=force,
            tell=lambda _: None,
        )

    def command(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """`postmortem sync` as its own process."""
        kept = {n: v for n, v in os.environ.items() if not n.startswith(("JIRA_", "CONFLUENCE_"))}
        line = [postmortem(), "-C", str(self.root), "sync", *arguments]
        ran = subprocess.run(line, capture_output=True, text=True, check=False, timeout=60, env={**kept, **environment})
        assert "Traceback" not in ran.stderr, ran.stderr
        return ran


def rows(result: SyncResult) -> list[dict[str, object]]:
    """What a run printed as JSON."""
    return json.loads(json.dumps([report.row(one) for one in result.done]))


def told(result: SyncResult) -> list[tuple[object, object, object]]:
    """Each change as its action, its code, and whether it was done."""
    return [(row["action"], row["code"], row["done"]) for row in rows(result)]


@pytest.fixture(params=["cloud", "data-center"])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    with confluence(request.param) as running:
        yield running


@pytest.fixture
def site(tmp_path: Path, world: World) -> Archive:
    """An archive without a postmortem yet."""
    root = tmp_path / "archive"
    (root / "site_config").mkdir(parents=True)
    (root / "postmortems").mkdir()
    (root / "site_config" / "people.yml").write_text(PEOPLE, encoding="utf-8")
    made = Archive(root, world)
    made.settings("")
    return made
