"""The guide: its links lead somewhere, and what it shows works as shown."""

import re

import click
import pytest
from click.testing import CliRunner

from generator.cli.main import cli
from generator.document.model import ActionStatus
from generator.document.parse import parse
from generator.draft.sources import own
from generator.markup import yaml as strict_yaml
from tests.folders import REPOSITORY as ROOT

GUIDE = sorted((ROOT / "docs").glob("*.md"))
LINK = re.compile(r"\]\(([^()\s]+)\)")
FENCE = re.compile(r"^( *)```.*?^ *```[ \t]*$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", GUIDE, ids=lambda page: page.stem)
def test_links_lead_to_pages_that_are_there(page):
    targets = [target.partition("#")[0] for target in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8")))]

    assert [target for target in targets if ":" not in target and not (page.parent / target).is_file()] == []


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
    shown = parse(f"{front}\n## Timeline\n\n{timeline}\n## Action items\n\n{actions}\n## Checks\n\n{tasks}")

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


def test_the_incident_file_of_the_guide_is_understood():
    example = next(text for text in examples_of("drafting.md", "yaml") if text.startswith("title: "))
    (told,) = own.incidents_from(dict(strict_yaml.load(example).values))

    assert told.services == ("payment-service", "checkout-api")
    assert [one.role for one in told.participants] == ["commander", "scribe"]
    assert len(told.events) == 2
    assert told.releases[0].relationship == "caused_by"


def shown_commands() -> list[tuple[str, str]]:
    joined = [page.read_text(encoding="utf-8").replace("\\\n", " ") for page in GUIDE]
    lines = [line for text in joined for line in re.findall(r"^\s*\$ postmortem (.*)$", text, re.MULTILINE)]
    return [(line.split()[0], option) for line in lines for option in re.findall(r"(?<=\s)--[a-z-]+", line)]


@pytest.mark.parametrize(("name", "option"), sorted(set(shown_commands())))
def test_every_option_of_the_guide_exists(name, option):
    command = cli.get_command(click.Context(cli), name)

    assert option in {opt for parameter in command.params for opt in parameter.opts}


def test_the_readme_puts_it_to_work_on_github_as_the_guide_does():
    steps = re.compile(r"## Put it to work on GitHub\n\n((?:[0-9]+\. .*\n)+)")
    pages = [(ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/github.md")]
    told = [steps.search(page)[1] for page in pages]

    assert told[0] == told[1]
    assert told[0].count("\n") == 10
