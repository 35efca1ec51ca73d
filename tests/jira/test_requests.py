"""What is sent to either kind of Jira, and what is made of its answers."""

import json
from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from generator.errors import NotFoundError, RefusedError, RemoteError
from generator.jira import (
    Account,
    Field,
    FieldMeta,
    IssueLink,
    IssueType,
    LinkType,
    RemoteLink,
    Status,
    Transition,
)
from tests.jira.calls import ADF, CALLS, LINK, of
from tests.jira.conftest import client

ME = {"accountId": "me", "name": "me", "displayName": "Bot"}


def anything(method, path, query, body):
    """An answer that will do for whatever is asked."""
    if path.endswith(("/remotelink", "/search", "/field")) and method == "GET":
        return []
    lists = ("issues", "values", "fields", "issueTypes", "comments", "transitions", "issueLinkTypes")
    raw = {
        "id": "1",
        "key": "OPS-1",
        **ME,
        "changelog": {"histories": []},
        "permissions": {},
        "total": 0,
        "isLast": True,
    }
    raw |= {key: [] for key in lists}
    if path.endswith(("/issue/1", "/issue/OPS-1", "/editmeta")):
        raw["fields"] = {}
    return (201 if method == "POST" else 200), raw


@pytest.mark.parametrize("name", CALLS)
def test_each_call_asks_for_one_thing(stand_in, dialect, name):
    call, method, path, query, body = CALLS[name]
    url, asked = stand_in(anything)
    jira = client(url, cloud=dialect == "cloud")
    if path.startswith("/user/properties") if isinstance(path, str) else False:
        jira.myself()
        asked.clear()

    try:
        call(jira)
    except NotFoundError:
        assert name == "issues"
    one = asked[0]
    parts = urlsplit(one.path)
    version = 3 if dialect == "cloud" else 2
    assert (one.method, parts.path) == (method, f"/rest/api/{version}{of(dialect, path)}")
    assert {key: values[0] for key, values in parse_qs(parts.query).items()} == of(dialect, query)
    assert (json.loads(one.body) if one.body else None) == of(dialect, body)


def answered(stand_in, dialect, value):
    url, asked = stand_in(value if callable(value) else lambda *_: value)
    return client(url, cloud=dialect == "cloud"), asked


def test_an_issue_is_read(stand_in, dialect):
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
    jira, _ = answered(stand_in, dialect, {"id": "1", "key": "OPS-1", "fields": fields, "properties": {"p": [1]}})
    issue = jira.issue("1", fields=["*all"], properties=["p"])

    assert (issue.summary, issue.status, issue.resolution) == (
        "Size the pool",
        Status("Done", "indeterminate"),
        "Won't Do",
    )
    assert issue.assignee == Account("7", "Jane", active=False)
    assert (issue.due, issue.labels, issue.properties) == (date(2026, 4, 1), ("a", "b"), {"p": [1]})
    assert issue.links == (
        IssueLink("5", "Blocks", "outward", "2", "OPS-2", Status("Erledigt", "done")),
        IssueLink("6", "Blocks", "inward", "3", "OPS-3"),
    )


@pytest.mark.parametrize("fields", [{}, None, {"status": None, "assignee": None, "duedate": "soon", "labels": None}])
def test_what_an_issue_does_not_have_is_empty(stand_in, dialect, fields):
    jira, _ = answered(stand_in, dialect, {"id": "1", "key": "OPS-1", "fields": fields})
    issue = jira.issue("1", fields=[])

    assert (issue.summary, issue.status, issue.resolution, issue.assignee, issue.due) == ("", None, "", None, None)
    assert (issue.labels, issue.links, issue.properties) == ((), (), {})


@pytest.mark.parametrize("category", ["undefined", "in-flight", None])
def test_a_category_that_is_none_of_the_three_is_undefined(stand_in, dialect, category):
    status = {"name": "X", "statusCategory": {"key": category}}
    jira, _ = answered(stand_in, dialect, {"id": "1", "key": "OPS-1", "fields": {"status": status}})

    assert jira.issue("1", fields=["status"]).status == Status("X", "undefined")


def test_transitions_are_read_with_their_screens(stand_in, dialect):
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
    jira, _ = answered(stand_in, dialect, raw)

    meta = FieldMeta("resolution", "Resolution", True, "", "resolution", "", ("Done", "Two", "three"), ("set",))
    assert jira.transitions("1") == (
        Transition("31", "Finish", Status("Done", "done"), {"resolution": meta}),
        Transition("4", "", Status("", "undefined"), {}),
    )


def test_a_remote_link_comes_back_as_it_was_put(stand_in, dialect):
    kept = []

    def answer(method, path, query, body):
        if method == "POST":
            kept.append({"id": 1, "self": "x", **body})
            return 201, {"id": 1}
        return [*kept, {"id": 2, "object": {"url": "https://example.com/2", "title": "Other"}}]

    jira, _ = answered(stand_in, dialect, answer)
    jira.put_remote_link("1", LINK)
    jira.put_remote_link("1", RemoteLink("g", "https://example.com", "T"))

    other = RemoteLink("", "https://example.com/2", "Other")
    assert jira.remote_links("1") == (LINK, RemoteLink("g", "https://example.com", "T"), other)


def test_metadata_is_read_in_either_envelope(stand_in, dialect):
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

    jira, _ = answered(stand_in, dialect, answer)

    assert jira.fields() == (Field("customfield_1", "Impact", "x:textarea", "string"), Field("thumbnail", ""))
    assert jira.link_types() == (LinkType("1", "Blocks", "is blocked by", "blocks"),)
    assert jira.issue_types("OPS") == (IssueType("1", "Task"), IssueType("2", "Sub-task", True))
    assert jira.create_fields("OPS", "1") == {
        "customfield_1": FieldMeta("customfield_1", "Impact", True, "", "array", "option")
    }


def test_permissions_are_had_or_not(stand_in, dialect):
    permissions = {"CREATE_ISSUES": {"havePermission": True}, "EDIT_ISSUES": {"havePermission": False}}
    jira, _ = answered(stand_in, dialect, {"permissions": permissions})

    names = ("CREATE_ISSUES", "EDIT_ISSUES", "LINK_ISSUES")
    assert jira.permissions("OPS", names=names) == {"CREATE_ISSUES": True, "EDIT_ISSUES": False, "LINK_ISSUES": False}


def test_an_edit_screen_is_read(stand_in, dialect):
    jira, _ = answered(stand_in, dialect, {"fields": {"summary": {"required": True, "name": "Summary"}}})

    assert jira.edit_fields("1") == {"summary": FieldMeta("summary", "Summary", True)}


def test_changes_are_told_from_the_oldest(stand_in, dialect):
    changes = [{"id": "10", "created": "b"}, {"id": "9", "created": "a"}]
    raw = {"values": changes, "total": 2} if dialect == "cloud" else {"changelog": {"histories": changes}}
    jira, _ = answered(stand_in, dialect, raw)

    assert [one["id"] for one in jira.changelog("1")] == ["9", "10"]


def test_all_comments_are_read(stand_in, dialect):
    def answer(method, path, query, body):
        at = int(query["startAt"])
        return {
            "comments": [{"id": str(number)} for number in range(at, min(at + 50, 120))],
            "total": 120,
            "startAt": at,
        }

    jira, asked = answered(stand_in, dialect, answer)

    assert len(jira.comments("1")) == 120
    assert len(asked) == 3


def test_service_levels_are_read_to_the_last_page_and_an_issue_that_is_no_request_has_none(stand_in, dialect):
    def answer(method, path, query, body):
        if "/OPS-9/" in path:
            return 404, {"errorMessage": "The request does not exist"}
        if "/OPS-8/" in path:
            return 403, {"errorMessage": "You are no agent"}
        at = int(query["start"])
        return {"values": [{"id": str(at), "name": "Time to resolution"}], "isLastPage": at == 1}

    jira, asked = answered(stand_in, dialect, answer)

    assert [one["id"] for one in jira.sla("OPS-1")] == ["0", "1"]
    assert asked[0].path == "/rest/servicedeskapi/request/OPS-1/sla?start=0&limit=100"
    assert jira.sla("OPS-9") == ()
    with pytest.raises(RefusedError, match="You are no agent"):
        jira.sla("OPS-8")


def test_a_property_that_is_not_there_is_none_and_one_of_no_issue_an_error(stand_in, dialect):
    def answer(method, path, query, body):
        if path.endswith("/properties/p"):
            return {"key": "p", "value": {"a": 1}}
        return {"id": "1", "key": "OPS-1"} if path.endswith("/issue/1") else (404, {})

    jira, _ = answered(stand_in, dialect, answer)

    assert jira.property("1", "p") == {"a": 1}
    assert jira.property("1", "q") is None
    with pytest.raises(NotFoundError):
        jira.property("2", "q")


def test_properties_of_the_account_say_whether_they_are_new(stand_in, dialect):
    kept = {}

    def answer(method, path, query, body):
        if path.endswith("/myself"):
            return ME
        if method == "PUT":
            new = path not in kept
            kept[path] = body
            return (201 if new else 200), None
        if path not in kept:
            return 404, {}
        return (204, kept.pop(path) and None) if method == "DELETE" else {"value": kept[path]}

    jira, _ = answered(stand_in, dialect, answer)

    assert jira.my_property("p") is None
    assert jira.set_my_property("p", {"a": 1}) is True
    assert jira.set_my_property("p", {"a": 2}) is False
    assert jira.my_property("p") == {"a": 2}
    jira.delete_my_property("p")
    jira.delete_my_property("p")
    assert jira.my_property("p") is None


def test_a_search_with_properties_tells_them_in_both_dialects(stand_in, dialect):
    def answer(method, path, query, body):
        if method == "GET":
            assert query == {"fields": "summary", "properties": "p"}
            return {"id": "1", "key": "OPS-1", "properties": {"p": 1}} if path.endswith("/1") else (404, {})
        properties = {"properties": {"p": 1}} if "properties" in body else {}
        return {"issues": [{"id": "1", "key": "OPS-1", **properties}], "total": 1, "isLast": True}

    jira, _ = answered(stand_in, dialect, answer)

    assert [issue.properties for issue in jira.search("x", fields=["summary"], properties=["p"])] == [{"p": 1}]
    fetched = jira.issues(["1", "2"], fields=["summary"], properties=["p"])
    assert [issue.properties for issue in fetched.found] == [{"p": 1}]
    assert fetched.missing == ("2",)


def test_what_people_open_is_at_the_site(stand_in, dialect):
    url, _ = stand_in(lambda *_: {})
    jira = client(url, cloud=dialect == "cloud", site="https://example.atlassian.net")

    assert jira.browse("OPS-1") == "https://example.atlassian.net/browse/OPS-1"
    assert jira.dialect == dialect
    assert jira.user(Account("7", "Jane")) == ({"accountId": "7"} if dialect == "cloud" else {"name": "7"})


def test_rich_text_is_rendered_for_the_dialect(dialect):
    rendered = client("https://example.atlassian.net", cloud=dialect == "cloud").render("Hi")

    assert rendered.value == (ADF if dialect == "cloud" else "Hi")


def test_the_clock_is_jiras(stand_in, dialect):
    jira, asked = answered(stand_in, dialect, {"serverTime": "2026-11-20T12:00:00.000+0000"})

    assert abs((datetime.now(UTC) - jira.now()).total_seconds()) < 5
    jira.now()
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("told", "moment"), [("2026-11-20T14:00:00.000+0200", datetime(2026, 11, 20, 12, tzinfo=UTC)), ("?", None)]
)
def test_a_jira_that_dates_no_answer_is_asked_for_its_time(stand_in, dialect, told, moment):
    url, _ = stand_in(lambda *_: {"serverTime": told}, Date="")
    jira = client(url, cloud=dialect == "cloud")

    if moment:
        assert jira.now() == moment
    else:
        with pytest.raises(RemoteError, match="time"):
            jira.now()
