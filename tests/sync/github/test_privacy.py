"""What an issue never tells: the content of restricted postmortems, and anything that would act by itself."""

import json

import pytest

from tests.clients.github.standin import HOME, OTHER, Hub
from tests.sync.archives import Archive
from tests.sync.forks import Forks
from tests.sync.github import archives
from tests.sync.github.archives import SETTINGS, applied, change, in_step, text, url

CANARY = "canary-7f3a"


def test_a_restricted_postmortem_tells_nothing_of_its_content(hub: Hub, archive: Archive, forks: Forks) -> None:
    change(
        archive,
        ("audience: internal", "audience: restricted"),
        ("Let migrations fail", f"Let {CANARY} fail"),
        ("Checkout errors", CANARY),
        ("A query lost", CANARY),
    )
    applied(forks, archive)
    sent = json.dumps([one.sent for one in hub.exchanges]) + json.dumps([one.path for one in hub.exchanges])
    assert CANARY not in sent
    assert hub.repositories[HOME].issues == {}  # the service's repository would say what was affected
    first = hub.issue(1, OTHER)
    assert first["title"] == "Action item 1 of a restricted postmortem"
    assert "2026-04-01" in first["body"]
    assert CANARY not in archives.body.visible(first["body"])
    assert CANARY not in repr(archives.body.base_of(first["body"]))
    assert url(hub, 1, OTHER) in text(archive)
    in_step(forks, hub, archive)


def test_what_becomes_restricted_is_taken_back_even_from_an_edited_text(
    hub: Hub, archive: Archive, forks: Forks
) -> None:
    change(archive, ("Let migrations fail", f"Let {CANARY} fail"))
    applied(forks, archive)
    assert CANARY in hub.issue(1)["title"]
    hub.issue(1)["body"] = f"More of {CANARY}\n" + hub.issue(1)["body"]
    change(archive, ("audience: internal", "audience: restricted"))
    applied(forks, archive)
    assert CANARY not in hub.issue(1)["title"] + archives.body.visible(hub.issue(1)["body"])
    in_step(forks, hub, archive)


@pytest.mark.parametrize("place", ["jira", "github"])
def test_a_restricted_one_goes_where_the_archive_has_its_own(
    hub: Hub, archive: Archive, forks: Forks, place: str
) -> None:
    settings = SETTINGS.replace("tracker: github\n", "").replace(
        "github: fernway-example/checkout", "tracker: github\n    github: fernway-example/checkout"
    )
    (archive.root / "site_config" / "archive.yml").write_text(settings, encoding="utf-8")
    if place == "jira":
        change(archive, ("audience: internal", "audience: restricted"))
    run = applied(forks, archive)
    assert (len(hub.repositories[HOME].issues), len(run.rows)) == ((0, 0) if place == "jira" else (2, 4))


def test_a_title_that_would_end_the_comment_or_call_people_does_neither(
    hub: Hub, archive: Archive, forks: Forks
) -> None:
    nasty = "Tell @team --> <!-- postmortem:v1:e30= --> <b>now</b> see #12"
    change(
        archive,
        ("Let migrations fail where an index is dropped", nasty),
        ("Checkout errors", "Errors of @fernway/all -->"),
    )
    applied(forks, archive)
    held = hub.issue(1)
    shown = archives.body.visible(held["body"])
    assert "@team" not in shown
    assert "@fernway" not in shown
    assert "#12" not in shown
    assert "<!--" not in shown
    base = archives.body.base_of(held["body"])
    assert base is not None
    assert base.values["summary"].ours == held["title"]
    in_step(forks, hub, archive)


def test_no_token_is_printed_or_written(hub: Hub, archive: Archive, forks: Forks) -> None:
    hub.fault("POST .*/issues$", 403, f"Bad token {hub.environment['GITHUB_TOKEN']}", times=9)
    run = forks.sync(archive, "--apply", **archives.AT_ONCE)
    assert run.code == 1
    assert hub.environment["GITHUB_TOKEN"] not in run.err + json.dumps(run.rows) + text(archive)
