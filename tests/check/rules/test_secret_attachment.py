"""No attachment is a key, by its name."""

import pytest

from tests.check.sample import GOOD, PATH, changed, findings

FOLDER = PATH.removesuffix(".md")


def attached(name, text=GOOD):
    return findings(text, "secret-attachment", files=frozenset({f"{FOLDER}/{name}"}))


@pytest.mark.parametrize(
    "name",
    [
        "id_rsa",
        "id_ed25519",
        "server.key",
        "tls/privkey1.pem",
        "host-key.pem",
        ".env",
        "prod.env",
        "cert.p12",
        ".npmrc",
        ".netrc",
        "credentials.json",
        "service-account-prod.json",
        "kubeconfig",
        "passwords.xlsx",
        "secrets.yaml",
        "vault.kdbx",
        "private_key.txt",
    ],
)
def test_a_name_that_promises_a_key_is_an_error(name):
    (found,) = attached(name)

    assert (found.message, found.severity, found.line) == (
        f"The attachment '{FOLDER}/{name}' is named like a key.",
        "error",
        1,
    )


@pytest.mark.parametrize(
    "name",
    [
        "error-rate.png",
        "openssl-s_client.txt",
        "chain.pem",
        "id_rsa.pub",
        ".env.example",
        "keyboard.png",
        "turkey.svg",
        "secret-santa.txt",
        "tokens.md",
    ],
)
def test_other_names_are_fine(name):
    assert attached(name) == []


def test_a_token_in_a_name_is_named_without_it():
    token = "gh" + "p_" + "Zt5Qw8Xr2Lm9Kd4Vb7Nc1Hs6Jf3Pg0YaZt5Q"
    (found,) = attached(f"dump-{token}.txt")

    assert token not in found.message
    assert found.message == f"The name of an attachment holds a secret: '{FOLDER}/dump-ghp_….txt'."


def test_the_line_that_leads_to_it_is_the_place():
    text = changed(
        ("Building the index took", "[key](INC-2026-0042-checkout-errors/id_rsa)\n\nBuilding the index took")
    )

    assert attached("id_rsa", text)[0].line == text[: text.index("[key]")].count("\n") + 1


def test_files_of_others_are_not_looked_at():
    assert findings(GOOD, "secret-attachment", files=frozenset({"postmortems/2026/id_rsa", "README.md"})) == []
