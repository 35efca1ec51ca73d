"""The workflows that talk to Jira, run against a Jira on loopback: once is enough, twice is the same, and dying is fine."""

from collections import Counter

import pytest

from generator.sync.pull_request import BRANCH, TRAILER
from jira_sandbox import Sandbox
from tests.clients.github.clones import PATH, Clone
from tests.clients.github.standin import Hub
from tests.workflows.runner import Machine


@pytest.fixture
def simple(clone: Clone) -> Clone:
    """An archive with one postmortem that has no ticket yet."""
    text = (clone.root / PATH).read_text(encoding="utf-8").replace("OPS-7", "     ").replace("incident: OPS-1234\n", "")
    clone.write(PATH, text)
    clone.commit("Nothing is in Jira yet")
    return clone


def created(jira: Sandbox) -> Counter:
    """How often each of our labels stands in the project."""
    return Counter(
        label
        for issue in jira.issues()
        for label in issue["fields"].get("labels", [])
        if label.startswith("postmortem-INC-2026-0042")
    )


def length(clone: Clone, branch: str = "main") -> int:
    return int(clone.git("rev-list", "--count", branch, at=clone.origin))


def test_sync_shows_its_plan_applies_it_and_commits_the_keys_once(simple: Clone, connected: Machine, jira: Sandbox):
    before = length(simple)

    first = connected.run("sync", simple)["sync"]
    writes = len(jira.writes)
    second = connected.run("sync", simple.again("fresh"))["sync"]

    assert first.ok, first.summary
    assert "## Plan" in first.summary
    assert "## Written back" in first.summary
    assert first.log == ""
    assert "jira: INCIDENT-" in simple.at_origin(PATH)
    assert length(simple) == before + 1
    assert second.ok
    assert "nothing to write back" in second.summary
    assert len(jira.writes) == writes
    assert created(jira) == {f"postmortem-INC-2026-0042{n}": 1 for n in ("", "-1", "-2", "-3")}


def test_a_run_that_its_own_commit_started_does_nothing(simple: Clone, connected: Machine, jira: Sandbox):
    connected.run("sync", simple)
    message = simple.git("log", "-1", "--format=%B", "main", at=simple.origin)

    jobs = connected.run("sync", simple.again("fresh"), {"head_commit": {"message": message}})

    assert TRAILER in message
    assert not jobs["sync"].ran


def test_without_a_jira_nothing_runs(clone: Clone, machine: Machine):
    for name in ("sync", "track", "draft"):
        assert not any(job.ran for job in machine.run(name, clone).values())


@pytest.mark.parametrize("skip", [0, 2])
def test_a_run_that_dies_is_simply_run_again(simple: Clone, connected: Machine, jira: Sandbox, skip: int):
    jira.fault("POST /rest/api/3/issue", "401", times=50, skip=skip)
    died = connected.run("sync", simple)["sync"]
    jira.clear_faults()
    jira.expired = False
    again = connected.run("sync", simple.again("fresh"))["sync"]

    assert again.ok, again.summary
    assert died.outcomes["Bring keys and states home"] == "success"
    assert created(jira) == {f"postmortem-INC-2026-0042{n}": 1 for n in ("", "-1", "-2", "-3")}
    assert "jira: INCIDENT-" in simple.at_origin(PATH)


def test_a_protected_branch_gets_a_pull_request(simple: Clone, connected: Machine, hub: Hub):
    simple.protect("main")

    job = connected.run("sync", simple)["sync"]
    connected.run("sync", simple.again("fresh"))

    assert job.ok, job.summary
    assert [(one["head"], one["base"]) for one in hub.archive.pulls.values()] == [(BRANCH, "main")]
    assert "jira: INCIDENT-" in simple.at_origin(PATH, BRANCH)


def test_a_pull_request_may_be_the_setting(simple: Clone, connected: Machine, hub: Hub):
    connected.run("sync", simple, inputs={"write-back": "pull-request"})

    assert len(hub.archive.pulls) == 1
    assert "jira: INCIDENT-" not in simple.at_origin(PATH)


def test_track_takes_over_states_and_reminds_once(simple: Clone, connected: Machine, jira: Sandbox, hub: Hub):
    connected.run("sync", simple)
    clone = simple.again("next day")
    key = next(i["key"] for i in jira.issues() if "postmortem-INC-2026-0042-3" in i["fields"].get("labels", []))
    jira.set_status(key, "Done")

    first = connected.run("track", clone)["track"]
    again = connected.run("track", simple.again("later"))["track"]

    assert first.ok, first.summary
    row = next(line for line in simple.at_origin(PATH).splitlines() if line.startswith("| 3 "))
    assert "completed" in row
    assert [one["title"] for one in hub.archive.issues.values()] == ["Overdue action items of postmortems"]
    assert "SLACK_BOT_TOKEN is not set" in first.summary
    assert again.ok
    assert "= " in again.summary.split("## Overdue")[1]


def test_an_event_becomes_a_draft_pull_request_and_never_two(
    simple: Clone, connected: Machine, jira: Sandbox, hub: Hub
):
    key = jira.add_issue("OPS", summary="Search is slow", type="Incident", status="Done")
    event = {"client_payload": {"incident": key, "template": "lightweight"}}

    first = connected.run("draft", simple, event)["draft"]
    again = connected.run("draft", simple.again("fresh"), event)["draft"]

    assert first.ok, first.summary
    assert again.ok, again.summary
    (pull,) = hub.archive.pulls.values()
    assert pull["head"] == f"postmortem/{key.lower()}"
    assert pull["draft"]
    assert "Search is slow" in pull["title"]
    assert f"= {key}: " in again.summary


def test_a_form_that_asks_for_more_than_a_key_gets_no_shell(simple: Clone, connected: Machine, tmp_path):
    inputs = {"incident": "OPS-1; touch pwned $(touch pwned) --help", "template": "$(touch pwned)"}

    job = connected.run("draft", simple, inputs=inputs)["draft"]

    assert not job.ok
    assert not list(tmp_path.rglob("pwned"))
    assert simple.branches() == ["main"]


def test_a_title_in_jira_stays_inert_in_every_summary_and_log(
    simple: Clone, connected: Machine, jira: Sandbox, hub: Hub, tmp_path
):
    evil = "::error::x ##[add-matcher]y ``` @fernway/team $(touch pwned) ${{ secrets.X }}"
    key = jira.add_issue("OPS", summary=evil, type="Incident", status="Done")

    job = connected.run("draft", simple, {"client_payload": {"incident": key}})["draft"]

    assert job.ok, job.summary
    assert job.log == ""
    assert not list(tmp_path.rglob("pwned"))
    assert all(line.startswith(("    ", "## ")) or not line for line in job.summary.splitlines())
    assert "@fernway" not in next(iter(hub.archive.pulls.values()))["body"]
