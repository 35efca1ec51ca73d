"""The command line says what it did on the right stream and ends with the right code."""

import csv
import io
import json
import subprocess
import sys

import pytest

from tests.conftest import environment
from tests.forking import postmortem


def run(*arguments, cwd=None, **more):
    """Run the command as its own process, as a person or a workflow would."""
    return subprocess.run(
        [postmortem(), *map(str, arguments)],
        cwd=cwd,
        env={**environment(), **more},
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_shows_the_commands_and_an_example():
    line = [sys.executable, "-m", "generator", "--help"]  # from the very start
    ran = subprocess.run(line, env=environment(), capture_output=True, text=True, check=False)

    assert ran.returncode == 0
    assert "actions" in ran.stdout
    assert "Example: postmortem new --from" in ran.stdout


@pytest.mark.parametrize("command", ["new", "list", "actions", "build", "serve", "schema"])
def test_each_command_has_help_with_an_example(command):
    ran = run(command, "--help")

    assert ran.returncode == 0
    assert f"Example: postmortem {command}" in ran.stdout


def test_a_mistyped_command_gets_a_suggestion():
    ran = run("lits")

    assert ran.returncode == 2
    assert "Did you mean 'list'?" in ran.stderr


def test_list_prints_a_table_on_stdout_and_talk_on_stderr(archive_root):
    ran = run("list", cwd=archive_root)

    assert ran.returncode == 0
    assert ran.stdout.splitlines()[1].startswith("INC-2026-0042  SEV1      published")
    assert ran.stderr == "1 of 1 postmortems.\n"


def test_list_as_json_and_csv_hold_the_same_records(archive_root):
    records = json.loads(run("list", "--format", "json", cwd=archive_root).stdout)
    rows = list(csv.DictReader(io.StringIO(run("list", "--format", "csv", cwd=archive_root).stdout)))

    assert records[0]["id"] == rows[0]["id"] == "INC-2026-0042"
    assert records[0]["services"] == ["payment-service", "checkout-api"]
    assert records[0]["actions_overdue"] == 1
    assert rows[0]["path"] == "postmortems/2026/INC-2026-0042-checkout.md"


def test_actions_are_found_from_any_folder_inside_the_archive(archive_root):
    ran = run("actions", "--due", "overdue", "--format", "json", cwd=archive_root / "postmortems" / "2026")

    assert [(item["number"], item["owner"], item["overdue"]) for item in json.loads(ran.stdout)] == [(2, None, True)]


def test_actions_flag_what_is_missing(archive_root):
    ran = run("-C", archive_root, "actions")

    assert "overdue, no owner" in ran.stdout
    assert "3 action items: 1 overdue, 1 with no owner, 1 with no date." in ran.stderr


def test_an_unknown_status_is_a_usage_error(archive_root):
    ran = run("actions", "--status", "sleeping", cwd=archive_root)

    assert ran.returncode == 2
    assert "'sleeping' is not a status" in ran.stderr


def test_an_empty_archive_says_how_to_begin(tmp_path):
    (tmp_path / "site_config").mkdir()
    (tmp_path / "site_config" / "archive.yml").touch()
    ran = run("-C", tmp_path, "list")

    assert ran.returncode == 0
    assert "begin with `postmortem new`" in ran.stderr
    assert run("-C", tmp_path, "list", "--format", "json").stdout == "[]\n"


def test_a_broken_configuration_ends_with_code_2(archive_root):
    (archive_root / "site_config" / "archive.yml").write_text("titel: x\n", encoding="utf-8")
    ran = run("list", cwd=archive_root)

    assert ran.returncode == 2
    assert ran.stderr == "postmortem: site_config/archive.yml:1: `titel` is not a setting. Did you mean `title`?\n"


def test_an_unreadable_file_is_named_and_ends_with_code_1(archive_root):
    (archive_root / "postmortems" / "bad.md").write_bytes(b"\xff\xfe")
    ran = run("list", cwd=archive_root)

    assert ran.returncode == 1
    assert "postmortems/bad.md:1: The file is not UTF-8" in ran.stderr
    assert "INC-2026-0042" in ran.stdout


def test_the_schema_is_printed_with_the_archives_severities(archive_root):
    schema = json.loads(run("schema", cwd=archive_root).stdout)

    assert schema["properties"]["severity"]["enum"][0] == "SEV1"
    assert "timeline" in json.loads(run("schema", "incident").stdout)["properties"]


def test_a_reader_that_goes_away_is_no_bug(archive_root):
    ran = subprocess.run(
        f"{sys.executable} -m generator list --format json | head -c 1",
        shell=True,
        cwd=archive_root,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.stdout == "["
    assert "bug" not in ran.stderr
