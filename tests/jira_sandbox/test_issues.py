"""Creating, reading, changing and removing issues, with the complaints that a real Jira has."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

NOT_THERE = "Field '{}' cannot be set. It is not on the appropriate screen, or unknown."


def test_a_create_takes_fields_labels_properties_and_links_in_one(jira):
    other = jira.sandbox.add_issue("OPS", type="Incident")
    link = {"add": {"type": {"name": "Causes"}, "outwardIssue": {"key": other}}}
    made = jira.new(
        labels=["pm-1"], properties=[{"key": "postmortem", "value": {"id": "INC-1"}}], update={"issuelinks": [link]}
    )
    read = jira.get(f"/issue/{made.body['id']}", properties="postmortem").body

    assert made.status == 201
    assert made.body["key"] == "INCIDENT-1"
    assert read["fields"]["labels"] == ["pm-1"]
    assert read["properties"] == {"postmortem": {"id": "INC-1"}}
    assert read["fields"]["issuelinks"][0]["outwardIssue"]["key"] == other
    assert read["fields"]["status"]["statusCategory"]["key"] == "new"
    assert read["fields"]["resolution"] is None


@pytest.mark.parametrize(
    ("fields", "name", "text"),
    [
        ({"summary": ...}, "summary", "You must specify a summary of the issue."),
        ({"summary": "  "}, "summary", "You must specify a summary of the issue."),
        ({"summary": "a\nb"}, "summary", "The summary is invalid because it contains newline characters."),
        ({"summary": 5}, "summary", "Operation value must be a string"),
        ({"labels": ["two words"]}, "labels", "The label 'two words' contains spaces which is invalid."),
        ({"labels": "one"}, "labels", "data was not an array"),
        ({"components": [{"name": "x"}]}, "components", NOT_THERE.format("components")),
        ({"customfield_99999": "x"}, "customfield_99999", NOT_THERE.format("customfield_99999")),
        ({"customfield_10100": {"value": "SEV1"}}, "customfield_10100", NOT_THERE.format("customfield_10100")),
        ({"customfield_10106": {"value": "Weather"}}, "customfield_10106", "Option value 'Weather' is not valid"),
        ({"priority": {"name": "Urgent"}}, "priority", "Priority name 'Urgent' is not valid"),
        ({"duedate": "2026-13-01"}, "duedate", "Error parsing date string: 2026-13-01"),
    ],
)
def test_a_wrong_field_is_refused_by_name_and_nothing_is_made(jira, fields, name, text):
    refused = jira.new(**fields)

    assert refused.status == 400
    assert refused.errors == {name: text}
    assert jira.sandbox.issues() == []


def test_all_wrong_fields_are_told_at_once(jira):
    assert jira.new(labels=["a b"], duedate="soon").errors.keys() == {"labels", "duedate"}


def test_a_refused_create_uses_up_its_number(jira):
    jira.new(labels=["a b"])

    assert jira.new().body["key"] == "INCIDENT-2"


def test_a_summary_of_255_is_taken_and_of_256_is_not(jira):
    assert jira.new(summary="é" * 255).status == 201
    assert "255" in jira.new(summary="é" * 256).errors["summary"]
    assert jira.new(summary="😀" * 128).status == 400  # counted as Java does


def test_a_text_that_is_too_long_is_refused_as_each_version_does(cloud, server):
    assert cloud.new(description=cloud.text("x" * 32_768)).messages == ["CONTENT_LIMIT_EXCEEDED"]
    text = "The entered text is too long. It exceeds the allowed limit of 32,767 characters."
    assert server.new(description="x" * 32_768).errors == {"description": text}
    assert server.new(description="x" * 32_767).status == 201


def test_cloud_wants_documents_and_data_center_wants_strings(cloud, server):
    text = "Operation value must be an Atlassian Document (see the Atlassian Document Format)"
    assert cloud.new(description="plain").errors == {"description": text}
    assert server.new(description=cloud.text("x")).errors == {"description": "Operation value must be a string"}


def test_rich_text_comes_back_as_jira_rewrites_it(cloud, server):
    made = cloud.new(description=cloud.text("words")).body["key"]
    paragraph = cloud.get(f"/issue/{made}").body["fields"]["description"]["content"][0]
    other = server.new(description="one\ntwo").body["key"]

    assert paragraph["attrs"]["localId"]
    assert paragraph["content"] == [{"type": "text", "text": "words"}]
    assert server.get(f"/issue/{other}").body["fields"]["description"] == "one\r\ntwo"


def test_a_required_field_is_asked_for_by_createmeta_and_by_the_create(jira):
    jira.sandbox.require_field("Impact", project="INCIDENT")
    listed = jira.get("/issue/createmeta/INCIDENT/issuetypes/10013").body["fields" if jira.cloud else "values"]

    assert next(one for one in listed if one["fieldId"] == "customfield_10104")["required"]
    assert jira.new().errors == {"customfield_10104": "Impact is required."}
    assert jira.new(customfield_10104=jira.text("None")).status == 201


def test_a_field_that_leaves_the_screen_can_no_longer_be_set(jira):
    key = jira.new(labels=["a"]).body["key"]
    jira.sandbox.remove_field_from_screen("Labels")

    assert jira.new(labels=["a"]).errors == {"labels": NOT_THERE.format("labels")}
    assert jira.put(f"/issue/{key}", {"update": {"labels": [{"add": "b"}]}}).errors == {
        "labels": NOT_THERE.format("labels")
    }
    assert "labels" not in jira.get(f"/issue/{key}/editmeta").body["fields"]


def test_an_edit_adds_sets_and_removes_and_leaves_a_history(jira):
    key = jira.new(labels=["a", "b"]).body["key"]
    body = {"fields": {"summary": "New"}, "update": {"labels": [{"add": "c"}, {"remove": "a"}, {"add": "c"}]}}
    edited = jira.put(f"/issue/{key}", {**body, "properties": [{"key": "p", "value": 1}]})
    read = jira.get(f"/issue/{key}", expand="changelog", properties="*all").body
    items = {
        item["field"]: (item["fromString"], item["toString"]) for item in read["changelog"]["histories"][0]["items"]
    }

    assert edited.status == 204
    assert read["fields"]["labels"] == ["b", "c"]
    assert read["properties"] == {"p": 1}
    assert items == {"summary": ("Checkout errors", "New"), "labels": ("a b", "b c")}


def test_an_edit_with_one_wrong_field_changes_nothing(jira):
    key = jira.new().body["key"]
    refused = jira.put(
        f"/issue/{key}", {"fields": {"summary": "New", "labels": ["a b"]}, "properties": [{"key": "p", "value": 1}]}
    )
    read = jira.get(f"/issue/{key}", properties="*all").body

    assert refused.status == 400
    assert read["fields"]["summary"] == "Checkout errors"
    assert "p" not in read.get("properties", {})


def test_an_unknown_operation_or_key_is_refused(jira):
    key = jira.new().body["key"]

    assert "frob" in jira.put(f"/issue/{key}", {"update": {"labels": [{"frob": "x"}]}}).errors["labels"]
    assert jira.post("/issue", {"field": {}}).status == 400
    assert jira.call("POST", "/issue", None, Content_Type="application/json").status == 400
    assert jira.call("POST", "/issue", {}, Content_Type="text/plain").status == 415


def test_a_bulk_create_says_which_ones_failed(jira):
    good = {"fields": {"project": {"key": "OPS"}, "issuetype": {"name": "Task"}, "summary": "A"}}
    some = jira.post("/issue/bulk", {"issueUpdates": [good, {"fields": {}}, good]})
    none = jira.post("/issue/bulk", {"issueUpdates": [{"fields": {}}]})

    assert some.status == 201
    assert [one["key"] for one in some.body["issues"]] == ["OPS-1", "OPS-2"]
    assert [one["failedElementNumber"] for one in some.body["errors"]] == [1]
    assert none.status == 400


def test_a_moved_issue_answers_to_its_old_key_with_the_new_one(jira):
    key = jira.new(project="OPS", kind="Task").body["key"]
    new = jira.sandbox.move(key, "INCIDENT")

    assert jira.get(f"/issue/{key.lower()}").body["key"] == new == "INCIDENT-1"
    assert jira.find(f"key = {key}") == [new]
    if jira.cloud:
        assert jira.post("/issue/bulkfetch", {"issueIdsOrKeys": [key]}).body["issues"][0]["key"] == new


def test_deleted_and_hidden_issues_cannot_be_told_apart(jira):
    gone, hidden = (jira.new().body["key"] for _ in range(2))
    jira.delete(f"/issue/{gone}")
    jira.sandbox.hide(hidden)

    assert [jira.get(f"/issue/{key}").status for key in (gone, hidden)] == [404, 404]
    assert jira.get(f"/issue/{gone}").body == jira.get(f"/issue/{hidden}").body


def test_an_archived_issue_can_be_read_only(jira):
    key = jira.new().body["key"]
    jira.sandbox.archive(key)

    assert jira.put(f"/issue/{key}", {"fields": {"summary": "x"}}).status == 400
    assert jira.get(f"/issue/{key}/transitions").body["transitions"] == []
    assert jira.get(f"/issue/{key}").status == 200


def test_many_issues_are_fetched_at_once_and_the_missing_are_left_out_without_a_word(cloud):
    first, second, third = (cloud.new().body["key"] for _ in range(3))
    cloud.sandbox.hide(third)
    wanted = {"issueIdsOrKeys": [second, "OPS-9", third, first.lower()], "fields": ["summary"]}
    answer = cloud.post("/issue/bulkfetch", wanted).body

    assert [one["key"] for one in answer["issues"]] == [first, second]
    assert answer["issueErrors"] == []


def test_an_issue_that_cannot_be_read_for_the_moment_is_an_error_beside_the_others(cloud):
    first, second = (cloud.new().body for _ in range(2))
    cloud.sandbox.site.unreadable = [second["key"]]
    answer = cloud.post("/issue/bulkfetch", {"issueIdsOrKeys": [first["key"], second["key"]]}).body

    assert [one["key"] for one in answer["issues"]] == [first["key"]]
    assert [one["id"] for one in answer["issueErrors"]] == [second["id"]]
    assert cloud.post("/issue/bulkfetch", {"issueIdsOrKeys": ["1"] * 101}).status == 400


def test_issues_made_at_the_same_time_have_keys_of_their_own(jira):
    def make(_):
        with_own_connection = type(jira)(jira.sandbox)
        try:
            return with_own_connection.new().body["key"]
        finally:
            with_own_connection.close()

    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(make, range(40)))

    assert len(set(keys)) == 40


def test_exactly_one_of_many_makes_a_user_property(jira):
    me = jira.sandbox.user("postmortem-bot")
    who = {"accountId": me["accountId"]} if jira.cloud else {"username": me["name"]}
    start = threading.Barrier(6)

    def put(number):
        client = type(jira)(jira.sandbox)
        start.wait(5)
        try:
            return client.put("/user/properties/lock", {"run": number}, **who).status
        finally:
            client.close()

    with ThreadPoolExecutor(6) as pool:
        statuses = sorted(pool.map(put, range(6)))

    assert statuses == [200] * 5 + [201]


def test_properties_are_made_changed_listed_and_removed(jira):
    key = jira.new().body["key"]
    place = f"/issue/{key}/properties"

    assert [jira.put(f"{place}/p", value).status for value in ({"a": 1}, [2])] == [201, 200]
    assert jira.get(f"{place}/p").body == {"key": "p", "value": [2]}
    assert [one["key"] for one in jira.get(place).body["keys"]] == ["p"]
    assert jira.put(f"{place}/big", "x" * 32_767).status == 400
    assert jira.put(f"{place}/{'k' * 256}", 1).status == 400
    assert [jira.delete(f"{place}/p").status for _ in range(2)] == [204, 404]


def test_nobody_touches_the_properties_of_somebody_else(jira):
    who = {"accountId" if jira.cloud else "username": "5f3c1a7e9b2d4c0068a10001"}

    assert jira.put("/user/properties/p", 1, **who).status == 403
    assert jira.get("/user/properties/p", **who).status == 403


def test_the_fields_of_every_kind_are_taken_and_given_back(jira):
    sandbox = jira.sandbox
    user = {"accountId" if jira.cloud else "name": "5f3c1a7e9b2d4c0068a10001"}
    values = {
        "textfield": "text",
        "url": "https://example.com",
        "float": 1.5,
        "datepicker": "2026-01-02",
        "datetime": "2026-01-02T03:04:05.000+0100",
        "select": {"value": "A"},
        "radiobuttons": {"value": "B"},
        "multiselect": [{"value": "A"}, {"value": "B"}],
        "multicheckboxes": [{"value": "A"}],
        "cascadingselect": {"value": "P", "child": {"value": "C"}},
        "labels": ["x", "y"],
        "userpicker": user,
        "multiuserpicker": [user],
    }
    names = {}
    for kind in values:
        names[kind] = sandbox.add_field(kind, kind, options=("P/C",) if kind == "cascadingselect" else ("A", "B"))
        sandbox.add_field_to_screen(names[kind], project="INCIDENT")
    made = jira.new(**{names[kind]: value for kind, value in values.items()})
    read = jira.get(f"/issue/{made.body['key']}").body["fields"]
    given = {kind: read[name] for kind, name in names.items()}

    assert made.status == 201
    assert given["datetime"] == "2026-01-02T02:04:05.000+0000"
    assert given["select"]["value"] == "A"
    assert [one["value"] for one in given["multiselect"]] == ["A", "B"]
    assert given["cascadingselect"]["child"]["value"] == "C"
    assert given["userpicker"]["displayName"] == given["multiuserpicker"][0]["displayName"] == "Jane Smith"
    assert [given[kind] for kind in ("textfield", "url", "float", "datepicker", "labels")] == [
        "text", "https://example.com", 1.5, "2026-01-02", ["x", "y"]
    ]  # fmt: skip
    assert jira.get("/issue/createmeta/INCIDENT/issuetypes/10013").status == 200
