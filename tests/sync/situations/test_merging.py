"""What changed here, there and on both sides: pushed, taken over, or left to people; never lost."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.markup.inline_text import text_of
from generator.sync.plan.facts import cell_of
from jira_sandbox.world import PARTS
from tests.sync.archives import DOCUMENT
from tests.sync.situations.synced import HEAD, SyncedArchive, cell, put, row

CAUSE = PARTS["root_causes"][0]


def test_a_text_that_somebody_edited_is_not_overwritten(synced: SyncedArchive) -> None:
    path = synced.settled()
    synced.jira.set_fields("INCIDENT-1", {CAUSE: synced.jira.rich("A person knows better.")})
    put(path, "A query lost its index.", "A migration dropped it.")
    put(path, "| 2026-03-15 14:32 | The migration begins |", "| 2026-03-15 14:31 | The migration begins |")
    before = path.read_bytes()
    run = synced.sync()
    assert (run.code, run.codes()) == (1, {"edited-in-jira"})
    assert "root causes" in str(run.rows)
    assert synced.words(synced.head(), CAUSE) == "A person knows better."
    assert "14:31" in synced.words(synced.head(), PARTS["timeline"][0])  # the others go on
    assert path.read_bytes() == before
    assert synced.sync().codes() == {"edited-in-jira"}
    synced.calm("--force")
    assert "A migration dropped it." in synced.words(synced.head(), CAUSE)
    assert synced.sync().rows == []


def test_a_text_that_only_jira_changed_is_left_alone(synced: SyncedArchive) -> None:
    synced.settled()
    synced.jira.set_fields("INCIDENT-1", {CAUSE: synced.jira.rich("A person knows better.")})
    synced.jira.set_fields("OPS-1", {"description": synced.jira.rich("More to come.")})
    assert synced.calm().rows == []
    assert synced.words(synced.head(), CAUSE) == "A person knows better."


@pytest.mark.parametrize("rewrites", [True, False])
def test_an_unchanged_file_writes_nothing(synced: SyncedArchive, rewrites: bool) -> None:
    synced.jira.site.rewrites = rewrites
    path = synced.settled(status="published", rows=row(1, status="completed") + row(2) + row(3, owner=""))
    before = path.read_bytes()
    for _ in range(2):
        run = synced.calm()
        assert run.rows == []
    assert synced.jira.writes == []
    assert path.read_bytes() == before


def test_the_state_of_tickets_comes_into_the_file(synced: SyncedArchive) -> None:
    path = synced.settled()
    synced.jira.set_status("OPS-1", "In Progress")
    synced.jira.set_status("OPS-2", "Done")
    synced.jira.set_fields("OPS-1", {"duedate": "2026-05-01", "summary": "Refuse to drop an index"})
    before = path.read_text(encoding="utf-8")
    synced.calm()
    after = path.read_text(encoding="utf-8")
    assert [cell(path, 1, name) for name in ("Action", "Due date", "Status")] == [
        "Refuse to drop an index",
        "2026-05-01",
        "in progress",
    ]
    assert cell(path, 2, "Status") == "completed"
    changed = [(a, b) for a, b in zip(before.splitlines(), after.splitlines(), strict=True) if a != b]
    assert len(changed) == 2
    assert synced.sync().rows == []


def test_what_was_taken_over_is_in_the_text_of_the_postmortems_issue_too(synced: SyncedArchive) -> None:
    synced.settled()
    synced.jira.set_status("OPS-1", "Done")
    synced.calm()
    assert "completed" in synced.words(synced.head(), PARTS["mitigation_actions"][0])


def test_a_due_date_that_is_taken_away_is_taken_away(synced: SyncedArchive) -> None:
    path = synced.settled()
    synced.jira.set_fields("OPS-1", {"duedate": None})
    synced.calm()
    assert cell(path, 1, "Due date") == ""


def test_a_title_that_changed_in_jira_comes_into_the_file(synced: SyncedArchive) -> None:
    path = synced.settled()
    synced.jira.set_fields("INCIDENT-1", {"summary": f"#{HEAD} (SEV1) Checkout: no receipts"})
    synced.calm()
    assert 'title: "Checkout: no receipts"' in path.read_text(encoding="utf-8").replace("'", '"')
    assert synced.sync().rows == []


def test_a_summary_that_lost_our_shape_is_left_alone(synced: SyncedArchive) -> None:
    path = synced.settled()
    before = path.read_bytes()
    synced.jira.set_fields("INCIDENT-1", {"summary": "Quite another name"})
    synced.calm()
    assert path.read_bytes() == before
    assert synced.head()["fields"]["summary"] == "Quite another name"
    assert synced.sync().rows == []


def test_a_summary_and_a_due_date_that_changed_in_the_file_are_pushed(synced: SyncedArchive) -> None:
    path = synced.settled()
    put(path, "Let migrations fail where an index is dropped", "Let migrations fail early")
    put(path, "2026-04-01", "2026-04-30")
    synced.calm()
    fields = synced.item(1)["fields"]
    assert (fields["summary"], fields["duedate"]) == ("Let migrations fail early", "2026-04-30")


@pytest.mark.parametrize(
    ("change", "field", "there", "code"),
    [
        (("2026-04-01", "2026-04-02"), "duedate", "2026-04-03", "both-changed-due"),
        (("Let migrations fail where an index is dropped", "Ours"), "summary", "Theirs", "both-changed-summary"),
    ],
)
def test_what_changed_on_both_sides_is_told_and_nothing_is_overwritten(
    synced: SyncedArchive, change: tuple[str, str], field: str, there: str, code: str
) -> None:
    path = synced.settled()
    put(path, *change)
    synced.jira.set_fields("OPS-1", {field: there})
    before = path.read_bytes()
    for _ in range(2):
        run = synced.sync()
        assert (run.code, run.codes()) == (1, {code})
        assert path.read_bytes() == before
        assert synced.item(1)["fields"][field] == there
    synced.jira.set_fields("OPS-1", {field: change[1]})  # people agree
    synced.calm()
    assert synced.sync().rows == []


def test_a_title_that_changed_on_both_sides_is_told(synced: SyncedArchive) -> None:
    path = synced.settled()
    put(path, "title: Checkout errors after a migration", "title: Ours")
    synced.jira.set_fields("INCIDENT-1", {"summary": f"#{HEAD} (SEV1) Theirs"})
    before = path.read_bytes()
    run = synced.sync()
    assert (run.code, run.codes()) == (1, {"both-changed-summary"})
    assert path.read_bytes() == before
    assert synced.head()["fields"]["summary"] == f"#{HEAD} (SEV1) Theirs"


def test_both_sides_changing_to_the_same_is_no_conflict(synced: SyncedArchive) -> None:
    path = synced.settled()
    put(path, "2026-04-01", "2026-04-02")
    synced.jira.set_fields("OPS-1", {"duedate": "2026-04-02"})
    synced.calm()
    assert synced.sync().rows == []


def test_different_values_changed_on_either_side_are_both_kept(synced: SyncedArchive) -> None:
    path = synced.settled()
    put(path, "2026-04-01", "2026-04-02")
    synced.jira.set_fields("OPS-1", {"summary": "Their words"})
    synced.jira.assign("OPS-1", "jane.smith")
    synced.calm()
    assert [cell(path, 1, name) for name in ("Action", "Owner", "Due date")] == [
        "Their words",
        "jane.smith",
        "2026-04-02",
    ]
    assert synced.item(1)["fields"]["duedate"] == "2026-04-02"
    assert synced.sync().rows == []


def test_a_status_changed_in_the_file_is_the_tickets_to_say(synced: SyncedArchive) -> None:
    path = synced.settled()
    put(path, "2026-04-01 | open", "2026-04-01 | completed")
    before = path.read_bytes()
    run = synced.sync()
    assert run.codes() == {"status-in-file"}
    assert run.code == 0
    assert path.read_bytes() == before
    assert synced.state(synced.item(1)) == "To Do"
    synced.jira.set_status("OPS-1", "Done")
    synced.calm()
    assert synced.sync().rows == []


def test_a_change_to_the_file_that_was_never_committed_is_made_again(synced: SyncedArchive) -> None:
    path = synced.settled()
    before = path.read_bytes()
    synced.jira.set_status("OPS-1", "Done")
    synced.jira.set_fields("OPS-2", {"duedate": "2026-06-01", "summary": "Their words"})
    synced.jira.assign("OPS-2", "ben.carter")
    synced.jira.set_fields("INCIDENT-1", {"summary": f"#{HEAD} (SEV1) Their title"})
    synced.calm()
    after = path.read_bytes()
    assert after != before
    path.write_bytes(before)  # somebody threw the change away
    synced.calm()
    assert path.read_bytes() == after
    assert synced.item(2)["fields"]["summary"] == "Their words"
    assert synced.sync().rows == []


def test_an_action_with_markup_is_not_flattened_by_a_summary(synced: SyncedArchive) -> None:
    path = synced.settled(rows=row(1, action="Read [the guide](https://example.com/guide) and `retry`"))
    assert synced.item(1)["fields"]["summary"] == "Read the guide and retry"
    synced.jira.set_fields("OPS-1", {"summary": "Read it"})
    before = path.read_bytes()
    run = synced.sync()
    assert (run.code, run.codes()) == (1, {"summary-with-markup"})
    assert path.read_bytes() == before
    assert synced.item(1)["fields"]["summary"] == "Read it"


def test_a_summary_with_signs_of_a_table_is_written_as_one_cell(synced: SyncedArchive) -> None:
    path = synced.settled()
    synced.jira.set_fields("OPS-1", {"summary": "Use a | b, not *c* <d>"})
    synced.calm()
    assert "| Use a \\| b, not" in path.read_text(encoding="utf-8")
    assert synced.sync().rows == []
    assert synced.item(1)["fields"]["summary"] == "Use a | b, not *c* <d>"
    synced.jira.set_fields("OPS-1", {"summary": "Use _d_"})
    synced.calm()
    assert synced.sync().rows == []
    assert synced.item(1)["fields"]["summary"] == "Use _d_"


@given(st.text(st.sampled_from("ab1 *_~`\\<>&;|[]()!#-.:/@{}$^=\"'"), min_size=1, max_size=30))
@example(words="{:}")
@example(words="Rename {: .a #b}")
def test_any_words_are_a_cell_that_says_them(words: str) -> None:
    line = " ".join(words.split())
    assert text_of(cell_of(line)) == line


def test_a_file_without_a_ticket_column_is_told_and_makes_no_second_ticket(synced: SyncedArchive) -> None:
    known = DOCUMENT.format(id=HEAD, rows="| 1 | Do it | ben.carter | 2026-04-01 | open |\n\n", status="draft")
    path = synced.write(text=known.replace(" Status | Ticket |\n|---", " Status |\n"))
    for _ in range(2):
        run = synced.sync()
        assert (run.code, run.codes()) == (1, {"file-not-written"})
    assert len(synced.jira.issues("OPS")) == 1
    assert "OPS-1" not in path.read_text(encoding="utf-8")


def test_a_number_that_two_items_have_makes_no_ticket_for_either(synced: SyncedArchive) -> None:
    synced.write(rows=row(1) + row(1, action="Another") + row(2))
    run = synced.sync()
    assert run.codes() == {"number-twice"}
    assert len(synced.jira.issues("OPS")) == 1


def test_a_key_that_belongs_to_another_item_is_told(synced: SyncedArchive) -> None:
    path = synced.settled()
    text = path.read_text(encoding="utf-8").replace("OPS-2", "OPS-1")
    path.write_text(text, encoding="utf-8")
    run = synced.sync()
    assert (run.code, run.codes()) == (1, {"key-of-another"})
    assert not [one for one in synced.writes_to_issues() if synced.jira.issue("OPS-1")["id"] in one[1]]
    assert not [one for one in synced.writes_to_issues() if synced.jira.issue("OPS-2")["id"] in one[1]]


def test_two_issues_with_one_mark_are_left_to_people(synced: SyncedArchive) -> None:
    path = synced.settled()
    head = synced.head()
    synced.jira.add_issue("INCIDENT", labels=head["fields"]["labels"], properties=head["properties"])
    put(path, "jira: INCIDENT-1\n", "")
    run = synced.sync()
    assert (run.code, run.codes()) == (1, {"several-issues"})
    assert synced.created() == []


def test_a_copy_that_a_person_made_of_a_ticket_is_not_taken_for_it(synced: SyncedArchive) -> None:
    path = synced.settled()
    synced.jira.add_issue("OPS", labels=synced.item(1)["fields"]["labels"], type="Task", summary="CLONE")
    put(path, "OPS-1", "     ")
    synced.calm()
    assert cell(path, 1, "Ticket") == "OPS-1"
