"""Addresses and secrets: where a token goes, and where it never shows."""

import base64

import pytest

import jira_sandbox
from jira_sandbox.world import PARTS
from tests.sync.situations.places import Place, cell, row

TIMELINE = PARTS["timeline"][0]


def test_situation_42_a_token_is_never_shown_whatever_the_other_side_repeats(place: Place) -> None:
    place.write()
    secret = f"{place.jira.email}:{place.jira.token}".encode()
    pair = base64.b64encode(secret).decode() if place.cloud else f"Bearer {place.jira.token}"
    echo = {
        "errorMessages": [f"Wrong: {place.jira.token} {pair}"],
        "errors": {TIMELINE: f"Not with {place.jira.token}"},
    }
    place.jira.fault("POST /issue", "400", body=echo, times=99)
    run = place.sync()
    assert run.code == 1
    place.jira.clear_faults()
    place.jira.fault("GET /myself", "400", body=echo)
    place.sync()
    place.jira.fault("GET /myself", "500", body=echo, times=9)
    place.sync()
    place.plan()
    said = "".join(place.said)
    assert place.jira.token not in said
    assert pair not in said
    assert "Wrong: •••" in said
    assert place.jira.token not in "".join(path.read_text(encoding="utf-8") for path in place.archive.root.rglob("*.*"))


def test_situation_43_an_address_with_a_context_path_or_a_slash_is_the_same(place: Place) -> None:
    place.set(JIRA_BASE_URL=f"{place.jira.url}//")
    path = place.settled()
    assert cell(path, 1, "Ticket") == "OPS-1"
    people = [{"handle": "jane.smith", "name": "Jane Smith", "email": "jane.smith@fernway.example", "jira": "acc-jane"}]
    with jira_sandbox.start(place.jira.dialect, people=people, context="/jira") as other:  # type: ignore[arg-type]
        place.set(JIRA_BASE_URL=f"{other.url}/")
        place.write("INC-2026-0043", rows=row(1, owner="jane.smith"))
        run = place.sync(str(place.archive.root / "postmortems" / "2026" / "INC-2026-0043-checkout.md"))
        assert run.code == 0
        assert [one["key"] for one in other.issues()] == ["INCIDENT-1", "OPS-1"]
        held = str(other.issue("INCIDENT-1")["fields"])
        assert f"{other.url}/browse/OPS-1" in held


@pytest.mark.parametrize(
    "url", ["http://jira.fernway.example", "ftp://jira.fernway.example", "https://me:secret@jira.fernway.example"]
)
def test_situation_43_an_address_that_others_could_listen_to_is_refused(place: Place, url: str) -> None:
    place.set(JIRA_BASE_URL=url)
    place.write()
    run = place.sync()
    assert run.code == 2
    assert "secret" not in run.err
