"""What is recorded of an issue never says more than what both sides know at that moment."""

import pytest

from generator.sync.plan.base import Base, Pair, from_property, to_property
from generator.sync.plan.comparing import ComparedItem, Side, compare

BEFORE = Base("INC-1", 2, {"due": Pair("2026-04-01", "2026-04-01"), "status": Pair("open", "open")})
SUBJECT = ComparedItem(("INC-1", 2), "OPS-7", "postmortems/2026/INC-1.md", "Jira", "jira")
SIDES = [Side("due", "2026-05-01", "2026-04-01", "due"), Side("status", "open", "completed", "status")]


def test_what_is_recorded_with_a_pull_leaves_out_what_is_still_to_be_sent():
    found = compare(SUBJECT, BEFORE, SIDES, new=False)

    assert found.push == {"due": "2026-05-01"}
    assert [edit.value for edit in found.pull] == ["completed"]
    assert found.met.values == {"due": Pair("2026-04-01", "2026-04-01"), "status": Pair("open", "completed")}
    assert found.base.values == {"due": Pair("2026-05-01", "2026-05-01"), "status": Pair("open", "completed")}


def test_a_run_that_died_after_recording_a_pull_and_before_sending_loses_neither():
    died = compare(SUBJECT, BEFORE, SIDES, new=False).met
    again = compare(SUBJECT, died, SIDES, new=False)

    assert again.push == {"due": "2026-05-01"}
    assert [edit.value for edit in again.pull] == ["completed"]
    assert again.problems == []


def test_a_value_that_was_refused_is_recorded_as_it_was_before():
    sent = compare(SUBJECT, BEFORE, SIDES[:1], new=False).base

    assert sent.without(["due"], BEFORE).values["due"] == BEFORE.values["due"]
    assert "due" not in sent.without(["due"]).values


def test_a_person_who_changed_a_refused_value_meanwhile_is_not_overwritten():
    refused = compare(SUBJECT, BEFORE, SIDES[:1], new=False).base.without(["due"], BEFORE)
    found = compare(SUBJECT, refused, [Side("due", "2026-05-01", "2026-06-01", "due")], new=False)

    assert found.push == {}
    assert [one.code for one in found.problems] == ["both-changed-due"]


@pytest.mark.parametrize("name", ["summary", "due", "assignee", "status"])
def test_a_value_of_which_nothing_is_said_changes_nothing(name: str) -> None:
    base = Base("INC-1", 2).with_value(name, "as it was", "as it was")
    silent = ComparedItem(("INC-1", 2), "OPS-7", "a.md", "Jira", "jira", frozenset({name}))
    comparison = compare(silent, base, [Side(name, "as it was", "", "column")], new=False)
    assert (comparison.push, comparison.pull, comparison.problems, comparison.recorded) == ({}, [], [], False)
    unknown = compare(silent, Base("INC-1", 2), [Side(name, "as it was", "", "column")], new=True)
    assert (unknown.push, unknown.pull, unknown.base.values) == ({}, [], {})


def test_a_value_of_which_nothing_is_said_is_sent_where_the_file_changed() -> None:
    base = Base("INC-1", 2).with_value("due", "2026-04-01", "2026-04-01")
    silent = ComparedItem(("INC-1", 2), "OPS-7", "a.md", "Jira", "jira", frozenset({"due"}))
    assert compare(silent, base, [Side("due", "2026-05-01", "", "due")], new=False).push == {"due": "2026-05-01"}


@pytest.mark.parametrize(
    ("ours", "theirs", "push", "pull"),
    [
        ("sent", "shown", False, False),
        ("changed", "shown", True, False),
        ("sent", "", False, True),
        ("shown", "shown", False, False),
    ],
)
def test_a_dropped_value_waits_for_a_change_on_either_side(ours: str, theirs: str, push: bool, pull: bool) -> None:
    base = from_property(to_property(Base("INC-1", 2).with_dropped("due", "sent", "shown", "")))
    assert base is not None
    subject = ComparedItem(("INC-1", 2), "OPS-7", "a.md", "Jira", "jira")
    comparison = compare(subject, base, [Side("due", ours, theirs, "due")], new=False)
    assert (bool(comparison.push), bool(comparison.pull), comparison.problems) == (push, pull, [])


def test_an_owner_who_was_not_taken_is_sent_again_when_people_yml_says_something_new() -> None:
    base = Base("INC-1", 2).with_dropped("assignee", "li.wei", "", "as it was")
    subject = ComparedItem(("INC-1", 2), "OPS-7", "a.md", "Jira", "jira")
    same = compare(subject, base, [Side("assignee", "li.wei", "", "owner", "as it was")], new=False)
    other = compare(subject, base, [Side("assignee", "li.wei", "", "owner", "with an account")], new=False)
    assert (same.push, other.push) == ({}, {"assignee": "li.wei"})
