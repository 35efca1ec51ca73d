"""The fields that take the parts: each of them broken once, and the map that is ready to paste."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.clients.jira import JiraField
from generator.settings.load.jira import jira_from
from generator.setup import doctor
from generator.setup.doctor import Health, field_map
from generator.setup.doctor.field_map import candidates, mapped
from jira_sandbox.world import PARTS
from tests.setup.doctor.conftest import DOCUMENT

TEXT = "com.atlassian.jira.plugin.system.customfieldtypes:textarea"


def test_a_field_that_is_not_there_with_the_one_that_was_probably_meant(practice):
    practice.set(JIRA_FIELD_ROOT_CAUSES="Root cuases")
    found = practice.one("field root_causes")

    assert "Did you mean 'Root causes' (customfield_10103)?" in found.message


def test_two_fields_of_one_name_are_listed_by_id(practice):
    practice.set(JIRA_FIELD_IMPACT="Impact")
    other = practice.jira.add_field("Impact", "textarea")
    found = practice.one("field impact")

    assert f"customfield_10104, {other}" in found.message or f"{other}, customfield_10104" in found.message


def test_a_field_that_is_not_on_the_screen(practice):
    practice.jira.remove_field_from_screen("Timeline", project="INCIDENT")
    found = practice.one("field timeline")

    assert "Timeline (customfield_10102) is not on the screen that creates INCIDENT / Post-mortem" in found.message


def test_a_field_of_one_line_is_a_warning(practice):
    practice.jira.add_field_to_screen("Incident channel", project="INCIDENT")
    practice.set(JIRA_FIELD_TIMELINE="Incident channel")

    assert practice.one("field timeline").verdict is Health.WARNING


def test_a_field_that_takes_no_text(practice):
    practice.set(JIRA_FIELD_TIMELINE="Incident category")
    found = practice.one("field timeline")

    assert found.verdict is Health.FAULT
    assert "kind 'select', which takes no text" in found.message


def test_a_category_wants_a_choice(practice):
    practice.set(JIRA_FIELD_INCIDENT_CATEGORY="Timeline")

    assert "kind 'textarea', which has no choice of one" in practice.one("field incident_category").message


def test_an_option_that_is_missing_with_those_there_are(practice):
    practice.write("postmortems/2026/INC-2026-0002-b.md", DOCUMENT.replace("Capacity", "Weather"))
    found = practice.one("field incident_category")

    assert found.verdict is Health.WARNING
    assert "no option for: Weather. It allows: Change, Configuration, Capacity" in found.message


def test_a_required_option_that_is_missing_is_a_fault(practice):
    practice.settings("jira: {required: [incident_category]}\n")
    practice.write("postmortems/2026/INC-2026-0002-b.md", DOCUMENT.replace("Capacity", "Weather"))

    assert practice.one("field incident_category").verdict is Health.FAULT


def test_a_required_part_without_a_field(practice):
    practice.settings("jira: {required: [impact, timeline]}\n")
    practice.set(JIRA_FIELD_IMPACT="")

    assert practice.one("required parts").message.endswith("nothing is required of them: impact.")


def test_whether_data_center_shows_wiki_markup_is_said_to_be_unknown(practice):
    found = next(one for one in practice.examine() if one.subject == "wiki renderer")

    assert found.verdict is (Health.OK if practice.jira.dialect == "cloud" else Health.SKIPPED)


def test_the_map_names_every_field_and_can_be_pasted(practice):
    practice.set(**{name: "" for name in practice.jira.environment if name.startswith("JIRA_FIELD_")})
    case = practice.case()
    text = field_map(case, list(doctor.examine(case)))

    assert "    incident_summary: customfield_10101  # Incident summary\n" in text
    practice.settings(text)

    assert set(practice.case().wishes.fields.mapped()) == set(PARTS)
    assert practice.bad() == []


def test_without_fields_there_is_no_map(practice):
    practice.set(JIRA_BASE_URL="")
    case = practice.case()
    assert field_map(case, list(doctor.examine(case))) == ""


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("root_causes", "Root Cause"),
        ("root_causes", "ROOT CAUSES"),
        ("root_causes", "Root cause(s)"),
        ("timeline", "Incident timeline"),
        ("timeline", "Post-mortem Timeline"),
        ("timeline", "Timeline of events"),
        ("impact", "Customer impact"),
        ("mitigation_actions", "Mitigation & action items"),
        ("mitigation_actions", "Corrective actions"),
        ("incident_summary", "Incident Summary"),
    ],
)
def test_common_names_of_the_parts_are_known(part, name):
    known = [JiraField("customfield_1", name, TEXT), JiraField("customfield_2", "Story points", "x:float")]

    assert [field.id for field in candidates(part, known)] == ["customfield_1"]


def test_fields_of_another_kind_are_not_offered_and_several_are_all_named(practice):
    other = practice.jira.add_field("impact", "textarea")
    practice.jira.add_field("Timeline", "textfield")
    case = practice.case()
    text = field_map(case, list(doctor.examine(case)))

    assert "    timeline: customfield_10102  # Timeline\n" in text
    assert "    # impact: one of " in text
    assert other in text


NAMES = st.one_of(
    st.sampled_from(["Impact", "Timeline", "Root cause", "Incident summary"]),
    st.text(max_size=20),
    st.text(alphabet=" \t\n\r\x85\u2028#:'\"{}[]&*!|>%@`-s", max_size=6).map(lambda around: f"{around}Impact{around}"),
)


@given(
    st.lists(st.builds(JiraField, st.integers(1, 99).map("customfield_{}".format), NAMES, st.just(TEXT)), max_size=6)
)
def test_the_map_can_be_pasted_whatever_the_fields_are_called(known):
    text = mapped(known)
    held = yaml.safe_load(text) if text else {"jira": {"fields": {}}}
    read = jira_from(held["jira"], "archive.yml").fields.mapped()

    assert set(read.values()) <= {field.id for field in known}
    assert text.count("\n") == len(text.splitlines())
