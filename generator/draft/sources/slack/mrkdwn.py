"""Slack's mrkdwn and blocks as one line of Markdown."""

import html
import re
from collections.abc import Mapping

from generator.draft.sources.extract.json import dicts, dig, first, one_line, text, url
from generator.draft.sources.extract.prose import CODE_LIMIT, LINE_LIMIT, cut, joined, markdown

_CODE = re.compile(r"```(.*?)```|`([^`\n]+)`", re.DOTALL)
_ANGLE = re.compile(r"<([^<>\n]+)>")
_KEPT = re.compile("\ue000(\\d+)\ue001")
_OWN = re.compile("[\ue000\ue001]")
_BOLD = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])")
_ITALIC = re.compile(r"(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])")
_STRIKE = re.compile(r"(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])")
_MARK = re.compile(r"^[ \t]*(?:&gt;|>)+[ \t]*", re.MULTILINE)
_EMOJI = re.compile(r":([a-z0-9_+'-]+):(?::skin-tone-\d:)?")
# The ones that incident channels live on; any other stays the word that it is.
EMOJI = {
    "fire": "🔥", "rotating_light": "🚨", "warning": "⚠️", "white_check_mark": "✅", "heavy_check_mark": "✔️",
    "x": "❌", "eyes": "👀", "+1": "👍", "thumbsup": "👍", "-1": "👎", "tada": "🎉", "rocket": "🚀", "boom": "💥",
    "bug": "🐛", "pushpin": "📌", "round_pushpin": "📍", "star": "⭐", "mag": "🔍", "wave": "👋", "pray": "🙏",
    "red_circle": "🔴", "large_green_circle": "🟢", "large_yellow_circle": "🟡", "large_orange_circle": "🟠",
    "hourglass": "⌛", "bell": "🔔", "no_entry": "⛔", "construction": "🚧", "chart_with_upwards_trend": "📈",
    "chart_with_downwards_trend": "📉", "memo": "📝", "checkered_flag": "🏁", "question": "❓", "exclamation": "❗",
}  # fmt: skip


def line(mrkdwn: str, names: Mapping[str, str], limit: int = LINE_LIMIT) -> str:
    """One line of Markdown for some mrkdwn; `names` are people's names by their Slack id."""
    kept: list[str] = []

    def keep(written: str) -> str:
        kept.append(written)
        return f"\ue000{len(kept) - 1}\ue001"

    found = _CODE.sub(lambda code: keep(_code(code[1] or code[2] or "")), _OWN.sub("", mrkdwn))
    found = _ANGLE.sub(lambda angle: keep(_angle(angle[1], names)), found)
    found = one_line(html.unescape(_MARK.sub("", found)))
    found = _styled(_EMOJI.sub(lambda emoji: EMOJI.get(emoji[1], emoji[0]), found))
    # Code inside a link's text and the like are kept inside what is kept.
    for _ in range(2):
        found = _KEPT.sub(lambda place: kept[int(place[1])] if int(place[1]) < len(kept) else "", found)
    return cut(one_line(found), limit)


def of_message(message: Mapping[str, object]) -> str:
    """A message's mrkdwn: its text, or what its blocks say; and of an integration's message also its attachments."""
    said = text(message.get("text")) or _blocks(message.get("blocks"))
    parts = [said]
    for attachment in dicts(message.get("attachments")):
        if text(attachment.get("from_url")) or text(attachment.get("original_url")):
            continue  # the preview of a link that somebody pasted
        title, link = text(attachment.get("title")), url(attachment.get("title_link"))
        pretext, body = text(attachment.get("pretext")), text(attachment.get("text"))
        shown = f"<{link}|{title}>" if link and title and "<" not in title else title
        body = body or _blocks(attachment.get("blocks"))
        pairs = ((text(field.get("title")), text(field.get("value"))) for field in dicts(attachment.get("fields")))
        rest = [f"{name}: {value}" if name else value for name, value in pairs if value]
        whole = joined(pretext, shown, body, ", ".join(rest)) or text(attachment.get("fallback"))
        if whole and whole not in said:
            parts.append(whole)
    return joined(*parts)


def _blocks(value: object) -> str:
    lines = []
    for block in dicts(value):
        kind = text(block.get("type"))
        if kind == "rich_text":
            lines.append("".join(_rich(element, 0) for element in dicts(block.get("elements"))))
        elif kind in {"section", "header", "context", "markdown"}:
            own = first(dig(block, "text", "text"), block.get("text"))
            fields = [text(field.get("text")) for field in dicts(block.get("fields"))]
            notes = [first(dig(note, "text", "text"), note.get("text")) for note in dicts(block.get("elements"))]
            lines.append(" ".join(part for part in (own, *fields, *notes) if part))
    return "\n".join(part for part in lines if part)


def _rich(element: dict[str, object], depth: int) -> str:
    inner = dicts(element.get("elements"))
    if inner and depth < 6:
        whole = "".join(_rich(item, depth + 1) for item in inner)
        code = text(element.get("type")) == "rich_text_preformatted"
        return f"```{whole}```\n" if code else f"{whole}\n"
    kind, said = text(element.get("type")), element.get("text")
    written = html.escape(said, quote=False) if isinstance(said, str) else ""
    if kind == "link":
        return f"<{text(element.get('url'))}|{written}>" if written else f"<{text(element.get('url'))}>"
    if kind == "user":
        return f"<@{text(element.get('user_id'))}>"
    if kind == "channel":
        return f"<#{text(element.get('channel_id'))}>"
    if kind == "emoji":
        return f":{text(element.get('name'))}:"
    if kind == "broadcast":
        return f"@{text(element.get('range'))}"
    if dig(element, "style", "code") is True:
        return f"`{written}`"
    return written


def _angle(inside: str, names: Mapping[str, str]) -> str:
    target, _, label = inside.partition("|")
    shown = one_line(html.unescape(label))
    if target.startswith("@"):
        return markdown("@" + (names.get(target[1:]) or shown.removeprefix("@") or target[1:]))
    if target.startswith("#"):
        return markdown("#" + (shown.removeprefix("#") or target[1:]))
    if target.startswith("!"):
        word = shown or target[1:].partition("^")[0]
        return markdown(word if target.startswith("!date") or word.startswith("@") else f"@{word}")
    address = url(html.unescape(target))
    if not address:
        return markdown(shown or html.unescape(target).removeprefix("mailto:"))
    safe = address.replace("(", "%28").replace(")", "%29")
    plain = _KEPT.sub("", shown)
    return (
        f"[{markdown(plain).replace('[', chr(92) + '[').replace(']', chr(92) + ']')}]({safe})"
        if plain
        else f"<{address}>"
    )


def _code(block: str) -> str:
    whole = one_line(html.unescape(_ANGLE.sub(lambda angle: angle[1].rpartition("|")[2], block)))
    short = whole if len(whole) <= CODE_LIMIT else whole[:CODE_LIMIT].rstrip() + " …"
    fence = "``" if "`" in short else "`"
    return f"{fence}{short}{fence}" if short else ""


def _styled(written: str) -> str:
    for pattern, mark in ((_BOLD, "**"), (_ITALIC, "*"), (_STRIKE, "")):
        if found := pattern.search(written):
            inside = _styled(found[1])
            return f"{_styled(written[: found.start()])}{mark}{inside}{mark}{_styled(written[found.end() :])}"
    return markdown(written)
