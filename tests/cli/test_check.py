"""`postmortem check`, run as people and workflows run it."""

import json
import subprocess
import sys

import pytest

from tests.check.sample import GOOD, changed
from tests.clients.git.test_git import commit, run, write
from tests.conftest import environment
from tests.folders import REPOSITORY
from tests.forking import postmortem

PLACE = "postmortems/2026/INC-2026-0042-checkout-errors.md"
WRONG = changed(
    ("severity: SEV2", "severity: Critical"),
    ("Building the index", "TODO: x\nBuilding the index"),
    ("| open |", "| almost |"),
)


def check(*arguments, cwd, **more):
    ran = subprocess.run(
        [postmortem(), "check", *map(str, arguments)],
        cwd=cwd,
        env={**environment(), "SOURCE_DATE_EPOCH": "1774440000", "PYTHONPATH": str(REPOSITORY), **more},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in ran.stderr
    return ran


@pytest.fixture
def root(tmp_path):
    write(tmp_path, "site_config/archive.yml", "title: Test\n")
    write(tmp_path, PLACE, GOOD)
    return tmp_path


def test_a_good_archive_ends_with_0_and_one_sentence(root):
    ran = check(cwd=root)

    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "1 postmortem checked: nothing to remark.\n")


def test_an_error_ends_with_1_and_is_told_with_file_line_and_question(root):
    write(root, PLACE, WRONG)
    ran = check(cwd=root)

    assert ran.returncode == 1
    assert ran.stdout == (
        f"{PLACE}\n"
        "     5  error    `severity` cannot be 'Critical'.  [schema-severity]\n"
        "                 Did you mean `SEV1`?\n"
        "    53  error    There is a `TODO:` left.  [todo]\n"
        "                 Answer it, or make it an action item with an owner and a date.\n"
        "    61  error    'almost' is not a status.  [action-status]\n"
        "                 One of open, in progress, completed, won't do.\n"
    )
    assert ran.stderr == "1 postmortem checked: 3 errors.\n"


def test_warnings_and_advice_end_with_0_unless_strict(root):
    write(root, PLACE, changed(("Retry payment requests at most once", "Improve monitoring")))

    assert check(cwd=root).returncode == 0
    assert check("--strict", cwd=root).returncode == 1


def test_json_is_the_contract_and_nothing_else_is_on_stdout(root):
    write(root, PLACE, WRONG)
    records = json.loads(check("--format", "json", cwd=root).stdout)

    assert [set(record) for record in records] == [{"rule", "severity", "path", "line", "message", "hint"}] * 3
    assert records[0]["path"] == PLACE
    write(root, PLACE, GOOD)
    assert check("--format", "json", cwd=root).stdout == "[]\n"


def test_annotations_and_sarif_come_from_the_same_findings(root):
    write(root, PLACE, WRONG)
    github = check("--format", "github", cwd=root)
    sarif = json.loads(check("--format", "sarif", cwd=root).stdout)

    assert (github.returncode, github.stdout.count("::error file=")) == (1, 3)
    assert [result["ruleId"] for result in sarif["runs"][0]["results"]] == ["schema-severity", "todo", "action-status"]


def test_only_the_asked_rules_run_and_a_mistyped_one_is_refused(root):
    write(root, PLACE, WRONG.replace("The new schema", "It was human error. The new schema"))

    assert [f["rule"] for f in json.loads(check("--rule", "todo", "--format", "json", cwd=root).stdout)] == ["todo"]
    assert [f["rule"] for f in json.loads(check("--rule", "blameless-*", "--format", "json", cwd=root).stdout)] == [
        "blameless-human-error"
    ]
    ran = check("--rule", "todos", cwd=root)
    assert ran.returncode == 2
    assert "There is no rule 'todos'. Did you mean 'todo'?" in ran.stderr


def test_the_rules_are_listed_with_their_levels(root):
    ran = check("--list-rules", cwd=root)
    records = json.loads(check("--list-rules", "--format", "json", cwd=root).stdout)

    assert ran.returncode == 0
    assert "todo                      advice   warning    error" in ran.stdout
    assert {
        "rule": "todo",
        "draft": "advice",
        "in_review": "warning",
        "published": "error",
        "fixable": False,
        "title": "No `TODO:` is left",
    } in records


def test_files_that_are_no_postmortems_are_skipped_kindly(root):
    readme = write(root, "README.md", "# About\n")
    ran = check(readme, PLACE, cwd=root)

    assert ran.returncode == 0
    assert ran.stderr == (
        "README.md: this is no postmortem (it has no front matter with an id), so it was not checked.\n"
        "1 postmortem checked: nothing to remark.\n"
    )
    alone = check(readme, cwd=root)
    assert (alone.returncode, alone.stderr.splitlines()[-1]) == (0, "There was nothing to check.")


def test_a_file_that_cannot_be_read_is_a_finding(root):
    (root / "postmortems" / "latin.md").write_bytes(b"---\nid: A\n---\ncaf\xe9\n")
    ran = check("--format", "json", cwd=root)

    assert ran.returncode == 1
    assert [(f["path"], f["line"], f["message"]) for f in json.loads(ran.stdout)] == [
        ("postmortems/latin.md", 4, "The file is not UTF-8; save it as UTF-8.")
    ]


def test_an_archive_without_postmortems_has_nothing_to_check(tmp_path):
    (tmp_path / "site_config").mkdir()
    (tmp_path / "site_config" / "archive.yml").touch()
    ran = check(cwd=tmp_path)

    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "There was nothing to check.\n")


def test_another_folder_than_the_current_one_is_checked_with_c(root, tmp_path_factory):
    ran = subprocess.run(
        [sys.executable, "-m", "generator", "-C", str(root), "check", PLACE],
        cwd=tmp_path_factory.mktemp("else"),
        env={**environment(), "SOURCE_DATE_EPOCH": "1774440000", "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ran.returncode, ran.stderr) == (0, "1 postmortem checked: nothing to remark.\n")


def test_a_pull_request_meets_language_findings_on_its_own_lines_only(root):
    run(root, "init", "-q", "-b", "main")
    write(root, PLACE, changed(("The new schema", "It was human error.\nThe new schema")))
    commit(root)
    run(root, "switch", "-q", "-c", "topic")
    write(root, PLACE, (root / PLACE).read_text(encoding="utf-8").replace("took nine minutes", "took ten minutes"))
    commit(root)

    assert "blameless-human-error" in check(cwd=root).stdout
    assert check("--base", "main", cwd=root).stdout == ""


def test_a_base_that_cannot_be_used_is_a_clear_sentence_and_usage(root):
    ran = check("--base", "main", cwd=root)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "lies in no git repository, so --base cannot be used" in ran.stderr
    run(root, "init", "-q", "-b", "main")
    commit(root)
    ran = check("--base", "origin/main", cwd=root)
    assert (ran.returncode, ran.stderr) == (
        2,
        "postmortem: git knows no revision 'origin/main'. Is it fetched? Try `git fetch origin`.\n",
    )


def test_fixing_says_what_it_did_on_stderr_and_checks_the_result(root):
    write(root, PLACE, changed(("severity: SEV2", "severity: sev2")))
    ran = check("--fix", "--format", "json", cwd=root)

    assert (ran.returncode, ran.stdout) == (0, "[]\n")
    assert ran.stderr == f"{PLACE}:5: `severity`: sev2 → SEV2\n1 postmortem checked: nothing to remark.\n"
    assert (root / PLACE).read_text(encoding="utf-8") == GOOD
    assert check("--fix", cwd=root).stderr == "1 postmortem checked: nothing to remark.\n"


def test_the_policy_of_the_archive_holds(root):
    write(root, "site_config/archive.yml", "policy:\n  SEV2: {actions: 10}\n")

    assert "SEV2 allows 10 days, until 2026-03-25." in check(cwd=root).stdout
    write(root, "site_config/archive.yml", "policy:\n  SEV2: {action: 10}\n")
    ran = check(cwd=root)
    assert ran.returncode == 2
    assert "archive.yml:2: `action` is not known in `policy.SEV2`. Did you mean `actions`?" in ran.stderr


def test_the_hook_for_other_repositories_names_this_command():
    import yaml

    (hook,) = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))

    assert (hook["id"], hook["entry"], hook["language"]) == ("postmortem-check", "postmortem check", "python")
    import re

    assert re.search(hook["files"], PLACE)
    assert not re.search(hook["files"], "docs/postmortems.md")
