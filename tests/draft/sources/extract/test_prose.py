"""Other people's text becomes Markdown that shows it and does nothing else."""

import html
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator.draft.sources.extract.prose import cut, flat, joined, markdown

WRITTEN = st.text(alphabet="ab1 *_`~[]()!<>&;#\\/.-:|{}", max_size=30)


@given(WRITTEN)
@example("a *b* _c_ `d` [e](javascript:f) <script>g</script> &amp; ~~h~~")
@example("__init__ snake_case 2 * 3 a<b")
@example("\\*")
def test_plain_text_is_shown_as_it_was_written(written):
    line = " ".join(written.split())

    shown = MarkdownIt("commonmark").enable("strikethrough").renderInline(markdown(line))

    assert "<" not in re.sub(r"<br />", "", shown)
    assert html.unescape(shown) == line


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("# What\n\nIt *broke*", "What: It *broke*"),
        ("- one\n- [x] two", "one • two"),
        ("> said\nanswered", "said answered"),
        ("Log:\n```\na\nb\n```\nend", "Log: `a b` end"),
        ("```\n" + "long " * 60 + "\n```", "…"),
        ("a <!-- hidden --> <details>b</details>", "a b"),
        ("see <https://example.com/x>", "see <https://example.com/x>"),
        ("![graph](https://example.com/g.png)", "[graph](https://example.com/g.png)"),
    ],
)
def test_a_persons_markdown_is_folded_to_one_line(written, line):
    assert flat(written) == line


def test_a_long_line_is_cut_between_words():
    assert cut("one two three", 9) == "one two …"


def test_a_cut_leaves_no_half_link_and_no_half_code():
    assert cut("see [the long title](https://example.com/a)", 30) == "see …"
    assert cut("run `rm the whole` now", 12) == "run …"


def test_parts_are_joined_once():
    assert joined("a", "", "b", "a") == "a — b"
