"""How many requests and seconds `postmortem sync` takes: a first push of 100, and runs with nothing to do."""

import sys
import tempfile
import time
from pathlib import Path

import jira_sandbox
from generator.document import archive
from generator.settings.load import borrowed, load
from generator.sync.jira.open import open_tracker
from generator.sync.plan.facts import archive_facts
from generator.sync.planner import RunOptions
from generator.sync.run import run

FIRST = 100
SIZES = (1_000, 5_000)
GOAL = 60  # requests for 5,000 postmortems with nothing to do, on Cloud
DOCUMENT = """\
---
id: INC-2026-{number:05}
title: Checkout errors number {number}
status: published
severity: SEV2
started: 2026-03-15T14:32:00Z
detected: 2026-03-15T14:35:00Z
mitigated: 2026-03-15T15:15:00Z
resolved: 2026-03-15T16:46:00Z
services: [checkout-api]
---

## Summary

For {number} minutes some customers saw an error instead of a receipt. About 1,200 orders were paid later.

## Timeline

| Time | Event |
|---|---|
| 2026-03-15 14:32 | The migration begins |
| 2026-03-15 16:46 | **Resolved** |

## Root cause

A query lost its index.

## Action items

| # | Action | Owner | Due date | Status | Ticket |
|---|---|---|---|---|---|
| 1 | Let migration {number} fail where an index is dropped | | 2026-04-01 | completed | |
"""


def lay_out(root: Path, count: int) -> None:
    """An archive of so many postmortems, each with an action item that is done."""
    (root / "site_config").mkdir()
    (root / "site_config" / "archive.yml").write_text("title: Benchmark\n", encoding="utf-8")
    folder = root / "postmortems" / "2026"
    folder.mkdir(parents=True)
    for number in range(1, count + 1):
        (folder / f"INC-2026-{number:05}.md").write_text(DOCUMENT.format(number=number), encoding="utf-8")


def measure(root: Path) -> tuple[int, float, int]:
    """Requests, seconds and changes of one run, reading the files included."""
    begin = time.perf_counter()
    loaded = load(root)
    tracker = open_tracker(loaded)
    if tracker is None:
        sys.exit("The benchmark has no Jira.")
    facts = archive_facts(archive.load(root), loaded.settings)
    options = RunOptions(loaded.settings, tracker)
    result = run(root, facts, tracker, options, apply=True, tell=lambda _: None)
    if result.error:
        raise result.error
    return tracker.requests_made, time.perf_counter() - begin, len(result.done)


def main(sizes: tuple[int, ...] = SIZES) -> None:
    """Print the figures of each size."""
    for size in (FIRST, *sizes):
        with tempfile.TemporaryDirectory() as folder, jira_sandbox.start() as jira, borrowed(jira.environment):
            root = Path(folder)
            lay_out(root, size)
            requests, seconds, _ = measure(root)
            print(f"first push of {size:>5,}: {requests:>6,} requests, {seconds:6.1f} s")
            jira.forget_requests()
            requests, seconds, changes = measure(root)
            print(f"nothing to do, {size:>5,}: {requests:>6,} requests, {seconds:6.1f} s, {changes} changes")
            if size == sizes[-1] and requests >= GOAL:
                sys.exit(f"More than the goal of {GOAL} requests.")


if __name__ == "__main__":
    main(tuple(int(one) for one in sys.argv[1:]) or SIZES)
