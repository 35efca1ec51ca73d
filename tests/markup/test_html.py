"""HTML from a wiki becomes Markdown that says the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markup.html import to_markdown
from generator.markup.html_tree import parse


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<h2>Root <em>cause</em></h2><p>A &amp; B</p>", "## Root *cause*\n\nA & B\n"),
        ("<p>one<br/>two</p>", "one\\\ntwo\n"),
        ("<p>a <strong>bold</strong> <code>x|y</code></p>", "a **bold** `x|y`\n"),
        ('<p><a href="https://example.com/a b">here</a></p>', "[here](https://example.com/ab)\n"),
        ('<p><a href="Other_12.html">Other</a></p>', "[Other](Other_12.html)\n"),
        ('<p><a href="javascript:x()">no</a></p>', "no\n"),
        ("<ul><li>one<ul><li>in</li></ul></li><li><p>two</p></li></ul>", "- one\n  - in\n- two\n"),
        ("<ol><li>one</li><li>two</li></ol>", "1. one\n2. two\n"),
        ("<ul><li>not closed<li>either</ul>", "- not closed\n- either\n"),
        ("<pre>a\n  b</pre>", "```\na\n  b\n```\n"),
        ('<pre class="language-sql">select 1</pre>', "```sql\nselect 1\n```\n"),
        ("<blockquote><p>said</p></blockquote>", "> said\n"),
        ("<p>a</p><hr><p>b</p>", "a\n\n---\n\nb\n"),
        (
            "<table><tr><th>Time</th><th>Event</th></tr><tr><td>14:02</td><td><p>a</p><p>b | c</p></td></tr></table>",
            "| Time | Event |\n| --- | --- |\n| 14:02 | a<br>b \\| c |\n",
        ),
        (
            "<table><tr><th>Severity</th><td>SEV1</td></tr></table>",
            "|  |  |\n| --- | --- |\n| Severity | SEV1 |\n",
        ),
        ('<p><img src="attachments/1/2.png" alt="a graph"></p>', "![a graph](attachments/1/2.png)\n"),
        ("<p># no heading</p><p>1. no list</p>", "\\# no heading\n\n1\\. no list\n"),
        ("<script>alert(1)</script><style>p{}</style><p>text</p>", "text\n"),
        ("loose <b>text</b>", "loose **text**\n"),
        ("", ""),
    ],
)
def test_html_becomes_markdown(html, markdown):
    assert to_markdown(html) == markdown


def test_a_task_list_of_a_wiki_is_a_task_list():
    html = '<ul class="inline-task-list"><li class="checked" data-inline-task-id="1">a</li><li data-inline-task-id="2">b</li></ul>'

    assert to_markdown(html) == "- [x] a\n- [ ] b\n"


def test_panels_and_code_keep_their_titles():
    html = (
        '<div class="confluence-information-macro confluence-information-macro-note"><p class="title">Beware</p>'
        '<div class="confluence-information-macro-body"><p>Do not.</p></div></div>'
        '<div class="code panel pdl"><div class="codeHeader panelHeader pdl"><b>Query</b></div><div class="codeContent">'
        '<pre class="syntaxhighlighter-pre" data-syntaxhighlighter-params="brush: sql; gutter: false">select 1</pre></div></div>'
    )
    assert to_markdown(html) == "> **Beware**\n>\n> Do not.\n\n**Query**\n\n```sql\nselect 1\n```\n"


def test_people_dates_and_signs_are_their_words():
    html = (
        '<p><img class="emoticon emoticon-tick" src="images/icons/emoticons/check.png" alt="(tick)"> '
        '<a class="confluence-userlink user-mention" href="~jane">Jane Smith</a> by <time datetime="2026-04-01"></time>'
        '<span class="status-macro aui-lozenge">DONE</span></p>'
    )
    assert to_markdown(html) == "✅ Jane Smith by 2026-04-01DONE\n"


@given(st.text(alphabet="<>/abpultdhr1 =\"'&;\n", max_size=200))
def test_no_html_raises_or_loses_its_words(html):
    to_markdown(html)


def test_nesting_without_end_is_cut():
    assert to_markdown("<div>" * 5000 + "deep") == "deep\n"
    assert len(parse("<b>" * 5000).children) == 1
