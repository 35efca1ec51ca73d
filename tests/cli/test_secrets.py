"""Secrets in what comes in: not in a draft, its name or what is said; a person's own words stay and are named."""

import json

import pytest
from click.testing import CliRunner

from generator.cli.main import cli
from tests.check.rules.test_secret import SECRETS
from tests.cli.test_new import INCIDENT, run

KINDS = [
    "a GitHub token",
    "a Slack webhook",
    "a bearer token",
    "a password in a URL",
    "a token in a URL",
    "a password",
    "a JSON web token",
]


def values(kind):
    from generator.document.secrets import secrets_in

    return [secret.value for secret in secrets_in(SECRETS[kind])]


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_holds_no_secret_of_its_sources(archive_root, kind):
    secret = SECRETS[kind]
    told = {
        **INCIDENT,
        "title": f"Login fails {secret}",
        "description": f"We used\n\n{secret}\n\nto look.",
        "timeline": [{"time": "2026-04-02T09:00:00Z", "event": f"jane: try {secret}", "by": "jane"}],
        "attachments": [{"name": f"{secret} in a trace", "url": "https://files.example.com/1"}],
    }
    (archive_root / "incident.json").write_text(json.dumps(told), encoding="utf-8")

    ran = run(archive_root, "--from", "file:incident.json")

    assert ran.returncode == 0, ran.stderr
    written = archive_root / ran.stdout.strip()
    everything = f"{written.read_text(encoding='utf-8')}{ran.stdout}{ran.stderr}{written.name}"
    assert "REDACTED" in everything
    assert "redacted" in written.name
    assert "secret: " in ran.stderr
    assert "revoke" in ran.stderr
    for value in values(kind):
        assert value not in everything
        assert value.lower() not in written.name


def test_a_title_that_is_given_is_no_way_around(archive_root):
    ran = run(archive_root, "--title", f"Key {SECRETS['a GitHub token']} leaked")

    assert ran.stdout.endswith("key-redacted-leaked.md\n")
    assert SECRETS["a GitHub token"] not in (archive_root / ran.stdout.strip()).read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["a GitHub token", "a password", "a private key"])
def test_an_import_leaves_a_persons_words_and_names_each_secret(archive_root, kind):
    secret = SECRETS[kind]
    source = archive_root / "outage.md"
    source.write_text(
        f"# Outage of {secret.split(chr(10))[0]}\n\n## Summary\n\nIt broke.\n\n{secret}\n\n## Root cause\n\nA cable.\n\n## Timeline\n\n"
        "- 2026-03-01 10:00 it broke\n- 2026-03-01 11:00 it works\n",
        encoding="utf-8",
    )

    ran = CliRunner().invoke(cli, ["-C", str(archive_root), "import", str(source), "--force"])

    (written,) = (archive_root / "postmortems" / "2026").glob("*outage*.md")
    assert secret.split("\n")[-1] in written.read_text(encoding="utf-8")
    assert (
        f"outage.md:7: this looks like {kind}, and was imported as it is; revoke it" in ran.stderr
        or kind == "a private key"
    )
    assert "this looks like" in ran.stderr
    for value in values(kind):
        assert value not in ran.output
        assert value.lower() not in written.name
