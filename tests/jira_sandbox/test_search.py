"""JQL, pages of results, and an index that is behind."""

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jira_sandbox.jql import Clause, JqlError, parse, tokens


@pytest.fixture
def filled(jira):
    sandbox = jira.sandbox
    sandbox.add_issue(
        "OPS",
        type="Incident",
        summary="Checkout down",
        labels=["PM-1", "b"],
        created="2026-01-01T10:00:00Z",
        priority="High",
    )
    sandbox.add_issue(
        "OPS",
        type="Task",
        summary="Runbook",
        status="Done",
        resolution="Won't Do",
        created="2026-01-02T10:00:00Z",
        assignee="ravi.patel",
    )
    sandbox.add_issue(
        "OPS",
        type="Bug",
        summary="Pool",
        status="In Review",
        created="2026-01-03T10:00:00Z",
        fields={"Severity": {"value": "SEV2"}, "duedate": "2026-02-01"},
    )
    sandbox.add_issue("INCIDENT", type="Post-mortem", summary="Postmortem", created="2026-01-04T10:00:00Z")
    sandbox.put_remote_link("OPS-3", "https://example.com", "Page", global_id="postmortem:1")
    return jira  # fmt: skip


@pytest.mark.parametrize(
    ("jql", "keys"),
    [
        ("project = OPS order by key", ["OPS-1", "OPS-2", "OPS-3"]),
        ("project in (ops, INCIDENT) ORDER BY created DESC", ["INCIDENT-1", "OPS-3", "OPS-2", "OPS-1"]),
        ('labels = "pm-1"', ["OPS-1"]),
        ("labels in (b, c) AND project = OPS", ["OPS-1"]),
        ("labels is EMPTY order by key asc", ["INCIDENT-1", "OPS-2", "OPS-3"]),
        ("labels != c and project is not empty", ["OPS-1"]),
        ("statusCategory = done", ["OPS-2"]),
        ('statusCategory != Done and status = "In Review"', ["OPS-3"]),
        ('resolution = "Won\'t Do"', ["OPS-2"]),
        ("resolution is empty and project = OPS order by key", ["OPS-1", "OPS-3"]),
        ('created >= "2026-01-02" and created < "2026/01/03 10:00"', ["OPS-2"]),
        ("created > -1h", []),
        ("resolved >= 2026-01-02", ["OPS-2"]),
        ("due <= 2026-02-01", ["OPS-3"]),
        ("issuetype in (Bug, Task) order by created", ["OPS-2", "OPS-3"]),
        ("type not in (Bug, Task, Post-mortem)", ["OPS-1"]),
        ("key in (OPS-1, INCIDENT-1) order by key", ["INCIDENT-1", "OPS-1"]),
        ("id = OPS-1", ["OPS-1"]),
        ('issue in issuesWithRemoteLinksByGlobalId("postmortem:1")', ["OPS-3"]),
        ('issue in issuesWithRemoteLinksByGlobalId("other")', []),
        ("NOT project = OPS", ["INCIDENT-1"]),
        ("project = OPS and (type = Bug or priority = High) order by key", ["OPS-1", "OPS-3"]),
        ('summary ~ "checkout"', ["OPS-1"]),
        ("Severity = SEV2", ["OPS-3"]),
        ("cf[10100] = SEV2", ["OPS-3"]),
        ("assignee is not empty", ["OPS-2"]),
        ("reporter = currentUser()", []),
        ("updated >= startOfYear() && created > endOfDay(1d)", []),
    ],
)
def test_a_query_finds_what_it_says(filled, jql, keys):
    assert filled.find(jql) == keys


@pytest.mark.parametrize(
    ("jql", "text"),
    [
        ("project = ", "Expecting a value, list or function but got the end of the query"),
        ("project = OPS foo", "Expecting either 'OR' or 'AND' but got 'foo'"),
        ('labels = "a', "has not been completed"),
        ("labels = a@b", "The character '@' is a reserved JQL character"),
        ('labels = "a\\q"', "illegal JQL escape sequence"),
        ("colour = red", "Field 'colour' does not exist"),
        ("project = NOPE", "The value 'NOPE' does not exist for the field 'project'."),
        ("key = OPS-99", "An issue with key 'OPS-99' does not exist for field 'key'."),
        ("project > OPS", "The operator '>' is not supported by the 'project' field."),
        ("created > yesterday", "Date value 'yesterday' for field 'created' is invalid."),
        ("issue in linkedIssues(OPS-1)", "Unable to find JQL function 'linkedIssues(OPS-1)'."),
        ("project = OPS order by colour", "Not able to sort using field 'colour'."),
    ],
)
def test_a_wrong_query_is_a_400_that_says_why(filled, jql, text):
    refused = filled.post("/search/jql", {"jql": jql}) if filled.cloud else filled.post("/search", {"jql": jql})

    assert refused.status == 400
    assert text in refused.messages[0]


def test_cloud_refuses_an_unbounded_query(cloud, server):
    refused = [cloud.post("/search/jql", {"jql": jql}) for jql in ("", "order by created")]

    assert [one.status for one in refused] == [400, 400]
    assert "Unbounded" in refused[0].messages[0]
    assert server.post("/search", {"jql": ""}).status == 200


def test_data_center_drops_unknown_keys_where_it_is_told_not_to_validate(server):
    key = server.new().body["key"]
    answer = server.post("/search", {"jql": f"key in ({key}, OPS-99)", "validateQuery": False})

    assert [one["key"] for one in answer.body["issues"]] == [key]
    assert answer.body["warningMessages"]


def test_cloud_gives_tokens_and_only_the_id_unless_asked(cloud):
    for number in range(5):
        cloud.sandbox.add_issue("OPS", summary=str(number))
    cloud.sandbox.site.page_cap = 2
    found, token = [], None
    for _ in range(3):
        body = {"jql": "project = OPS", "fields": ["summary"], "maxResults": 5000}
        page = cloud.post("/search/jql", body | ({"nextPageToken": token} if token else {})).body
        found += [one["fields"]["summary"] for one in page["issues"]]
        token = page.get("nextPageToken")

    assert found == ["4", "3", "2", "1", "0"]
    assert page["isLast"] is True
    assert token is None
    assert cloud.post("/search/jql", {"jql": "key = OPS-1"}).body["issues"] == [{"id": "10001"}]
    assert cloud.post("/search/jql", {"jql": "key = OPS-1", "nextPageToken": "x"}).status == 400


def test_the_old_search_is_gone_on_cloud_and_the_new_one_is_not_on_data_center(cloud, server):
    assert cloud.get("/search", jql="project = OPS").status == 410
    assert server.post("/search/jql", {"jql": "project = OPS"}).status == 404


def test_data_center_pages_by_offset(server):
    for _ in range(3):
        server.sandbox.add_issue("OPS")
    page = server.post("/search", {"jql": "project = OPS", "startAt": 1, "maxResults": 1}).body

    assert (page["startAt"], page["maxResults"], page["total"]) == (1, 1, 3)
    assert [one["key"] for one in page["issues"]] == ["OPS-2"]


def test_what_was_written_is_found_only_when_the_index_is_released(jira):
    old = jira.new(labels=["pm-0"]).body["key"]
    jira.sandbox.lag_until_release = True
    new = jira.new(labels=["pm-1"]).body
    jira.put(f"/issue/{old}", {"fields": {"labels": ["pm-2"]}})

    assert jira.find("labels = pm-1") == []
    assert jira.find("labels = pm-0") == [old]
    assert jira.get(f"/issue/{old}").body["fields"]["labels"] == ["pm-2"]
    if jira.cloud:
        assert jira.find("labels = pm-1", reconcileIssues=[int(new["id"])]) == [new["key"]]
    jira.sandbox.release()
    assert jira.find("labels in (pm-1, pm-2)") == [new["key"], old]


def test_what_was_written_is_found_after_the_lag(jira):
    jira.sandbox.lag = 1.0
    jira.new(labels=["pm-1"])
    before = jira.find("labels = pm-1")
    until = time.monotonic() + 60
    while not jira.find("labels = pm-1") and time.monotonic() < until:
        time.sleep(0.01)

    assert before == []
    assert jira.find("labels = pm-1") == ["INCIDENT-1"]


@given(st.text(max_size=40).filter(lambda text: "\x00" not in text))
def test_a_quoted_text_is_one_value_whatever_is_in_it(text):
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')

    assert parse(f'labels = "{quoted}"').where == Clause("labels", "=", (text,))


@given(st.text(max_size=60))
def test_any_text_is_a_query_or_a_complaint(text):
    with contextlib.suppress(JqlError):
        assert tokens(text)[-1].kind == "end"
        assert parse(text)
