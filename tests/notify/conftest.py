"""An archive that speaks to a workspace, and a workspace that answers over HTTP."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.cli.main import main
from generator.clients.http.retry import RetryPolicy
from generator.clients.slack import wire
from tests.clients.slack.standin import TOKEN

SETTINGS = """\
title: Test archive
url: https://postmortems.fernway.example/
jira:
  url: https://jira.fernway.example
slack:
  channel: C0FERNWAY1
  digest_weekday: ""
"""
PEOPLE = """\
jane.smith: {name: Jane Smith, email: jane.smith@fernway.example, slack: U0JANE}
ben.carter: {name: Ben Carter, email: ben.carter@fernway.example}
"""
DOCUMENT = """\
---
id: {id}
title: {title}
status: {status}
severity: {severity}
started: {day}T14:32:00Z
resolved: {day}T16:46:00Z
commander: jane.smith
audience: {audience}
incident: OPS-1234
{more}---

## Summary

{canary}

## Action items

| # | Action | Owner | Due date | Status | Ticket |
|---|---|---|---|---|---|
{rows}
"""


@dataclass
class Ran:
    """How a run ended, and what it printed."""

    code: int
    out: str
    err: str


@dataclass
class Archive:
    """An archive in a folder."""

    root: Path
    capsys: pytest.CaptureFixture

    def write(
        self,
        name="INC-2026-0042",
        *,
        title="Checkout errors",
        status="draft",
        severity="SEV1",
        day="2026-11-18",
        audience="internal",
        more="",
        canary="It broke.",
        rows="",
    ):
        folder = self.root / "postmortems" / "2026"
        folder.mkdir(parents=True, exist_ok=True)
        text = DOCUMENT.format(
            id=name,
            title=title,
            status=status,
            severity=severity,
            day=day,
            audience=audience,
            more=more,
            canary=canary,
            rows=rows,
        )
        (folder / f"{name}.md").write_text(text, encoding="utf-8")

    def notify(self, *arguments):
        with pytest.raises(SystemExit) as ended:
            main(["-C", str(self.root), "notify", *arguments])
        said = self.capsys.readouterr()
        assert TOKEN not in said.out + said.err
        return Ran(ended.value.code, said.out, said.err)


@pytest.fixture
def archive(tmp_path, capsys, monkeypatch, workspace):
    """An archive whose Slack is the workspace."""
    (tmp_path / "site_config").mkdir()
    (tmp_path / "site_config" / "archive.yml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "site_config" / "people.yml").write_text(PEOPLE, encoding="utf-8")
    for name in ("JIRA_BASE_URL", "SLACK_CHANNEL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SLACK_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("SLACK_API_URL", workspace.url)
    monkeypatch.setattr(wire, "WAITS", RetryPolicy(tries=3, base=0, cap=0.05))
    return Archive(tmp_path, capsys)
