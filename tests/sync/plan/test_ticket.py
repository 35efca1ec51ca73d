"""Action items as tickets: what they say, where they go, and which ticket they have already."""

from dataclasses import replace
from datetime import date

import pytest

from generator.document.model import ActionStatus
from generator.document.parse import parse
from generator.settings.jira import JiraSettings
from generator.settings.model import Person, Service, Settings
from generator.sync.jira.rules import JiraRules
from generator.sync.plan.facts import facts_of
from generator.sync.plan.ticket import wanted_items

URL = "https://postmortems.example.com/"
PAGE = f"{URL}postmortems/INC-2026-0007/"
SITE = "https://jira.example.com/jira"
JIRA = JiraSettings(url=SITE, project="INCIDENT", action_project="OPS")
SETTINGS = Settings(
    url=URL,
    jira=JIRA,
    people=(Person("mia.berg", "Mia Berg", "mia@example.com"),),
    services=(
        Service("lock-gates", aliases=("gates",), jira_issue_type="Bug"),
        Service("ferry-plan", jira_project="FERRY", jira_issue_type="Story"),
    ),
)


def items(rows, settings=SETTINGS, head="# | Action | Owner | Due date | Status | Ticket | Type | Priority", **front):
    front = {"id": "INC-2026-0007", "title": "Gates stay [shut]", "severity": "SEV2", "status": "draft", **front}
    lines = "\n".join(f"{key}: {value!r}" for key, value in front.items() if key != "services")
    services = f"services: [{front['services']}]\n" if "services" in front else ""
    table = "\n".join([f"| {head} |", "|" + "---|" * (head.count("|") + 1), *(f"| {row} |" for row in rows)])
    facts = facts_of(parse(f"---\n{lines}\n{services}---\n\n## Action items\n\n{table}\n"), settings)
    return wanted_items(facts, JiraRules(settings), settings)


def test_a_row_becomes_a_ticket():
    (item,) = items(
        ["3 | Grease the `left` [hinge](https://wiki.example.com/h) | @mia.berg | 2026-05-01 | wip | | prevent | low"]
    )

    assert item.number == 3
    assert item.summary == "Grease the left hinge"
    assert item.markdown == (
        "Grease the `left` [hinge](https://wiki.example.com/h)\n\n"
        f"Action item 3 of [INC-2026-0007 Gates stay \\[shut\\]]({PAGE})\n\n"
        "- **Severity:** SEV2\n- **Due:** 2026-05-01\n- **Type:** prevent"
    )
    assert item.labels == ("action-item", "sev2", "postmortem-INC-2026-0007-3")
    assert (item.owner, item.due, item.status) == ("mia.berg", date(2026, 5, 1), ActionStatus.IN_PROGRESS)
    assert (item.priority, item.project, item.issue_type, item.cut) == ("High", "OPS", "Task", False)
    assert item.key == ""


def test_rows_that_are_no_task_yet_are_left_out():
    rows = [" | No number | | | | | |", "1 | | | | | | |", "2 | TODO: what else? | | | | | |", "3 | Paint | | | | | |"]

    assert [item.number for item in items(rows)] == [3]


def test_rows_that_share_a_number_are_left_out_and_named():
    rows = ["1 | Paint | | | | | |", "2 | Scrape | | | | | |", "1 | Sand | | | | | |"]
    document = parse("## Action items\n\n| # | Action |\n|---|---|\n| 1 | Paint |\n| 1 | Sand |\n")

    assert [item.number for item in items(rows)] == [2]
    assert facts_of(document, SETTINGS).repeated == (1,)


def test_a_long_action_is_cut_in_the_summary_and_whole_in_the_text():
    action = "Oil " + "the very long hinge " * 30
    (item,) = items([f"1 | {action} | | | | | |"])

    assert item.cut
    assert len(item.summary) <= 255
    assert item.summary.endswith("…")
    assert action.strip() in item.markdown


@pytest.mark.parametrize(
    ("cell", "owner"),
    [("Mia Berg", "mia.berg"), ("mia.berg, li.wei", "mia.berg"), ("Harbour team", "Harbour team"), ("tbd", "")],
)
def test_the_first_owner_owns_the_ticket(cell, owner):
    assert items([f"1 | Paint | {cell} | | | | |"])[0].owner == owner


@pytest.mark.parametrize(
    ("services", "place"),
    [
        ("unknown", ("OPS", "Task")),
        ("gates", ("OPS", "Bug")),
        ("gates, Ferry-Plan", ("FERRY", "Story")),
    ],
)
def test_the_first_service_with_a_project_of_its_own_gets_the_ticket(services, place):
    (item,) = items(["1 | Paint | | | | | |"], services=services)

    assert (item.project, item.issue_type) == place


def test_without_a_project_for_actions_they_go_to_the_postmortems_project():
    assert (
        items(["1 | Paint | | | | | |"], replace(SETTINGS, jira=replace(JIRA, action_project="")))[0].project
        == "INCIDENT"
    )


@pytest.mark.parametrize(("cell", "priority"), [("low", "Low"), ("HIGH", "High"), ("p7", ""), ("", "")])
def test_a_severity_without_a_priority_leaves_it_to_the_row(cell, priority):
    jira = replace(JIRA, priorities={"SEV1": "High", "SEV3": "Low"})

    assert items([f"1 | Paint | | | | | | {cell}"], replace(SETTINGS, jira=jira))[0].priority == priority


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("OPS-7", "OPS-7"),
        ("`OPS-7`", "OPS-7"),
        ("OPS-7, OPS-8", "OPS-7"),
        ("OPS-7 (done)", "OPS-7"),
        (f"[OPS-7]({SITE}/browse/OPS-7)", "OPS-7"),
        ("[OPS-7](https://old-jira.example.com/browse/OPS-7)", "OPS-7"),
        (f"[the ticket]({SITE}/browse/OPS-7?focusedCommentId=3)", "OPS-7"),
        (f"{SITE}/browse/OPS-7", "OPS-7"),
        (f"<{SITE}/browse/OPS-7/>", "OPS-7"),
        ("https://other.example.com/browse/OPS-7", ""),
        ("https://jira.example.com/jira.evil/browse/OPS-7", ""),
        ("[OPS-7](https://github.com/example/tides/issues/7)", ""),
        ("https://github.com/example/tides/issues/7", ""),
        ("https://[broken/browse/OPS-7", ""),
        ("tides#7", ""),
        ("OPS-07", ""),
        ("OPS-٣", ""),
        ("ops-7", ""),
        ("O-7", ""),
        ("see OPS-7", ""),
        ("", ""),
    ],
)
def test_the_key_of_our_own_jira_is_read_from_the_ticket_cell(cell, key):
    rules = JiraRules(SETTINGS)
    assert rules.parse_ticket(cell, ()) == key
    assert not key or rules.parse_ticket(rules.render_ticket(key), ()) == key


def test_items_of_a_restricted_document_say_nothing_of_what_happened():
    rows = ["1 | Narrow the role that reads exports | mia.berg | 2026-05-01 | open | SEC-9 | privacy | high"]
    (item,) = items(rows, audience="restricted", services="ferry-plan")

    assert item.summary == "Action item 1 of a restricted postmortem"
    assert item.markdown == f"Action item 1 of [INC-2026-0007]({PAGE})\n\n- **Severity:** SEV2\n- **Due:** 2026-05-01"
    assert (item.project, item.issue_type) == ("OPS", "Task")
    assert (item.owner, item.key, item.cut) == ("mia.berg", "SEC-9", True)
