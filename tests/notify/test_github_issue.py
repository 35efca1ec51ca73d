"""One issue lists what is overdue: opened once, kept, closed."""

import pytest

from generator.notify import overdue_issue
from tests.clients.github.clones import PATH
from tests.clients.github.standin import Hub


def run(clone, hub: Hub, *more: str):
    return clone.run("github", "overdue", *more, **hub.environment)


def test_an_issue_is_opened_once_and_kept(clone, hub: Hub):
    first = run(clone, hub, "--apply")
    again = run(clone, hub, "--apply")

    assert first.returncode == 0, first.stderr
    assert "+ an issue with 1 overdue action items" in first.stdout
    assert again.stdout.startswith("= ")
    (issue,) = hub.archive.issues.values()
    assert issue["labels"] == ["postmortem-overdue"]
    assert issue["body"].startswith(overdue_issue.MARKER)
    assert "Alert on pool saturation" in issue["body"]
    assert "due 2026\\-04\\-20" in issue["body"] or "due 2026-04-20" in issue["body"]
    assert f"{hub.home}/blob/main/{PATH}" in issue["body"]


def test_it_is_brought_up_to_date_and_closed_when_nothing_is_left(clone, hub: Hub):
    run(clone, hub, "--apply")
    text = (clone.root / PATH).read_text(encoding="utf-8")
    clone.write(PATH, text.replace("Alert on pool", "Page on pool"))
    changed = run(clone, hub, "--apply")
    clone.write(PATH, text.replace("| open        |", "| completed   |"))
    closed = run(clone, hub, "--apply")
    after = run(clone, hub, "--apply")

    assert changed.stdout.startswith("~ ")
    assert closed.stdout.startswith("~ close")
    assert after.stdout == "= nothing is overdue\n"
    assert hub.archive.issues[1]["state"] == "closed"
    assert "Thank you" in hub.archive.issues[1]["body"]


def test_without_apply_nothing_is_written(clone, hub: Hub):
    ran = run(clone, hub)

    assert "Nothing was written" in ran.stderr
    assert hub.writes == []


def test_an_issue_of_somebody_else_with_our_mark_is_left_alone(clone, hub: Hub):
    hub.archive.issues[1] = {
        "title": "Mine",
        "body": f"{overdue_issue.MARKER} mine",
        "labels": ["postmortem-overdue"],
        "state": "open",
        "author": "mallory",
    }

    run(clone, hub, "--apply")

    assert hub.archive.issues[1]["body"] == f"{overdue_issue.MARKER} mine"
    assert len(hub.archive.issues) == 2


def test_an_action_that_wants_more_than_to_be_read_is_only_read(clone, hub: Hub):
    evil = "@fernway/team <!-- x --> ``` [a](javascript:b) #12"
    text = (clone.root / PATH).read_text(encoding="utf-8")
    clone.write(PATH, text.replace("Alert on pool saturation", evil))

    run(clone, hub, "--apply")

    body = hub.archive.issues[1]["body"].removeprefix(overdue_issue.MARKER)
    assert "@fernway" not in body
    assert "<!--" not in body
    assert "](javascript" not in body
    assert "#12" not in body


@pytest.mark.parametrize("mark", ["x-source: wiki/old.md", "sample: true"])
def test_of_history_and_samples_nobody_is_reminded(clone, hub: Hub, mark):
    text = (clone.root / PATH).read_text(encoding="utf-8")
    clone.write(PATH, text.replace("audience: internal\n", f"audience: internal\n{mark}\n"))

    ran = run(clone, hub, "--apply")

    assert ran.stdout == "= nothing is overdue\n"
    assert hub.archive.issues == {}
