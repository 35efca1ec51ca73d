"""Text in Slack's markup: what comes from files stays words, so that no mention, link or formatting comes of it."""

import re
import unicodedata
from datetime import date

from generator.markup.escaping import URL, destination, trimmed_url

JOINER = "\u2060"  # a word joiner: nobody sees it, and what it parts is no address and no call any more
_MEMBER = re.compile(r"[UW][A-Z0-9]{2,24}", re.ASCII)
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# Slack's markup has no escape for these; each becomes the letter that looks most like it.
_LETTERS = {"*": "\u2217", "`": "\u02cb", "~": "\u223c"}
_EDGE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_CALL = re.compile(r"@(?=here\b|channel\b|everyone\b)", re.IGNORECASE)
_SCHEME = re.compile(r"(?<=[a-z0-9]):(?=//|[^\s@]+@)|(?<=\bmailto):|(?<=\bwww)\.", re.IGNORECASE)
_HIDDEN = {"Cc", "Cs", "Zl", "Zp"}
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")


def plain(text: str) -> str:
    """Text on one line, without what steers a screen or turns the direction of writing."""
    text = _TURNING.sub("", text)
    return " ".join("".join(" " if unicodedata.category(c) in _HIDDEN else c for c in text).split())


def units(text: str) -> int:
    """The length of a text as Slack may count it: in UTF-16."""
    return len(text) + sum(ord(c) > 0xFFFF for c in text)


def cut(text: str, limit: int) -> str:
    """At most `limit` of a text, ended at a word and with an ellipsis where something is left out."""
    if units(text) <= limit:
        return text
    while units(text) > limit - 1:
        text = text[: len(text) - max(1, (units(text) - limit) // 2)]
    head, space, _ = text.rpartition(" ")
    return (head if space and len(head) > len(text) * 2 // 3 else text).rstrip() + "…"


def escape(text: str, limit: int = 200) -> str:
    """Words from a file, at most `limit` of them as they are read, in markup that shows just these words."""
    shown = _SCHEME.sub(rf"\g<0>{JOINER}", _CALL.sub(f"@{JOINER}", cut(plain(text), limit)))
    shown = _EDGE.sub("\u02cd", shown)
    return "".join(_ENTITIES.get(c) or _LETTERS.get(c) or c for c in shown)


def link(address: str, words: str) -> str:
    """Words that lead to an address; only the words where the address is none of the web."""
    label = escape(words)
    found = URL.match(address.strip())
    if not found or not label or found.group() != address.strip() or trimmed_url(address.strip()) != address.strip():
        return label
    target = destination(address.strip()).replace("&", "&amp;")
    return f"<{target}|{label.replace('|', '¦')}>" if units(target) <= 1000 else label


def mention(member: str, name: str) -> str:
    """A person, whom Slack tells about it; their name where the member's id cannot be one."""
    return f"<@{member}>" if _MEMBER.fullmatch(member) else escape(name)


def is_member(member: str) -> bool:
    """Whether this can be the id of a member of a workspace."""
    return bool(_MEMBER.fullmatch(member))


def day(at: date) -> str:
    """A day as people say it: `Fri 20 Nov 2026`."""
    return f"{at:%a} {at.day} {at:%b %Y}"


def several(count: int, one: str, many: str = "") -> str:
    """A number with its noun."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"
