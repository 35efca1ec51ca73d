from contextlib import closing

import pytest

import jira_sandbox
from tests.jira_sandbox.client import Client


@pytest.fixture
def cloud():
    with jira_sandbox.start("cloud") as running, closing(Client(running)) as client:
        yield client


@pytest.fixture
def server():
    with jira_sandbox.start("data-center") as running, closing(Client(running)) as client:
        yield client


@pytest.fixture(params=["cloud", "data-center"])
def jira(request):
    with jira_sandbox.start(request.param) as running, closing(Client(running)) as client:
        yield client
