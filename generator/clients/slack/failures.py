"""What Slack's refusals mean and what helps; no message holds a token or what was sent."""

import re
from collections.abc import Mapping

from generator.errors import RemoteError

_WORD = re.compile(r"[a-z_]{1,60}", re.ASCII)
_SCOPES = re.compile(r"[a-z:._, ]{1,200}", re.ASCII)
_TOKEN = frozenset(
    [
        "invalid_auth",
        "not_authed",
        "token_revoked",
        "token_expired",
        "account_inactive",
        "org_login_required",
        "two_factor_setup_required",
        "not_allowed_token_type",
        "access_denied",
        "invalid_token",
    ]
)
_CHANNEL = frozenset(["channel_not_found", "not_in_channel", "is_archived", "channel_is_archived", "invalid_channel"])
_PERSON = frozenset(
    [
        "user_not_found",
        "users_not_found",
        "user_not_visible",
        "user_disabled",
        "cannot_dm_bot",
        "invalid_users",
        "messages_tab_disabled",
    ]
)
BUSY = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
TROUBLE = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"})


class SlackError(RemoteError):
    """Something could not be read or sent; `code` is stable, `fatal` where it holds for the whole run."""

    def __init__(self, message: str, code: str, *, fatal: bool = False) -> None:
        self.code, self.fatal = code, fatal
        super().__init__(message)


def refusal(method: str, answer: Mapping[str, object]) -> SlackError:
    """The error for an answer that says no."""
    word = word_of(answer)
    if word in _TOKEN:
        return SlackError(
            f"Slack does not accept SLACK_BOT_TOKEN ({word}). Install the app anew.", "slack-token", fatal=True
        )
    if word in _CHANNEL:
        advice = "Is `slack: channel` right, and is the app invited to it?"
        return SlackError(f"{method}: Slack says {word}. {advice}", "channel-unknown")
    if word in _PERSON:
        advice = "Is `slack:` right in site_config/people.yml?"
        return SlackError(f"{method}: Slack says {word}. {advice}", "person-unknown")
    if word in {"missing_scope", "no_permission"}:
        needed = answer.get("needed")
        which = f": {needed}" if isinstance(needed, str) and _SCOPES.fullmatch(needed) else ""
        return SlackError(
            f"{method}: the app lacks a permission{which}. Add it and install the app anew.", "missing-scope"
        )
    return SlackError(f"{method}: Slack refused it ({word}).", "slack-refused")


def word_of(answer: Mapping[str, object]) -> str:
    """Slack's word for what is wrong; anything else than one plain word is not repeated to anybody."""
    word = answer.get("error")
    return word if isinstance(word, str) and _WORD.fullmatch(word) else "an unknown error"
