"""Properties of issues and of the account itself: kept, told apart from nothing, and read however they are kept."""

import pytest

from generator.errors import NotFoundError

ME = {"accountId": "me", "name": "me", "displayName": "Bot"}


def test_a_property_that_is_not_there_is_none_and_one_of_no_issue_an_error(answered):
    def answer(method, path, query, body):
        if path.endswith("/properties/p"):
            return {"key": "p", "value": {"a": 1}}
        return {"id": "1", "key": "OPS-1"} if path.endswith("/issue/1") else (404, {})

    jira, _ = answered(answer)

    assert jira.property("1", "p") == {"a": 1}
    assert jira.property("1", "q") is None
    with pytest.raises(NotFoundError):
        jira.property("2", "q")


@pytest.mark.parametrize(
    ("kept", "value"),
    [({"a": 1}, {"a": 1}), ('{"a": 1}', {"a": 1}), ("{a", "{a"), ("text", "text"), ([1], [1]), (7, 7)],
)
def test_a_property_kept_as_the_text_of_some_json_is_read(answered, kept, value):
    jira, _ = answered({"id": "1", "key": "OPS-1", "properties": {"p": kept}, "value": kept})

    assert jira.property("1", "p") == value
    assert jira.issue("1", fields=[], properties=["p"]).properties == {"p": value}


def test_properties_of_the_account_say_whether_they_are_new(answered):
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

    jira, _ = answered(answer)

    assert jira.my_property("p") is None
    assert jira.set_my_property("p", {"a": 1}) is True
    assert jira.set_my_property("p", {"a": 2}) is False
    assert jira.my_property("p") == {"a": 2}
    jira.delete_my_property("p")
    jira.delete_my_property("p")
    assert jira.my_property("p") is None


def test_a_search_with_properties_tells_them_in_both_dialects(answered):
    def answer(method, path, query, body):
        if method == "GET":
            assert query == {"fields": "summary", "properties": "p"}
            return {"id": "1", "key": "OPS-1", "properties": {"p": 1}} if path.endswith("/1") else (404, {})
        properties = {"properties": {"p": 1}} if "properties" in body else {}
        return {"issues": [{"id": "1", "key": "OPS-1", **properties}], "total": 1, "isLast": True}

    jira, _ = answered(answer)

    assert [issue.properties for issue in jira.search("x", fields=["summary"], properties=["p"])] == [{"p": 1}]
    fetched = jira.issues(["1", "2"], fields=["summary"], properties=["p"])
    assert [issue.properties for issue in fetched.found] == [{"p": 1}]
    assert fetched.missing == ("2",)
