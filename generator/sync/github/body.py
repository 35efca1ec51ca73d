"""The text of an issue: Markdown that calls nobody, and behind it, in a comment that no reader sees, what was agreed on."""

import base64
import binascii
import html
import json
import re
from collections.abc import Iterable

from generator.sync.plan.base import Base, from_property, to_property
from generator.sync.plan.changes import Sections

LONGEST = 65_536  # characters of an issue's text, the comment included
_ROOM = 5_000  # for the comment
_BREAK = "\u200b"  # the space of no width that keeps GitHub from reading a name or a number as an address
_START = "<!-- postmortem:v1:"
_MARK = re.compile(r"\s*<!-- postmortem:v1:([A-Za-z0-9+/=]{1,20000}) -->[ \t]*\n?", re.ASCII)
# What GitHub shows as code or as a link: within one line, and only where it surely does so.
_QUIET = re.compile(
    r"""
      (?<![\\`]) (?P<fence>`+) (?!`) [^\n]*? (?<!`) (?P=fence) (?!`)
    | (?<![^\s*_~(<]) https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])? (?::[0-9]{1,5})? (?:/[^\s<>()\[\]"`]*)?
    """,
    re.VERBOSE,
)
_ENTITY = re.compile(r"&(?:#0*(?:64|35);?|#[xX]0*(?:40|23);?|commat;|num;)")
_CALL = re.compile(r"(?<![A-Za-z0-9])@|#(?=[0-9&])|\b[Gg][Hh](?=-[0-9])")


def text_of(sections: Iterable[tuple[str, str]]) -> str:
    """The text of an issue; what GitHub would take for a person, an issue or a comment of HTML is only shown."""
    pieces = [f"## {heading}\n\n{markdown}" if heading else markdown for heading, markdown in sections]
    whole = inert("\n\n".join(piece for piece in pieces if piece))
    return whole if len(whole) <= LONGEST - _ROOM else f"{whole[: LONGEST - _ROOM - 1].rstrip()}…"


def inert(markdown: str) -> str:
    """Markdown whose mentions and references lead nowhere and that opens no comment; code and addresses stay as they are."""
    parts: list[str] = []
    position = 0
    for found in _QUIET.finditer(markdown):
        parts += [_broken(markdown[position : found.start()]), found[0]]
        position = found.end()
    return "".join([*parts, _broken(markdown[position:])]).replace(_START, f"{_START[:-1]}{_BREAK}:")


def visible(body: str) -> str:
    """A text as people see it: without our comment."""
    return _MARK.sub("", body)


def words(body: str) -> str:
    """The words that people see, however lines are broken."""
    return " ".join(visible(body).split())


def base_of(body: str) -> Base | None:
    """What an issue carries of ours, or None; anybody may have written it, so nothing in it is trusted."""
    found = _MARK.findall(body)
    if not found:
        return None
    try:
        return from_property(json.loads(base64.b64decode(found[-1], validate=True)))
    except (binascii.Error, ValueError, RecursionError):
        return None


def with_base(body: str, base: Base) -> str:
    """A text that carries this state and no other; what people see of it is as it was."""
    stored = json.dumps(to_property(base), ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    comment = f"{_START}{base64.b64encode(stored.encode()).decode('ascii')} -->"
    shown = visible(body).rstrip()
    return f"{shown}\n\n{comment}" if shown else comment


def words_of(sections: Sections) -> str:
    """The words of an issue whose text these sections are."""
    return words(text_of(sections))


def _broken(text: str) -> str:
    plain = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    return _CALL.sub(lambda found: f"{found[0]}{_BREAK}", plain).replace("<!--", "&lt;!--")
