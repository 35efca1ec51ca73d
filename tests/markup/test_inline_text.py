"""What a reader sees of Markdown, against the page's own reader and in time that grows with the text alone."""

import html
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markup.inline_text import LinkedText, Paragraph, linked_texts, paragraphs, text_of
from generator.site.pages import gfm, sanitise


def shown(markdown: str) -> str:
    """The words of the page's own HTML of a line."""
    slots = gfm.Slots()
    page = slots.fill(
        sanitise.clean(gfm.markdown().renderInline(markdown, {"slots": slots}), lambda href, picture=False: href)
    )
    described = re.sub(r'<img\b[^>]*?alt="([^"]*)"[^>]*>', r"\1", page)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"<br\b[^>]*>", " ", described))).split())


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("**Root cause**", "Root cause"),
        ("[Timeline](#timeline)", "Timeline"),
        ("![picture of *it*](a.png) Title", "picture of it Title"),
        ("[![alt](inner.png)](restricted-plan.md)", "alt"),
        ("Use `kubectl` now", "Use kubectl now"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ("*emphasis* and _more_", "emphasis and more"),
        ("a \\* b <br> c {#anchor}", "a * b c"),
        ("line<br/>break", "line break"),
        ("before <!-- secret **name** --> after", "before after"),
        ("before <!-- over\ntwo lines --> after", "before after"),
        ("before <!-- never ends [x](y)", "before"),
        ("`<!-- code -->` stays", "<!-- code --> stays"),
        ("<!--> at once -->", "at once -->"),
        ("a <?php secret ?> b <![CDATA[secret]]> c", "a b c"),
        ("<script>alert('secret')</script>done", "done"),
        ("<svg><title>secret</title></svg>done <STYLE>secret</STYLE>", "done"),
        ('<span title="secret" data-x="secret">seen</span>', "seen"),
        ("AT&amp;T &lt;b&gt; &#169;", "AT&T <b> ©"),
        ("[words][label] and ![alt][label] and [same][]", "words and alt and same"),
        ("stated[^1], again[^note-two], but not [^0-9] or [^a-z]", "stated, again, but not [^0-9] or [^a-z]"),
        ("<https://example.com/a> and <jane@example.com>", "https://example.com/a and jane@example.com"),
        ("~~struck~~ out", "struck out"),
        ("[plan](../2024/secret-restricted.md 'also secret')", "plan"),
        ("two  spaces\n\tand a break", "two spaces and a break"),
        ("", ""),
    ],
)
def test_text_is_what_a_reader_sees(markdown, words):
    assert text_of(markdown) == words


@pytest.mark.parametrize("size", [1_900, 2_100, 50_000])
def test_a_long_text_hides_as_much_as_a_short_one(size):
    markdown = f"{'word ' * (size // 5)}<!-- hidden --> [plan](restricted-name.md) end"

    words = text_of(markdown)

    assert words.endswith("word plan end")
    assert "hidden" not in words
    assert "restricted" not in words


@given(
    st.lists(
        st.sampled_from(
            [
                "*",
                "_",
                "`",
                "**",
                "~~",
                "[",
                "]",
                "(",
                ")",
                "<",
                ">",
                "!",
                "&",
                ";",
                "\\",
                "a",
                "b",
                "c.md",
                "<b>",
                "</b>",
                "&amp;",
                "<br>",
                "é",
            ]
        ),
        max_size=24,
    )
)
def test_text_agrees_with_the_page_of_any_line(pieces):
    markdown = " ".join(pieces)
    unread = "<br>" in markdown and "`" in markdown  # the page's HTML cannot tell a break in code from one in text

    assert unread or text_of(markdown).replace(" ", "") == shown(markdown).replace(" ", "")


@given(st.text(max_size=200))
def test_any_text_has_words_on_one_line(markdown):
    words = text_of(markdown)

    assert words == " ".join(words.split())


@pytest.mark.parametrize(
    "unit", ["[", "![", "[a](", "[a][", "*a ", "_a", "<!-- ", "<a ", "<?", "`a``b", "&amp", "[^a]", "{#a", "\\"]
)
def test_time_grows_with_the_text(unit):
    def seconds(size: int) -> float:
        markdown = (unit * size)[:size]
        start = time.process_time()
        linked_texts.__wrapped__(markdown)
        return time.process_time() - start

    seconds(1_000)
    short, long = min(seconds(3_000) for _ in range(2)), seconds(15_000)

    assert long < 0.3 or long < 15 * short


def test_links_keep_their_addresses_apart():
    assert linked_texts("See [the *ticket*](https://t.example/1) <!-- [x](y) -->or `it`") == (
        LinkedText("See "),
        LinkedText("the ticket", "https://t.example/1"),
        LinkedText(" or it"),
    )


def test_paragraphs_are_those_of_the_page():
    text = (
        "<!--\n- hidden item\n\nhidden paragraph\n-->\n\n# Heading\n\n| a | b |\n|---|---|\n| c | d |\n\n"
        "```\ncode\n```\n\n<div>raw</div>\n\nFirst **one**\ngoes on <!-- hidden -->\n\n- [ ] a task\n- item\n"
    )

    assert list(paragraphs(text)) == [
        Paragraph("First one goes on", in_list=False),
        Paragraph("a task", in_list=True),
        Paragraph("item", in_list=True),
    ]
