"""Who may deliver, and how much."""

import gzip
import hashlib
import hmac
import json
import os

import pytest

from generator.mirror.webhook import LIMIT, Rejected, declared_length, parse, too_long
from generator.mirror.webhook.signature import verify
from generator.settings.jira import Secret
from tests.mirror.webhook.deliveries import SECRET, signed, updated

VECTOR = "sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9"
BODY = json.dumps(updated()).encode()
RIGHT = signed(BODY)["X-Hub-Signature"]


def refused(headers, body=BODY, secret=SECRET, **more):
    with pytest.raises(Rejected) as caught:
        parse(headers, body, secret, **more)
    return caught.value.status


def test_the_signature_that_atlassian_publishes_is_right():
    body, secret = b"Hello World!", Secret("It's a Secret to Everybody")
    headers = {"X-Hub-Signature": VECTOR, "Content-Type": "application/json"}

    verify(VECTOR, body, secret)
    assert refused(headers, body, secret) == 400  # signed, but no JSON
    assert refused(headers, body + b"!", secret) == 401


@pytest.mark.parametrize("body", [b"Hello World", b"Hello World!\n", b""])
def test_a_signature_is_right_for_its_own_bytes_only(body):
    with pytest.raises(Rejected) as caught:
        verify(VECTOR, body, Secret("It's a Secret to Everybody"))

    assert caught.value.status == 401


@pytest.mark.parametrize(
    "signature",
    [
        None,
        "",
        "sha256=",
        "sha256=" + "0" * 64,
        RIGHT[:-1],
        RIGHT + "0",
        RIGHT.removeprefix("sha256="),
        "md5=" + RIGHT[7:39],
        RIGHT.replace("sha256", "sha1"),
        RIGHT.replace("sha256", "SHA256"),
        "sha256=" + RIGHT[7:].upper(),
        "sha256=" + RIGHT[7:-1] + "\u0663",
        "sha256=é" + RIGHT[8:],
        "\udcff" * 71,
        f"{RIGHT}, {RIGHT}",
        RIGHT + "\0",
    ],
    ids=repr,
)
def test_any_other_signature_is_401(signature):
    headers = {name: value for name, value in signed(BODY).items() if name != "X-Hub-Signature"}
    if signature is not None:
        headers["X-Hub-Signature"] = signature

    assert refused(headers) == 401


def test_another_secret_is_401():
    assert refused(signed(BODY, word="another")) == 401


@pytest.mark.parametrize("secret", [None, Secret("")], ids=["none", "empty"])
def test_without_a_secret_it_is_503_even_for_a_body_that_is_signed_with_nothing(secret):
    assert refused(signed(BODY, word=""), secret=secret) == 503


def test_a_secret_of_any_bytes_signs():
    raw = b"\xff\xfe"
    signature = "sha256=" + hmac.new(raw, BODY, hashlib.sha256).hexdigest()

    verify(signature, BODY, Secret(os.fsdecode(raw)))


def test_a_refusal_says_what_to_do_and_not_what_the_secret_is():
    with pytest.raises(Rejected, match="set a secret at the webhook in Jira") as caught:
        parse({}, BODY, SECRET)

    assert SECRET.reveal() not in f"{caught.value!r} {caught.value} {caught.value.reason}"


@pytest.mark.parametrize("name", ["x-hub-signature", "X-HUB-SIGNATURE", "X-Hub-Signature"])
def test_headers_are_found_in_any_case_and_blanks_around_them_are_not_theirs(name):
    headers = {"content-type": "Application/JSON", name: f" {RIGHT}\t"}

    assert parse(headers, BODY, SECRET).issue_id == "40017"


def test_a_signature_that_comes_twice_is_401_even_where_one_is_right():
    wrong = {"x-hub-signature": "sha256=" + "0" * 64}

    assert refused(signed(BODY) | wrong) == 401
    assert refused(wrong | signed(BODY)) == 401


def test_the_raw_bytes_are_verified_and_not_what_they_mean():
    spaced = json.dumps(updated(), indent=1).encode()

    assert parse(signed(spaced), spaced, SECRET).issue_id == "40017"
    assert refused(signed(BODY), spaced) == 401


def test_a_compressed_body_with_a_right_signature_is_415_and_never_unpacked():
    packed = gzip.compress(BODY)

    assert refused(signed(packed, Content_Encoding="gzip"), packed) == 415
    assert refused(signed(packed), packed) == 400
    assert refused(signed(BODY), packed) == 401


def test_too_long_a_body_is_413_before_its_signature_is_looked_at():
    assert refused({}, bytes(101), limit=100) == 413
    assert refused({}, bytes(100), limit=100) == 401
    assert refused({}, bytes(LIMIT + 1)) == 413


@pytest.mark.parametrize("announced", ["101", "000101", "9" * 30, "9" * 5000])
def test_an_announced_length_above_the_limit_is_413_whatever_was_read(announced):
    headers = signed(BODY, content_length=announced)

    assert too_long(headers, 100)
    assert refused(headers, b"", limit=100) == 413


@pytest.mark.parametrize("announced", ["", "-1", "+5", "1e9", "1_0", "\u0663", "0x10", "5, 5", "5 5", "five"])
def test_an_announced_length_that_is_no_number_is_400(announced):
    headers = {"Content-Length": announced}

    with pytest.raises(Rejected) as caught:
        too_long(headers)
    assert caught.value.status == 400
    assert refused(signed(BODY) | headers) == 400


def test_a_chunked_body_announces_nothing_and_is_measured_when_it_is_there():
    headers = {"Transfer-Encoding": "chunked"}

    assert declared_length(headers) is None
    assert not too_long(headers)
    assert declared_length({"content-length": "00"}) == 0
    assert declared_length({"content-length": "77"}) == 77


def test_a_length_that_lies_downwards_changes_nothing():
    assert parse(signed(BODY, content_length="3"), BODY, SECRET).issue_key == "OPS-12"
