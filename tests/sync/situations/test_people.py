"""Owners and commanders: assigned where it is sure who is meant, and told where it is not."""

import pytest

from tests.sync.situations.synced import SyncedArchive, cell, put, row

BEN = 'ben.carter: {name: Ben Carter, email: ben.carter@fernway.example, jira: "acc-ben"}\n'
JANE = "jane.smith: {name: Jane Smith, email: jane.smith@fernway.example}\n"
LI = "li.wei: {name: Li Wei, email: li.wei@fernway.example}\n"


def test_an_owner_is_assigned_by_the_account_of_people_yml(synced: SyncedArchive) -> None:
    synced.settled(
        rows=row(1, owner="@ben.carter") + row(2, owner="Jane Smith") + row(3, owner="jane.smith@fernway.example")
    )
    assert [synced.item(number)["fields"]["assignee"] for number in (1, 2, 3)] == [
        "ben.carter",
        "jane.smith",
        "jane.smith",
    ]
    assert not [one for one in synced.jira.requests if "/user/search" in one.path]


def test_an_owner_is_assigned_by_exactly_their_e_mail_address(synced: SyncedArchive) -> None:
    synced.jira.add_user("jane.smithson", name="Jane Smith", email="jane.smith@fernway.example.org")
    synced.people(BEN + JANE)
    path = synced.settled(rows=row(1, owner="jane.smith"))
    assert synced.item()["fields"]["assignee"] == "jane.smith"
    assert synced.head()["fields"]["assignee"] == "jane.smith"
    assert cell(path, 1, "Owner") == "jane.smith"


@pytest.mark.parametrize("case", ["deactivated", "unknown", "similar"])
def test_an_owner_without_an_account_is_told_and_the_ticket_made(synced: SyncedArchive, case: str) -> None:
    synced.people(BEN + 'jane.smith: {name: Jane Smith, jira: "acc-jane"}\n' + LI)
    if case == "deactivated":
        synced.jira.add_user("li.wei", name="Li Wei", email="li.wei@fernway.example", active=False)
    if case == "similar":
        synced.jira.add_user("li.weimar", name="Li Weimar", email="li.wei@fernway.example.org")
    path = synced.write(rows=row(1, owner="li.wei") + row(2))
    before = cell(path, 1, "Owner")
    run = synced.sync()
    assert (run.code, run.codes()) == (0, {"assignee-unknown"})
    assert "1 warning" in run.err
    assert synced.item(1)["fields"].get("assignee") is None
    assert synced.item(2)["fields"]["assignee"] == "ben.carter"
    synced.jira.forget_requests()
    assert synced.calm().rows == []  # nobody in Jira is no answer that the file would take over
    assert synced.jira.writes == []
    assert cell(path, 1, "Owner") == before


def test_two_accounts_for_one_address_are_told_and_nobody_is_assigned(synced: SyncedArchive) -> None:
    synced.people(BEN + 'jane.smith: {name: Jane Smith, jira: "acc-jane"}\n' + LI)
    for number in (1, 2):
        synced.jira.add_user(f"li.wei.{number}", name=f"Li Wei {number}", email="li.wei@fernway.example")
    synced.write(rows=row(1, owner="li.wei"))
    run = synced.sync()
    assert (run.code, run.codes()) == (0, {"assignee-unclear"})
    assert "li.wei.1" in str(run.rows)
    assert synced.item()["fields"].get("assignee") is None


def test_a_hidden_address_is_enough_where_one_account_alone_is_found(synced: SyncedArchive) -> None:
    synced.people(BEN + 'jane.smith: {name: Jane Smith, jira: "acc-jane"}\n' + LI)
    synced.jira.add_user("li.wei", name="Li Wei", email="li.wei@fernway.example", hidden_email=True)
    path = synced.settled(rows=row(1, owner="li.wei"))
    assert synced.item()["fields"]["assignee"] == "li.wei"
    assert cell(path, 1, "Owner") == "li.wei"


def test_a_deactivated_account_of_people_yml_is_told_and_the_ticket_made(synced: SyncedArchive) -> None:
    synced.jira.set_user("ben.carter", active=False)
    path = synced.write(rows=row(1))
    run = synced.sync()
    assert run.code == 0
    assert run.codes() <= {"field-refused", "assignee-unknown"}
    assert run.codes()
    assert synced.item()["fields"].get("assignee") is None
    synced.sync()
    assert cell(path, 1, "Owner") == "ben.carter"


def test_an_owner_that_changed_in_the_file_is_assigned(synced: SyncedArchive) -> None:
    path = synced.settled(rows=row(1))
    put(path, "ben.carter", "jane.smith")
    synced.calm()
    assert synced.item()["fields"]["assignee"] == "jane.smith"


def test_an_owner_that_changed_in_jira_comes_into_the_file(synced: SyncedArchive) -> None:
    path = synced.settled(rows=row(1))
    synced.jira.assign(synced.item()["key"], "jane.smith")
    synced.calm()
    assert cell(path, 1, "Owner") == "jane.smith"
    assert synced.sync().rows == []


def test_a_ticket_that_nobody_has_any_more_empties_the_owner(synced: SyncedArchive) -> None:
    path = synced.settled(rows=row(1))
    synced.jira.assign(synced.item()["key"], None)
    synced.calm()
    assert cell(path, 1, "Owner") == ""


def test_a_new_assignee_whom_people_yml_does_not_know_is_told_and_the_file_left_alone(synced: SyncedArchive) -> None:
    path = synced.settled(rows=row(1))
    before = path.read_bytes()
    synced.jira.add_user("noor.haddad", name="Noor Haddad", email="noor.haddad@fernway.example")
    synced.jira.assign(synced.item()["key"], "noor.haddad")
    run = synced.sync()
    assert (run.code, run.codes()) == (0, {"assignee-unknown"})
    assert path.read_bytes() == before
    synced.people(
        BEN + 'jane.smith: {name: Jane Smith, jira: "acc-jane"}\nnoor: {name: Noor Haddad, jira: noor.haddad}\n'
    )
    synced.calm()
    assert cell(path, 1, "Owner") == "noor"


def test_an_assignee_that_changed_on_both_sides_is_left_to_people(synced: SyncedArchive) -> None:
    path = synced.settled(rows=row(1))
    synced.jira.add_user("noor.haddad", name="Noor Haddad", email="noor.haddad@fernway.example")
    synced.people(
        BEN + 'jane.smith: {name: Jane Smith, jira: "acc-jane"}\nnoor: {name: Noor Haddad, jira: noor.haddad}\n'
    )
    put(path, "ben.carter", "jane.smith")
    before = path.read_bytes()
    synced.jira.assign(synced.item()["key"], "noor.haddad")
    run = synced.sync()
    assert (run.code, run.codes()) == (1, {"both-changed-assignee"})
    assert path.read_bytes() == before
    assert synced.item()["fields"]["assignee"] == "noor.haddad"
