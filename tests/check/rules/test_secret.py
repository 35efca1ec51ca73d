"""No token, key or password stands in the file. Every secret here is invented, and put together from parts."""

import pytest

from generator.check import engine
from generator.check.rule import Context
from generator.document.parse import parse
from generator.settings.model import Settings
from tests.check.sample import GOOD, TODAY, changed, findings, line_of

LETTERS = "Zt5Qw8Xr2Lm9Kd4Vb7Nc1Hs6Jf3Pg0Ya" * 8
HEX = "9f2c4e7a1b3d5f60" * 4
SECRETS = {
    "an AWS access key": "AKIA" + "Q3EGZX7PLM2VRT5K",
    "a GitHub token": "gh" + "p_" + LETTERS[:36],
    "a fine-grained GitHub token": "github" + "_pat_" + LETTERS[:22] + "_" + LETTERS[:59],
    "a GitLab token": "glpat" + "-" + LETTERS[:20],
    "a Slack token": "xox" + "b-2345678901-234567890123-" + LETTERS[:24],
    "a Slack webhook": "https://hooks.slack" + ".com/services/T0AB12CD3/B0EF45GH6/" + LETTERS[:24],
    "a Stripe key": "sk_" + "live_" + LETTERS[:24],
    "a Google API key": "AI" + "za" + LETTERS[:35],
    "a Google client secret": "GOC" + "SPX-" + LETTERS[:28],
    "an npm token": "np" + "m_" + LETTERS[:36],
    "a PyPI token": "py" + "pi-AgEIcHlwaS5vcmc" + LETTERS[:60],
    "an Atlassian token": "ATATT" + "3xFfGF0" + LETTERS[:60],
    "a JSON web token": "ey" + "JhbGciOiJIUzI1NiJ9.ey" + "JzdWIiOiIxMjM0NTY3ODkwIn0." + LETTERS[:43],
    "a private key": "-----BEGIN RSA " + "PRIVATE KEY-----\n" + LETTERS[:64] + "\n",
    "an OpenSSH key": "-----BEGIN OPENSSH " + "PRIVATE KEY-----\\n" + LETTERS[:64],
    "a SendGrid key": "S" + "G." + LETTERS[:22] + "." + LETTERS[:43],
    "a Vault token": "hv" + "s." + LETTERS[:24],
    "a Grafana token": "gl" + "sa_" + LETTERS[:32] + "_" + HEX[:8],
    "an Azure key": "AccountKey=" + LETTERS[:86] + "==",
    "a password in a URL": "postgres://shop:" + "corr3ct-h0rse@db.example.com/orders",
    "an empty user in a URL": "redis://:" + "q9w8e7r6@cache.example.com:6379",
    "a token in a URL": "https://api.example.com/v1/x?access_token=" + LETTERS[:32],
    "a bearer token": "curl -H 'Authorization: Bearer " + LETTERS[:40] + "'",
    "basic credentials": "Authorization: Basic " + "c2hvcDpjb3JyM2N0LWgwcnNl",
    "an API key in a header": "X-Api-Key: " + LETTERS[:32],
    "a password": "password = " + "hunter2",
    "a quoted password": 'DB_PASSWORD: "' + "Tr0ub4dor&3" + '"',
    "a password without digits": "password=" + "swordfishes",
    "a password of a connection string": "Server=db.example.com;User Id=shop;Password=" + "corr3ct-h0rse;",
    "a secret in YAML": "client_secret: " + LETTERS[:32],
    "a token in code": 'api_token = "' + HEX[:40] + '"',
    "an AWS secret key": "aws_secret_access_key = " + LETTERS[:40],
    "an environment variable": "export GITHUB_TOKEN=" + HEX[:40],
}


def body(words):
    return changed(("Building the index took", f"{words}\n\nBuilding the index took"))


@pytest.mark.parametrize("kind", SECRETS)
@pytest.mark.parametrize("around", ["{}", "`{}`", "\n```\n{}\n```\n", "| a | {} |", "see {}, and more"])
def test_each_kind_is_found_anywhere_and_never_shown(kind, around):
    text = body(around.format(SECRETS[kind]))
    found = findings(text, "secret")

    assert len(found) == 1, found
    assert found[0].severity == "error"
    line = text.split("\n")[found[0].line - 1]
    assert any(part in line for part in SECRETS[kind].split("\n")[-2:] if part)
    shown = f"{found[0].message} {found[0].hint}"
    assert all(
        word not in shown
        for word in (LETTERS[:12], HEX[:12], "hunter2", "corr3ct", "Tr0ub4dor", "swordfishes", "q9w8e7r6")
    )


def test_the_message_says_the_kind_the_beginning_and_the_length():
    (found,) = findings(body(SECRETS["a GitHub token"]), "secret")

    assert found.message == "This looks like a GitHub token: `ghp_…`, 40 characters."
    assert found.hint.startswith("Revoke it first")


@pytest.mark.parametrize(
    "words",
    [
        "password = ********",
        "password: <password>",
        "password=${DB_PASSWORD}",
        "password = $PASSWORD",
        "password = os.environ['DB_PASSWORD']",
        "password = getpass()",
        "password: the one from the vault",
        "The password: required, at least 12 characters",
        "password=None and token = null",
        "password = {{ vault.password }}",
        "password = example-password-1",
        "password: changeme",
        "token: see the vault",
        "token = request.headers.get('x')",
        "token_count = 1500000",
        "max_tokens: 20000",
        "secret: payments-db-credentials-2",
        "secretName: payments-tls",
        "api_key = settings.API_KEY",
        "the key: value store",
        "Authorization: Bearer <token>",
        "Authorization: Bearer $TOKEN",
        "Authorization failed: connection closed",
        "https://user:password@example.com",
        "https://user:<token>@example.com",
        "https://$USER:$PASS@example.com",
        "https://grafana.example.com/d/abc?from=1773756000000&to=1773763200000",
        "https://example.com/x?token=<redacted>",
        "commit 3f786850e387550fdab836ed7e6dc881de23001b",
        "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "123e4567-e89b-12d3-a456-426614174000",
        "AKIA" + "IOSFODNN7EXAMPLE",
        "gh" + "p_" + "x" * 36,
        "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\n",
        "-----BEGIN RSA " + "PRIVATE KEY-----\n...\n",
        "the tests pass: 12 of 12, bypass=true1234",
        "sk-learn and task-1234567890 and risk-assessment-of-the-second-quarter",
        "token used before issued (skew 94s, leeway 60s)",
        "arn:aws:iam::123456789012:role/build-runner",
        "npm_config_registry and pypi-mirror",
    ],
)
def test_placeholders_names_and_digests_are_none(words):
    assert findings(body(words), "secret") == []


def test_in_the_front_matter_it_is_found_too():
    text = changed(("audience: internal", f"audience: internal\nx-note: {SECRETS['a GitHub token']}"))

    assert [found.line for found in findings(text, "secret")] == [line_of("x-note", text)]


def test_a_draft_is_no_place_for_one_either():
    text = body(SECRETS["a Stripe key"]).replace("status: published", "status: draft")

    assert [found.severity for found in findings(text, "secret")] == ["error"]


def test_each_line_with_the_same_one_is_named():
    token = SECRETS["a GitHub token"]

    assert len(findings(body(f"{token}\n\nand {token}"), "secret")) == 2


def test_no_other_rule_shows_it_either():
    token = SECRETS["a GitHub token"]
    text = changed(
        ("| 2026-03-15 14:35 |", f"| {token} |"),
        ("| 2026-04-17 |", f"| {token} |"),
        ("severity: SEV2", f"severity: {token}"),
    )
    text = text.replace("Building the index took", f"[x](nothing/{token}.md) Building the index took")
    found = engine.run(parse(text, "postmortems/a.md"), Context(Settings(), TODAY, files=frozenset()))

    assert {"timeline-time", "action-due", "schema-severity", "link-target", "secret"} <= {
        finding.rule for finding in found
    }
    assert not [finding for finding in found if token in finding.message or token in finding.hint]


def test_a_false_alarm_can_be_silenced_with_a_reason():
    text = body(
        f"{SECRETS['a GitHub token']} <!-- check: ignore secret: an invented token of the vendor's documentation -->"
    )

    assert findings(text, "secret") == []


def test_the_sample_is_fine():
    assert findings(GOOD, "secret") == []
