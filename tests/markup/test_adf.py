"""Jira Cloud's rich text as Markdown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markup.adf import to_markdown
from tests.sampling import examples


def text(words, *marks):
    return {
        "type": "text",
        "text": words,
        "marks": [mark if isinstance(mark, dict) else {"type": mark} for mark in marks],
    }


def paragraph(*nodes):
    return {"type": "paragraph", "content": [text(node) if isinstance(node, str) else node for node in nodes]}


def node(kind, *content, **attributes):
    return {"type": kind, "attrs": attributes, "content": list(content)}


def item(*content):
    return node("listItem", *content)


def cell(*content, kind="tableCell", **attributes):
    return node(kind, *[paragraph(one) if isinstance(one, str) else one for one in content], **attributes)


def head(*content, **attributes):
    return cell(*content, kind="tableHeader", **attributes)


def row(*cells):
    return node("tableRow", *cells)


LINK = {"type": "link", "attrs": {"href": "https://a.example/x_y"}}
CASES = {
    "marks nest and close": (
        paragraph(text("all ", "strong"), text("both", "strong", "em"), text(" done", "strong"), " plain"),
        "**all *both* done** plain",
    ),
    "white space stands outside the marks": (paragraph(text("bold ", "strong"), "next"), "**bold** next"),
    "a mark between a word and punctuation": (
        paragraph(text("Impact:", "strong"), "users"),
        "<strong>Impact:</strong>users",
    ),
    "what Markdown has no mark for": (
        paragraph(
            text("u", "underline"), "x", text("2", {"type": "subsup", "attrs": {"type": "sup"}}), text("c", "textColor")
        ),
        "<ins>u</ins>x<sup>2</sup>c",
    ),
    "code keeps its characters": (paragraph(text("a*b_`c", "code")), "``a*b_`c``"),
    "a link": (paragraph(text("the [page]", LINK)), "[the \\[page\\]](https://a.example/x_y)"),
    "a link that shows its address": (paragraph(text("https://a.example/x_y", LINK)), "<https://a.example/x_y>"),
    "a bold link": (paragraph(text("x", LINK, "strong"), text(" y", "strong")), "**[x](https://a.example/x_y) y**"),
    "a script is no link": (paragraph(text("x", {"type": "link", "attrs": {"href": "javascript:alert(1)"}})), "x"),
    "a hard break": (paragraph("one", node("hardBreak"), "# two"), "one  \n\\# two"),
    "a heading": (node("heading", text("Impact {x}"), level=2), "## Impact {x\\}"),
    "a heading of no known level": (node("heading", text("x"), level=9), "###### x"),
    "a heading without words": (node("heading", level=1), ""),
    "a rule": (node("rule"), "---"),
    "a list in a list": (
        node(
            "bulletList", item(paragraph("a"), node("orderedList", item(paragraph("b")), item(paragraph("c")), order=3))
        ),
        "- a\n    3. b\n    4. c",
    ),
    "a list item of several blocks": (
        node(
            "orderedList", item(paragraph("a"), node("codeBlock", text("x\ny"), language="java")), item(paragraph("b"))
        ),
        "1. a\n\n    ```java\n    x\n    y\n    ```\n\n2. b",
    ),
    "a list item that begins with a list": (
        node("bulletList", item(node("bulletList", item(paragraph("deep"))))),
        "-   - deep",
    ),
    "a list item that begins with a rule": (node("bulletList", item(node("rule"))), "- ***"),
    "tasks": (
        node(
            "taskList",
            node("taskItem", text("did"), state="DONE"),
            node("taskList", node("taskItem", text("do"), state="TODO")),
        ),
        "- [x] did\n    - [ ] do",
    ),
    "decisions": (node("decisionList", node("decisionItem", text("we wait"), state="DECIDED")), "- we wait"),
    "a quote": (node("blockquote", paragraph("a"), paragraph("b")), "> a\n>\n> b"),
    "a panel": (node("panel", paragraph("careful"), panelType="warning"), "> **Warning**\n>\n> careful"),
    "a panel of one's own": (node("panel", paragraph("x"), panelType="custom", panelIcon=":x:"), "> x"),
    "an expand": (node("expand", paragraph("inside"), title="More"), "**More**\n\ninside"),
    "a code block that holds a fence": (node("codeBlock", text("```\nx")), "````\n```\nx\n````"),
    "an empty code block": (node("codeBlock"), "```\n\n```"),
    "a table": (
        node(
            "table",
            row(head("a|b"), head("c", colspan=2)),
            row(
                cell(paragraph(text("x|y", "code")), node("bulletList", item(paragraph("i"))), rowspan=2),
                cell("1"),
                cell("2"),
            ),
            row(cell("3"), cell()),
        ),
        "| a\\|b | c |  |\n| --- | --- | --- |\n| `x\\|y`<br>• i | 1 | 2 |\n|  | 3 |  |",
    ),
    "a table without a header": (node("table", row(cell("a"), cell("b"))), "|  |  |\n| --- | --- |\n| a | b |"),
    "a table with a header column": (
        node("table", row(head("x"), head("y")), row(head("a"), cell("b"))),
        "| x | y |\n| --- | --- |\n| **a** | b |",
    ),
    "code and tasks in a cell": (
        node(
            "table",
            row(head("x")),
            row(cell(node("codeBlock", text("a\nb")), node("taskList", node("taskItem", text("t"), state="DONE")))),
        ),
        "| x |\n| --- |\n| `a`<br>`b`<br>[x] t |",
    ),
    "a mention": (paragraph(node("mention", id="1", text="@Mia Lind")), "@Mia Lind"),
    "a mention by id alone": (paragraph(node("mention", id="5b:7", text="")), "@Omar Haddad"),
    "an emoji": (
        paragraph(node("emoji", shortName=":fire:", text="🔥"), node("emoji", shortName=":party_blob:")),
        "🔥:party_blob:",
    ),
    "a date": (paragraph(node("date", timestamp="1773532800000")), "2026-03-15"),
    "a date that is none": (paragraph(node("date", timestamp="soon")), "soon"),
    "a status": (paragraph(node("status", text="DONE", color="green")), "**DONE**"),
    "a card": (paragraph(node("inlineCard", url="https://a.example/1")), "<https://a.example/1>"),
    "a card with data": (
        node("blockCard", data={"name": "Page", "url": "https://a.example/1"}),
        "[Page](https://a.example/1)",
    ),
    "a picture of the issue": (
        node("mediaSingle", node("media", id="1", alt="graph.png")),
        "[graph.png](https://a.example/7)",
    ),
    "a picture from elsewhere": (
        node("mediaSingle", node("media", type="external", url="https://b.example/p.png")),
        "<https://b.example/p.png>",
    ),
    "a picture nobody knows": (node("mediaGroup", node("media", id="1")), "*attached file*"),
    "a layout": (
        node("layoutSection", node("layoutColumn", paragraph("a")), node("layoutColumn", paragraph("b"))),
        "a\n\nb",
    ),
    "an extension's text": (node("extension", extensionKey="jira", text="Sprint 12"), "Sprint 12"),
    "an unknown node": (
        {"type": "hologram", "attrs": None, "content": [{"type": "ray", "content": [text("seen")]}]},
        "seen",
    ),
    "attributes that are null": ({"type": "heading", "attrs": None, "content": [text("x")]}, "# x"),
    "no document": (None, ""),
}


@pytest.mark.parametrize("case", CASES)
def test_every_node_has_its_markdown(case):
    document, markdown = CASES[case]

    people, files = {"5b:7": "Omar Haddad"}, {"graph.png": "https://a.example/7"}

    assert to_markdown({"type": "doc", "version": 1, "content": [document]}, people=people, files=files) == markdown


@pytest.mark.parametrize("kind", ["blockquote", "bulletList", "listItem", "expand", "table", "hologram", "paragraph"])
def test_nesting_beyond_reason_is_flattened_and_loses_no_word(kind):
    document = paragraph("bottom")
    for _ in range(5000):
        document = {"type": kind, "content": [document]}

    assert "bottom" in to_markdown(document)


NAMES = [
    "doc",
    "text",
    "heading",
    "bulletList",
    "listItem",
    "table",
    "tableRow",
    "tableCell",
    "media",
    "date",
    "panel",
    "mention",
]
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=8)
    | st.sampled_from(NAMES),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["type", "content", "attrs", "marks", "text", "level", "order", "colspan"]), inner
        )
    ),
    max_leaves=25,
)


@given(JSON)
@examples(300)
def test_any_json_is_read_without_an_error(document):
    assert isinstance(to_markdown(document), str)
