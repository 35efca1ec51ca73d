"""Whole drafts, read once by a person and kept: `GOLDEN=write pytest tests/draft/test_golden.py` writes them anew.

`tests/golden/drafts/<tool>-<name>.md` is the draft of `tests/fixtures/<tool>/<name>`, or, where a payload is no
incident, the sentence that refuses it; below a line of equals signs stands what `new` says is missing.
"""

import os

import pytest

from generator.document.parse import parse
from generator.draft.compose import compose
from generator.draft.merge import merge
from generator.draft.sources import file
from generator.draft.templating import read_template
from generator.errors import PostmortemError
from generator.settings.model import Settings
from tests.draft.rich import ALL_SOURCES, CHAT, NOW, PAGE, PAGER, SENTRY, SETTINGS
from tests.folders import TESTS

GOLDEN = TESTS / "golden" / "drafts"
FIXTURES = sorted(
    path for path in (TESTS / "fixtures").glob("*/*") if path.is_file() and path.suffix not in {".md", ".py"}
)
TEMPLATES = ("outage", "security", "lightweight", "near-miss")


def template(name):
    path = TESTS.parent / "templates" / f"{name}.md.j2"
    return read_template(path.read_text(encoding="utf-8"), f"templates/{path.name}")


def drafted(incidents, settings, name="outage", title=""):
    merged = merge(incidents, settings)
    made = compose(merged, template(name), settings, id="INC-2026-0042", now=NOW, title=title)
    faults = [one for one in parse(made.text).findings if one.message != "`severity` is missing."]
    assert faults == []
    return "\n".join([made.text, "=" * 80, made.path, *made.missing, ""])


def compared(name, text):
    golden = GOLDEN / name
    if os.environ.get("GOLDEN") == "write":
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert golden.is_file(), f"{golden.name} is missing; write it with GOLDEN=write and read it"
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_rich_incident_in_every_template(name):
    compared(f"rich-{name}.md", drafted([PAGER, SENTRY], SETTINGS, name))


def test_three_sources_of_one_incident():
    compared("merged.md", drafted(ALL_SOURCES, SETTINGS))


def test_the_same_sources_give_the_same_bytes():
    assert drafted(ALL_SOURCES, SETTINGS) == drafted((PAGER, PAGE, CHAT), SETTINGS)


def _fixture_drafts(path):
    """The draft of a payload; of one that holds several incidents, the first ones after another."""
    try:
        found = file.incidents(path)
    except PostmortemError as error:
        return f"{str(error).replace(str(path), path.name)}\n"
    whole = [one for one in found if not one.partial][:3]
    parts = [one for one in found if one.partial]
    if not whole:
        return drafted(parts, Settings(), title="Title given by hand")
    if len(whole) == 1:
        return drafted([*whole, *parts], Settings())
    return "\n".join(drafted([one], Settings()) for one in whole)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_recognised_payload(path):
    compared(f"{path.parent.name}-{path.stem}.md", _fixture_drafts(path))


def test_no_golden_draft_is_left_without_its_payload():
    names = {f"{path.parent.name}-{path.stem}.md" for path in FIXTURES}
    names |= {f"rich-{name}.md" for name in TEMPLATES} | {"merged.md"}

    assert {path.name for path in GOLDEN.glob("*.md")} == names
