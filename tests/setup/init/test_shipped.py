"""What is shipped for a new archive: nothing of the example company, every setting shown, every placeholder known."""

import re
import shutil
import subprocess
from dataclasses import fields

import pytest

from generator.errors import PostmortemError
from generator.settings.jira import JiraSettings
from generator.settings.load import load
from generator.settings.model import Settings
from generator.setup.init.answering import Answers
from generator.setup.init.filling import fill
from generator.setup.init.project import UNKNOWN_OWNER
from tests.folders import REPOSITORY
from tests.setup.init.running import run

FOLDER = REPOSITORY / "starter"
FILES = sorted(path for path in FOLDER.rglob("*") if path.is_file())
CALLERS = sorted((FOLDER / "dot-github" / "workflows").iterdir())


def filled(path):
    text = path.read_text(encoding="utf-8")
    return fill(text, Answers(), repository="example/tool", ref="v1.2.3")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_placeholder_is_filled_and_nothing_is_the_example_companys(path):
    text = filled(path)

    assert not re.search(r"__[A-Z]", text)
    assert "fernway" not in text.casefold()
    assert text.endswith("\n")
    assert not re.search(r"[ \t]+$", text, re.MULTILINE)


def test_a_placeholder_that_nobody_fills_is_named():
    with pytest.raises(PostmortemError, match="__NOBODY__"):
        fill("x: __NOBODY__", Answers(), repository="a/b", ref="v1")


def test_every_setting_stands_in_archive_yml_and_its_commented_value_is_valid(tmp_path):
    text = filled(FOLDER / "site_config" / "archive.yml")
    shown = re.sub(r"^#(?=\w+:|  )", "", text, flags=re.MULTILINE)
    (tmp_path / "site_config").mkdir()
    (tmp_path / "site_config" / "archive.yml").write_text(shown, encoding="utf-8")
    people = filled(FOLDER / "site_config" / "people.yml")
    shown_people = re.sub(r"^#(?=[\w.]+:|  )", "", people, flags=re.MULTILINE)
    (tmp_path / "site_config" / "people.yml").write_text(shown_people, encoding="utf-8")
    loaded = load(tmp_path).settings

    named = set(re.findall(r"^(\w+):", shown, re.MULTILINE))
    assert {field.name for field in fields(Settings)} - {"people"} - named == set()
    assert loaded.severities == Settings().severities
    assert loaded.jira == JiraSettings(url="https://example.atlassian.net", project="INCIDENT")
    assert loaded.people[0].handle == "alex.doe"
    for name in ("description", "branch", "id_pattern", "title_pattern", "template", "audience", "engine"):
        assert getattr(loaded, name) == getattr(Settings(), name)


@pytest.mark.parametrize("path", CALLERS, ids=lambda path: path.stem)
def test_each_workflow_calls_the_one_of_its_name_with_what_that_takes_and_needs(path):
    import yaml

    caller = yaml.safe_load(filled(path))
    callee = yaml.safe_load((REPOSITORY / ".github" / "workflows" / path.name).read_text(encoding="utf-8"))
    takes = callee[True]["workflow_call"]  # YAML 1.1 reads `on` as true
    (job,) = caller["jobs"].values()
    needed = {}
    for one in callee["jobs"].values():
        for scope, access in one["permissions"].items():
            needed[scope] = "write" if "write" in {access, needed.get(scope)} else access

    assert job["uses"] == f"example/tool/.github/workflows/{path.name}@v1.2.3"
    assert job.get("with", {}).keys() <= takes["inputs"].keys()
    assert job.get("secrets", {}).keys() == takes.get("secrets", {}).keys()
    assert job["permissions"] == needed
    assert caller["permissions"] == {}


@pytest.mark.parametrize(
    "command",
    [("check-jsonschema", "--builtin-schema", "vendor.github-workflows"), ("zizmor", "--offline", "--quiet")],
    ids=lambda command: command[0],
)
def test_the_workflows_pass_the_tools_that_know_workflows(tmp_path, command):
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    run("init", tmp_path, "--yes")
    paths = sorted(map(str, (tmp_path / ".github" / "workflows").iterdir()))
    checked = subprocess.run([*command, *paths], capture_output=True, text=True, check=False)

    assert len(paths) == len(CALLERS)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_tool_is_named_in_one_place_only():
    owner = UNKNOWN_OWNER
    told = [path for path in FILES if owner in path.read_text(encoding="utf-8")]

    assert told == []


def test_the_wheel_and_the_source_distribution_carry_the_folder():
    project = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")

    assert '"starter" = "generator/_data/starter"' in project
    assert re.search(r'^include = \[.*"/starter".*\]$', project, re.MULTILINE)
