"""Addresses and secrets: where a token goes, and where it never shows."""

import base64

import pytest

import jira_sandbox
from jira_sandbox.world import PARTS
from tests.sync.situations.synced import SyncedArchive, cell, row

TIMELINE = PARTS["timeline"][0]


def test_a_token_is_never_shown_whatever_the_other_side_repeats(synced: SyncedArchive) -> None:
    synced.write()
    secret = f"{synced.jira.email}:{synced.jira.token}".encode()
    pair = base64.b64encode(secret).decode() if synced.cloud else f"Bearer {synced.jira.token}"
    echo = {
        "errorMessages": [f"Wrong: {synced.jira.token} {pair}"],
        "errors": {TIMELINE: f"Not with {synced.jira.token}"},
    }
    synced.jira.fault("POST /issue", "400", body=echo, times=99)
    run = synced.sync()
    assert run.code == 1
    synced.jira.clear_faults()
    synced.jira.fault("GET /myself", "400", body=echo)
    synced.sync()
    synced.jira.fault("GET /myself", "500", body=echo, times=9)
    synced.sync()
    synced.plan()
    said = "".join(synced.said)
    assert synced.jira.token not in said
    assert pair not in said
    assert "Wrong: •••" in said
    assert synced.jira.token not in "".join(
        path.read_text(encoding="utf-8") for path in synced.archive.root.rglob("*.*")
    )


def test_an_address_with_a_context_path_or_a_slash_is_the_same(synced: SyncedArchive) -> None:
    synced.set(JIRA_BASE_URL=f"{synced.jira.url}//")
    path = synced.settled()
    assert cell(path, 1, "Ticket") == "OPS-1"
    people = [{"handle": "jane.smith", "name": "Jane Smith", "email": "jane.smith@fernway.example", "jira": "acc-jane"}]
    with jira_sandbox.start(synced.jira.dialect, people=people, context="/jira") as other:  # type: ignore[arg-type]
        synced.set(JIRA_BASE_URL=f"{other.url}/")
        synced.write("INC-2026-0043", rows=row(1, owner="jane.smith"))
        run = synced.sync(str(synced.archive.root / "postmortems" / "2026" / "INC-2026-0043-checkout.md"))
        assert run.code == 0
        assert [one["key"] for one in other.issues()] == ["INCIDENT-1", "OPS-1"]
        held = str(other.issue("INCIDENT-1")["fields"])
        assert f"{other.url}/browse/OPS-1" in held


@pytest.mark.parametrize(
    "url", ["http://jira.fernway.example", "ftp://jira.fernway.example", "https://me:secret@jira.fernway.example"]
)
def test_an_address_that_others_could_listen_to_is_refused(synced: SyncedArchive, url: str) -> None:
    synced.set(JIRA_BASE_URL=url)
    synced.write()
    run = synced.sync()
    assert run.code == 2
    assert "secret" not in run.err
