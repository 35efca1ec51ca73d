"""Faults on order, rate limits, credentials: everything that goes wrong between a client and a Jira."""

import email.utils
import http.client
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime

import pytest

from jira_sandbox import faults
from tests.jira_sandbox.client import Client


@pytest.mark.parametrize(
    ("do", "status"),
    [
        *((str(status), status) for status in (400, 401, 403, 404, 409, 413, 418, 429, 500, 502, 503)),
        ("captcha", 403),
        ("html", 200),
        ("login", 302),
        ("empty", 200),
        ("429-issue", 429),
        ("429-quota", 429),
    ],
)
def test_an_ordered_fault_is_met_once_and_before_the_work(jira, do, status):
    jira.sandbox.fault("POST /issue", do)
    first, second = jira.new(), jira.new()

    assert (first.status, second.status) == (status, 201)
    assert len(jira.sandbox.issues()) == 1


def test_a_fault_after_the_work_leaves_the_work_done(jira):
    jira.sandbox.fault("POST /issue", "503", when="after", headers={"Retry-After": "7"})
    answer = jira.new()

    assert answer.status == 503
    assert answer.headers["retry-after"] == "7"
    assert len(jira.sandbox.issues()) == 1


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_connection_can_break_before_or_after_the_work(jira, when):
    jira.sandbox.fault("POST /issue", "reset", when=when)

    with pytest.raises(OSError):
        jira.new()
    assert len(jira.sandbox.issues()) == (when == "after")
    assert jira.sandbox.requests[-1].status == 0


def test_a_time_out_gives_no_answer(jira):
    jira.sandbox.fault("GET /myself", "timeout", seconds=0.05)

    with pytest.raises((OSError, http.client.HTTPException)):
        jira.get("/myself")


def test_a_body_can_be_shorter_than_announced(jira):
    jira.sandbox.fault("GET /myself", "short")

    with pytest.raises(http.client.IncompleteRead):
        jira.get("/myself")


def test_a_fault_may_skip_repeat_and_match_many(jira):
    key = jira.new().body["key"]
    jira.sandbox.fault("GET /issue/*", "503", skip=1, times=2)

    assert [jira.get(f"/issue/{key}").status for _ in range(4)] == [200, 503, 503, 200]
    jira.sandbox.fault("* **", "500", times=2)
    assert [jira.get("/myself").status, jira.get(f"/issue/{key}/comment").status] == [500, 500]
    with pytest.raises(ValueError, match="no fault"):
        jira.sandbox.fault("GET /myself", "nonsense")


def test_an_expired_token_finds_nothing_with_200_and_says_so_in_a_header_only(jira):
    jira.new(labels=["a"])
    jira.sandbox.expired = True
    search = jira.post("/search/jql" if jira.cloud else "/search", {"jql": "labels = a"})

    assert (search.status, search.body["issues"]) == (200, [])
    assert search.headers["x-seraph-loginreason"] == "AUTHENTICATED_FAILED"
    assert jira.get("/myself").status == 401
    assert jira.new().status == 401


def test_one_request_can_be_silently_unauthorised(jira):
    jira.sandbox.fault("* /search**", "silent-200")
    search = jira.post("/search/jql" if jira.cloud else "/search", {"jql": "project = OPS"})

    assert search.status == 200
    assert search.headers["x-seraph-loginreason"] == "AUTHENTICATED_FAILED"


@pytest.mark.parametrize("authorization", ["Basic bm9ib2R5Ondyb25n", "Bearer wrong", "Basic !!!", "Digest x"])
def test_wrong_credentials_are_401(jira, authorization):
    client = Client(jira.sandbox, authorization)

    assert client.get("/myself").status == 401
    client.close()


def test_the_server_says_what_it_is_to_anybody(jira):
    client = Client(jira.sandbox, "")
    client.authorization = ""

    assert client.get("/serverInfo").body["deploymentType"] == ("Cloud" if jira.cloud else "Server")
    assert client.get("/myself").status == 401
    client.close()


def test_each_dialect_wants_its_own_credentials(cloud, server):
    assert cloud.call("GET", "/myself", Authorization=server.authorization).status == 401
    assert server.call("GET", "/myself", Authorization=cloud.authorization).status == 401


def test_a_browser_may_not_write(jira):
    refused = jira.call("POST", "/issue", {}, User_Agent="Mozilla/5.0")

    assert (refused.status, refused.content) == (403, b"XSRF check failed")
    assert jira.call("GET", "/myself", User_Agent="Mozilla/5.0").status == 200


def test_the_gateway_serves_the_same_api(cloud):
    name = cloud.raw("GET", "/_edge/tenant_info").body["cloudId"]

    assert cloud.raw("GET", f"/ex/jira/{name}/rest/api/3/myself").status == 200
    assert cloud.sandbox.gateway.endswith(f"/ex/jira/{name}")
    assert cloud.sandbox.requests[-1].path == "/rest/api/3/myself"


def test_a_burst_is_refused_with_all_headers(cloud, server):
    for jira in (cloud, server):
        jira.sandbox.site.limits.bursts["GET"] = 2
        refused = next(reply for reply in iter(lambda jira=jira: jira.get("/myself"), None) if reply.status == 429)
        assert int(refused.headers["retry-after"]) >= 1
        assert refused.headers["x-ratelimit-remaining"] == "0"
    assert jira.sandbox.requests[-1].status == 429


def test_one_issue_takes_only_so_many_writes(cloud):
    first, second = (cloud.new().body["key"] for _ in range(2))
    cloud.sandbox.site.limits.issue_writes = [(2, 30)]
    replies = [cloud.put(f"/issue/{first}", {"fields": {"summary": str(n)}}) for n in range(3)]

    assert [one.status for one in replies] == [204, 204, 429]
    assert replies[-1].headers["ratelimit-reason"] == "jira-per-issue-on-write"
    assert cloud.put(f"/issue/{second}", {"fields": {"summary": "x"}}).status == 204


def test_a_quota_that_is_used_up_means_to_come_back_much_later(cloud):
    cloud.sandbox.site.limits.quota = 1
    replies = [cloud.get("/myself") for _ in range(2)]

    assert [one.status for one in replies] == [200, 429]
    assert replies[1].headers["retry-after"] == "1847"
    assert replies[1].headers["ratelimit-reason"] == "jira-quota-tenant-based"


def test_the_log_keeps_what_was_asked_and_tells_reads_from_writes(jira):
    jira.new()
    jira.find("project = OPS")
    jira.get("/myself")
    requests = jira.sandbox.requests

    assert [one.method for one in requests] == ["POST", "POST", "GET"]
    assert [one.number for one in jira.sandbox.writes] == [1]
    assert requests[0].body["fields"]["summary"] == "Checkout errors"
    assert requests[0].json()["key"] == "INCIDENT-1"
    assert jira.sandbox.token not in repr(requests)


def test_a_hook_hears_of_every_request_in_its_phases(jira):
    heard = []
    done = threading.Event()

    def hook(number, phase):
        heard.append((number, phase, len(jira.sandbox.issues())))
        if phase == "after-answer":
            done.set()

    jira.sandbox.on_request = hook
    jira.new()

    assert done.wait(60)
    assert heard == [(1, "before", 0), (1, "after-write", 1), (1, "after-answer", 1)]


def test_a_barrier_holds_two_runs_until_both_are_there(jira):
    jira.sandbox.barrier("GET /myself", 2)
    inside = []
    jira.sandbox.on_request = lambda number, phase: inside.append((phase, number))

    def ask(_):
        client = Client(jira.sandbox)
        try:
            return client.get("/myself").status
        finally:
            client.close()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(ask, range(2))) == [200, 200]
    assert [phase for phase, _ in inside[:2]] == ["before", "before"]


def test_unknown_paths_and_methods_are_refused(jira):
    assert jira.get("/nothing").status == 404
    assert jira.call("DELETE", "/myself").status == 405


def test_the_clock_may_be_wrong_and_elsewhere(jira):
    jira.sandbox.site.clock.skew = -86_400
    jira.sandbox.site.clock.offset = 330
    key = jira.new().body["key"]

    assert jira.get(f"/issue/{key}").body["fields"]["created"].endswith("+0530")


@pytest.mark.parametrize(
    "content",
    [b"", b"null", b"[]", b'"x"', b"{", b"\xff", b'{"fields": NaN}', b'{"fields": "\\ud800"}', b"[" * 100_000],
)
def test_a_wrong_body_is_refused_and_never_a_crash(jira, content):
    for path in ("/issue", "/issue/bulk", "/issueLink", "/search/jql" if jira.cloud else "/search"):
        refused = jira.raw("POST", jira.api + path, content, Content_Type="application/json")
        assert refused.status == 400, path


def test_a_refusal_about_strange_text_is_still_an_answer(jira):
    assert jira.new(labels=["é\n X-Evil: 1 ☃"]).status == 400
    assert jira.get("/myself").status == 200


def test_pages_of_other_sites_reach_neither_pages_nor_controls(jira):
    assert jira.raw("GET", "/", Host="evil.example").status == 403
    assert jira.raw("POST", "/_sandbox/do/release", b"{}", Origin="https://evil.example").status == 403
    assert jira.raw("POST", "/_sandbox/do/release", b"{}").status == 200


def test_a_stopped_sandbox_answers_nobody(cloud):
    cloud.get("/myself")
    cloud.sandbox.stop()

    with pytest.raises((OSError, http.client.HTTPException)):
        cloud.get("/myself")


@pytest.mark.parametrize(("do", "after"), [("429-bare", None), ("429-garbage", "a little later")])
def test_a_429_need_not_say_when_to_come_back(jira, do, after):
    jira.sandbox.fault("GET /myself", do)
    refused = jira.get("/myself")

    assert (refused.status, refused.headers.get("retry-after")) == (429, after)
    assert jira.get("/myself").status == 200


@pytest.mark.parametrize("do", ["429-date", "503"])
def test_a_date_may_say_when_to_come_back(jira, do):
    jira.sandbox.fault("POST /issue", do, headers={"Retry-After": faults.DATE}, times=1)
    refused = jira.new()
    at = email.utils.parsedate_to_datetime(refused.headers["retry-after"])

    assert refused.status == int(do[:3])
    assert -1 <= (at - datetime.now(UTC)).total_seconds() <= 2


@pytest.mark.parametrize("issue", [True, False], ids=["of-an-issue", "of-the-bot"])
@pytest.mark.parametrize(("window", "answers"), [(0.0, [200, 201]), (0.3, [201, 201])])
def test_two_writes_of_a_property_may_both_be_told_that_they_made_it(jira, issue, window, answers):
    jira.sandbox.site.property_window = window
    path = f"/issue/{jira.new().body['key']}/properties/mark" if issue else "/user/properties/mark"
    query = {} if issue or jira.cloud else {"username": "postmortem-bot"}

    def write(number):
        with closing(Client(jira.sandbox)) as client:
            return client.put(path, {"run": number}, **query).status

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(write, range(2))) == answers
    assert jira.get(path, **query).body["value"]["run"] in {0, 1}
    assert jira.put(path, {"run": 2}, **query).status == 200
