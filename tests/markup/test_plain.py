"""The words of a value, whatever Jira did to its form."""

import copy

from hypothesis import given
from hypothesis import strategies as st

from generator.markup import to_adf, to_wiki
from generator.markup.plain import words_of
from tests.markup.markdowns import TEXTS
from tests.sampling import examples


def rewritten(node):
    """A document as Jira gives it back: with ids, other attributes and the marks in another order."""
    found = copy.deepcopy(node)
    waiting = [found]
    while waiting:
        one = waiting.pop()
        if one["type"] not in {"doc", "text", "hardBreak"}:
            one["attrs"] = {**one.get("attrs", {}), "localId": "5f0c"}
        if one["type"] in {"tableCell", "tableHeader"}:
            one["attrs"] |= {"colspan": 1, "background": None}
        if "marks" in one:
            one["marks"].reverse()
        waiting += one.get("content", [])
    return found


@given(TEXTS)
@examples(100)
def test_a_document_that_was_written_anew_has_the_same_words(markdown):
    document = to_adf.render(markdown).value

    assert words_of(rewritten(document)) == words_of(document)


@given(TEXTS)
@examples(100)
def test_markup_with_other_line_ends_has_the_same_words(markdown):
    markup = to_wiki.render(markdown).value

    assert words_of(markup.replace("\n", "\r\n")) == words_of(markup)


def test_nothing_has_no_words():
    assert words_of(None) == words_of("") == words_of({"type": "doc", "version": 1, "content": []}) == ""


def test_invisible_characters_and_spaces_are_no_words():
    assert words_of("a\u2060b \u00a0 c\n\nd") == "ab c d"


def test_the_title_of_folded_text_is_seen():
    document = {"type": "doc", "version": 1, "content": [{"type": "expand", "attrs": {"title": "More"}, "content": []}]}

    assert words_of(document) == "More"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["type", "content", "attrs", "text", "title"]), inner, max_size=4)
        ),
        max_leaves=10,
    )
)
@examples(200)
def test_no_value_raises(value):
    assert isinstance(words_of(value), str)
