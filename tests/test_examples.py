"""The example archive and the guide: true to the format they show, and to each other."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator import config, document
from generator.cli import cli
from generator.document import Document
from generator.postmortem import ActionStatus, Audience, Status
from generator.settings import Settings

ROOT = Path(__file__).parent.parent
LAST_EXAMPLE = "INC-2026-0044"  # drafts that somebody made while trying the tool come after it and are no examples
POSTMORTEMS = sorted(path for path in (ROOT / "postmortems").rglob("*.md") if path.name[:13] <= LAST_EXAMPLE)
GUIDE = sorted((ROOT / "docs").glob("*.md"))
FENCE = re.compile(r"^( *)(```+).*?\n.*?^ *\2[ \t]*$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)")
ACCUSING = re.compile(
    r"should have|could have (?:noticed|seen|known|checked|tested|caught)|(?:human|operator|user) error|careless|"
    r"negligen|forgot|mistake|overlooked|whose fault|to blame|incompeten",
    re.IGNORECASE,
)


def read(path: Path) -> Document:
    return document.parse(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix())


DOCUMENTS = [read(path) for path in POSTMORTEMS]
every_postmortem = pytest.mark.parametrize("doc", DOCUMENTS, ids=[doc.postmortem.id for doc in DOCUMENTS])
every_text = pytest.mark.parametrize("path", [*POSTMORTEMS, *GUIDE], ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def settings() -> Settings:
    return config.load(ROOT).settings


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
    assert set(known.services) and known.commander


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
def test_an_outage_has_every_section(doc):
    wanted = {"summary", "timeline", "root-cause", "action-items", "lessons-learned"}
    if doc.postmortem.type == "outage":
        wanted |= {"impact", "contributing-factors", "resolution", "went-well", "went-wrong", "lucky"}
    if doc.postmortem.type == "lightweight":
        wanted -= {"contributing-factors"}

    assert wanted <= {section.key for section in doc.postmortem.sections}


@every_postmortem
def test_nobody_is_blamed_and_nobody_is_named_in_the_story(doc, settings):
    body = doc.text[doc.front.body :]

    assert ACCUSING.findall(body) == []
    assert [person.name for person in settings.people if person.name in body] == []


def test_the_security_review_fills_in_the_fifteen_sections():
    (security,) = (doc.postmortem for doc in DOCUMENTS if doc.postmortem.type == "security")
    sections = {task.section for task in security.tasks}

    assert len([section for section in sections if re.match(r"\d+\. ", section)]) == 15
    assert sum(task.done for task in security.tasks) / len(security.tasks) > 0.9
    assert any(task.depth == 1 for task in security.tasks)
    assert all(task.evidence for task in security.tasks if task.done and task.owner)


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


def test_every_page_of_the_guide_is_reached_from_its_first():
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")

    assert [page.name for page in GUIDE if page.name != "index.md" and f"({page.name})" not in index] == []


def test_the_guide_keeps_a_place_for_the_table_of_front_matter():
    text = (ROOT / "docs" / "document.md").read_text(encoding="utf-8")

    assert re.search(r"^<!-- schema:begin -->$.*^<!-- schema:end -->$", text, re.MULTILINE | re.DOTALL)


def examples_of(page: str, language: str) -> list[str]:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_the_guide_shows_front_matter_tables_and_tasks_that_can_be_read():
    front, timeline, actions, tasks, _ = examples_of("document.md", "markdown")
    shown = document.parse(f"{front}\n## Timeline\n\n{timeline}\n## Action items\n\n{actions}\n## Checks\n\n{tasks}")

    assert shown.findings == ()
    assert [entry.time and entry.time.hour for entry in shown.postmortem.timeline] == [14, 14, 15]
    assert [item.status for item in shown.postmortem.actions] == [ActionStatus.COMPLETED, ActionStatus.IN_PROGRESS]
    assert [(task.depth, task.owner) for task in shown.postmortem.tasks] == [
        (0, "jane.smith"),
        (0, "jose.alvarez"),
        (1, "jose.alvarez"),
        (1, ""),
    ]


def commands_of(page: str) -> list[str]:
    lines = re.findall(r"^\s*\$ postmortem (.*)$", "\n".join(examples_of(page, "console")), re.MULTILINE)
    return [re.split(r"\s+[|>#] ?", line)[0] for line in lines]


@pytest.mark.parametrize("line", commands_of("reading-the-archive.md"))
def test_the_questions_of_the_guide_find_something(line):
    result = CliRunner().invoke(cli, ["-C", str(ROOT), *line.split()], env={"SOURCE_DATE_EPOCH": "1795248000"})

    assert result.exit_code == 0, result.output
    assert result.stdout.count("\n") >= 2
