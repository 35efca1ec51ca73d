"""An invented incident as three sources tell it, with everything that a draft can hold."""

from datetime import UTC, datetime, timedelta

from generator.draft.incident import (
    Alert,
    Attachment,
    ErrorGroup,
    Event,
    EventKind,
    FollowUp,
    Incident,
    Participant,
    Reference,
    Release,
)
from generator.settings.model import Person, Service, Settings

NOON = datetime(2026, 3, 15, 14, 30, tzinfo=UTC)
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SETTINGS = Settings(
    people=(
        Person("jane.smith", "Jane Smith", "jane.smith@example.com", slack="U01JANE"),
        Person("li.wei", "Li Wei", "li.wei@example.com", jira="5b10ac8d", aliases=("liwei",)),
    ),
    services=(Service("payment-service", aliases=("Payments",)), Service("checkout-api")),
    statuses={"Under control": "mitigated"},
)


def at(minutes: float) -> datetime:
    """So many minutes after 14:30 UTC."""
    return NOON + timedelta(minutes=minutes)


def status(minutes: float, text: str, source: str, actor: str = "", uid: str = "") -> Event:
    """A change of status."""
    return Event(at(minutes), text, source, EventKind.STATUS, actor=actor, uid=uid)


def message(minutes: float, text: str, actor: str = "Ana", *, key: bool = False, uid: str = "") -> Event:
    """A chat message."""
    return Event(at(minutes), text, "Slack", EventKind.MESSAGE, actor=actor, key=key, uid=uid)


PAGER = Incident(
    source="PagerDuty",
    ref="Q1W2E3R4T5",
    title="Checkout: error rate above 5 %",
    url="https://acme.pagerduty.example/incidents/Q1W2E3R4T5",
    severity="critical",
    priority="P1",
    status="resolved",
    category="configuration",
    environment="production",
    description="Payments fail with a time-out.\n\n# What we see\n\n- 5xx on `POST /pay`\n- queue grows",
    created=at(5),
    acknowledged=at(7),
    resolved=at(136.5),
    services=("Payments",),
    components=("payment-db", "pool"),
    tags=("eu-west-1",),
    participants=(
        Participant("Incident Commander", "Jane Smith", "jane.smith@example.com"),
        Participant("scribe", "Ana Lima"),
    ),
    events=(
        status(5, "Triggered: Checkout: error rate above 5 %", "PagerDuty", uid="R1"),
        Event(at(5.5), "Notified Jane Smith by push", "PagerDuty", EventKind.ESCALATION, uid="R2"),
        status(7, "Acknowledged", "PagerDuty", "Jane Smith", "R3"),
        Event(at(20), "Priority changed from P2 to P1", "PagerDuty", EventKind.PRIORITY, actor="Jane Smith", uid="R4"),
        status(136.5, "Resolved", "PagerDuty", "Jane Smith", "R5"),
    ),
    alerts=(
        Alert(
            "CheckoutErrorRate",
            at(2),
            at(47),
            "critical",
            "Prometheus",
            "https://alerts.example.com/77",
            "Error rate is 12 % for 5 minutes",
            "a1b2",
        ),
    ),
    releases=(
        Release("payment-service@v2.3.1", at(-12), "payment-service", "production", relationship="caused_by"),
        Release("checkout-api@v9.0.0", at(-60), "checkout-api", "production"),
        Release("docs@v1", at(-60 * 24 * 40), "docs", "production"),
    ),
    references=(Reference("https://wiki.example.com/pool", "Runbook: connection pool", "runbook"),),
    follow_ups=(
        FollowUp(
            "Size the pool from the load",
            "OPS-7",
            "https://jira.example.com/browse/OPS-7",
            "Li Wei",
            "li.wei@example.com",
            "2026-04-01",
            "In Progress",
        ),
        FollowUp("Alert on waiting connections", "OPS-8", "https://jira.example.com/browse/OPS-8", status="To Do"),
    ),
    attachments=(Attachment("pool.png", "https://files.example.com/pool.png", 20_000, "image/png"),),
    metrics={"error_rate": "12 % at 14:41"},
)

PAGE = Incident(
    source="Statuspage",
    ref="k9c1",
    title="Payments delayed",
    url="https://status.example.com/incidents/k9c1",
    severity="major",
    status="resolved",
    impact="Card payments failed or were delayed for customers in Europe.",
    created=at(12),
    started=at(2),
    mitigated=at(45),
    resolved=at(139),
    services=("payment-service", "checkout-api"),
    components=("Card payments",),
    events=(
        status(12, "Investigating: card payments fail for some customers.", "Statuspage", uid="u1"),
        status(45, "Monitoring: a fix has been put in place.", "Statuspage", uid="u2"),
        status(139, "Resolved", "Statuspage", uid="u3"),
    ),
)

CHAT = Incident(
    source="Slack",
    ref="C0INC42",
    channel="https://acme.slack.example/archives/C0INC42",
    participants=(Participant("scribe", "Ana Lima"),),
    events=(
        message(6, "On it. The pool of `payment-service` is | exhausted", "U01JANE", uid="1.1"),
        message(19, "Rolling back payment-service to v2.3.0", "Li Wei", key=True, uid="1.2"),
        message(43, "Rollback done, errors are going down :tada:", "liwei", uid="1.3"),
        status(46, "Status changed to Under control", "Slack", uid="1.4"),
        message(137, "Thanks all", uid="1.5"),
    ),
)

SENTRY = Incident(
    source="Sentry",
    ref="CHECKOUT-77",
    title="TimeoutError: pool exhausted",
    url="https://sentry.example.com/issues/77",
    started=at(-60 * 24 * 90),
    created=at(-60 * 24 * 90),
    errors=(
        ErrorGroup(
            "TimeoutError: pool exhausted",
            "checkout.payments in charge",
            18_402,
            3_120,
            at(-60 * 24 * 90),
            at(44),
            "error",
            'Traceback (most recent call last):\n  File "pay.py", line 7, in charge\n    pool.get()\nTimeoutError: ```pool``` exhausted',
            "https://sentry.example.com/issues/77",
            "Sentry",
        ),
    ),
)

ALL_SOURCES = (PAGER, PAGE, CHAT)
