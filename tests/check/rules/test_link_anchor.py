"""Anchors lead to a heading that is there."""

import pytest

from generator.check import engine
from generator.check.rule import Context
from generator.document.parse import parse
from generator.settings.model import Settings
from tests.check.sample import GOOD, PATH, TODAY, changed, findings


def link(target):
    return changed(("Building the index took", f"[x]({target}) Building the index took"))


@pytest.mark.parametrize(
    "target", ["#root-cause", "#where-we-got-lucky", "#what-didnt-go-well", "#", "#top", "#fn-1", "#Ende"]
)
def test_headings_html_anchors_and_footnotes_are_found(target):
    assert findings(link(target) + '\n<a name="Ende"></a>\n', "link-anchor") == []


def test_equal_headings_are_numbered_as_on_github():
    text = link("#summary-1") + "\n## Summary\n\nx\n"

    assert findings(text, "link-anchor") == []
    assert len(findings(text.replace("#summary-1", "#summary-2"), "link-anchor")) == 1


@pytest.mark.parametrize(
    ("target", "hint"),
    [
        ("#Root-Cause", "Did you mean `#root-cause`?"),
        ("#rootcause", "Did you mean `#root-cause`?"),
        ("#elsewhere", "Anchors are"),
    ],
)
def test_an_anchor_without_a_heading_is_named_with_the_nearest(target, hint):
    (found,) = findings(link(target), "link-anchor")

    assert found.message == f"There is no heading for `{target}`."
    assert found.hint.startswith(hint)


def test_a_heading_of_another_document_is_looked_for_there():
    other = engine.summary_of(parse("---\nid: X\n---\n\n## The cause\n", "postmortems/2025/X.md"))
    context = Context(Settings(), TODAY, others=(other,))

    def about(target):
        return engine.run(parse(link(target), PATH), context, ["link-anchor"])

    assert about("../2025/X.md#the-cause") == ()
    assert about("../2025/unknown.md#the-cause") == ()
    (found,) = about("../2025/X.md#cause")
    assert found.message == "postmortems/2025/X.md has no heading for `#cause`."
    assert found.hint == "Did you mean `#the-cause`?"


def test_the_sample_is_fine():
    assert findings(GOOD, "link-anchor") == []
