"""`postmortem sync` with Jira, with Confluence, with both and with neither."""

import json

import pytest

import jira_sandbox
from tests.clients.http.conftest import Reply
from tests.sync.confluence.conftest import ID, Archive
from tests.sync.confluence.stand_in import TOKEN, World

JIRA = "jira:\n  project: INCIDENT\n  action_project: OPS\n"


@pytest.fixture
def jira(world: World):
    with jira_sandbox.start(world.dialect) as running:
        yield running


def test_with_neither_it_says_what_to_set(site: Archive):
    site.write()
    ran = site.command()

    assert ran.returncode == 2
    assert "nor Confluence is set up. For Jira set" in ran.stderr


def test_with_confluence_alone_pages_are_written(site: Archive, world: World):
    site.write()
    ran = site.command("--format", "json", **world.environment)
    assert ran.returncode == 0, ran.stderr
    assert world.writes == []
    assert "Do it with: postmortem sync --apply" in ran.stderr

    ran = site.command("--apply", "--format", "json", **world.environment)
    assert [(row["target"], row["action"], row["done"]) for row in json.loads(ran.stdout)] == [
        ("confluence", "create", True)
    ]
    assert world.only("#INC")
    assert TOKEN not in ran.stdout + ran.stderr

    ran = site.command("--apply", **world.environment)
    assert "1 postmortem compared: everything is in step." in ran.stderr


def test_with_jira_alone_no_page_is_asked_for(site: Archive, world: World, jira):
    site.settings(JIRA)
    site.write(ticket="")
    ran = site.command("--format", "json", "--apply", **jira.environment)

    assert ran.returncode == 0, ran.stderr
    assert {row["target"] for row in json.loads(ran.stdout)} == {"jira"}
    assert world.asked == []


def test_with_both_the_page_has_the_keys_of_the_issues(site: Archive, world: World, jira):
    site.settings(JIRA)
    site.write(ticket="")
    environment = {**jira.environment, **world.environment}

    ran = site.command("--format", "json", "--apply", **environment)

    assert ran.returncode == 0, ran.stderr
    assert [row["target"] for row in json.loads(ran.stdout)][-1] == "confluence"
    keys = [issue["key"] for issue in jira.issues()]
    page = world.only("#INC")
    assert len(keys) == 2
    assert all(f"{jira.url}/browse/{key}" in page.body for key in keys)

    world.writes.clear()
    ran = site.command("--format", "json", "--apply", **environment)
    assert (json.loads(ran.stdout), world.writes) == ([], [])


def test_an_address_of_jira_alone_is_for_drafting(site: Archive, world: World):
    site.write()
    ran = site.command("--format", "json", JIRA_BASE_URL="https://jira.fernway.example", **world.environment)

    assert [row["target"] for row in json.loads(ran.stdout)] == ["confluence"]


def test_an_error_of_one_does_not_keep_the_other_from_being_asked(site: Archive, world: World, jira):
    site.settings(JIRA)
    site.write(ticket="")
    jira.expired = True
    ran = site.command("--format", "json", "--apply", **jira.environment, **world.environment)

    assert ran.returncode == 1
    assert "the run ended early: Jira" in ran.stderr
    assert [row["target"] for row in json.loads(ran.stdout)] == ["confluence"]
    assert world.only("#INC").title == f"#{ID} Checkout errors"


def test_a_page_that_people_must_decide_about_ends_with_1_and_a_busy_confluence_with_75(site: Archive, world: World):
    site.write()
    world.add(f"#{ID} Checkout errors")
    ran = site.command("--format", "json", "--apply", **world.environment)
    assert ran.returncode == 1
    assert [row["code"] for row in json.loads(ran.stdout)] == ["page-title-taken"]

    world.before = lambda _: Reply(429, b"{}", {"Retry-After": "3600"})
    ran = site.command("--apply", **world.environment)
    assert ran.returncode == 75
    assert "Confluence" in ran.stderr


def test_people_see_what_happens_to_pages(site: Archive, world: World):
    site.write()
    ran = site.command(**world.environment)

    assert "+ create page" in ran.stdout
    assert "parent: Postmortems 2026-Q1" in ran.stdout
