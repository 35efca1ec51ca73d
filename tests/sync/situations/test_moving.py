"""Issues that are moved, gone or closed; links and pages that hang on them."""

import pytest

from tests.sync.archives import DOCUMENT, ROWS
from tests.sync.situations.places import HEAD, Place, cell, put, row


def linked(incident: str) -> str:
    """A postmortem of an incident."""
    known = DOCUMENT.format(id=HEAD, rows=ROWS + "\n", status="draft")
    return known.replace("audience: internal\n", f"audience: internal\nincident: {incident}\n")


def test_situation_17_a_moved_issue_is_followed_to_its_new_key(place: Place) -> None:
    path = place.settled()
    place.jira.add_project(
        "CORE", screens={"Task": ["summary", "description", "labels", "assignee", "duedate", "priority"]}
    )
    new = place.jira.move("OPS-1", "CORE")
    place.calm()
    assert cell(path, 1, "Ticket") == new == "CORE-1"
    assert len(place.jira.issues()) == 3
    place.jira.set_status(new, "Done")
    place.calm()
    assert cell(path, 1, "Status") == "completed"
    assert place.sync().rows == []


def test_situation_17_a_moved_postmortem_is_followed_too(place: Place) -> None:
    path = place.settled()
    place.jira.move("INCIDENT-1", "OPS")
    place.calm()
    assert "jira: OPS-3\n" in path.read_text(encoding="utf-8")
    assert len(place.jira.issues()) == 3
    assert place.sync().rows == []


@pytest.mark.parametrize("how", ["deleted", "hidden"])
def test_situation_18_an_issue_that_is_gone_is_told_and_not_made_again(place: Place, how: str) -> None:
    path = place.settled()
    before = path.read_bytes()
    if how == "deleted":
        place.jira.delete("OPS-1")
    else:
        place.jira.hide("OPS-1")
    run = place.sync()
    assert (run.code, run.codes()) == (1, {"missing"})
    assert "OPS-1" in str(run.rows)
    assert "--recreate" in str(run.rows)
    assert place.created() == []
    assert path.read_bytes() == before


def test_situation_18_an_issue_that_is_gone_is_made_again_when_told(place: Place) -> None:
    path = place.settled()
    place.jira.delete("OPS-1")
    place.calm("--recreate")
    assert cell(path, 1, "Ticket") == place.item(1)["key"] == "OPS-3"
    assert place.sync().rows == []


def test_situation_18_a_postmortem_that_is_gone_keeps_its_items_going(place: Place) -> None:
    path = place.settled()
    place.jira.delete("INCIDENT-1")
    place.jira.set_status("OPS-1", "Done")
    run = place.sync()
    assert (run.code, run.codes()) == (1, {"missing"})
    assert cell(path, 1, "Status") == "completed"
    assert place.created() == []


def test_situation_22_a_step_that_is_not_there_is_told_with_those_that_are(place: Place) -> None:
    place.jira.set_workflow([("", "Begin", "In Progress"), ("In Progress", "Almost done", "In Review")])
    path = place.settled()
    put(path, "status: draft", "status: published")
    run = place.sync()
    assert (run.code, run.codes()) == (0, {"status-failed"})
    assert "'Begin' to 'In Progress'" in str(run.rows)
    assert place.state(place.head()) == "To Do"
    place.jira.set_workflow([("", "Finish", "Done")])
    place.calm()  # it is tried again by itself
    assert place.state(place.head()) == "Done"


def test_situation_22_a_step_that_wants_more_than_is_known_is_not_guessed(place: Place) -> None:
    place.jira.transition_screen("Done", fields=["resolution", "duedate"], required=["duedate"])
    place.write(status="published")
    run = place.sync()
    assert run.code == 0
    assert "status-failed" in run.codes()
    assert "duedate" in str(run.rows)
    assert place.state(place.head()) == "To Do"


def test_situation_22_a_step_that_wants_a_resolution_gets_the_fitting_one(place: Place) -> None:
    place.jira.transition_screen("Done", fields=["resolution"], required=["resolution"])
    place.settled(rows=row(1, status="completed") + row(2, status="won't do"))
    names = [place.jira.named("resolution", place.item(n)["fields"]["resolution"])["name"] for n in (1, 2)]
    assert names == ["Done", "Won't Do"]


def test_situation_22_without_the_permission_to_move_the_run_goes_on(place: Place) -> None:
    place.jira.set_user("postmortem-bot", denied=["INCIDENT:TRANSITION_ISSUES"])
    place.write(status="published")
    run = place.sync()
    assert (run.code, run.codes()) == (0, {"status-failed"})
    assert "may not move" in str(run.rows)
    assert len(place.jira.issues()) == 3


def test_situation_23_no_way_of_several_steps_is_taken(place: Place) -> None:
    place.jira.set_workflow([("To Do", "Review", "In Review"), ("In Review", "Finish", "Done")])
    place.write(status="published")
    run = place.sync()
    assert (run.code, run.codes()) == (0, {"status-failed"})
    assert place.state(place.head()) == "To Do"


def test_situation_24_what_was_given_up_in_jira_is_given_up_in_the_file(place: Place) -> None:
    path = place.settled()
    place.jira.set_status("OPS-1", "Done", resolution="Won't Do")
    place.jira.set_status("OPS-2", "Done")
    place.calm()
    assert cell(path, 1, "Status") == "won't do"
    assert cell(path, 2, "Status") == "completed"
    assert place.sync().rows == []
    assert place.state(place.item(1)) == "Done"


def test_situation_25_the_category_of_a_status_decides_and_not_its_name(place: Place) -> None:
    path = place.settled()
    with place.jira.site.store.transaction():
        place.jira.site.store.edit("status", place.jira.named("status", "In Progress")["id"])["name"] = "Done (not yet)"
        place.jira.site.store.edit("status", place.jira.named("status", "Done")["id"])["name"] = "Zu erledigen"
    place.jira.set_status("OPS-1", "Done (not yet)")
    place.jira.set_status("OPS-2", "Zu erledigen")
    place.calm()
    assert cell(path, 1, "Status") == "in progress"
    assert cell(path, 2, "Status") == "completed"


def test_situation_36_a_link_that_is_there_is_not_made_again(place: Place) -> None:
    place.jira.add_issue("OPS", summary="Checkout is down", key="OPS-1234", type="Incident")
    path = place.settled()
    place.jira.link("Relates", "OPS-1234", "INCIDENT-1")
    put(path, "audience: internal\n", "audience: internal\nincident: OPS-1234\n")
    place.calm()
    assert not [one for one in place.writes_to_issues() if "issueLink" in one[1]]
    assert len(place.jira.links("OPS-1234")) == 1


def test_situation_36_links_that_are_switched_off_are_told_and_tried_again(place: Place) -> None:
    place.jira.fault("POST /issueLink", "404", times=99)
    place.write()
    run = place.sync()
    assert (run.code, run.codes()) == (0, {"link-failed"})
    assert len(place.jira.issues()) == 3
    place.jira.clear_faults()
    place.calm()
    assert len(place.jira.links("INCIDENT-1")) == 2


def test_situation_36_an_incident_that_is_not_there_stops_nothing(place: Place) -> None:
    place.write(text=linked("OPS-9999"))
    run = place.sync()
    assert run.code == 0
    assert run.codes() <= {"link-failed", "link-refused"}
    assert run.codes()
    assert len(place.jira.issues()) == 3


def test_situation_37_the_page_is_replaced_and_the_links_of_others_stay(place: Place) -> None:
    place.settled()
    place.jira.put_remote_link("INCIDENT-1", "https://wiki.fernway.example/notes", "Notes", global_id="notes")
    place.jira.put_remote_link("INCIDENT-1", "https://chat.fernway.example/1", "Channel")
    settings = place.archive.root / "site_config" / "archive.yml"
    put(settings, "https://postmortems.fernway.example/", "https://learn.fernway.example/")
    place.calm()
    found = {one["object"]["url"]: one for one in place.jira.remote_links("INCIDENT-1")}
    assert set(found) == {
        f"https://learn.fernway.example/postmortems/{HEAD}/",
        "https://wiki.fernway.example/notes",
        "https://chat.fernway.example/1",
    }
    ours = found[f"https://learn.fernway.example/postmortems/{HEAD}/"]
    assert ours["object"]["title"]
    assert place.sync().rows == []


def test_a_page_that_cannot_be_hung_on_is_told_and_tried_again(place: Place) -> None:
    place.jira.fault("POST /issue/*/remotelink", "403", times=1)
    place.write()
    run = place.sync()
    assert (run.code, run.codes()) == (0, {"page-failed"})
    place.calm()
    assert len(place.jira.remote_links("INCIDENT-1")) == 1


def test_situation_62_where_no_issue_can_be_seen_nothing_is_written(place: Place) -> None:
    path = place.settled()
    put(path, "A query lost its index.", "A migration dropped it.")
    before = path.read_bytes()
    for one in place.jira.issues():
        place.jira.hide(one["key"])
    place.write("INC-2026-0043")
    run = place.sync()
    assert run.code == 1
    assert "Not one of the issues" in run.err
    assert "doctor" in run.err
    assert place.jira.writes == []
    assert path.read_bytes() == before
