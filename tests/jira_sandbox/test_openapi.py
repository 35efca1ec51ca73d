"""Every endpoint of both dialects, held against Atlassian's own description of them."""

import warnings

import pytest

from tests.jira_sandbox import contract
from tests.jira_sandbox.client import Client

pytestmark = pytest.mark.contract


def drive(jira: Client) -> None:  # noqa: PLR0915 - a list of all there is
    """Use every endpoint as it is meant to be used."""
    sandbox, cloud = jira.sandbox, jira.cloud
    other = sandbox.add_issue("OPS", type="Incident", status="Done", labels=["a"], comments=["One", "Two"])
    made = jira.new(
        description=jira.text("What happened"),
        labels=["postmortem-1"],
        customfield_10104=jira.text("Impact"),
        customfield_10106={"value": "Capacity"},
        duedate="2026-05-01",
        assignee={"accountId": "5f3c1a7e9b2d4c0068a10001"} if cloud else {"name": "5f3c1a7e9b2d4c0068a10001"},
        properties=[{"key": "postmortem", "value": {"id": "INC-1"}}],
        update={"issuelinks": [{"add": {"type": {"name": "Relates"}, "outwardIssue": {"key": other}}}]},
    ).body
    key, issue = made["key"], f"/issue/{made['key']}"
    for path in (
        "/serverInfo",
        "/myself",
        "/field",
        "/project/OPS",
        "/project/OPS/statuses",
        "/status",
        "/statuscategory",
    ):
        jira.get(path)
    for path in (
        "/resolution",
        "/issueLinkType",
        "/issue/createmeta/OPS/issuetypes",
        "/issue/createmeta/OPS/issuetypes/10010",
    ):
        jira.get(path)
    jira.get("/mypermissions", permissions="BROWSE_PROJECTS,CREATE_ISSUES")
    word = "accountId" if cloud else "username"
    jira.get("/user", **{word: "5f3c1a7e9b2d4c0068a10001"})
    jira.get("/user/search", **{"query" if cloud else "username": "jane"})
    jira.get("/user/assignable/search", project="OPS", **{"query" if cloud else "username": "jane"})
    jira.get(issue, fields="*all", expand="names,schema,changelog,editmeta,transitions", properties="*all")
    for path in ("/editmeta", "/properties", "/properties/postmortem", "/transitions", "/comment"):
        jira.get(issue + path)
    jira.get(f"{issue}/transitions", expand="transitions.fields")
    jira.put(issue, {"fields": {"summary": "New"}, "update": {"labels": [{"add": "b"}, {"remove": "postmortem-1"}]}})
    jira.put(f"{issue}/assignee", {word if cloud else "name": None})
    jira.put(f"{issue}/properties/other", {"a": [1]})
    jira.put(f"{issue}/properties/other", {"a": [2]})
    jira.delete(f"{issue}/properties/other")
    jira.post(f"{issue}/transitions", {"transition": {"id": "41"}})
    comment = jira.post(f"{issue}/comment", {"body": jira.text("Hello")}).body["id"]
    jira.get(f"{issue}/comment/{comment}")
    jira.put(f"{issue}/comment/{comment}", {"body": jira.text("Hello again")})
    jira.delete(f"{issue}/comment/{comment}")
    remote = {"globalId": "postmortem:1", "object": {"url": "https://example.com/1", "title": "Postmortem"}}
    number = jira.post(f"{issue}/remotelink", remote).body["id"]
    jira.post(f"{issue}/remotelink", remote)
    jira.get(f"{issue}/remotelink")
    jira.get(f"{issue}/remotelink/{number}")
    jira.put(f"{issue}/remotelink/{number}", remote)
    jira.delete(f"{issue}/remotelink/{number}")
    link = {"type": {"name": "Blocks"}, "inwardIssue": {"key": key}, "outwardIssue": {"key": other}}
    jira.post("/issueLink", link)
    number = sandbox.links(key)[-1]["id"]
    jira.get(f"/issueLink/{number}")
    jira.delete(f"/issueLink/{number}")
    file = jira.upload(key, ("notes.txt", b"hello")).body[0]["id"]
    jira.get(f"/attachment/{file}")
    jira.post("/issue/bulk", {"issueUpdates": [{"fields": {"summary": "x"}}, _task("Two")]})
    if cloud:
        jira.post("/search/jql", {"jql": "project = OPS", "fields": ["summary", "status"], "expand": "names"})
        jira.get("/search/jql", jql="project = OPS", fields="summary")
        jira.post("/search/approximate-count", {"jql": "project = OPS"})
        jira.post("/issue/bulkfetch", {"issueIdsOrKeys": [key, "OPS-999"], "fields": ["summary"]})
        jira.get(f"{issue}/changelog")
        jira.post("/changelog/bulkfetch", {"issueIdsOrKeys": [key]})
        jira.get("/field/search", type="custom")
        for path in ("/priority/search", "/resolution/search"):
            jira.get(path)
    else:
        jira.post("/search", {"jql": "project = OPS", "fields": ["summary"], "validateQuery": False})
        jira.get("/search", jql="project = OPS", expand="changelog,names")
        jira.get("/priority")
        jira.put("/user/properties/lock", {"a": 1}, username="postmortem-bot")
        jira.get("/user/properties/lock", username="postmortem-bot")
        jira.delete("/user/properties/lock", username="postmortem-bot")
    jira.delete(f"/attachment/{file}")
    jira.delete(issue)


def _task(summary):
    return {"fields": {"project": {"key": "OPS"}, "issuetype": {"name": "Task"}, "summary": summary}}


def test_every_request_and_answer_is_as_atlassian_describes_it(jira):
    drive(jira)

    assert [one for one in jira.sandbox.requests if one.status >= 400] == []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert contract.violations(jira.sandbox.requests) == []


def test_every_route_that_is_described_was_driven(jira):
    from jira_sandbox import routes

    drive(jira)
    dialect = "cloud" if jira.cloud else "data-center"
    used = set()
    for one in jira.sandbox.requests:
        route, _, _ = routes.find(routes.API, one.method, one.path.removeprefix(jira.api), dialect)
        used.add((route.method, route.path))
    # Checked elsewhere, as the descriptions leave them out or mean something else by them.
    elsewhere = ("/user/properties", "/search", "/attachment/content", "/priority", "/issue/{}/remotelink")
    left = {
        (one.method, one.path)
        for one in routes.API
        if one.dialect in {"", dialect} and not one.path.startswith(elsewhere)
    }

    assert left - used == set()


def test_a_wrong_request_or_answer_does_not_pass(cloud):
    from dataclasses import replace

    cloud.new()
    good = cloud.sandbox.requests[-1]
    plain = good.raw.replace(b'"summary": "Checkout errors"', b'"description": "plain text"')

    assert contract.violations([good]) == []
    assert "request: " in contract.violations([replace(good, raw=plain)])[0]
    for answer in (b"[]", b"<html>"):
        assert "answer: " in contract.violations([replace(good, answer=answer)])[0]
