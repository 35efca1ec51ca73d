"""The impact has figures."""

import pytest

from tests.check.sample import GOOD, findings

START = GOOD.index("- 1,940 of 3,180")
END = GOOD.index("\n## Timeline")


def impact(text):
    return findings(GOOD[:START] + text + GOOD[END:], "impact-figures")


@pytest.mark.parametrize(
    "text",
    [
        "Some users could not pay.\n",
        "Since 2026-03-15 the page of v2.1.0 was slow.\n",
        "| What | Figure |\n|---|---|\n| Orders | many |\n",
    ],
)
def test_words_without_a_quantity_are_asked_for_one(text):
    (found,) = impact(text)

    assert found.message == "The impact has no figures."


@pytest.mark.parametrize(
    "text",
    [
        "1,940 attempts failed.\n",
        "Nobody was affected.\n",
        "No customer noticed.\n",
        "All users were logged out.\n",
        "TODO: how many?\n",
    ],
)
def test_a_figure_nobody_and_everybody_are_quantities(text):
    assert impact(text) == []
