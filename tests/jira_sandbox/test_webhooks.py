"""Webhooks as they arrive: signed, repeated, in the shapes that a receiver has to live with."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from jira_sandbox.webhooks import signature

SECRET = "It's a Secret to Everybody"


class Receiver(ThreadingHTTPServer):
    """Keeps what arrives, and answers with the statuses that it is given, the last one for ever."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.arrived, self.statuses = [], [200]
        self.thread = threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/hook?from=jira"

    def events(self):
        return [body["webhookEvent"] for _, body in self.arrived]

    def body(self, event):
        return next(body for _, body in self.arrived if body["webhookEvent"] == event)


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        content = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.arrived.append((dict(self.headers) | {"raw": content}, json.loads(content or b"null")))
        statuses = self.server.statuses
        self.send_response(statuses.pop(0) if len(statuses) > 1 else statuses[0])
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def receiver():
    with Receiver() as running:
        yield running
        running.shutdown()
        running.thread.join()


def test_the_signature_is_the_one_of_atlassians_example():
    assert (
        signature(SECRET, b"Hello World!") == "sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9"
    )


def test_a_new_issue_is_told_signed_and_in_the_second_versions_shape(jira, receiver):
    made = jira.raw(
        "POST",
        "/rest/webhooks/1.0/webhook",
        json.dumps({"name": "x", "url": receiver.url, "events": ["jira:issue_created"], "secret": SECRET}).encode(),
        Content_Type="application/json",
    )
    key = jira.new(description=jira.text("Words")).body["key"]
    jira.put(f"/issue/{key}", {"fields": {"summary": "not asked for"}})

    assert made.status == 201
    assert jira.sandbox.settle()
    ((headers, body),) = receiver.arrived
    assert headers["X-Hub-Signature"] == signature(SECRET, headers["raw"])
    assert len(headers["X-Atlassian-Webhook-Identifier"]) == 40
    assert body["issue_event_type_name"] == "issue_created"
    assert body["issue"]["key"] == key
    assert body["issue"]["fields"]["description"] == "Words"
    assert "/rest/api/2/" in body["issue"]["self"]
    assert made.body["self"].endswith("/rest/webhooks/1.0/webhook/1")


def test_every_event_has_its_own_shape(jira, receiver):
    sandbox = jira.sandbox
    sandbox.site.webhooks.register(receiver.url, [])
    a, b = jira.new().body, jira.new().body
    jira.put(f"/issue/{a['key']}", {"fields": {"summary": "New"}})
    jira.post(f"/issue/{a['key']}/comment", {"body": jira.text("Hello")})
    sandbox.link("Blocks", a["key"], b["key"])
    sandbox.attach(a["key"], "a.txt", b"a")
    sandbox.worklog(a["key"], 3600)
    sandbox.set_status(a["key"], "Done")
    moved = sandbox.move(a["key"], "OPS")
    jira.delete(f"/issue/{moved}")
    assert sandbox.settle()

    link = receiver.body("issuelink_created")["issueLink"]
    assert (link["sourceIssueId"], link["destinationIssueId"]) == (int(a["id"]), int(b["id"]))
    assert "issue" not in receiver.body("issuelink_created")
    assert "issue" not in receiver.body("attachment_created")
    assert receiver.body("worklog_created")["worklog"]["issueId"] == a["id"]
    assert ("issue" in receiver.body("comment_created")) is jira.cloud
    assert receiver.body("comment_created")["comment"]["body"] == "Hello"
    changes = [body for _, body in receiver.arrived if body["webhookEvent"] == "jira:issue_updated"]
    kinds = [body["issue_event_type_name"] for body in changes]
    assert kinds == ["issue_updated", "issue_updated", "issue_generic", "issue_moved"]
    assert changes[0]["changelog"]["items"][0]["toString"] == "New"
    assert {"Key", "project"} == {item["field"] for item in changes[-1]["changelog"]["items"]}
    assert receiver.body("jira:issue_deleted")["issue"]["key"] == moved


def test_cloud_repeats_while_the_receiver_fails_with_the_same_identifier(cloud, server, receiver):
    receiver.statuses = [503, 500, 200]
    cloud.sandbox.site.webhooks.register(receiver.url, ["jira:issue_created"])
    cloud.sandbox.site.webhooks.waits = (0.01, 0.01, 0.01, 0.01)
    cloud.new()

    assert cloud.sandbox.settle()
    assert len({headers["X-Atlassian-Webhook-Identifier"] for headers, _ in receiver.arrived}) == 1
    assert [headers.get("X-Atlassian-Webhook-Retry") for headers, _ in receiver.arrived] == [None, "1", "2"]
    receiver.arrived.clear()
    receiver.statuses = [503]
    server.sandbox.site.webhooks.register(receiver.url, ["jira:issue_created"])
    server.new()
    assert server.sandbox.settle()
    assert len(receiver.arrived) == 1


def test_a_refusal_is_not_repeated(cloud, receiver):
    receiver.statuses = [400]
    cloud.sandbox.site.webhooks.register(receiver.url, [])
    cloud.new()

    assert cloud.sandbox.settle()
    assert [one.status for one in cloud.sandbox.site.webhooks.deliveries] == [400]


def test_what_was_refused_is_not_told(jira, receiver):
    jira.sandbox.site.webhooks.register(receiver.url, [])
    jira.new(labels=["a b"])

    assert jira.sandbox.settle()
    assert receiver.arrived == []


def test_webhooks_are_listed_changed_and_removed(jira):
    place = "/rest/webhooks/1.0/webhook"
    body = json.dumps({"name": "x", "url": "http://127.0.0.1:9/x", "events": []}).encode()
    jira.raw("POST", place, body, Content_Type="application/json")
    changed = jira.raw("PUT", f"{place}/1", b'{"enabled": false}', Content_Type="application/json")

    assert changed.body["enabled"] is False
    assert len(jira.raw("GET", place).body) == 1
    assert jira.raw("DELETE", f"{place}/1").status == 204
    assert jira.raw("GET", f"{place}/1").status == 404
    assert jira.raw("POST", place, b'{"url": "ftp://x"}', Content_Type="application/json").status == 400


def test_a_filter_lets_only_some_issues_through(jira, receiver):
    hook = jira.sandbox.site.webhooks.register(receiver.url, ["jira:issue_created"])
    hook.filters = {"issue-related-events-section": "labels = told"}
    jira.new()
    key = jira.new(labels=["told"]).body["key"]

    assert jira.sandbox.settle()
    assert [body["issue"]["key"] for _, body in receiver.arrived] == [key]
