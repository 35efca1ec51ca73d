"""Markdown as documents of Jira Cloud."""

import functools
import json

import jsonschema
import pytest
from hypothesis import given

from generator.markup import adf, adf_rules
from generator.markup.plain import words_of
from generator.markup.to_adf import render
from tests import outside
from tests.markup.markdowns import ANY, TEXTS, holds, letters, shown
from tests.sampling import examples

SCHEMA = "adf-full.v57.7.22.json"


@functools.cache
def official_schema():
    """Atlassian's JSON schema of a full document."""
    return jsonschema.Draft4Validator(json.loads(outside.contract(SCHEMA).read_text(encoding="utf-8")))


def text(words, *marks):
    return {"type": "text", "text": words, **({"marks": [{"type": mark} for mark in marks]} if marks else {})}


def link(words, href, *marks):
    return {"type": "text", "text": words, "marks": [{"type": "link", "attrs": {"href": href}}, *marks]}


def paragraph(*nodes):
    return {"type": "paragraph", "content": [text(node) if isinstance(node, str) else node for node in nodes]}


def item(*nodes):
    return {"type": "listItem", "content": list(nodes)}


def bullets(*items):
    return {"type": "bulletList", "content": list(items)}


def panel(kind, *nodes):
    return {"type": "panel", "attrs": {"panelType": kind}, "content": list(nodes)}


def code(words, **attributes):
    return {"type": "codeBlock", **({"attrs": attributes} if attributes else {}), "content": [text(words)]}


TODO = {
    "type": "text",
    "text": "TODO:",
    "marks": [{"type": "strong"}, {"type": "textColor", "attrs": {"color": "#de350b"}}],
}
BREAK = {"type": "hardBreak"}
BASE = "https://git.example/docs/page.md"
CASES = {
    "nothing": ("", []),
    "marks": ("**a *b*** ~~c~~", [paragraph(text("a ", "strong"), text("b", "strong", "em"), " ", text("c", "strike"))]),
    "code goes with no other mark": ("**a `b`**", [paragraph(text("a ", "strong"), text("b", "code"))]),
    "code in a link": ("[`b`](https://x.example)", [paragraph(link("b", "https://x.example", {"type": "code"}))]),
    "a bare address": ("see https://x.example/a.", [paragraph("see ", link("https://x.example/a", "https://x.example/a"), ".")]),
    "a relative link": ("[a](b.md)", [paragraph(link("a", "https://git.example/docs/b.md"))]),
    "an anchor": ("[a](#b)", [paragraph(link("a", f"{BASE}#b"))]),
    "a picture": ("![graph](g.png)", [paragraph(link("graph", "https://git.example/docs/g.png"))]),
    "a picture without words": ("![](x/g.png)", [paragraph(link("g.png", "https://git.example/docs/x/g.png"))]),
    "a picture that is a link": ("[![a](b.png)](https://x.example)", [paragraph(link("a", "https://x.example"))]),
    "a script is text": ("[a](javascript:x)", [paragraph("[a](javascript:x)")]),
    "a script in HTML is text": ('<a href="javascript:x">a</a>', [paragraph("a")]),
    "line breaks": ("a<br>b\\\nc\nd", [paragraph("a", BREAK, "b", BREAK, "c d")]),
    "known tags": ("<b>a</b> <kbd>K</kbd><sub>2</sub>", [paragraph(text("a", "strong"), " ", text("K", "code"), {"type": "text", "text": "2", "marks": [{"type": "subsup", "attrs": {"type": "sub"}}]})]),
    "a tag that is none": ("to <pod-name> go", [paragraph("to <pod-name> go")]),
    "a tag that is none on its own line": ("<pod-name>", [paragraph("<pod-name>")]),
    "a comment": ("a <!-- check: off --> b\n\n<!-- c -->", [paragraph("a  b")]),
    "a block of HTML": ("<ul><li>a</li><li>b</li></ul>", [bullets(item(paragraph("a")), item(paragraph("b")))]),
    "a mark for what is missing": ("TODO: why", [paragraph(TODO, " why")]),
    "a heading": ("## a", [{"type": "heading", "attrs": {"level": 2}, "content": [text("a")]}]),
    "a rule": ("---", [{"type": "rule"}]),
    "code": ("```Python title=x\na\n\nb\n```", [code("a\n\nb", language="python")]),
    "a diagram is code": ("```mermaid\na-->b\n```", [code("a-->b", language="mermaid")]),
    "empty code": ("```\n```", [{"type": "codeBlock", "content": []}]),
    "a quote": ("> a", [{"type": "blockquote", "content": [paragraph("a")]}]),
    "an alert": ("> [!WARNING]\n> a", [panel("warning", paragraph(text("Warning", "strong")), paragraph("a"))]),
    "an admonition": ('!!! tip "Do this"\n    a', [panel("success", paragraph(text("Do this", "strong")), paragraph("a"))]),
    "an admonition of its own kind": ("!!! runbook\n    a", [panel("info", paragraph(text("Runbook", "strong")), paragraph("a"))]),
    "folded text": ("<details><summary>S *x*</summary>\n\na\n\n</details>\n\nb", [{"type": "expand", "attrs": {"title": "S *x*"}, "content": [paragraph("a")]}, paragraph("b")]),
    "a list": ("- a\n  1. b", [bullets(item(paragraph("a"), {"type": "orderedList", "content": [item(paragraph("b"))]}))]),
    "a list from three": ("3. a", [{"type": "orderedList", "attrs": {"order": 3}, "content": [item(paragraph("a"))]}]),
    "a list first in an item": ("- - a", [bullets(item(paragraph(), bullets(item(paragraph("a")))))]),
    "tasks": (
        "- [ ] a\n- [x] b",
        [{"type": "taskList", "attrs": {"localId": "task-1"}, "content": [
            {"type": "taskItem", "attrs": {"localId": "task-2", "state": "TODO"}, "content": [text("a")]},
            {"type": "taskItem", "attrs": {"localId": "task-3", "state": "DONE"}, "content": [text("b")]},
        ]}],
    ),
    "tasks among others": ("- [x] a\n- b", [bullets(item(paragraph("☑ a")), item(paragraph("b")))]),
    "a table": (
        "| a |\n|---|\n| `x\\|y`<br>z |",
        [{"type": "table", "content": [
            {"type": "tableRow", "content": [{"type": "tableHeader", "content": [paragraph("a")]}]},
            {"type": "tableRow", "content": [{"type": "tableCell", "content": [paragraph(text("x|y", "code"), BREAK, "z")]}]},
        ]}],
    ),
    "a footnote": ("a[^n]\n\n[^n]: b", [paragraph("a", {"type": "text", "text": "[1]", "marks": [{"type": "subsup", "attrs": {"type": "sup"}}]}), paragraph("[1] ", "b")]),
    "control characters": ("a\x00\x07b\ufeff\r\nc", [paragraph("ab c")]),
}  # fmt: skip


@pytest.mark.parametrize(("markdown", "content"), CASES.values(), ids=CASES)
def test_every_construct_has_its_node(markdown, content):
    rendered = render(markdown, base=BASE)

    assert rendered.value == {"type": "doc", "version": 1, "content": content}
    assert rendered.notes == ()
    assert adf_rules.faults(rendered.value) == ()


DEMOTED = {
    "heading in a list": ("- # a", "A heading in a list item became a bold line"),
    "table in a list": ("- | a | b |\n  |---|---|\n  | c | d |", "A table in a list item became one line for each row"),
    "quote in a list": ("- > a", "A quote in a list item became plain paragraphs"),
    "panel in a list": ("- > [!NOTE]\n  > a", "A panel in a list item became plain paragraphs"),
    "rule in a list": ("- a\n\n  ***", "A horizontal rule in a list item was left out"),
    "quote in a quote": ("> a\n>\n> > b", "A quote in a quote became plain paragraphs"),
    "table in a panel": ("> [!TIP]\n> | a |\n> |---|\n> | b |", "A table in a panel became one line for each row"),
    "fold in a fold": (
        "<details>\n\na\n\n<details>\n\nb\n\n</details>\n</details>",
        "Folded text in folded text became",
    ),
}


@pytest.mark.parametrize(("markdown", "note"), DEMOTED.values(), ids=DEMOTED)
def test_what_has_no_place_keeps_its_words_and_is_told(markdown, note):
    rendered = render(markdown)

    assert rendered.notes[0].startswith(note)
    assert adf_rules.faults(rendered.value) == ()
    assert holds(letters(words_of(rendered.value)), shown(markdown))


def test_without_a_page_a_relative_link_tells_its_path():
    assert words_of(render("[a](b.md) ![](c/d.png) [e](#f)").value) == "a (b.md) d.png (c/d.png) e"


@given(ANY)
@examples(300)
def test_any_text_is_a_valid_document_with_all_its_words(markdown):
    document = render(markdown).value

    assert adf_rules.faults(document) == ()
    assert holds(letters(words_of(document)), shown(markdown))
    assert document == render(markdown).value


@given(TEXTS)
@examples(200)
def test_what_comes_back_as_markdown_has_all_the_words(markdown):
    document = render(markdown).value

    assert holds(letters(adf.to_markdown(document)), letters(words_of(document)))


@pytest.mark.contract
@given(TEXTS)
@examples(60)
def test_any_text_is_valid_by_the_official_schema(markdown):
    official_schema().validate(render(markdown).value)


@pytest.mark.contract
def test_every_construct_is_valid_by_the_official_schema():
    official = official_schema()
    for markdown in (*(case[0] for case in CASES.values()), *(case[0] for case in DEMOTED.values())):
        official.validate(render(markdown, base=BASE).value)


DEEP = {
    "quotes": ">" * 5000 + " deep",
    "lists": "- " * 5000 + "deep",
    "numbers": "1. " * 5000 + "deep",
    "indented lists": "\n".join(f"{'  ' * level}- w{level}" for level in range(400)),
    "pictures": "![" * 3000 + "deep",
    "brackets": "[" * 5000 + "deep",
    "stars": "*a " * 3000 + "deep",
    "tags": "<b>" * 5000 + "deep",
    "folds": "<details>\n\n" * 2000 + "deep",
    "folds in a line": "<details>" * 3000 + "deep",
    "panels": "".join(f"{'    ' * level}!!! note\n" for level in range(200)) + "    " * 200 + "deep",
}


@pytest.mark.parametrize("markdown", DEEP.values(), ids=DEEP)
def test_no_depth_is_too_deep(markdown):
    document = render(markdown).value

    assert adf_rules.faults(document) == ()
    words = letters(words_of(document))
    assert holds(words, "deep" if "deep" in markdown else "".join(f"w{level}" for level in range(400)))


def test_a_simple_document_says_what_another_renderer_says():
    md_adf = pytest.importorskip("md_adf", reason="md-adf, another renderer, is not installed")
    markdown = "# Title\n\nA *b* **c** `d` [e](https://x.example/).\n\n- one\n- two\n\n1. three\n\n> four\n\n```sql\nselect 1\n```\n\n| a | b |\n|---|---|\n| c | d |\n"
    theirs = md_adf.markdown_to_adf(markdown).value

    assert words_of(render(markdown).value) == words_of(theirs)


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        ("x", "The document is no node of type doc."),
        ({"type": "doc", "content": []}, "The document has no version 1."),
        ({"type": "doc", "version": 1}, "doc has no content."),
        ([bullets()], "bulletList is empty."),
        ([bullets(item({"type": "rule"}))], "listItem holds rule."),
        ([bullets(item(bullets(item(paragraph()))))], "listItem begins with a list."),
        ([paragraph(text(""))], "text has no text."),
        ([paragraph(text("a", "code", "em"))], "text is code with another mark than a link."),
        ([paragraph(text("a", "em", "em"))], "text has a mark twice."),
        ([paragraph(text("a", "blink"))], "blink is no mark that we write."),
        ([paragraph(link("a", "javascript:x"))], "link has a wrong href."),
        ([{"type": "codeBlock", "content": [text("a", "em")]}], "codeBlock holds text with marks."),
        ([{"type": "heading", "attrs": {"level": 7}, "content": []}], "heading has a wrong level."),
        ([{"type": "panel", "content": [paragraph()]}], "panel has no panelType."),
        ([{"type": "paragraph", "content": [], "attrs": {"localId": "1"}}], "paragraph has an attribute localId."),
        ([{"type": "mediaSingle"}], "mediaSingle is no node that we write."),
        ([{"type": "rule", "content": []}], "rule has a content."),
    ],
)  # fmt: skip
def test_the_rules_tell_every_fault(document, fault):
    whole = {"type": "doc", "version": 1, "content": document} if isinstance(document, list) else document

    assert fault in adf_rules.faults(whole)


def test_the_rules_answer_any_depth():
    node = paragraph()
    for _ in range(5000):
        node = bullets(item(paragraph(), node))

    assert adf_rules.faults({"type": "doc", "version": 1, "content": [node]})[-1].startswith(
        "The document is nested more"
    )
