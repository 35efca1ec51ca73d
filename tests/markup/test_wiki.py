"""Jira wiki markup as Markdown."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markup.wiki import to_adf, to_markdown
from tests.sampling import examples

PEOPLE, FILES = {"5b:7": "Omar Haddad"}, {"graph.png": "https://a.example/7"}


def cases():
    """The cases of `wiki.txt`: a title, the wiki markup and the Markdown, each ended by a line with a full stop."""
    parts = Path(__file__).with_name("wiki.txt").read_text(encoding="utf-8").split("\n.\n")
    for title, wiki, markdown in zip(*[iter(parts)] * 3, strict=False):
        yield pytest.param(wiki, markdown, id=title.strip())


@pytest.mark.parametrize(("wiki", "markdown"), list(cases()))
def test_every_construct_has_its_markdown(wiki, markdown):
    assert to_markdown(wiki, people=PEOPLE, files=FILES) == markdown


def test_windows_line_ends_are_line_ends():
    assert to_markdown("a\r\n\r\nb\rc") == "a\n\nb  \nc"


def test_the_result_is_a_document_as_cloud_holds_it():
    assert to_adf("*x*") == {
        "type": "doc",
        "version": 1,
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": "x", "marks": [{"type": "strong"}]}]}],
    }


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "{{",
            "[",
            "*",
            "**a",
            "_a ",
            "{code}",
            "{quote}",
            "{panel:x}",
            "!a",
            "|",
            "||",
            "* ",
            "\\",
            "{color:",
            "http://",
        ),
        *(
            "??",
            "-a -",
            "[a|",
            "]",
            "{*}",
            "h1. ",
            "!a.b|",
            "http://a)",
            "[~",
            "{quote}{panel}",
            "a\n",
            "*a _b -c ",
            "\n|",
        ),
    ],
)
def test_hostile_text_takes_linear_time(piece):
    begin = time.process_time()

    to_markdown(piece * (200_000 // len(piece)))

    assert time.process_time() - begin < 20  # it takes two seconds; what is quadratic takes hours


WORDS = st.sampled_from(["alpha", "beta7", "GAMMA", "delta", "epsilon"])
MARKUP = st.sampled_from(
    [
        *(
            " ",
            " ",
            "\n",
            "\n\n",
            "*",
            "_",
            "-",
            "+",
            "^",
            "~",
            "??",
            "{{",
            "}}",
            "[",
            "]",
            "|",
            "||",
            "\n|",
            "\n* ",
            "\n# ",
            "!",
        ),
        *(
            "\n## ",
            "\nh1. ",
            "\nbq. ",
            "{code}",
            "{noformat}",
            "{quote}",
            "{panel}",
            "{color:red}",
            "{color}",
            "\\",
            "\\\\",
        ),
        *(
            "\n----\n",
            "{*}",
            "(",
            ")",
            ":",
            ".",
            "https://a.example/",
            "#",
            "^",
            "[~",
            "[^",
            ".png",
            "<",
            ">",
            "`",
            "&",
        ),
    ]
)


@given(st.lists(WORDS | MARKUP, max_size=30))
@examples(600)
def test_no_word_gets_lost(pieces):
    text = "".join(pieces)
    spaced = re.sub(r"https://a\.example/|red|code|noformat|quote|panel|color|png|h1|bq", " ", text)

    shown = re.sub(r"&(?:lt|amp|#\d+);", " ", to_markdown(text))

    missing = [word for word in re.findall(r"[A-Za-z0-9]{4,}", spaced) if word not in shown]
    assert missing == []


@given(st.text(max_size=60))
@examples(300)
def test_any_text_is_read_without_an_error(text):
    assert isinstance(to_markdown(text), str)
