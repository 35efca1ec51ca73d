"""Which issue a delivery is about, in every shape."""

from datetime import UTC, datetime

import pytest

from generator.mirror.webhook import Rejected
from tests.mirror.webhook.deliveries import (
    BOT,
    CENTER,
    SITE,
    attached,
    change,
    comment,
    commented,
    event,
    issue,
    linked,
    updated,
    worked,
)

BAD_KEYS = [
    5,
    None,
    "",
    "../../etc",
    "OPS-12/../../x",
    "TEST-\u0663",
    "TEST-1\n",
    "test-1",
    "T-1",
    "TEST-0",
    "TEST-01",
    "TEST-1 ",
    "\u0422EST-1",
    "A" * 10_000 + "-1",
    "TEST-" + "1" * 10_000,
    ["OPS-12"],
    {"key": "OPS-12"},
]
BAD_IDS = [None, 0, -5, True, 4.5, "", "0", "007", "1 ", "1\n", "\u0661", "1" * 30, 10**30, "../1", [], {}]


def test_an_edited_issue_is_told_with_who_when_and_what():
    found = event(updated(), X_Atlassian_Webhook_Retry="2")

    assert found.name == "jira-issue_updated"
    assert found.identifier == "2f1c7a90-55aa-4b8e-9a1c-0d6e5f4a3b21"
    assert (found.issue_id, found.issue_key, found.other_ids, found.sweep) == ("40017", "OPS-12", (), False)
    assert found.actor == BOT
    assert found.at == datetime(2026, 3, 15, 14, 32, 5, 250000, UTC)
    assert found.changed == ("status", "customfield_10042")
    assert (found.retry, found.deleted, found.moved_from) == (2, False, "")


@pytest.mark.parametrize("key", BAD_KEYS, ids=lambda key: repr(key)[:30])
def test_a_key_that_is_none_is_ignored_in_favour_of_the_id(key):
    found = event(updated(issue=issue(key=key)))

    assert (found.issue_id, found.issue_key, found.sweep) == ("40017", "", False)


@pytest.mark.parametrize("number", BAD_IDS, ids=lambda number: repr(number)[:30])
def test_an_id_that_is_none_is_ignored_in_favour_of_the_address_and_the_key(number):
    assert event(updated(issue=issue(id=number))).issue_id == "40017"
    found = event(updated(issue=issue(id=number, self="")))
    assert (found.issue_id, found.issue_key) == ("", "OPS-12")


@pytest.mark.parametrize("key", BAD_KEYS, ids=lambda key: repr(key)[:30])
def test_an_issue_with_neither_is_400(key):
    with pytest.raises(Rejected) as caught:
        event(updated(issue={"key": key, "id": "../../etc", "self": "file:///etc/passwd"}))

    assert caught.value.status == 400


@pytest.mark.parametrize("value", ["x", "OPS-12", 5, True, [], [{"id": "1"}], {}, {"fields": {}}])
def test_an_issue_that_is_no_issue_is_400(value):
    with pytest.raises(Rejected) as caught:
        event(updated(issue=value))

    assert caught.value.status == 400


def test_no_issue_at_all_asks_for_a_sweep_because_refusing_would_lose_the_event():
    assert event(updated(issue=None)).sweep
    assert event({"webhookEvent": "jira:issue_updated"}).sweep


def test_an_address_without_the_word_issue_gives_the_id_too():
    assert event(updated(issue={"self": f"{SITE}/rest/api/2/40017"})).issue_id == "40017"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("jira:issue_updated", "jira-issue_updated"),
        ("../../etc/passwd", "etc-passwd"),
        ("..", "unknown"),
        ("/", "unknown"),
        ("", "unknown"),
        ("\u0663\u202e", "unknown"),
        ("a\0b", "a-b"),
        ("a\ud800b", "a-b"),
        ("CON", "event-con"),
        ("Jira:Issue_Updated\r\nX: y", "jira-issue_updated-x-y"),
        ("x" * 1024, "x" * 64),
        ("/" * 1024, "unknown"),
        (("x" * 63 + "/") * 16, "x" * 63),
    ],
    ids=lambda text: repr(text)[:30],
)
def test_the_name_of_an_event_is_safe_to_store(said, name):
    assert event(updated(webhookEvent=said)).name == name


@pytest.mark.parametrize("base", [SITE, CENTER, f"{SITE}/jira/", "http://127.0.0.1:8080"])
def test_a_comment_without_issue_is_mapped_by_its_address(base):
    found = event(commented(comment=comment(base)))

    assert (found.issue_id, found.issue_key, found.sweep) == ("40017", "", False)
    assert found.actor == "li.wei"


def test_a_comment_with_issue_is_mapped_by_the_issue():
    found = event(commented(issue=issue()))

    assert (found.issue_id, found.issue_key, found.other_ids) == ("40017", "OPS-12", ())


def test_an_address_may_hold_the_key():
    assert event(commented(comment=comment(CENTER, number="OPS-12"))).issue_key == "OPS-12"


@pytest.mark.parametrize(
    "address",
    [
        None,
        5,
        "",
        "/rest/api/2/issue/40017/comment/551",
        f"{SITE}/rest/api/2/comment/551",
        f"{SITE}/browse?x=/rest/api/2/issue/1/comment/2",
        f"{SITE}/#/rest/api/2/issue/1/comment/2",
        f"{SITE}/rest/api/2/issue/../../1/comment/2",
        f"{SITE}/rest/api/2/issue/1%2F2/comment/2",
        "https://[/rest/api/2/issue//comment/2",
        "https://" + "a/" * 10_000,
    ],
    ids=lambda address: repr(address)[:40],
)
def test_a_comment_whose_address_says_nothing_asks_for_a_sweep(address):
    found = event(commented(comment=comment(self=address)))

    assert (found.issue_id, found.issue_key, found.sweep) == ("", "", True)


def test_a_deleted_comment_does_not_say_who_deleted_it():
    assert event(commented(webhookEvent="comment_deleted")).actor == ""
    assert event(commented(webhookEvent="comment_deleted", user={"name": "jane.smith"})).actor == "jane.smith"


def test_a_worklog_is_mapped_by_its_issue_id_or_its_address():
    assert event(worked()).issue_id == "40020"
    assert event(worked(worklog={"self": f"{SITE}/rest/api/2/issue/40021/worklog/7"})).issue_id == "40021"
    assert event(worked(worklog={})).sweep


def test_a_link_concerns_both_of_its_issues():
    found = event(linked())

    assert (found.issue_id, found.other_ids, found.sweep) == ("40017", ("40031",), False)


def test_half_a_link_is_mapped_by_the_half_that_is_there():
    assert event(linked(issueLink={"destinationIssueId": 40031})).issue_id == "40031"
    assert event(linked(issueLink={"sourceIssueId": 5, "destinationIssueId": 5})).other_ids == ()
    assert event(linked(issueLink=None)).sweep


def test_an_attachment_asks_for_a_sweep_unless_it_names_its_issue():
    found = event(attached())
    assert (found.issue_id, found.sweep, found.actor) == ("", True, "70121:abc")

    found = event(attached(issue=issue()))
    assert (found.issue_id, found.sweep) == ("40017", False)


def test_an_event_of_the_future_is_accepted_and_asks_for_nothing():
    found = event({"webhookEvent": "greenhouse:watered", "timestamp": 1, "plant": {"id": "1"}})

    assert found.name == "greenhouse-watered"
    assert (found.issue_id, found.issue_key, found.other_ids, found.sweep) == ("", "", (), False)


@pytest.mark.parametrize("value", [None, "x", 5, [], {}])
def test_an_event_of_the_future_may_mean_something_else_by_issue(value):
    assert not event({"webhookEvent": "greenhouse:watered", "issue": value}).sweep


def test_an_event_of_the_future_that_names_an_issue_is_a_hint_like_any_other():
    assert event(updated(webhookEvent="issue_frozen")).issue_id == "40017"
    assert event(updated(webhookEvent="greenhouse:watered")).issue_key == "OPS-12"
    assert event({"webhookEvent": "issue_frozen"}).sweep


def test_a_deleted_issue_is_told_apart_from_a_deleted_comment():
    assert event(updated(webhookEvent="jira:issue_deleted")).deleted
    assert not event(updated(webhookEvent="comment_deleted")).deleted
    assert not event(updated()).deleted


def test_a_moved_issue_gives_its_old_key():
    items = [
        change("project", fromString="OPS", toString="WEB"),
        change("Key", fromString="OPS-12", toString="WEB-3"),
    ]
    found = event(updated(issue=issue(key="WEB-3"), changelog={"items": items}))

    assert (found.moved_from, found.issue_key, found.changed) == ("OPS-12", "WEB-3", ("project", "Key"))


@pytest.mark.parametrize("old", [None, 5, [], "../x", "OPS-12\n"])
def test_an_old_key_that_is_none_is_left_out(old):
    assert event(updated(changelog={"items": [change("Key", fromString=old)]})).moved_from == ""


def test_fields_are_told_once_without_what_cannot_be_printed():
    items = [change("Attachment"), change("Attachment"), change("a\u202eb\n"), change(""), change(5), "x", None]

    assert event(updated(changelog={"items": items})).changed == ("Attachment", "a\ufffdb\ufffd")


@pytest.mark.parametrize("stamp", [None, "1773585125250", True, -1, 1.5, 10**30, 253402300800000])
def test_a_moment_that_is_none_is_left_out(stamp):
    assert event(updated(timestamp=stamp)).at is None


def test_the_first_and_the_last_moment_are_read():
    assert event(updated(timestamp=0)).at == datetime(1970, 1, 1, tzinfo=UTC)
    assert event(updated(timestamp=253402300799999)).at.year == 9999


@pytest.mark.parametrize("user", [None, {}, {"accountId": ""}, {"accountId": "a\nb"}, {"accountId": "a" * 256}, "x"])
def test_an_account_that_is_none_is_left_out(user):
    assert event(updated(user=user)).actor == ""


def test_on_data_center_the_account_is_the_name():
    assert event(updated(user={"name": "jürgen", "key": "JIRAUSER1"})).actor == "jürgen"
    assert event(updated(user={"name": "old.name", "accountId": BOT})).actor == BOT
