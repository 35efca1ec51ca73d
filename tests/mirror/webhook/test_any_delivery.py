"""Whatever is delivered, the answer is an event or a refusal."""

import json
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.mirror.webhook import Rejected, WebhookEvent, too_long
from generator.settings.jira import Secret
from tests.mirror.webhook.deliveries import BOT, SECRET, SITE, outcome, signed

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
NAMES = st.sampled_from(
    [
        "Content-Type",
        "content-length",
        "Content-Encoding",
        "X-Hub-Signature",
        "x-hub-signature",
        "X-Atlassian-Webhook-Identifier",
        "X-Atlassian-Webhook-Retry",
    ]
)
VALUES = st.sampled_from(
    ["application/json", "sha256=" + "0" * 64, "0", "12", "gzip", "application/json;charset=utf-8"]
)
HEADERS = st.dictionaries(NAMES | ANY_TEXT, VALUES | ANY_TEXT, max_size=8)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | ANY_TEXT
    | st.sampled_from(["OPS-12", "40017", BOT, f"{SITE}/rest/api/2/issue/40017/comment/1", "Key"])
)
MEMBERS = st.sampled_from(
    [
        "id",
        "key",
        "self",
        "issue",
        "comment",
        "worklog",
        "issueId",
        "issueLink",
        "sourceIssueId",
        "destinationIssueId",
        "attachment",
        "changelog",
        "items",
        "field",
        "fieldId",
        "fromString",
        "user",
        "accountId",
        "name",
        "author",
        "updateAuthor",
        "timestamp",
        "webhookEvent",
    ]
)
TREES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(MEMBERS | ANY_TEXT, inner, max_size=6)
)
EVENTS = st.sampled_from(
    [
        "jira:issue_updated",
        "jira:issue_deleted",
        "comment_created",
        "comment_deleted",
        "issuelink_created",
        "worklog_updated",
        "attachment_created",
        "sprint_closed",
    ]
)
BODIES = st.fixed_dictionaries(
    {"webhookEvent": EVENTS | ANY_TEXT},
    optional={
        name: TREES | st.dictionaries(MEMBERS, TREES, max_size=6)
        for name in ("issue", "comment", "worklog", "issueLink", "attachment", "changelog", "user", "timestamp")
    },
)


def answered(headers, body, secret=SECRET):
    found = outcome(headers, body, secret, limit=50_000)
    if isinstance(found, Rejected):
        assert found.status in {400, 401, 413, 415, 503}
        assert found.reason.isprintable()
    return found


@given(HEADERS, st.binary(max_size=200), st.none() | st.text(max_size=10).map(Secret))
def test_any_bytes_and_headers_are_turned_away_in_order(headers, body, secret):
    assert isinstance(answered(headers, body, secret), Rejected)


@given(HEADERS, st.binary(max_size=200) | ANY_TEXT.map(lambda text: text.encode("utf-8", "replace")))
def test_any_signed_bytes_are_an_event_or_a_refusal(headers, body):
    answered(signed(body), body)
    answered(headers | {"X-Hub-Signature": signed(body)["X-Hub-Signature"]}, body)


@given(HEADERS, st.sampled_from(["0", "7", "1000", "-1", "x", ""]))
def test_any_headers_have_a_length_or_are_refused(headers, announced):
    rest = {name: value for name, value in headers.items() if name.lower() != "content-length"}
    known = rest | {"content-length": announced}

    if announced.isdecimal():
        assert too_long(known, 100) == (announced == "1000")
        assert not too_long(rest, 100)
    else:
        with pytest.raises(Rejected, match=r"^400: "):
            too_long(known, 100)


@given(BODIES, HEADERS)
@example({"webhookEvent": "jira:issue_updated", "issue": {"id": "\ud800"}}, {})
def test_any_signed_object_is_an_event_with_nothing_in_it_that_could_harm(body, headers):
    raw = json.dumps(body).encode()
    known = {name: value for name, value in headers.items() if name.lower().startswith("x-atlassian")}
    found = answered(signed(raw) | known, raw)

    if isinstance(found, WebhookEvent):
        assert re.fullmatch(r"[a-z0-9_][a-z0-9_-]{0,63}", found.name)
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{7,127}", found.identifier)
        assert all(re.fullmatch(r"[1-9][0-9]{0,17}", one) for one in (found.issue_id, *found.other_ids) if one)
        assert all(
            re.fullmatch(r"[A-Z][A-Z0-9_]+-[1-9][0-9]*", one) for one in (found.issue_key, found.moved_from) if one
        )
        assert found.actor.isprintable()
        assert all(one.isprintable() for one in found.changed)
        assert not (found.sweep and (found.issue_id or found.issue_key))
        hash(found)
        str(found).encode()
