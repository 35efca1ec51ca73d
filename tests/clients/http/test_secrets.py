"""The token is in the one header it belongs to, and in nothing that a person or a log ever sees."""

import base64
import json
import logging
import pickle
import traceback

import pytest
import requests

from generator.clients.http import Auth, RestClient, RetryPolicy
from generator.errors import PostmortemError, UsageError
from generator.settings.jira import Secret
from tests.clients.http.conftest import CANARY, HASTY, Reply, reset, serving, silent

EMAIL = "bot@example.com"
PAIR = base64.b64encode(f"{EMAIL}:{CANARY}".encode()).decode()
AUTHS = {"basic": Auth.basic(EMAIL, Secret(CANARY)), "bearer": Auth.bearer(Secret(CANARY))}
ECHO = json.dumps({"errorMessages": [f"Bearer {CANARY} and {PAIR}"], "errors": {CANARY: PAIR}}).encode()
REPLIES = {
    "ok": Reply(200, b"[]"),
    "echoed": Reply(400, ECHO),
    "echoed in 401": Reply(401, ECHO),
    "echoed in 404": Reply(404, ECHO),
    "echoed in 429": Reply(429, ECHO),
    "echoed in 503": Reply(503, ECHO),
    "redirect": Reply(302, b"", {"Location": f"https://x.example.com/{CANARY}/{PAIR}"}),
    "page": Reply(200, f"<html>{CANARY}</html>".encode(), kind="text/html"),
    "no json": Reply(200, CANARY.encode()),
    "reset": Reply(do=reset),
    "slow": Reply(do=silent),
    "bad gzip": Reply(200, CANARY.encode(), {"Content-Encoding": "gzip"}),
}
CALLS = {
    "get": lambda rest, url: rest.get("/x").json(),
    "create": lambda rest, url: rest.send("POST", "/issue", {}, safe=False).json(),
    "upload": lambda rest, url: rest.upload("/x", "a", b"").json(),
    "download": lambda rest, url: list(rest.download(f"{url}/x", limit=100)),
    "download elsewhere": lambda rest, url: list(rest.download("https://x.example.com/x", limit=100)),
}


def memories(error):
    """An exception and all that it remembers."""
    seen, waiting = [], [error]
    while waiting:
        one = waiting.pop()
        if one is not None and one not in seen:
            seen.append(one)
            waiting += [one.__cause__, one.__context__]
    return seen


def shown(error):
    """All that can be shown of an exception: its text, its attributes, its traceback with the frames' variables."""
    for one in memories(error):
        yield repr(one)
        yield str(one)
        yield repr(getattr(one, "__dict__", {}))
        for frame, _ in traceback.walk_tb(one.__traceback__):
            if "generator" in frame.f_code.co_filename:
                # What the other side itself has said may lie there; what we have sent may not.
                theirs = {"got", "answer", "body", "url", "target"}
                yield from (repr(value) for name, value in frame.f_locals.items() if name not in theirs)
    yield "".join(traceback.format_exception(error))


@pytest.mark.parametrize("auth", AUTHS)
@pytest.mark.parametrize("reply", REPLIES)
@pytest.mark.parametrize("call", CALLS)
def test_nothing_that_is_shown_holds_the_token(call, reply, auth, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    log = []
    with serving(lambda _: REPLIES[reply]) as (url, _):
        waits = RetryPolicy(
            tries=2, timeouts=HASTY if reply == "slow" else RetryPolicy().timeouts, sleep=lambda _: None
        )
        rest = RestClient(url, AUTHS[auth], waits=waits, log=log.append, name="Jira")
        told, remembered = [], []
        try:
            CALLS[call](rest, url)
        except PostmortemError as error:
            told, remembered = [*shown(error)], memories(error)

    assert not any(isinstance(one, requests.RequestException) for one in remembered)
    everything = "\n".join([*told, *log, caplog.text, *capfd.readouterr(), repr(rest), repr(AUTHS[auth])])
    assert CANARY not in everything
    assert PAIR not in everything or auth == "bearer"  # then it is none of ours


def test_credentials_that_no_header_can_carry_are_refused_without_being_told():
    for token in (f"{CANARY}\nX-Other: 1", f"{CANARY}é", f"{CANARY}\x00"):
        with pytest.raises(UsageError) as caught:
            Auth.bearer(Secret(token))
        assert CANARY not in "".join(shown(caught.value))


def test_an_authorisation_cannot_be_written_anywhere():
    with pytest.raises(TypeError):
        pickle.dumps(AUTHS["basic"])
    assert "•••" in repr(AUTHS["basic"])


def test_a_broken_encryption_tells_nothing_either():
    with serving(lambda _: Reply()) as (url, _):
        rest = RestClient(
            url.replace("http:", "https:"), AUTHS["bearer"], waits=RetryPolicy(tries=2, sleep=lambda _: None)
        )
        with pytest.raises(PostmortemError) as caught:
            rest.get("/x")

    assert CANARY not in "".join(shown(caught.value))
