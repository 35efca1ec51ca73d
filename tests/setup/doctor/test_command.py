"""`postmortem doctor` as a person and as a script meet it."""

import base64
import json

import pytest

from generator.cli.main import main
from generator.setup.doctor import Diagnosis, Health, report

CANARY = "canary-51ab-of-the-token"


@pytest.fixture
def run(practice, capsys):
    def call(*arguments, directory=None):
        with pytest.raises(SystemExit) as end:
            main(["-C", str(directory or practice.root), "doctor", *arguments])
        out, err = capsys.readouterr()
        return end.value.code, out, err

    return call


def test_a_healthy_archive_ends_with_0_and_a_summary(run):
    code, out, err = run()

    assert code == 0
    assert "✔ credentials: Jira knows us as Postmortem Bot" in out
    assert "No faults; " in err
    assert "\x1b" not in out


def test_the_map_of_fields_stands_at_the_end(run):
    _, out, _ = run()

    assert out.rstrip().endswith("incident_category: customfield_10106  # Incident category")


def test_warnings_end_with_0_and_faults_with_1(run, practice):
    practice.jira.remove_field_from_screen("labels", project="INCIDENT")
    assert run()[0] == 0

    practice.jira.remove_field_from_screen("Timeline", project="INCIDENT")
    code, out, err = run()

    assert code == 1
    assert "✗ field timeline: Timeline (customfield_10102) is not on the screen" in out
    assert "1 fault, 2 warnings; " in err


def test_json_is_a_list_of_the_diagnoses_and_nothing_else(run):
    code, out, _ = run("--format", "json")
    records = json.loads(out)

    assert code == 0
    assert {tuple(record) for record in records} == {("subject", "verdict", "message", "cure")}
    assert {record["verdict"] for record in records} <= {"ok", "warning", "fault", "skipped"}


def test_settings_that_cannot_be_read_are_a_fault(run, practice):
    practice.settings("jira: {projct: OPS}\n")
    code, out, _ = run()

    assert code == 1
    assert "✗ settings: site_config/archive.yml" in out
    assert "– everything else: Not tried" in out


def test_a_folder_that_is_not_there_and_an_unknown_option_are_usage(run, practice):
    assert run(directory=practice.root / "nowhere")[0] == 2
    code, out, err = run(directory=practice.root / "postmortems")
    assert (code, out) == (2, "")
    assert "There is one in" in err
    assert run("--end-to-ende")[0] == 2


def test_end_to_end_tells_the_keys_on_the_way(run, practice):
    code, out, err = run("--end-to-end")

    assert code == 0
    assert "INCIDENT-1 was created, a test issue" in err
    assert "✔ end to end: remove: The test issues are gone again." in out
    assert practice.jira.issues() == []


def test_the_token_is_in_nothing_that_is_printed(run, practice):
    practice.jira.set_user("postmortem-bot", token=CANARY)
    pair = base64.b64encode(f"{practice.jira.email}:{CANARY}".encode()).decode()
    cloud = practice.jira.dialect == "cloud"
    practice.set(**({"JIRA_API_TOKEN": CANARY} if cloud else {"JIRA_PAT": CANARY}))
    echo = {"errorMessages": [f"Got {CANARY}", f"Basic {pair}" if cloud else f"Bearer {CANARY}"], "errors": {}}
    for match in ("GET /project/*", "GET /field", "GET /issueLinkType", "GET /user/search"):
        practice.jira.fault(match, "400", times=9, body=echo)
    printed = "".join(str(part) for form in ("text", "json") for part in run("--format", form))
    practice.jira.clear_faults()
    practice.jira.fault("GET /myself", "401", body=echo)
    printed += "".join(str(part) for part in run())

    assert "•••" in printed
    assert CANARY not in printed
    assert pair not in printed


def test_signs_have_a_plain_form_for_terminals_that_cannot_show_them():
    found = Diagnosis("project X", Health.FAULT, "It is not there.", "Make it.")

    assert report.line(found, encoding="ascii") == "XX project X: It is not there.\n   -> Make it."
    assert (
        report.line(found, encoding=None)
        == report.line(found, encoding="no-such")
        == report.line(found, encoding="ascii")
    )
    assert report.line(found) == "✗ project X: It is not there.\n  → Make it."


def test_words_that_a_terminal_cannot_show_do_not_end_the_command():
    found = Diagnosis("project X", Health.OK, "José \ud800")

    assert report.line(found, encoding="ascii") == "ok project X: Jos? ?"
    assert report.line(found) == "✔ project X: José ?"
    assert json.loads(report.as_records([found]))[0]["message"] == "José ?"


def test_colour_is_on_the_sign_alone_and_jira_cannot_steer_the_terminal():
    found = Diagnosis("project X", Health.OK, "It is there: \x1b[2Jgone\nand more.")

    assert report.line(found, colour=True).startswith("\x1b[32m✔\x1b[0m project X: It is there: ")
    assert report.line(found, colour=True).count("\x1b") == 2
    assert "\n" not in report.line(found)
