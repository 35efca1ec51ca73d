"""Sentry's issues, events, alerts and releases as incidents."""

from datetime import UTC, datetime

import pytest

from generator.draft.incident import EventKind, FollowUp, Participant
from generator.draft.sources import sentry
from generator.draft.sources.sentry import event as sentry_event
from generator.errors import InputError
from tests.draft.sources.observed import payload


def at(hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2026, 3, 15, hour, minute, second, tzinfo=UTC)


def test_an_issue_is_an_incident_with_all_that_sentry_knows():
    (found,) = sentry.incidents_from(payload("sentry/issue"))

    assert (found.source, found.ref) == ("Sentry", "CHECKOUT-42")
    assert found.title == "PoolTimeout: no free connection after 5 s"
    assert found.url == "https://sentry.example.com/organizations/shop/issues/7001/"
    assert (found.severity, found.priority, found.status, found.environment) == (
        "error",
        "high",
        "resolved",
        "production",
    )
    assert (found.started, found.resolved) == (at(14, 32, 11), at(16, 46))
    assert found.services == ("checkout",)
    assert found.participants == (Participant("assignee", "Li Wei", "li.wei@example.com", "1"),)
    assert found.follow_ups == (
        FollowUp("Size the pool from load", key="OPS-1235", url="https://jira.example.com/browse/OPS-1235"),
        FollowUp("OPS-1234", key="OPS-1234", url="https://jira.example.com/browse/OPS-1234"),
    )


def test_the_error_group_counts_and_shows_where_it_broke():
    (group,) = sentry.incidents_from(payload("sentry/issue"))[0].errors

    assert (group.title, group.culprit, group.level) == (
        "PoolTimeout: no free connection after 5 s",
        "checkout.payments in charge",
        "error",
    )
    assert (group.count, group.users) == (1843, 512)
    assert (group.first_seen, group.last_seen) == (at(14, 32, 11), at(15, 14, 58))
    assert group.stack == (
        "Traceback (most recent call last):\n"
        '  File "checkout/pool.py", line 31, in acquire\n'
        "    return self.free.get(timeout=5)\n"
        "QueueEmpty\n"
        "\n"
        "Traceback (most recent call last):\n"
        '  File "checkout/views.py", line 88, in pay\n'
        "    charge(order)\n"
        '  File "checkout/payments.py", line 12, in charge\n'
        "PoolTimeout: no free connection after 5 s"
    )


def test_the_first_release_may_be_the_cause_and_the_resolving_one_is_the_fix():
    (found,) = sentry.incidents_from(payload("sentry/issue"))

    assert [(one.name, one.relationship, one.at) for one in found.releases] == [
        ("checkout@2.3.1", "caused_by", at(14, 30)),
        ("checkout@2.3.2", "fixed_by", None),
    ]


def test_the_activity_is_the_timeline():
    (found,) = sentry.incidents_from(payload("sentry/issue"))

    assert [(event.at, event.text, event.actor) for event in found.events] == [
        (at(14, 32, 11), "Error first seen: PoolTimeout: no free connection after 5 s", ""),
        (at(14, 40), "Priority changed: high", ""),
        (at(14, 41), "Assigned: li.wei@example.com", "Jane Smith"),
        (at(15, 2), "The pool holds 5 connections, the load needs 20.", "Li Wei"),
        (at(15, 14, 58), "Error last seen", ""),
        (at(15, 30), "Ticket created: OPS-1235", "Li Wei"),
        (at(16, 46), "Resolved in a release: checkout@2.3.2", "Li Wei"),
    ]
    assert [event.kind for event in found.events] == [
        EventKind.ALERT, EventKind.PRIORITY, EventKind.ASSIGNMENT, EventKind.MESSAGE, EventKind.NOTE, EventKind.NOTE, EventKind.STATUS,
    ]  # fmt: skip


def test_nothing_of_a_customer_or_a_variable_gets_out():
    shown = repr(sentry.incidents_from(payload("sentry/issue")))

    for secret in ("a.customer@example.org", "192.0.2.7", "secret", "password"):
        assert secret not in shown


def test_an_issue_beside_its_latest_event_is_the_same():
    issue = payload("sentry/issue")
    event = issue.pop("latestEvent")

    (apart,) = sentry.incidents_from({"issue": issue, "event": event})

    assert apart.errors == sentry.incidents_from(payload("sentry/issue"))[0].errors


def test_events_in_a_list_join_their_issue():
    issue = payload("sentry/issue")
    event = issue.pop("latestEvent")

    (found,) = sentry.incidents_from([event, issue])

    assert (found.ref, len(found.errors), found.errors[0].count) == ("CHECKOUT-42", 1, 1843)
    assert "checkout/pool.py" in found.errors[0].stack


def test_several_events_of_one_issue_are_one_error_group():
    event = payload("sentry/issue")["latestEvent"]
    earlier = event | {"eventID": "e0", "dateCreated": "2026-03-15T14:32:11Z", "entries": []}

    (found,) = sentry.incidents_from([event, earlier])

    (group,) = found.errors
    assert (group.first_seen, group.last_seen) == (at(14, 32, 11), at(15, 14, 58))
    assert len(found.events) == 2


def test_an_issues_webhook_is_read_as_the_issue():
    issue = payload("sentry/issue")
    hook = {
        "action": "resolved",
        "installation": {"uuid": "u"},
        "data": {"issue": issue},
        "actor": {"type": "user", "name": "Li Wei"},
    }

    assert sentry.incidents_from(hook)[0].events == sentry.incidents_from(issue)[0].events


def test_an_issue_alert_carries_the_event_and_the_rule():
    (found,) = sentry.incidents_from(payload("sentry/event_alert"))

    assert (found.title, found.ref, found.environment) == (
        "PoolTimeout: no free connection after 5 s",
        "7001",
        "production",
    )
    assert found.url == "https://sentry.example.com/organizations/shop/issues/7001/events/e2/"
    assert found.alerts[0].title == "Errors in the checkout"
    assert found.releases[0].name == "checkout@2.3.1"
    assert "with pool.acquire() as connection:" in found.errors[0].stack


def test_a_metric_alert_knows_when_it_was_detected():
    (found,) = sentry.incidents_from(payload("sentry/metric_alert"))

    assert (found.title, found.severity, found.status) == ("Too many errors", "critical", "firing")
    assert (found.started, found.detected, found.resolved) == (at(14, 32), at(14, 36), None)
    assert [event.text for event in found.events] == [
        "Alert fired: Too many errors — 1000 events in the last 10 minutes"
    ]


def test_two_deliveries_of_a_metric_alert_are_one_incident():
    over = payload("sentry/metric_alert") | {"action": "resolved"}
    over["data"]["metric_alert"]["date_closed"] = "2026-03-15T15:20:00Z"

    (found,) = sentry.incidents_from([payload("sentry/metric_alert"), over])

    assert (found.severity, found.status, found.resolved) == ("critical", "resolved", at(15, 20))
    assert [event.text.partition(":")[0] for event in found.events] == ["Alert fired", "Alert resolved"]


def test_releases_alone_are_partial():
    (found,) = sentry.incidents_from(payload("sentry/releases"))

    assert found.partial
    assert [(one.name, one.service, one.environment, one.author) for one in found.releases] == [
        ("checkout@2.3.1", "checkout", "production", "Li Wei"),
        ("checkout@2.3.2", "checkout", "", ""),
    ]
    assert [(event.at, event.text) for event in found.events] == [
        (at(14, 30), "Released checkout@2.3.1"),
        (at(16, 40), "Release created checkout@2.3.2"),
    ]


def test_the_old_plug_ins_webhook():
    event = {
        "event_id": "e3",
        "timestamp": 1773585131.5,
        "platform": "javascript",
        "title": "Failed to fetch",
        "tags": [["environment", "production"]],
    }
    hook = {
        "id": "7002",
        "project": "shop",
        "project_slug": "shop",
        "culprit": "pay at cart.js:7",
        "level": "error",
        "message": "Failed to fetch",
        "url": "https://sentry.example.com/issues/7002/",
        "event": event,
    }

    (found,) = sentry.incidents_from(hook)

    assert (found.title, found.ref, found.url, found.services) == (
        "Failed to fetch",
        "7002",
        "https://sentry.example.com/issues/7002/",
        ("shop",),
    )
    assert found.errors[0].culprit == "pay at cart.js:7"


def test_a_message_of_the_queue_holds_the_raw_event():
    data = {
        "event_id": "e4",
        "type": "error",
        "release": "shop@1",
        "exception": {"values": None},
        "tags": [None, [None, "x"]],
        "timestamp": 1773585131,
    }
    message = [
        2,
        "insert",
        {"event_id": "e4", "group_id": 7, "message": "boom", "datetime": "2026-03-15T14:32:11Z", "data": data},
        {"is_new": True},
    ]

    (found,) = sentry.incidents_from(message)

    assert (found.title, found.ref, found.started) == ("boom", "7", at(14, 32, 11))


def test_deep_stacks_keep_their_innermost_frames():
    frames = [{"filename": "a.py", "lineno": n + 1, "function": "f"} for n in range(100)]

    stack = sentry_event.stack(
        {"exception": {"values": [{"type": "E", "value": "v", "stacktrace": {"frames": frames}}]}}
    )

    assert stack.splitlines()[1] == "  ... 60 outer frames ..."
    assert stack.splitlines()[-2:] == ['  File "a.py", line 100, in f', "E: v"]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        ({"data": [{"count()": 3}], "meta": {"fields": {"count()": "integer"}}}, "Discover"),
        (
            [
                {
                    "key": "chrome",
                    "value": "chrome",
                    "count": 3,
                    "lastSeen": "2026-03-15T00:00:00Z",
                    "firstSeen": "2026-03-15T00:00:00Z",
                }
            ],
            "tag values",
        ),
        ({"isPublic": False, "status": "unresolved", "statusDetails": {}}, "an update"),
        ([2, "end_merge", {"project_id": 1, "previous_group_ids": [1], "new_group_id": 2}], "queue"),
        ({"action": "created", "installation": {"uuid": "u"}, "data": {"installation": {"app": {}}}}, "does not say"),
        (
            {"guid": "g", "subscription_id": "s", "status": "success", "scheduled_check_time_ms": 1773585131000},
            "uptime",
        ),
    ],
)
def test_what_tells_of_no_error_is_refused_with_advice(data, word):
    assert sentry.recognises(data)
    with pytest.raises(InputError, match=word) as refusal:
        sentry.incidents_from(data)
    assert "Export the issue" in str(refusal.value)
