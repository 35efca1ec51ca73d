"""Payloads of monitoring, code and chat tools for the tests: our fixtures, and ways to mangle them."""

import json
import random

from hypothesis import strategies as st

from generator.draft.sources import alertmanager, github, grafana, prometheus, sentry, slack
from tests.folders import FIXTURES

TOOLS = {
    "alertmanager": alertmanager,
    "grafana": grafana,
    "sentry": sentry,
    "github": github,
    "slack": slack,
    "prometheus": prometheus,
}
NAMES = sorted(f"{tool}/{path.stem}" for tool in TOOLS for path in (FIXTURES / tool).glob("*.json"))
JUNK = [
    None, True, 0, -1, 2.5, 10**400, "", "x", "0001-01-01T00:00:00Z", "1710513120.000200", "*_`[<|", [], {}, [1], ["a"],
    {"a": 1}, [[1, 2]], [None], {"values": None}, [{}], [{"id": {}}], "\ud800", float("inf"),
]  # fmt: skip

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
KEYS = st.sampled_from(
    ["id", "title", "status", "state", "alerts", "labels", "startsAt", "data", "result", "metric", "values", "messages", "ts",
     "text", "type", "event", "issue", "incident", "action", "repository", "full_name", "sender", "number", "user", "eventID",
     "receiver", "version", "groupLabels", "ok", "results", "count", "payload", "alert_group", "alert_group_id", "incidentID"]
)  # fmt: skip
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(max_size=6), inner, max_size=6),
    max_leaves=25,
)


def payload(name: str) -> object:
    """The fixture `tool/name`."""
    return json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))


def mangled(value: object, chance: random.Random, share: float) -> object:
    """The payload with some of its values replaced by others of any type, and some left out."""
    if chance.random() < share:
        return chance.choice(JUNK)
    if isinstance(value, dict):
        return {key: mangled(item, chance, share) for key, item in value.items() if chance.random() >= share / 2}
    if isinstance(value, list):
        return [mangled(item, chance, share) for item in value]
    return value
