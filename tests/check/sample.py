"""A published postmortem that no rule has anything to say about, and the means to change it and ask one rule."""

from datetime import date

from generator.check import engine
from generator.check.rule import Context
from generator.document.finding import Finding
from generator.document.parse import parse
from generator.settings.model import Settings

PATH = "postmortems/2026/INC-2026-0042-checkout-errors.md"
GOOD = """\
---
id: INC-2026-0042
title: Checkout errors after the payments migration
status: published
severity: SEV2
type: outage
started: 2026-03-15T14:32:00Z
detected: 2026-03-15T14:35:00Z
mitigated: 2026-03-15T15:15:00Z
resolved: 2026-03-15T16:46:00Z
services: [payment-service, checkout-api]
commander: jane.smith
audience: internal
reviewed: 2026-03-19
published: 2026-03-20
---

## Summary

For 43 minutes, three out of five customers who pressed "Pay now" saw an error.
The database answered a frequent question in 3.8 seconds instead of 2 milliseconds, and the queue grew.

Of 3,180 attempts to pay, 1,940 failed; about 730 orders did not come back within a day.

## Impact

- 1,940 of 3,180 attempts to pay failed (61 %).
- About 730 orders were lost, roughly €42,000.

## Timeline

All times are UTC.

| Time | Event | Source |
|---|---|---|
| 2026-03-15 14:29 | v2.3.1 is released to all pods | GitHub |
| 2026-03-15 14:32 | **Start of impact:** the connection pool is full | Logs |
| 2026-03-15 14:35 | **Detected:** alert pages the on-call | PagerDuty |
| 2026-03-15 15:15 | **Mitigated:** error rate below 0.3 % | Grafana |
| 2026-03-15 16:46 | **Resolved:** unfinished payments are settled | Jira |

## Root cause

The new schema lacked an index, so each question read 41 million rows.

## Contributing factors

1. **The canary could not show it.** One pod of six received 2 requests per second.
2. **Retries multiplied the load.** Each slow request became three.

## Resolution

Building the index took nine minutes.

## Action items

| # | Action | Owner | Due date | Status | Ticket |
|---|---|---|---|---|---|
| 1 | Compare the schema of production with the migration files every night | ravi.patel | 2026-04-10 | completed | OPS-1 |
| 2 | Retry payment requests at most once | amara.okafor | 2026-04-17 | open | OPS-2 |

## Lessons learned

### What went well

- The alert came three minutes after the first error.

### What didn't go well

- Raising the size of the pool made the errors worse.

### Where we got lucky

- At next year's size the index would have taken 25 minutes.
"""
TODAY = date(2026, 3, 25)


def changed(*pairs: tuple[str, str], text: str = GOOD) -> str:
    """The sample with each first text replaced by the second; a text that is not there would prove nothing."""
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return text


def without(heading: str, text: str = GOOD) -> str:
    """The sample without the section of this heading and what is below it."""
    level = heading.split(" ")[0]
    kept, leaving = [], False
    for line in text.split("\n"):
        if line.startswith("#"):
            leaving = line == heading or (leaving and line.split(" ")[0] > level)
        if not leaving:
            kept.append(line)
    assert len(kept) < len(text.split("\n")), heading
    return "\n".join(kept)


def findings(
    text: str, rule: str = "", *, path: str = PATH, settings: Settings | None = None, **known
) -> list[Finding]:
    """What the rule says about a text, or every rule; `known` is the rest of the context."""
    context = Context(settings or Settings(), known.pop("today", TODAY), **known)
    found = engine.run(parse(text, path), context, [rule] if rule else [])
    return list(found)


def said(text: str, rule: str, **known) -> list[tuple[int, str]]:
    """The same as (line, message), for comparing."""
    return [(finding.line, finding.message) for finding in findings(text, rule, **known)]


def line_of(words: str, text: str = GOOD) -> int:
    """The line on which these words stand first."""
    return text[: text.index(words)].count("\n") + 1
