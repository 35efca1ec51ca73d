"""Synthetic archives: as many postmortems as wanted, 6 to 10 kB each, the same bytes on every run."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

SERVICES = (
    "checkout-api",
    "payment-service",
    "search",
    "identity",
    "notifications",
    "ledger",
    "image-proxy",
    "catalog",
)
OWNERS = ("jane.smith", "ravi.patel", "lena.novak", "sam.okafor", "mei.tanaka", "")
TAGS = ("capacity", "configuration", "database", "dns", "deployment", "dependency", "certificates", "cache")
TYPES = ("outage", "outage", "outage", "security", "near-miss")
WHAT = (
    "Elevated error rate",
    "Slow responses",
    "Failed logins",
    "Delayed events",
    "Missing pictures",
    "Stale prices",
    "Connection timeouts",
)
WHY = (
    "after a schema migration",
    "during a regional failover",
    "when a certificate expired",
    "under a burst of retries",
    "after a configuration change",
)
SENTENCES = (
    "The connection pool reached its limit and new requests waited until their deadline passed.",
    "Retries from three callers multiplied the load, so the recovery took longer than the fault itself.",
    "The dashboard showed the average only; the slowest tenth of requests was not visible on it.",
    "A rollback brought the error rate back to its usual level within four minutes.",
    "The alert fired on symptoms and pointed to the right service, which shortened the diagnosis.",
    "The canary served too little traffic to show the effect before the rollout went on.",
    "Feature flags let us switch the new path off without a deployment.",
    "The runbook named a host that had been replaced, and the responders found the new one in the inventory.",
    "We compared the query plans of both replicas and saw a sequential scan on one of them.",
    "The queue drained at 1,200 messages per second once the consumers had been restarted.",
    "Support received 43 requests in the first half hour, most of them about failed payments.",
    "No data was lost: every event was replayed from the log in order.",
)
CODE = """```sql
SELECT pid, state, wait_event_type, now() - query_start AS age
FROM pg_stat_activity
WHERE datname = 'orders' AND state <> 'idle'
ORDER BY age DESC LIMIT 20;
```
"""


def write(directory: Path, count: int) -> Path:
    """Write an archive of `count` postmortems below `directory` and return its root."""
    (directory / "site_config").mkdir(parents=True, exist_ok=True)
    (directory / "site_config" / "archive.yml").write_text("title: Example postmortems\n", encoding="utf-8")
    for number in range(1, count + 1):
        name, text = postmortem(number)
        path = directory / "postmortems" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return directory


def postmortem(number: int) -> tuple[str, str]:
    """The path below `postmortems/` and the text of the postmortem with this number."""
    dice = random.Random(number)
    started = datetime(2017, 1, 3, 6, 0, tzinfo=UTC) + timedelta(hours=17 * number, minutes=dice.randrange(60))
    identifier = f"INC-{started.year}-{number:04}"
    services = dice.sample(SERVICES, dice.choice((1, 1, 2, 3)))
    title = f"{dice.choice(WHAT)} in {services[0]} {dice.choice(WHY)}"
    detected, mitigated = (
        started + timedelta(minutes=dice.randrange(1, 20)),
        started + timedelta(minutes=dice.randrange(25, 90)),
    )
    resolved = mitigated + timedelta(minutes=dice.randrange(5, 200))
    parts = [
        front_matter(dice, identifier, title, services, (started, detected, mitigated, resolved)),
        f"## Summary\n\n{prose(dice, 4)}\n",
        f"## Impact\n\n{prose(dice, 3)}\n\n{bullets(dice, 3)}\n",
        f"## Timeline\n\n{timeline(dice, started, resolved)}\n",
        f"## Root cause\n\n{prose(dice, 5)}\n\n{CODE}\n{prose(dice, 3)}\n",
        f"## Contributing factors\n\n{factors(dice)}\n",
        f"## Resolution\n\n{prose(dice, 5)}\n",
        f"## Action items\n\n{actions(dice, resolved)}\n",
        "## Lessons learned\n",
        *(
            f"### {heading}\n\n{bullets(dice, 3)}\n"
            for heading in ("What went well", "What didn't go well", "Where we got lucky")
        ),
    ]
    return f"{started.year}/{identifier}-{title.lower().replace(' ', '-')}.md", "\n".join(parts)


def front_matter(
    dice: random.Random, identifier: str, title: str, services: list[str], times: tuple[datetime, ...]
) -> str:
    moments = "".join(
        f"{key}: {time:%Y-%m-%dT%H:%M:%SZ}\n"
        for key, time in zip(("started", "detected", "mitigated", "resolved"), times, strict=True)
    )
    return (
        f"---\nid: {identifier}\ntitle: {title}\nstatus: {dice.choice(('published', 'published', 'published', 'in-review', 'draft'))}\n"
        f"severity: SEV{dice.choice((1, 2, 2, 3, 3, 3, 4))}\ntype: {dice.choice(TYPES)}\n{moments}"
        f"services: [{', '.join(services)}]\ntags: [{', '.join(dice.sample(TAGS, 2))}]\ncommander: {dice.choice(OWNERS[:-1])}\naudience: internal\n---\n"
    )


def prose(dice: random.Random, sentences: int) -> str:
    words = " ".join(dice.choice(SENTENCES) for _ in range(sentences))
    return words.replace("error rate", "**error rate**", 1).replace("queue", "`orders.queue`", 1)


def bullets(dice: random.Random, count: int) -> str:
    return "\n".join(f"- {dice.choice(SENTENCES)}" for _ in range(count))


def factors(dice: random.Random) -> str:
    labels = dice.sample(("Capacity", "Observability", "Rollout", "Documentation", "Retries", "Ownership"), 4)
    return "\n".join(f"{n}. **{label}.** {prose(dice, 2)}" for n, label in enumerate(labels, 1))


def timeline(dice: random.Random, started: datetime, resolved: datetime) -> str:
    rows = dice.randrange(14, 26)
    step = (resolved - started) / rows
    lines = [
        f"| {started + step * n:%Y-%m-%d %H:%M} | {dice.choice(SENTENCES)} | {dice.choice(('PagerDuty', 'Slack', 'Grafana'))} |"
        for n in range(rows)
    ]
    return "\n".join(["| Time | Event | Source |", "|---|---|---|", *lines])


def actions(dice: random.Random, resolved: datetime) -> str:
    lines = ["| # | Action | Owner | Due date | Status | Ticket |", "|---|---|---|---|---|---|"]
    for number in range(1, dice.randrange(3, 7)):
        due = f"{resolved + timedelta(days=dice.randrange(5, 90)):%Y-%m-%d}" if dice.random() < 0.9 else ""
        ticket = (
            f"[OPS-{dice.randrange(1000, 9999)}](https://jira.example.com/browse/OPS-{dice.randrange(1000, 9999)})"
            if dice.random() < 0.7
            else ""
        )
        status = dice.choice(("open", "in progress", "completed", "completed", "won't do"))
        lines.append(f"| {number} | {dice.choice(SENTENCES)} | {dice.choice(OWNERS)} | {due} | {status} | {ticket} |")
    return "\n".join(lines)
