"""What goes wrong in one postmortem ends that one, and everything that was done is reported."""

import os
import signal
import time

from jira_sandbox.journal import Phase
from tests.sync import promises
from tests.sync.archives import Archive
from tests.sync.forks import Forks
from tests.sync.situations.synced import SyncedArchive, cell, row

OTHER = "INC-2026-0043"


def test_an_issue_that_is_refused_takes_nobody_with_it(synced: SyncedArchive) -> None:
    ticket = synced.jira.add_issue("OPS", summary="Somebody's ticket")
    refused = synced.write(rows=row(1, ticket=ticket) + row(2))
    done = synced.write(OTHER, rows=row(1))
    wrong = {"errorMessages": ["This priority is not available for this project."], "errors": {}}

    def refuse(number: int, phase: Phase) -> None:
        one = synced.jira.request(number)
        if phase == "before" and one.path.endswith("/issue") and "INC-2026-0042 (" in str(one.body):
            synced.jira.fault("POST /issue", "400", body=wrong)

    synced.jira.on_request = refuse
    run = synced.sync()
    assert run.code == 1
    assert {"create-failed", "skipped"} <= run.codes()
    assert "has no issue of its own yet" in str(run.rows)
    assert synced.head(OTHER)["key"] in done.read_text(encoding="utf-8")
    assert synced.jira.user("postmortem-bot")["properties"] == {}
    assert cell(refused, 1, "Ticket") == ticket
    synced.jira.on_request = None
    synced.jira.clear_faults()
    synced.calm()
    assert len(synced.jira.links(ticket)) == 1
    assert synced.sync().rows == []


def test_an_interrupted_run_reports_what_it_did_and_gives_its_claims_back(synced: SyncedArchive) -> None:
    archive: Archive = synced.archive
    for number in range(42, 54):
        archive.write(f"INC-2026-00{number}", rows=row(1))
    with Forks() as forks:
        running = forks.start(archive, "--apply", **promises.AT_ONCE)

        def interrupt(number: int, phase: Phase) -> None:
            one = synced.jira.request(number)
            if phase == "after-write" and one.method == "POST" and one.path.endswith("/issue"):
                synced.jira.on_request = None
                os.kill(running.pid, signal.SIGINT)
                time.sleep(0.2)

        synced.jira.on_request = interrupt
        run = running.finish()
    assert run.code == 130
    created = {r["key"] for r in run.rows if r["action"] == "create" and r["done"]}
    assert created == {one["key"] for one in synced.jira.issues()}
    assert len(created) < 24
    assert "skipped" in run.codes()
    assert synced.jira.user("postmortem-bot")["properties"] == {}
    synced.calm()
    assert len(synced.jira.issues()) == 24
