"""GitHub's issues as incidents, and its releases, deployments, pushes and runs as what changed around them."""

from datetime import UTC, datetime

import pytest

from generator.draft.incident import EventKind, FollowUp, Participant
from generator.draft.sources import github
from generator.errors import InputError
from tests.draft.sources.observed import payload

REPOSITORY = {"full_name": "example/checkout", "name": "checkout"}


def at(hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2026, 3, 15, hour, minute, second, tzinfo=UTC)


def test_an_issue_is_an_incident_with_what_its_form_and_labels_say():
    (found,) = github.incidents_from(payload("github/issue"))

    assert (found.source, found.ref, found.title) == ("GitHub", "example/checkout#42", "Checkout answers with 503")
    assert found.url == "https://github.com/example/checkout/issues/42"
    assert (found.severity, found.priority, found.status, found.environment) == ("sev1", "P1", "closed", "production")
    assert (found.created, found.started, found.detected, found.resolved) == (at(14, 37), at(14, 32), None, at(16, 46))
    assert found.services == ("checkout", "payments-db")
    assert found.components == ("payments", "checkout")
    assert found.tags == ("incident",)
    assert found.impact == "About 12 % of the payments fail."
    assert found.description == "Payments time out. See the [runbook](https://runbooks.example.com/pool)."
    assert found.participants == (
        Participant("assignee", "liwei", account="liwei"),
        Participant("reporter", "jsmith", account="jsmith"),
    )
    assert found.follow_ups == (
        FollowUp("Alert on pool saturation", status="open"),
        FollowUp("Roll back", status="completed"),
    )
    assert [(ref.type, ref.title) for ref in found.references] == [
        ("ticket", "example/checkout#42"),
        ("runbook", "runbook"),
    ]


def test_comments_and_timeline_are_events():
    (found,) = github.incidents_from(payload("github/issue"))

    assert [(event.at, event.text, event.actor, event.kind) for event in found.events] == [
        (at(14, 37), "Issue opened: Checkout answers with 503", "jsmith", EventKind.STATUS),
        (at(14, 38), "Label added: sev1", "jsmith", EventKind.SEVERITY),
        (at(14, 39), "Assigned: liwei", "jsmith", EventKind.ASSIGNMENT),
        (at(15, 2), "Finding: pool? The pool is **full**: `FATAL: no free connection`", "liwei", EventKind.MESSAGE),
        (at(16, 46), "Issue closed: completed", "liwei", EventKind.STATUS),
    ]
    assert found.events[3].key
    assert found.events[3].url.endswith("#issuecomment-501")


def test_the_command_lines_json_is_the_same_issue():
    (found,) = github.incidents_from(payload("github/gh_issue"))

    assert (found.ref, found.severity, found.status) == ("example/checkout#42", "critical", "closed")
    assert (found.created, found.resolved) == (at(14, 37), at(16, 46))
    assert [event.uid for event in found.events] == [
        "example/checkout#42/opened",
        "comment/501",
        "closed/2026-03-15T16:46:00+00:00",
    ]


def test_an_issue_and_its_comments_side_by_side():
    issue = payload("github/issue")
    comments = issue.pop("comments")

    (found,) = github.incidents_from({"issue": issue, "comments": comments})
    (split,) = github.incidents_from(comments)

    assert "comment/501" in [event.uid for event in found.events]
    assert split.partial


def test_webhooks_about_one_issue_are_one_incident():
    issue = payload("github/issue") | {"state": "open", "closed_at": None}
    comment = issue.pop("comments")[0]
    del issue["timeline"]
    about = {"repository": REPOSITORY, "sender": {"login": "jsmith"}}
    hooks = [
        {"action": "opened", "issue": issue, **about},
        {
            "action": "labeled",
            "label": {"name": "sev1"},
            "issue": issue | {"updated_at": "2026-03-15T14:38:00Z"},
            **about,
        },
        {"action": "created", "comment": comment, "issue": issue, **about},
        {"action": "closed", "issue": issue | {"state": "closed", "closed_at": "2026-03-15T16:46:00Z"}, **about},
    ]

    (found,) = github.incidents_from(hooks)

    assert [event.text.partition(":")[0] for event in found.events] == [
        "Issue opened",
        "Label added",
        "Finding",
        "Issue closed",
    ]
    assert (found.status, found.resolved) == ("closed", at(16, 46))


def test_a_deleted_comment_is_no_event():
    issue = payload("github/issue")
    comment = issue.pop("comments")[0]
    hook = {
        "action": "deleted",
        "comment": comment,
        "issue": issue,
        "repository": REPOSITORY,
        "sender": {"login": "jsmith"},
    }

    assert "comment/501" not in [event.uid for event in github.incidents_from(hook)[0].events]


def test_a_graphql_answer():
    issue = {
        "title": "Checkout is down",
        "state": "CLOSED",
        "createdAt": "2026-03-15T14:37:00Z",
        "closedAt": "2026-03-15T16:46:00Z",
        "number": 42,
        "labels": {"nodes": [{"name": "sev2"}]},
        "author": {"login": "jsmith"},
    }
    release = {
        "tagName": "v1",
        "createdAt": "2026-03-15T14:00:00Z",
        "url": "https://github.com/example/checkout/releases/tag/v1",
    }
    data = {
        "data": {
            "repository": {
                "nameWithOwner": "example/checkout",
                "issues": {"nodes": [issue]},
                "releases": {"nodes": [release]},
            }
        }
    }

    issue_found, changes = github.incidents_from(data)

    assert (issue_found.ref, issue_found.severity, issue_found.resolved) == ("example/checkout#42", "sev2", at(16, 46))
    assert changes.releases[0].name == "checkout@v1"


def test_a_deployment_that_succeeded_is_a_release():
    (found,) = github.incidents_from(payload("github/deployment_status"))

    assert found.partial
    (event,), (release,) = found.events, found.releases
    assert (event.at, event.text, event.actor, event.kind) == (
        at(14, 30),
        "Deployed checkout@v2.3.1 to production",
        "release-bot",
        EventKind.RELEASE,
    )
    assert (release.name, release.service, release.environment, release.author, release.relationship) == (
        "checkout@v2.3.1",
        "checkout",
        "production",
        "release-bot",
        "",
    )


@pytest.mark.parametrize(
    ("state", "line", "releases"),
    [
        ("failure", "Deployment of checkout@v2.3.1 to production failed", 0),
        ("in_progress", "Deployment of checkout@v2.3.1 to production started", 0),
        ("inactive", "Deployment of checkout@v2.3.1 to production is no longer active", 0),
        ("success", "Deployed checkout@v2.3.1 to production", 1),
    ],
)
def test_every_state_of_a_deployment_is_told(state, line, releases):
    hook = payload("github/deployment_status")
    hook["deployment_status"]["state"] = state

    (found,) = github.incidents_from(hook)

    assert [event.text for event in found.events] == [line]
    assert len(found.releases) == releases


def test_a_rollback_is_called_one():
    hook = payload("github/deployment_status")
    hook["deployment"]["task"] = "deploy:rollback"

    assert github.incidents_from(hook)[0].events[0].text == "Rolled back to checkout@v2.3.1 on production"


def test_a_published_release():
    (found,) = github.incidents_from(payload("github/release"))
    (alone,) = github.incidents_from([payload("github/release")["release"]])

    assert found.releases == alone.releases
    assert (found.releases[0].name, found.releases[0].at, found.releases[0].author) == (
        "checkout@v2.3.1",
        at(14, 25),
        "liwei",
    )
    assert found.events[0].text == "Released checkout@v2.3.1"


def test_a_push_and_a_run():
    (found,) = github.incidents_from([payload("github/push"), *payload("github/runs")["workflow_runs"]])

    assert [(event.at, event.text, event.actor) for event in found.events] == [
        (at(15, 6), "Pushed 2 commits to checkout/main: Use the old pool size", "liwei"),
        (at(15, 9), "Workflow Deploy on checkout/main failed", "liwei"),
    ]


def test_a_pushed_tag_is_a_release():
    hook = payload("github/push") | {"ref": "refs/tags/v2.3.2"}

    (found,) = github.incidents_from(hook)

    assert [event.text for event in found.events] == ["Tag pushed: checkout/v2.3.2"]
    assert found.releases[0].name == "checkout@v2.3.2"


def test_a_merged_pull_request_is_a_change():
    pull = {
        "url": "https://api.github.com/repos/example/checkout/pulls/43", "html_url": "https://github.com/example/checkout/pull/43", "number": 43,
        "title": "Use the *old* pool size", "state": "closed", "user": {"login": "liwei"}, "head": {}, "base": {},
        "created_at": "2026-03-15T15:03:00Z", "merged_at": "2026-03-15T15:05:00Z", "closed_at": "2026-03-15T15:05:00Z", "merged_by": {"login": "jsmith"},
    }  # fmt: skip

    (found,) = github.incidents_from(
        {
            "action": "closed",
            "number": 43,
            "pull_request": pull,
            "repository": REPOSITORY,
            "sender": {"login": "jsmith"},
        }
    )

    assert found.partial
    assert [(event.text, event.kind) for event in found.events] == [
        ("Pull request opened: Use the \\*old\\* pool size (checkout#43)", EventKind.NOTE),
        ("Pull request merged: Use the \\*old\\* pool size (checkout#43)", EventKind.RELEASE),
    ]


def test_deliveries_and_the_activity_feed_are_unwrapped():
    hook = payload("github/release")
    entry = {
        "id": "1",
        "type": "ReleaseEvent",
        "actor": {"login": "liwei"},
        "repo": {"name": "example/checkout"},
        "payload": {"action": "published", "release": hook["release"]},
        "created_at": "2026-03-15T14:25:00Z",
    }

    for data in (
        {"id": 1, "guid": "g", "event": "release", "request": {"headers": {}, "payload": hook}},
        entry,
        [entry],
    ):
        assert github.recognises(data)
        assert github.incidents_from(data)[0].releases[0].name == "checkout@v2.3.1"


@pytest.mark.parametrize(
    "data",
    [
        {
            "zen": "Keep it logically awesome.",
            "hook_id": 1,
            "hook": {},
            "repository": REPOSITORY,
            "sender": {"login": "jsmith"},
        },
        {"action": "started", "repository": REPOSITORY, "sender": {"login": "jsmith"}},
        {"login": "jsmith", "id": 1, "node_id": "U_1", "url": "https://api.github.com/users/jsmith"},
    ],
)
def test_what_tells_of_no_change_is_refused_with_advice(data):
    assert github.recognises(data)
    with pytest.raises(InputError, match="gh issue view"):
        github.incidents_from(data)
