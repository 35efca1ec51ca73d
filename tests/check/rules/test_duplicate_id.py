"""Two documents with the same `id`: both files are named."""

from generator.check import engine
from generator.check.rule import Context, Summary
from generator.document.parse import parse
from generator.settings.model import Settings
from tests.check.sample import GOOD, PATH, TODAY

TEXT = GOOD.replace("id: INC-2026-0042", "id: INC-2026-0042\nincident: OPS-1234\njira: INCIDENT-456")


def found(*others):
    context = Context(Settings(), TODAY, others=others)
    return engine.run(parse(TEXT, PATH), context, ["duplicate-id"])


def test_a_value_of_its_own_is_fine():
    assert found() == ()
    assert found(Summary("postmortems/b.md", id="OTHER-1"), Summary("postmortems/c.md")) == ()


def test_both_files_are_named_and_case_makes_no_difference():
    (finding,) = found(Summary("postmortems/b.md", id="INC-2026-0042".lower()))

    assert finding.message == f"`id: INC-2026-0042` stands in {PATH} and in postmortems/b.md."
    assert (finding.severity, finding.line) == ("error", TEXT[: TEXT.index("\nid:")].count("\n") + 2)


def test_of_many_others_three_are_named():
    (finding,) = found(*(Summary(f"postmortems/{name}.md", id="INC-2026-0042") for name in "bcdef"))

    assert finding.message.endswith("postmortems/b.md, postmortems/c.md, postmortems/d.md and 2 more.")


def test_the_document_itself_is_no_other():
    assert found(Summary(PATH, id="INC-2026-0042")) == ()
