"""What an archive sets for Slack, and who talks to it: values only; the token never shows."""

from dataclasses import dataclass

from generator.settings.field import setting
from generator.settings.jira import Secret

API = "https://slack.com/api"


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """Everything that is set below `slack:`; without `channel` and a token nothing is sent to Slack."""

    channel: str = setting(
        "The id of the channel for everybody, such as C0123ABCD: its name in Slack, About, at the very bottom.",
        env="SLACK_CHANNEL",
    )
    severities: tuple[str, ...] = setting(
        "Which severities the channel is notified of; none: the three most severe.", ()
    )
    environments: tuple[str, ...] = setting(
        "What production is called. A postmortem whose tags name another environment (`staging`, `env:test`) is not"
        " sent to the channel.",
        ("production", "prod", "live"),
    )
    direct_messages: bool = setting("Whether people are notified of what is theirs in a direct message.", True)
    remind_before: int = setting("How many days before the day of the review it is announced.", 2)
    days: int = setting(
        "How many days an incident or a missed day may lie back and still be reported; the channel is read back as far.",
        30,
    )
    digest_weekday: str = setting("The day from which the digest of the week before is sent; empty: none.", "monday")


@dataclass(frozen=True, slots=True)
class SlackConnection:
    """Where Slack's API is, without a slash at the end; the token of the app's bot; and the channel for everybody."""

    api: str
    token: Secret
    channel: str
