"""A small archive and a run of `sync` over it, as a team would have them."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.forking import postmortem

SETTINGS = """\
title: Test archive
url: https://postmortems.fernway.example/
jira:
  project: INCIDENT
  action_project: OPS
"""
PEOPLE = """\
jane.smith: {name: Jane Smith, email: jane.smith@fernway.example, jira: "acc-jane"}
ben.carter: {name: Ben Carter, email: ben.carter@fernway.example, jira: "acc-ben"}
"""
DOCUMENT = """\
---
id: {id}
title: Checkout errors after a migration
status: {status}
severity: SEV1
type: outage
started: 2026-03-15T14:32:00Z
detected: 2026-03-15T14:35:00Z
mitigated: 2026-03-15T15:15:00Z
resolved: 2026-03-15T16:46:00Z
services: [checkout-api]
commander: jane.smith
audience: internal
---

## Summary

For 43 minutes, **three in five** customers saw an error instead of a receipt.

## Impact

- 1,204 orders were not paid.

## Timeline

| Time | Event |
|---|---|
| 2026-03-15 14:32 | The migration begins |
| 2026-03-15 16:46 | **Resolved** |

## Root cause

A query lost its index.

## Resolution

The index was put back.

## Action items

| # | Action | Owner | Due date | Status | Ticket |
|---|---|---|---|---|---|
{rows}
## Lessons learned

### Where we got lucky

- It was a Sunday.
"""
ROWS = (
    "| 1 | Let migrations fail where an index is dropped | ben.carter | 2026-04-01 | open | |\n"
    "| 2 | Alert on the share of failed payments | jane.smith | 2026-04-15 | open | |\n"
)


@dataclass(frozen=True)
class Run:
    """What a run printed, and how it ended."""

    code: int
    rows: list[dict[str, object]]
    err: str

    def actions(self) -> list[tuple[object, object]]:
        """Each change as its action and item."""
        return [(row["action"], row["item"]) for row in self.rows]

    def codes(self) -> set[object]:
        """The codes of conflicts and warnings."""
        return {row["code"] for row in self.rows if row["code"]}


@dataclass(frozen=True)
class Archive:
    """An archive in a folder, and the Jira that it is kept in."""

    root: Path
    environment: dict[str, str]

    def write(self, id: str = "INC-2026-0042", *, rows: str = ROWS, status: str = "draft", text: str = "") -> Path:  # noqa: A002 - the field's name
        """Write one postmortem."""
        path = self.root / "postmortems" / "2026" / f"{id}-checkout.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text or DOCUMENT.format(id=id, rows=rows + "\n", status=status), encoding="utf-8")
        return path

    def settings(self, more: str) -> None:
        """Add lines below `jira:`."""
        path = self.root / "site_config" / "archive.yml"
        path.write_text(SETTINGS + more, encoding="utf-8")

    def command(self, *arguments: str) -> list[str]:
        """The command line of a run."""
        return [postmortem(), "-C", str(self.root), "sync", "--format", "json", *arguments]

    def sync(self, *arguments: str, **environment: str) -> Run:
        """Run it as its own process."""
        ran = subprocess.run(
            self.command(*arguments),
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            env={**self.full_environment(), **environment},
        )
        assert "Traceback" not in ran.stderr, ran.stderr
        rows = json.loads(ran.stdout) if ran.stdout.strip() else []
        return Run(ran.returncode, rows, ran.stderr)

    def full_environment(self) -> dict[str, str]:
        """The environment of a run."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("JIRA_")}
        return {**kept, **self.environment}


def make(root: Path, environment: dict[str, str]) -> Archive:
    """An archive with its settings and people and no postmortem yet."""
    (root / "site_config").mkdir(parents=True)
    (root / "site_config" / "archive.yml").write_text(SETTINGS, encoding="utf-8")
    (root / "site_config" / "people.yml").write_text(PEOPLE, encoding="utf-8")
    (root / "postmortems").mkdir()
    return Archive(root, environment)
