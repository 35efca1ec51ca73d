"""What is set below `slack:` is read strictly."""

import pytest

from generator.errors import UsageError
from generator.settings import load as config
from generator.settings.slack import SlackSettings


@pytest.fixture(autouse=True)
def bare(monkeypatch):
    for name in ("SLACK_BOT_TOKEN", "SLACK_API_URL", "SLACK_CHANNEL"):
        monkeypatch.delenv(name, raising=False)


def load(root, text):
    (root / "site_config").mkdir(exist_ok=True)
    (root / "site_config" / "archive.yml").write_text(text, encoding="utf-8")
    return config.load(root).settings


def test_everything_can_be_set(tmp_path):
    text = (
        "slack:\n  channel: C0FERNWAY1\n  severities: [sev1]\n  environments: live\n  direct_messages: false\n"
        "  remind_before: 0\n  days: 14\n  digest_weekday: Friday\n"
    )

    assert load(tmp_path, text).slack == SlackSettings("C0FERNWAY1", ("sev1",), ("live",), False, 0, 14, "friday")


def test_an_empty_weekday_is_no_digest(tmp_path):
    assert load(tmp_path, "slack: {digest_weekday: }\n").slack.digest_weekday == ""
    assert load(tmp_path, "slack: {channel: }\n").slack == SlackSettings()


def test_the_environment_wins(tmp_path, monkeypatch):
    monkeypatch.setenv("SLACK_CHANNEL", "C0OTHER")
    monkeypatch.setenv("SLACK_BOT_TOKEN", " xoxb-1 ")
    settings = load(tmp_path, "slack: {channel: C0FERNWAY1}\n")
    connection = config.slack(settings)

    assert (connection.channel, connection.api, connection.token.reveal()) == (
        "C0OTHER",
        "https://slack.com/api",
        "xoxb-1",
    )
    assert "xoxb" not in repr(connection)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("slack: C0FERNWAY1\n", r"archive.yml:1: `slack` must be a mapping"),
        ("slack:\n  chanel: C0\n", r"`chanel` is not known in `slack`. Did you mean `channel`\?"),
        ('slack: {channel: "#incidents"}\n', r"must be the channel's id, such as C0123ABCD"),
        ("slack: {severities: [SEV7]}\n", r"`severities` names 'SEV7'. Did you mean `SEV"),
        ("slack: {severities: {a: b}}\n", r"`slack: severities` must be a list"),
        ("slack: {direct_messages: sometimes}\n", r"`slack: direct_messages` must be true or false"),
        ("slack: {days: soon}\n", r"`slack: days` must be a number of days from 0 to 365"),
        ("slack: {days: 4000}\n", r"`slack: days` must be a number of days"),
        ("slack: {remind_before: true}\n", r"`slack: remind_before` must be a number of days"),
        ("slack: {digest_weekday: mondey}\n", r"not a day of the week. Did you mean `monday`\?"),
    ],
)
def test_a_mistake_names_the_place_and_the_cure(tmp_path, text, message):
    with pytest.raises(UsageError, match=message):
        load(tmp_path, text)


@pytest.mark.parametrize(
    "address",
    [
        "http://slack.example/api",
        "https://user:pass@slack.example",
        "https://slack.example/?a=b",
        "slack.corp",
        "https://[",
        "file:///etc",
    ],
)
def test_an_address_that_cannot_be_right_is_refused_without_being_repeated(tmp_path, monkeypatch, address):
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_API_URL", address)
    settings = load(tmp_path, "slack: {channel: C0FERNWAY1}\n")

    with pytest.raises(UsageError, match="SLACK_API_URL") as caught:
        config.slack(settings)
    assert address not in str(caught.value)
