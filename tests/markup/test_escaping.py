"""Text that comes out as itself, whichever reader renders it."""

import html
import re

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator.markup import adf, escaping
from tests.sampling import examples

GITHUB = MarkdownIt("commonmark").enable(["table", "strikethrough"])
SITE = markdown.Markdown(
    extensions=[
        *("tables", "attr_list", "def_list", "footnotes", "admonition", "md_in_html", "toc", "abbr"),
        *("pymdownx.tilde", "pymdownx.betterem", "pymdownx.superfences", "pymdownx.details", "pymdownx.tasklist"),
    ]
)
PIECES = [
    *"abzAZ019 *_`~[](){}<>#+-.!|\\:=&;^'\"/?$%@,\n",
    *(
        "1. ",
        "- ",
        "--",
        "---",
        "```",
        "**",
        "__",
        "~~",
        "](",
        " http://a.example/c_d ",
        "&amp;",
        "<b>",
        "</p>",
        "<!--",
    ),
    *("[x] ", "[^1]", "!!! note", "???", "{: .a}", '=== "t"', ": "),
]


def words_of(page):
    """What a reader sees of a page, with white space folded."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"<br\s*/?>", "\n", page))).split())


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
@examples(300)
def test_any_text_is_shown_as_itself_by_both_kinds_of_reader(text):
    shown = adf.to_markdown(text)
    SITE.reset()

    assert words_of(GITHUB.render(shown)) == " ".join(text.split())
    assert words_of(SITE.convert(shown)) == " ".join(text.split())


MARKS = ["strong", "em", "strike", "underline", {"type": "link", "attrs": {"href": "https://a.example/x"}}]


@given(
    st.lists(
        st.tuples(
            st.text("ab .(*_", min_size=1, max_size=4),
            st.lists(st.sampled_from(range(len(MARKS))), max_size=3, unique=True),
        ),
        max_size=6,
    )
)
@examples(300)
def test_marks_in_any_order_leave_no_delimiter_behind(runs):
    marks = [[MARKS[number] for number in numbers] for _, numbers in runs]
    nodes = [
        {"type": "text", "text": text, "marks": [mark if isinstance(mark, dict) else {"type": mark} for mark in given]}
        for (text, _), given in zip(runs, marks, strict=True)
    ]

    shown = adf.to_markdown({"type": "paragraph", "content": nodes})

    assert words_of(GITHUB.render(shown)) == " ".join("".join(text for text, _ in runs).split())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("snake_case_name stays", "snake_case_name stays"),
        ("__init__ does not", "\\_\\_init\\_\\_ does not"),
        ("2 * 3 < 7 and [INFO] a | b", "2 * 3 < 7 and [INFO] a | b"),
        ("~5 minutes, ~~gone~~", "~5 minutes, \\~\\~gone\\~\\~"),
        ("# 1", "\\# 1"),
        ("12. March", "12\\. March"),
        ("- -Xmx512m", "\\- -Xmx512m"),
        ("List<String>", "List&lt;String>"),
        ("R&D &amp; co", "R&D &amp;amp; co"),
        ("see https://a.example/b_c_d.", "see <https://a.example/b_c_d>."),
        ("[a](b)", "[a\\](b)"),
    ],
)
def test_only_what_would_be_markup_is_escaped(text, shown):
    assert adf.to_markdown(text) == shown


def test_a_code_span_outdoes_the_backticks_in_it():
    assert escaping.code("a``b`") == "``` a``b` ```"


def test_a_fence_outdoes_the_fence_in_it():
    assert escaping.fence("```\nx\n```", 'py"><b>') == ["````pyb", "```", "x", "```", "````"]


@pytest.mark.parametrize(
    ("url", "trimmed"),
    [
        ("https://a.example/x).", "https://a.example/x"),
        ("https://a.example/x_(y))", "https://a.example/x_(y)"),
        ("https://a.example/?q=1,", "https://a.example/?q=1"),
    ],
)
def test_a_sentence_keeps_its_punctuation_out_of_an_address(url, trimmed):
    assert escaping.trimmed_url(url) == trimmed


def test_a_link_cannot_be_broken_out_of():
    assert escaping.destination('https://a.example/a b)"<|>') == "https://a.example/ab%29%22%3C%7C%3E"
