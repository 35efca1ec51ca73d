"""Every request that the client can make, with what it asks of each dialect: method, path, query, body."""

import json

from generator.clients.jira import JiraUser, RemoteLink

JANE = JiraUser("712020:jane", "Jane")
ADF = {"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": [{"type": "text", "text": "Hi"}]}]}
TEXT = {"cloud": ADF, "data-center": "Hi"}
USER = {"cloud": {"accountId": JANE.id}, "data-center": {"name": JANE.id}}
MINE = {"cloud": {"accountId": "me"}, "data-center": {"username": "me"}}
FIELDS = {"project": {"key": "OPS"}, "issuetype": {"id": "1"}, "summary": "Size the pool", "labels": ["pm-1"]}
MARK = {"id": "INC-2026-0042"}
LINK = RemoteLink(
    "postmortem:1", "https://example.com/1", "INC-2026-0042", "A summary", "Postmortems", "https://example.com/i.png"
)
LINK_BODY = {
    "globalId": "postmortem:1",
    "application": {"name": "Postmortems"},
    "object": {
        "url": "https://example.com/1",
        "title": "INC-2026-0042",
        "summary": "A summary",
        "icon": {"url16x16": "https://example.com/i.png", "title": "Postmortems"},
    },
}
EDIT = {"fields": {"duedate": "2026-04-01"}, "update": {"labels": [{"add": "x"}]}}

# name -> (call, method, path below /rest/api/N, query, body); a dict with both dialects' names stands for what differs.
CALLS = {
    "myself": (lambda jira: jira.myself(), "GET", "/myself", {}, None),
    "server_info": (lambda jira: jira.server_info(), "GET", "/serverInfo", {}, None),
    "issue": (
        lambda jira: jira.issue("OPS-1", fields=["summary", "status"], properties=["p"], expand=["names"]),
        "GET",
        "/issue/OPS-1",
        {"fields": "summary,status", "properties": "p", "expand": "names"},
        None,
    ),
    "issue without fields": (lambda jira: jira.issue("1", fields=[]), "GET", "/issue/1", {"fields": "key"}, None),
    "issues": (
        lambda jira: jira.issues(["OPS-1", "10002"], fields=["summary"]),
        "POST",
        {"cloud": "/issue/bulkfetch", "data-center": "/search"},
        {},
        {
            "cloud": {"issueIdsOrKeys": ["OPS-1", "10002"], "fields": ["summary"]},
            "data-center": {
                "jql": 'id in ("10002") OR key in ("OPS-1")',
                "fields": ["summary"],
                "maxResults": 100,
                "validateQuery": False,
                "startAt": 0,
            },
        },
    ),
    "search": (
        lambda jira: jira.search('labels = "pm-1"', fields=["summary"]),
        "POST",
        {"cloud": "/search/jql", "data-center": "/search"},
        {},
        {
            "cloud": {"jql": 'labels = "pm-1"', "fields": ["summary"], "maxResults": 100},
            "data-center": {
                "jql": 'labels = "pm-1"',
                "fields": ["summary"],
                "maxResults": 100,
                "validateQuery": True,
                "startAt": 0,
            },
        },
    ),
    "create": (
        lambda jira: jira.create(FIELDS, properties={"postmortem": MARK}),
        "POST",
        "/issue",
        {},
        {
            "cloud": {"fields": FIELDS, "properties": [{"key": "postmortem", "value": MARK}]},
            "data-center": {"fields": FIELDS, "properties": [{"key": "postmortem", "value": json.dumps(MARK)}]},
        },
    ),
    "edit": (
        lambda jira: jira.edit("1", **EDIT, properties={"p": MARK}),
        "PUT",
        "/issue/1",
        {},
        {
            "cloud": {**EDIT, "properties": [{"key": "p", "value": MARK}]},
            "data-center": {**EDIT, "properties": [{"key": "p", "value": json.dumps(MARK)}]},
        },
    ),
    "delete": (lambda jira: jira.delete("1"), "DELETE", "/issue/1", {}, None),
    "property": (lambda jira: jira.property("1", "p"), "GET", "/issue/1/properties/p", {}, None),
    "set_property": (lambda jira: jira.set_property("1", "p", MARK), "PUT", "/issue/1/properties/p", {}, MARK),
    "my_property": (lambda jira: jira.my_property("p"), "GET", "/user/properties/p", MINE, None),
    "set_my_property": (lambda jira: jira.set_my_property("p", MARK), "PUT", "/user/properties/p", MINE, MARK),
    "delete_my_property": (lambda jira: jira.delete_my_property("p"), "DELETE", "/user/properties/p", MINE, None),
    "assign": (lambda jira: jira.assign("1", JANE), "PUT", "/issue/1/assignee", {}, USER),
    "assign nobody": (
        lambda jira: jira.assign("1", None),
        "PUT",
        "/issue/1/assignee",
        {},
        {"cloud": {"accountId": None}, "data-center": {"name": None}},
    ),
    "link": (
        lambda jira: jira.link("Blocks", "OPS-1", "OPS-2"),
        "POST",
        "/issueLink",
        {},
        {"type": {"name": "Blocks"}, "inwardIssue": {"key": "OPS-1"}, "outwardIssue": {"key": "OPS-2"}},
    ),
    "link_types": (lambda jira: jira.link_types(), "GET", "/issueLinkType", {}, None),
    "remote_links": (lambda jira: jira.remote_links("1"), "GET", "/issue/1/remotelink", {}, None),
    "put_remote_link": (lambda jira: jira.put_remote_link("1", LINK), "POST", "/issue/1/remotelink", {}, LINK_BODY),
    "transitions": (
        lambda jira: jira.transitions("1"),
        "GET",
        "/issue/1/transitions",
        {"expand": "transitions.fields"},
        None,
    ),
    "transition": (
        lambda jira: jira.transition("1", "31", {"resolution": {"name": "Done"}}),
        "POST",
        "/issue/1/transitions",
        {},
        {"transition": {"id": "31"}, "fields": {"resolution": {"name": "Done"}}},
    ),
    "comments": (
        lambda jira: jira.comments("1"),
        "GET",
        "/issue/1/comment",
        {"startAt": "0", "maxResults": "100", "orderBy": "created"},
        None,
    ),
    "add_comment": (
        lambda jira: jira.add_comment("1", TEXT[jira.dialect]),
        "POST",
        "/issue/1/comment",
        {},
        {name: {"body": text} for name, text in TEXT.items()},
    ),
    "changelog": (
        lambda jira: jira.changelog("1"),
        "GET",
        {"cloud": "/issue/1/changelog", "data-center": "/issue/1"},
        {
            "cloud": {"startAt": "0", "maxResults": "100"},
            "data-center": {"fields": "key", "expand": "changelog"},
        },
        None,
    ),
    "fields": (lambda jira: jira.fields(), "GET", "/field", {}, None),
    "issue_types": (
        lambda jira: jira.issue_types("OPS"),
        "GET",
        "/issue/createmeta/OPS/issuetypes",
        {"startAt": "0", "maxResults": "100"},
        None,
    ),
    "create_fields": (
        lambda jira: jira.create_fields("OPS", "10001"),
        "GET",
        "/issue/createmeta/OPS/issuetypes/10001",
        {"startAt": "0", "maxResults": "100"},
        None,
    ),
    "edit_fields": (lambda jira: jira.edit_fields("1"), "GET", "/issue/1/editmeta", {}, None),
    "project": (lambda jira: jira.project("OPS"), "GET", "/project/OPS", {}, None),
    "permissions": (
        lambda jira: jira.permissions("OPS", names=("CREATE_ISSUES", "EDIT_ISSUES")),
        "GET",
        "/mypermissions",
        {
            "cloud": {"permissions": "CREATE_ISSUES,EDIT_ISSUES", "projectKey": "OPS"},
            "data-center": {"projectKey": "OPS"},
        },
        None,
    ),
    "permissions for an issue": (
        lambda jira: jira.permissions(issue="10001", names=("EDIT_ISSUES",)),
        "GET",
        "/mypermissions",
        {
            "cloud": {"permissions": "EDIT_ISSUES", "issueId": "10001"},
            "data-center": {"issueId": "10001"},
        },
        None,
    ),
    "find_account": (
        lambda jira: jira.find_account("jane@example.com"),
        "GET",
        "/user/search",
        {
            "cloud": {"query": "jane@example.com", "maxResults": "50"},
            "data-center": {"username": "jane@example.com", "maxResults": "50"},
        },
        None,
    ),
    "account": (
        lambda jira: jira.account(JANE.id),
        "GET",
        "/user",
        {"cloud": {"accountId": JANE.id}, "data-center": {"username": JANE.id}},
        None,
    ),
}


def of(dialect, value):
    """What a dialect gets of a value that may differ."""
    return value[dialect] if isinstance(value, dict) and value.keys() == {"cloud", "data-center"} else value
