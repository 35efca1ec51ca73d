"""What is released: the wheel holds what the command needs, and the workflow that publishes holds the tag against it."""

import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile

import pytest
import yaml

from tests.folders import REPOSITORY
from tests.workflows.runner import workflow

VERSION = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("package", ["generator", "jira_sandbox"])
def test_type_checkers_may_read_the_packages(wheel, package):
    assert f"{package}/py.typed" in wheel


@pytest.mark.parametrize("package", ["generator", "jira_sandbox"])
def test_every_module_is_in_the_wheel(wheel, package):
    modules = {path.relative_to(REPOSITORY).as_posix() for path in (REPOSITORY / package).rglob("*.py")}

    assert modules <= wheel.keys()


def test_the_wheel_carries_the_defaults_and_no_test(wheel):
    for name in ("templates/outage.md.j2", "site_config/archive.yml", "starter/README.md", "docs/index.md"):
        assert f"generator/_data/{name}" in wheel
    assert [name for name in wheel if name.startswith(("tests/", "benchmarks/")) or ".git/" in name] == []


def test_the_source_distribution_has_the_pages_for_contributors_and_no_test(tmp_path):
    command = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path)]
    subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True)
    (path,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}

    assert {"CONTRIBUTING.md", "ARCHITECTURE.md", "SECURITY.md", "templates/outage.md.j2"} <= names
    assert [name for name in names if "tests/" in name] == []


def test_the_changelog_has_a_dated_section_for_this_version():
    text = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")

    assert re.search(rf"^## {re.escape(VERSION)} - \d{{4}}-\d{{2}}-\d{{2}}$", text, re.MULTILINE)
    assert text.index("## Unreleased") < text.index(f"## {VERSION}")


@pytest.mark.parametrize(
    ("tag", "code"), [(f"v{VERSION}", 0), ("v9.9.9", 1), (f"v{VERSION}0", 1), (f"v{VERSION.replace('.', 'x')}", 1)]
)
def test_a_tag_is_released_only_where_it_is_the_version_of_project_and_changelog(tag, code):
    (step,) = [one for one in workflow("release")["jobs"]["build"]["steps"] if "Hold the tag" in one.get("name", "")]
    command = ["bash", "-e", "-c", step["run"]]
    ran = subprocess.run(command, cwd=REPOSITORY, env={"GITHUB_REF_NAME": tag, "PATH": "/usr/bin:/bin"}, check=False)

    assert ran.returncode == code


def test_what_is_published_is_what_was_attested():
    build, publish = workflow("release")["jobs"].values()
    words = [step.get("uses", step.get("run", "")).split("@")[0] for step in build["steps"]]

    assert words.index("actions/attest-build-provenance") == words.index("actions/upload-artifact") - 1
    assert [step["uses"].split("@")[0] for step in publish["steps"]] == [
        "actions/download-artifact",
        "pypa/gh-action-pypi-publish",
    ]
    assert "secrets" not in str(workflow("release"))


def test_the_hooks_of_this_repository_run_what_make_lint_runs():
    hooks = yaml.safe_load((REPOSITORY / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0]["hooks"]
    commands = {" ".join(hook["entry"].split()[:2]).replace(".venv/bin/", "$(BIN)/") for hook in hooks}
    targets = (REPOSITORY / "Makefile").read_text(encoding="utf-8")

    assert {command for command in commands if command not in targets} == {"$(BIN)/postmortem check"}
