"""What holds for every incident tool: each payload has one reader, and no payload breaks one."""

import copy
import json
import random
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.draft.incident import Incident
from generator.draft.sources import datadog, firehydrant, incident_io, opsgenie, pagerduty, squadcast, statuspage
from generator.draft.sources.extract.json import pieces
from generator.errors import InputError
from tests.draft.sources.payloads import FIXTURES, fixture
from tests.sampling import examples

TOOLS = {
    "pagerduty": pagerduty, "opsgenie": opsgenie, "incident_io": incident_io, "firehydrant": firehydrant,
    "datadog": datadog, "statuspage": statuspage, "squadcast": squadcast,
}  # fmt: skip
PAYLOADS = [f"{tool}/{path.name}" for tool in TOOLS for path in sorted((FIXTURES / tool).glob("*.json"))]
OTHERS = [
    {}, [], None, "incident", 7,
    {"title": "Checkout is down", "ref": "OPS-1", "services": ["checkout"], "timeline": [{"at": "2026-03-15T14:32:00Z"}]},
    {"receiver": "x", "status": "firing", "alerts": [{"labels": {"alertname": "A"}, "startsAt": "2026-03-15T14:32:00Z"}]},
    {"key": "OPS-1", "fields": {"summary": "Checkout is down", "status": {"name": "Done"}}, "changelog": {}},
    {"action": "created", "issue": {"number": 1, "title": "Checkout is down", "user": {"login": "octo"}}},
    {"action": "triggered", "data": {"event": {"event_id": "1", "title": "KeyError"}}},
    {"messages": [{"type": "message", "user": "U1", "text": "down", "ts": "1773585120.000100"}]},
    [{"type": "message", "user": "U1", "text": "down", "ts": "1773585120.000100"}],
    {"data": {"type": "incidents", "id": "1", "attributes": {"title": "Checkout is down", "slug": "checkout-is-down"}}},
    {"incident": {"incidentID": "1", "title": "Checkout is down", "status": "active"}},
    {"event": {"event_type": "page_view", "data": {}}},
    {"data": [{"id": "1", "name": "Mira Oduya"}]},
    {"notes": [{"body": "hello"}], "users": [{"id": 1}], "alerts": [{"title": "x"}]},
]  # fmt: skip
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)


def keys_of(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*(keys_of(inner) for inner in value.values()))
    return set().union(*(keys_of(inner) for inner in value)) if isinstance(value, list) else set()


# Arbitrary JSON that speaks the tools' own words reaches much deeper into them than arbitrary words do.
WORDS = sorted(set().union(*(keys_of(fixture(name)) for name in PAYLOADS)))
KINDS = [
    "incident",
    "incidents",
    "incident_note",
    "acknowledge_log_entry",
    "user_reference",
    "event",
    "incident.annotated",
]
JSON = st.recursive(
    SCALARS | st.sampled_from([*KINDS, "2026-03-15T14:32:00Z", 1773585120, 10**400]),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(WORDS) | st.text(max_size=8), inner, max_size=8)
    ),
    max_leaves=40,
)


def mangled(payload: object, chance: random.Random) -> object:
    """The payload with some of its values replaced by values of other types, and some left out."""
    payload = copy.deepcopy(payload)
    places: list[tuple[dict | list, object]] = []
    waiting = [payload]
    while waiting:
        one = waiting.pop()
        inner = list(one.items()) if isinstance(one, dict) else list(enumerate(one)) if isinstance(one, list) else []
        places += [(one, key) for key, _ in inner]
        waiting += [value for _, value in inner]
    nonsense = [None, True, 0, -1.5, 10**400, float("nan"), "", "x", [], [None, "x", 3, []], {}, {"id": []}, "\ud800"]
    for holder, key in chance.sample(places, k=max(1, len(places) // 12)):
        if isinstance(holder, dict) and chance.random() < 0.2:
            holder.pop(key, None)
        else:
            holder[key] = chance.choice(nonsense)
    return payload


def read(tool: str, payload: object) -> tuple[Incident, ...]:
    """What a tool's module makes of a payload; a refusal is nothing."""
    try:
        incidents = TOOLS[tool].incidents_from(payload)
    except InputError:
        return ()
    assert incidents, "a payload that holds nothing is refused"
    return incidents


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_payload_is_claimed_by_its_own_tool_alone(name):
    payload = fixture(name)
    wrapped = [payload, [payload], {"interactions": [{"response": {"body": {"string": "null"}}}]}]

    assert [tool for tool, module in TOOLS.items() if module.recognises(payload)] == [name.partition("/")[0]]
    assert [tool for tool, module in TOOLS.items() if module.recognises(wrapped[2])] == []
    for piece in pieces(payload):
        assert {tool for tool, module in TOOLS.items() if module.recognises(piece)} <= {name.partition("/")[0]}


@pytest.mark.parametrize("payload", OTHERS, ids=str)
def test_what_other_tools_write_is_claimed_by_none(payload):
    assert [tool for tool, module in TOOLS.items() if module.recognises(payload)] == []


@pytest.mark.parametrize("name", PAYLOADS)
def test_an_incident_names_its_source_in_order_and_in_utc(name):
    tool = name.partition("/")[0]
    for incident in read(tool, fixture(name)):
        assert incident.source == TOOLS[tool].LABEL
        moments = [event.at for event in incident.events]
        assert moments == sorted(moments)
        assert {moment.tzinfo for moment in moments} <= {UTC}
        assert all(
            "\n" not in event.text and event.text and event.source == incident.source for event in incident.events
        )
        identities = [event.uid for event in incident.events if event.uid]
        assert len(identities) == len(set(identities))


@pytest.mark.parametrize("name", PAYLOADS)
def test_the_same_payload_twice_is_the_same_incident(name):
    payload = fixture(name)
    again = [payload, payload]

    assert read(name.partition("/")[0], again) == read(name.partition("/")[0], payload)


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_recorded_session_is_read_like_its_answers(name):
    answer = {"response": {"status": {"code": 200}, "body": {"string": json.dumps(fixture(name))}}}
    session = {"version": 1, "interactions": [answer, {"response": {"body": {"string": ""}}}]}

    assert TOOLS[name.partition("/")[0]].recognises(session)
    assert read(name.partition("/")[0], session) == read(name.partition("/")[0], fixture(name))


@pytest.mark.parametrize("tool", TOOLS)
@given(payload=JSON)
@examples(60)
def test_any_json_is_read_or_refused(tool, payload):
    assert TOOLS[tool].recognises(payload) in {True, False}
    read(tool, payload)


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_mangled_payload_is_read_or_refused(name):
    payload = fixture(name)
    for seed in range(60):
        broken = mangled(payload, random.Random(seed))
        for tool, module in TOOLS.items():
            if module.recognises(broken):
                read(tool, broken)


@pytest.mark.parametrize("tool", TOOLS)
def test_a_payload_nested_beyond_reason_is_read_or_refused(tool):
    deep: object = {}
    for _ in range(2_000):
        deep = {"data": deep, "incident": [deep]}

    assert TOOLS[tool].recognises(deep) is False
