"""A postmortem that holds a secret stays where it is; the others go on."""

import json

import pytest

from tests.check.rules.test_secret import SECRETS
from tests.sync.situations.synced import SyncedArchive


@pytest.mark.parametrize("kind", ["a GitHub token", "a password in a URL", "a quoted password"])
def test_a_postmortem_with_a_secret_is_not_sent_unless_allowed(synced: SyncedArchive, kind: str) -> None:
    secret = SECRETS[kind]
    path = synced.write()
    synced.write("INC-2026-0043")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("A query lost its index.", f"We ran {secret} by hand."), encoding="utf-8")

    planned, done = synced.plan(), synced.sync()

    for run in (planned, done):
        assert run.code == 1
        assert f"{path.name}:" in run.err
        assert "not sent, as this looks like" in run.err
        assert "--allow-secrets" in run.err
        assert {row["postmortem"] for row in run.rows} == {"INC-2026-0043"}
    assert secret not in "".join(synced.said)
    sent = json.dumps(synced.jira.issues(), default=str)
    assert secret not in sent
    allowed = synced.sync("--allow-secrets")
    assert allowed.code == 0
    assert {row["postmortem"] for row in allowed.rows} == {"INC-2026-0042"}
