"""A review survives the way between two jobs, and nothing else does."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.check.pull_request.model import ChangedPostmortem, Item, Review, Similar, Suggestion, When
from generator.check.pull_request.reading import LARGEST, dumped, loaded
from generator.errors import InputError

PATH = "postmortems/2026/INC-2026-0042-checkout.md"
words = st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\u2028\u2029"), max_size=50)
paths = st.sampled_from([PATH, "docs/a b/postmortems/2026/ü@x;$(id).md"])
lines = st.integers(1, 9_999)
reviews = st.builds(
    Review,
    st.tuples(st.builds(ChangedPostmortem, paths, words, words, st.sampled_from(["draft", "published"]))),
    st.lists(st.builds(Item, paths, lines, words, st.sampled_from(When), words, words), max_size=3).map(tuple),
    st.lists(st.builds(Suggestion, paths, lines, words, words, words), max_size=3).map(tuple),
    st.lists(st.builds(Similar, paths, paths, words, words, words, words), max_size=3).map(tuple),
    st.integers(0, 5),
)


def raw(**other: object) -> bytes:
    known = json.loads(dumped(Review((ChangedPostmortem(PATH, "INC-1", "T", "draft"),), (item(),))))
    return json.dumps(known | other).encode()


def item(**other: object) -> Item:
    return Item(**({"path": PATH, "line": 3, "rule": "todo", "when": When.REVIEW, "message": "M", "hint": ""} | other))


@given(reviews)
def test_what_is_written_is_read_again(written):
    assert loaded(dumped(written).encode()) == written


@given(st.binary(max_size=200))
def test_anything_else_is_refused_kindly(content):
    with pytest.raises(InputError):
        loaded(content)


@pytest.mark.parametrize(
    "change",
    [
        {"format": "postmortem-review/2"},
        {"more": 1},
        {"unread": "many"},
        {"unread": True},
        {"items": "x"},
        {"items": [{}]},
        {"items": [{"path": PATH}] * 2_000},
        {"subjects": [{"path": "/etc/passwd.md", "id": "", "title": "", "status": ""}]},
        {"subjects": [{"path": "a/../../b.md", "id": "", "title": "", "status": ""}]},
        {"subjects": [{"path": "..\\b.md", "id": "", "title": "", "status": ""}]},
        {"subjects": [{"path": "a\n::error::b.md", "id": "", "title": "", "status": ""}]},
        {"subjects": [{"path": ".github/workflows/check.yml", "id": "", "title": "", "status": ""}]},
        {"subjects": [{"path": "a.md", "id": "x\ny", "title": "", "status": ""}]},
        {"subjects": [{"path": "a.md", "id": "x" * 5_000, "title": "", "status": ""}]},
        {"subjects": [{"path": "a.md", "id": 7, "title": "", "status": ""}]},
        {"suggestions": [{"path": "a.md", "line": 0, "before": "", "after": "", "why": ""}]},
        {"suggestions": [{"path": "a.md", "line": 1, "before": "", "after": "a\nb", "why": ""}]},
        {"suggestions": [{"path": "a.md", "line": 1.5, "before": "", "after": "", "why": ""}]},
    ],
)
def test_each_part_is_looked_at(change):
    with pytest.raises(InputError):
        loaded(raw(**change))


def test_a_file_that_is_too_large_is_not_even_read():
    with pytest.raises(InputError, match="more than"):
        loaded(raw() + b" " * LARGEST)


def test_what_would_be_refused_is_left_out_and_counted():
    written = Review((), (item(), item(message="x" * 5_000), item(path="a\nb.md")))

    assert loaded(dumped(written).encode()) == Review((), (item(),), unread=2)
