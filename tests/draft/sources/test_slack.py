"""Slack's messages as a partial incident with the key messages marked."""

from datetime import UTC, datetime

import pytest

from generator.draft.incident import EventKind, Participant
from generator.draft.sources import slack
from generator.draft.sources.slack import mrkdwn as slack_text
from generator.errors import InputError
from tests.draft.sources.observed import payload


def at(hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2026, 3, 15, hour, minute, second, tzinfo=UTC)


def message(text: str, ts: str = "1773585420.000200", **more) -> dict:
    return {"type": "message", "user": "U0JANE", "text": text, "ts": ts, **more}


def test_a_day_of_an_export_is_a_timeline():
    (found,) = slack.incidents_from(payload("slack/2026-03-15"))

    assert found.partial
    assert [(event.at.replace(microsecond=0), event.actor, event.text) for event in found.events] == [
        (
            at(14, 35, 30),
            "PagerDuty",
            "[Triggered #4711: Checkout errors above 5 %](https://example.pagerduty.com/incidents/PT4KHLK) — Service: checkout",
        ),
        (at(14, 35, 50), "Datadog", "Triggered: [p99 of checkout] is above 2 s"),
        (
            at(14, 37),
            "Jane Smith",
            "Payments & refunds fail with `503`, see [the \\*dashboard\\*](https://grafana.example.com/d/shop) @Li Wei",
        ),
        (at(14, 39), "Incident Bot", "🚨 Severity changed from **minor** to **critical** by @Jane Smith"),
        (at(15, 5), "Li Wei", "*Rolling back* now, 2 * 3 pods first pool is full `FATAL: no free connection`"),
        (at(15, 15, 30), "Jane Smith", "Payments work again"),
        (at(15, 16, 40), "Li Wei", "The severity changed my evening plans"),
        (at(15, 18, 20), "Li Wei", "Shared [Pool usage](https://example.slack.com/files/U0LIWEI/F0POOL/pool.png)"),
        (at(16, 46), "Jane Smith", "Channel topic set: SEV1 | resolved"),
        (at(19, 32, 50), "Jane Smith", "Channel archived"),
    ]


def test_only_what_integrations_say_changes_the_kind():
    (found,) = slack.incidents_from(payload("slack/2026-03-15"))

    assert [event.kind for event in found.events] == [
        EventKind.STATUS, EventKind.ALERT, EventKind.MESSAGE, EventKind.SEVERITY, EventKind.MESSAGE, EventKind.MESSAGE,
        EventKind.MESSAGE, EventKind.MESSAGE, EventKind.NOTE, EventKind.NOTE,
    ]  # fmt: skip


def test_pinned_messages_and_those_with_many_reactions_are_key():
    (found,) = slack.incidents_from(payload("slack/2026-03-15"))

    assert [event.text[:15] for event in found.events if event.key] == ["*Rolling back* ", "Payments work a"]


@pytest.mark.parametrize(
    "mark",
    [
        {"is_starred": True},
        {"pinned_to": ["C0INC88"]},
        {"reactions": [{"name": "pushpin", "users": ["U1"], "count": 1}]},
        {"reactions": [{"name": "eyes", "users": ["U1", "U2"]}, {"name": "+1", "users": ["U3"]}]},
    ],
)
def test_each_way_to_mark_a_message(mark):
    marked, other = slack.incidents_from([message("a", **mark), message("b", "1773585421.000200")])[0].events

    assert (marked.key, other.key) == (True, False)


def test_a_file_is_attached_without_the_token_of_the_export():
    (found,) = slack.incidents_from(payload("slack/2026-03-15"))

    (file,) = found.attachments
    assert (file.name, file.size, file.media_type) == ("pool.png", 20480, "image/png")
    assert file.url == "https://files.slack.com/files-pri/T0EXAMPLE-F0POOL/pool.png"
    assert "xoxe" not in repr(found)


def test_an_answer_of_the_api_with_users_and_channel():
    (found,) = slack.incidents_from(payload("slack/history"))

    assert found.ref == "C0INC88"
    assert found.channel == "https://slack.com/app_redirect?channel=C0INC88&team=T0EXAMPLE"
    assert found.references[0].title == "#inc-88-checkout"
    assert found.participants == (Participant("participant", "Jane Smith", account="U0JANE"),)
    assert [(event.text, event.kind, event.key) for event in found.events] == [
        ("Incident declared Checkout **fails** Lead: @Jane Smith", EventKind.STATUS, False),
        ("/incident severity critical", EventKind.SEVERITY, False),
        ("We roll back", EventKind.MESSAGE, True),
    ]


def test_a_permalink_gives_every_message_its_address():
    shared = {"files": [{"name": "a.png", "permalink": "https://example.slack.com/files/U1/F1/a.png"}]}

    (found,) = slack.incidents_from(
        {"channel_id": "C0INC88", "messages": [message("x"), message("y", "1773585430.000200", **shared)]}
    )

    assert found.channel == "https://example.slack.com/archives/C0INC88"
    assert found.events[0].url == "https://example.slack.com/archives/C0INC88/p1773585420000200"


@pytest.mark.parametrize(
    "data",
    [
        {"2026-03-15": [message("a")], "2026-03-16.json": [message("b", "1773671820.000100")]},
        [[message("a")], [message("b", "1773671820.000100")]],
        {
            "channel_id": "C0INC88",
            "messages": [message("a", slackdump_thread_replies=[message("b", "1773671820.000100")])],
        },
        {
            "ok": True,
            "messages": {
                "total": 2,
                "matches": [message("a"), message("b", "1773671820.000100", channel={"id": "C0INC88"})],
            },
        },
        {
            "ok": True,
            "items": [
                {"type": "message", "message": message("a")},
                {"type": "message", "message": message("b", "1773671820.000100")},
            ],
        },
        [
            {"type": "event_callback", "event": message("a", channel="C0INC88")},
            {"type": "event_callback", "event": message("b", "1773671820.000100")},
        ],
    ],
)
def test_the_many_envelopes_of_messages(data):
    assert slack.recognises(data)
    (found,) = slack.incidents_from(data)
    assert [event.text for event in found.events] == ["a", "b"]


def test_pinned_items_are_key():
    pins = {"ok": True, "items": [{"type": "message", "created": 1, "message": message("a")}]}

    assert slack.incidents_from(pins)[0].events[0].key


def test_a_private_channel_is_private():
    assert slack.incidents_from(
        {"channel": {"id": "C0INC88", "name": "sec", "is_private": True}, "messages": [message("a")]}
    )[0].private


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (payload("slack/users"), "users"),
        (
            [
                {
                    "id": "C0INC88",
                    "name": "inc",
                    "creator": "U1",
                    "created": 1,
                    "topic": {},
                    "purpose": {},
                    "members": [],
                }
            ],
            "channels",
        ),
        ({"ok": False, "error": "channel_not_found"}, "channel_not_found"),
        ({"ok": True, "messages": [], "has_more": False}, "empty"),
        ([message("<@U0JANE> has joined the channel", subtype="channel_join")], "joins"),
    ],
)
def test_what_holds_no_message_is_refused_with_advice(data, word):
    assert slack.recognises(data)
    with pytest.raises(InputError, match=word) as refusal:
        slack.incidents_from(data)
    assert "conversations.history" in str(refusal.value)


@pytest.mark.parametrize(
    ("mrkdwn", "line"),
    [
        ("*bold* _it_ ~gone~", "**bold** *it* gone"),
        ("snake_case and 2*3*4", "snake_case and 2\\*3\\*4"),
        ("<https://example.com/a?b=1&amp;c=2>", "<https://example.com/a?b=1&c=2>"),
        ("<https://example.com/a_(b)|see>", "[see](https://example.com/a_%28b%29)"),
        ("<javascript:alert(1)|click>", "click"),
        ("<mailto:ops@example.com|ops@example.com>", "ops@example.com"),
        ("<!here> <!subteam^S1|@oncall> <#C1|ops> <@U1>", "@here @oncall #ops @Ana"),
        ("<!date^1773585420^{date}|15 March>", "15 March"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "\\<script>alert(1)\\</script>"),
        ("`a <https://example.com|b> &amp; c`", "`a b & c`"),
        (":fire: :shipit:", "🔥 :shipit:"),
        ("*see <https://example.com|this>*", "**see [this](https://example.com)**"),
        ("one\n\ntwo", "one two"),
    ],
)
def test_mrkdwn_becomes_markdown(mrkdwn, line):
    assert slack_text.line(mrkdwn, {"U1": "Ana"}) == line


def test_rich_text_is_read_where_a_message_has_no_text():
    elements = [
        {"type": "text", "text": "a < b "},
        {"type": "link", "url": "https://example.com", "text": "here"},
        {"type": "emoji", "name": "fire"},
        {"type": "user", "user_id": "U1"},
    ]
    blocks = [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}]

    (found,) = slack.incidents_from([message("", blocks=blocks)])

    assert found.events[0].text == "a < b [here](https://example.com)🔥@U1"


def test_the_preview_of_a_link_is_not_a_message():
    preview = {"title": "Shop", "text": "A long preview", "from_url": "https://example.com"}

    (found,) = slack.incidents_from([message("look <https://example.com>", attachments=[preview])])

    assert found.events[0].text == "look <https://example.com>"
