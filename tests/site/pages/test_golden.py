"""Whole staged pages, read once by a person and kept: `GOLDEN=write pytest tests/site/pages/test_golden.py` writes them anew."""

import os

import pytest

from tests import folders
from tests.site.pages.archive import staged, write

GOLDEN = folders.GOLDEN / "pages"
OUTAGE = """\
# Checkout answers slowly

## Summary

Pages of the checkout took **eight seconds** for 40 minutes.
Nothing was lost.

## Timeline

All times are UTC.

| Time | Event | Source |
|---|---|---|
| 2026-03-10 09:50 | Release v3.1 | GitHub |
| 10:00 | Latency rises to 8 s | Grafana |
| 10:06 | **Detected:** alert `LatencyHigh` pages the on-call | [page](https://alerts.example.com/7) |
| 10:40 | Rolled back | Slack |
| 2026-03-11 08:00 | All queued orders are through | |

## Root cause

The new query had no index:

```sql
SELECT * FROM orders WHERE state = 'open';
```

![Latency by minute](INC-2026-0001-slug/latency.png)

## Action items

| # | Action | Owner | Due date | Status | Ticket |
|---|---|---|---|---|---|
| 1 | Add the index | @jane.smith | 2026-03-20 | completed | OPS-7 |
| 2 | Alert on *slow* queries | | 2026-11-01 | open | https://jira.example.com/browse/OPS-8 |
| 3 | Write the runbook | li.wei | | in progress | |

## Lessons learned

### Where we got lucky

- It was a quiet Tuesday morning; at noon three times as many orders would have waited.

See [the leaked key](INC-2026-0002-slug.md#preserve-evidence).
"""
SECURITY = """\
> [!WARNING]
> Keep this page within the company.

## Preserve evidence

- [x] Disk images taken — owner: jane.smith; evidence: [OPS-9](https://jira.example.com/browse/OPS-9)
- [ ] Access logs exported — owner: ; evidence:
  - [x] Gateway
  - [ ] TODO: build system

## Access control

1. Roles listed
2. Roles reviewed
   - [ ] by a second team
"""
TIMES = "detected: 2026-03-10T10:06:00Z\nmitigated: 2026-03-10T10:40:00Z\nresolved: 2026-03-11T08:00:00Z\ncommander: jane.smith\n"


def site():
    return staged(
        write(body=OUTAGE, more=TIMES, tags="database"),
        write(
            "INC-2026-0002",
            "Signing key readable in a build log",
            status="in-review",
            severity="SEV1",
            kind="security",
            services="build, checkout",
            tags="database",
            body=SECURITY,
        ),
    )


PAGES = (
    "postmortems/INC-2026-0001/index.md",
    "postmortems/INC-2026-0002/index.md",
    "index.md",
    "actions/index.md",
    "postmortems/index.md",
)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_staged_as_it_was_read_and_agreed_on(path):
    text = site().pages[path]
    golden = GOLDEN / path.replace("/index.md", ".md").replace("/", "-")
    if os.environ.get("GOLDEN") == "write":
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text, encoding="utf-8")

    assert text == golden.read_text(encoding="utf-8")


def test_the_same_archive_gives_the_same_site_in_any_order():
    first = site()
    documents = [write(f"INC-2026-{n:04}", day=f"2026-0{n}-01") for n in range(1, 6)]

    assert first == site()
    assert staged(*documents) == staged(*reversed(documents))
