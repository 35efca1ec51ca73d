"""docs/github.md says what the workflows' files say."""

import re
import subprocess

import pytest
import yaml

from tests.folders import REPOSITORY
from tests.workflows.runner import WORKFLOWS, workflow
from tests.workflows.test_rules import tool

PAGE = (REPOSITORY / "docs" / "github.md").read_text(encoding="utf-8")
NAMES = ["check", "sync", "track", "draft", "publish"]
PINNED = "fernway-example/postmortem-archive"


def rows(name: str, head: str) -> list[tuple[str, ...]]:
    """The rows of the table with this first column in the section of a workflow; code marks are taken off."""
    section = PAGE.split(f"\n## {name}\n", 1)[1].split("\n## ", 1)[0]
    table = re.search(rf"^\| {head} \|.*\n\|[-|]+\n((?:\|.*\n)*)", section, re.MULTILINE)
    lines = table[1].splitlines() if table else []
    return [tuple(cell.strip().replace("`", "") for cell in line.strip("|").split("|")) for line in lines]


@pytest.mark.parametrize("name", NAMES)
def test_the_inputs_are_those_of_the_file(name):
    inputs = workflow(name)["on"]["workflow_call"]["inputs"]
    expected = [
        (key, str(one["default"]).lower() if isinstance(one["default"], bool) else one["default"], one["description"])
        for key, one in inputs.items()
    ]

    assert sorted(rows(name, "Input")) == sorted(expected)


@pytest.mark.parametrize("name", NAMES)
def test_the_secrets_and_variables_are_those_of_the_file(name):
    text = (WORKFLOWS / f"{name}.yml").read_text(encoding="utf-8")
    declared = workflow(name)["on"]["workflow_call"].get("secrets", {})
    told = {row[0]: row[1] for row in rows(name, "Secret or variable")}
    expected = {f"secret {key}" for key in re.findall(r"secrets\.(\w+)", text)}
    expected |= {f"variable {key}" for key in re.findall(r"vars\.(\w+)", text)}

    assert told.keys() == expected
    assert {key: one["description"] for key, one in declared.items()} == {
        key.removeprefix("secret "): value for key, value in told.items() if key.startswith("secret ")
    }


@pytest.mark.parametrize("name", NAMES)
def test_the_permissions_and_their_reasons_are_those_of_the_file(name):
    text = (WORKFLOWS / f"{name}.yml").read_text(encoding="utf-8")
    reasons = re.findall(r"^      ([a-z-]+: (?:read|write)) # (.+)$", text, re.MULTILINE)
    expected = [
        (key, f"{scope}: {level}")
        for key, job in workflow(name)["jobs"].items()
        for scope, level in job["permissions"].items()
    ]
    told = rows(name, "Job")

    assert [row[:2] for row in told] == expected
    assert [row[1:] for row in told] == reasons


def test_the_callers_of_the_page_are_valid_and_name_inputs_that_exist(tmp_path):
    callers = [text for text in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL) if text.startswith("name:")]

    assert callers
    for number, text in enumerate(callers):
        file = tmp_path / f"{number}.yml"
        file.write_text(text, encoding="utf-8")
        command = [tool("check-jsonschema"), "--builtin-schema", "vendor.github-workflows", str(file)]
        assert subprocess.run(command, check=False).returncode == 0
        for job in yaml.safe_load(text)["jobs"].values():
            path, _, _ = job["uses"].removeprefix(f"{PINNED}/.github/workflows/").partition("@")
            called = workflow(path.removesuffix(".yml"))
            assert job.get("with", {}).keys() <= called["on"]["workflow_call"]["inputs"].keys()
            assert job.get("secrets", {}).keys() <= called["on"]["workflow_call"]["secrets"].keys()
            needed = {scope: level for one in called["jobs"].values() for scope, level in one["permissions"].items()}
            assert needed.items() <= job["permissions"].items()


def test_the_first_section_is_ten_lines():
    section = PAGE.split("## Put it to work on GitHub\n", 1)[1].split("\n## ", 1)[0]

    assert [line.split(".")[0] for line in section.strip().splitlines()] == [str(n) for n in range(1, 11)]


def test_the_inputs_of_the_action_are_described():
    action = yaml.safe_load((REPOSITORY / "action.yml").read_text(encoding="utf-8"))

    assert all(one["description"] and one["default"] is not None for one in action["inputs"].values())
    assert 'with: {check: "true"}' in PAGE
