"""Findings for people, pull requests, code scanning and scripts."""

import json

import pytest

from generator.check import engine, report
from generator.check.report import as_records, summary
from generator.document.finding import Finding, Level

A = "postmortems/2026/a.md"
FINDINGS = (
    Finding(A, 4, "schema-severity", Level.ERROR, "`severity` cannot be 'Critical'.", "Did you mean `SEV1`?"),
    Finding(A, 120, "todo", Level.ADVICE, "One place still to fill in.", ""),
    Finding("postmortems/2026/b ü.md", 1, "action-vague", Level.WARNING, "50% of it: a, b", "Verb, thing,\nend."),
)


def test_text_is_grouped_by_file_with_line_level_rule_and_hint():
    assert report.text(FINDINGS) == (
        "postmortems/2026/a.md\n"
        "     4  error    `severity` cannot be 'Critical'.  [schema-severity]\n"
        "                 Did you mean `SEV1`?\n"
        "   120  advice   One place still to fill in.  [todo]\n"
        "\n"
        "postmortems/2026/b ü.md\n"
        "     1  warning  50% of it: a, b  [action-vague]\n"
        "                 Verb, thing, end.\n"
    )
    assert report.text(()) == ""


def test_colour_is_added_only_where_it_is_wanted():
    assert "\x1b[31merror  \x1b[0m" in report.text(FINDINGS, colour=True)
    assert "\x1b" not in report.text(FINDINGS)


def test_nothing_in_a_finding_can_steer_the_terminal():
    nasty = Finding("a\x1b[2J.md", 1, "todo", Level.ERROR, "x\x1b]0;y\x07\r\nz", "\u202ehint")

    assert not {"\x1b", "\x07", "\r", "\u202e"} & set(report.text([nasty]))


def test_annotations_are_escaped_and_come_worst_first():
    assert report.github(FINDINGS) == (
        "::error file=postmortems/2026/a.md,line=4,title=schema-severity::`severity` cannot be 'Critical'.%0ADid you mean `SEV1`?\n"
        "::warning file=postmortems/2026/b ü.md,line=1,title=action-vague::50%25 of it: a, b%0AVerb, thing,%0Aend.\n"
        "::notice file=postmortems/2026/a.md,line=120,title=todo::One place still to fill in.\n"
    )


def test_properties_of_an_annotation_are_escaped_more_than_its_text():
    odd = Finding("a,b:c%.md", 1, "todo", Level.ERROR, "::warning::x\r\ny", "")

    assert report.github([odd]) == "::error file=a%2Cb%3Ac%25.md,line=1,title=todo::::warning::x%0D%0Ay\n"


def test_at_most_ten_annotations_of_each_level_are_written_and_the_rest_is_counted():
    many = [Finding(A, n, "todo", level, "x") for level in (Level.ADVICE, Level.ERROR) for n in range(1, 15)]
    lines = report.github(many).splitlines()

    assert [line.split(" ")[0] for line in lines[:-1]] == ["::error"] * 10 + ["::notice"] * 10
    assert lines[-1] == "8 more findings are not shown here; run `postmortem check` to see all."
    assert report.github(many[:11]).splitlines()[-1].startswith("1 more finding is not shown here")


def test_json_holds_exactly_the_fields_of_the_contract():
    records = json.loads(as_records(FINDINGS))

    assert records[0] == {
        "rule": "schema-severity",
        "severity": "error",
        "path": A,
        "line": 4,
        "message": "`severity` cannot be 'Critical'.",
        "hint": "Did you mean `SEV1`?",
    }
    assert len(records) == 3
    assert json.loads(as_records(())) == []


def test_sarif_names_every_rule_with_its_help_and_every_finding_with_its_place():
    log = json.loads(report.sarif(FINDINGS, engine.rules()))
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]

    assert (log["version"], log["$schema"]) == ("2.1.0", "https://json.schemastore.org/sarif-2.1.0.json")
    assert [rule["id"] for rule in rules] == [rule.id for rule in engine.rules()]
    assert len({rule["name"] for rule in rules}) == len(rules)
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] and rule["help"]["markdown"] for rule in rules)
    assert all(rule["defaultConfiguration"]["level"] in {"error", "warning", "note"} for rule in rules)
    assert [result["level"] for result in run["results"]] == ["error", "note", "warning"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    place = run["results"][2]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "postmortems/2026/b%20%C3%BC.md"}, "region": {"startLine": 1}}


@pytest.mark.parametrize(
    ("findings", "files", "sentence"),
    [
        ((), 0, "There was nothing to check."),
        ((), 1, "1 postmortem checked: nothing to remark."),
        ((), 1200, "1,200 postmortems checked: nothing to remark."),
        (FINDINGS[:1], 1, "1 postmortem checked: 1 error."),
        (FINDINGS, 9, "9 postmortems checked: 1 error, 1 warning and 1 piece of advice in 2 of them."),
        (FINDINGS * 2, 9, "9 postmortems checked: 2 errors, 2 warnings and 2 pieces of advice in 2 of them."),
    ],
)
def test_the_summary_is_one_sentence(findings, files, sentence):
    assert summary(findings, files) == sentence
