"""Names of other tools, found in the archive's people."""

import pytest

from generator.draft.incident import Participant
from generator.draft.people import PeopleFinder, participants_in, role
from generator.settings.model import Person, Settings
from tests.draft.rich import SETTINGS

PEOPLE = PeopleFinder(SETTINGS)


@pytest.mark.parametrize(
    "told",
    [
        {"name": "Jane Smith"},
        {"name": "JANE SMITH"},
        {"email": "jane.smith@example.com"},
        {"account": "U01JANE"},
        {"name": "@jane.smith"},
        {"name": "J. S.", "email": "jane.smith@example.com"},
    ],
)
def test_somebody_is_found_by_name_address_account_or_handle(told):
    assert PEOPLE.handle(**told) == "jane.smith"
    assert PEOPLE.name(**told) == "Jane Smith"


def test_somebody_unknown_is_named_as_the_tool_says_but_never_by_an_address():
    assert PEOPLE.handle(name="Ana Lima", email="ana@example.com") == "Ana Lima"
    assert PEOPLE.name(email="ana.lima@example.com") == "ana.lima"
    assert PEOPLE.name("fernway-release[bot]") == "fernway-release"


def test_a_name_that_two_people_share_finds_neither():
    twins = PeopleFinder(Settings(people=(Person("a.kim", "Alex Kim"), Person("alex.kim", "Alex Kim"))))

    assert twins.find("Alex Kim") is None
    assert twins.handle("Alex Kim") == "Alex Kim"


def test_roles_come_under_one_name():
    told = (Participant("Incident Lead", "A"), Participant("IC", "B"), Participant("on_call engineer", "C"))

    assert [one.name for one in participants_in(["commander"], told)] == ["A", "B"]
    assert role("on_call engineer") == "on call engineer"
