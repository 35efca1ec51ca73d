"""The rules as a whole: registered, levelled by status, silenced with a reason, and limited to what a change touches."""

from pathlib import Path

import pytest

from generator.check import engine
from generator.check.rule import Context, Hit, Rule, Summary
from generator.document.finding import Level
from generator.document.model import Status
from generator.document.parse import Document, parse
from generator.settings.model import Settings
from tests.check.sample import GOOD, PATH, TODAY, changed, findings, line_of

FOLDER = Path(engine.__file__).parent / "rules"
BLAME = "The outage was caused by human error.\n"


def test_a_good_postmortem_gets_no_findings():
    assert findings(GOOD) == []


def test_every_module_with_a_rule_is_registered_under_the_rules_own_id():
    modules = {path.stem for path in FOLDER.glob("*.py") if "\nRULE = Rule(" in path.read_text(encoding="utf-8")}

    assert modules == set(engine.MODULES.values())
    assert {name: engine.by_id()[name].id for name in engine.MODULES} == {name: name for name in engine.MODULES}
    assert [name.replace("-", "_") for name in engine.MODULES] == list(engine.MODULES.values())


def test_ids_are_unique_and_every_rule_explains_itself():
    ids = [rule.id for rule in engine.rules()]

    assert len(set(ids)) == len(ids)
    for rule in engine.rules():
        assert rule.title
        assert rule.title[-1] not in ".!", rule.id
        assert rule.why[-1] in ".”", rule.id
        assert rule.before, rule.id
        assert rule.after, rule.id
        assert rule.before != rule.after, rule.id


@pytest.mark.parametrize("name", engine.MODULES)
def test_every_rule_has_a_test_file(name):
    assert (Path(__file__).parent / "rules" / f"test_{engine.MODULES[name]}.py").is_file()


def test_the_rules_of_reading_cover_all_that_reading_reports():
    sources = "".join(path.read_text(encoding="utf-8") for path in FOLDER.parent.parent.rglob("*.py"))

    for rule in engine.parse_rules.RULES:
        assert f'"{rule.id}"' in sources


@pytest.mark.parametrize(
    ("status", "level"),
    [(Status.DRAFT, "advice"), (Status.IN_REVIEW, "warning"), (Status.PUBLISHED, "error"), (None, "advice")],
)
def test_the_level_depends_on_the_status(status, level):
    assert Rule("x", "t", "w", "b", "a").level(status) == level


def test_a_hit_may_be_milder_than_its_rule_but_never_graver():
    def finding(status, bound):
        rule = Rule("x", "t", "w", "b", "a")
        return engine._finding(Summary("p", status=status), rule, Hit(1, "m", level=bound)).severity

    assert finding(Status.PUBLISHED, Level.ADVICE) == "advice"
    assert finding(Status.PUBLISHED, Level.WARNING) == "warning"
    assert finding(Status.DRAFT, Level.ERROR) == "advice"


def test_an_adopted_document_is_advised_only_except_where_it_would_break_the_archive():
    text = changed(
        ("audience: internal", "audience: internal\nx-source: old/2026-03-15.md"), ("severity: SEV2", "severity: Bad")
    )
    text = text.replace("Building the index", "password = hunter2\n\nTODO: x\n\nBuilding the index")

    assert {f.rule: f.severity for f in findings(text, others=(Summary("b.md", id="INC-2026-0042"),))} == {
        "schema-severity": "advice",
        "todo": "advice",
        "secret": "error",
        "duplicate-id": "error",
    }


def test_what_reading_reports_stays_an_error_in_a_draft():
    (found,) = findings(
        changed(("commander:", "comander:"), ("status: published", "status: draft")), "schema-unknown-key"
    )

    assert (found.severity, found.line) == ("error", line_of("commander:"))


def test_a_file_that_could_not_be_read_gets_that_finding_alone():
    broken = Document("", "x.md", *_parts_of(parse("", "x.md")))

    assert [found.rule for found in engine.run(broken, Context(Settings(), TODAY))] == ["front-matter"]


def _parts_of(parsed):
    return parsed.front, parsed.outline, parsed.postmortem, parsed.findings, parsed.audience_labels


def test_only_the_wanted_rules_run():
    text = changed(("commander:", "comander:"), ("Building the index took", "TODO: what?"))

    assert {found.rule for found in findings(text)} >= {"schema-unknown-key", "todo"}
    assert {found.rule for found in findings(text, "todo")} == {"todo"}


def test_language_findings_speak_of_changed_lines_only_all_others_of_every_line():
    text = changed(
        ("The new schema lacked", BLAME + "The new schema lacked"), ("Building the index took", "TODO: what?")
    )
    line = line_of(BLAME, text)

    def rules(touched):
        return {found.rule for found in findings(text, changed=touched) if found.line in {line, line_of("TODO", text)}}

    assert rules(None) == {"blameless-human-error", "todo"}
    assert rules(frozenset({line})) == {"blameless-human-error", "todo"}
    assert rules(frozenset({line + 1})) == {"todo"}
    assert rules(frozenset()) == {"todo"}


def test_findings_come_in_the_order_of_their_lines_and_never_twice():
    found = findings(changed(("commander:", "comander:"), ("Building the index took", "TODO: what?")))

    assert found == sorted(found)
    assert len(set(found)) == len(found)


def test_what_documents_share_is_judged_once_all_have_been_examined():
    context = Context(Settings(), TODAY)
    one = engine.examine(parse(GOOD, PATH), context)
    two = engine.examine(parse(GOOD, "postmortems/2026/INC-2026-0042-b.md"), context)
    found = engine.conclude([one, two])

    assert [f.rule for f in found[PATH]] == ["duplicate-id"]
    assert [f.rule for f in found["postmortems/2026/INC-2026-0042-b.md"]] == ["duplicate-id"]
    assert engine.conclude([one]) == {PATH: ()}
