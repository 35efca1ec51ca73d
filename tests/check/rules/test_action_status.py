"""Every action item's status can be read."""

import pytest

from tests.check.sample import GOOD, changed, findings


@pytest.mark.parametrize(
    ("cell", "hint"),
    [
        ("almost", "One of open, in progress, completed, won't do."),
        ("in progres", "Did you mean `in progress`?"),
        ("compleet", "Did you mean `completed`?"),
    ],
)
def test_an_unknown_word_is_shown_with_what_was_meant(cell, hint):
    (found,) = findings(changed(("| open |", f"| {cell} |")), "action-status")

    assert (found.message, found.hint) == (f"{cell!r} is not a status.", hint)


@pytest.mark.parametrize("cell", ["", "Done", "WIP", "**open**", "won't fix", "TODO: ask"])
def test_known_words_are_fine(cell):
    assert findings(changed(("| open |", f"| {cell} |")), "action-status") == []


def test_the_sample_is_fine():
    assert findings(GOOD, "action-status") == []
