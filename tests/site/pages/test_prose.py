"""The text of a document: as GitHub reads it, and the same whichever engine puts it into its frame."""

import re
from html import unescape
from html.parser import HTMLParser

import markdown as engine
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.site.pages.links import LinkTargets
from generator.site.pages.prose import DocumentBody, staged
from tests.sampling import examples
from tests.site.pages.archive import page

EXTENSIONS = ["attr_list", "toc"]


def rendered(text, **options):
    return staged(DocumentBody("postmortems/2026/a.md", "postmortems/A/", LinkTargets({})).parts(text, **options))


def through_engine(text):
    return engine.markdown(text.partition("\n---\n")[2] if text.startswith("---\n") else text, extensions=EXTENSIONS)


class Shape(HTMLParser):
    """The words of some HTML, and how lists are nested in it."""

    def __init__(self):
        super().__init__()
        self.words, self.lists, self.depth = [], [], 0

    def handle_starttag(self, tag, attrs):
        self.depth += tag in {"ul", "ol"}
        if tag == "li":
            self.lists.append(self.depth)

    def handle_endtag(self, tag):
        self.depth -= tag in {"ul", "ol"}

    def handle_data(self, data):
        self.words += data.split()


def shape(html):
    parser = Shape()
    parser.feed(html)
    parser.close()
    return parser.words, parser.lists


@pytest.mark.parametrize(
    ("text", "words", "lists"),
    [
        ("Text\n- one\n- two\n", ["Text", "one", "two"], [1, 1]),
        ("- one\n  - two\n    - three\n", ["one", "two", "three"], [1, 2, 3]),
        ("1. one\n   - two\n2. three\n", ["one", "two", "three"], [1, 2, 1]),
        ("- one\n\n  more\n- two\n", ["one", "more", "two"], [1, 1]),
        ("* one\n+ two\n", ["one", "two"], [1, 1]),
        ("7. seven\n8. eight\n", ["seven", "eight"], [1, 1]),
        ("- ```\n  code\n  ```\n", ["code"], [1]),
        ("snake_case_word and 2 * 3 * 4\n", ["snake_case_word", "and", "2", "*", "3", "*", "4"], []),
        ("line\\\nbreak  \nhard\n", ["line", "break", "hard"], []),
        ("~~gone~~ www.example.com\n", ["gone", "www.example.com"], []),
    ],
)
def test_words_and_lists_are_those_of_github(text, words, lists):
    html = through_engine(rendered(text))

    assert shape(html) == (words, lists)


BLOCKS = st.sampled_from(
    [
        "A paragraph with `code`, *emphasis*, <kbd>Ctrl</kbd> and {{ braces }} {% x %}.",
        "- a\n- b\n  - c\n\n    d",
        "```html\n<div markdown=1>\n\n\n\ttab &amp; &lt;\n   \n</div>\n```",
        "| a | b |\n|---|---|\n| x\\|y | `z` |",
        "> quote\n>\n> - list",
        "<details><summary>More</summary>\n\n**inner**\n\n</details>",
        "<div>\n\nunclosed",
        "</div></details>",
        "text {#id .class} [^1] [x]: y",
        "1. one\n\n   two",
        "    indented\n\n\tcode",
        "***",
        "&nbsp; &amp;lt; \\* \\_ &#123;",
        "Term\n: Definition",
        "*[HTML]: abbr",
        "<!-- comment\n\n# hidden -->",
        "$$ x $$ ~~~ ^^^ ++ins++ ==mark==",
        "in Markdown the word markdown stands alone",
    ]
)
INLINE = st.text(alphabet="ab `*_[]()<>!#{}&;:|\\~=+-.\"'\u00e9\u0003\t1", max_size=24)


@examples(120)
@given(st.lists(BLOCKS | INLINE.map(lambda text: f"## {text}") | INLINE, min_size=1, max_size=5))
def test_an_engine_changes_nothing_in_what_was_rendered(blocks):
    text = rendered("\n\n".join(blocks))
    html = through_engine(text)
    for piece in re.findall(r'^<div class="pm-prose">\n.*?\n</div>$', text, re.MULTILINE | re.DOTALL):
        assert piece in html


@examples(150)
@given(INLINE)
def test_the_words_of_a_heading_reach_the_reader_through_the_engine(title):
    prose = DocumentBody("postmortems/2026/a.md", "postmortems/A/", LinkTargets({}))
    for part in prose.parts(f"## {title}\n"):
        if part.level:
            html = through_engine(staged([part]))
            assert html.startswith(f'<h{part.level} id="{part.anchor}">')

            assert "".join(shape(html)[0]) == "".join(shape(f"<p>{part.html}</p>")[0])


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "<svg onload=alert(1)><style>*{display:none}</style></svg>",
    "<iframe src=//evil.example></iframe>",
    "<details ontoggle=alert(1) open>x</details>",
    "<div style='position:fixed'>x</div>",
    "<form action=//evil.example><input name=q><button>x</button></form>",
    "<a id=__config name=__search>x</a>",
    "<p class='pm-finder'>x</p>",
    "![x](javascript:alert(1))",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "\ufdd00\ufdd1 \ufdd20\ufdd1",
    "<base href=//evil.example><meta http-equiv=refresh content=0><link rel=stylesheet href=//evil.example>",
]
TAGS = re.compile(r"<[^>]*>")
FORBIDDEN = re.compile(
    r"<(script|style|iframe|object|embed|svg|form|input|button|base|meta|link|math)\b|\son\w+\s*=|javascript:|data:|\sstyle=|__config|pm-finder",
    re.IGNORECASE,
)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "- {}",
        "## {}",
        "> {}",
        "| a |\n|---|\n| {} |",
        "<div>\n\n{}\n\n</div>",
        "**{}**",
        "[{}](https://example.com)",
    ],
)
def test_nothing_in_a_text_can_run(text, around):
    html = through_engine(rendered(around.format(text)))

    assert not [tag for tag in TAGS.findall(html) if FORBIDDEN.search(tag)]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_a_table_of_times_or_actions_can_run(text):
    cell = text.replace("|", "\\|")
    body = (
        f"## Timeline\n\n| Time | Event | Source | {cell} |\n|---|---|---|---|\n| {cell} | {cell} | {cell} | {cell} |\n| 10:00 | {cell} | | |\n\n"
        f"## Action items\n\n| # | Action | Owner | Due date | Status | Ticket | Type |\n|---|---|---|---|---|---|---|\n"
        f"| {cell} | {cell} | {cell} | {cell} | {cell} | {cell} | {cell} |\n\n- [ ] {cell} — owner: {cell}; evidence: {cell}\n"
    )
    html = through_engine(page(body))
    inside = html[html.index('id="timeline"') :]

    assert not [tag for tag in TAGS.findall(inside) if FORBIDDEN.search(tag)]


def test_tasks_show_their_state_owner_and_proof():
    text = rendered(
        "- [x] Done — owner: jane; evidence: [OPS-1](https://jira.example.com/OPS-1)\n- [ ] Open — owner: ; evidence:\n"
    )

    assert text.count('aria-label="Done"') == text.count('aria-label="To do"') == 1
    assert '<span class="pm-part">jane</span>' in text
    assert '<a href="https://jira.example.com/OPS-1">OPS-1</a>' in text
    assert "no owner" in text
    assert "evidence:" not in text


def test_the_engines_contents_lead_to_githubs_anchors():
    md = engine.Markdown(extensions=EXTENSIONS, extension_configs={"toc": {"permalink": "#"}})
    html = md.convert(rendered("## `__init__` and *more* __x__\n"))

    assert [(token["id"], unescape(token["name"])) for token in md.toc_tokens] == [
        ("__init__-and-more-x", "__init__ and more x")
    ]
    assert 'id="__init__-and-more-x"' in html
    assert 'href="#__init__-and-more-x"' in html


def test_alerts_code_footnotes_and_todos_are_set_apart():
    text = rendered("> [!WARNING]\n> Hot.\n\n```python\nx = 1\n```\n\nA[^1] TODO: ask\n\n[^1]: note\n")

    assert '<div class="pm-alert pm-alert-warning">\n<p class="pm-alert-title">Warning</p>\n<p>Hot.</p>' in text
    assert '<span class="mi">1</span>' in text
    assert 'href="#fn1"' in text
    assert 'id="fn1"' in text
    assert '<mark class="pm-todo">TODO:</mark>' in text


def test_headings_get_githubs_anchors_and_stay_below_the_title():
    text = rendered("# One\n\n## Root cause\n\n### Root cause\n\n# Two\n", drop_title="Something else")

    assert re.findall(r"^(#+) .*?\{#(.*)\}$", text, re.MULTILINE) == [
        ("##", "one"),
        ("###", "root-cause"),
        ("####", "root-cause-1"),
        ("##", "two"),
    ]


def test_a_first_heading_that_repeats_the_title_is_not_shown_twice():
    assert rendered("# The *Title*\n\n## Summary\n", drop_title="The title") == "## Summary {#summary}\n"


def test_details_keep_the_headings_inside_them():
    text = rendered("<details><summary>Log</summary>\n\n## Inside\n\ntext\n\n</details>\n\n## After\n")

    assert re.search(r'<details><summary>Log</summary>\n<h2 id="inside">Inside</h2>\n<p>text</p>\n</details>', text)
    assert "## After {#after}" in text
