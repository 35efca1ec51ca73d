"""An incident that has its postmortem is recognised."""

from dataclasses import replace

import pytest

from generator.document.parse import parse
from generator.draft.existing import postmortem_of, twin_of
from generator.draft.incident import Incident
from tests.conftest import EXAMPLE
from tests.draft.rich import at

DOCUMENT = parse(EXAMPLE, "postmortems/2026/INC-2026-0042-checkout.md")
LINKED = parse(
    EXAMPLE.replace("links:\n", "links:\n  - {type: incident, targetId: https://jira.example.com/browse/OPS-1234}\n")
)
SAME = Incident(source="Jira", ref="ops-1234", title="Other words", created=at(5))


def test_it_is_known_by_its_record_s_id():
    assert postmortem_of(SAME, [DOCUMENT]) is DOCUMENT
    assert postmortem_of(replace(SAME, ref="OPS-12"), [DOCUMENT]) is None
    assert postmortem_of(Incident(source="T", title="x"), [DOCUMENT]) is None


def test_it_is_known_by_its_record_s_address():
    found = replace(SAME, ref="", url="https://jira.example.com/browse/OPS-1234")

    assert postmortem_of(found, [LINKED]) is LINKED
    assert postmortem_of(found, [DOCUMENT]) is None


@pytest.mark.parametrize(
    ("url", "same"),
    [("https://jira.example.com/other", True), ("https://github.example.com/issues/OPS-1234", False), ("", True)],
)
def test_two_tools_may_use_the_same_number(url, same):
    assert (postmortem_of(replace(SAME, url=url), [LINKED]) is LINKED) == same


def test_an_alert_that_fires_again_later_is_another_incident():
    assert postmortem_of(replace(SAME, created=at(60 * 24)), [DOCUMENT]) is None


def test_without_a_record_the_same_title_and_start_are_the_same_incident():
    again = parse(EXAMPLE.replace("INC-2026-0042", "INC-2026-0043"))

    assert twin_of(again, [DOCUMENT]) is DOCUMENT
    assert twin_of(parse(EXAMPLE.replace("14:32:00Z", "14:33:00Z")), [DOCUMENT]) is None
    assert twin_of(parse("---\ntitle: x\n---\n"), [parse("---\ntitle: x\n---\n")]) is None
