"""Where the messages, the names and the channel lie in the many shapes that Slack and its exporters give them."""

import re
from collections.abc import Iterator

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
_STAMP = re.compile(r"\d{9,10}\.\d{1,6}")
_DOMAIN = re.compile(r"https://([\w-]+(?:\.enterprise)?)\.slack\.com/(?:archives|files|team)/")


def names(payload: object, found: list[Message]) -> dict[str, str]:
    """People's names by their id: from a list of users beside the messages, else from the messages themselves."""
    names: dict[str, str] = {}
    for holder in (dig(payload, "users"), dig(payload, "members")):
        for user in dicts(holder):
            names[text(user.get("id"))] = _name(user)
    for one in found:
        account, profile = text(one.get("user")), one.get("user_profile")
        if account and isinstance(profile, dict) and not names.get(account):
            names[account] = _name({"profile": profile, "name": profile.get("name")})
        for mentioned, name in re.findall(r"<@(\w+)\|([^<>|]+)>", text(one.get("text"))):
            names.setdefault(mentioned, name.strip())
    return {account: name for account, name in names.items() if account and name}


def _name(user: dict[str, object]) -> str:
    profile = user.get("profile")
    return first(dig(profile, "real_name"), user.get("real_name"), dig(profile, "display_name"), user.get("name"))


def channel(payload: object, found: list[Message]) -> dict[str, str]:
    """The channel's `id` and `name`, and whether it is `private`, each empty where the payload does not tell."""
    inner = record(dig(payload, "channel"))
    channel_id = first(
        inner.get("id"), dig(payload, "channel_id"), dig(payload, "channel"), dig(payload, "event", "channel")
    )
    channel_id = channel_id or first(*(first(dig(one, "channel", "id"), one.get("channel")) for one in found))
    name = first(
        inner.get("name"),
        dig(payload, "name"),
        dig(payload, "channel_name"),
        *(dig(one, "channel", "name") for one in found),
    )
    closed = any(inner.get(key) is True for key in ("is_private", "is_im", "is_mpim", "is_group"))
    known = channel_id if re.fullmatch(r"[CGD][A-Z0-9]{2,}", channel_id) else ""
    return {
        "id": known,
        "name": name or ("" if known else channel_id),
        "private": "yes" if closed or known.startswith("D") else "",
    }


def root(found: list[Message]) -> str:
    """The workspace's address, where a permalink gives it away."""
    for one in found:
        for file in [one, *dicts(one.get("files"))]:
            if match := _DOMAIN.match(text(file.get("permalink"))):
                return f"https://{match[1]}.slack.com"
    return ""


def messages(payload: object, depth: int = 0) -> Iterator[Message]:
    """Every message in a payload: a list, a day's list in a list of days, an answer of the API, a thread below its head."""
    if isinstance(payload, list):
        for item in payload if depth < 5 else []:
            yield from messages(item, depth + 1)
    elif isinstance(payload, dict):
        if _is_message(payload):
            inner = payload.get("message")
            changed = text(payload.get("subtype")) == "message_changed" and isinstance(inner, dict)
            yield record(inner) if changed else payload
            yield from messages(payload.get("slackdump_thread_replies"), depth + 1)
        elif isinstance(payload.get("messages"), list):
            yield from messages(payload["messages"], depth + 1)
        elif isinstance(dig(payload, "messages", "matches"), list):
            yield from messages(dig(payload, "messages", "matches"), depth + 1)
        elif "ok" in payload and isinstance(payload.get("items"), list):
            for item in dicts(payload["items"]):  # pins and stars: what somebody marked is a key message
                if _is_message(record(item.get("message"))):
                    yield {**record(item.get("message")), "__key": True}
        elif payload.get("type") == "event_callback" and isinstance(payload.get("event"), dict):
            yield from messages(payload["event"], depth + 1)
        elif payload and depth < 2 and all(isinstance(day, list) for day in payload.values()):
            for day in payload.values():
                yield from messages(day, depth + 1)


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
    found = dicts(payload)
    if not found or not isinstance(payload, list) or len(found) != len(payload):
        return ""
    if all("profile" in one and bool({"team_id", "is_bot", "deleted"} & one.keys()) for one in found):
        return "a list of Slack users"
    if all(
        {"id", "created", "members"} <= one.keys() or {"id", "creator", "topic", "purpose"} <= one.keys()
        for one in found
    ):
        return "a list of Slack channels"
    return ""
