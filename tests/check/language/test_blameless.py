"""The blameless rules together: how right they are, and what holds for each of their findings."""

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import blameless as measure
from generator.check import engine
from generator.check.language.questions import question
from generator.check.rule import Context
from generator.check.rules import blameless
from generator.document.finding import Level
from generator.document.parse import parse
from generator.settings.model import Settings
from tests.check.blameless_sample import hits
from tests.folders import REPOSITORY
from tests.sampling import examples

LABELLED = measure.sentences()
POSTMORTEMS = sorted((REPOSITORY / "postmortems").rglob("*.md"))


def test_there_are_enough_labelled_sentences_of_every_kind():
    assert sum(sentence.source != "own" for sentence in LABELLED) >= 260
    assert {sentence.kind for sentence in LABELLED} == {"fine", *blameless.NAMES}
    assert len({sentence.text for sentence in LABELLED}) == len(LABELLED)


@pytest.mark.parametrize("part", ["all", "held out", "real"])
def test_precision_and_recall_keep_their_promise(part):
    chosen = [s for s in LABELLED if part == "all" or (s.held_out if part == "held out" else s.source != "own")]
    figures = measure.figures(chosen)

    assert figures.precision >= 0.9
    assert figures.recall >= 0.6


@pytest.mark.parametrize("name", blameless.NAMES)
def test_each_rule_is_as_precise(name):
    figures = measure.of_rule(LABELLED, name)

    assert figures.right >= 5
    assert figures.precision >= 0.9
    assert figures.recall >= 0.6


@pytest.mark.parametrize("name", blameless.NAMES)
def test_the_example_of_each_rule_shows_it(name):
    rule = engine.by_id()[f"blameless-{name}"]

    assert rule.language
    assert hits(name, rule.before)
    assert not any(hits(other, rule.after) for other in blameless.NAMES)
    assert rule.why.endswith(".")


@pytest.mark.parametrize("path", POSTMORTEMS, ids=lambda path: path.name[:13])
def test_the_examples_blame_nobody(path):
    parsed = parse(path.read_text(encoding="utf-8"), path.name)
    context = Context(Settings(), date(2026, 11, 20))
    found = engine.run(parsed, context, [f"blameless-{name}" for name in blameless.NAMES])

    assert found == ()


def test_the_question_of_the_brief_is_asked():
    (hit,) = hits("person-fault", "Developer X pushed a bad config change without testing it.")

    assert hit.hint == "What let an unvalidated change reach production?"


@pytest.mark.parametrize(
    ("words", "about"),
    [
        ("forgot to renew the certificate", "runs out"),
        ("deleted the wrong volume", "look alike"),
        ("accidentally dropped the table", "single step"),
        ("did not verify the backup", "restore"),
        ("deployed without approval", "around the approval"),
        ("pasted the password into the chat", "secret"),
        ("overlooked it in the review", "reviewer"),
        ("skipped the regression tests", "test"),
        ("did not acknowledge the page", "responder"),
        ("ignored the alarm", "signal"),
        ("did not read the runbook", "procedure"),
        ("never told the other team", "travel"),
        ("misconfigured the balancer", "value was wrong"),
        ("broke the build", "one per cent"),
        ("mistyped the name", "typed by hand"),
        ("was in a hurry", "haste"),
        ("has no experience", "first time"),
        ("should have double-checked", "machine"),
        ("misjudged the load", "situation look like"),
        ("sneezed", "sensible thing to do"),
    ],
)
def test_the_question_suits_what_the_sentence_is_about(words, about):
    assert about in question(words)


def test_findings_about_teams_and_what_may_be_software_are_only_advice():
    (engineer,) = hits("counterfactual", "The engineer should have noticed the alarm.")
    (team,) = hits("counterfactual", "The storage team should have noticed the alarm.")
    (operator,) = hits("counterfactual", "The operator should have noticed the alarm.")

    assert (engineer.level, team.level, operator.level) == (None, Level.ADVICE, Level.ADVICE)


def test_a_published_one_is_held_to_it_and_a_draft_is_advised():
    text = "---\nstatus: {}\n---\n\nJohn forgot to renew it.\n"
    rule = ["blameless-person-fault"]
    context = Context(Settings(), date(2026, 3, 15))

    assert [
        engine.run(parse(text.format(status)), context, rule)[0].severity
        for status in ("draft", "in-review", "published")
    ] == ["advice", "warning", "error"]


WORDS = """
the an engineer operator team John Jane we they who and but , . : - | # ` “ ” " ( ) had not should have been never forgot failed to notice
check accidentally deleted wrong by mistake human error without testing to blame careful be more fault responsible for outage if only he she
someone nobody told remind caused was were İ 💥 **bold** _x_ > because the database asked who broke it hindsight obvious that lazy
"""
words = st.sampled_from([*WORDS.split(), "\n", "\n\n", "\r\n", "\n- ", "    ", "\t"])


@examples(400)
@given(st.lists(words, max_size=40).map(" ".join) | st.text(max_size=200))
def test_any_text_gives_findings_on_the_line_of_their_words(text):
    lines = text.split("\n")
    for name in blameless.NAMES:
        for hit in hits(name, text):
            assert 1 <= hit.line <= len(lines)
            assert hit.message
            assert hit.hint.endswith("?")
            first = hit.message.split("“", 1)[1].split()[0].strip("”…" + string.punctuation)
            assert first in lines[hit.line - 1]
