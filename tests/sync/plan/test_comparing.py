"""What is recorded of an issue never says more than what both sides know at that moment."""

from generator.sync.plan.base import Base, Pair
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
