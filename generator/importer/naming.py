"""What a document is called: its title, the id it has of its own, and the day that its name or title tells."""

import re
from collections.abc import Sequence
from datetime import date
from posixpath import basename, dirname

from generator.document.headings import section_key
from generator.importer.blocks import BlockKind, SourceBlock
from generator.importer.chronology import FIRST, LAST
from generator.markup.inline_text import text_of

SUFFIXES = (".html.md.erb", ".md.erb", ".html.md", ".markdown", ".mdown", ".mdx", ".md", ".txt", ".html", ".htm")
# An id at the head of a name: a known prefix in any case, or an unknown one in capitals with a hyphen; `1.2` behind
# is a version.
_OWN = re.compile(
    r"((?:(?i:INC|PM|RCA|PIR|IR|COE|OPS|INCIDENT|POSTMORTEM|PMR|ICR|IM)[-_]?(?:\d{4}[-_])?|[A-Z]{2,10}-(?:\d{4}-)?)\d{1,7})(?![A-Za-z0-9]|\.\d)"
)
_NOT_OWN = {"CVE", "RFC", "ISO", "UTF", "SHA", "GHSA", "TLS", "HTTP", "SEV", "GSD", "AES", "IPV", "PEP", "V"}
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_CODE = re.compile(r"[0-9a-f]{6,}(?:-[0-9a-f]{2,})*|\d+", re.IGNORECASE)  # a name for machines
_GENERIC = re.compile(
    r"(?:incident|outage)?\s*(?:post\s?-?\s?mortem|incident report|rca|report|incident|summary|overview|untitled|root cause analysis)s?\W*",
    re.IGNORECASE,
)


def stem(path: str) -> str:
    """The file's name without the endings that say what it is."""
    name = basename(path)
    if basename(dirname(path)) and re.fullmatch(r"(?:index|readme)\.\w+(?:\.\w+)*", name, re.IGNORECASE):
        return basename(dirname(path))  # a page that has a folder of its own
    ending = next((suffix for suffix in SUFFIXES if name.casefold().endswith(suffix)), "")
    return name[: len(name) - len(ending)] if ending else name


def title_of(own: str, blocks: Sequence[SourceBlock], path: str) -> tuple[str, str]:
    """The title and where it comes from: front matter, the first heading that is one, or the file's name."""
    own = own.strip()
    if own and not _GENERIC.fullmatch(own):
        return " ".join(own.split()), "front matter"
    headings = [(b.level, words) for b in blocks if b.kind is BlockKind.HEADING and (words := _words(b.title))]
    for level, words in headings:
        if level == 1 and not section_key(words) and not _GENERIC.fullmatch(words):
            return words, "heading"
    if _CODE.fullmatch(stem(path)) and (sentence := _first_sentence(blocks)):
        return sentence, "text"
    named = _words(re.sub(r"[-_\s]+", " ", _DATE.sub(" ", stem(path))))
    if re.search(r"[A-Za-z]{3}", named) and not _GENERIC.fullmatch(named):
        return named[:1].upper() + named[1:], "file name"
    if own or headings:
        return own or headings[0][1], "heading"
    return (named or stem(path) or "Untitled"), "file name"


def _first_sentence(blocks: Sequence[SourceBlock]) -> str:
    """The first sentence of the first paragraph, or as many of its words as make a title; empty where it is too short."""
    text = next((b.text for b in blocks if b.kind is BlockKind.PARAGRAPH), "")
    sentence = re.match(r".{10,120}?(?=[.!?](?:\s|$)|\n|$)|.{10,100}(?=\s)", _words(text[:500]))
    return sentence[0] if sentence else ""


def _words(title: str) -> str:
    return " ".join(re.sub(r"<%.*?%>|[\x00-\x1f\x7f]", " ", text_of(title)).split())[:200].strip()


def own_id(stated: Sequence[str], path: str, title: str) -> str:
    """The id that the document has already, in its front matter, its file name or at the beginning of its title."""
    for text in (*stated, stem(path), title):
        match = _OWN.match(text.strip(" [(#"))
        if match and not _DATE.match(match[1]) and re.split(r"[-_\d]", match[1], maxsplit=1)[0].upper() not in _NOT_OWN:
            return match[1].replace("_", "-").upper()
    return ""


def day_in(path: str) -> date | None:
    """The day in a file's name, else in its folders."""
    for part in (stem(path), *reversed(dirname(path).split("/"))):
        for match in _DATE.finditer(part):
            try:
                day = date(int(match[1]), int(match[2]), int(match[3]))
            except ValueError:
                continue
            if FIRST <= day < LAST:
                return day
    return None


def year_in(path: str) -> int | None:
    """The year in a path."""
    years = [int(y) for part in (stem(path), *reversed(dirname(path).split("/"))) for y in _YEAR.findall(part)]
    return next((year for year in years if FIRST.year <= year < LAST.year), None)
