"""Rich text that has to fit."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markup import adf_rules, to_adf, to_wiki
from generator.markup.fitting import fit, length
from generator.markup.plain import words_of
from tests.markup.markdowns import TEXTS
from tests.sampling import examples

LINK = "https://git.example/postmortems/2026/a.md"
SECTIONS = [
    ("Summary", "Payments failed.\n\nFor [long][1].\n\n[1]: https://x.example/"),
    ("Timeline", "```\n14:32 one\n\n14:35 two\n```\n\n- a\n- b"),
    ("Root cause", "The pool."),
]
RENDERERS = pytest.mark.parametrize("render", [to_adf.render, to_wiki.render], ids=["adf", "wiki"])


@RENDERERS
def test_what_fits_is_whole(render):
    found = fit(SECTIONS, 30_000, render, link=LINK)

    assert words_of(found.value).startswith("Summary Payments failed. For long. Timeline 14:32 one")
    assert words_of(found.value).endswith("Root cause The pool.")
    assert found.notes == ()
    assert fit(SECTIONS, length(found.value), render, link=LINK) == found


@RENDERERS
def test_what_does_not_fit_is_cut_between_blocks_and_says_where_the_rest_is(render):
    whole = length(fit(SECTIONS, 30_000, render, link=LINK).value)
    seen = set()
    for limit in range(whole):
        found = fit(SECTIONS, limit, render, link=LINK)
        words = words_of(found.value)
        seen.add(words.partition("The text is longer")[0])
        assert length(found.value) <= limit or words == ""
        assert not words or "All of it is on the postmortem's page" in words
        assert ("14:32" in words) == ("14:35" in words)
        assert "The text was cut to" in found.notes[-1]

    assert seen >= {"", "Summary Payments failed. "}
    assert all(not words.endswith(("Timeline ", "Root cause ")) for words in seen)


def test_the_sentence_may_be_in_another_language():
    found = fit(SECTIONS, 140, to_wiki.render, link=LINK, more="Der Rest steht [hier]({link}).")

    assert found.value.endswith(f"Der Rest steht [hier|{LINK}].")


def test_links_are_relative_to_the_page():
    found = fit([("", "[a](b.md)")], 1000, to_wiki.render, link=LINK)

    assert found.value == "[a|https://git.example/postmortems/2026/b.md]"


def test_characters_beyond_the_first_plane_count_twice():
    assert length("a😀") == 3
    assert length({"a": "😀é"}) == len('{"a":"..é"}')


def test_folded_text_stays_together():
    folded = "<details><summary>S</summary>\n\none\n\ntwo\n\n</details>\n\nthree"
    words = {words_of(fit([("A", folded)], limit, to_wiki.render, link=LINK).value) for limit in range(110, 200)}

    assert all(("one" in found) == ("two" in found) for found in words)


@given(st.lists(st.tuples(st.text(max_size=10), TEXTS), max_size=4), st.integers(0, 3000))
@examples(100)
def test_any_sections_fit(sections, limit):
    for render in (to_adf.render, to_wiki.render):
        found = fit(sections, limit, render, link=LINK)

        assert length(found.value) <= limit or words_of(found.value) == ""
        assert isinstance(found.value, str) or adf_rules.faults(found.value) == ()
        assert json.dumps(found.value)
