"""What comes from files stays words: no mention, link or formatting fires."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.notify import mrkdwn
from generator.notify.created import created
from generator.notify.mrkdwn import JOINER, cut, escape, link, mention, units
from generator.notify.subject import NoticeSubject
from tests.notify.archive import TODAY, doc, settings, words

ATTACKS = {
    "channel": "<!channel> look",
    "here": "<!here|here>",
    "everyone": "<!everyone>",
    "member": "<@U0JANE>",
    "group": "<!subteam^S0TEAM>",
    "channel link": "<#C0FERNWAY1|general>",
    "link": "<https://evil.example|click me>",
    "mail link": "<mailto:a@evil.example|mail>",
    "bare address": "see https://evil.example/login now",
    "bare mail address": "mailto:a@evil.example",
    "call without brackets": "@channel and @here and @everyone",
    "entity": "&lt;!channel&gt;",
    "backticks": "`code` and ```block```",
    "bold": "*bold*",
    "strike": "~gone~",
    "italic": "_slanted_",
    "new line": "one\n&gt; quote\r\n• two",
    "direction": "a\u202eb\u2066c",
    "control": "a\x1b[31mb\x00c\ud800",
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_in_a_title_stays_words(name):
    notice = created(NoticeSubject(doc(title=_quoted(ATTACKS[name])), settings()), TODAY)
    shown = escape(ATTACKS[name])

    assert shown in words(notice)
    assert "<" not in shown
    assert ">" not in shown
    assert not re.search(r"https?://|[`*~\n\r\x00\x1b\u202e\u2066]|@(?:here|channel|everyone)|mailto:(?!\u2060)", shown)
    assert re.fullmatch(r"(?:[^&]|&(?:amp|lt|gt);)*", shown)


def _quoted(text):
    return (
        '"'
        + "".join(f"\\u{ord(c):04x}" if c in '\\"\n\r' or not c.isprintable() else c for c in text if c != "\ud800")
        + '"'
    )


def test_words_read_as_before():
    assert escape("snake_case_name < 5 & rising") == "snake_case_name &lt; 5 &amp; rising"
    assert escape("https://a.example").replace(JOINER, "") == "https://a.example"
    assert escape("Dauer: 5 Minuten, 12:30") == "Dauer: 5 Minuten, 12:30"


@given(st.text(st.characters(), max_size=300))
def test_no_text_makes_markup(text):
    shown = escape(text)

    assert not set("<>*`~\n\r") & set(shown)
    assert not re.search(r"://|@(?:here|channel|everyone)\b", shown, re.IGNORECASE)
    assert "&" not in re.sub(r"&(?:amp|lt|gt);", "", shown)


@given(st.text(max_size=200), st.integers(5, 60))
def test_what_is_cut_fits(text, limit):
    assert units(cut(text, limit)) <= limit
    assert cut(text, 1000) == text


def test_a_text_is_cut_at_a_word():
    assert cut("Checkout errors after the migration", 30) == "Checkout errors after the…"


@pytest.mark.parametrize(
    ("address", "words_", "shown"),
    [
        ("https://a.example/x?a=1&b=2", "A", "<https://a.example/x?a=1&amp;b=2|A>"),
        ("https://a.example/x", "a|b>c", "<https://a.example/x|a¦b&gt;c>"),
        ("javascript:alert(1)", "A", "A"),
        ("https://a.example/|<!channel>", "A", "A"),
        ("https://a.example/ <!here>", "A", "A"),
        ("", "A", "A"),
        (f"https://a.example/{'x' * 2000}", "A", "A"),
    ],
)
def test_only_addresses_of_the_web_are_links(address, words_, shown):
    assert link(address, words_) == shown


def test_only_a_members_id_is_a_mention():
    assert mention("U0JANE", "Jane") == "<@U0JANE>"
    assert mention("!channel", "Jane <!here>") == "Jane &lt;!here&gt;"
    assert mention("U0> <!channel", "Jane") == "Jane"
    assert not mrkdwn.is_member("")
