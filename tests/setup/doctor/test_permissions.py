"""What the account may do, in every project that is written to."""

import pytest

from generator.setup.doctor import Health


@pytest.mark.parametrize("name", ["EDIT_ISSUES"])
def test_a_permission_that_is_needed(practice, name):
    practice.jira.set_user("postmortem-bot", denied=[f"INCIDENT:{name}"])
    found = practice.one("permissions INCIDENT")

    assert found.verdict is Health.FAULT
    assert name in found.message


def test_without_the_permission_to_create_there_is_no_issue_type_either(practice):
    practice.jira.set_user("postmortem-bot", denied=["INCIDENT:CREATE_ISSUES"])

    assert [one.subject for one in practice.bad()] == [
        "issue type INCIDENT / Post-mortem",
        "issue type INCIDENT / Task",
        "permissions INCIDENT",
    ]


@pytest.mark.parametrize("name", ["ASSIGN_ISSUES", "LINK_ISSUES", "TRANSITION_ISSUES"])
def test_a_permission_without_which_something_is_left_out(practice, name):
    practice.jira.set_user("postmortem-bot", denied=[f"INCIDENT:{name}"])
    found = practice.one("permissions INCIDENT")

    assert found.verdict is Health.WARNING
    assert f"{name} (" in found.message


def test_the_projects_of_action_items_and_of_services_have_permissions_of_their_own(practice):
    practice.settings("  - {name: search, jira_project: OPS}\n")
    practice.jira.set_user("postmortem-bot", denied=["OPS:EDIT_ISSUES"])

    assert practice.one("permissions OPS").verdict is Health.FAULT


def test_deleting_is_wanted_for_trying_out_alone(practice):
    practice.jira.set_user("postmortem-bot", denied=["DELETE_ISSUES"])

    assert practice.bad() == []
    assert "DELETE_ISSUES" in practice.one("permissions INCIDENT", end_to_end=True).message
    assert practice.jira.writes == []
