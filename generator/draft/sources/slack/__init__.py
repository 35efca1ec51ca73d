"""Slack: the messages of a channel export or of its API, as a partial incident with the key messages marked."""

import re
from collections.abc import Iterator

from generator.draft.incident import Attachment, Event, EventKind, Incident, Participant, Reference
from generator.draft.sources.extract.dedupe import in_order
from generator.draft.sources.extract.json import dicts, dig, first, moment, text, url
from generator.draft.sources.extract.prose import joined
from generator.draft.sources.slack import export
from generator.draft.sources.slack import mrkdwn as slack_text
from generator.errors import InputError

LABEL = "Slack"

KEY_REACTIONS = 3  # from so many people on, a message matters to the channel
KEY_EMOJI = {"pushpin", "round_pushpin", "star", "bookmark", "memo", "spiral_note_pad", "timeline", "key"}
COMINGS = {"join", "leave", "convert_to_private", "convert_to_public", "posting_permissions"}
SILENT = {"tombstone", "bot_add", "bot_remove", "bot_enable", "bot_disable", "reminder_add", "pinned_item",
          "unpinned_item", "message_replied", "message_deleted", "channel_canvas_updated", "sh_room_created"}  # fmt: skip
ADVICE = (
    "Export the incident's channel: the day files of a Slack export, or the answer of `conversations.history` "
    "and `conversations.replies`."
)
_DONE = r"(?:declared|opened|created|triggered|acknowledged|mitigated|resolved|closed|reopened)"
_CHANGED = r"(?:changed|updated|set|moved|raised|lowered|upgraded|downgraded|escalated)"
# What integrations say when they changed something; people's talk about it is only a message.
_TOLD = (
    (EventKind.SEVERITY, rf"\bseverity\b.{{0,60}}\b{_CHANGED}\b|\b{_CHANGED}\b.{{0,60}}\bseverity\b"),
    (EventKind.PRIORITY, rf"\bpriority\b.{{0,60}}\b{_CHANGED}\b|\b{_CHANGED}\b.{{0,60}}\bpriority\b"),
    (EventKind.STATUS, rf"\bstatus\b.{{0,60}}\b{_CHANGED}\b|\b{_CHANGED}\b.{{0,60}}\bstatus\b"),
    (EventKind.STATUS, rf"\bincident\b.{{0,80}}\b{_DONE}\b|\b{_DONE}\b.{{0,40}}\bincident\b"),
    (EventKind.STATUS, r"^\W*(?:triggered|acknowledged|resolved|escalated|reopened)\W{1,4}#?\d"),
    (EventKind.ALERT, r"^\W*(?:re-?)?(?:triggered|recovered|warn|firing|alerting|resolved|no data)\b\W"),
    (
        EventKind.ASSIGNMENT,
        r"\b(?:incident )?(?:commander|lead|scribe|communications? lead)\b.{0,40}\b(?:assigned|is now|set)\b",
    ),
)
_TOLD_BY_BOTS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _TOLD)
# Slash commands of incident tools that change the incident; what people type as a command says what happened.
_COMMAND = re.compile(
    r"^/(?:incident|inc|pd|genie|jsm)\s+(severity|sev|status|resolve|close|declare|new|reopen|ack\w*)\b", re.IGNORECASE
)

Message = export.Message


def recognises(payload: object) -> bool:
    """Whether this is Slack's: messages, or another part of an export or of its API."""
    if any(True for _ in export.messages(payload)):
        return export.is_slack(payload)
    return bool(export.other(payload))


def incidents_from(payload: object) -> tuple[Incident, ...]:
    """One partial incident of all messages in the payload, in the order of time."""
    messages = list(export.messages(payload)) if export.is_slack(payload) else []
    if not messages:
        raise InputError(
            f"This is {export.other(payload) or 'not a channel of Slack'}; there is no message in it. {ADVICE}"
        )
    channel = export.channel(payload, messages)
    names = export.names(payload, messages)
    pinned = {text(dig(one, "item", "message", "ts")) for one in messages if text(one.get("subtype")) == "pinned_item"}
    root = export.root(messages)
    events = [
        event
        for one in messages
        if (event := _event(one, names, pinned, f"{root}/archives/{channel['id']}" if channel["id"] else ""))
    ]
    if not events:
        raise InputError(f"This Slack data holds only joins and system messages, nothing that people wrote. {ADVICE}")
    team = first(*(one.get("team") for one in messages))
    link = f"https://slack.com/app_redirect?channel={channel['id']}" + (f"&team={team}" if team else "")
    link = (f"{root}/archives/{channel['id']}" if root else url(link)) if channel["id"] else ""
    name = f"#{channel['name']}" if channel["name"] else ""
    return (
        Incident(
            source=LABEL,
            ref=channel["id"] or name,
            channel=link or name,
            participants=_participants(messages, names),
            events=in_order(events),
            references=(Reference(link, name or "Slack channel", "channel"),) if link else (),
            attachments=tuple(_attachments(messages)),
            private=bool(channel["private"]),
        ),
    )


def _event(one: Message, names: dict[str, str], pinned: set[str], archive: str) -> Event | None:
    at, stamp = moment(one.get("ts")), text(one.get("ts"))
    place, _, action = text(one.get("subtype")).partition("_")
    system = bool(action) and place in {"channel", "group"}
    words = (
        "" if at is None or _is_silent(one, action if system else "") else _words(one, action if system else "", names)
    )
    if at is None or not words:
        return None
    link = url(one.get("permalink")) or url(
        f"{archive}/p{stamp.replace('.', '')}" if archive.startswith("https://") else ""
    )
    return Event(
        at=at,
        text=words,
        source=LABEL,
        kind=_kind(one, words, system),
        actor=_author(one, names),
        url=link,
        key=stamp in pinned or _is_marked(one),
        uid=f"message/{stamp}",
    )


def _is_silent(one: Message, action: str) -> bool:
    """Whether a message tells nothing of the incident: comings and goings, and what the machinery writes."""
    return text(one.get("subtype")) in SILENT or one.get("hidden") is True or action in COMINGS


def _words(one: Message, action: str, names: dict[str, str]) -> str:
    """What a message says, with the files that were shared; `action` is what was done to the channel, if that is it."""
    words = slack_text.line(slack_text.of_message(one), names)
    if action:
        words = _renamed(one, action, names) or words
    files = [slack_text.line(_file(file), names) for file in dicts(one.get("files")) if _file(file)]
    if words and files:
        return joined(words, f"shared {', '.join(files)}")
    return words or ", ".join(f"Shared {file}" for file in files)


def _is_marked(one: Message) -> bool:
    """Whether somebody marked it: a star, a pin, or reactions."""
    starred = one.get("is_starred") is True or one.get("__key") is True
    return starred or bool(one.get("pinned_to") or one.get("pinned_info")) or _reacted(one)


def _kind(one: Message, words: str, system: bool) -> EventKind:
    if system:
        return EventKind.NOTE
    if command := _COMMAND.match(text(one.get("text"))):
        return EventKind.SEVERITY if command[1].lower().startswith("sev") else EventKind.STATUS
    if not _is_bot(one):
        return EventKind.MESSAGE
    plain = re.sub(r"[*\\]|\]\([^)]*\)", "", words)[:400]
    return next((kind for kind, pattern in _TOLD_BY_BOTS if pattern.search(plain)), EventKind.MESSAGE)


def _reacted(one: Message) -> bool:
    reactions = dicts(one.get("reactions"))
    marked = any(text(reaction.get("name")) in KEY_EMOJI for reaction in reactions)
    people = {text(user) for reaction in reactions for user in _list(reaction.get("users")) if text(user)}
    counts = [count for reaction in reactions if isinstance(count := reaction.get("count"), int) and count < 10**6]
    return marked or len(people) >= KEY_REACTIONS or max(counts, default=0) >= KEY_REACTIONS


def _renamed(one: Message, action: str, names: dict[str, str]) -> str:
    phrases = {
        "topic": f"Channel topic set: {slack_text.line(text(one.get('topic')), names)}"
        if text(one.get("topic"))
        else "",
        "purpose": f"Channel purpose set: {slack_text.line(text(one.get('purpose')), names)}"
        if text(one.get("purpose"))
        else "",
        "name": f"Channel renamed to {slack_text.line(text(one.get('name')), names)}" if text(one.get("name")) else "",
        "archive": "Channel archived",
        "unarchive": "Channel unarchived",
    }
    return phrases.get(action, "")


def _author(one: Message, names: dict[str, str]) -> str:
    account = text(one.get("user"))
    if _is_bot(one):
        return first(dig(one, "bot_profile", "name"), one.get("username"), names.get(account), "bot")
    return first(names.get(account), one.get("username"), account)


def _is_bot(one: Message) -> bool:
    return (
        bool(text(one.get("bot_id"))) or one.get("subtype") == "bot_message" or isinstance(one.get("bot_profile"), dict)
    )


def _participants(messages: list[Message], names: dict[str, str]) -> tuple[Participant, ...]:
    people: dict[str, Participant] = {}
    for one in messages:
        account = text(one.get("user"))
        if (
            account
            and not _is_bot(one)
            and account != "USLACKBOT"
            and not text(one.get("subtype")).startswith("channel_")
        ):
            email = text(dig(one, "user_profile", "email"))
            people.setdefault(account, Participant("participant", names.get(account, ""), email, account))
    return tuple(people.values())


def _attachments(messages: list[Message]) -> Iterator[Attachment]:
    for one in messages:
        for file in dicts(one.get("files")):
            # An export puts a token that opens every file into the addresses; a page must never show it.
            link = url(text(file.get("url_private")).partition("?t=xox")[0]) or url(file.get("permalink"))
            size = file.get("size")
            if link and text(file.get("mode")) != "tombstone":
                length = size if isinstance(size, int) and not isinstance(size, bool) else None
                name = first(file.get("name"), file.get("title"), "file")
                yield Attachment(name, link, length, text(file.get("mimetype")))


def _file(file: dict[str, object]) -> str:
    name, link = first(file.get("title"), file.get("name")), url(file.get("permalink"))
    return f"<{link}|{name}>" if link and name and not re.search("[<>|]", name) else name


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
