"""What is safe is put right, nothing else changes, and the second time there is nothing to do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.check.fixes import Fix, fixed
from generator.document.parse import parse
from generator.settings.model import Settings
from tests.check.sample import GOOD, changed, line_of


def fix(text, base=None):
    return fixed(parse(text), Settings(), parse(base) if base else None)


def test_a_text_without_anything_to_fix_stays_as_it_is():
    assert fix(GOOD) == (GOOD, ())


@pytest.mark.parametrize(
    ("right", "wrong", "what"),
    [
        (
            "started: 2026-03-15T14:32:00Z",
            "started: 2026-03-15T15:32:00+01:00",
            "`started`: 2026-03-15T15:32:00+01:00 → 2026-03-15T14:32:00Z",
        ),
        (
            "detected: 2026-03-15T14:35:00Z",
            "detected: 2026-03-15 14:35 UTC",
            "`detected`: 2026-03-15 14:35 UTC → 2026-03-15T14:35:00Z",
        ),
        ("status: published", "status: Published", "`status`: Published → published"),
        ("audience: internal", "audience: INTERNAL", "`audience`: INTERNAL → internal"),
        ("severity: SEV2", "severity: sev-2", "`severity`: sev-2 → SEV2"),
    ],
)
def test_a_value_gets_its_one_spelling_and_every_other_byte_stays(right, wrong, what):
    text, changes = fix(changed((right, wrong)))

    assert text == GOOD
    assert changes == (Fix(line_of(right), what),)


def test_comments_quotes_and_line_endings_stay():
    text = changed(("status: published", "status: 'Published'   # agreed on Friday")).replace("\n", "\r\n")

    assert fix(text)[0] == text.replace("'Published'", "'published'")


def test_rows_without_a_number_get_the_next_ones_that_were_never_used():
    text = changed(
        ("| 2 | Retry", "|  | Retry"),
        ("| OPS-2 |\n", "| OPS-2 |\n| - | Alert on saturation | li.wei | 2026-04-20 | open |  |\n"),
    )
    base = changed(("| 2 | Retry", "| 7 | Retry"))

    assert fix(text)[0] == text.replace("|  | Retry", "| 2 | Retry").replace("| - | Alert", "| 3 | Alert")
    assert "| 8 | Retry" in fix(text, base)[0]
    assert [change.what for change in fix(text)[1]] == [
        "action item without a number → 2",
        "action item without a number → 3",
    ]


def test_a_table_is_not_aligned_anew():
    ragged = changed(("| 2 | Retry", "||Retry")).replace("|---|---|---|---|---|---|", "|-|-|-|-|-|-|")

    assert fix(ragged)[0] == ragged.replace("||Retry", "| 2 |Retry")


@pytest.mark.parametrize(
    "pair",
    [
        ("started: 2026-03-15T14:32:00Z", "started: 2026-03-15 14:32"),
        ("started: 2026-03-15T14:32:00Z", "started: yesterday"),
        ("severity: SEV2", "severity: Critical"),
        ("status: published", "status: Publishd"),
        ("| 2 | Retry", "| two | Retry"),
        ("| 2 | Retry", "| 1 | Retry"),
    ],
)
def test_what_needs_a_person_is_left_to_one(pair):
    text = changed(pair)

    assert fix(text) == (text, ())


def test_a_file_without_readable_front_matter_is_left_alone():
    for text in ("", "# Title\n", "---\n: [\n---\n", "---\nstatus: Published\n"):
        assert fix(text) == (text, ())


_line = st.sampled_from(
    [
        "---",
        "status: Draft",
        "status: DRAFT  # x",
        "started: 2026-03-15 14:32 UTC",
        "started: 2026-03-15T15:32+01:00",
        "severity: sev1",
        "audience: 'Public'",
        "## Action items",
        "| # | Action | Owner |",
        "|---|---|---|",
        "||x|y|",
        "|  | x | y |",
        "| 4 | x |",
        "| - |",
        "",
        "```",
        "id: A",
    ]
)


@given(st.lists(_line, max_size=14), st.sampled_from(["\n", "\r\n"]))
def test_twice_is_once_and_no_line_is_added_or_lost(lines, newline):
    text = newline.join(lines)
    once, changes = fix(text)
    twice, more = fix(once)

    assert (twice, more) == (once, ())
    assert len(once.split("\n")) == len(text.split("\n"))
    assert sum(a != b for a, b in zip(text.split("\n"), once.split("\n"), strict=True)) == len(
        {change.line for change in changes}
    )
