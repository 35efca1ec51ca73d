"""The whole way: what it finds out, and that nothing of it is left behind."""

import pytest

from generator.clients.jira import RetryPolicy
from generator.setup.doctor import Health
from generator.setup.doctor.end_to_end import SUMMARY, try_out

STEPS = ["own properties", "create", "create", "assign", "link", "page link", "read back", "search", "move", "remove"]


def steps(diagnoses):
    return [one.subject.removeprefix("end to end: ") for one in diagnoses]


def step(name, diagnoses):
    return next(one for one in diagnoses if one.subject == f"end to end: {name}")


def bad(diagnoses):
    return {one.subject.removeprefix("end to end: "): one for one in diagnoses if one.verdict is not Health.OK}


def no_wait(_):
    """Time passes quickly."""


def test_the_whole_way_is_gone_and_nothing_is_left(practice):
    summaries = []
    practice.jira.on_request = lambda *_: summaries.extend(one["fields"]["summary"] for one in practice.jira.issues())
    found = [one for one in practice.examine(end_to_end=True) if one.subject.startswith("end to end")]

    assert bad(found) == {}
    assert steps(found) == STEPS
    assert set(summaries) == {f"{SUMMARY} (1 of 2)", f"{SUMMARY} (2 of 2)"}
    assert practice.jira.issues() == []
    assert practice.jira.user("postmortem-bot")["properties"] == {}


def test_it_is_not_gone_where_the_way_is_known_to_be_blocked(practice):
    practice.set(JIRA_POSTMORTEM_PROJECT_KEY="NOWHERE")
    found = practice.examine(end_to_end=True)[-1]

    assert (found.subject, found.verdict) == ("end to end", Health.SKIPPED)
    assert "project NOWHERE" in found.message
    assert practice.jira.writes == []


def test_the_lag_of_the_search_is_told(practice):
    practice.jira.lag_until_release = True
    pauses = []

    def wait(seconds):
        pauses.append(seconds)
        if len(pauses) == 3:
            practice.jira.release()

    found = try_out(practice.case(), wait=wait)

    assert f"within {sum(pauses):.1f} seconds" in step("search", found).message


def test_a_search_that_never_catches_up_is_a_warning_after_half_a_minute(practice):
    practice.jira.lag_until_release = True
    pauses = []
    found = try_out(practice.case(), wait=pauses.append)

    assert list(bad(found)) == ["search"]
    assert 30 <= sum(pauses) < 40
    assert practice.jira.issues() == []


def test_what_could_not_be_removed_is_told_by_its_key(practice):
    practice.jira.fault("DELETE /issue/*", "403", times=1)
    found = try_out(practice.case(), wait=no_wait)

    assert found[-1].verdict is Health.FAULT
    assert [one["key"] for one in practice.jira.issues()] == ["INCIDENT-1"]
    assert found[-1].message == "Could not be removed: INCIDENT-1."
    assert practice.told[-1] == "Could not be removed: INCIDENT-1."


def test_a_deletion_whose_answer_is_lost_is_looked_after(practice):
    practice.jira.fault("DELETE /issue/*", "503", when="after")

    assert bad(try_out(practice.case(), wait=no_wait)) == {}


def test_an_issue_that_was_created_without_an_answer_is_found_and_removed(practice):
    practice.jira.fault("POST /issue", "503", when="after")
    found = try_out(practice.case(), wait=no_wait)

    assert bad(found)["create"].verdict is Health.FAULT
    assert bad(found)["the rest"].verdict is Health.SKIPPED
    assert step("remove", found).verdict is Health.OK
    assert practice.jira.issues() == []


def test_an_issue_that_the_search_does_not_know_yet_is_told_by_its_label(practice):
    practice.jira.lag_until_release = True
    practice.jira.fault("POST /issue", "503", when="after")
    found = try_out(practice.case(), wait=no_wait)

    label = practice.jira.issues()[0]["fields"]["labels"][0]
    assert step("remove", found).verdict is Health.WARNING
    assert label in step("remove", found).message


@pytest.mark.parametrize(
    ("match", "name"),
    [
        ("PUT /user/properties/*", "own properties"),
        ("PUT /issue/*/assignee", "assign"),
        ("POST /issueLink", "link"),
        ("POST /issue/*/remotelink", "page link"),
        ("GET /issue/*/transitions", "move"),
    ],
)
def test_one_step_that_fails_does_not_end_the_others(practice, match, name):
    practice.jira.fault(match, "403", times=1)
    found = try_out(practice.case(), wait=no_wait)

    assert list(bad(found)) == [name]
    assert practice.jira.issues() == []


def test_without_a_second_issue_all_but_the_link_is_tried(practice):
    practice.jira.fault("POST /issue", "400", skip=1)
    found = try_out(practice.case(), wait=no_wait)

    assert list(bad(found)) == ["create", "link"]
    assert "move" in steps(found)


def test_a_workflow_without_a_step_is_a_warning(practice):
    practice.jira.set_workflow([])
    found = try_out(practice.case(), wait=no_wait)

    assert list(bad(found)) == ["move"]
    assert "0 steps in all" in bad(found)["move"].message


def test_an_automation_that_rewrites_new_issues_is_found_out(practice):
    def rewrite(number, phase):
        asked = practice.jira.request(number) if phase == "after-answer" else None
        if asked and asked.method == "POST" and asked.path.endswith("/remotelink"):
            practice.jira.set_fields("INCIDENT-1", {"labels": ["triaged"]})

    practice.jira.on_request = rewrite
    found = try_out(practice.case(), wait=no_wait)

    assert "Not as it was sent: labels." in bad(found)["read back"].message


def test_somebody_who_interrupts_it_leaves_nothing_behind(practice):
    practice.jira.lag_until_release = True

    def interrupt(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        try_out(practice.case(), wait=interrupt)

    assert practice.jira.issues() == []


def test_somebody_who_interrupts_the_creation_has_it_looked_for(practice):
    def interrupt(_):
        raise KeyboardInterrupt

    practice.jira.fault("POST /issue", "429", headers={"Retry-After": "0"})
    case = practice.case()
    case.waits = RetryPolicy(base=0.01, cap=0.05, sleep=interrupt)

    with pytest.raises(KeyboardInterrupt):
        try_out(case, wait=no_wait)

    assert "/search" in practice.jira.requests[-1].path
