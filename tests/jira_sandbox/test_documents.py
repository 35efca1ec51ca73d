"""What Cloud takes as a document, and what it refuses."""

import pytest

from jira_sandbox import adf

TEXT = {"type": "text", "text": "x"}
P = {"type": "paragraph", "content": [TEXT]}


def node(kind, *content, **attrs):
    made = {"type": kind} | ({"attrs": attrs} if attrs else {})
    return made | ({"content": list(content)} if content else {})


def marked(*marks):
    return node("paragraph", {**TEXT, "marks": [{"type": mark} if isinstance(mark, str) else mark for mark in marks]})


ITEM, CELL = node("listItem", P), node("tableCell", P)
GOOD = {
    "empty paragraph": node("paragraph"),
    "empty code": node("codeBlock"),
    "nested list": node("bulletList", node("listItem", P, node("orderedList", ITEM, order=3))),
    "code in an item": node("bulletList", node("listItem", P, node("codeBlock", TEXT, language="sql"))),
    "rich cell": node(
        "table", node("tableRow", node("tableHeader", P, node("bulletList", ITEM), node("panel", P, panelType="info")))
    ),
    "quote": node("blockquote", P, node("bulletList", ITEM)),
    "table in expand": node("expand", node("table", node("tableRow", CELL)), title="More"),
    "link and code": marked("code", {"type": "link", "attrs": {"href": "https://example.com"}}),
    "colour": marked({"type": "textColor", "attrs": {"color": "#ff0000"}}),
    "tasks": node("taskList", node("taskItem", TEXT, localId="1", state="TODO"), localId="l"),
    "status": node("paragraph", node("status", text="TODO", color="red")),
}
BAD = {
    "heading in an item": node("bulletList", node("listItem", node("heading", TEXT, level=2))),
    "table in an item": node("bulletList", node("listItem", P, node("table", node("tableRow", CELL)))),
    "list first in an item": node("bulletList", node("listItem", node("bulletList", ITEM))),
    "empty list": node("bulletList"),
    "empty item": node("bulletList", node("listItem")),
    "empty cell": node("table", node("tableRow", node("tableCell"))),
    "table in a cell": node("table", node("tableRow", node("tableCell", node("table", node("tableRow", CELL))))),
    "quote in a quote": node("blockquote", node("blockquote", P)),
    "heading in a quote": node("blockquote", node("heading", TEXT, level=2)),
    "panel in a panel": node("panel", node("panel", P, panelType="info"), panelType="info"),
    "unknown panel": node("panel", P, panelType="loud"),
    "expand in expand": node("expand", node("expand", P)),
    "empty text": node("paragraph", {"type": "text", "text": ""}),
    "bold code block": node("codeBlock", {**TEXT, "marks": [{"type": "strong"}]}),
    "bold code": marked("code", "strong"),
    "unknown mark": marked("blink"),
    "unknown node": node("marquee"),
    "unknown attribute": node("paragraph", TEXT, align="left"),
    "level 7": node("heading", TEXT, level=7),
    "media in a paragraph": node("paragraph", node("media", type="external", url="https://example.com/a.png")),
    "text in the document": TEXT,
    "link without address": marked("link"),
    "string": "x",
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_a_good_document_has_no_fault(name):
    assert adf.fault({"type": "doc", "version": 1, "content": [GOOD[name]]}) == ""


@pytest.mark.parametrize("name", BAD)
def test_a_bad_document_has_one_and_says_where(name):
    assert adf.fault({"type": "doc", "version": 1, "content": [BAD[name]]}).startswith("/doc")


@pytest.mark.parametrize("document", [{"type": "doc", "content": []}, {"type": "doc", "version": 2}, [], None, "x"])
def test_a_document_is_a_doc_of_version_one(document):
    assert adf.fault(document)


def test_a_deep_document_is_refused_and_not_a_crash():
    inner = P
    for _ in range(300):
        inner = node("bulletList", node("listItem", P, inner)) if inner is not P else node("bulletList", ITEM)

    assert "deep" in adf.fault({"type": "doc", "version": 1, "content": [inner]})


def test_a_bad_document_is_refused_with_the_reason_in_a_header(cloud):
    refused = cloud.new(description={"type": "doc", "version": 1, "content": [BAD["empty cell"]]})

    assert (refused.status, refused.messages) == (400, ["INVALID_INPUT"])
    assert "tableCell" in refused.headers["x-sandbox-reason"]
