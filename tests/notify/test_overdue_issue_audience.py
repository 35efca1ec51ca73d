"""The issue of overdue items says nothing of a restricted postmortem but its id, the item's number and the day."""

from datetime import date

import pytest

from generator.document.parse import parse
from generator.notify.overdue_issue import body
from generator.settings.model import Settings
from tests.conftest import EXAMPLE


@pytest.mark.parametrize("label", ["audience: restricted", "audience: restriced", "audience:", "visibility: legal"])
def test_a_restricted_item_is_told_by_number_and_day_alone(label):
    document = parse(EXAMPLE.replace("audience: internal", label), "postmortems/2026/INC-2026-0042-zanzibar.md")
    rows = [(document, item) for item in document.postmortem.actions if item.due]
    text = body(rows, Settings(), lambda path, line: f"https://github.com/a/b/blob/main/{path}#L{line}")

    assert rows
    assert "restricted postmortem (due" in text
    assert "zanzibar" not in text
    for _, item in rows:
        assert item.action not in text
        assert isinstance(item.due, date)
        assert str(item.due) in text


def test_an_internal_item_is_told_with_its_words():
    document = parse(EXAMPLE, "postmortems/2026/INC-2026-0042-zanzibar.md")
    (item, *_) = document.postmortem.actions

    assert "zanzibar.md" in body([(document, item)], Settings(), lambda path, _line: path)
