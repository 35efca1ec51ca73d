"""What all tests share: no network but loopback, a fixed clock, and an archive in a temporary folder."""

import os
import signal
import socket
import threading
from pathlib import Path

import pytest

pytest_plugins = [
    "tests.outside",
    "tests.sampling",
    "tests.forking",
    "tests.clients.github.fixtures",  # for rooms that meet on GitHub
    "tests.clients.slack.fixtures",
]

# A shell that starts the tests in the background has them ignore Ctrl-C, and so would every run that they interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN and threading.current_thread() is threading.main_thread():
    signal.signal(signal.SIGINT, signal.default_int_handler)

EXAMPLE = """\
---
id: INC-2026-0042
title: Checkout errors after the payments migration
status: published
severity: SEV1
type: outage
started: 2026-03-15T14:32:00Z   # first failed payment
detected: 2026-03-15T14:35:00Z
mitigated: 2026-03-15T15:15:00Z
resolved: 2026-03-15T16:46:00Z
services: [payment-service, checkout-api]
commander: jane.smith
audience: internal
incident: OPS-1234
links:
  - {type: release, targetId: payment-service@v2.3.1, relationship: caused_by}
  - {type: alert, targetId: https://alerts.example.com/77}
---

## Summary

Payments failed for 43 minutes.

## Timeline

| Time             | Event                     | Source    |
| ---------------- | ------------------------- | --------- |
| 2026-03-15 14:32 | Error rate rises          | Grafana   |
| 14:35            | Alert fires: `a \\| b`     | PagerDuty |
| 15:15            | Rolled back               | Slack     |

## Root cause

The pool was too small.

## Action items

| # | Action                   | Owner       | Due date   | Status      | Ticket |
|---|--------------------------|-------------|------------|-------------|--------|
| 1 | Size the pool from load  | @jane.smith | 2026-04-01 | completed   | OPS-7  |
| 2 | Alert on pool saturation |             | 2026-04-20 | open        |        |
| 3 | Write the runbook        | li.wei      |            | in progress |        |

## Lessons learned

### What went well

The rollback took four minutes.
"""

_connect = socket.socket.connect


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail a test that reaches for another host."""

    def connect(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if host not in {"", "127.0.0.1", "localhost", "::1"}:
            raise AssertionError(f"a test tried to reach {host}")
        _connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture(autouse=True)
def fixed_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the 20th of November 2026, 12:00 UTC."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795176000")


@pytest.fixture
def archive_root(tmp_path: Path) -> Path:
    """An archive with one postmortem, and the current folder."""
    (tmp_path / "site_config").mkdir()
    (tmp_path / "site_config" / "archive.yml").write_text("title: Test archive\n", encoding="utf-8")
    (tmp_path / "postmortems" / "2026").mkdir(parents=True)
    (tmp_path / "postmortems" / "2026" / "INC-2026-0042-checkout.md").write_text(EXAMPLE, encoding="utf-8")
    return tmp_path


def environment() -> dict[str, str]:
    """The environment for a command that runs as its own process."""
    return {**os.environ, "SOURCE_DATE_EPOCH": "1795176000", "NO_COLOR": "1"}
