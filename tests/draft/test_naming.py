"""What a draft is called."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.document.file_names import slug
from generator.draft.incident import Event, Incident
from generator.draft.naming import checked_id, path_of, reference_for_id, year_of
from generator.draft.times import Times
from generator.errors import PostmortemError
from tests.draft.rich import NOW, at


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Checkout errors after the payments migration", "checkout-errors-after-the-payments-migration"),
        ("Größe & Æther: d'accord", "grosse-aether-daccord"),
        ("Ošetření výpadku", "osetreni-vypadku"),
        ("支払いエラー", "incident"),
        ("--- ../../etc/passwd", "etc-passwd"),
        ("", "incident"),
        ("word " * 30, "word-word-word-word-word-word-word-word-word-word-word-word"),
        ("x" * 100, "x" * 60),
    ],
)
def test_a_slug_is_short_ascii_and_never_empty(title, expected):
    assert slug(title) == expected


@given(st.text(max_size=200))
def test_no_title_leaves_the_folder(title):
    made = path_of("INC-2026-0042", title, 2026)

    assert made.startswith("postmortems/2026/INC-2026-0042-")
    assert made.isascii()
    assert made.count("/") == 2
    assert len(slug(title)) in range(1, 61)


@pytest.mark.parametrize("wrong", ["", "../x", "a/b", "a b", "-a", "a--b", "ä", "a.md", "x" * 65, "a\n"])
def test_an_id_that_is_no_file_name_is_refused(wrong):
    with pytest.raises(PostmortemError, match="cannot be an id"):
        checked_id(wrong)


def test_a_record_s_id_becomes_part_of_an_id():
    assert reference_for_id("Q2/abc #7") == "Q2-abc-7"


def test_the_year_is_that_of_the_incident_and_the_present_one_only_without_any_time():
    bare = Incident(source="T")
    eve = datetime(2025, 12, 31, 23, 59, tzinfo=UTC)

    assert year_of(bare, Times(started=eve, resolved=at(0)), NOW) == 2025
    assert year_of(Incident(source="T", events=(Event(eve, "x", "T"),)), Times(), NOW) == 2025
    assert year_of(bare, Times(), datetime(2031, 1, 1, tzinfo=UTC)) == 2031
