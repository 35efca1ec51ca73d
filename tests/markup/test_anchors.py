"""Anchors are those that GitHub gives."""

import pytest

from generator.markup.anchors import anchor, anchors


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Root cause", "root-cause"),
        ("What didn't go well?", "what-didnt-go-well"),
        ("1. Acknowledge & categorise", "1-acknowledge--categorise"),
        ("snake_case and kebab-case", "snake_case-and-kebab-case"),
        ("Über uns – 日本", "über-uns--日本"),
        ("  Spaces  ", "spaces"),
        ("!!!", ""),
    ],
)
def test_a_heading_becomes_lower_case_with_hyphens(title, expected):
    assert anchor(title) == expected


def test_equal_ones_are_numbered_and_never_clash():
    assert list(anchors(["a", "A", "a-1", "a"])) == ["a", "a-1", "a-1-1", "a-2"]
    assert len(set(anchors(["x"] * 500))) == 500
