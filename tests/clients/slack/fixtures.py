"""A workspace that answers over HTTP, and the client of it, for tests of several rooms that meet in Slack."""

import pytest

from generator.clients.http.retry import RetryPolicy
from generator.clients.slack.client import Slack
from generator.settings.jira import Secret
from generator.settings.slack import SlackConnection
from tests.clients.slack import standin
from tests.clients.slack.standin import CHANNEL, TOKEN, Workspace


@pytest.fixture
def workspace():
    """A workspace with two members."""
    space = Workspace(members={"U0JANE": "jane.smith@fernway.example", "U0BEN": "ben.carter@fernway.example"})
    server = standin.serve(space)
    yield space
    server.shutdown()
    server.server_close()


@pytest.fixture
def slack(workspace):
    """The client, in a hurry."""
    return Slack(SlackConnection(workspace.url, Secret(TOKEN), CHANNEL), RetryPolicy(tries=3, base=0, cap=0.05))
