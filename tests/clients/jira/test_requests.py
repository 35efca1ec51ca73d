"""What is asked of either kind of Jira, call by call."""

import json
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from generator.clients.jira import JiraUser
from generator.errors import NotFoundError, RemoteError
from tests.clients.jira.calls import ADF, CALLS, of
from tests.clients.jira.conftest import client

ME = {"accountId": "me", "name": "me", "displayName": "Bot"}


def anything(method, path, query, body):
    """An answer that will do for whatever is asked."""
    if path.endswith(("/remotelink", "/search", "/field")) and method == "GET":
        return []
    lists = ("issues", "values", "fields", "issueTypes", "comments", "transitions", "issueLinkTypes")
    raw = {
        "id": "1",
        "key": "OPS-1",
        **ME,
        "changelog": {"histories": []},
        "permissions": {},
        "total": 0,
        "isLast": True,
    }
    raw |= {key: [] for key in lists}
    if path.endswith(("/issue/1", "/issue/OPS-1", "/editmeta")):
        raw["fields"] = {}
    return (201 if method == "POST" else 200), raw


@pytest.mark.parametrize("name", CALLS)
def test_each_call_asks_for_one_thing(stand_in, dialect, name):
    call, method, path, query, body = CALLS[name]
    url, asked = stand_in(anything)
    jira = client(url, cloud=dialect == "cloud")
    if path.startswith("/user/properties") if isinstance(path, str) else False:
        jira.myself()
        asked.clear()

    try:
        call(jira)
    except NotFoundError:
        assert name == "issues"
    one = asked[0]
    parts = urlsplit(one.path)
    version = 3 if dialect == "cloud" else 2
    assert (one.method, parts.path) == (method, f"/rest/api/{version}{of(dialect, path)}")
    assert {key: values[0] for key, values in parse_qs(parts.query).items()} == of(dialect, query)
    assert (json.loads(one.body) if one.body else None) == of(dialect, body)


def test_what_people_open_is_at_the_site(stand_in, dialect):
    url, _ = stand_in(lambda *_: {})
    jira = client(url, cloud=dialect == "cloud", site="https://example.atlassian.net")

    assert jira.browse("OPS-1") == "https://example.atlassian.net/browse/OPS-1"
    assert jira.dialect == dialect
    assert jira.user(JiraUser("7", "Jane")) == ({"accountId": "7"} if dialect == "cloud" else {"name": "7"})


def test_rich_text_is_rendered_for_the_dialect(dialect):
    rendered = client("https://example.atlassian.net", cloud=dialect == "cloud").render("Hi")

    assert rendered.value == (ADF if dialect == "cloud" else "Hi")


def test_the_clock_is_jiras(answered):
    jira, asked = answered({"serverTime": "2026-11-20T12:00:00.000+0000"})

    assert abs((datetime.now(UTC) - jira.now()).total_seconds()) < 5
    jira.now()
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("told", "moment"), [("2026-11-20T14:00:00.000+0200", datetime(2026, 11, 20, 12, tzinfo=UTC)), ("?", None)]
)
def test_a_jira_that_dates_no_answer_is_asked_for_its_time(stand_in, dialect, told, moment):
    url, _ = stand_in(lambda *_: {"serverTime": told}, Date="")
    jira = client(url, cloud=dialect == "cloud")

    if moment:
        assert jira.now() == moment
    else:
        with pytest.raises(RemoteError, match="time"):
            jira.now()
