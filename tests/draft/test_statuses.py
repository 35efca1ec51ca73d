"""Other tools' words for a status, and what they lead to."""

import pytest

from generator.draft.statuses import Words


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Resolved", "resolved"),
        ("Incident resolved by Jane", "resolved"),
        ("Status: **monitoring** → **resolved**", "resolved"),
        ("Status changed from In Progress to Done", "resolved"),
        ("Status: Open -> In Progress", "investigating"),
        ("Resolved: we are still monitoring", "resolved"),
        ("Triggered: disk almost full", "open"),
        ("Acknowledged", "acknowledged"),
        ("Status changed to `identified`", "identified"),
        ("Nothing of the kind", ""),
        ("unresolved questions", ""),
    ],
)
def test_a_change_leads_to_a_status(text, target):
    assert Words().target(text) == target


def test_an_archives_own_words_are_understood():
    words = Words({"Under Control": "mitigated", "Abgeschlossen": "closed", "Odd": "no such status"})

    assert words.state("under control") == "mitigated"
    assert words.target("Status: open → Abgeschlossen") == "resolved"
    assert words.state("odd") == ""
    assert words.shown("ODD") == "no such status"
    assert words.shown("resolved") == "resolved"
