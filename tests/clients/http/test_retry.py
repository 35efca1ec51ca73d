"""What is asked again, what never is, and how long is waited."""

import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.clients.http import Auth, RestClient, RetryPolicy
from generator.clients.http.retry import asked_for
from generator.errors import NotFoundError, OutcomeUnknownError, RefusedError, TryLaterError, UnreachableError
from generator.settings.jira import Secret
from tests.clients.http.conftest import HASTY, Reply, reset, serving, silent

BUSY = {"Retry-After": "1", "RateLimit-Reason": "jira-burst-based"}


def test_a_refused_haste_is_waited_for_and_repeated_even_for_what_must_not_be_done_twice(world):
    world.replies += [Reply(429, headers=BUSY), Reply(201, b'{"id": "1"}')]
    rest = world.client()

    assert rest.send("POST", "/issue", {"a": 1}, safe=False).json() == {"id": "1"}
    assert [one.body for one in world.asked] == [b'{"a": 1}'] * 2
    assert len(world.slept) == 1
    assert 1 <= world.slept[0] <= 2.6
    assert rest.requests_made == 2
    assert "asking again" in world.log[0]


def test_four_refusals_for_haste_are_enough(world):
    world.replies.append(Reply(429, headers=BUSY))

    with pytest.raises(TryLaterError):
        world.client().get("/x")
    assert len(world.asked) == 4
    assert len(world.slept) == 3
    assert world.slept[2] >= 4 * 2 * 0.7 / 1.3


def test_a_long_wait_is_left_to_the_next_run(world):
    world.replies.append(Reply(429, headers={"Retry-After": "1847", "RateLimit-Reason": "jira-quota-global-based"}))

    with pytest.raises(TryLaterError, match="31 minutes") as caught:
        world.client().get("/x")
    assert caught.value.seconds == 1847
    assert caught.value.exit_code == 75
    assert (len(world.asked), world.slept) == (1, [])


def test_a_quota_is_not_waited_for_however_short(world):
    world.replies.append(Reply(429, headers={"Retry-After": "2", "RateLimit-Reason": "jira-quota-tenant-based"}))

    with pytest.raises(TryLaterError):
        world.client().get("/x")
    assert len(world.asked) == 1


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("7", 7),
        ("1.5", 1.5),
        ("-5", 0),
        ("soon", 0),
        ("", 0),
        ("0", 0),
        ("nan", 0),
        ("inf", 0),
        ("1e9", 0),
        ("1000000000", 86400),
        ("9" * 400, 86400),
        ("٣", 0),
        ("Fri, 20 Nov 2026 12:00:09 GMT", 9),
        ("Fri, 20 Nov 2026 11:00:00 GMT", 0),
        ("Fri, 20 Nov 9026 11:00:00 GMT", 86400),
        ("Fri, 99 Nov 2026 11:00:00 GMT", 0),
        ("Fri, 20 Nov 2026 12:00:09 -0000", 9),
    ],
)
def test_every_retry_after_has_a_meaning(text, seconds):
    assert asked_for({"Retry-After": text, "Date": "Fri, 20 Nov 2026 12:00:00 GMT"}) == seconds


@given(st.text(max_size=40), st.integers(1, 4))
def test_no_retry_after_breaks_the_wait(text, attempt):
    assert 0 <= RetryPolicy().after(attempt, {"Retry-After": text}) <= 86400


@pytest.mark.parametrize("broken", [Reply(503), Reply(500), Reply(408), Reply(do=reset)])
def test_reading_is_repeated_after_a_breakdown(world, broken):
    world.replies += [broken, Reply(200, b"[1]")]

    assert world.client().get("/x").json() == [1]
    assert len(world.asked) == 2


@pytest.mark.parametrize("broken", [Reply(503), Reply(500), Reply(do=reset), Reply(do=silent)])
def test_what_must_not_be_done_twice_is_sent_once_and_its_outcome_called_unknown(world, broken):
    world.replies.append(broken)

    with pytest.raises(OutcomeUnknownError, match="not known whether it was done"):
        world.client(timeouts=HASTY if broken.do is silent else RetryPolicy().timeouts).send(
            "POST", "/issue", {}, safe=False
        )
    assert len(world.asked) == 1


def test_an_answer_that_breaks_off_leaves_the_outcome_unknown(world):
    def half(handler):
        handler.wfile.write(b"HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{")
        handler.wfile.flush()

    world.replies.append(Reply(do=half))

    with pytest.raises(OutcomeUnknownError):
        world.client().send("POST", "/issue", {}, safe=False)
    assert len(world.asked) == 1


def test_setting_a_state_is_repeated_and_then_called_unknown_and_a_question_unreachable(world):
    world.replies.append(Reply(503))
    rest = world.client()

    with pytest.raises(OutcomeUnknownError):
        rest.send("PUT", "/property", 1, safe=True)
    assert len(world.asked) == 4
    with pytest.raises(UnreachableError):
        rest.ask("/search", {})
    assert len(world.asked) == 8


def test_a_slow_answer_to_a_question_ends_as_unreachable(world):
    world.replies.append(Reply(do=silent))

    with pytest.raises(UnreachableError, match="in time"):
        world.client(tries=2, timeouts=HASTY).get("/x")
    assert len(world.asked) == 2


def test_nobody_there_is_unreachable_even_for_what_must_not_be_done_twice():
    with serving(lambda _: Reply()) as (url, _):
        pass
    slept = []
    rest = RestClient(url, None, waits=RetryPolicy(sleep=slept.append))

    with pytest.raises(UnreachableError, match="no connection could be made"):
        rest.send("POST", "/issue", {}, safe=False)
    assert len(slept) == 3


@pytest.mark.parametrize(("status", "error"), [(400, RefusedError), (404, NotFoundError), (409, RefusedError)])
def test_a_no_is_not_asked_again(world, status, error):
    world.replies.append(Reply(status, b'{"errorMessages": ["No."], "errors": {}}'))

    with pytest.raises(error, match=r"No\."):
        world.client().get("/x")
    assert len(world.asked) == 1


def test_only_the_issue_that_was_written_too_often_is_left_alone():
    calm = threading.Event()

    def answer(asked):
        if asked.path == "/rest/issue/1/comment" and not calm.is_set():
            calm.set()
            return Reply(429, headers={"Retry-After": "2", "RateLimit-Reason": "jira-per-issue-on-write"})
        return Reply()

    with serving(answer) as (url, _):
        slept = []
        rest = RestClient(url, None, waits=RetryPolicy(sleep=slept.append))
        rest.send("POST", "/rest/issue/1/comment", {}, safe=False)
        assert len(slept) == 1
        rest.send("PUT", "/rest/issue/2", {}, safe=True)
        rest.get("/rest/issue/1")
        assert len(slept) == 1
        rest.send("PUT", "/rest/issue/1", {}, safe=True)
        assert len(slept) == 2


def test_no_more_than_four_are_asked_at_once():
    lock, now, most = threading.Lock(), [0], [0]

    def answer(_):
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.01)
        with lock:
            now[0] -= 1
        return Reply()

    with serving(answer) as (url, _):
        rest = RestClient(url, None)
        threads = [threading.Thread(target=lambda: [rest.get("/x") for _ in range(3)]) for _ in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert rest.requests_made == 30
    assert 1 < most[0] <= 4


def test_an_authorisation_is_basic_or_bearer(world):
    world.replies.append(Reply())
    RestClient(world.url, Auth.basic("bot@example.com", Secret("t"))).get("/x")
    world.client().get("/x")

    assert world.asked[0].headers["Authorization"] == "Basic Ym90QGV4YW1wbGUuY29tOnQ="
    assert world.asked[1].headers["Authorization"].startswith("Bearer ")
    assert world.asked[0].headers["User-Agent"].startswith("postmortem-archive/")
