"""What the client asks of Slack, what it waits for and what it makes of odd answers."""

from datetime import date

import pytest

from generator.clients.http.retry import RetryPolicy
from generator.clients.slack.client import Slack
from generator.clients.slack.failures import SlackError
from generator.clients.slack.message import Notice
from generator.settings.jira import Secret
from generator.settings.slack import SlackConnection
from tests.clients.slack.standin import BOT, CHANNEL, TOKEN

NOTICE = Notice(
    "created:INC-2026-0042",
    "",
    "It broke.",
    ({"type": "section", "text": {"type": "mrkdwn", "text": "It *broke*"}},),
    date(2026, 11, 1),
)
SINCE = date(2026, 11, 1)


def patient(workspace, slept, **more):
    return Slack(
        SlackConnection(workspace.url, Secret(TOKEN), CHANNEL), RetryPolicy(sleep=slept.append, base=0.5, **more)
    )


def test_what_was_sent_is_found_again(slack, workspace):
    slack.send(CHANNEL, NOTICE)
    found = slack.history(CHANNEL, SINCE)

    assert found.certain(SINCE)
    assert found.messages[NOTICE.key].digest == NOTICE.digest
    assert workspace.called("chat.postMessage")[0].body == {
        "channel": CHANNEL,
        "text": "It broke.",
        "blocks": [{**NOTICE.blocks[0], "block_id": f"postmortem|{NOTICE.digest}|created:INC-2026-0042"}],
        "metadata": {"event_type": "postmortem", "event_payload": {"key": NOTICE.key, "digest": NOTICE.digest}},
        "parse": "none",
        "link_names": False,
        "unfurl_links": False,
        "unfurl_media": False,
    }


def test_it_is_found_too_where_the_app_may_not_read_metadata(slack, workspace):
    workspace.blind = True
    slack.send(CHANNEL, NOTICE)
    workspace.put(CHANNEL, {"bot_id": BOT, "text": "Hello", "blocks": [{"type": "divider", "block_id": "x|y"}]})

    assert [(m.key, m.digest) for m in slack.history(CHANNEL, SINCE).messages.values()] == [(NOTICE.key, NOTICE.digest)]


def test_the_wait_that_slack_asks_for_is_kept(workspace):
    slept = []
    workspace.fail("chat.postMessage", "ratelimited", status=429, headers={"Retry-After": "7"}, times=2)
    patient(workspace, slept).send(CHANNEL, NOTICE)

    assert [round(seconds) for seconds in slept] == [7, 7]
    assert len(workspace.channels[CHANNEL]) == 1


def test_waiting_is_bounded_over_the_whole_run(workspace):
    slept = []
    workspace.fail("*", "ratelimited", status=429, headers={"Retry-After": "50"}, times=99)
    slack = patient(workspace, slept, tries=50, cap=60)

    with pytest.raises(SlackError) as caught:
        slack.history(CHANNEL, SINCE)
    assert (caught.value.code, caught.value.fatal) == ("slack-busy", True)
    assert sum(slept) <= 180


@pytest.mark.parametrize("value", ["-5", "soon", "", "99999999999999999999"])
def test_a_nonsensical_retry_after_neither_crashes_nor_hangs(workspace, value):
    slept = []
    workspace.fail("auth.test", "ratelimited", status=429, headers={"Retry-After": value}, times=9)
    slack = patient(workspace, slept)

    with pytest.raises(SlackError):
        slack.me()
    assert sum(slept) < 60


def test_reading_is_repeated_after_trouble_and_sending_is_not(slack, workspace):
    workspace.fail("auth.test", status=500, body="oops")
    workspace.fail("chat.postMessage", status=500, body="oops")

    assert slack.me() == ("bot_id", BOT)
    with pytest.raises(SlackError) as caught:
        slack.send(CHANNEL, NOTICE)
    assert caught.value.code == "outcome-unknown"
    assert len(workspace.called("chat.postMessage")) == 1


def test_history_asks_no_further_back_than_needed(slack, workspace):
    slack.history(CHANNEL, SINCE)
    asked = workspace.called("conversations.history")[0].body

    assert asked["include_all_metadata"] in {"1", "true"}
    assert float(asked["oldest"]) == 1793404800  # the day before, 00:00 UTC


def test_a_cursor_that_leads_nowhere_ends_the_reading(slack, workspace):
    page = {"ok": True, "messages": [{"ts": "x"}, 7, {}], "response_metadata": {"next_cursor": "same"}}
    workspace.fail("conversations.history", body=page, times=9)

    assert slack.history(CHANNEL, SINCE).messages == {}
    assert len(workspace.called("conversations.history")) == 2


@pytest.mark.parametrize(
    "message",
    [
        {"metadata": None},
        {"metadata": {"event_type": "other", "event_payload": {"key": "k"}}},
        {"metadata": {"event_type": "postmortem"}},
        {"metadata": {"event_type": "postmortem", "event_payload": []}},
        {},
    ],
)
def test_messages_without_our_mark_are_not_ours(slack, workspace, message):
    workspace.put(CHANNEL, {"bot_id": BOT, "text": "Hello", **message})

    assert slack.history(CHANNEL, SINCE).messages == {}


def test_a_token_of_a_user_recognises_its_own_messages(slack, workspace):
    workspace.fail("auth.test", body={"ok": True, "user_id": "U0HUMAN"})

    assert slack.me() == ("user", "U0HUMAN")


def test_no_conversation_is_made_to_look_whether_there_is_one(slack, workspace):
    workspace.members["U0JANE"] = "jane.smith@fernway.example"

    assert slack.direct("U0JANE", create=False) == ""
    assert "D0JANE" not in workspace.channels
    assert slack.direct("U0JANE", create=True) == "D0JANE"
    assert slack.member("nobody@fernway.example") == ""


def test_neither_the_client_nor_its_errors_show_the_token(slack, workspace):
    workspace.fail("auth.test", TOKEN)

    with pytest.raises(SlackError) as caught:
        slack.me()
    assert TOKEN not in f"{caught.value} {caught.value!r} {slack!r} {vars(caught.value)}"
    assert caught.value.__cause__ is None
