"""Blocks within Slack's limits: 150 characters in a header, 3,000 in a section, 2,000 in a field, 50 blocks."""

from collections.abc import Iterable, Sequence

from generator.clients.slack.message import Block
from generator.notify.mrkdwn import cut, plain, units

SECTION, FIELD, HEADER, MOST = 3000, 2000, 150, 50
FALLBACK = 1000


def _words(text: str) -> dict[str, object]:
    # verbatim: what looks like an address or a name stays text
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def header(text: str) -> Block:
    """A headline, without markup."""
    return {"type": "header", "text": {"type": "plain_text", "text": cut(plain(text), HEADER), "emoji": True}}


def facts(pairs: Iterable[tuple[str, str]]) -> Block:
    """Names and values beside each other; the values are markup of a bounded length."""
    return {"type": "section", "fields": [_words(f"*{name}*\n{value}") for name, value in pairs if value]}


def context(text: str) -> Block:
    """A small line below the rest."""
    return {"type": "context", "elements": [_words(text)]}


def sections(lines: Sequence[str]) -> list[Block]:
    """Lines of markup in as few sections as hold them; no line is torn apart."""
    found: list[Block] = []
    held: list[str] = []
    for line in lines:
        if held and units("\n".join([*held, line])) > SECTION:
            found.append(_section(held))
            held = []
        held.append(line)
    return [*found, _section(held)] if held else found


def fallback(text: str) -> str:
    """The text for notifications, cut where a long one would be of no use."""
    return cut(text, FALLBACK)


def _section(lines: Iterable[str]) -> Block:
    return {"type": "section", "text": _words("\n".join(lines))}
