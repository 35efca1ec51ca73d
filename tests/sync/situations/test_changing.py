"""Settings, screens, files and issues that change between two runs."""

import json

import pytest

from jira_sandbox.world import PARTS
from tests.sync.archives import DOCUMENT, ROWS
from tests.sync.situations.places import HEAD, SUMMARY, Place, cell, put, row

CAUSE = PARTS["root_causes"][0]


def test_a_part_that_gets_a_field_of_its_own_leaves_the_description(place: Place) -> None:
    place.set(JIRA_FIELD_ROOT_CAUSES="")
    place.settled()
    assert "A query lost" in place.words(place.head())
    place.set(JIRA_FIELD_ROOT_CAUSES="Root causes")  # by its name
    place.calm()
    assert "A query lost" not in place.words(place.head())
    assert "A query lost" in place.words(place.head(), CAUSE)
    assert place.sync().rows == []


def test_a_part_that_has_no_field_any_more_goes_into_the_description(place: Place) -> None:
    place.settled()
    place.set(JIRA_FIELD_ROOT_CAUSES="")
    place.calm()
    assert "A query lost" in place.words(place.head())
    assert place.sync().rows == []


def test_a_postmortem_that_is_made_again_is_linked_to_its_items(place: Place) -> None:
    path = place.settled()
    place.jira.delete("INCIDENT-1")
    place.calm("--recreate")
    assert "jira: INCIDENT-2\n" in path.read_text(encoding="utf-8")
    assert len(place.jira.links("INCIDENT-2")) == 2
    assert place.sync().rows == []


def test_a_ticket_that_is_opened_again_is_open_again_in_the_file(place: Place) -> None:
    path = place.settled()
    place.jira.set_status("OPS-1", "Done")
    place.calm()
    assert cell(path, 1, "Status") == "completed"
    place.jira.set_status("OPS-1", "In Progress")
    place.calm()
    assert cell(path, 1, "Status") == "in progress"


def test_a_renamed_ticket_of_a_restricted_postmortem_leaves_the_file_alone(place: Place) -> None:
    known = DOCUMENT.format(id=HEAD, rows=ROWS + "\n", status="draft").replace("internal", "restricted")
    path = place.settled(text=known)
    place.jira.set_fields("OPS-1", {"summary": "Something else"})
    place.jira.set_fields("INCIDENT-1", {"summary": SUMMARY})
    before = path.read_bytes()
    run = place.sync()
    assert path.read_bytes() == before
    assert run.code == 1


def test_a_postmortem_that_becomes_restricted_takes_edited_texts_back_as_well(place: Place) -> None:
    path = place.settled()
    for key, name in (("INCIDENT-1", CAUSE), ("OPS-1", "description")):
        place.jira.set_fields(key, {name: place.jira.rich("A canary, and what people added")})
    put(path, "audience: internal", "audience: restricted")
    place.calm()
    assert "canary" not in json.dumps([one["fields"] for one in place.jira.issues()])


def test_a_ticket_that_is_linked_in_its_cell_is_followed_and_the_cell_kept(place: Place) -> None:
    place.jira.add_issue("OPS", key="OPS-7", type="Task", summary="Guard our indexes")
    link = f"[OPS-7]({place.jira.url}/browse/OPS-7)"
    path = place.write(rows=row(1, ticket=link))
    place.calm()
    place.jira.set_status("OPS-7", "Done")
    place.calm()
    assert (cell(path, 1, "Ticket"), cell(path, 1, "Status")) == (link, "completed")
    assert place.sync().rows == []


def test_a_postmortems_issue_that_a_person_made_is_followed_and_not_rewritten(place: Place) -> None:
    place.jira.add_issue(
        "INCIDENT", key="INCIDENT-9", summary="My own words", description="Mine.", assignee="ben.carter"
    )
    known = DOCUMENT.format(id=HEAD, rows=ROWS + "\n", status="published")
    path = place.write(text=known.replace("audience: internal\n", "audience: internal\njira: INCIDENT-9\n"))
    before = path.read_text(encoding="utf-8").partition("## Action items")[0]
    run = place.calm()
    assert ("adopt", None) in run.actions()
    held = place.jira.issue("INCIDENT-9")
    assert (held["fields"]["summary"], held["fields"]["assignee"]) == ("My own words", "ben.carter")
    assert place.words(held) == "Mine."
    assert place.state(held) == "To Do"
    assert len(place.jira.links("INCIDENT-9")) == 2
    assert path.read_text(encoding="utf-8").partition("## Action items")[0] == before
    assert place.sync().rows == []


@pytest.mark.parametrize("field", ["labels", "duedate", "assignee", "priority", "description"])
def test_a_screen_without_a_usual_field_still_makes_the_issues(place: Place, field: str) -> None:
    place.jira.remove_field_from_screen(field)
    path = place.write()
    run = place.sync()
    assert run.code == 0
    assert run.codes() == {"field-not-on-screen"}
    assert len(place.jira.issues()) == 3
    assert cell(path, 2, "Ticket") == "OPS-2"
    before = path.read_bytes()
    place.sync()
    place.jira.forget_requests()
    run = place.sync()
    assert run.code == 0
    assert run.codes() <= {"field-refused", "field-not-on-screen"}
    assert {one.status for one in place.jira.writes} <= {400}  # tried again, and nothing was written
    assert path.read_bytes() == before
    assert len(place.jira.issues()) == 3


@pytest.mark.parametrize(
    "held", [None, "text", 7, {"id": 5}, {"id": HEAD, "item": 1, "values": [1], "texts": {"a": 1}}]
)
def test_a_property_that_somebody_spoilt_stops_nothing(place: Place, held: object) -> None:
    path = place.settled()
    place.jira.set_property("OPS-1", "postmortem", held)
    before = path.read_bytes()
    run = place.sync()
    assert run.code in {0, 1}
    assert path.read_bytes() == before
    assert place.item(1)["fields"]["summary"] == "Let migrations fail where an index is dropped"
    assert place.created() == []


def test_labels_that_somebody_removed_come_back_as_far_as_they_are_our_mark(place: Place) -> None:
    place.settled()
    place.jira.set_fields("INCIDENT-1", {"labels": ["mine"]})
    place.jira.set_fields("OPS-1", {"labels": ["mine"]})
    place.calm()
    assert set(place.head()["fields"]["labels"]) == {"mine", f"postmortem-{HEAD}"}
    assert set(place.item(1)["fields"]["labels"]) == {"mine", f"postmortem-{HEAD}-1"}
    assert place.sync().rows == []


def test_a_file_that_cannot_be_read_stops_no_other(place: Place) -> None:
    place.write()
    broken = place.write("INC-2026-0043")
    broken.write_bytes(b"\xff\xfe\x00---\n")
    run = place.sync()
    assert run.code == 1
    assert broken.name in run.err
    assert len(place.jira.issues("INCIDENT")) == 1


def test_a_date_that_nobody_can_read_is_no_date(place: Place) -> None:
    path = place.settled(rows=row(1, due="end of April"))
    assert place.item(1)["fields"].get("duedate") is None
    assert cell(path, 1, "Due date") == "end of April"


def test_an_item_that_leaves_the_table_leaves_its_ticket_alone(place: Place) -> None:
    path = place.settled()
    put(path, next(line for line in path.read_text(encoding="utf-8").splitlines() if "OPS-2" in line) + "\n", "")
    place.calm()
    assert place.state(place.item(2)) == "To Do"
    assert place.item(2)["fields"]["summary"] == "Alert on the share of failed payments"
