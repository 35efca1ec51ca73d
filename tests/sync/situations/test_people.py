"""Owners and commanders: assigned where it is sure who is meant, and told where it is not."""

import pytest

from tests.sync.situations.places import Place, cell, put, row

BEN = 'ben.carter: {name: Ben Carter, email: ben.carter@fernway.example, jira: "acc-ben"}\n'
JANE = "jane.smith: {name: Jane Smith, email: jane.smith@fernway.example}\n"
LI = "li.wei: {name: Li Wei, email: li.wei@fernway.example}\n"


def test_an_owner_is_assigned_by_the_account_of_people_yml(place: Place) -> None:
    place.settled(
        rows=row(1, owner="@ben.carter") + row(2, owner="Jane Smith") + row(3, owner="jane.smith@fernway.example")
    )
    assert [place.item(number)["fields"]["assignee"] for number in (1, 2, 3)] == [
        "ben.carter",
        "jane.smith",
        "jane.smith",
    ]
    assert not [one for one in place.jira.requests if "/user/search" in one.path]


def test_an_owner_is_assigned_by_exactly_their_e_mail_address(place: Place) -> None:
    place.jira.add_user("jane.smithson", name="Jane Smith", email="jane.smith@fernway.example.org")
    place.people(BEN + JANE)
    path = place.settled(rows=row(1, owner="jane.smith"))
    assert place.item()["fields"]["assignee"] == "jane.smith"
    assert place.head()["fields"]["assignee"] == "jane.smith"
    assert cell(path, 1, "Owner") == "jane.smith"


@pytest.mark.parametrize("case", ["deactivated", "unknown", "similar"])
def test_situation_16_an_owner_without_an_account_is_told_and_the_ticket_made(place: Place, case: str) -> None:
    place.people(BEN + 'jane.smith: {name: Jane Smith, jira: "acc-jane"}\n' + LI)
    if case == "deactivated":
        place.jira.add_user("li.wei", name="Li Wei", email="li.wei@fernway.example", active=False)
    if case == "similar":
        place.jira.add_user("li.weimar", name="Li Weimar", email="li.wei@fernway.example.org")
    path = place.write(rows=row(1, owner="li.wei") + row(2))
    before = cell(path, 1, "Owner")
    run = place.sync()
    assert (run.code, run.codes()) == (0, {"assignee-unknown"})
    assert "1 warning" in run.err
    assert place.item(1)["fields"].get("assignee") is None
    assert place.item(2)["fields"]["assignee"] == "ben.carter"
    place.jira.forget_requests()
    run = place.sync()  # nobody in Jira is no answer that the file would take over
    assert (run.code, run.codes()) == (0, {"assignee-unknown"})
    assert place.jira.writes == []
    assert cell(path, 1, "Owner") == before


def test_situation_16_two_accounts_for_one_address_are_told_and_nobody_is_assigned(place: Place) -> None:
    place.people(BEN + 'jane.smith: {name: Jane Smith, jira: "acc-jane"}\n' + LI)
    for number in (1, 2):
        place.jira.add_user(f"li.wei.{number}", name=f"Li Wei {number}", email="li.wei@fernway.example")
    place.write(rows=row(1, owner="li.wei"))
    run = place.sync()
    assert (run.code, run.codes()) == (0, {"assignee-unclear"})
    assert "li.wei.1" in str(run.rows)
    assert place.item()["fields"].get("assignee") is None


def test_situation_16_a_hidden_address_is_enough_where_one_account_alone_is_found(place: Place) -> None:
    place.people(BEN + 'jane.smith: {name: Jane Smith, jira: "acc-jane"}\n' + LI)
    place.jira.add_user("li.wei", name="Li Wei", email="li.wei@fernway.example", hidden_email=True)
    path = place.settled(rows=row(1, owner="li.wei"))
    assert place.item()["fields"]["assignee"] == "li.wei"
    assert cell(path, 1, "Owner") == "li.wei"


def test_situation_16_a_deactivated_account_of_people_yml_is_told_and_the_ticket_made(place: Place) -> None:
    place.jira.set_user("ben.carter", active=False)
    path = place.write(rows=row(1))
    run = place.sync()
    assert run.code == 0
    assert run.codes() <= {"field-refused", "assignee-unknown"}
    assert run.codes()
    assert place.item()["fields"].get("assignee") is None
    place.sync()
    assert cell(path, 1, "Owner") == "ben.carter"


def test_an_owner_that_changed_in_the_file_is_assigned(place: Place) -> None:
    path = place.settled(rows=row(1))
    put(path, "ben.carter", "jane.smith")
    place.calm()
    assert place.item()["fields"]["assignee"] == "jane.smith"


def test_an_owner_that_changed_in_jira_comes_into_the_file(place: Place) -> None:
    path = place.settled(rows=row(1))
    place.jira.assign(place.item()["key"], "jane.smith")
    place.calm()
    assert cell(path, 1, "Owner") == "jane.smith"
    assert place.sync().rows == []


def test_a_ticket_that_nobody_has_any_more_empties_the_owner(place: Place) -> None:
    path = place.settled(rows=row(1))
    place.jira.assign(place.item()["key"], None)
    place.calm()
    assert cell(path, 1, "Owner") == ""


def test_a_new_assignee_whom_people_yml_does_not_know_is_told_and_the_file_left_alone(place: Place) -> None:
    path = place.settled(rows=row(1))
    before = path.read_bytes()
    place.jira.add_user("noor.haddad", name="Noor Haddad", email="noor.haddad@fernway.example")
    place.jira.assign(place.item()["key"], "noor.haddad")
    run = place.sync()
    assert (run.code, run.codes()) == (0, {"assignee-unknown"})
    assert path.read_bytes() == before
    place.people(
        BEN + 'jane.smith: {name: Jane Smith, jira: "acc-jane"}\nnoor: {name: Noor Haddad, jira: noor.haddad}\n'
    )
    place.calm()
    assert cell(path, 1, "Owner") == "noor"


def test_an_assignee_that_changed_on_both_sides_is_left_to_people(place: Place) -> None:
    path = place.settled(rows=row(1))
    place.jira.add_user("noor.haddad", name="Noor Haddad", email="noor.haddad@fernway.example")
    place.people(
        BEN + 'jane.smith: {name: Jane Smith, jira: "acc-jane"}\nnoor: {name: Noor Haddad, jira: noor.haddad}\n'
    )
    put(path, "ben.carter", "jane.smith")
    before = path.read_bytes()
    place.jira.assign(place.item()["key"], "noor.haddad")
    run = place.sync()
    assert (run.code, run.codes()) == (1, {"both-changed-assignee"})
    assert path.read_bytes() == before
    assert place.item()["fields"]["assignee"] == "noor.haddad"
