"""The client against a whole Jira of either kind: what is written is what is read, and what goes wrong is told."""

from datetime import UTC, date, datetime

import pytest

from generator.clients.jira import RemoteLink
from generator.clients.jira.fields import explain, resolve, shape
from generator.errors import (
    NotFoundError,
    RefusedError,
)

TASK = {"project": {"key": "OPS"}, "issuetype": {"name": "Task"}, "summary": "Size the pool from load"}
MARK = {"id": "INC-2026-0042", "hash": "abc", "text": "ä🎉\n"}


def test_the_account_and_the_server_are_known(jira, world):
    assert jira.myself().id
    assert jira.server_info()["deploymentType"] == ("Cloud" if world.dialect == "cloud" else "Server")
    assert abs((datetime.now(UTC) - jira.now()).total_seconds()) < 10
    assert jira.browse("OPS-1") == f"{world.url}/browse/OPS-1"


def test_an_issue_is_created_changed_found_and_deleted(jira, world):
    jane = jira.find_account(world.user("jane.smith")["emailAddress"])
    text = jira.render("The pool was **too small**.\n\n- one\n- two").value
    created = jira.create({**TASK, "labels": ["pm-round"], "description": text}, properties={"postmortem": MARK})
    issue = jira.issue(created.key, fields=["summary", "labels", "status", "issuelinks"], properties=["postmortem"])

    assert (issue.id, issue.key, issue.summary) == (created.id, created.key, TASK["summary"])
    assert issue.properties == {"postmortem": MARK}
    assert issue.status.category == "new"
    jira.edit(
        created.id,
        fields={"duedate": "2026-04-01", "summary": "Size it"},
        update={"labels": [{"add": "more"}]},
        properties={"postmortem": {**MARK, "hash": "def"}},
    )
    jira.assign(created.id, jane)
    fields = ["summary", "labels", "duedate", "assignee", "status"]
    (found,) = jira.search('labels = "pm-round"', fields=fields, properties=["postmortem"])
    assert (found.summary, found.labels, found.due) == ("Size it", ("pm-round", "more"), date(2026, 4, 1))
    assert found.assignee.id == jane.id
    assert found.properties["postmortem"]["hash"] == "def"
    jira.assign(created.id, None)
    assert jira.issue(created.id, fields=["assignee"]).assignee is None
    jira.delete(created.id)
    with pytest.raises(NotFoundError):
        jira.issue(created.id, fields=[])
    assert jira.issues([created.id, created.key], fields=[]).missing == (created.id, created.key)


def test_properties_of_issues_and_of_the_account_are_kept(jira, world):
    key = world.add_issue("OPS")

    assert jira.property(key, "p") is None
    jira.set_property(key, "p", MARK)
    assert jira.property(key, "p") == MARK
    jira.myself()
    assert jira.my_property("postmortem.lock") is None
    assert jira.set_my_property("postmortem.lock", MARK) is True
    assert jira.set_my_property("postmortem.lock", MARK) is False
    assert jira.my_property("postmortem.lock") == MARK
    jira.delete_my_property("postmortem.lock")
    jira.delete_my_property("postmortem.lock")
    assert jira.my_property("postmortem.lock") is None


def test_links_say_who_does_what_to_whom(jira, world):
    first, second = world.add_issue("OPS"), world.add_issue("OPS")
    jira.link("Blocks", first, second)
    jira.link("Blocks", first, second)

    (outward,) = jira.issue(first, fields=["issuelinks"]).links
    (inward,) = jira.issue(second, fields=["issuelinks"]).links
    assert (outward.direction, outward.type, outward.other_key) == ("outward", "Blocks", second)
    assert (inward.direction, inward.other_key, inward.other_status.category) == ("inward", first, "new")
    assert "Blocks" in {kind.name for kind in jira.link_types()}


def test_a_remote_link_is_put_over_itself_and_beside_others(jira, world):
    key = world.add_issue("OPS")
    world.put_remote_link(key, "https://example.com/other", "Other")
    link = RemoteLink(
        "postmortem:1", "https://example.com/1", "Title", "Summary", "Postmortems", "https://example.com/i.png"
    )
    jira.put_remote_link(key, RemoteLink("postmortem:1", "https://example.com/0", "Old"))
    jira.put_remote_link(key, link)

    assert {one.title: one for one in jira.remote_links(key)}["Title"] == link
    assert len(jira.remote_links(key)) == 2


def test_a_status_is_reached_by_a_transition(jira, world):
    key = world.add_issue("OPS")
    way = next(one for one in jira.transitions(key) if one.to.category == "done")
    fields = {"resolution": {"name": "Won't Do"}} if "resolution" in way.fields else {}
    jira.transition(key, way.id, fields)

    assert jira.issue(key, fields=["status"]).status.category == "done"
    with pytest.raises(RefusedError):
        jira.transition(key, "99999")


def test_comments_and_changes_are_read_from_the_oldest(jira, world):
    key = world.add_issue("OPS")
    for number in range(3):
        jira.add_comment(key, jira.render(f"Comment {number}").value)
    world.set_status(key, "In Progress")
    world.set_status(key, "Done", resolution="Done")

    assert len(jira.comments(key)) == 3
    steps = [
        item["toString"] for change in jira.changelog(key) for item in change["items"] if item["field"] == "status"
    ]
    assert steps == ["In Progress", "Done"]
    assert jira.sla(key) == ()


def test_an_attachment_comes_back_as_it_went(jira, world, tmp_path):
    key, content = world.add_issue("OPS"), bytes(range(256)) * 400
    jira.attach(key, "graph ä.png", content, "image/png")
    (attachment,) = jira.issue(key, fields=["attachment"]).fields["attachment"]

    assert attachment["filename"] == "graph ä.png"
    assert jira.download(attachment, tmp_path / "graph.png", 1_000_000).read_bytes() == content


def test_a_moved_issue_answers_to_its_old_key_with_its_new(jira, world):
    key = world.add_issue("OPS")
    id_ = world.issue(key)["id"]
    world.move(key, "INCIDENT")
    fetched = jira.issues([key, "OPS-99999"], fields=["summary"])

    assert fetched.asked[key].id == id_
    assert fetched.asked[key].key.startswith("INCIDENT-")
    assert fetched.missing == ("OPS-99999",)
    assert jira.issue(key, fields=[]).key == fetched.asked[key].key


def test_a_hidden_issue_and_a_deleted_one_are_both_missing(jira, world):
    hidden, deleted, there = (world.add_issue("OPS") for _ in range(3))
    world.hide(hidden)
    world.delete(deleted)
    fetched = jira.issues([hidden, deleted, there], fields=[])

    assert fetched.missing == (hidden, deleted)
    assert [issue.key for issue in fetched.found] == [there]


def test_many_issues_come_in_pages_and_once_each(jira, world):
    keys = [world.add_issue("OPS", summary="One of many", labels=["many"]) for _ in range(230)]

    found = jira.search('labels = "many" ORDER BY key ASC', fields=["summary"])
    assert sorted(issue.key for issue in found) == sorted(keys)
    assert len(jira.search('labels = "many"', fields=[], limit=5)) == 5
    assert [issue.key for issue in jira.issues(keys, fields=["summary"]).found] == keys


def test_the_screens_are_known(jira, world):
    types = {one.name: one for one in jira.issue_types("INCIDENT")}
    metas = jira.create_fields("INCIDENT", types["Post-mortem"].id)
    category = resolve("Incident category", jira.fields())

    assert metas["summary"].required
    assert metas[category.id].allowed
    assert shape(metas[category.id], "capacity") == {"value": "Capacity"}
    assert category.id in jira.edit_fields(world.add_issue("INCIDENT", type="Post-mortem"))
    assert jira.project("INCIDENT")["key"] == "INCIDENT"
    with pytest.raises(NotFoundError):
        jira.project("NOSUCH")
    names = ("CREATE_ISSUES", "EDIT_ISSUES", "NO_SUCH_PERMISSION")[: 2 if world.dialect == "cloud" else 3]
    assert jira.permissions("INCIDENT", names=names)["CREATE_ISSUES"] is True


def test_a_field_that_is_not_on_the_screen_is_explained(jira, world):
    category = resolve("Incident category", jira.fields())
    with pytest.raises(RefusedError) as caught:
        jira.create({**TASK, category.id: {"value": "Capacity"}})

    (told,) = explain(caught.value.fields, {category.id: category.name}, "OPS", "Task")
    assert told.startswith(f"Incident category ({category.id}) is not on the create screen of OPS / Task")


def test_people_are_found_by_their_address(jira, world):
    jane = world.user("jane.smith")
    found = jira.find_account(jane["emailAddress"])

    assert found.name == jane["displayName"]
    assert jira.account(found.id) == found
    assert jira.account("nobody") is None
    assert jira.find_account("nobody@example.com") is None
