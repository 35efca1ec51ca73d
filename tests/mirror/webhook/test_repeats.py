"""Deliveries that come again, and our own writes that come back."""

import dataclasses
import json

import pytest

from generator.mirror.webhook import is_echo
from tests.mirror.webhook.deliveries import BOT, change, commented, event, updated


def test_a_repetition_has_the_identifier_of_the_first_delivery():
    first, again = event(updated()), event(updated(), X_Atlassian_Webhook_Retry="1")

    assert first.identifier == again.identifier
    assert again.retry == 1


def test_the_same_event_under_another_identifier_has_the_same_meaning():
    first, again = event(updated()), event(updated(), X_Atlassian_Webhook_Identifier="another-delivery-7")

    assert first.identifier != again.identifier
    assert dataclasses.replace(again, identifier=first.identifier) == first


@pytest.mark.parametrize(
    "identifier",
    ["", "short", "../../etc/passwd", "-leading-hyphen", "a.b.c.d.e.f", "a" * 129, "nul\0nul\0", "\u0663" * 9],
)
def test_an_identifier_that_is_none_gives_way_to_the_hash_of_the_body(identifier):
    one = event(updated(), X_Atlassian_Webhook_Identifier=identifier)
    same = event(updated(), X_Atlassian_Webhook_Identifier="../")
    other = event(updated(timestamp=1773585125251), X_Atlassian_Webhook_Identifier=identifier)

    assert one.identifier.startswith("sha256-")
    assert len(one.identifier) == 71
    assert one.identifier == same.identifier != other.identifier


def test_the_hash_is_of_the_bytes_that_came():
    spaced = event(json.dumps(updated(), indent=1).encode(), X_Atlassian_Webhook_Identifier="")

    assert spaced.identifier != event(updated(), X_Atlassian_Webhook_Identifier="").identifier


@pytest.mark.parametrize("retry", ["", "-1", "x", "1.5", "99999", "\u0661", "1" * 5000])
def test_a_count_of_repetitions_that_is_none_is_zero(retry):
    assert event(updated(), X_Atlassian_Webhook_Retry=retry).retry == 0


def test_our_account_and_what_we_pushed_is_an_echo():
    assert is_echo(event(updated()), BOT, "abc", "abc")


def test_our_account_with_other_content_is_no_echo_because_people_use_it_too():
    assert not is_echo(event(updated()), BOT, "abc", "abd")


def test_the_same_content_from_somebody_else_is_no_echo():
    assert not is_echo(event(updated(user={"accountId": "70121:abc"})), BOT, "abc", "abc")


@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_known_is_never_an_echo(nothing):
    assert not is_echo(event(updated()), BOT, nothing, nothing)
    assert not is_echo(event(updated()), BOT, nothing, "abc")
    assert not is_echo(event(updated()), BOT, "abc", nothing)
    assert not is_echo(event(commented(webhookEvent="comment_deleted")), "", "abc", "abc")


def test_a_deleted_or_moved_issue_is_no_echo_whoever_did_it():
    moved = {"items": [change("Key", fromString="OPS-12", toString="WEB-3")]}

    assert not is_echo(event(updated(webhookEvent="jira:issue_deleted")), BOT, "abc", "abc")
    assert not is_echo(event(updated(changelog=moved)), BOT, "abc", "abc")
