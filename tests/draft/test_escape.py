"""Other tools' text shows what it says and does nothing else."""

import pytest

from generator.draft.escape import block, cell, fenced, inline, lines, link, one_line, plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb\t c", "a b c"),
        ("**bold** and `x | y`", "**bold** and `x | y`"),
        ("<b>x</b>", "&lt;b>x&lt;/b>"),
        ("5 < 6 and a <- b", "5 < 6 and a <- b"),
        ("\\<b>", "&lt;b>"),
        ("`<b>` <b>", "`<b>` &lt;b>"),
        ("<https://example.com/a>", "<https://example.com/a>"),
        ("![graph](https://example.com/g.png)", "[graph](https://example.com/g.png)"),
        ("![](https://example.com/g.png)", "[picture](https://example.com/g.png)"),
        ("[a](https://example.com)", "[a](https://example.com)"),
        ("[a](javascript:x)", "[a]\\(javascript:x)"),
        ("[a](//example.com)", "[a]\\(//example.com)"),
        ("receiver:\n- one\n- two", "receiver: one; two"),
        ("- one\n- two", "one; two"),
        ("{{ 7 * 7 }}", "{{ 7 * 7 }}"),
        ("x{onclick=y}", "x\\{onclick=y}"),
    ],
)
def test_markdown_on_one_line_only_shows(text, shown):
    assert inline(text) == shown


def test_plain_values_show_their_very_characters():
    assert plain("*a* `b` [c](d) <e> snake_case\nnext") == "\\*a\\* \\`b\\` [c\\](d) &lt;e> snake_case next"


def test_a_cell_keeps_its_pipes_inside():
    assert cell("a | b \\| c") == "a \\| b \\| c"


def test_headings_become_bold_lines():
    assert block("# One\ntext\n\nTwo\n===\nThree\n---\n####### seven") == (
        "**One**\n\ntext\n\n**Two**\n\n**Three**\n\n####### seven"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("```python\n# no heading\n<b>", "```python\n# no heading\n<b>\n```"),
        ("~~~~ x `y`\n# no heading\n~~~\n~~~~\n# heading", "~~~~x\n# no heading\n~~~\n~~~~\n**heading**"),
        ("- a\n  ```\n  x\n\n<b>", "- a\n```\n  x\n\n<b>\n```"),
        ("    ```\n<b>", "    ```\n&lt;b>"),
        ("```a``` b\n# c", "```a``` b\n**c**"),
    ],
)
def test_fences_are_closed_and_what_is_in_them_stays(text, shown):
    assert block(text) == shown


def test_a_definition_of_a_link_is_text():
    assert block("[Timeline]: javascript:alert(1)") == "\\[Timeline]: javascript:alert(1)"


def test_a_code_block_is_fenced_longer_than_anything_in_it():
    assert fenced("a\n````\nb\n\n") == "`````text\na\n````\nb\n`````"


def test_links_lead_to_web_addresses_only():
    assert link("a [b]", "https://example.com/x(z|") == "[a \\[b\\]](https://example.com/x%28z%7C)"
    assert link("click", "javascript:alert(1)") == "click"
    assert link("", "https://example.com") == "<https://example.com>"


def test_control_characters_go_and_every_line_break_is_one():
    assert one_line("a\x00b\u202ec \u2028 d\ud83d") == "abc d"
    assert lines("a\r\nb\rc\u2028d\x0be\x07") == "a\nb\nc\nd\ne"
