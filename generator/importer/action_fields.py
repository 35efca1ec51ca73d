"""What the words of an action item say about it: owner, due date, status and ticket, where they say it unmistakably."""

import re
from collections.abc import Collection, Mapping

from generator.document.model import ActionStatus
from generator.importer.chronology import Era, day_of
from generator.importer.timestamps import read

_HANDLE = r"@[A-Za-z0-9](?:[\w.-]{0,38}[A-Za-z0-9])?"
_NAME = r"[A-Z][\w'’.-]*(?:\s[A-Z][\w'’.-]*){0,2}"
# An owner behind a label; a handle, a name, or `first.last`.
_OWNED = re.compile(
    rf"\b(?i:(?:owners?|assignees?|responsible|dri|poc|who)(?:\*\*|__)?\s*[:=]|owned by|assigned to)\s*+(?:\*\*|__)?\s*+`?(?P<owner>{_HANDLE}|{_NAME}|[a-z]+[.][a-z]+)"
)
# A handle at the head (`@jane: …`) or in brackets at the end; in the midst it only mentions somebody.
_EDGE = re.compile(
    rf"\W{{0,4}}(?P<first>{_HANDLE})(?=\s*[:,)\]–—-]|\s+(?:to|will|should)\b)|[(\[–—:-]\s*(?P<last>{_HANDLE})(?:\s*+[)\].])?\s*+$"
)
_BRACKETED = re.compile(r"\W{0,4}\[(?P<owner>[A-Z][\w'’-]+\s[A-Z][\w'’-]+|[a-z]+\.[a-z]+)\](?![(\[:])")
_NAMED = re.compile(rf"\W{{0,4}}(?P<owner>{_NAME})(?:\s(?:to|will)\s|\s*:\s)")
# Words before a due date.
_DUE = re.compile(
    r"\b(?:due(?:\sdate)?|by|before|until|deadline|eta|target(?:\sdate)?|no later than)\b\s*[:=]?\s*(?:\*\*|__)?\s*",
    re.IGNORECASE,
)
_DONE = r"done|completed?|fixed|resolved|finished|shipped|merged|deployed|implemented|landed|closed"
_DOING = r"wip|in[ -]progress|ongoing|started|under\s?way|in review"
_WONT = r"won['’]?t (?:do|fix)|wontfix|cancell?ed|rejected|dropped|obsolete|not planned|declined"
_STATUS = (
    (ActionStatus.COMPLETED, _DONE),
    (ActionStatus.IN_PROGRESS, _DOING),
    (ActionStatus.WONT_DO, _WONT),
)
_SAYING = tuple(
    (
        status,
        re.compile(
            rf"[(\[]\s*(?:\*\*|__)?(?:already\s|now\s|status:\s)?(?:{words})\b[^()\[\]]{{0,60}}[)\]]|^\W{{0,6}}(?:{words})\s*+(?:\*\*|__)?\s*+(?:[:–—]|-\s)"
            rf"|[-–—:.]\s*(?:\*\*|__)?(?:{words})(?:\*\*|__)?\W{{0,3}}$|\bstatus\s*+[:=]\s*+(?:\*\*|__)?\s*+(?:{words})\b|(?:\*\*|__)(?:{words})[.!]?(?:\*\*|__)",
            re.IGNORECASE,
        ),
    )
    for status, words in _STATUS
)
_MARKS = {
    ActionStatus.COMPLETED: re.compile(r"✅|✔|☑|:white_check_mark:|:heavy_check_mark:"),
    ActionStatus.IN_PROGRESS: re.compile(r"🚧|⏳|:construction:"),
    ActionStatus.WONT_DO: re.compile(r"❌|:x:"),
}
# A link in any of three forms: `[text](address)`, `<address>`, bare; bounded, so that no text takes long.
_LINK = re.compile(
    r"\[([^\[\]]{0,300})\]\((https?://[^\s()]{1,500})\)|<(https?://[^\s<>]{1,500})>|(?<![(\w\"'])(https?://[^\s()<>\]]{1,500})"
)
_REFERENCE = re.compile(r"\[([^\[\]]{1,300})\](?:\[([^\[\]]{0,300})\])?")
# Paths and hosts that are a ticket's in the trackers that teams use; other links are only mentioned.
_TRACKER = re.compile(
    r"/(?:issues?|pull|pulls|pull-requests|merge_requests|browse|work_items|_workitems/edit|stor(?:y|ies)|tickets?|tasks?|cards?)/|/c/\w{8}|trello\.com/c/|linear\.app/|show_bug\.cgi|app\.asana\.com|app\.shortcut\.com",
    re.IGNORECASE,
)
_KEY = re.compile(r"(?<![\w/-])([A-Z][A-Z0-9]{1,9}-\d{1,6})(?![\w-])")
_NUMBER = re.compile(r"(?<![\w&/#])((?:[\w.-]+/[\w.-]+)?#\d{1,7})(?!\w)")
_NO_KEYS = {
    "CVE",
    "UTF",
    "SHA",
    "ISO",
    "RFC",
    "HTTP",
    "TLS",
    "AES",
    "PM",
    "SEV",
    "GPT",
    "MD",
    "IEC",
    "X",
    "US",
    "EU",
    "COVID",
    "BASE",
    "ES",
    "WIN",
    "GHSA",
    "PR",
}


def owner(text: str, people: Collection[str], *, alone: bool = False) -> str:
    """The one person that the words name as the owner; `people` are the names that the document knows.

    With `alone` the only handle in the words is the owner wherever it stands.
    """
    handles = set(re.findall(rf"(?<![\w/])`?({_HANDLE})`?(?!\w)", text)) if alone else set()
    if len(handles) == 1:
        return str(handles.pop())
    for pattern in (_OWNED, _BRACKETED):
        if match := pattern.search(text) if pattern is _OWNED else pattern.match(text):
            return _bare(match["owner"])
    if match := _EDGE.match(text) or _EDGE.search(text):
        return str(match["first"] or match["last"])
    named = _NAMED.match(text)
    return named["owner"] if named and named["owner"] in people else ""


def _bare(name: str) -> str:
    return (
        ""
        if name.casefold().strip(".") in {"tbd", "none", "n/a", "unassigned", "team", "is", "are", "to"}
        else name.rstrip(".,;")
    )


def due(text: str, era: Era) -> str:
    """The day by which it is to be done, as an ISO date."""
    for match in _DUE.finditer(text):
        stamp = read(text, match.end())
        if stamp and stamp.dated and (day := day_of(stamp, era)):
            return day.isoformat()
    return ""


def status(text: str) -> ActionStatus | None:
    """How far it is, where a mark, a word set apart, or a line through it says so."""
    bare = text.strip()
    if re.fullmatch(r"~~.+~~\W*", bare, re.DOTALL) and "~~" not in bare.strip("~ .")[1:]:
        return ActionStatus.COMPLETED
    if re.search(r"\b(?:DONE|FIXED|COMPLETED)\b", bare):
        return ActionStatus.COMPLETED
    for meaning, mark in _MARKS.items():
        if mark.search(bare):
            return meaning
    return next((meaning for meaning, pattern in _SAYING if pattern.search(bare)), None)


def of_title(title: str) -> ActionStatus | None:
    """What a heading such as `Actions taken` says about the items below it."""
    folded = title.casefold()
    if re.search(r"\b(?:not|to be|incomplete|un\w*)\b", folded):
        return None
    if re.search(rf"\b(?:taken|{_DONE})\b|already", folded):
        return ActionStatus.COMPLETED
    return ActionStatus.IN_PROGRESS if re.search(rf"\b(?:{_DOING})\b", folded) else None


def ticket(text: str, definitions: Mapping[str, str]) -> str:
    """The first ticket that the words link to or name, as a Markdown link where there is an address."""
    for match in _LINK.finditer(text):
        address = (match[2] or match[3] or match[4]).rstrip(".,;:")
        if _TRACKER.search(address):
            return f"[{_name(address, match[1] or '')}]({address})"
    for match in _REFERENCE.finditer(text):
        defined = definitions.get((match[2] or match[1]).casefold(), "")
        if _TRACKER.search(defined):
            return f"[{_name(defined, match[1])}]({defined})"
    for match in _KEY.finditer(text):
        if match[1].split("-")[0] not in _NO_KEYS:
            return match[1]
    number = _NUMBER.search(text)
    return number[1] if number else ""


def _name(address: str, words: str) -> str:
    tail = address.split("#", maxsplit=1)[0].split("?", maxsplit=1)[0].rstrip("/").rsplit("/", 1)[-1]
    if re.fullmatch(r"\d{1,9}", tail):
        return f"#{tail}"
    if _KEY.fullmatch(tail):
        return tail
    words = re.sub(r"[`*_|]", "", words).strip()
    return words or "ticket"
