"""Every request that the client can make is one that Atlassian's own description of the interface knows."""

import json
import warnings
from types import SimpleNamespace
from urllib.parse import parse_qsl, urlsplit

import pytest

from generator.errors import NotFoundError
from tests.clients.http.conftest import Reply, serving
from tests.clients.jira.calls import CALLS
from tests.clients.jira.conftest import client
from tests.clients.jira.test_requests import anything
from tests.jira_sandbox import contract

pytestmark = pytest.mark.contract
# Where the description of Data Center has a string, though its words say "any JSON" and "null for nobody".
LOOSER = {("data-center", "set_property"), ("data-center", "set_my_property"), ("data-center", "assign nobody")}


def exchange(asked):
    """What was asked, as the sandbox would have noted it."""
    parts = urlsplit(asked.path)
    headers = {name.lower(): value for name, value in asked.headers.items()}
    query = dict(parse_qsl(parts.query))
    return SimpleNamespace(
        method=asked.method, path=parts.path, query=query, headers=headers, raw=asked.body, status=200
    )


def violations(exchanges, *, answers):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the descriptions use what is deprecated in them
        return contract.violations(exchanges, answers=answers)


@pytest.mark.parametrize("name", CALLS)
def test_every_request_is_described(stand_in, dialect, name):
    url, asked = stand_in(anything)
    try:
        CALLS[name][0](client(url, cloud=dialect == "cloud"))
    except NotFoundError:
        assert name == "issues"

    assert asked
    found = violations([exchange(one) for one in asked], answers=False)
    assert found == [] or ((dialect, name) in LOOSER and len(found) == 1)


def test_an_upload_is_described():
    from openapi_core.testing import MockRequest

    with serving(lambda _: Reply(200, b"[]")) as (url, asked):
        client(url, cloud=True).attach("OPS-1", "a.txt", b"abc", "text/plain")

    one = asked[0]
    request = MockRequest(
        contract.HOSTS[True],
        "post",
        one.path,
        data=one.body,
        content_type=one.headers["Content-Type"],
        headers={"Authorization": one.headers["Authorization"], "X-Atlassian-Token": one.headers["X-Atlassian-Token"]},
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        contract.description(True)[0].validate_request(request)


def test_what_a_whole_jira_was_asked_and_answered_is_described(jira, world):
    world.forget_requests()
    type_ = next(one for one in jira.issue_types("INCIDENT") if one.name == "Post-mortem")
    metas = jira.create_fields("INCIDENT", type_.id)
    texts = {
        id_: jira.render("Some **text**").value for id_, meta in metas.items() if meta.custom.endswith(":textarea")
    }
    fields = {"project": {"key": "INCIDENT"}, "issuetype": {"id": type_.id}, "summary": "One", "labels": ["pm-x"]}
    created = jira.create({**fields, **texts}, properties={"postmortem": {"id": "x"}})
    other = world.add_issue("OPS", comments=["One"])
    jira.edit(created.id, update={"labels": [{"add": "more"}]}, fields={"summary": "Two"})
    jira.link("Relates", created.key, other)
    jira.add_comment(created.id, jira.render("A comment").value)
    way = next(one for one in jira.transitions(created.id) if one.to.category == "indeterminate")
    jira.transition(created.id, way.id)
    for read in (jira.comments, jira.changelog, jira.remote_links, jira.edit_fields):
        read(created.id)
    jira.issue(created.id, fields=["*all"], properties=["postmortem"], expand=["names"])
    jira.issues([created.id, other], fields=["summary", "status"])
    jira.search('labels = "pm-x"', fields=["summary"])
    jira.delete(created.id)

    assert [one.status for one in world.requests if one.status >= 400] == []
    assert violations(world.requests, answers=True) == []
    assert json.dumps([one.path for one in world.requests]).count(world.token) == 0
