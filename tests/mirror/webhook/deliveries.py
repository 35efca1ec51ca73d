"""Deliveries in the shapes that Jira sends, about the invented company Fernway; signed where a test wants it."""

import hashlib
import hmac
import json

from generator.mirror.webhook import Rejected, WebhookEvent, parse
from generator.settings.jira import Secret

WORD = "Nine ferns on a sill"
SECRET = Secret(WORD)
BOT = "712020:0f3c2f5e-1111-4d0e-9c55-5b1e9f6a0b77"
SITE = "https://fernway.example"
CENTER = "https://jira.fernway.example:8443/jira"


def signed(body, word=WORD, **more):
    """The headers of a delivery; underscores in further names are hyphens."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {
        "Content-Type": "application/json; charset=UTF-8",
        "X-Hub-Signature": "sha256=" + hmac.new(word.encode(), raw, hashlib.sha256).hexdigest(),
        "X-Atlassian-Webhook-Identifier": "2f1c7a90-55aa-4b8e-9a1c-0d6e5f4a3b21",
        "X-Atlassian-Webhook-Flow": "Primary",
    }
    for name, value in more.items():
        headers[name.replace("_", "-")] = value
    return headers


def event(body, **more):
    """What is made of a rightly signed body."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return parse(signed(raw, **more), raw, SECRET)


def outcome(headers, body, secret=SECRET, **more) -> WebhookEvent | Rejected:
    """The event, or the refusal as a value; anything else is a fault and gets through."""
    try:
        return parse(headers, body, secret, **more)
    except Rejected as answer:
        return answer


def issue(**more):
    return {
        "id": "40017",
        "self": f"{SITE}/rest/api/2/issue/40017",
        "key": "OPS-12",
        "fields": {"summary": "Greenhouse sensors are silent", "labels": []},
    } | more


def updated(**more):
    """The shape of an edited issue on Cloud."""
    return {
        "timestamp": 1773585125250,
        "webhookEvent": "jira:issue_updated",
        "issue_event_type_name": "issue_generic",
        "user": {"accountId": BOT, "displayName": "Fernway bot", "active": True},
        "issue": issue(),
        "changelog": {
            "id": "90210",
            "items": [
                change("status", fieldId="status", fromString="To Do", toString="Done"),
                change("Impact", fieldId="customfield_10042"),
                change("status", fieldId="status"),
            ],
        },
    } | more


def change(field, **more):
    return {"field": field, "fieldtype": "jira", "from": None, "fromString": None, "to": None, "toString": ""} | more


def comment(base=SITE, number="40017", **more):
    person = {"name": "jane.smith", "key": "JIRAUSER10100", "displayName": "Jane Smith", "active": True}
    return {
        "self": f"{base}/rest/api/2/issue/{number}/comment/551",
        "id": "551",
        "author": person,
        "updateAuthor": person | {"name": "li.wei"},
        "body": "The gateway is back.",
    } | more


def commented(**more):
    """The shape of a comment on Data Center: there is no issue."""
    return {"timestamp": 1773585125250, "webhookEvent": "comment_created", "comment": comment(CENTER)} | more


def worked(**more):
    log = {"self": f"{SITE}/rest/api/2/issue/40020/worklog/7", "id": "7", "issueId": "40020", "timeSpent": "2h"}
    return {"timestamp": 1773585125250, "webhookEvent": "worklog_created", "worklog": log} | more


def linked(**more):
    link = {"id": 3, "sourceIssueId": 40017, "destinationIssueId": 40031, "issueLinkType": {"id": 1, "name": "Causes"}}
    return {"timestamp": 1773585125250, "webhookEvent": "issuelink_created", "issueLink": link} | more


def attached(**more):
    file = {"id": "881", "filename": "graph.png", "size": 12, "self": f"{SITE}/rest/api/3/attachment/881"}
    return {
        "timestamp": 1773585125250,
        "webhookEvent": "attachment_created",
        "user": {"accountId": "70121:abc"},
        "attachment": file,
    } | more
