"""What answers mean, and which are never taken for what they look like."""

import gzip
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.clients.http import RestClient, transport
from generator.clients.http.client import _json
from generator.errors import (
    NotFoundError,
    OutcomeUnknownError,
    RefusedError,
    RemoteError,
    TryLaterError,
    UnauthorisedError,
    UnreachableError,
    UsageError,
)
from tests.clients.http.conftest import Reply

LOGIN = b"<!DOCTYPE html><html><title>Log in - Jira</title><form>Password</form></html>"
PAGE = b"<html><body>Blocked by policy</body></html>"


@pytest.mark.parametrize("name", ["x-seraph-loginreason", "X-Seraph-LoginReason"])
@pytest.mark.parametrize("value", ["AUTHENTICATED_FAILED", "authenticated_failed", "OUT, AUTHENTICATED_FAILED"])
def test_an_answer_to_a_stranger_is_no_answer(world, name, value):
    world.replies.append(Reply(200, b'{"issues": [], "isLast": true}', {name: value}))

    with pytest.raises(UnauthorisedError, match=r"stranger. Renew it\."):
        world.client().ask("/search", {})


def test_good_credentials_say_so_in_the_same_header(world):
    world.replies.append(Reply(200, b"{}", {"X-Seraph-LoginReason": "OK"}))

    assert world.client().get("/x").json() == {}


@pytest.mark.parametrize("kind", ["text/html;charset=UTF-8", "application/octet-stream", "text/plain"])
@pytest.mark.parametrize(("body", "error"), [(LOGIN, UnauthorisedError), (PAGE, RemoteError)])
def test_a_page_is_never_taken_for_an_answer(world, kind, body, error):
    world.replies.append(Reply(200, body, kind=kind))

    with pytest.raises(error, match="page"):
        world.client().get("/x")


def test_a_page_in_answer_to_a_creation_leaves_it_unknown(world):
    world.replies.append(Reply(200, PAGE, kind="text/html"))

    with pytest.raises(OutcomeUnknownError):
        world.client().send("POST", "/issue", {}, safe=False)


@pytest.mark.parametrize("body", [b"{", b"nope", b"\xff\xfe", b"[" * 100_000])
def test_what_is_not_json_is_an_error(world, body):
    world.replies.append(Reply(200, body))

    with pytest.raises(RemoteError, match="not JSON"):
        world.client().get("/x").json()


def test_no_body_is_nothing(world):
    world.replies.append(Reply(204, b""))

    assert world.client().send("PUT", "/x", {}, safe=True).json() is None


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    ("target", "error"),
    [
        ("https://id.example.com/login?continue=x", UnauthorisedError),
        ("/login.jsp", UnauthorisedError),
        ("https://new.example.com/rest/api/3/x", RemoteError),
        ("", RemoteError),
    ],
)
def test_a_redirect_is_told_and_not_followed(world, status, target, error):
    world.replies.append(Reply(status, b"", {"Location": target}))

    with pytest.raises(error):
        world.client().get("/x")
    assert len(world.asked) == 1


def test_401_is_told_at_once(world):
    world.replies.append(Reply(401, b"Client must be authenticated"))

    with pytest.raises(
        UnauthorisedError, match=r"Jira \(127.0.0.1\) does not accept the credentials \(401\). Renew it\."
    ):
        world.client().get("/x")
    assert len(world.asked) == 1


def test_403_is_about_one_thing_but_a_captcha_about_the_account(world):
    captcha = {"X-Seraph-LoginReason": "AUTHENTICATION_DENIED"}
    world.replies += [Reply(403, b"XSRF check failed", kind="text/plain"), Reply(403, LOGIN, captcha, "text/html")]

    with pytest.raises(RefusedError, match="XSRF check failed") as caught:
        world.client().send("PUT", "/x", {}, safe=True)
    assert caught.value.status == 403
    with pytest.raises(UnauthorisedError, match="CAPTCHA"):
        world.client().get("/x")


def test_a_refusal_brings_what_was_said_of_each_field(world):
    body = {"errorMessages": ["Field 'priority' is required"], "errors": {"labels": "has a space"}}
    world.replies.append(Reply(400, json.dumps(body).encode()))

    with pytest.raises(
        RefusedError, match=r"refused \(400\)\. Field 'priority' is required; labels: has a space"
    ) as caught:
        world.client().send("POST", "/issue", {}, safe=False)
    assert (caught.value.status, caught.value.messages) == (400, ("Field 'priority' is required",))
    assert caught.value.fields == {"labels": "has a space"}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"message": "Gone"}', "Gone"),
        (b'{"errors": [{"title": "Bad id"}]}', "Bad id"),
        (b'{"errors": ["one", 2]}', "one"),
        (b"[]", "409"),
        (b"", "409"),
        (b"plain", "plain"),
    ],
)
def test_other_shapes_of_refusals_are_read_too(world, body, words):
    world.replies.append(Reply(409, body, kind="text/plain"))

    with pytest.raises(RefusedError, match=words):
        world.client().get("/x")


def test_404_is_gone_or_hidden(world):
    world.replies.append(Reply(404, b'{"errorMessages": ["Issue does not exist"]}'))

    with pytest.raises(NotFoundError, match=r"no such thing, or this account may not see it\. Issue does not exist"):
        world.client().get("/x")


def test_a_packed_answer_is_unpacked_only_so_far(world, monkeypatch):
    monkeypatch.setattr(transport, "LONGEST", 1_000_000)
    bomb = gzip.compress(b"[" + b" " * 20_000_000 + b"]")
    world.replies += [Reply(200, gzip.compress(b"[1]"), {"Content-Encoding": "gzip"})]
    world.replies += [Reply(200, bomb, {"Content-Encoding": "gzip"})]
    rest = world.client()

    assert rest.get("/x").json() == [1]
    with pytest.raises(UnreachableError, match="longer than anything expected"):
        rest.get("/x")
    assert len(world.asked) == 2


def test_packing_that_cannot_be_undone_is_a_broken_answer(world):
    world.replies.append(Reply(200, b"no gzip", {"Content-Encoding": "gzip"}))

    with pytest.raises(UnreachableError):
        world.client(tries=2).get("/x")


def test_the_clock_is_the_other_sides(world):
    world.replies.append(Reply())
    rest = world.client()

    assert rest.now() is None
    rest.get("/x")
    assert abs((datetime.now(UTC) - rest.now()).total_seconds()) < 5


@pytest.mark.parametrize(
    "base",
    ["http://jira.example.com", "ftp://127.0.0.1", "https://", "jira.example.com", "https://u:p@jira.example.com"],
)
def test_only_https_or_this_machine_is_asked(base):
    with pytest.raises(UsageError):
        RestClient(base, None)


def test_cookies_are_forgotten(world):
    world.replies.append(Reply(200, b"{}", {"Set-Cookie": "JSESSIONID=1; Path=/"}))
    rest = world.client()
    rest.get("/x")
    rest.get("/x")

    assert "Cookie" not in world.asked[1].headers


def test_lists_and_truths_of_a_query_are_written_as_jira_reads_them(world):
    world.replies.append(Reply())
    world.client().get("/x", {"fields": ["a", "b c"], "flag": True, "none": None, "n": 3})

    assert world.asked[0].path == "/x?fields=a%2Cb+c&flag=true&n=3"


def test_an_upload_is_a_form_with_the_part_file_and_the_token_against_forged_forms(world):
    world.replies.append(Reply(200, b"[]"))
    world.client().upload("/issue/1/attachments", "bild ä.png", b"\x00\x01", "image/png")

    asked = world.asked[0]
    assert asked.headers["X-Atlassian-Token"] == "no-check"
    assert b'name="file"; filename="bild \xc3\xa4.png"' in asked.body
    assert b"Content-Type: image/png" in asked.body


def test_an_upload_is_never_sent_twice(world):
    world.replies.append(Reply(502))

    with pytest.raises(OutcomeUnknownError):
        world.client().upload("/issue/1/attachments", "a", b"")
    assert len(world.asked) == 1


def test_a_breakdown_that_asks_for_a_long_rest_is_left_to_the_next_run(world):
    world.replies.append(Reply(503, headers={"Retry-After": "600"}))

    with pytest.raises(TryLaterError):
        world.client().get("/x")
    with pytest.raises(OutcomeUnknownError):
        world.client().send("POST", "/issue", {}, safe=False)


@given(st.recursive(st.none() | st.booleans() | st.text() | st.text("\ud800\x00"), st.lists))
def test_every_text_can_be_sent(value):
    assert json.loads(_json([value])["data"]) == [value]
