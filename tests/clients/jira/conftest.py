"""A whole Jira of either kind, and a stand-in for what none answers: strange pages and broken shapes."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

import jira_sandbox
from generator.clients.jira import Jira, RetryPolicy, connect
from generator.settings.jira import Connection, Secret
from tests.clients.http.conftest import Reply, serving

CANARY = "c4n4ry-jira-t0ken"


def client(url: str, *, cloud: bool, site: str = "") -> Jira:
    """A client whose pauses are skipped."""
    waits = RetryPolicy(sleep=lambda _: None)
    email = "bot@example.com" if cloud else ""
    return connect(Connection(url, site or url, cloud, Secret(CANARY), email), waits=waits)


@pytest.fixture(params=["cloud", "data-center"])
def dialect(request):
    return request.param


@pytest.fixture
def stand_in():
    """`stand_in(answer)` serves `answer(method, path, query, body)`: a value (JSON), a (status, value), or a Reply."""
    opened = []

    def start(answer, **headers):
        def reply(asked):
            parts = urlsplit(asked.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            body = json.loads(asked.body) if asked.headers.get("Content-Type") == "application/json" else None
            value = answer(asked.method, parts.path, query, body)
            if isinstance(value, Reply):
                return value
            status, value = value if isinstance(value, tuple) else (200, value)
            return Reply(status, b"" if value is None else json.dumps(value).encode(), headers)

        opened.append(serving(reply))
        return opened[-1].__enter__()

    yield start
    for one in opened:
        one.__exit__(None, None, None)


@pytest.fixture(scope="module", params=["cloud", "data-center"])
def running(request):
    context = "" if request.param == "cloud" else "/jira"
    with jira_sandbox.start(request.param, context=context) as world:
        yield world


@pytest.fixture
def world(running):
    yield running
    running.clear_faults()
    running.expired = False
    running.lag_until_release = False


@pytest.fixture
def jira(world):
    return connected(world)


def connected(world, **waits):
    """A client of a whole Jira, whose pauses are skipped."""
    cloud = world.dialect == "cloud"
    connection = Connection(world.url, world.url, cloud, Secret(world.token), world.email if cloud else "")
    return connect(connection, waits=RetryPolicy(sleep=lambda _: None, **waits))


@pytest.fixture
def answered(stand_in, dialect):
    """`answered(value)` or `answered(answer)`: a client in the dialect of what always answers so, and what it asked."""

    def start(value):
        url, asked = stand_in(value if callable(value) else lambda *_: value)
        return client(url, cloud=dialect == "cloud"), asked

    return start
