"""Whatever a document holds is only read: it mentions nobody, ends no block, and hides nothing."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator.markup.github_text import code, fenced, inert, line

BREAK = "\u200b"
texts = st.text(st.sampled_from("ab1 @#`~*_-=[](){}<>!|\\/:.&;$'\"+^\n\r\t\u200b\u202e\u00e9") | st.characters())
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
EVIL = [
    "@fernway-example/team please look",
    "mail jane@example.com or @jane",
    "<!-- postmortem:review --> hidden -->",
    "```\n@team\n```",
    "`` ` `` @team `a``b",
    "[click](javascript:alert(1)) ![x](https://example.com/x.png)",
    "https://example.com www.example.com <https://example.com>",
    "closes #12 and GH-12 fernway/x#3",
    "<script>alert(1)</script><img src=x onerror=y>",
    "&#64;team &lt;b&gt;",
    "a | b\n---|---\n",
    "# title\n- item\n1. one\n> quote\n===",
    "$x$ **bold** ~~gone~~ \\@team",
    "\u202e\u2066reversed\u2069",
]


def spoken(markdown: str) -> tuple[list[str], list[str]]:
    """The prose and the code that a line renders as; anything else fails."""
    tokens = MARKDOWN.parse(f"Line: {markdown}")
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children
    assert {child.type for child in children} <= {"text", "code_inline", "text_special"}
    prose = [child.content for child in children if child.type != "code_inline"]
    return prose, [child.content for child in children if child.type == "code_inline"]


def bare(text: str) -> str:
    return re.sub(rf"[\s`{BREAK}]", "", text)


@given(texts)
@example("".join(EVIL))
def test_a_text_renders_as_its_own_words_and_nothing_else(text):
    prose, held = spoken(inert(text, 10_000))

    said = "".join(prose).removeprefix("Line:").strip()
    everything = MARKDOWN.parseInline(f"Line: {inert(text, 10_000)}")[0].children
    assert bare("".join(child.content for child in everything)) == bare(f"Line: {line(text, 10_000)}")
    assert not re.search(r"@\w", said)
    assert not re.search(r"#\w", said)
    assert all("\n" not in one for one in held)


@pytest.mark.parametrize("text", EVIL)
def test_what_tries_to_be_more_stays_words(text):
    prose, _ = spoken(inert(text))

    assert "@fernway" not in "".join(prose)
    assert "@team" not in "".join(prose)
    assert "<!--" not in re.sub(r"`[^`]*`", "", inert(text))


@given(texts)
def test_code_is_one_span_of_exactly_the_line(text):
    prose, held = spoken(code(text, 10_000))

    assert [one for one in prose if one.strip() not in {"", "Line:"}] == []
    assert [one.strip() for one in held] == [line(text, 10_000).strip()] or line(text, 10_000) == ""


@given(st.text(st.characters(exclude_characters="\n\r\u2028\u2029\x85\x0b\x0c\x00\x1c\x1d\x1e")))
def test_a_fenced_text_ends_where_we_end_it_and_is_exactly_itself(text):
    tokens = MARKDOWN.parse(f"{fenced(text, 'suggestion')}\nafter")

    assert tokens[0].type == "fence"
    assert tokens[0].content == f"{text}\n"
    assert tokens[0].info == "suggestion"
    assert tokens[2].content == "after"


def test_a_long_text_is_cut():
    assert len(line("word " * 1000)) <= 400
    assert line("word " * 1000).endswith("…")
