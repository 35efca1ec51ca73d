"""The example archive and the example incident: true to the format they show, and to each other."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.document.model import ActionStatus, Audience, Status
from generator.document.parse import Document, parse
from generator.draft import sources
from generator.draft.compose import render
from generator.draft.incident import Incident
from generator.draft.merge import merge
from generator.draft.templating import read_template
from generator.settings.load import load
from generator.settings.model import Settings
from tests.folders import REPOSITORY as ROOT

LAST_EXAMPLE = "INC-2026-0044"  # drafts that somebody made while trying the tool come after it and are no examples
POSTMORTEMS = sorted(path for path in (ROOT / "postmortems").rglob("*.md") if path.name[:13] <= LAST_EXAMPLE)
FENCE = re.compile(r"^( *)(```+).*?\n.*?^ *\2[ \t]*$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)")
ACCUSING = re.compile(
    r"should have|could have (?:noticed|seen|known|checked|tested|caught)|(?:human|operator|user) error|careless|"
    r"negligen|forgot|mistake|overlooked|whose fault|to blame|incompeten",
    re.IGNORECASE,
)


def read(path: Path) -> Document:
    return parse(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix())


DOCUMENTS = [read(path) for path in POSTMORTEMS]
every_postmortem = pytest.mark.parametrize("doc", DOCUMENTS, ids=[doc.postmortem.id for doc in DOCUMENTS])
every_text = pytest.mark.parametrize("path", POSTMORTEMS, ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def settings() -> Settings:
    return load(ROOT).settings


@every_postmortem
def test_an_example_parses_without_findings(doc):
    assert doc.findings == ()


@every_postmortem
def test_an_example_lies_where_its_id_and_year_say(doc):
    path = Path(doc.path)

    assert path.parent.name == doc.postmortem.id.split("-")[1]
    assert path.name.startswith(f"{doc.postmortem.id}-")


def test_ids_are_unique():
    ids = [doc.postmortem.id for doc in DOCUMENTS]

    assert len(set(ids)) == len(ids) >= 10


def test_the_archive_shows_every_type_status_severity_and_audience(settings):
    known = [doc.postmortem for doc in DOCUMENTS]

    assert {one.type for one in known} == {"outage", "security", "near-miss", "lightweight"}
    assert {one.status for one in known} == set(Status)
    assert {one.severity for one in known} == {severity.name for severity in settings.severities}
    assert {one.audience for one in known} == set(Audience)
    assert {item.status for one in known for item in one.actions} == set(ActionStatus)


@every_postmortem
def test_the_four_times_are_in_order_and_stand_in_the_timeline(doc):
    known = doc.postmortem
    times = [known.started, known.detected, known.mitigated, known.resolved]
    told = {entry.time for entry in known.timeline}

    assert times == sorted(times)
    assert set(times) <= told


@every_postmortem
def test_a_timeline_is_in_order_and_names_its_sources(doc):
    rows = doc.postmortem.timeline

    assert (5 if doc.postmortem.type == "lightweight" else 10) <= len(rows) <= 25
    assert [row.time for row in rows] == sorted(row.time for row in rows)
    assert all(row.source and row.event for row in rows)


@every_postmortem
def test_people_and_services_are_known_to_the_archive(doc, settings):
    known = doc.postmortem
    handles = {person.handle for person in settings.people}
    named = {known.commander, *known.authors, *(item.owner for item in known.actions)}

    assert named | {task.owner for task in known.tasks} <= handles | {""}
    assert set(known.services) <= {service.name for service in settings.services}
    assert known.services
    assert known.commander


@every_postmortem
def test_action_items_are_numbered_and_those_of_finished_documents_are_complete(doc):
    items = doc.postmortem.actions

    assert [item.number for item in items] == list(range(1, len(items) + 1))
    assert all(item.status for item in items)
    if doc.postmortem.status is not Status.DRAFT:
        assert all(item.owner and item.due and item.ticket for item in items)


@every_postmortem
def test_only_the_draft_has_something_to_do(doc):
    assert bool(doc.postmortem.todos) == (doc.postmortem.status is Status.DRAFT)


def test_the_draft_shows_items_without_owner_and_without_date():
    (draft,) = (doc.postmortem for doc in DOCUMENTS if doc.postmortem.status is Status.DRAFT)

    assert any(not item.owner and item.due for item in draft.actions)
    assert any(item.owner and item.due is None for item in draft.actions)


@every_postmortem
def test_an_example_has_the_sections_of_its_type(doc):
    wanted = {"summary", "impact", "timeline", "root-cause", "action-items", "lessons-learned"}
    if doc.postmortem.type == "outage":
        wanted |= {"contributing-factors", "resolution", "went-well", "went-wrong", "lucky"}

    assert wanted <= {section.key for section in doc.postmortem.sections}


@every_postmortem
def test_nobody_is_blamed_and_nobody_is_named_in_the_story(doc, settings):
    body = doc.text[doc.front.body :]

    assert ACCUSING.findall(body) == []
    assert [person.name for person in settings.people if person.name in body] == []


def test_the_security_review_fills_in_the_fifteen_sections_of_its_template():
    (security,) = (doc.postmortem for doc in DOCUMENTS if doc.postmortem.type == "security")
    template = (ROOT / "templates" / "security.md.j2").read_text(encoding="utf-8")
    headings = re.findall(r"^## (\d+\. .*)$", template, re.MULTILINE)

    assert len(headings) == 15
    assert list(dict.fromkeys(task.section for task in security.tasks)) == headings
    assert 0.9 < sum(task.done for task in security.tasks) / len(security.tasks) < 1
    assert any(task.depth == 1 for task in security.tasks)
    assert all(task.owner and task.evidence for task in security.tasks if task.done)


@every_text
def test_links_lead_to_files_that_are_there(path):
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    targets = [target.partition("#")[0] for _, _, target in LINK.findall(text)]
    local = [target for target in targets if target and ":" not in target]

    assert [target for target in local if not (path.parent / target).is_file()] == []


@every_text
def test_pictures_say_what_they_show(path):
    text = FENCE.sub("", path.read_text(encoding="utf-8"))

    assert all(len(words) > 40 for mark, words, _ in LINK.findall(text) if mark)


def test_every_attachment_is_linked_from_its_document():
    files = [path for path in (ROOT / "postmortems").rglob("*") if path.is_file() and path.suffix != ".md"]

    assert {path.suffix for path in files} >= {".png", ".svg", ".txt"}
    for path in files:
        text = path.parent.with_suffix(".md").read_text(encoding="utf-8")
        assert f"]({path.parent.name}/{path.name})" in text


ALL_SOURCES = sorted(
    path for path in (ROOT / "examples" / "checkout-outage").iterdir() if path.suffix in {".yml", ".json"}
)


@pytest.fixture(scope="module")
def incident(settings) -> Incident:
    return merge([one for path in ALL_SOURCES for one in sources.fetch(f"file:{path}")], settings)


def test_each_source_is_recognised_as_the_tool_it_comes_from():
    told = [{one.source for one in sources.fetch(f"file:{path}")} for path in ALL_SOURCES]

    assert told == [
        {"Incident record"},
        {"PagerDuty"},
        {"Alertmanager"},
        {"Slack"},
        {"GitHub"},
        {"GitHub"},
        {"Sentry"},
    ]


def test_the_sources_tell_one_story_of_one_day(incident):
    days = {event.at.date().isoformat() for event in incident.events if "v4.7.3" not in event.text}

    assert days == {"2026-11-12"}
    assert len(incident.events) >= 40
    assert {event.kind for event in incident.events} >= {
        "status",
        "severity",
        "priority",
        "alert",
        "release",
        "message",
    }
    assert sum(event.key for event in incident.events) >= 5
    assert incident.started == datetime(2026, 11, 12, 9, 53, 10, tzinfo=UTC)
    assert incident.resolved == datetime(2026, 11, 12, 11, 46, 15, tzinfo=UTC)


def test_what_two_sources_saw_is_told_once(incident):
    (fired,) = (event for event in incident.events if event.text.startswith("Alert fired: CheckoutLatencyHigh"))

    assert set(fired.source.split(", ")) == {"PagerDuty", "Alertmanager"}


def test_the_cause_the_fix_and_the_stack_trace_are_among_the_evidence(incident):
    relations = {(release.relationship, release.name.replace("@v", "@")) for release in incident.releases}
    (group,) = incident.errors

    assert {("caused_by", "payment-service@4.8.0"), ("fixed_by", "payment-service@4.8.1")} <= relations
    assert group.count == 18432
    assert "LockTimeoutError" in group.stack


def test_the_draft_of_the_example_can_be_read_and_asks_what_only_people_know(incident, settings):
    path = ROOT / "templates" / "outage.md.j2"
    template = read_template(path.read_text(encoding="utf-8"), path.name)
    text = render(incident, template, settings, id="INC-2026-0045", now=datetime(2026, 11, 21, tzinfo=UTC))
    read = parse(text)

    assert read.findings == ()
    assert read.postmortem.commander == "jane.smith"
    assert read.postmortem.severity == "SEV1"
    assert [item.owner for item in read.postmortem.actions] == [
        "lena.fischer",
        "amara.okafor",
        "jane.smith",
        "jose.alvarez",
    ]
    assert len(read.postmortem.timeline) == len(
        [event for event in incident.events if event.at.month == 11 and event.at.day == 12]
    )
    assert len(read.postmortem.todos) >= 8
