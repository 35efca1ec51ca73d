"""Every workflow keeps the rules: least permissions, pinned actions, nothing untrusted in a shell."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.folders import REPOSITORY
from tests.workflows.runner import WORKFLOWS, workflow

NAMES = sorted(path.stem for path in WORKFLOWS.glob("*.yml"))
ACTIONS = [REPOSITORY / "action.yml", *sorted((REPOSITORY / ".github" / "actions").rglob("action.yml"))]
FILES = [*sorted(WORKFLOWS.glob("*.yml")), *ACTIONS]
# What each job may do; whoever changes it, changes it here as well.
PERMISSIONS = {
    ("check", "check"): {"contents": "read"},
    ("check", "comment"): {"contents": "read", "pull-requests": "write"},
    ("draft", "draft"): {"contents": "write", "pull-requests": "write"},
    ("publish", "build"): {"contents": "read"},
    ("publish", "deploy"): {"pages": "write", "id-token": "write"},
    ("release", "build"): {"contents": "read", "id-token": "write", "attestations": "write"},
    ("release", "publish"): {"id-token": "write"},
    ("sync", "sync"): {"contents": "write", "pull-requests": "write", "issues": "write"},
    ("test", "test"): {"contents": "read"},
    ("track", "track"): {"contents": "write", "pull-requests": "write", "issues": "write"},
}
JOBS = [(name, key, job) for name in NAMES for key, job in workflow(name)["jobs"].items()]
STEPS = [(f"{name}/{key}", step) for name, key, job in JOBS for step in job["steps"]] + [
    (str(path.parent.name), step)
    for path in ACTIONS
    for step in yaml.safe_load(path.read_text(encoding="utf-8"))["runs"]["steps"]
]
FORMS = sorted(path for path in (REPOSITORY / ".github" / "ISSUE_TEMPLATE").glob("*.yml") if path.stem != "config")
USED = re.compile(r"^\s*(?:- )?uses: (\S+)(?: # (.+))?$", re.MULTILINE)


@pytest.mark.parametrize("name", NAMES)
def test_a_workflow_begins_with_no_permission_at_all(name):
    assert workflow(name)["permissions"] == {}


def test_each_job_has_exactly_the_permissions_that_are_written_down_here():
    assert {(name, key): job["permissions"] for name, key, job in JOBS} == PERMISSIONS


@pytest.mark.parametrize(("name", "key", "job"), JOBS, ids=lambda one: one if isinstance(one, str) else "")
def test_each_job_has_an_end_and_a_fixed_machine(name, key, job):
    assert job["timeout-minutes"] <= 60
    assert job["runs-on"] == "ubuntu-24.04"


def test_every_action_is_pinned_by_commit_with_its_version_beside_it_and_everywhere_the_same():
    pins: dict[str, set[tuple[str, str]]] = {}
    for path in FILES:
        for uses, note in USED.findall(path.read_text(encoding="utf-8")):
            if uses.startswith(("$/", "./")):
                assert (REPOSITORY / uses.partition("/")[2] / "action.yml").is_file()
                continue
            action, _, commit = uses.partition("@")
            assert re.fullmatch("[0-9a-f]{40}", commit), uses
            assert re.match(r"v\d+", note or ""), uses
            pins.setdefault(action, set()).add((commit, note))

    assert pins
    assert {action: found for action, found in pins.items() if len(found) > 1} == {}


@pytest.mark.parametrize(("where", "step"), STEPS, ids=lambda one: one if isinstance(one, str) else "")
def test_no_expression_stands_in_a_shell(where, step):
    assert "${{" not in step.get("run", "")


@pytest.mark.parametrize(("where", "step"), STEPS, ids=lambda one: one if isinstance(one, str) else "")
def test_a_checkout_leaves_no_token_behind(where, step):
    if "actions/checkout@" in step.get("uses", ""):
        assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("name", NAMES)
def test_nothing_runs_with_a_token_for_what_strangers_send(name):
    assert not set(workflow(name)["on"]) & {"pull_request_target", "workflow_run", "issue_comment", "issues"}


def test_a_pull_request_meets_no_secret():
    for name in ("check", "test"):
        assert "secrets" not in (WORKFLOWS / f"{name}.yml").read_text(encoding="utf-8")


def test_secrets_stand_only_in_the_environment_of_steps_of_a_protected_job():
    for name, key, job in JOBS:
        used = [step for step in job["steps"] if "secrets." in str(step)]
        assert not used or job["environment"] == "jira", (name, key)
        assert all("secrets." not in str({k: v for k, v in step.items() if k != "env"}) for step in used)
        assert "secrets." not in str({k: v for k, v in job.items() if k != "steps"})


def test_a_token_is_given_only_to_the_step_that_needs_it():
    for name, key, job in JOBS:
        assert "env" not in job, (name, key)
        for step in job["steps"]:
            if "github.token" in str(step):
                assert "postmortem" in step["run"], (name, key)
                assert "github " in step["run"] or " sync" in step["run"], (name, key)


def test_the_job_that_comments_runs_nothing_of_the_pull_request():
    job = workflow("check")["jobs"]["comment"]
    checkouts = [step["with"]["ref"] for step in job["steps"] if "checkout@" in step.get("uses", "")]

    assert checkouts == ["${{ github.event.pull_request.base.sha }}"]
    assert "github.event.pull_request.head.repo.full_name == github.repository" in job["if"]
    assert [step["run"].split()[:3] for step in job["steps"] if "run" in step] == [
        ["postmortem", "github", "post-comment"]
    ]


def test_what_writes_to_jira_runs_one_at_a_time_and_is_never_cut_off():
    groups = [workflow(name)["jobs"][name]["concurrency"] for name in ("sync", "track")]

    assert groups == [{"group": "postmortem-jira", "cancel-in-progress": False}] * 2
    assert workflow("draft")["jobs"]["draft"]["concurrency"]["cancel-in-progress"] is False
    assert workflow("publish")["concurrency"]["cancel-in-progress"] is False


@pytest.mark.parametrize("name", ["check", "sync", "track", "draft", "publish"])
def test_another_repository_may_call_it(name):
    called = workflow(name)["on"]["workflow_call"]

    assert all("default" in one and one["description"] for one in called["inputs"].values())
    assert all(one["required"] is False for one in called.get("secrets", {}).values())


def test_events_are_those_that_were_promised():
    assert workflow("check")["on"].keys() == {"pull_request", "workflow_call"}
    assert workflow("sync")["on"]["push"]["branches"] == ["main"]
    assert workflow("sync")["on"].keys() == {"push", "schedule", "workflow_dispatch", "workflow_call"}
    assert workflow("draft")["on"]["repository_dispatch"] == {"types": ["incident-resolved"]}
    assert workflow("draft")["on"]["workflow_dispatch"]["inputs"].keys() == {"incident", "template"}
    assert "schedule" in workflow("track")["on"]


def tool(name: str) -> str:
    """Where a linter is."""
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if not found:
        pytest.skip(f"{name} is not installed; it is in the group `dev`")
    return found


def test_zizmor_has_no_finding():
    command = [
        tool("zizmor"),
        "--offline",
        "--no-progress",
        "--persona=auditor",
        "--collect=all",
        ".github",
        "action.yml",
    ]
    ran = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stdout
    assert "No findings" in ran.stdout + ran.stderr


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", sorted(WORKFLOWS.glob("*.yml"))),
        ("custom.github-workflows-require-timeout", sorted(WORKFLOWS.glob("*.yml"))),
        ("vendor.github-actions", ACTIONS),
        ("vendor.dependabot", [REPOSITORY / ".github" / "dependabot.yml"]),
        ("vendor.github-issue-forms", FORMS),
        ("vendor.github-issue-config", [REPOSITORY / ".github" / "ISSUE_TEMPLATE" / "config.yml"]),
    ],
)
def test_the_files_are_what_their_schema_says(schema, files):
    command = [tool("check-jsonschema"), "--builtin-schema", schema, *map(str, files)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stdout


@pytest.mark.parametrize(
    ("where", "step"), [one for one in STEPS if "run" in one[1]], ids=lambda one: one if isinstance(one, str) else ""
)
def test_every_shell_is_valid(where, step):
    ran = subprocess.run(["bash", "-n", "-c", step["run"]], capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stderr
