"""Our own incident format."""

import json
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest

from generator.draft.incident import Alert, EventKind, FollowUp, Incident, Participant, Reference
from generator.draft.sources import file, own
from generator.draft.sources.own import schema as own_schema
from generator.draft.sources.own.convert import FormatError
from generator.errors import InputError
from tests import folders

FIXTURES = folders.FIXTURES / "own"
PUBLISHED = folders.REPOSITORY / "docs" / "incident.schema.json"


def at(hour, minute):
    return datetime(2026, 2, 3, hour, minute, tzinfo=UTC)


def faults_of(payload):
    with pytest.raises(FormatError) as refused:
        own.incidents_from(payload)
    return [(".".join(map(str, fault.where)), fault.message) for fault in refused.value.faults]


def test_a_file_written_by_hand_says_everything_it_says():
    (incident,) = file.incidents(FIXTURES / "incident.yaml")

    assert (incident.title, incident.ref) == ("Search answers nothing after the index was rebuilt", "WEB-77")
    assert (incident.severity, incident.status, incident.kind) == ("SEV2", "closed", "outage")
    assert (incident.started, incident.detected, incident.resolved) == (at(6, 55), at(6, 58), at(10, 20))
    assert incident.description == "Every search gave **no results**.\n\n- the new index was empty"
    assert incident.services == ("search",)
    assert incident.participants == (
        Participant("commander", "Ben Okafor", "ben@example.org"),
        Participant("scribe", email="ana@example.org"),
        Participant("scribe", account="lee"),
        Participant("communications", "Kim Lee", account="kim"),
    )
    assert incident.alerts == (Alert("ZeroResults", source="Incident file"),)
    assert incident.metrics == {"errorRate": "100 %", "latency": "12"}
    assert incident.references == (Reference("https://wiki.example.org/search"),)
    assert incident.follow_ups == (
        FollowUp(
            "Compare counts before the alias moves", owner="Ana Ruiz", owner_email="ana@example.org", due="2026-02-20"
        ),
    )


def test_a_timeline_is_put_in_order_and_keeps_what_looks_like_other_yaml():
    (incident,) = file.incidents(FIXTURES / "incident.yaml")

    assert [(event.at, event.text, event.kind, event.source) for event in incident.events] == [
        (at(6, 55), "Index rebuild begins", EventKind.RELEASE, "Deployments"),
        (at(6, 58), "NO results: 14:32 is text here", EventKind.ALERT, "Incident file"),
        (at(7, 40), "Alias moved back", EventKind.NOTE, "Incident file"),
    ]
    assert (incident.events[2].key, incident.events[2].actor) == (True, "Ben Okafor")


def test_every_mistake_is_told_at_once_with_its_line():
    with pytest.raises(InputError) as refused:
        file.incidents(FIXTURES / "broken.yaml")

    assert (refused.value.line, Path(refused.value.path).name) == (1, "broken.yaml")
    assert str(refused.value).splitlines()[1:] == [
        "  line 1, titel: is no key here; did you mean `title`?",
        "  line 3, started: is no time that can be read: 'yesterday at noon'; write it like 2026-03-15T14:32:00Z",
        "  line 6, services[2]: must be text, not a mapping",
        "  line 10, timeline[2].tiem: is no key here; did you mean `time`?",
        "  line 12, timeline[2].kind: cannot be 'allert'; did you mean `alert`?",
        "  line 13, private: must be true or false, not text",
    ]


def test_mistakes_in_json_and_in_a_second_document_have_their_lines(tmp_path):
    bad = tmp_path / "incident.json"
    bad.write_text('{\n  "title": "x",\n  "timeline": [\n    {"time": "soon", "event": "y"}\n  ]\n}')
    several = tmp_path / "incidents.yaml"
    several.write_text("title: one\n---\ntitle: two\nstarted: soon\n")

    with pytest.raises(
        InputError, match=r"incident\.json:4: 1 mistake in this incident:\n  line 4, timeline\[1\]\.time"
    ):
        file.incidents(bad)
    with pytest.raises(InputError, match=r"incidents\.yaml:4: .*\n  line 4, \[2\]\.started"):
        file.incidents(several)


def test_only_the_first_ten_mistakes_are_told():
    with pytest.raises(FormatError) as refused:
        own.incidents_from({"title": "x", "timeline": [{"event": str(number)} for number in range(12)]})

    assert str(refused.value).startswith("12 mistakes in this incident:")
    assert str(refused.value).endswith("timeline[10]: `time` is missing\n  ... and 2 more")


@pytest.mark.parametrize(
    ("payload", "fault"),
    [
        ({"title": ["x"]}, ("title", "must be text, not a list")),
        ({"title": "x", "severity": True}, ("severity", "must be text, not true; put it in quotes")),
        (
            {"title": "x", "roles": "Jane Smith"},
            ("roles", "must give each role its person, such as `commander: Jane Smith`, and is text"),
        ),
        (
            {"title": "x", "errors": [{"title": "e", "count": -1}]},
            ("errors.0.count", "must be a whole number from 0, not a number"),
        ),
        ({"title": "x", "metrics": []}, ("metrics", "must be a mapping of names to values, not a list")),
        ({"title": "x", "timeline": {}}, ("timeline", "must be a list, not a mapping")),
        (
            {"title": "x", "timeline": ["14:32 it broke"]},
            ("timeline.0", "must be a mapping of keys to values, not text"),
        ),
        ({"title": "x", "actionItems": []}, ("actionItems", "is no key here; did you mean `follow_ups`?")),
        (
            {"title": "x", "resolved": "0001-01-01T00:00:00Z"},
            ("resolved", "is no time that can be read: '0001-01-01T00:00:00Z'; write it like 2026-03-15T14:32:00Z"),
        ),
        ({"started": "2026-03-15 14:32"}, ("", "needs a `title`, or at least a `timeline`")),
        (
            {"title": "x", "releases": [{"name": "1", "relationship": "broke"}]},
            ("releases.0.relationship", "cannot be 'broke'; it is one of caused_by, fixed_by"),
        ),
    ],
)
def test_a_mistake_is_named(payload, fault):
    assert faults_of(payload) == [fault]


def test_keys_may_be_spelt_as_a_script_spells_them():
    assert own.incidents_from({"title": "x", "followUps": ["y"]})[0].follow_ups == (FollowUp("y"),)


def test_empty_values_say_nothing():
    assert own.incidents_from({"title": "x", "severity": None, "impact": "", "services": []}) == (
        Incident(source="Incident file", title="x"),
    )


def test_a_timeline_alone_is_a_partial_source():
    (incident,) = own.incidents_from({"source": "Notes", "timeline": [{"time": "2026-03-15 14:32", "event": "x"}]})

    assert incident.partial
    assert incident.events[0].source == "Notes"


@pytest.mark.parametrize("payload", [[{"title": "a"}, {"title": "b"}], {"incidents": [{"title": "a"}, {"title": "b"}]}])
def test_several_incidents_may_stand_in_one_file(payload):
    assert own.recognises(payload)
    assert [incident.title for incident in own.incidents_from(payload)] == ["a", "b"]


@pytest.mark.parametrize(
    "payload",
    [
        {"title": "x"},
        {"$schema": "../docs/incident.schema.json", "titel": "x"},
        {"timeline": [{"time": "2026-03-15 14:32", "evnt": "x"}]},
        {"title": "x", "sevrity": "SEV1", "status": "closed", "start": "2026-03-15 14:32"},
    ],
)
def test_ours_is_recognised_though_misspelt(payload):
    assert own.recognises(payload)


@pytest.mark.parametrize(
    "payload",
    [
        None,
        [],
        {},
        "title",
        {"title": "x", "culprit": "y", "shortId": "A-1", "metadata": {}},
        {"id": 1, "name": "x", "status": "y", "created": "z"},
        {"follow_ups": [{"id": "1", "title": "x"}]},
        {"title": "x", "timeline": "2 hours"},
        {"title": "x", "timeline": [{"type": "comment", "body": "y"}]},
        {"site_name": "x", "title": "y", "nav": [], "theme": {}},
    ],
)
def test_what_is_not_ours_is_left_to_others(payload):
    assert not own.recognises(payload)


def test_the_published_schema_is_the_declaration():
    assert json.loads(PUBLISHED.read_text(encoding="utf-8")) == own_schema.json_schema()


def test_the_schema_is_a_schema_and_describes_every_key():
    schema = own_schema.json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)

    assert all(value["description"] for value in schema["properties"].values())
    assert set(schema["properties"]) == {"$schema", *own.NAMES}


def test_the_example_of_the_schema_is_valid_and_uses_every_list():
    jsonschema.validate(own_schema.EXAMPLE, own_schema.json_schema())
    (incident,) = own.incidents_from(own_schema.EXAMPLE)

    assert own.recognises(own_schema.EXAMPLE)
    assert all((incident.events, incident.alerts, incident.errors, incident.releases, incident.references))
    assert all((incident.follow_ups, incident.attachments, incident.metrics, incident.participants))


@pytest.mark.parametrize(
    "payload",
    [
        {"title": 1.5},
        {"title": True},
        {"title": "x", "nothing": 1},
        {"severity": "SEV1"},
        {"title": "x", "private": "no"},
    ],
)
def test_the_schema_and_the_reader_agree_on_what_is_wrong(payload):
    valid = jsonschema.Draft202012Validator(own_schema.json_schema()).is_valid(payload)

    try:
        own.incidents_from(payload)
    except FormatError:
        assert not valid
    else:
        assert valid
