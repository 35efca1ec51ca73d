"""The list of shapes and sources, and what `--from` makes of its argument."""

import json
import subprocess
import sys
from contextlib import suppress
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.draft import sources
from generator.draft.incident import Incident
from generator.draft.sources import own
from generator.draft.sources.jira import issue
from generator.errors import InputError, UsageError
from tests.folders import FIXTURES
from tests.sampling import examples

# Keys that tools use, so that random payloads come near to real ones.
KEYS = [
    "id",
    "key",
    "title",
    "name",
    "status",
    "severity",
    "summary",
    "message",
    "fields",
    "issue",
    "issues",
    "incident",
    "incidents",
    "data",
    "attributes",
    "type",
    "alerts",
    "alert",
    "events",
    "event",
    "timeline",
    "webhookEvent",
    "comment",
    "comments",
    "changelog",
    "histories",
    "values",
    "items",
    "self",
    "created",
    "ts",
    "text",
    "user",
    "labels",
    "annotations",
    "startsAt",
    "groupKey",
    "log_entries",
    "messages",
    "ok",
    "error",
    "result",
    "errorMessages",
    "included",
    "release",
    "action",
    "started",
    "incident_updates",
    "components",
    "url",
    "description",
    "impact",
    "roles",
    "payload",
    "metadata",
    "culprit",
]
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=6)
)
JSON = st.recursive(
    SCALARS | st.sampled_from(["incident", "message", "jira:issue_updated", "2026-03-15T14:32:00Z", "OPS-1"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    max_leaves=30,
)


@given(JSON)
@examples(400)
def test_no_json_makes_any_tool_stumble(payload):
    claimed = [module for module in map(import_module, sources.SHAPES.values()) if module.recognises(payload)]

    for module in claimed:
        with suppress(InputError):
            assert all(isinstance(incident, Incident) for incident in module.incidents_from(payload))


def test_every_module_is_a_shape_with_a_label_and_two_functions():
    modules = [import_module(path) for path in sources.SHAPES.values()]

    assert all(module.LABEL and callable(module.recognises) and callable(module.incidents_from) for module in modules)
    assert next(iter(sources.SHAPES)) == "own"


def test_the_tools_are_named_once_each():
    assert sources.labels()[:2] == ("Jira", "PagerDuty")
    assert len(set(sources.labels())) == len(sources.labels())
    assert "Incident file" not in sources.labels()


def test_a_payload_goes_to_the_module_that_recognises_it():
    assert sources.shape_of({"title": "x", "timeline": []}) is own
    assert sources.shape_of({"key": "OPS-1", "fields": {"summary": "x"}}) is issue
    assert sources.shape_of({"nothing": "known"}) is None


def payloads_of(path):
    if path.suffix == ".json":
        return [json.loads(path.read_text(encoding="utf-8"))]
    return (
        [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.suffix == ".ndjson" else []
    )


TOOLS = [folder for folder in sorted(FIXTURES.iterdir()) if folder.name in {*sources.SHAPES, "own", "jira"}]


@pytest.mark.parametrize("folder", TOOLS, ids=lambda folder: folder.name)
def test_each_tool_recognises_its_own_and_no_earlier_one_takes_it(folder):
    for path in sorted(folder.rglob("*")):
        for payload in payloads_of(path):
            module = sources.shape_of(payload)

            assert module is None or module.__name__.startswith(sources.SHAPES[folder.name][: len(module.__name__)])


@pytest.mark.parametrize("spec", ["file:{path}", "{path}", "file:{path}#OPS-1", "{path}#OPS-1"])
def test_a_file_is_given_with_or_without_the_word(tmp_path, spec):
    path = tmp_path / "incident.json"
    path.write_text('{"title": "Outage", "id": "OPS-1"}')

    assert [incident.title for incident in sources.fetch(spec.format(path=path))] == ["Outage"]


@pytest.mark.parametrize("name", ["in:cident.json", "in#cident.json", "C:incident.json", "file:x.json", "a#OPS-9"])
def test_a_file_whose_name_holds_our_signs_is_still_found(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_text('{"title": "Outage", "id": "OPS-1"}')

    assert [incident.title for incident in sources.fetch(f"file:{name}")] == ["Outage"]
    if not name.startswith("file:"):
        assert [incident.title for incident in sources.fetch(name)] == ["Outage"]


@pytest.mark.parametrize("spec", ["gone.json", "C:\\incidents\\gone.json", "./a:b/gone.json", "gone.json:7"])
def test_a_file_that_is_not_there_is_a_missing_file_and_no_unknown_source(spec):
    with pytest.raises(InputError, match="There is no such file"):
        sources.fetch(spec)


@pytest.mark.parametrize(
    ("spec", "hint"),
    [
        ("fil:x.json", "did you mean `file:x.json`\\?"),
        ("telepathy:42", "known are `file:`"),
        ("https://a.example/i/1", "There is no source `https`"),
    ],
)
def test_an_unknown_source_is_refused_with_a_suggestion(spec, hint):
    with pytest.raises(UsageError, match=hint):
        sources.fetch(spec)


def test_naming_the_sources_imports_none_of_them():
    code = "import sys, generator.draft.sources; print(sorted({'yaml', 'requests', 'markdown_it'} & set(sys.modules)), 'generator.draft.sources.own' in sys.modules)"

    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[] False\n"
    )
