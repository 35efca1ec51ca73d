"""Bodies that are not what they should be."""

import json

import pytest

from generator.mirror.webhook import Rejected
from tests.mirror.webhook.deliveries import event, outcome, signed, updated

DEEP = 100_000


def refused(body, **more):
    with pytest.raises(Rejected) as caught:
        event(body, **more)
    assert caught.value.reason.endswith(".")
    assert "Traceback" not in caught.value.reason
    return caught.value.status


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" \n",
        b"null",
        b"[]",
        b'"x"',
        b"7",
        b"true",
        b"{",
        b"{}}",
        b"{'webhookEvent': 'x'}",
        b'{"webhookEvent": "x",}',
        b'{"webhookEvent": "x", "timestamp": NaN}',
        b'{"webhookEvent": "x", "timestamp": -Infinity}',
        b'{"webhookEvent": "x", "timestamp": 1e999}',
        b'{"webhookEvent": "x", "timestamp": ' + b"9" * 5000 + b"}",
        b'{"webhookEvent": "x", "webhookEvent": "y"}',
        b'{"webhookEvent": "x", "issue": {"id": "1", "id": "2"}}',
        b'{"webhookEvent": "x", "issue": {"id": "1", "\\u0069d": "2"}}',
        b'{"webhookEvent": "a\0b"}',
        b'{"webhookEvent": "\xff"}',
        b'{"webhookEvent": "\xed\xa0\x80"}',
        b"\xef\xbb\xbf{}",
        json.dumps(updated()).encode("utf-16"),
        json.dumps(updated()).encode("utf-32-le"),
    ],
    ids=lambda body: repr(body[:40]),
)
def test_what_is_no_json_object_is_400(body):
    assert refused(body) == 400


@pytest.mark.parametrize(
    "body",
    [
        b"[" * DEEP,
        b"[" * DEEP + b"]" * DEEP,
        b'{"a":' * DEEP + b"1" + b"}" * DEEP,
        b'{"webhookEvent": "jira:issue_updated", "issue": ' + b'[{"a":' * DEEP + b"1" + b"}]" * DEEP + b"}",
    ],
    ids=["open", "lists", "objects", "both"],
)
def test_any_depth_is_400(body):
    assert refused(body) == 400


@pytest.mark.parametrize("place", ["issue", "user", "comment", "changelog", "webhookEvent", "timestamp"])
def test_depth_that_can_still_be_read_harms_nobody_further_in(place):
    nested = b"[" * 500 + b"]" * 500
    start = json.dumps({key: value for key, value in updated().items() if key != place})[:-1].encode()
    body = start + b', "' + place.encode() + b'": ' + nested + b"}"
    found = outcome(signed(body), body)

    if place in {"issue", "webhookEvent"}:
        assert found.status == 400
        assert "deep" not in found.reason
    else:
        assert found.issue_id == "40017"


def test_deep_values_within_a_change_are_left_alone():
    nested = b"[" * 500 + b"]" * 500
    items = b'[{"field": ' + nested + b', "fieldId": ' + nested + b', "fromString": ' + nested + b"}]"
    body = (
        json.dumps(updated(changelog=0)).encode().replace(b'"changelog": 0', b'"changelog": {"items": ' + items + b"}")
    )

    assert event(body).changed == ()


@pytest.mark.parametrize(
    "kind",
    [
        "",
        "text/plain",
        "text/html",
        "application/x-www-form-urlencoded",
        "application/jsonp",
        "application/json, text/plain",
        "multipart/form-data; boundary=application/json",
        "application/json; charset=latin-1",
        'application/json; charset="utf-16"',
    ],
)
def test_another_content_type_is_415(kind):
    assert refused(updated(), Content_Type=kind) == 415


@pytest.mark.parametrize(
    "kind", ["application/json", "APPLICATION/JSON", 'application/json ; charset="utf-8"', "application/json;x=y"]
)
def test_json_is_accepted_however_it_is_announced(kind):
    assert event(updated(), Content_Type=kind).issue_key == "OPS-12"


@pytest.mark.parametrize("name", [None, 7, [], {}, True])
def test_a_body_that_does_not_name_its_event_is_400(name):
    assert refused(updated(webhookEvent=name)) == 400
    assert refused({"issue": {"id": "1"}}) == 400


@pytest.mark.parametrize("place", ["issue", "user", "comment", "changelog", "timestamp", "issueLink", "worklog"])
@pytest.mark.parametrize("value", [None, True, 0, -1, 10**30, 1.5, "x", "", [], [[]], {}, {"id": {}}, {"items": {}}])
def test_a_member_of_any_other_kind_is_an_event_or_a_refusal(place, value):
    for one in ("jira:issue_updated", "comment_created", "issuelink_created", "worklog_updated", "sprint_closed"):
        body = json.dumps(updated(webhookEvent=one) | {place: value}).encode()
        found = outcome(signed(body), body)

        if isinstance(found, Rejected):
            assert (found.status, place) == (400, "issue")
        else:
            assert found.issue_id == ("" if place == "issue" else "40017")
