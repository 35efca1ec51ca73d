"""The fields that people configure: found, filled, and explained where Jira refuses them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.clients.jira import FieldMeta, JiraField
from generator.clients.jira.fields import explain, is_rich, resolve, shape
from generator.errors import RefusedError, UsageError

KNOWN = (
    JiraField("summary", "Summary"),
    JiraField("customfield_10042", "Root causes"),
    JiraField("customfield_10050", "Impact"),
    JiraField("customfield_10051", "impact "),
)
KIND = "com.atlassian.jira.plugin.system.customfieldtypes:"


def meta(kind, allowed=()):
    return FieldMeta("customfield_1", "Incident category", custom=KIND + kind, allowed=tuple(allowed))


def test_a_field_is_found_by_its_id_or_its_only_name():
    assert resolve("customfield_10051", KNOWN).name == "impact "
    assert resolve(" root CAUSES", KNOWN).id == "customfield_10042"


def test_a_name_of_several_fields_is_refused_with_their_ids():
    with pytest.raises(UsageError, match="2 fields called 'Impact': customfield_10050, customfield_10051"):
        resolve("Impact", KNOWN)


def test_an_unknown_field_is_refused_with_the_nearest():
    with pytest.raises(UsageError, match=r"Did you mean 'Root causes' \(customfield_10042\)"):
        resolve("Root cause", KNOWN)
    with pytest.raises(UsageError, match="can see"):
        resolve("customfield_99999", ())


@pytest.mark.parametrize(
    ("kind", "value", "sent"),
    [
        ("textfield", " two\nlines ", "two lines"),
        ("textarea", {"type": "doc"}, {"type": "doc"}),
        ("url", "https://example.com", "https://example.com"),
        ("float", 3, 3),
        ("float", "2.5", 2.5),
        ("datepicker", date(2026, 3, 15), "2026-03-15"),
        ("datepicker", datetime(2026, 3, 15, 23, tzinfo=UTC), "2026-03-15"),
        ("datetime", datetime(2026, 3, 15, 14, 32, 5, 7000, UTC), "2026-03-15T14:32:05.007+0000"),
        ("datetime", datetime(2026, 3, 15, 1, tzinfo=timezone(timedelta(hours=5.5))), "2026-03-14T19:30:00.000+0000"),
        ("select", "DATABASE", {"value": "Database"}),
        ("radiobuttons", "network", {"value": "Network"}),
        ("multiselect", "database", [{"value": "Database"}]),
        ("multicheckboxes", ("database", "Network"), [{"value": "Database"}, {"value": "Network"}]),
        ("cascadingselect", "A", {"value": "A"}),
        ("cascadingselect", ("A", "B"), {"value": "A", "child": {"value": "B"}}),
        ("userpicker", {"accountId": "1"}, {"accountId": "1"}),
        ("multiuserpicker", {"name": "jane"}, [{"name": "jane"}]),
        ("labels", ["a b", "c"], ["a-b", "c"]),
        ("unheard-of", 7, 7),
    ],
)
def test_every_kind_of_field_gets_the_shape_it_takes(kind, value, sent):
    assert shape(meta(kind, ("Database", "Network") if "select" in kind or "o" in kind else ()), value) == sent


@pytest.mark.parametrize(
    ("field", "value", "sent"),
    [
        (FieldMeta("priority", "Priority", type="priority", allowed=("Highest", "Low")), "low", {"name": "Low"}),
        (FieldMeta("labels", "Labels", type="array", items="string"), ("x y",), ["x-y"]),
        (FieldMeta("components", "Components", type="array", items="component"), ["api"], [{"name": "api"}]),
        (FieldMeta("duedate", "Due date", type="date"), date(2026, 4, 1), "2026-04-01"),
        (FieldMeta("project", "Project", type="project"), "OPS", {"key": "OPS"}),
        (FieldMeta("assignee", "Assignee", type="user"), {"accountId": "1"}, {"accountId": "1"}),
    ],
)
def test_jiras_own_fields_have_their_shapes_too(field, value, sent):
    assert shape(field, value) == sent


def test_a_choice_that_is_not_there_is_refused_with_those_that_are():
    options = [f"Option {number}" for number in range(1, 31)]

    with pytest.raises(RefusedError) as caught:
        shape(meta("select", options), "Datenbank")
    assert "'Datenbank' is no choice of Incident category (customfield_1)." in str(caught.value)
    assert "allows: Option 1, Option 2," in str(caught.value)
    assert "Option 20 and 10 more." in str(caught.value)
    assert "Option 21" not in str(caught.value)
    assert list(caught.value.fields) == ["customfield_1"]


def test_what_is_no_number_is_refused():
    with pytest.raises(RefusedError, match="no number"):
        shape(meta("float"), "many")


@given(st.text(max_size=600))
def test_a_line_fits_and_never_ends_in_half_a_character(text):
    line = shape(meta("textfield"), text)

    assert len(line.encode("utf-16-le", "surrogatepass")) // 2 <= 255
    assert "\n" not in line
    assert line == " ".join(text.split()) or line.endswith("…")


def test_rich_text_goes_to_text_areas_and_descriptions():
    assert is_rich(meta("textarea"))
    assert is_rich(FieldMeta("description", "Description", type="string"))
    assert not is_rich(meta("textfield"))
    assert not is_rich(FieldMeta("summary", "Summary", type="string"))


NAMES = {"customfield_1": "Timeline", "labels": "Labels"}


@pytest.mark.parametrize(
    ("id_", "text", "told"),
    [
        (
            "customfield_1",
            "Field 'customfield_1' cannot be set. It is not on the appropriate screen, or unknown.",
            (
                "Timeline (customfield_1) is not on the create screen of INCIDENT / Post-mortem: add it there, or leave it "
                "out of `jira: fields:`."
            ),
        ),
        (
            "labels",
            "Field 'labels' cannot be set. It is not on the appropriate screen, or unknown.",
            (
                "Labels (labels) is not on the screen of INCIDENT / Post-mortem: add it there, or let this account set it. "
                "Jira says the same where the permission is missing."
            ),
        ),
        (
            "customfield_9",
            "Region is required.",
            (
                "customfield_9 must be filled in on the create screen of INCIDENT / Post-mortem: give it a default value "
                "there, or make it optional."
            ),
        ),
        (
            "customfield_1",
            "The entered text is too long. It exceeds the allowed limit of 32,767 characters.",
            (
                "Timeline (customfield_1) takes less text than it was given: set `jira: text_limit:` to what Jira says. "
                "The entered text is too long. It exceeds the allowed limit of 32,767 characters."
            ),
        ),
        ("customfield_1", "Something else.", "Timeline (customfield_1): Something else."),
    ],
)
def test_a_refusal_names_the_field_and_the_cure(id_, text, told):
    assert explain({id_: text}, NAMES, "INCIDENT", "Post-mortem") == (told,)


def test_a_refused_choice_is_told_with_those_allowed():
    metas = {"customfield_1": meta("select", ["Database", "Network"])}
    told = explain({"customfield_1": "Option 'x' is not valid"}, {}, "INCIDENT", "Post-mortem", metas)

    assert told == ("customfield_1: Option 'x' is not valid Incident category allows: Database, Network.",)
