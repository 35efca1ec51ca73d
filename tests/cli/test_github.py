"""The commands explain themselves, and say what is missing."""

import pytest
from click.testing import CliRunner

from generator.cli.commands.github import COMMANDS
from generator.cli.main import cli


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help_with_an_example(name):
    ran = CliRunner().invoke(cli, ["github", name, "--help"])

    assert ran.exit_code == 0
    assert "Example: postmortem " in ran.output
    assert f"github {name}" in ran.output


def test_the_group_lists_its_commands():
    ran = CliRunner().invoke(cli, ["github", "--help"])

    assert all(line in " ".join(ran.output.split()) for line in COMMANDS.values())


def test_an_unknown_command_is_a_usage_error():
    assert CliRunner().invoke(cli, ["github", "coment"]).exit_code == 2


@pytest.mark.parametrize("words", [["overdue"], ["write-back"], ["draft", "--from", "jira:OPS-1"]])
def test_without_a_token_the_way_to_one_is_told(clone, words):
    ran = clone.run("github", *words)

    assert ran.returncode == 2
    assert "GITHUB_TOKEN and GITHUB_REPOSITORY is not in the environment" in ran.stderr


def test_a_draft_of_nothing_is_a_usage_error(clone):
    assert "name data with --from" in clone.run("github", "draft").stderr


def test_a_head_that_is_no_commit_is_refused(clone, tmp_path):
    file = tmp_path / "review.json"
    file.write_text("{}", encoding="utf-8")

    ran = clone.run("github", "post-comment", str(file), "--pull", "1", "--head", "main; touch pwned")

    assert ran.returncode == 2
    assert "must be the name of a commit" in ran.stderr
