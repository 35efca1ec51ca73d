"""Settings, screens, files and issues that change between two runs."""

import json

import pytest

from jira_sandbox.world import PARTS
from tests.sync.archives import DOCUMENT, ROWS
from tests.sync.situations.synced import HEAD, SUMMARY, SyncedArchive, cell, put, row

CAUSE = PARTS["root_causes"][0]


def test_a_part_that_gets_a_field_of_its_own_leaves_the_description(synced: SyncedArchive) -> None:
    synced.set(JIRA_FIELD_ROOT_CAUSES="")
    synced.settled()
    assert "A query lost" in synced.words(synced.head())
    synced.set(JIRA_FIELD_ROOT_CAUSES="Root causes")  # by its name
    synced.calm()
    assert "A query lost" not in synced.words(synced.head())
    assert "A query lost" in synced.words(synced.head(), CAUSE)
    assert synced.sync().rows == []


def test_a_part_that_has_no_field_any_more_goes_into_the_description(synced: SyncedArchive) -> None:
    synced.settled()
    synced.set(JIRA_FIELD_ROOT_CAUSES="")
    synced.calm()
    assert "A query lost" in synced.words(synced.head())
    assert synced.sync().rows == []


def test_a_postmortem_that_is_made_again_is_linked_to_its_items(synced: SyncedArchive) -> None:
    path = synced.settled()
    synced.jira.delete("INCIDENT-1")
    synced.calm("--recreate")
    assert "jira: INCIDENT-2\n" in path.read_text(encoding="utf-8")
    assert len(synced.jira.links("INCIDENT-2")) == 2
    assert synced.sync().rows == []


def test_a_ticket_that_is_opened_again_is_open_again_in_the_file(synced: SyncedArchive) -> None:
    path = synced.settled()
    synced.jira.set_status("OPS-1", "Done")
    synced.calm()
    assert cell(path, 1, "Status") == "completed"
    synced.jira.set_status("OPS-1", "In Progress")
    synced.calm()
    assert cell(path, 1, "Status") == "in progress"


def test_a_renamed_ticket_of_a_restricted_postmortem_leaves_the_file_alone(synced: SyncedArchive) -> None:
    known = DOCUMENT.format(id=HEAD, rows=ROWS + "\n", status="draft").replace("internal", "restricted")
    path = synced.settled(text=known)
    synced.jira.set_fields("OPS-1", {"summary": "Something else"})
    synced.jira.set_fields("INCIDENT-1", {"summary": SUMMARY})
    before = path.read_bytes()
    run = synced.sync()
    assert path.read_bytes() == before
    assert run.code == 1


def test_a_postmortem_that_becomes_restricted_takes_edited_texts_back_as_well(synced: SyncedArchive) -> None:
    path = synced.settled()
    for key, name in (("INCIDENT-1", CAUSE), ("OPS-1", "description")):
        synced.jira.set_fields(key, {name: synced.jira.rich("A canary, and what people added")})
    put(path, "audience: internal", "audience: restricted")
    synced.calm()
    assert "canary" not in json.dumps([one["fields"] for one in synced.jira.issues()])


def test_a_ticket_that_is_linked_in_its_cell_is_followed_and_the_cell_kept(synced: SyncedArchive) -> None:
    synced.jira.add_issue("OPS", key="OPS-7", type="Task", summary="Guard our indexes")
    link = f"[OPS-7]({synced.jira.url}/browse/OPS-7)"
    path = synced.write(rows=row(1, ticket=link))
    synced.calm()
    synced.jira.set_status("OPS-7", "Done")
    synced.calm()
    assert (cell(path, 1, "Ticket"), cell(path, 1, "Status")) == (link, "completed")
    assert synced.sync().rows == []


def test_a_postmortems_issue_that_a_person_made_is_followed_and_not_rewritten(synced: SyncedArchive) -> None:
    synced.jira.add_issue(
        "INCIDENT", key="INCIDENT-9", summary="My own words", description="Mine.", assignee="ben.carter"
    )
    known = DOCUMENT.format(id=HEAD, rows=ROWS + "\n", status="published")
    path = synced.write(text=known.replace("audience: internal\n", "audience: internal\njira: INCIDENT-9\n"))
    before = path.read_text(encoding="utf-8").partition("## Action items")[0]
    run = synced.calm()
    assert ("adopt", None) in run.actions()
    held = synced.jira.issue("INCIDENT-9")
    assert (held["fields"]["summary"], held["fields"]["assignee"]) == ("My own words", "ben.carter")
    assert synced.words(held) == "Mine."
    assert synced.state(held) == "To Do"
    assert len(synced.jira.links("INCIDENT-9")) == 2
    assert path.read_text(encoding="utf-8").partition("## Action items")[0] == before
    assert synced.sync().rows == []


@pytest.mark.parametrize("field", ["labels", "duedate", "assignee", "priority", "description"])
def test_a_screen_without_a_usual_field_still_makes_the_issues(synced: SyncedArchive, field: str) -> None:
    synced.jira.remove_field_from_screen(field)
    path = synced.write()
    run = synced.sync()
    assert run.code == 0
    assert run.codes() == {"field-not-on-screen"}
    assert len(synced.jira.issues()) == 3
    assert cell(path, 2, "Ticket") == "OPS-2"
    before = path.read_bytes()
    synced.sync()
    synced.jira.forget_requests()
    run = synced.sync()
    assert run.code == 0
    assert run.codes() <= {"field-refused", "field-not-on-screen"}
    assert {one.status for one in synced.jira.writes} <= {400}  # tried again, and nothing was written
    assert path.read_bytes() == before
    assert len(synced.jira.issues()) == 3


@pytest.mark.parametrize(
    "held", [None, "text", 7, {"id": 5}, {"id": HEAD, "item": 1, "values": [1], "texts": {"a": 1}}]
)
def test_a_property_that_somebody_spoilt_stops_nothing(synced: SyncedArchive, held: object) -> None:
    path = synced.settled()
    synced.jira.set_property("OPS-1", "postmortem", held)
    before = path.read_bytes()
    run = synced.sync()
    assert run.code in {0, 1}
    assert path.read_bytes() == before
    assert synced.item(1)["fields"]["summary"] == "Let migrations fail where an index is dropped"
    assert synced.created() == []


def test_labels_that_somebody_removed_come_back_as_far_as_they_are_our_mark(synced: SyncedArchive) -> None:
    synced.settled()
    synced.jira.set_fields("INCIDENT-1", {"labels": ["mine"]})
    synced.jira.set_fields("OPS-1", {"labels": ["mine"]})
    synced.calm()
    assert set(synced.head()["fields"]["labels"]) == {"mine", f"postmortem-{HEAD}"}
    assert set(synced.item(1)["fields"]["labels"]) == {"mine", f"postmortem-{HEAD}-1"}
    assert synced.sync().rows == []


def test_a_file_that_cannot_be_read_stops_no_other(synced: SyncedArchive) -> None:
    synced.write()
    broken = synced.write("INC-2026-0043")
    broken.write_bytes(b"\xff\xfe\x00---\n")
    run = synced.sync()
    assert run.code == 1
    assert broken.name in run.err
    assert len(synced.jira.issues("INCIDENT")) == 1


def test_a_date_that_nobody_can_read_is_no_date(synced: SyncedArchive) -> None:
    path = synced.settled(rows=row(1, due="end of April"))
    assert synced.item(1)["fields"].get("duedate") is None
    assert cell(path, 1, "Due date") == "end of April"


def test_an_item_that_leaves_the_table_leaves_its_ticket_alone(synced: SyncedArchive) -> None:
    path = synced.settled()
    put(path, next(line for line in path.read_text(encoding="utf-8").splitlines() if "OPS-2" in line) + "\n", "")
    synced.calm()
    assert synced.state(synced.item(2)) == "To Do"
    assert synced.item(2)["fields"]["summary"] == "Alert on the share of failed payments"
