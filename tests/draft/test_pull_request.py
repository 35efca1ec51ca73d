"""A draft becomes one pull request per incident, however often and whenever a run died."""

import json
from pathlib import Path

import pytest

from generator.clients import git
from tests.clients.github.clones import Clone
from tests.clients.github.standin import Hub

INCIDENT = {
    "id": "OPS-1533",
    "title": "Checkout errors for one in five customers",
    "severity": "SEV2",
    "started": "2026-11-12T09:14:00Z",
    "resolved": "2026-11-12T10:02:00Z",
    "services": ["payment-service"],
    "roles": {"commander": "jane.smith"},
}
BRANCH = "postmortem/ops-1533"


@pytest.fixture
def incident(tmp_path: Path) -> Path:
    return written(tmp_path / "incident.json")


def written(path: Path, **other: object) -> Path:
    path.write_text(json.dumps(INCIDENT | other), encoding="utf-8")
    return path


def draft(clone: Clone, hub: Hub, file: Path, *more: str):
    return clone.run("github", "draft", "--from", f"file:{file}", "--base", "main", *more, **hub.environment)


def test_a_branch_and_a_draft_pull_request_with_people_and_labels(clone, hub: Hub, incident):
    ran = draft(clone, hub, incident, "--apply")

    assert ran.returncode == 0, ran.stderr
    assert clone.branches() == ["main", BRANCH]
    (pull,) = hub.archive.pulls.values()
    assert (pull["head"], pull["base"], pull["draft"]) == (BRANCH, "main", True)
    assert pull["title"] == "INC-2026-0043: Checkout errors for one in five customers"
    assert pull["assignees"] == ["janesmith"]
    assert pull["reviewers"] == ["amara-o"]
    assert pull["labels"] == ["postmortem", "SEV2"]
    assert "+ OPS-1533: postmortems/2026/INC-2026-0043" in ran.stdout
    assert clone.git("status", "--porcelain") == ""
    files = clone.git("diff", "--name-only", "main", BRANCH, at=clone.origin)
    assert files == "postmortems/2026/INC-2026-0043-checkout-errors-for-one-in-five-customers.md"


def test_without_apply_nothing_is_written_anywhere(clone, hub: Hub, incident):
    ran = draft(clone, hub, incident)

    assert "Nothing was written" in ran.stderr
    assert clone.branches() == ["main"]
    assert hub.writes == []
    assert clone.git("status", "--porcelain") == ""


@pytest.mark.parametrize("state", ["open", "closed"])
def test_a_second_run_does_nothing_whether_the_pull_request_is_open_or_closed(clone, hub: Hub, incident, state):
    draft(clone, hub, incident, "--apply")
    hub.archive.pulls[1]["state"] = state
    before = len(hub.writes)

    ran = draft(clone.again("fresh"), hub, incident, "--apply")

    assert ran.returncode == 0, ran.stderr
    assert len(hub.archive.pulls) == 1
    assert len(hub.writes) == before
    assert f"({state})" in ran.stdout


def test_a_closed_pull_request_whose_branch_was_deleted_still_counts(clone, hub: Hub, incident):
    hub.add_pull(BRANCH, state="closed")

    draft(clone, hub, incident, "--apply")

    assert clone.branches() == ["main"]
    assert len(hub.archive.pulls) == 1


def test_a_run_that_died_after_the_push_is_finished_by_the_next(clone, hub: Hub, incident):
    hub.fault("POST .*/pulls$", 403, "Not permitted")

    died = draft(clone, hub, incident, "--apply")
    again = draft(clone.again("fresh"), hub, incident, "--apply")

    assert died.returncode == 1
    assert "the next run opens its pull request" in died.stderr
    assert again.returncode == 0, again.stderr
    assert len(hub.archive.pulls) == 1
    assert int(clone.git("rev-list", "--count", BRANCH, at=clone.origin)) == 2


@pytest.mark.parametrize("done", [0, 1, 2])
def test_people_and_labels_that_a_dead_run_left_out_are_brought_by_the_next_and_nothing_twice(
    clone, hub: Hub, incident, done
):
    for step in ("assignees", "requested_reviewers", "labels")[done:]:
        hub.fault(f"POST .*/{step}$", 401)

    draft(clone, hub, incident, "--apply")
    plan = draft(clone, hub, incident)
    again = draft(clone.again("fresh"), hub, incident, "--apply")
    writes = len(hub.writes)
    draft(clone.again("fresher"), hub, incident, "--apply")

    assert "Nothing was written" in plan.stderr
    assert again.returncode == 0, again.stderr
    pull = hub.archive.pulls[1]
    assert (pull["assignees"], pull["reviewers"]) == (["janesmith"], ["amara-o"])
    assert pull["labels"] == ["postmortem", "SEV2"]
    assert len(hub.writes) == writes


def test_what_people_took_off_a_pull_request_stays_off(clone, hub: Hub, incident):
    draft(clone, hub, incident, "--apply")
    hub.archive.pulls[1].update(labels=[], reviewers=[])
    before = len(hub.writes)

    draft(clone, hub, incident, "--apply")

    assert len(hub.writes) == before


def test_a_pull_request_that_a_person_opened_from_the_branch_is_left_as_it_is(clone, hub: Hub, incident):
    hub.add_pull(BRANCH, author="jane")

    draft(clone, hub, incident, "--apply")

    assert hub.writes == []


def test_a_branch_that_waits_for_its_pull_request_keeps_its_id_to_itself(clone, hub: Hub, incident, tmp_path):
    hub.fault("POST .*/pulls$", 403, "Not permitted")
    draft(clone, hub, incident, "--apply")
    other = written(tmp_path / "other.json", id="OPS-1600", title="Search is slow", started="2026-11-14T09:00:00Z")

    draft(clone, hub, other, "--apply")
    draft(clone, hub, incident, "--apply")

    assert sorted(one["title"].split(":")[0] for one in hub.archive.pulls.values()) == [
        "INC-2026-0043",
        "INC-2026-0044",
    ]


def test_a_pull_request_that_was_opened_without_an_answer_is_not_opened_twice(clone, hub: Hub, incident):
    hub.fault("POST .*/pulls$", 502, when="after")

    died = draft(clone, hub, incident, "--apply")
    again = draft(clone, hub, incident, "--apply")

    assert died.returncode == 75
    assert again.returncode == 0
    assert len(hub.archive.pulls) == 1


def test_an_incident_that_has_its_postmortem_needs_none(clone, hub: Hub, incident):
    draft(clone, hub, incident, "--apply")
    clone.git("fetch", "-q", "origin")
    clone.git("merge", "-q", f"origin/{BRANCH}")
    hub.archive.pulls.clear()

    ran = draft(clone, hub, incident, "--apply")

    assert ran.returncode == 0
    assert "exists already" in ran.stdout
    assert hub.archive.pulls == {}


def test_two_incidents_never_get_the_same_id(clone, hub: Hub, incident, tmp_path):
    draft(clone, hub, incident, "--apply")
    other = written(
        tmp_path / "other.json",
        id="OPS-1600",
        title="Search is slow",
        started="2026-11-14T09:00:00Z",
        resolved="2026-11-14T09:30:00Z",
    )

    ran = draft(clone, hub, other, "--apply")

    assert ran.returncode == 0, ran.stderr
    assert [one["title"].split(":")[0] for one in hub.archive.pulls.values()] == ["INC-2026-0043", "INC-2026-0044"]
    path = "postmortems/2026/INC-2026-0044-search-is-slow.md"
    assert "id: INC-2026-0044\n" in clone.at_origin(path, "postmortem/ops-1600")


def test_a_draft_stands_on_the_branch_as_it_is_on_the_server(clone, hub: Hub, incident):
    clone.git("checkout", "-q", "-b", "topic")
    clone.write("README.md", "unfinished")
    clone.commit(push=False)

    assert draft(clone, hub, incident, "--apply").returncode == 0
    assert "README.md" not in clone.git("ls-tree", "--name-only", BRANCH, at=clone.origin)


def test_what_only_adorns_stops_nothing(clone, hub: Hub, incident):
    for what in ("assignees", "requested_reviewers", "labels"):
        hub.fault(what, 422, "Reviews may only be requested from collaborators.")

    ran = draft(clone, hub, incident, "--apply")

    assert ran.returncode == 0
    assert "! amara-o not asked for review" in ran.stdout
    assert len(hub.archive.pulls) == 1


def test_a_plan_without_draft_pull_requests_gets_an_ordinary_one(clone, hub: Hub, incident):
    hub.fault("POST .*/pulls$", 422, "Draft pull requests are not supported in this repository.")

    assert draft(clone, hub, incident, "--apply").returncode == 0
    assert [one["draft"] for one in hub.archive.pulls.values()] == [False]


def test_a_forbidden_branch_is_told_with_its_cure(clone, hub: Hub, incident):
    clone.protect(BRANCH)

    ran = draft(clone, hub, incident, "--apply")

    assert ran.returncode == 1
    assert "allow postmortem/* to workflows" in ran.stderr


def test_words_of_an_incident_never_become_more_than_words(clone, hub: Hub, tmp_path):
    title = "$(touch pwned) `id` ${{ secrets.X }} @fernway-example/team <!-- x --> ::error::y"
    file = written(tmp_path / "evil.json", id="OPS-1; touch pwned #/../main", title=title)

    ran = draft(clone, hub, file, "--apply")

    assert ran.returncode == 0, ran.stderr
    assert not list(tmp_path.rglob("pwned"))
    assert [b for b in clone.branches() if b != "main"] == ["postmortem/ops-1-touch-pwned-main"]
    (pull,) = hub.archive.pulls.values()
    assert "@fernway" not in pull["body"]
    assert "<!--" not in pull["body"]
    assert git.place(clone.root) == ""


def test_a_secret_of_the_incident_is_on_no_branch_and_in_no_pull_request(clone, hub, tmp_path):
    secret = "xox" + "b-2345678901-234567890123-Zt5Qw8Xr2Lm9Kd4Vb7Nc1Hs6"
    file = written(tmp_path / "incident.json", title=f"Bot {secret} posts twice", description=f"It used {secret}.")

    ran = draft(clone, hub, file, "--apply")

    assert ran.returncode == 0, ran.stderr
    (pull,) = hub.archive.pulls.values()
    pushed = clone.git("log", "-p", "--all", at=clone.origin)
    assert secret not in f"{pull}{pushed}{ran.stdout}{ran.stderr}"
    assert "REDACTED" in pushed
