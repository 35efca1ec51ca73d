"""An adopted document is advised; what is wrong in any document stays wrong in it."""

from datetime import date

from generator.check import engine
from generator.check.rule import Context
from generator.document.finding import Level
from generator.document.parse import parse
from generator.settings.model import Settings

BODY = "---\nid: INC-2020-0001\ntitle: T\nstatus: published\n{more}---\n\n## Summary\n\nThe outage was caused by human error.\n\ntoken: {token}\n"
TOKEN = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"


def levels(more):
    text = BODY.format(more=more, token=TOKEN)
    found = engine.run(
        parse(text, "postmortems/2020/INC-2020-0001-t.md"),
        Context(settings=Settings(), today=date(2026, 11, 20)),
    )
    return {finding.rule: finding.severity for finding in found}


def test_an_imported_document_is_advised_where_another_is_held_to_the_rule():
    own, adopted = levels(""), levels("x-source: old/t.md\n")

    assert own["blameless-human-error"] is Level.ERROR
    assert adopted["blameless-human-error"] is Level.ADVICE
    assert own["schema-required"] is Level.ERROR
    assert adopted["schema-required"] is Level.ADVICE


def test_a_secret_is_an_error_wherever_the_document_comes_from():
    assert levels("x-source: old/t.md\n")["secret"] is Level.ERROR
