"""A Jira with one incident that has everything, for the tests of what is drafted from it."""

import jira_sandbox
from generator.clients.jira import RetryPolicy
from generator.draft.sources.jira import JiraSource
from generator.settings.jira import Connection, JiraSettings, Secret
from generator.settings.model import Settings

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4
HISTORY = 130  # more than one page, and more than Cloud embeds in an issue
REMARKS = 120


def started(dialect):
    """A running sandbox; Data Center lies below a context path, as it often does."""
    return jira_sandbox.start(dialect, context="" if dialect == "cloud" else "/jira")


def connection(world):
    cloud = world.dialect == "cloud"
    return Connection(world.url, world.url, cloud, Secret(world.token), world.email if cloud else "")


def source(world, **jira):
    """The source, whose pauses are skipped."""
    waits = RetryPolicy(sleep=lambda _: None, timeouts=(5.0, 5.0))
    return JiraSource(connection(world), Settings(jira=JiraSettings(**jira)), waits=waits)


def change(number, field, before, after, **more):
    day, minute = divmod(number, 60)
    item = {"field": field, "fromString": before, "toString": after, **more}
    return {"created": f"2026-05-04T{10 + day:02}:{minute:02}:00.000+0000", "author": "amara.okafor", "items": [item]}


def incident(world, **more):
    """An incident in OPS; its key."""
    given = {
        "type": "Incident",
        "summary": "Checkout answers 503",
        "description": "Cards are refused.",
        "status": "Done",
        "priority": "High",
        "assignee": "jane.smith",
        "created": "2026-05-04T09:58:00.000+0000",
        "resolved": "2026-05-04T13:00:00.000+0000",
        "fields": {"customfield_10100": {"value": "SEV1"}},
    }
    return world.add_issue("OPS", **{**given, **more})


def long_history(world):
    """An incident with more changes and more comments than fit into one answer; its key."""
    changes = [change(0, "status", "To Do", "In Progress"), change(1, "priority", "Medium", "High")]
    changes += [change(2, "assignee", None, "Jane Smith")]
    changes += [change(n, "labels", "", f"wave-{n}") for n in range(3, HISTORY - 1)]
    changes += [change(HISTORY - 1, "status", "In Progress", "Done")]
    comments = [
        {"body": f"Remark {n}", "created": f"2026-05-04T{10 + n // 60:02}:{n % 60:02}:30.000+0000"}
        for n in range(REMARKS)
    ]
    return incident(world, changelog=changes, comments=comments)
