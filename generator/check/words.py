"""Figures and paragraphs in prose, as several rules look for them."""

import re
from collections.abc import Iterator

TODO = "TODO"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b"
)
# All of these are for text in lower case, which is quicker than a search that ignores case.
_NUMBER_WORD = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|dozens?|hundreds?|thousands?|millions?|half|third|quarter"
    r"|(?:an?|one) (?:hour|minute|day|week|month|dozen|percent)|one in)\b"
)
_DIGIT = re.compile(r"\d")
# Quantities that need no second look: a share, a sum of money, a long number, a number of things.
_SURE = re.compile(
    r"\d[ \u00a0]?%|[€$£¥][ \u00a0]?\d|\b\d{1,3}(?:[,.\u202f']\d{3})+\b"
    rf"|(?<![\w:.#/-])(?!(?:19|20)\d\d\b)\d{{1,6}}(?:\.\d+)?[ \u00a0](?!{_MONTH}|utc\b|[ap]m\b)[a-z]{{2,}}"
)
# Numbers that count nothing: dates, clocks, versions, years, levels, tickets, names, link targets, addresses.
_NO_QUANTITY = re.compile(
    r"\d{4}-\d\d(?:-\d\d)?|\b\d{1,2}:\d\d(?::\d\d)?\b|\bv?\d+(?:\.\d+){2,}\w*|\bv\d[\w.]*|\b(?:19|20)\d\d\b"
    rf"|\b\d{{1,2}}\.? {_MONTH}|\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b"
    r"|\b(?:sev|p|s|q|h)-?\d\b|\b[a-z][a-z0-9]*-\d+\b|#\d+|\b[a-z]+\d\w*|\]\([^()\s]*\)|https?://\S+"
)
_EVERYBODY = re.compile(r"\b(?:all|every|each)\b|\beverybody\b|\beveryone\b")
# A line that begins a block of its own and so does not go on with the paragraph.
_BLOCK = re.compile(
    r"^[ \t]*(?:\||#{1,6}[ \t]|[-*+][ \t]|\d{1,9}[.)][ \t]|>|<[a-z/!]|!\[|\[[^\]\n]{1,200}\]:)", re.IGNORECASE
)
# A statement that nobody or nothing was affected, which is a figure too: zero.
_NOBODY = re.compile(
    r"\b(?:no|none of (?:the|our)|not? (?:a|one) single|zero) (?:\w+ ){0,3}"
    r"(?:users?|customers?|visitors?|clients?|one|people|impact|effect|harm|data|outage|downtime|loss(?:es)?)\b"
    r"|\bnobody\b|\bno-?one\b|\bnone\b|\bnot affected\b|\bunaffected\b"
)


def has_figures(prose: str) -> bool:
    """Whether the text gives a quantity; dates, clock times, versions, keys and names with digits are none."""
    low = prose.lower()
    if _DIGIT.search(low) and (_SURE.search(low) or _DIGIT.search(_NO_QUANTITY.sub(" ", low))):
        return True
    return bool(_NUMBER_WORD.search(low))


def says_everybody(prose: str) -> bool:
    """Whether the text says that all of something was affected, which is a figure without a digit."""
    return bool(_EVERYBODY.search(prose.lower()))


def says_nobody(prose: str) -> bool:
    """Whether the text says that nobody was affected."""
    return bool(_NOBODY.search(prose.lower()))


def paragraphs(text: str) -> Iterator[str]:
    """The paragraphs of running text: no lists, tables, headings, quotes or pictures."""
    for block in re.split(r"\n[ \t]*(?:\r?\n[ \t]*)+", text.strip()):
        if block.strip() and not _BLOCK.match(block):
            yield block
