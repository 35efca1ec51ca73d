"""Every action item has an owner whom the archive knows."""

import pytest

from generator.settings.model import Person, Settings
from tests.check.sample import GOOD, changed, findings, line_of, said

KNOWN = Settings(people=(Person("ravi.patel"), Person("amara.okafor", "Amara Okafor")))


@pytest.mark.parametrize("cell", ["", "TBD", "-", "nobody", "TODO: find one"])
def test_an_open_item_that_nobody_owns_is_named(cell):
    assert said(changed(("| amara.okafor |", f"| {cell} |")), "action-owner") == [
        (line_of("Retry payment"), "This item has no owner.")
    ]


def test_an_item_that_is_done_needs_none_any_more():
    assert findings(changed(("| ravi.patel |", "|  |")), "action-owner") == []


@pytest.mark.parametrize(
    ("cell", "hint"),
    [
        ("amara.okafr", "Did you mean `amara.okafor`?"),
        ("Amara Okafor", "Write `amara.okafor`."),
        ("@zaphod", "Add the handle there, or"),
    ],
)
def test_an_owner_whom_people_yml_does_not_know_is_named(cell, hint):
    (found,) = findings(changed(("| amara.okafor |", f"| {cell} |")), "action-owner", settings=KNOWN)

    assert found.message == f"The owner {cell.lstrip('@')!r} is not in site_config/people.yml."
    assert found.hint.startswith(hint)


def test_each_of_several_owners_is_looked_for():
    text = changed(("| amara.okafor |", "| amara.okafor, ravi.patl and @ravi.patel |"))

    assert [found.message for found in findings(text, "action-owner", settings=KNOWN)] == [
        "The owner 'ravi.patl' is not in site_config/people.yml."
    ]


def test_without_people_every_name_is_fine():
    assert findings(changed(("amara.okafor", "whoever")), "action-owner") == []


def test_an_unknown_owner_of_an_item_that_is_done_is_advice():
    (found,) = findings(changed(("| ravi.patel |", "| gone.away |")), "action-owner", settings=KNOWN)

    assert found.severity == "advice"
    assert findings(GOOD, "action-owner", settings=KNOWN) == []
