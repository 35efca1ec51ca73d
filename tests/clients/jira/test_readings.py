"""What is made of Jira's answers, in either dialect."""

from datetime import date

import pytest

from generator.clients.jira import (
    FieldMeta,
    IssueLink,
    IssueType,
    JiraField,
    JiraStatus,
    JiraUser,
    LinkType,
    RemoteLink,
    Transition,
)
from generator.errors import RefusedError
from tests.clients.jira.calls import LINK

ME = {"accountId": "me", "name": "me", "displayName": "Bot"}


def test_an_issue_is_read(answered):
    other = {"id": "2", "key": "OPS-2", "fields": {"status": {"name": "Erledigt", "statusCategory": {"key": "done"}}}}
    kind = {"id": "1", "name": "Blocks", "inward": "is blocked by", "outward": "blocks"}
    fields = {
        "summary": "Size the pool",
        "status": {"name": "Done", "statusCategory": {"key": "indeterminate"}},
        "resolution": {"name": "Won't Do"},
        "assignee": {"accountId": "7", "displayName": "Jane", "active": False},
        "duedate": "2026-04-01",
        "labels": ["a", "b"],
        "issuelinks": [
            {"id": "5", "type": kind, "outwardIssue": other},
            {"id": "6", "type": kind, "inwardIssue": {"id": "3", "key": "OPS-3"}},
            {"id": "7", "type": kind},
            None,
        ],
    }
    jira, _ = answered({"id": "1", "key": "OPS-1", "fields": fields, "properties": {"p": [1]}})
    issue = jira.issue("1", fields=["*all"], properties=["p"])

    assert (issue.summary, issue.status, issue.resolution) == (
        "Size the pool",
        JiraStatus("Done", "indeterminate"),
        "Won't Do",
    )
    assert issue.assignee == JiraUser("7", "Jane", active=False)
    assert (issue.due, issue.labels, issue.properties) == (date(2026, 4, 1), ("a", "b"), {"p": [1]})
    assert issue.links == (
        IssueLink("5", "Blocks", "outward", "2", "OPS-2", JiraStatus("Erledigt", "done")),
        IssueLink("6", "Blocks", "inward", "3", "OPS-3"),
    )


@pytest.mark.parametrize("fields", [{}, None, {"status": None, "assignee": None, "duedate": "soon", "labels": None}])
def test_what_an_issue_does_not_have_is_empty(answered, fields):
    jira, _ = answered({"id": "1", "key": "OPS-1", "fields": fields})
    issue = jira.issue("1", fields=[])

    assert (issue.summary, issue.status, issue.resolution, issue.assignee, issue.due) == ("", None, "", None, None)
    assert (issue.labels, issue.links, issue.properties) == ((), (), {})


@pytest.mark.parametrize("category", ["undefined", "in-flight", None])
def test_a_category_that_is_none_of_the_three_is_undefined(answered, category):
    status = {"name": "X", "statusCategory": {"key": category}}
    jira, _ = answered({"id": "1", "key": "OPS-1", "fields": {"status": status}})

    assert jira.issue("1", fields=["status"]).status == JiraStatus("X", "undefined")


def test_transitions_are_read_with_their_screens(answered):
    resolution = {
        "required": True,
        "name": "Resolution",
        "schema": {"type": "resolution", "system": "resolution"},
        "operations": ["set"],
        "allowedValues": [{"id": "1", "name": "Done"}, {"id": "2", "value": "Two"}, "three"],
        "hasDefaultValue": False,
    }
    to = {"name": "Done", "statusCategory": {"key": "done"}}
    raw = {"transitions": [{"id": "31", "name": "Finish", "to": to, "fields": {"resolution": resolution}}, {"id": "4"}]}
    jira, _ = answered(raw)

    meta = FieldMeta("resolution", "Resolution", True, "", "resolution", "", ("Done", "Two", "three"), ("set",))
    assert jira.transitions("1") == (
        Transition("31", "Finish", JiraStatus("Done", "done"), {"resolution": meta}),
        Transition("4", "", JiraStatus("", "undefined"), {}),
    )


def test_a_remote_link_comes_back_as_it_was_put(answered):
    kept = []

    def answer(method, path, query, body):
        if method == "POST":
            kept.append({"id": 1, "self": "x", **body})
            return 201, {"id": 1}
        return [*kept, {"id": 2, "object": {"url": "https://example.com/2", "title": "Other"}}]

    jira, _ = answered(answer)
    jira.put_remote_link("1", LINK)
    jira.put_remote_link("1", RemoteLink("g", "https://example.com", "T"))

    other = RemoteLink("", "https://example.com/2", "Other")
    assert jira.remote_links("1") == (LINK, RemoteLink("g", "https://example.com", "T"), other)


def test_metadata_is_read_in_either_envelope(answered, dialect):
    cloud = dialect == "cloud"

    def answer(method, path, query, body):
        if path.endswith("/field"):
            return [
                {"id": "customfield_1", "name": "Impact", "schema": {"type": "string", "custom": "x:textarea"}},
                {"id": "thumbnail"},
            ]
        if path.endswith("/issueLinkType"):
            return {"issueLinkTypes": [{"id": "1", "name": "Blocks", "inward": "is blocked by", "outward": "blocks"}]}
        if path.endswith("/issuetypes"):
            page = [{"id": "1", "name": "Task", "subtask": False}, {"id": "2", "name": "Sub-task", "subtask": True}]
            return {"issueTypes" if cloud else "values": page, "total": 2}
        field = {
            "fieldId": "customfield_1",
            "name": "Impact",
            "required": True,
            "schema": {"type": "array", "items": "option"},
        }
        return {"fields" if cloud else "values": [field], "total": 1, "isLast": True}

    jira, _ = answered(answer)

    assert jira.fields() == (JiraField("customfield_1", "Impact", "x:textarea", "string"), JiraField("thumbnail", ""))
    assert jira.link_types() == (LinkType("1", "Blocks", "is blocked by", "blocks"),)
    assert jira.issue_types("OPS") == (IssueType("1", "Task"), IssueType("2", "Sub-task", True))
    assert jira.create_fields("OPS", "1") == {
        "customfield_1": FieldMeta("customfield_1", "Impact", True, "", "array", "option")
    }


def test_permissions_are_had_or_not(answered):
    permissions = {"CREATE_ISSUES": {"havePermission": True}, "EDIT_ISSUES": {"havePermission": False}}
    jira, _ = answered({"permissions": permissions})

    names = ("CREATE_ISSUES", "EDIT_ISSUES", "LINK_ISSUES")
    assert jira.permissions("OPS", names=names) == {"CREATE_ISSUES": True, "EDIT_ISSUES": False, "LINK_ISSUES": False}


def test_an_edit_screen_is_read(answered):
    jira, _ = answered({"fields": {"summary": {"required": True, "name": "Summary"}}})

    assert jira.edit_fields("1") == {"summary": FieldMeta("summary", "Summary", True)}


def test_changes_are_told_from_the_oldest(answered, dialect):
    changes = [{"id": "10", "created": "b"}, {"id": "9", "created": "a"}]
    raw = {"values": changes, "total": 2} if dialect == "cloud" else {"changelog": {"histories": changes}}
    jira, _ = answered(raw)

    assert [one["id"] for one in jira.changelog("1")] == ["9", "10"]


def test_all_comments_are_read(answered):
    def answer(method, path, query, body):
        at = int(query["startAt"])
        return {
            "comments": [{"id": str(number)} for number in range(at, min(at + 50, 120))],
            "total": 120,
            "startAt": at,
        }

    jira, asked = answered(answer)

    assert len(jira.comments("1")) == 120
    assert len(asked) == 3


def test_service_levels_are_read_to_the_last_page_and_an_issue_that_is_no_request_has_none(answered):
    def answer(method, path, query, body):
        if "/OPS-9/" in path:
            return 404, {"errorMessage": "The request does not exist"}
        if "/OPS-8/" in path:
            return 403, {"errorMessage": "You are no agent"}
        at = int(query["start"])
        return {"values": [{"id": str(at), "name": "Time to resolution"}], "isLastPage": at == 1}

    jira, asked = answered(answer)

    assert [one["id"] for one in jira.sla("OPS-1")] == ["0", "1"]
    assert asked[0].path == "/rest/servicedeskapi/request/OPS-1/sla?start=0&limit=100"
    assert jira.sla("OPS-9") == ()
    with pytest.raises(RefusedError, match="You are no agent"):
        jira.sla("OPS-8")
