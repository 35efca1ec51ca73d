from contextlib import closing

import pytest

from generator import sandbox
from tests.sandbox.client import Client


@pytest.fixture
def cloud():
    with sandbox.start("cloud") as running, closing(Client(running)) as client:
        yield client


@pytest.fixture
def server():
    with sandbox.start("data-center") as running, closing(Client(running)) as client:
        yield client


@pytest.fixture(params=["cloud", "data-center"])
def jira(request):
    with sandbox.start(request.param) as running, closing(Client(running)) as client:
        yield client
