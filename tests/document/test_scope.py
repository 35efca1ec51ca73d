"""Live, history or sample: what the document says, and what the archive says of its beginning."""

from datetime import date

import pytest

from generator.document.parse import parse
from generator.document.scope import Scope, counted, current, scope_of
from generator.settings.model import Settings

SINCE = Settings(since=date(2026, 1, 1))
HEAD = "---\nid: {}\ntitle: x\nstatus: published\nseverity: SEV1\n{}---\n"


def document(name="INC-1", more=""):
    return parse(HEAD.format(name, more), f"postmortems/{name}.md")


@pytest.mark.parametrize(
    ("more", "scope"),
    [
        ("", Scope.LIVE),
        ("started: 2026-01-01T00:00:00Z\n", Scope.LIVE),
        ("started: 2025-12-31T23:59:59Z\n", Scope.HISTORY),
        ("started: 2025-12-31T23:30:00-01:00\n", Scope.LIVE),  # the year has begun in UTC
        ("detected: 2013-05-01T10:00:00Z\n", Scope.HISTORY),
        ("published: 2013-05-01\n", Scope.HISTORY),
        ("started: 2026-02-01T10:00:00Z\nx-source: old/wiki.md\n", Scope.HISTORY),
        ("x-source:\n", Scope.HISTORY),
        ('x-source-digest: "0011"\n', Scope.LIVE),  # somebody has made it the archive's own
        ("sample: true\n", Scope.SAMPLE),
        ("sample: true\nx-source: old/wiki.md\nstarted: 2013-05-01T10:00:00Z\n", Scope.SAMPLE),
        ("sample: false\n", Scope.LIVE),
        ("sample:\n", Scope.LIVE),
        ("sample: maybe\n", Scope.SAMPLE),
        ("sample: [true]\n", Scope.SAMPLE),
    ],
)
def test_a_document_is_what_it_says(more, scope):
    assert scope_of(document(more=more), SINCE) is scope


def test_without_a_beginning_only_what_was_imported_is_history():
    old = document(more="started: 1999-01-01T00:00:00Z\n")

    assert scope_of(old, Settings()) is Scope.LIVE


@pytest.mark.parametrize("written", ["maybe", "[true]", "'true'", "yes", "1"])
def test_a_mark_that_cannot_be_read_keeps_the_document_back_and_is_a_finding(written):
    found = document(more=f"sample: {written}\n")

    assert found.postmortem.sample
    assert "schema-type" in {finding.rule for finding in found.findings}


def test_figures_are_made_of_samples_only_where_there_is_nothing_else():
    sample, other = document("S-1", "sample: true\n"), document("S-2", "sample: true\n")
    live, old = document("INC-1"), document("INC-2", "x-source: a/b.md\n")

    assert counted([sample, other], Settings()) == current([sample, other], Settings()) == {sample.path, other.path}
    assert counted([sample, live, old], Settings()) == {live.path, old.path}
    assert current([sample, live, old], Settings()) == {live.path}
    assert current([sample, old], Settings()) == frozenset()
    assert counted([], Settings()) == frozenset()
