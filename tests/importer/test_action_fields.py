"""Owner, due date, status and ticket are taken from the words of an action item only where they are unmistakable."""

from datetime import date

import pytest

from generator.importer import action_fields
from generator.importer.chronology import Era


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("Add a canary (owner: @mei.tanaka)", "@mei.tanaka"),
        ("Add a canary. **Owner:** Jane Smith, by May", "Jane Smith"),
        ("Add a canary, assigned to Sam Okafor.", "Sam Okafor"),
        ("@ravi: add a canary", "@ravi"),
        ("Add a canary – @ravi", "@ravi"),
        ("[Jane Smith] Add a canary", "Jane Smith"),
        ("Lena to add a canary", "Lena"),
        ("Need to add a canary", ""),
        ("Ask @ravi whether a canary helps us", ""),
        ("Page the owner of the service", ""),
        ("Add a canary (owner: TBD)", ""),
        ("[Frontend](https://example.com) add a canary", ""),
    ],
)
def test_an_owner_is_named(text, owner):
    assert action_fields.owner(text, {"Lena", "Lena Novak"}) == owner


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Add a canary by 2026-02-16", "2026-02-16"),
        ("Add a canary (due: Feb 16)", "2026-02-16"),
        ("Add a canary, ETA 16th of February 2026", "2026-02-16"),
        ("Since 2026-02-16 there is none", ""),
        ("Caused by 12 nodes", ""),
    ],
)
def test_a_due_date_is_given(text, due):
    assert action_fields.due(text, Era(date(2026, 2, 2))) == due


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("~~Replace the balancer~~", "completed"),
        ("Replace the balancer ✅", "completed"),
        ("[DONE] Replace the balancer", "completed"),
        ("Replace the balancer (done in #12)", "completed"),
        ("Replace the balancer. **Done**", "completed"),
        ("Replace the balancer - in progress", "in progress"),
        ("Replace the balancer (won't fix)", "won't do"),
        ("Find out what could be done better", None),
        ("Alert when a job is not completed", None),
    ],
)
def test_a_status_is_said(text, status):
    assert action_fields.status(text) == status


@pytest.mark.parametrize(
    ("text", "ticket"),
    [
        (
            "See [the issue](https://git.example.com/ops/api/issues/12)",
            "[#12](https://git.example.com/ops/api/issues/12)",
        ),
        ("See https://jira.example.com/browse/OPS-7.", "[OPS-7](https://jira.example.com/browse/OPS-7)"),
        ("See [the issue][i]", "[#9](https://git.example.com/ops/api/pull/9)"),
        ("OPS-71: size the pool", "OPS-71"),
        ("Size the pool (#208)", "#208"),
        ("Read [the docs](https://example.com/docs)", ""),
        ("Patch CVE-2026-1234 with SHA-256 and UTF-8", ""),
    ],
)
def test_a_ticket_is_linked(text, ticket):
    assert action_fields.ticket(text, {"i": "https://git.example.com/ops/api/pull/9"}) == ticket


def test_a_heading_says_how_far_its_items_are():
    assert action_fields.of_title("Actions taken") == "completed"
    assert action_fields.of_title("In progress (next two weeks)") == "in progress"
    assert action_fields.of_title("Not completed") is None
    assert action_fields.of_title("Process improvements") is None
