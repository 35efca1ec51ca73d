"""Which ticket something is: its tracker, its key and its address, read from a cell or a value of the front matter.

A ticket is written as a key of the archive's Jira (`OPS-7`), as an issue on GitHub (`owner/name#12`, or `#12` in the
repository of the document's services), as an address, or as a Markdown link to one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from generator.markup.inline_text import text_of
from generator.settings.model import Settings

JIRA = "jira"
GITHUB = "github"
KEY = re.compile(r"[A-Z][A-Z0-9_]{1,31}-[1-9][0-9]{0,11}", re.ASCII)
_REPOSITORY = r"[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}"
_NUMBER = r"[1-9][0-9]{0,11}"
# A bare key or reference is a word of its own: `see:OPS-7`, `OPS-7x` and `a/b/c#12` name nothing.
_MENTION = re.compile(
    rf"""
      \[(?P<words>[^\[\]]*)\]\(<?(?P<target>[^\s()<>]+)>?(?:\s[^()]*)?\)   # a link of Markdown
    | <?(?P<bare>https?://[^\s<>]+)>?                                      # an address
    | (?<![\w/.#-])(?P<repository>{_REPOSITORY})?\#(?P<number>{_NUMBER})(?![\w/#-])
    | (?<![^\s,;(`*_])(?P<key>{KEY.pattern})(?=[\s,;()`*_]|$)
    """,
    re.VERBOSE | re.ASCII,
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ISSUE = re.compile(rf"/(?:.*/)?({_REPOSITORY})/issues/({_NUMBER})/?", re.ASCII)
_NAMED = re.compile(rf"({KEY.pattern})(?![A-Za-z0-9])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket as its tracker names it.

    `tracker` is one of the archive's own trackers, empty for everything else; `key` is what people call it: a key,
    `owner/name#12`, else the words or the address without its scheme. `address` is empty where nobody can know it.
    """

    tracker: str
    key: str
    address: str = ""


def ticket_of(text: str, settings: Settings, services: tuple[str, ...] = ()) -> Ticket | None:
    """The ticket that a cell or a value begins with; mere words are a ticket of no tracker, and an empty cell is none."""
    cell = without_comments(text).strip().strip("`*_").strip()
    first = next(mentions(cell, settings, services), None)
    if first and first[0] == 0:
        return first[2]
    words = text_of(text)
    return Ticket("", words) if cell and words else None


def mentions(text: str, settings: Settings, services: tuple[str, ...] = ()) -> Iterator[tuple[int, int, Ticket]]:
    """All tickets in a text, each with where it begins and ends; `services` say whose repository `#12` is of."""
    for match in _MENTION.finditer(without_comments(text)):
        start, end = match.span()
        if match["key"]:
            yield start, end, Ticket(JIRA, match["key"], jira_address(match["key"], settings))
        elif match["number"]:
            yield start, end, _on_github(match["repository"] or settings.repository_of(services), match, settings)
        elif match["bare"]:
            address = match["bare"].rstrip(",;.)")
            yield start, end - len(match["bare"]) + len(address), _addressed("", address, settings)
        else:
            yield start, end, _addressed(text_of(match["words"]), match["target"], settings)


def without_comments(text: str) -> str:
    """A cell whose HTML comments, which no reader sees, are blank; everything else stands where it stood."""
    return _COMMENT.sub(lambda match: " " * len(match[0]), text)


def jira_address(key: str, settings: Settings) -> str:
    """Where people open an issue of the archive's Jira; empty where its address is not set, and for what is no key."""
    site = settings.jira.url.rstrip("/")
    return f"{site}/browse/{key}" if site and KEY.fullmatch(key) else ""


def github_address(repository: str, number: int | str, settings: Settings) -> str:
    """Where people open an issue on GitHub."""
    return f"{settings.github_url.rstrip('/')}/{repository}/issues/{number}"


def _on_github(repository: str, match: re.Match[str], settings: Settings) -> Ticket:
    """An issue by its number; of a repository that is none of the archive's it is a ticket of no tracker."""
    if not repository:
        return Ticket("", match[0])
    own = _own(repository, settings)
    key = f"{own or repository}#{match['number']}"
    return Ticket(GITHUB if own else "", key, github_address(own or repository, match["number"], settings))


def _addressed(words: str, address: str, settings: Settings) -> Ticket:
    """The ticket at an address; it is the archive's own only where the address, or for Jira the words, leave no doubt."""
    path = _path(address)
    if path is None:
        return Ticket("", words or address)
    name = path.rstrip("/").rpartition("/browse/")[2]
    if KEY.fullmatch(name) and (words == name or _begins(address, jira_address(name, settings))):
        return Ticket(JIRA, name, address)
    issue = _ISSUE.fullmatch(path)
    if issue:
        own = _own(issue[1], settings)
        if own and _begins(address, github_address(own, issue[2], settings)):
            return Ticket(GITHUB, f"{own}#{issue[2]}", address)
    last = _NAMED.match(path.rstrip("/").rpartition("/")[2])
    short = f"{issue[1]}#{issue[2]}" if issue else last[1] if last else address.partition("://")[2].rstrip("/")
    return Ticket("", words or short, address)


def _own(repository: str, settings: Settings) -> str:
    """The repository as the settings write it, where it is one that action items are kept in."""
    return next((one for one in settings.repositories() if one.casefold() == repository.casefold()), "")


def _begins(address: str, expected: str) -> bool:
    """Whether an address is the expected one, with or without a query, a fragment or a slash behind it."""
    rest = address[len(expected) :]
    return bool(expected) and address.casefold().startswith(expected.casefold()) and (not rest or rest[0] in "/?#")


def _path(address: str) -> str | None:
    """The path of an address of the web; None for any other address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return parts.path if parts.scheme in {"http", "https"} and parts.hostname else None
