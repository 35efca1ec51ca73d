"""Raw HTML goes around the engine and comes back unharmed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import PostmortemError
from generator.site.build.placeholders import put_back, take_out

PIECES = [
    "<div>\n<p>a</p>\n\n<div>b</div>\n</div>",
    "<table><tr><td>x</td></tr></table>",
    "<div>never closed",
    "</div>",
    "## Heading {#here}",
    "```html\n\n<div>code</div>\n\n```",
    "~~~\n\n<ul>\n",
    "    <div>indented</div>",
    "words <div>inline</div>",
    '<div markdown="1">\n*parsed*\n</div>',
    "<header><h1>Title</h1></header>",
    '<div data-hole="0"></div>',
    '<section title="a">\n<section></section></section>',
    "<divider></divider>",
    "",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES)), st.sampled_from(["\n", "\n\n", "\n\n\n"]))
def test_taking_out_and_putting_back_changes_nothing(pieces, between):
    text = between.join(pieces)
    shell, blocks = take_out(text)

    assert put_back(shell, blocks, "page") == text


def test_a_block_becomes_a_numbered_hole_and_headings_stay():
    shell, blocks = take_out("# A\n\n<div>\n<div>1</div>\n\n</div>\n\n## B\n\n<ul>\n<li>2</li>\n</ul>\n")

    assert shell == '# A\n\n<div data-hole="0"></div>\n\n## B\n\n<div data-hole="1"></div>\n'
    assert blocks == ("<div>\n<div>1</div>\n\n</div>", "<ul>\n<li>2</li>\n</ul>")


@pytest.mark.parametrize(
    "text",
    [
        "text\n<div>not after an empty line</div>\n",
        "<div>open\n\ntext\n",
        "<div>a</div> and more\n\ntext\n",
        "```\n\n<div>code</div>\n\n```\n",
        "~~~~\n\n<div>code</div>\n\n~~~\n\n<div>still code</div>\n\n",
        '<div markdown="1">\n\n*a*\n\n</div>\n',
        "<header>\n<h1>The title</h1>\n</header>\n",
        "    <div>code</div>\n",
        "<custom-tag>a</custom-tag>\n",
    ],
)
def test_what_is_not_clearly_a_block_of_html_stays_for_the_engine(text):
    assert take_out(text) == (text, ())


def test_a_hole_that_the_theme_lost_is_an_error():
    with pytest.raises(PostmortemError, match=r"left out a part of the page a\.md"):
        put_back('<div data-hole="0"></div>', ("<p>1</p>", "<p>2</p>"), "a.md")


def test_a_hole_that_the_theme_shows_twice_is_filled_twice():
    hole = '<div data-hole="0"></div>'

    assert put_back(hole + hole, ("<p>1</p>",), "a.md") == "<p>1</p><p>1</p>"
