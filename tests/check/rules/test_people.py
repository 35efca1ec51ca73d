"""Commander and authors are known."""

import pytest

from generator.settings.model import Person, Settings
from tests.check.sample import GOOD, changed, findings, line_of

KNOWN = Settings(people=(Person("jane.smith", "Jane Smith", "jane@example.com", aliases=("js",)), Person("ravi.patel")))


def test_without_people_nothing_is_said():
    assert findings(changed(("jane.smith", "nobody.at.all")), "people") == []


@pytest.mark.parametrize("name", ["jane.smith", "js"])
def test_a_handle_or_a_former_one_is_known(name):
    assert findings(changed(("jane.smith", name)), "people", settings=KNOWN) == []


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("jane.smth", "Did you mean `jane.smith`?"),
        ("Jane Smith", "Write `jane.smith`."),
        ("jane@example.com", "Write `jane.smith`."),
        ("Zaphod", "Add the handle there, or name somebody who is in it."),
    ],
)
def test_another_word_is_shown_with_the_handle_that_was_meant(name, hint):
    (found,) = findings(changed(("jane.smith", name)), "people", settings=KNOWN)

    assert found.message == f"`commander` names {name!r}, whom site_config/people.yml does not know."
    assert found.hint == hint


def test_each_author_is_looked_for_on_its_line():
    text = changed(("audience: internal", "authors:\n  - ravi.patel\n  - lee.po\naudience: internal"))

    assert [found.line for found in findings(text, "people", settings=KNOWN)] == [line_of("lee.po", text)]


def test_the_sample_is_fine():
    assert findings(GOOD, "people", settings=KNOWN) == []
