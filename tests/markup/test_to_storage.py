"""Markdown in Confluence's storage format."""

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import assume, given

from generator.markup.to_storage import phrase, render
from tests.markup.markdowns import ANY, TEXTS, holds, letters, shown

BASE = "https://git.example/docs/page.md"
FILES = {"page/g.png": "g.png", "page/a b.txt": "a b.txt"}
TAGGED = re.compile(r"(!!!|\?\?\?)\+?\s*<")  # a tag where an admonition has its kind, which the page shows as a word
PICTURE = '<ri:attachment ri:filename="g.png" />'


def macro(name, inner):
    return f'<ac:structured-macro ac:name="{name}" ac:schema-version="1">{inner}</ac:structured-macro>'


def parameter(name, value):
    return f'<ac:parameter ac:name="{name}">{value}</ac:parameter>'


def code(text, language=""):
    named = parameter("language", language) if language else ""
    return macro("code", f"{named}<ac:plain-text-body><![CDATA[{text}]]></ac:plain-text-body>")


def rich(inner):
    return f"<ac:rich-text-body>{inner}</ac:rich-text-body>"


def task(number, status, body):
    return f"<ac:task><ac:task-id>{number}</ac:task-id><ac:task-status>{status}</ac:task-status><ac:task-body>{body}</ac:task-body></ac:task>"


TODO = macro("status", parameter("colour", "Red") + parameter("title", "TODO:"))
CASES = {
    "nothing": ("", ""),
    "marks": ("**a *b*** ~~d~~", "<p><strong>a </strong><strong><em>b</em></strong> <del>d</del></p>"),
    "signs": ('a < b & "c"', "<p>a &lt; b &amp; &quot;c&quot;</p>"),
    "code in a line": ("`a<b>`", "<p><code>a&lt;b&gt;</code></p>"),
    "a link": (
        "[a **b**](https://x.example/?a&b)",
        '<p><a href="https://x.example/?a&amp;b">a <strong>b</strong></a></p>',
    ),
    "a relative link": ("[a](other.md)", '<p><a href="https://git.example/docs/other.md">a</a></p>'),
    "an attachment": (
        "[the log](page/a%20b.txt)",
        '<p><ac:link><ri:attachment ri:filename="a b.txt" /><ac:link-body>the log</ac:link-body></ac:link></p>',
    ),
    "a picture": ("![An *e*](./page/g.png)", f'<p><ac:image ac:alt="An e">{PICTURE}</ac:image></p>'),
    "a picture elsewhere": (
        "![x](https://x.example/i.png)",
        '<p><ac:image ac:alt="x"><ri:url ri:value="https://x.example/i.png" /></ac:image></p>',
    ),
    "a picture with a link": (
        "[![x](page/g.png)](https://x.example/)",
        f'<p><a href="https://x.example/"><ac:image ac:alt="x">{PICTURE}</ac:image></a></p>',
    ),
    "an attachment cannot be named from outside": ("[a](attachment:g.png)", "<p>a (attachment:g.png)</p>"),
    "a script is text": ("[a](<javascript:x>)", "<p>[a](&lt;javascript:x&gt;)</p>"),
    "line breaks": ("a<br>b\nc", "<p>a<br />b c</p>"),
    "a mark for what is missing": ("TODO: why", f"<p>{TODO} why</p>"),
    "a heading": ("## a *b*", "<h2>a <em>b</em></h2>"),
    "a rule": ("a\n\n---", "<p>a</p><hr />"),
    "a block of code": ("```yaml\na: <b>\n```", code("a: <b>", "yml")),
    "a language that Confluence does not know": ("```mermaid\na\n```", code("a")),
    "code that would end itself": ("```\na]]>b]]>\n```", code("a]]]]><![CDATA[>b]]]]><![CDATA[>")),
    "a quote": ("> a", "<blockquote><p>a</p></blockquote>"),
    "an alert": ("> [!WARNING]\n> a", macro("warning", rich("<p><strong>Warning</strong></p><p>a</p>"))),
    "folded text": (
        "<details><summary>S</summary>\n\na\n\n</details>",
        macro("expand", parameter("title", "S") + rich("<p>a</p>")),
    ),
    "lists": ("3. a\n   - b", '<ol start="3"><li><p>a</p><ul><li><p>b</p></li></ul></li></ol>'),
    "tasks": (
        "- [ ] a\n  - [x] b\n- [ ] c",
        "<ac:task-list>"
        + task(1, "incomplete", "a<ac:task-list>" + task(2, "complete", "b") + "</ac:task-list>")
        + task(3, "incomplete", "c")
        + "</ac:task-list>",
    ),
    "a table": (
        "| a | b |\n|---|---|\n| c<br>d | |",
        "<table><tbody><tr><th><p>a</p></th><th><p>b</p></th></tr><tr><td><p>c<br />d</p></td><td><p></p></td></tr></tbody></table>",
    ),
}


def visible(value):
    """The letters of a page, with the titles of macros and what is said of pictures."""
    root = ET.fromstring(f'<page xmlns:ac="ac" xmlns:ri="ri">{value}</page>')
    words = []

    def walk(node):
        words.append(node.attrib.get("{ac}alt", ""))
        hidden = node.tag in {"{ac}task-id", "{ac}task-status"} or node.attrib.get("{ac}name") in {"colour", "language"}
        words.append("" if hidden else node.text or "")
        for child in node:
            walk(child)
            words.append(child.tail or "")

    walk(root)
    return letters("".join(words))


@pytest.mark.parametrize(("markdown", "expected"), CASES.values(), ids=CASES)
def test_every_construct_has_its_storage_format(markdown, expected):
    rendered = render(markdown, base=BASE, files=FILES)

    assert rendered.value == expected
    assert rendered.notes == ()


def test_what_has_no_place_is_told():
    rendered = render("- # a")

    assert rendered.value == "<ul><li><p><strong>a</strong></p></li></ul>"
    assert rendered.notes == (
        "A heading in a list item became a bold line, because Confluence has no place for it there.",
    )


@given(ANY)
def test_any_text_is_well_formed_and_the_same_again(markdown):
    value = render(markdown, base=BASE, files=FILES).value

    ET.fromstring(f'<page xmlns:ac="ac" xmlns:ri="ri">{value}</page>')
    assert render(markdown, base=BASE, files=FILES).value == value


@given(TEXTS)
def test_no_word_is_lost(markdown):
    assume(not TAGGED.search(markdown))
    assert holds(visible(render(markdown, base=BASE).value), shown(markdown))


@given(TEXTS)
def test_a_phrase_may_stand_in_an_element_and_has_all_words(markdown):
    assume(not TAGGED.search(markdown))
    assert holds(visible(phrase(markdown)), shown(markdown))
    ET.fromstring(f'<p xmlns:ac="ac" xmlns:ri="ri">{phrase(markdown)}</p>')


def test_deep_nesting_and_long_text_are_no_trouble():
    for markdown in ("> " * 500 + "a", "- " * 500 + "a", "*" * 5000 + "a", "<details>" * 500, "[" * 3000):
        ET.fromstring(f'<page xmlns:ac="ac" xmlns:ri="ri">{render(markdown).value}</page>')
