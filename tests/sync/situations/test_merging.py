"""What changed here, there and on both sides: pushed, taken over, or left to people; never lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markup.inline_text import text_of
from generator.sync.plan.facts import cell_of
from jira_sandbox.world import PARTS
from tests.sync.archives import DOCUMENT
from tests.sync.situations.places import HEAD, Place, cell, put, row

CAUSE = PARTS["root_causes"][0]


def test_situation_20_a_text_that_somebody_edited_is_not_overwritten(place: Place) -> None:
    path = place.settled()
    place.jira.set_fields("INCIDENT-1", {CAUSE: place.jira.rich("A person knows better.")})
    put(path, "A query lost its index.", "A migration dropped it.")
    put(path, "| 2026-03-15 14:32 | The migration begins |", "| 2026-03-15 14:31 | The migration begins |")
    before = path.read_bytes()
    run = place.sync()
    assert (run.code, run.codes()) == (1, {"edited-in-jira"})
    assert "root causes" in str(run.rows)
    assert place.words(place.head(), CAUSE) == "A person knows better."
    assert "14:31" in place.words(place.head(), PARTS["timeline"][0])  # the others go on
    assert path.read_bytes() == before
    assert place.sync().codes() == {"edited-in-jira"}
    place.calm("--force")
    assert "A migration dropped it." in place.words(place.head(), CAUSE)
    assert place.sync().rows == []


def test_situation_20_a_text_that_only_jira_changed_is_left_alone(place: Place) -> None:
    place.settled()
    place.jira.set_fields("INCIDENT-1", {CAUSE: place.jira.rich("A person knows better.")})
    place.jira.set_fields("OPS-1", {"description": place.jira.rich("More to come.")})
    assert place.calm().rows == []
    assert place.words(place.head(), CAUSE) == "A person knows better."


@pytest.mark.parametrize("rewrites", [True, False])
def test_situation_21_an_unchanged_file_writes_nothing(place: Place, rewrites: bool) -> None:
    place.jira.site.rewrites = rewrites
    path = place.settled(status="published", rows=row(1, status="completed") + row(2) + row(3, owner=""))
    before = path.read_bytes()
    for _ in range(2):
        run = place.calm()
        assert run.rows == []
    assert place.jira.writes == []
    assert path.read_bytes() == before


def test_the_state_of_tickets_comes_into_the_file(place: Place) -> None:
    path = place.settled()
    place.jira.set_status("OPS-1", "In Progress")
    place.jira.set_status("OPS-2", "Done")
    place.jira.set_fields("OPS-1", {"duedate": "2026-05-01", "summary": "Refuse to drop an index"})
    before = path.read_text(encoding="utf-8")
    place.calm()
    after = path.read_text(encoding="utf-8")
    assert [cell(path, 1, name) for name in ("Action", "Due date", "Status")] == [
        "Refuse to drop an index",
        "2026-05-01",
        "in progress",
    ]
    assert cell(path, 2, "Status") == "completed"
    changed = [(a, b) for a, b in zip(before.splitlines(), after.splitlines(), strict=True) if a != b]
    assert len(changed) == 2
    assert place.sync().rows == []


def test_what_was_taken_over_is_in_the_text_of_the_postmortems_issue_too(place: Place) -> None:
    place.settled()
    place.jira.set_status("OPS-1", "Done")
    place.calm()
    assert "completed" in place.words(place.head(), PARTS["mitigation_actions"][0])


def test_a_due_date_that_is_taken_away_is_taken_away(place: Place) -> None:
    path = place.settled()
    place.jira.set_fields("OPS-1", {"duedate": None})
    place.calm()
    assert cell(path, 1, "Due date") == ""


def test_a_title_that_changed_in_jira_comes_into_the_file(place: Place) -> None:
    path = place.settled()
    place.jira.set_fields("INCIDENT-1", {"summary": f"#{HEAD} (SEV1) Checkout: no receipts"})
    place.calm()
    assert 'title: "Checkout: no receipts"' in path.read_text(encoding="utf-8").replace("'", '"')
    assert place.sync().rows == []


def test_a_summary_that_lost_our_shape_is_left_alone(place: Place) -> None:
    path = place.settled()
    before = path.read_bytes()
    place.jira.set_fields("INCIDENT-1", {"summary": "Quite another name"})
    place.calm()
    assert path.read_bytes() == before
    assert place.head()["fields"]["summary"] == "Quite another name"
    assert place.sync().rows == []


def test_a_summary_and_a_due_date_that_changed_in_the_file_are_pushed(place: Place) -> None:
    path = place.settled()
    put(path, "Let migrations fail where an index is dropped", "Let migrations fail early")
    put(path, "2026-04-01", "2026-04-30")
    place.calm()
    fields = place.item(1)["fields"]
    assert (fields["summary"], fields["duedate"]) == ("Let migrations fail early", "2026-04-30")


@pytest.mark.parametrize(
    ("change", "field", "there", "code"),
    [
        (("2026-04-01", "2026-04-02"), "duedate", "2026-04-03", "both-changed-due"),
        (("Let migrations fail where an index is dropped", "Ours"), "summary", "Theirs", "both-changed-summary"),
    ],
)
def test_what_changed_on_both_sides_is_told_and_nothing_is_overwritten(
    place: Place, change: tuple[str, str], field: str, there: str, code: str
) -> None:
    path = place.settled()
    put(path, *change)
    place.jira.set_fields("OPS-1", {field: there})
    before = path.read_bytes()
    for _ in range(2):
        run = place.sync()
        assert (run.code, run.codes()) == (1, {code})
        assert path.read_bytes() == before
        assert place.item(1)["fields"][field] == there
    place.jira.set_fields("OPS-1", {field: change[1]})  # people agree
    place.calm()
    assert place.sync().rows == []


def test_a_title_that_changed_on_both_sides_is_told(place: Place) -> None:
    path = place.settled()
    put(path, "title: Checkout errors after a migration", "title: Ours")
    place.jira.set_fields("INCIDENT-1", {"summary": f"#{HEAD} (SEV1) Theirs"})
    before = path.read_bytes()
    run = place.sync()
    assert (run.code, run.codes()) == (1, {"both-changed-summary"})
    assert path.read_bytes() == before
    assert place.head()["fields"]["summary"] == f"#{HEAD} (SEV1) Theirs"


def test_both_sides_changing_to_the_same_is_no_conflict(place: Place) -> None:
    path = place.settled()
    put(path, "2026-04-01", "2026-04-02")
    place.jira.set_fields("OPS-1", {"duedate": "2026-04-02"})
    place.calm()
    assert place.sync().rows == []


def test_different_values_changed_on_either_side_are_both_kept(place: Place) -> None:
    path = place.settled()
    put(path, "2026-04-01", "2026-04-02")
    place.jira.set_fields("OPS-1", {"summary": "Their words"})
    place.jira.assign("OPS-1", "jane.smith")
    place.calm()
    assert [cell(path, 1, name) for name in ("Action", "Owner", "Due date")] == [
        "Their words",
        "jane.smith",
        "2026-04-02",
    ]
    assert place.item(1)["fields"]["duedate"] == "2026-04-02"
    assert place.sync().rows == []


def test_a_status_changed_in_the_file_is_the_tickets_to_say(place: Place) -> None:
    path = place.settled()
    put(path, "2026-04-01 | open", "2026-04-01 | completed")
    before = path.read_bytes()
    run = place.sync()
    assert run.codes() == {"status-in-file"}
    assert run.code == 0
    assert path.read_bytes() == before
    assert place.state(place.item(1)) == "To Do"
    place.jira.set_status("OPS-1", "Done")
    place.calm()
    assert place.sync().rows == []


def test_a_change_to_the_file_that_was_never_committed_is_made_again(place: Place) -> None:
    path = place.settled()
    before = path.read_bytes()
    place.jira.set_status("OPS-1", "Done")
    place.jira.set_fields("OPS-2", {"duedate": "2026-06-01", "summary": "Their words"})
    place.jira.assign("OPS-2", "ben.carter")
    place.jira.set_fields("INCIDENT-1", {"summary": f"#{HEAD} (SEV1) Their title"})
    place.calm()
    after = path.read_bytes()
    assert after != before
    path.write_bytes(before)  # somebody threw the change away
    place.calm()
    assert path.read_bytes() == after
    assert place.item(2)["fields"]["summary"] == "Their words"
    assert place.sync().rows == []


def test_an_action_with_markup_is_not_flattened_by_a_summary(place: Place) -> None:
    path = place.settled(rows=row(1, action="Read [the guide](https://example.com/guide) and `retry`"))
    assert place.item(1)["fields"]["summary"] == "Read the guide and retry"
    place.jira.set_fields("OPS-1", {"summary": "Read it"})
    before = path.read_bytes()
    run = place.sync()
    assert (run.code, run.codes()) == (1, {"summary-with-markup"})
    assert path.read_bytes() == before
    assert place.item(1)["fields"]["summary"] == "Read it"


def test_a_summary_with_signs_of_a_table_is_written_as_one_cell(place: Place) -> None:
    path = place.settled()
    place.jira.set_fields("OPS-1", {"summary": "Use a | b, not *c* <d>"})
    place.calm()
    assert "| Use a \\| b, not" in path.read_text(encoding="utf-8")
    assert place.sync().rows == []
    assert place.item(1)["fields"]["summary"] == "Use a | b, not *c* <d>"
    place.jira.set_fields("OPS-1", {"summary": "Use _d_"})
    place.calm()
    assert place.sync().rows == []
    assert place.item(1)["fields"]["summary"] == "Use _d_"


@given(st.text(st.sampled_from("ab1 *_~`\\<>&;|[]()!#-.:/@{}$^=\"'"), min_size=1, max_size=30))
def test_any_words_are_a_cell_that_says_them(words: str) -> None:
    line = " ".join(words.split())
    assert text_of(cell_of(line)) == line


def test_a_file_without_a_ticket_column_is_told_and_makes_no_second_ticket(place: Place) -> None:
    known = DOCUMENT.format(id=HEAD, rows="| 1 | Do it | ben.carter | 2026-04-01 | open |\n\n", status="draft")
    path = place.write(text=known.replace(" Status | Ticket |\n|---", " Status |\n"))
    for _ in range(2):
        run = place.sync()
        assert (run.code, run.codes()) == (1, {"file-not-written"})
    assert len(place.jira.issues("OPS")) == 1
    assert "OPS-1" not in path.read_text(encoding="utf-8")


def test_a_number_that_two_items_have_makes_no_ticket_for_either(place: Place) -> None:
    place.write(rows=row(1) + row(1, action="Another") + row(2))
    run = place.sync()
    assert run.codes() == {"number-twice"}
    assert len(place.jira.issues("OPS")) == 1


def test_a_key_that_belongs_to_another_item_is_told(place: Place) -> None:
    path = place.settled()
    text = path.read_text(encoding="utf-8").replace("OPS-2", "OPS-1")
    path.write_text(text, encoding="utf-8")
    run = place.sync()
    assert (run.code, run.codes()) == (1, {"key-of-another"})
    assert not [one for one in place.writes_to_issues() if place.jira.issue("OPS-1")["id"] in one[1]]
    assert not [one for one in place.writes_to_issues() if place.jira.issue("OPS-2")["id"] in one[1]]


def test_two_issues_with_one_mark_are_left_to_people(place: Place) -> None:
    path = place.settled()
    head = place.head()
    place.jira.add_issue("INCIDENT", labels=head["fields"]["labels"], properties=head["properties"])
    put(path, "jira: INCIDENT-1\n", "")
    run = place.sync()
    assert (run.code, run.codes()) == (1, {"several-issues"})
    assert place.created() == []


def test_a_copy_that_a_person_made_of_a_ticket_is_not_taken_for_it(place: Place) -> None:
    path = place.settled()
    place.jira.add_issue("OPS", labels=place.item(1)["fields"]["labels"], type="Task", summary="CLONE")
    put(path, "OPS-1", "     ")
    place.calm()
    assert cell(path, 1, "Ticket") == "OPS-1"
