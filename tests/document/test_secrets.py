"""A text with secrets is told without them, whole, and in time that grows with its length alone."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.document.file_names import safe_name, slug
from generator.document.parse import parse
from generator.document.secret_gate import held_back, may_leave
from generator.document.secrets import REDACTED, Masker, masked, redacted, secrets_in
from tests.check.rules.test_secret import SECRETS

TOKEN = SECRETS["a GitHub token"]
KEY = (
    "-----BEGIN RSA PRIVATE KEY-----\n" + "MIIEpAIBAAKCAQEAx3Qw8Zt5\n" * 20 + "Qm9=\n-----END RSA " + "PRIVATE KEY-----"
)


@pytest.mark.parametrize("kind", SECRETS)
def test_no_secret_is_left_in_what_is_kept_or_told(kind):
    text = f"before\n{SECRETS[kind]}\nafter"
    values = [part for secret in secrets_in(text) for part in secret.value.split("\n")]

    kept, told = redacted(text), masked(text)

    assert values
    assert kept.kinds
    assert REDACTED in kept.text
    assert not any(value in kept.text or value in told for value in values)
    assert secrets_in(kept.text) == ()
    assert kept.text.startswith("before\n")
    assert kept.text.endswith("\nafter")


@pytest.mark.parametrize("text", [KEY, KEY.replace("\n", "\\n"), KEY.replace("\n", "\r\n")])
def test_a_private_key_goes_to_its_last_line(text):
    kept = redacted(f"see {text} there").text

    assert "MIIE" not in kept
    assert "Qm9=" not in kept
    assert kept.startswith("see ")
    assert kept.endswith(" there")


@given(
    st.lists(
        st.sampled_from([*SECRETS.values(), "word", "|", "\n", "password:", "token=", "`", '"', "://", "@"]),
        max_size=12,
    )
)
def test_any_mix_is_redacted_for_good(pieces):
    kept = redacted(" ".join(pieces))

    assert secrets_in(kept.text) == ()
    assert redacted(kept.text) == type(kept)(kept.text)


def test_a_message_that_quotes_only_the_value_is_masked_too():
    value = "corr3ct-h0rse-9"

    assert Masker(f'password = "{value}"')(f"The link to {value} leads nowhere.") == "The link to cor… leads nowhere."


def test_a_dump_of_thousands_is_redacted_whole_and_quickly():
    line = SECRETS["a GitHub token"] + "\n"

    begin = time.process_time()
    kept = redacted(line * 5_000)

    assert kept.text == f"{REDACTED}\n" * 5_000
    assert time.process_time() - begin < 10  # quadratic time would be minutes


def test_no_file_is_named_by_a_secret():
    assert slug(f"Login fails with {TOKEN}") == "login-fails-with-redacted"
    assert safe_name("10", f"{TOKEN}.log") == "10_REDACTED.log"


def test_what_holds_a_secret_does_not_leave_unless_allowed():
    free = parse("---\nid: INC-1\n---\n\nAll is well.\n", "postmortems/a.md")
    held = parse(f"---\nid: INC-2\n---\n\nfirst\n\n{TOKEN} and {TOKEN}\npassword = hunter2x9\n", "postmortems/b.md")

    assert may_leave([free, held], allowed=False) == ([free], list(held_back(held)))
    assert may_leave([free, held], allowed=True) == ([free, held], [])
    assert [(one.path, one.line, one.kind) for one in held_back(held)] == [
        ("postmortems/b.md", 7, "a GitHub token"),
        ("postmortems/b.md", 8, "a password"),
    ]
    assert not any(TOKEN in str(one) or "hunter2x9" in str(one) for one in held_back(held))
