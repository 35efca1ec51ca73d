"""The few methods that notices need."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from generator.clients.http.retry import RetryPolicy
from generator.clients.slack.failures import SlackError
from generator.clients.slack.history import SentMessages
from generator.clients.slack.message import Message, Notice
from generator.clients.slack.wire import SlackTransport
from generator.settings.slack import SlackConnection

EVENT = "postmortem"
PAGE, PAGES = 200, 25


class Slack:
    """Slack, as the app whose bot's token this is; every method raises SlackError."""

    def __init__(self, connection: SlackConnection, waits: RetryPolicy | None = None) -> None:
        self._wire = SlackTransport(connection, waits)
        self._web = self._wire.web
        self._me: tuple[str, str] | None = None
        self.channel = connection.channel

    @property
    def requests_made(self) -> int:
        """How many requests have been sent, repeated ones included."""
        return self._wire.requests_made

    def me(self) -> tuple[str, str]:
        """Under which field messages say that they are ours, and what it holds."""
        if self._me is None:
            answer = self._wire.call("auth.test", self._web.auth_test, safe=True)
            bot = answer.get("bot_id")
            self._me = ("bot_id", str(bot)) if bot else ("user", str(answer.get("user_id")))
        return self._me

    def history(self, channel: str, since: date) -> SentMessages:
        """What we have said in a conversation since that day, read back at most a few thousand messages."""
        self.me()
        oldest = datetime.combine(since, time(), UTC) - timedelta(days=1)  # Slack's clock may be in another zone
        found: dict[str, Message] = {}
        last: float | None = None
        cursors: set[str] = set()
        cursor = ""
        for _ in range(PAGES):
            answer = self._wire.call(
                "conversations.history",
                self._web.conversations_history,
                safe=True,
                channel=channel,
                oldest=f"{oldest.timestamp():.6f}",
                limit=PAGE,
                include_all_metadata=True,
                **({"cursor": cursor} if cursor else {}),
            )
            for message in _listed(answer.get("messages")):
                last = _seconds(message.get("ts")) or last
                ours = self._ours(message)
                if ours:
                    found.setdefault(ours.key, ours)  # the newest stands first
            cursor = _cursor(answer)
            if not cursor or cursor in cursors:
                return SentMessages(found)
            cursors.add(cursor)
        back = datetime.fromtimestamp(last, UTC).date() if last else date.max
        return SentMessages(found, back)

    def direct(self, member: str, *, create: bool) -> str:
        """The conversation with a person; empty where there is none yet and none is to be made."""
        more = {} if create else {"prevent_creation": True}
        try:
            answer = self._wire.call(
                "conversations.open", self._web.conversations_open, safe=True, users=member, **more
            )
        except SlackError as error:
            if error.code == "channel-unknown" and not create:
                return ""
            raise
        channel = answer.get("channel")
        found = channel.get("id") if isinstance(channel, dict) else None
        if create and not found:
            raise SlackError("conversations.open: Slack names no conversation.", "slack-refused")
        return str(found or "")

    def member(self, email: str) -> str:
        """The id of the person with this e-mail address; empty where there is none."""
        try:
            answer = self._wire.call("users.lookupByEmail", self._web.users_lookupByEmail, safe=True, email=email)
        except SlackError as error:
            if error.code == "person-unknown":
                return ""
            raise
        user = answer.get("user")
        return str(user.get("id") or "") if isinstance(user, dict) else ""

    def send(self, channel: str, notice: Notice) -> None:
        """Say something new."""
        self._wire.call(
            "chat.postMessage",
            self._web.chat_postMessage,
            safe=False,
            unfurl_links=False,
            unfurl_media=False,
            **_content(channel, notice),
        )

    def update(self, channel: str, ts: str, notice: Notice) -> None:
        """Say what was said before in its present words."""
        self._wire.call("chat.update", self._web.chat_update, safe=True, ts=ts, **_content(channel, notice))

    def _ours(self, message: Mapping[str, Any]) -> Message | None:
        name, value = self.me()
        if message.get(name) != value or not message.get("ts"):
            return None
        marks = _marks(message.get("metadata")) or _marks_below(message.get("blocks"))
        return Message(str(message["ts"]), *marks) if marks else None


def _content(channel: str, notice: Notice) -> dict[str, Any]:
    return {
        "channel": channel,
        "text": notice.text,
        "blocks": [{**notice.blocks[0], "block_id": _block_id(notice)}, *map(dict, notice.blocks[1:])],
        "metadata": {"event_type": EVENT, "event_payload": {"key": notice.key, "digest": notice.digest}},
        "parse": "none",
        "link_names": False,
    }


def _block_id(notice: Notice) -> str:
    """The marks of a notice once more: an app that may not read metadata still sees the ids of blocks."""
    return f"{EVENT}|{notice.digest}|{notice.key}"[:255]


def _marks(metadata: object) -> tuple[str, str] | None:
    """The key and the hash that a message carries as metadata."""
    payload = metadata.get("event_payload") if isinstance(metadata, dict) else None
    if not isinstance(metadata, dict) or metadata.get("event_type") != EVENT or not isinstance(payload, dict):
        return None
    return str(payload.get("key")), str(payload.get("digest"))


def _marks_below(blocks: object) -> tuple[str, str] | None:
    """The key and the hash that the id of a message's first block holds."""
    first = next(_listed(blocks), {})
    event, _, rest = str(first.get("block_id") or "").partition("|")
    digest, bar, key = rest.partition("|")
    return (key, digest) if event == EVENT and bar else None


def _listed(value: object) -> Iterator[Mapping[str, Any]]:
    yield from (one for one in value if isinstance(one, dict)) if isinstance(value, list) else ()


def _seconds(ts: object) -> float | None:
    try:
        return float(str(ts))
    except ValueError:
        return None


def _cursor(answer: Mapping[str, Any]) -> str:
    more = answer.get("response_metadata")
    return str(more.get("next_cursor") or "") if isinstance(more, dict) else ""
