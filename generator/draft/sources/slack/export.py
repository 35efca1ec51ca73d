"""Where the messages, the names and the channel lie in the many shapes that Slack and its exporters give them."""

import re
from collections.abc import Iterable, Iterator

from generator.draft.sources.extract.json import dicts, dig, first, record, text

Message = dict[str, object]

ANSWERS = {
    "channel",
    "channels",
    "members",
    "user",
    "users",
    "messages",
    "items",
    "bookmarks",
    "error",
    "response_metadata",
}
_DEEPEST = 5  # lists in lists: an export has days in channels, and no real one nests deeper
_STAMP = re.compile(r"\d{9,10}\.\d{1,6}")
_DOMAIN = re.compile(r"https://([\w-]+(?:\.enterprise)?)\.slack\.com/(?:archives|files|team)/")


def names(payload: object, posted: list[Message]) -> dict[str, str]:
    """People's names by their id: from a list of users beside the messages, else from the messages themselves."""
    names: dict[str, str] = {}
    for holder in (dig(payload, "users"), dig(payload, "members")):
        for user in dicts(holder):
            names[text(user.get("id"))] = _name(user)
    for one in posted:
        account, profile = text(one.get("user")), one.get("user_profile")
        if account and isinstance(profile, dict) and not names.get(account):
            names[account] = _name({"profile": profile, "name": profile.get("name")})
        for mentioned, name in re.findall(r"<@(\w+)\|([^<>|]+)>", text(one.get("text"))):
            names.setdefault(mentioned, name.strip())
    return {account: name for account, name in names.items() if account and name}


def _name(user: dict[str, object]) -> str:
    profile = user.get("profile")
    return first(dig(profile, "real_name"), user.get("real_name"), dig(profile, "display_name"), user.get("name"))


def channel(payload: object, posted: list[Message]) -> dict[str, str]:
    """The channel's `id` and `name`, and whether it is `private`, each empty where the payload does not tell."""
    inner = record(dig(payload, "channel"))
    channel_id = first(
        inner.get("id"), dig(payload, "channel_id"), dig(payload, "channel"), dig(payload, "event", "channel")
    )
    channel_id = channel_id or first(*(first(dig(one, "channel", "id"), one.get("channel")) for one in posted))
    name = first(
        inner.get("name"),
        dig(payload, "name"),
        dig(payload, "channel_name"),
        *(dig(one, "channel", "name") for one in posted),
    )
    closed = any(inner.get(key) is True for key in ("is_private", "is_im", "is_mpim", "is_group"))
    own_id = channel_id if re.fullmatch(r"[CGD][A-Z0-9]{2,}", channel_id) else ""
    return {
        "id": own_id,
        "name": name or ("" if own_id else channel_id),
        "private": "yes" if closed or own_id.startswith("D") else "",
    }


def root(posted: list[Message]) -> str:
    """The workspace's address, where a permalink gives it away."""
    for one in posted:
        for file in [one, *dicts(one.get("files"))]:
            if match := _DOMAIN.match(text(file.get("permalink"))):
                return f"https://{match[1]}.slack.com"
    return ""


def messages(payload: object, depth: int = 0) -> Iterator[Message]:
    """Every message in a payload: a list, a day's list in a list of days, an answer of the API, a thread below its head."""
    if isinstance(payload, list):
        parts: Iterable[object] = payload if depth < _DEEPEST else []
    elif not isinstance(payload, dict):
        parts = []
    elif _is_message(payload):
        inner = payload.get("message")
        changed = text(payload.get("subtype")) == "message_changed" and isinstance(inner, dict)
        yield record(inner) if changed else payload
        parts = [payload.get("slackdump_thread_replies")]
    elif "ok" in payload and isinstance(payload.get("items"), list) and not _holds_messages(payload):
        yield from _marked(dicts(payload["items"]))
        parts = []
    else:
        parts = _parts(payload, depth)
    for part in parts:
        yield from messages(part, depth + 1)


def _holds_messages(payload: Message) -> bool:
    return isinstance(payload.get("messages"), list) or isinstance(dig(payload, "messages", "matches"), list)


def _marked(items: list[dict[str, object]]) -> Iterator[Message]:
    """Pins and stars: what somebody marked is a key message."""
    for item in items:
        if _is_message(record(item.get("message"))):
            yield {**record(item.get("message")), "__key": True}


def _parts(payload: Message, depth: int) -> Iterable[object]:
    """What messages may lie in: an answer's list, a search's matches, an event, or a file per day."""
    if isinstance(payload.get("messages"), list):
        return [payload["messages"]]
    if isinstance(dig(payload, "messages", "matches"), list):
        return [dig(payload, "messages", "matches")]
    if payload.get("type") == "event_callback" and isinstance(payload.get("event"), dict):
        return [payload["event"]]
    days = payload.values() if depth < 2 else ()
    return days if all(isinstance(day, list) for day in days) else []


def is_slack(payload: object) -> bool:
    """Whether everything in a list is Slack's; a stray object means that the list is somebody else's."""
    return all(any(True for _ in messages(item, 1)) for item in payload) if isinstance(payload, list) else True


def _is_message(one: Message) -> bool:
    stamp = one.get("ts")
    if not isinstance(stamp, str) or not _STAMP.fullmatch(stamp):
        return False
    return one.get("type") == "message" or (
        "text" in one and bool({"user", "bot_id", "subtype", "username"} & one.keys())
    )


def other(payload: object) -> str:
    """What else of Slack this is, in words, or empty."""
    if isinstance(payload, dict) and isinstance(payload.get("ok"), bool) and ANSWERS & payload.keys():
        if payload["ok"] is False and text(payload.get("error")):
            return f"Slack's error `{text(payload.get('error'))}`"
        if isinstance(payload.get("messages"), list):
            return "an empty part of a Slack channel"
        return "an answer of Slack about a channel, its members or its users"
    records = dicts(payload)
    if not records or not isinstance(payload, list) or len(records) != len(payload):
        return ""
    if all("profile" in one and bool({"team_id", "is_bot", "deleted"} & one.keys()) for one in records):
        return "a list of Slack users"
    if all(
        {"id", "created", "members"} <= one.keys() or {"id", "creator", "topic", "purpose"} <= one.keys()
        for one in records
    ):
        return "a list of Slack channels"
    return ""
