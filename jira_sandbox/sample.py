"""The issues that the guide and the README name, so that their commands find something in a Jira that has just begun."""

from collections.abc import Sequence
from typing import Any

from jira_sandbox.exchange import Json

LOG = "14:58:02 ERROR statement timeout: select * from payments where customer_id = ?\n"


def sample_world(people: Sequence[str]) -> Json:
    """A world of incidents with their history, comments and files, and of tickets; `people` are the handles of one person or more."""
    first, second, third = (people[place % len(people)] for place in range(3))
    migration = {
        **_incident("OPS-1234", "Checkout errors after the payments migration", "SEV1", third, first),
        "labels": ["checkout", "payments"],
        "created": "2026-03-15T14:35:00Z",
        "resolved": "2026-03-15T16:46:00Z",
        "description": "Three in five customers see an error instead of a receipt since about 14:32 UTC.\nWe talk in #inc-checkout.",
        "comments": [
            _comment(
                second, "2026-03-15T14:52:00Z", "The migration of 14:30 dropped the index on payments.customer_id."
            ),
            _comment(first, "2026-03-15T15:15:00Z", "Checkout is sent to the replica. Errors fall from 61 % to 4 %."),
            _comment(second, "2026-03-15T16:41:00Z", "The index is built again, and the replica is out of the path."),
        ],
        "changelog": [
            _change(first, "2026-03-15T14:38:00Z", ("status", "To Do", "In Progress")),
            _change(first, "2026-03-15T14:44:00Z", ("Severity", "SEV2", "SEV1")),
            _change(first, "2026-03-15T16:46:00Z", ("status", "In Progress", "Done"), ("resolution", "", "Done")),
        ],
        "attachments": [{"filename": "payments-errors.log", "mimeType": "text/plain", "content": LOG * 3}],
    }
    search = {
        **_incident("OPS-123", "Search is slow for large shops", "SEV2", second, third),
        "labels": ["search"],
        "created": "2026-02-03T09:12:00Z",
        "resolved": "2026-02-03T10:05:00Z",
        "description": "Searches of shops with more than 50,000 products take 9 seconds.",
        "comments": [
            _comment(third, "2026-02-03T09:50:00Z", "The cache was emptied by the release; it is warm again.")
        ],
        "changelog": [_change(third, "2026-02-03T09:20:00Z", ("status", "To Do", "In Progress"))],
    }
    locks = {
        **_incident(
            "OPS-1533", "Checkout fails for most customers after a release of payment-service", "SEV1", second, first
        ),
        "labels": ["checkout", "payments"],
        "created": "2026-11-12T09:58:40Z",
        "resolved": "2026-11-12T11:46:15Z",
        "description": "Most payments end with an error since about 09:53 UTC.",
        "comments": [_comment(second, "2026-11-12T10:31:20Z", "Rolled back to v7.1.4. The error rate did not move.")],
        "changelog": [_change(second, "2026-11-12T10:01:05Z", ("status", "To Do", "In Progress"))],
    }
    tickets = [
        _ticket("OPS-1192", "Alert when 80 % of the pool is used for two minutes", first, "2026-03-31", status="Done"),
        _ticket("OPS-1193", "Retry payment requests at most once", second, "2026-04-17", status="In Progress"),
    ]
    links = [{"type": "Relates", "inward": "OPS-1234", "outward": one["key"]} for one in tickets]
    return {"issues": [search, migration, locks, *tickets], "links": links}


def _incident(key: str, summary: str, severity: str, reporter: str, assignee: str) -> Json:
    people = {"reporter": reporter, "assignee": assignee}
    fields = {"Severity": {"value": severity}}
    return {"key": key, "type": "Incident", "summary": summary, "status": "Done", "fields": fields, **people}


def _ticket(key: str, summary: str, owner: str, due: str, *, status: str) -> Json:
    people = {"reporter": owner, "assignee": owner}
    times = {"created": "2026-03-16T09:00:00Z", "duedate": due}
    return {"key": key, "type": "Task", "summary": summary, "status": status, **people, **times}


def _comment(author: str, at: str, body: str) -> Json:
    return {"author": author, "created": at, "body": body}


def _change(author: str, at: str, *items: tuple[str, str, str]) -> Json:
    changes: list[dict[str, Any]] = [
        {"field": field, "fromString": before, "toString": after} for field, before, after in items
    ]
    return {"author": author, "created": at, "items": changes}
