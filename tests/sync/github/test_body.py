"""The text of an issue: it carries what was agreed on, shows what was written, and calls nobody."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.sync.github import body
from generator.sync.plan.base import Base, Pair, PushedText

BASES = st.builds(
    Base,
    id=st.text(min_size=1, max_size=40),
    item=st.integers(0, 999),
    values=st.dictionaries(st.sampled_from(["summary", "status"]), st.builds(Pair, st.text(), st.text())),
    texts=st.dictionaries(st.sampled_from(["description"]), st.builds(PushedText, st.text(), st.text())),
    labels=st.lists(st.text(), max_size=3).map(tuple),
    own=st.booleans(),
)
WRITTEN = st.text(st.sampled_from("ab @#<!->`&;\\/:_*\n\r12") | st.characters(), max_size=200)


@given(WRITTEN, BASES)
def test_what_is_carried_comes_back_and_what_people_see_stays(text: str, base: Base) -> None:
    whole = body.with_base(text, base)
    assert body.base_of(whole) == base
    assert body.visible(whole) == body.visible(text).rstrip()
    assert body.with_base(whole, base) == whole


@given(WRITTEN, BASES)
def test_the_comment_that_carries_it_ends_where_it_should(text: str, base: Base) -> None:
    comment = body.with_base("", base)
    assert comment.count("<!--") == comment.count("-->") == 1
    assert re.search(r"--.*--", comment[4:-3]) is None


@pytest.mark.parametrize(
    "forged",
    ["<!-- postmortem:v1:AAAA -->", "<!-- postmortem:v1:bnVsbA== -->", "<!-- postmortem:v1:W10= -->", "-->", "<!--"],
)
def test_what_is_no_state_of_ours_is_none(forged: str) -> None:
    assert body.base_of(forged) is None


@given(WRITTEN)
def test_nothing_that_a_file_says_becomes_a_comment_or_a_state(text: str) -> None:
    shown = body.inert(text.replace("`", ""))
    assert "<!--" not in shown
    assert body.visible(body.inert(text)) == body.inert(text)


@pytest.mark.parametrize(
    "written",
    [
        "@team",
        "ask @team now",
        "\\@team",
        "&#64;team",
        "&#x40;team",
        "&commat;team",
        "_@team_",
        "**@team**",
        "\\`@team\\`",
        "` @team",
        "`a @team\n\nb`",
        "https://@team",
        "xhttps://a.example/@team",
        "https://a_b/@team",
        "@&#116;eam",
        "``` @team `",
    ],
)
def test_nobody_is_called(written: str) -> None:
    assert re.search("@(?!\u200b)", body.inert(written)) is None


@pytest.mark.parametrize("written", ["fixes #12", "a/b#12", "&#35;12", "GH-12", "gh-3"])
def test_no_other_issue_is_named(written: str) -> None:
    assert re.search("#[0-9]|[Gg][Hh]-[0-9]", body.inert(written)) is None


@pytest.mark.parametrize(
    "written",
    [
        "`@cached_property` and ``a`@b``",
        "jane@fernway.example",
        "see https://fernway.example/@team/x#12 there",
        "[the page](https://fernway.example/a/@b)",
        "a -> b <-- c, 3 < 4",
        "# not a heading",
    ],
)
def test_code_addresses_and_plain_words_stay_as_they_are(written: str) -> None:
    assert body.inert(written) == written


def test_a_text_that_is_too_long_is_cut() -> None:
    base = Base("INC-1", 1)
    whole = body.with_base(body.text_of([("", "word " * 50_000)]), base)
    assert len(whole) <= body.LONGEST
    assert body.base_of(whole) == base
