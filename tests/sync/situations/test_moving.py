"""Issues that are moved, gone or closed; links and pages that hang on them."""

import pytest

from jira_sandbox.world import PARTS
from tests.sync.archives import DOCUMENT, ROWS
from tests.sync.situations.synced import HEAD, SyncedArchive, cell, put, row

CAUSE = PARTS["root_causes"][0]


def linked(incident: str) -> str:
    """A postmortem of an incident."""
    known = DOCUMENT.format(id=HEAD, rows=ROWS + "\n", status="draft")
    return known.replace("audience: internal\n", f"audience: internal\nincident: {incident}\n")


def test_a_moved_issue_is_followed_to_its_new_key(synced: SyncedArchive) -> None:
    path = synced.settled()
    synced.jira.add_project(
        "CORE", screens={"Task": ["summary", "description", "labels", "assignee", "duedate", "priority"]}
    )
    new = synced.jira.move("OPS-1", "CORE")
    synced.calm()
    assert cell(path, 1, "Ticket") == new == "CORE-1"
    assert len(synced.jira.issues()) == 3
    synced.jira.set_status(new, "Done")
    synced.calm()
    assert cell(path, 1, "Status") == "completed"
    assert synced.sync().rows == []


def test_a_moved_postmortem_is_followed_too(synced: SyncedArchive) -> None:
    path = synced.settled()
    synced.jira.move("INCIDENT-1", "OPS")
    synced.calm()
    assert "jira: OPS-3\n" in path.read_text(encoding="utf-8")
    assert len(synced.jira.issues()) == 3
    assert synced.sync().rows == []


@pytest.mark.parametrize("how", ["deleted", "hidden"])
def test_an_issue_that_is_gone_is_told_and_not_made_again(synced: SyncedArchive, how: str) -> None:
    path = synced.settled()
    before = path.read_bytes()
    if how == "deleted":
        synced.jira.delete("OPS-1")
    else:
        synced.jira.hide("OPS-1")
    run = synced.sync()
    assert (run.code, run.codes()) == (1, {"missing"})
    assert "OPS-1" in str(run.rows)
    assert "--recreate" in str(run.rows)
    assert synced.created() == []
    assert path.read_bytes() == before


def test_an_issue_that_is_gone_is_made_again_when_told(synced: SyncedArchive) -> None:
    path = synced.settled()
    synced.jira.delete("OPS-1")
    synced.calm("--recreate")
    assert cell(path, 1, "Ticket") == synced.item(1)["key"] == "OPS-3"
    assert synced.sync().rows == []


def test_a_postmortem_that_is_gone_keeps_its_items_going(synced: SyncedArchive) -> None:
    path = synced.settled()
    synced.jira.delete("INCIDENT-1")
    synced.jira.set_status("OPS-1", "Done")
    run = synced.sync()
    assert (run.code, run.codes()) == (1, {"missing"})
    assert cell(path, 1, "Status") == "completed"
    assert synced.created() == []


def test_a_step_that_is_not_there_is_told_with_those_that_are(synced: SyncedArchive) -> None:
    synced.jira.set_workflow([("", "Begin", "In Progress"), ("In Progress", "Almost done", "In Review")])
    path = synced.settled()
    put(path, "status: draft", "status: published")
    run = synced.sync()
    assert (run.code, run.codes()) == (0, {"status-failed"})
    assert "'Begin' to 'In Progress'" in str(run.rows)
    assert synced.state(synced.head()) == "To Do"
    synced.jira.set_workflow([("", "Finish", "Done")])
    synced.calm()  # it is tried again by itself
    assert synced.state(synced.head()) == "Done"


def test_a_step_that_wants_more_than_is_known_is_not_guessed(synced: SyncedArchive) -> None:
    synced.jira.transition_screen("Done", fields=["resolution", "duedate"], required=["duedate"])
    synced.write(status="published")
    run = synced.sync()
    assert run.code == 0
    assert "status-failed" in run.codes()
    assert "duedate" in str(run.rows)
    assert synced.state(synced.head()) == "To Do"


def test_a_step_that_wants_a_resolution_gets_the_fitting_one(synced: SyncedArchive) -> None:
    synced.jira.transition_screen("Done", fields=["resolution"], required=["resolution"])
    synced.settled(rows=row(1, status="completed") + row(2, status="won't do"))
    names = [synced.jira.named("resolution", synced.item(n)["fields"]["resolution"])["name"] for n in (1, 2)]
    assert names == ["Done", "Won't Do"]


def test_without_the_permission_to_move_the_run_goes_on(synced: SyncedArchive) -> None:
    synced.jira.set_user("postmortem-bot", denied=["INCIDENT:TRANSITION_ISSUES"])
    synced.write(status="published")
    run = synced.sync()
    assert (run.code, run.codes()) == (0, {"status-failed"})
    assert "may not move" in str(run.rows)
    assert len(synced.jira.issues()) == 3


def test_no_way_of_several_steps_is_taken(synced: SyncedArchive) -> None:
    synced.jira.set_workflow([("To Do", "Review", "In Review"), ("In Review", "Finish", "Done")])
    synced.write(status="published")
    run = synced.sync()
    assert (run.code, run.codes()) == (0, {"status-failed"})
    assert synced.state(synced.head()) == "To Do"


def test_what_was_given_up_in_jira_is_given_up_in_the_file(synced: SyncedArchive) -> None:
    path = synced.settled()
    synced.jira.set_status("OPS-1", "Done", resolution="Won't Do")
    synced.jira.set_status("OPS-2", "Done")
    synced.calm()
    assert cell(path, 1, "Status") == "won't do"
    assert cell(path, 2, "Status") == "completed"
    assert synced.sync().rows == []
    assert synced.state(synced.item(1)) == "Done"


def test_the_category_of_a_status_decides_and_not_its_name(synced: SyncedArchive) -> None:
    path = synced.settled()
    with synced.jira.site.store.transaction():
        synced.jira.site.store.edit("status", synced.jira.named("status", "In Progress")["id"])["name"] = (
            "Done (not yet)"
        )
        synced.jira.site.store.edit("status", synced.jira.named("status", "Done")["id"])["name"] = "Zu erledigen"
    synced.jira.set_status("OPS-1", "Done (not yet)")
    synced.jira.set_status("OPS-2", "Zu erledigen")
    synced.calm()
    assert cell(path, 1, "Status") == "in progress"
    assert cell(path, 2, "Status") == "completed"


def test_a_link_that_is_there_is_not_made_again(synced: SyncedArchive) -> None:
    synced.jira.add_issue("OPS", summary="Checkout is down", key="OPS-1234", type="Incident")
    path = synced.settled()
    synced.jira.link("Relates", "OPS-1234", "INCIDENT-1")
    put(path, "audience: internal\n", "audience: internal\nincident: OPS-1234\n")
    synced.calm()
    assert not [one for one in synced.writes_to_issues() if "issueLink" in one[1]]
    assert len(synced.jira.links("OPS-1234")) == 1


def test_links_that_are_switched_off_are_told_and_tried_again(synced: SyncedArchive) -> None:
    synced.jira.fault("POST /issueLink", "404", times=99)
    synced.write()
    run = synced.sync()
    assert (run.code, run.codes()) == (0, {"link-failed"})
    assert len(synced.jira.issues()) == 3
    synced.jira.clear_faults()
    synced.calm()
    assert len(synced.jira.links("INCIDENT-1")) == 2


def test_an_incident_that_is_not_there_stops_nothing(synced: SyncedArchive) -> None:
    synced.write(text=linked("OPS-9999"))
    run = synced.sync()
    assert run.code == 0
    assert run.codes() <= {"link-failed", "link-refused"}
    assert run.codes()
    assert len(synced.jira.issues()) == 3


def test_the_page_is_replaced_and_the_links_of_others_stay(synced: SyncedArchive) -> None:
    synced.settled()
    synced.jira.put_remote_link("INCIDENT-1", "https://wiki.fernway.example/notes", "Notes", global_id="notes")
    synced.jira.put_remote_link("INCIDENT-1", "https://chat.fernway.example/1", "Channel")
    settings = synced.archive.root / "site_config" / "archive.yml"
    put(settings, "https://postmortems.fernway.example/", "https://learn.fernway.example/")
    synced.calm()
    found = {one["object"]["url"]: one for one in synced.jira.remote_links("INCIDENT-1")}
    assert set(found) == {
        f"https://learn.fernway.example/postmortems/{HEAD}/",
        "https://wiki.fernway.example/notes",
        "https://chat.fernway.example/1",
    }
    ours = found[f"https://learn.fernway.example/postmortems/{HEAD}/"]
    assert ours["object"]["title"]
    assert synced.sync().rows == []


def test_a_page_that_cannot_be_hung_on_is_told_and_tried_again(synced: SyncedArchive) -> None:
    synced.jira.fault("POST /issue/*/remotelink", "403", times=1)
    synced.write()
    run = synced.sync()
    assert (run.code, run.codes()) == (0, {"page-failed"})
    synced.calm()
    assert len(synced.jira.remote_links("INCIDENT-1")) == 1


def test_a_project_that_cannot_be_seen_stops_its_own_tickets_and_nothing_else(synced: SyncedArchive) -> None:
    path = synced.settled()
    synced.jira.hide_project("OPS")
    put(path, "A query lost its index.", "A migration dropped it.")
    for more in ([], ["--recreate"]):
        run = synced.sync(*more)
        assert (run.code, run.codes()) == (1, {"missing"})
        assert [row["action"] for row in run.rows].count("missing") == 2
        assert "give the account access" in str(run.rows)
        assert synced.created() == []
    assert "A migration dropped it." in synced.words(synced.head(), CAUSE)
    synced.jira.hide_project("OPS", hidden=False)
    assert synced.calm().rows == []


@pytest.mark.parametrize("more", [[], ["--recreate"]])
def test_where_no_project_can_be_seen_nothing_is_written(synced: SyncedArchive, more: list[str]) -> None:
    path = synced.settled()
    put(path, "A query lost its index.", "A migration dropped it.")
    before = path.read_bytes()
    for project in ("INCIDENT", "OPS"):
        synced.jira.hide_project(project)
    synced.write("INC-2026-0043")
    run = synced.sync(*more)
    assert run.code == 1
    assert "Not one of the issues" in run.err
    assert "doctor" in run.err
    assert synced.jira.writes == []
    assert path.read_bytes() == before
