"""What the rules look at: prose without code, sections, links, anchors, each with its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.check.text import Reading
from generator.document.parse import parse


def read(text):
    return Reading(parse(text))


def test_code_comments_and_front_matter_are_blank_and_every_offset_stays():
    text = "---\nid: A\n---\nOne `two` <!-- three --> four\n```\nfive\n```\n<!--\nsix\n-->\nseven\n"
    seen = read(text)

    assert len(seen.visible) == len(seen.prose) == len(text)
    assert seen.visible.split() == ["One", "`two`", "four", "seven"]
    assert seen.prose.split() == ["One", "`", "`", "four", "seven"]
    assert seen.line_at(seen.visible.index("seven")) == 11


def test_sections_hold_what_is_below_them():
    seen = read("# T\n\nintro\n\n## Summary\n\nx\n\n### More\n\ny\n\nImpact\n------\n\nz\n")

    assert [(part.title, part.key, part.line) for part in seen.parts] == [
        ("T", "", 1),
        ("Summary", "summary", 5),
        ("More", "", 9),
        ("Impact", "impact", 13),
    ]
    assert seen.text_of(seen.part("summary")).split() == ["x", "###", "More", "y"]
    assert seen.text_of(seen.part("impact")).split() == ["z"]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("[a](b) ![c](d)", [("a", "b", False), ("c", "d", True)]),
        ("[a](<b c>) [d](e 'title') [f](g(h)i)", [("a", "b c", False), ("d", "e", False), ("f", "g(h)i", False)]),
        ("[![a](b)](c)", [("![a](b)", "c", False), ("a", "b", True)]),
        ("[a][B c]\n\n[b  C]: d\n", [("a", "d", False)]),
        ("<a href='b'>x</a> <IMG SRC=c alt=\"d\">", [("", "b", False), ("d", "c", True)]),
        ("`[a](b)` \\[a](b [a] (b)", []),
        ("```\n[a](b)\n```", []),
    ],
)
def test_links_of_every_kind_are_found(text, links):
    assert [(link.text, link.target, link.image) for link in read(text).links] == links


@pytest.mark.parametrize(
    ("text", "anchors"),
    [
        ("# A b!\n\n## a B\n", {"a-b", "a-b-1"}),
        ("# `code` & [link](x)\n", {"code--link"}),
        ("# Über uns {#about}\n", {"über-uns", "about"}),
        ('<a name="x"></a> <div id=y>\n', {"x", "y"}),
    ],
)
def test_anchors_are_those_of_github(text, anchors):
    assert read(text).anchors == anchors


@given(st.text(alphabet="`~<!->\n x#[](|", max_size=60))
def test_blanking_never_moves_anything(text):
    seen = read(text)

    for blanked in (seen.visible, seen.prose):
        assert len(blanked) == len(text)
        assert [i for i, c in enumerate(blanked) if c == "\n"] == [i for i, c in enumerate(text) if c == "\n"]
        assert all(b in {c, " "} for b, c in zip(blanked, text, strict=True))
