"""Projects, issue types, screens, links and queries: each broken once."""

from generator.setup.doctor import Health


def test_a_project_that_is_not_there(practice):
    practice.set(JIRA_POSTMORTEM_PROJECT_KEY="NOWHERE")
    found = practice.one("project NOWHERE")

    assert "There is no project NOWHERE, or this account may not see it." in found.message
    assert "Browse Projects" in found.advice


def test_a_project_that_this_account_may_not_see(practice):
    practice.jira.set_user("postmortem-bot", denied=["INCIDENT:BROWSE_PROJECTS"])

    assert practice.one("project INCIDENT").verdict is Health.FAULT


def test_no_project_is_set(practice):
    practice.set(JIRA_POSTMORTEM_PROJECT_KEY="")

    assert "JIRA_POSTMORTEM_PROJECT_KEY" in practice.one("project").advice


def test_an_issue_type_that_was_renamed(practice):
    practice.settings("jira: {issue_type: Postmortem}\n")
    found = practice.one("issue type INCIDENT / Postmortem")

    assert "It has: Post-mortem, Task." in found.message


def test_an_issue_type_that_is_a_sub_task(practice):
    with practice.jira.site.store.transaction():
        kind = practice.jira.named("issuetype", "Sub-task")["id"]
        project = practice.jira.site.project("INCIDENT")["id"]
        practice.jira.site.store.edit("project", project)["issuetypes"].append(kind)
    practice.settings("jira: {action_issue_type: Sub-task}\n")
    found = practice.one("issue type INCIDENT / Sub-task")

    assert "is a sub-task there, which cannot stand alone" in found.message


def test_the_places_of_services_are_looked_at_as_well(practice):
    practice.settings("  - {name: search, jira_project: OPS, jira_issue_type: Story}\n")

    assert practice.one("issue type OPS / Story").verdict is Health.FAULT


def test_a_required_field_that_we_do_not_fill_in(practice):
    practice.jira.add_field_to_screen("Review date", project="INCIDENT")
    practice.jira.require_field("Review date", project="INCIDENT")
    found = practice.bad()

    assert {one.subject for one in found} == {"screen INCIDENT / Post-mortem", "screen INCIDENT / Task"}
    assert "wants Review date (customfield_10110) filled in" in found[0].message


def test_a_required_field_that_we_cannot_always_fill_in(practice):
    practice.jira.require_field("duedate", project="INCIDENT")
    found = practice.bad()

    assert {one.verdict for one in found} == {Health.WARNING}
    assert "not every postmortem has something for it" in found[0].message


def test_what_is_not_on_the_screen_is_told_with_what_is_lost(practice):
    practice.jira.remove_field_from_screen("labels", project="INCIDENT")
    found = practice.bad()

    assert [one.subject for one in found] == ["screen INCIDENT / Post-mortem", "screen INCIDENT / Task"]
    assert "labels (the label by which an issue is found again" in found[0].message


def test_priorities_that_are_not_there(practice):
    practice.settings("jira: {priorities: {SEV1: Urgent, SEV2: High}}\n")
    found = practice.one("priorities INCIDENT / Task")

    assert found.message == "Not there: Urgent. There are: Highest, High, Medium, Low, Lowest."


def test_a_screen_without_priority(practice):
    practice.jira.remove_field_from_screen("priority", project="INCIDENT")

    assert practice.one("priorities INCIDENT / Task").verdict is Health.WARNING


def test_links_that_are_switched_off_are_a_warning(practice):
    practice.jira.fault("GET /issueLinkType", "404")
    found = practice.one("link types")

    assert found.verdict is Health.WARNING
    assert "switched off" in found.message


def test_types_of_links_that_are_not_there(practice):
    practice.settings("jira: {link_type: Causes, action_link_type: Follows}\n")
    found = practice.one("link types")

    assert (
        found.message
        == "There is no type of links 'Follows' (`action_link_type`). There are: Relates, Blocks, Causes, Duplicate."
    )


def test_a_query_that_is_no_jql(practice):
    practice.settings("jira: {missing: 'project = OPS ORDER'}\n")

    assert practice.one("jira: missing").verdict is Health.FAULT


def test_a_query_that_finds_nothing_is_worth_a_look_and_one_that_finds_something_is_fine(practice):
    practice.settings("jira: {missing: 'project = OPS'}\n")

    assert practice.one("jira: missing").verdict is Health.WARNING

    practice.jira.add_issue("OPS", type="Incident")

    assert practice.bad() == []
