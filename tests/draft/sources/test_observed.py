"""What all readers of monitoring, code and chat tools have in common."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.draft.incident import Incident
from generator.errors import InputError
from tests.draft.sources.observed import JSON, NAMES, TOOLS, mangled, payload
from tests.sampling import examples


@pytest.mark.parametrize("name", NAMES)
def test_each_payload_is_claimed_by_its_own_tool_alone(name):
    claimed = [tool for tool, module in TOOLS.items() if module.recognises(payload(name))]

    assert claimed == [name.split("/", maxsplit=1)[0]]


FOREIGN = {
    "a PagerDuty webhook": {
        "event": {"id": "1", "event_type": "incident.triggered", "data": {"id": "P1", "title": "x"}}
    },
    "a PagerDuty incident": {
        "incident": {"id": "P1", "incident_number": 4, "title": "x", "status": "resolved", "urgency": "high"}
    },
    "an Opsgenie webhook": {"action": "Create", "alert": {"alertId": "1", "message": "x"}, "source": {"name": "web"}},
    "a Jira webhook": {
        "webhookEvent": "jira:issue_updated",
        "issue": {"id": "1", "key": "OPS-1", "fields": {"summary": "x"}},
    },
    "a Jira issue": {
        "id": "1",
        "key": "OPS-1",
        "self": "https://jira.example.com/rest/api/2/issue/1",
        "fields": {"summary": "x"},
    },
    "a Statuspage incident": {
        "id": "1",
        "name": "x",
        "status": "resolved",
        "incident_updates": [],
        "shortlink": "https://stspg.io/x",
    },
    "a GitLab push": {
        "object_kind": "push",
        "ref": "refs/heads/main",
        "before": "a",
        "after": "b",
        "project": {"name": "x"},
        "commits": [],
    },
    "a list of strings": ["a", "b"],
    "an empty list": [],
    "an empty object": {},
    "nothing": None,
    "a number": 7,
}


@pytest.mark.parametrize("what", FOREIGN)
def test_what_other_tools_send_is_left_to_them(what):
    assert [tool for tool, module in TOOLS.items() if module.recognises(FOREIGN[what])] == []


@pytest.mark.parametrize("module", TOOLS.values(), ids=TOOLS)
@given(value=JSON)
@examples(150)
def test_any_json_is_read_or_refused(module, value):
    assert module.recognises(value) in {True, False}
    read(module, value)


@pytest.mark.parametrize("name", NAMES)
@given(seed=st.integers(0, 2**32), share=st.sampled_from([0.01, 0.05, 0.2]))
@examples(40)
def test_a_payload_that_lies_about_its_types_is_read_or_refused(name, seed, share):
    broken = mangled(payload(name), random.Random(seed), share)
    module = TOOLS[name.split("/", maxsplit=1)[0]]

    assert module.recognises(broken) in {True, False}
    for incident in read(module, broken):
        check(incident)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_read_is_in_order_in_utc_and_on_one_line(name):
    for incident in read(TOOLS[name.split("/", maxsplit=1)[0]], payload(name)):
        check(incident)
        assert all(event.uid for event in incident.events)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_payload_gives_the_same_incident(name):
    module = TOOLS[name.split("/", maxsplit=1)[0]]
    again = json.loads(json.dumps(payload(name)))

    assert read(module, payload(name)) == read(module, again)


def read(module, value) -> tuple[Incident, ...]:
    try:
        return module.incidents_from(value)
    except InputError:
        return ()


def check(incident: Incident) -> None:
    times = [event.at for event in incident.events]
    assert times == sorted(times)
    moments = [
        *times,
        *(getattr(incident, name) for name in ("created", "started", "detected", "acknowledged", "resolved")),
    ]
    assert all(at is None or at.utcoffset().total_seconds() == 0 for at in moments)
    for event in incident.events:
        assert event.text == " ".join(event.text.split()) != ""
        assert not event.text.endswith(":")
    assert incident.title == " ".join(incident.title.split())
    links = [
        incident.url,
        *(one.url for one in (*incident.events, *incident.references, *incident.releases, *incident.attachments)),
    ]
    assert all(not link or link.startswith(("https://", "http://")) for link in links)
