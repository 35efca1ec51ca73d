"""What a server leaves out, drops or rewrites is no answer: the file keeps what it says, and it is told once."""

import pytest

from jira_sandbox.journal import Phase
from tests.sync.situations.synced import SyncedArchive, cell, put, row


def hide(synced: SyncedArchive, field: str) -> None:
    """Let answers say nothing of a field, as those of a field that is hidden do."""
    synced.jira.site.store.remove("field", field)


def drop(synced: SyncedArchive, field: str, value: object) -> None:
    """Let the server accept writes of tickets and keep another value, as a rule of the project does."""

    def rule(number: int, phase: Phase) -> None:
        one = synced.jira.request(number)
        if phase == "after-write" and not one.reads and "/issue" in one.path and "property" not in one.path:
            for issue in synced.jira.issues("OPS"):
                if issue["fields"].get(field) != value:
                    synced.jira.site.store.put(
                        "issue", issue["id"], issue | {"fields": issue["fields"] | {field: value}}
                    )

    synced.jira.on_request = rule


@pytest.mark.parametrize("field", ["duedate", "assignee", "labels"])
def test_a_field_that_answers_leave_out_changes_nothing(synced: SyncedArchive, field: str) -> None:
    path = synced.settled()
    before = path.read_bytes()
    hide(synced, field)
    assert synced.calm().rows == []
    assert synced.jira.writes == []
    assert path.read_bytes() == before


def test_what_jira_emptied_is_taken_over_where_it_says_so(synced: SyncedArchive) -> None:
    path = synced.settled(rows=row(1))
    synced.jira.set_fields("OPS-1", {"duedate": None})
    synced.calm()
    assert cell(path, 1, "Due date") == ""


@pytest.mark.parametrize(("field", "value"), [("duedate", None), ("assignee", None), ("summary", "As the rule has it")])
def test_a_value_that_is_accepted_and_not_kept_is_told_once_and_stays_in_the_file(
    synced: SyncedArchive, field: str, value: str | None
) -> None:
    drop(synced, field, value)
    path = synced.write(rows=row(1))
    run = synced.sync()
    assert (run.code, run.codes()) == (0, {"value-dropped"})
    after = path.read_bytes()
    for _ in range(2):
        synced.jira.forget_requests()
        assert synced.calm().rows == []
        assert synced.jira.writes == []
    assert path.read_bytes() == after


def test_a_dropped_value_is_sent_again_once_the_file_says_something_else(synced: SyncedArchive) -> None:
    drop(synced, "duedate", None)
    path = synced.write(rows=row(1))
    synced.sync()
    synced.jira.on_request = None
    put(path, "2026-04-01", "2026-04-09")
    synced.calm()
    assert synced.item()["fields"]["duedate"] == "2026-04-09"
    assert synced.calm().rows == []


def test_what_a_person_sets_where_a_value_was_dropped_comes_into_the_file(synced: SyncedArchive) -> None:
    drop(synced, "duedate", None)
    path = synced.write(rows=row(1))
    synced.sync()
    synced.jira.on_request = None
    synced.jira.set_fields("OPS-1", {"duedate": "2026-05-05"})
    synced.calm()
    assert cell(path, 1, "Due date") == "2026-05-05"


def test_a_field_that_only_the_edit_screen_has_is_filled_in_by_the_same_run(synced: SyncedArchive) -> None:
    synced.jira.remove_field_from_screen("duedate", operations=("create",))
    synced.write()
    synced.calm()
    assert synced.item()["fields"]["duedate"] == "2026-04-01"
    assert synced.calm().rows == []


def test_a_field_on_no_screen_is_told_once_and_the_next_plan_is_empty(synced: SyncedArchive) -> None:
    synced.jira.remove_field_from_screen("duedate", project="OPS")
    path = synced.write()
    assert synced.sync().codes() == {"field-not-on-screen"}
    synced.jira.forget_requests()
    assert synced.calm().rows == []
    assert synced.jira.writes == []
    assert cell(path, 1, "Due date") == "2026-04-01"
