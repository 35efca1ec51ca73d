"""Small pieces of HTML that every page is made of; whatever comes from a document is escaped here."""

import html
import re
from datetime import date, datetime
from urllib.parse import quote, urlsplit

from generator.document.times import Occurrence

# Control characters, halves of surrogate pairs and noncharacters have no place in a page; the latter mark slots.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_SPACE_ONLY = re.compile(r"(?<=\n)([ \t]+)(?=\n)")


def legal(text: str) -> str:
    """The text with every character that HTML forbids replaced."""
    return _FORBIDDEN.sub("\ufffd", text)


def esc(value: object) -> str:
    """Text that is safe in an element and in a quoted attribute."""
    text = str(value)
    return html.escape(text if text.isprintable() else legal(text), quote=True)


def block(text: str) -> str:
    """A block of HTML as it stands in a staged page: no engine expands a tab or trims a line in it."""
    return _SPACE_ONLY.sub(lambda m: "&#32;" * len(m.group(1)), text.replace("\t", "&#9;"))


def relative(source: str, target: str) -> str:
    """The link from one address of the site to another; both relative to its root, folders end with a slash."""
    path, mark, fragment = target.partition("#")
    place = f"#{quote(fragment)}" if mark else ""
    if path == source and mark:
        return place
    if path.startswith(source) and path != source:
        return quote(path.removeprefix(source)) + place
    return "../" * source.count("/") + quote(path) + place if source else f"./{place}"


def web_address(text: str) -> str:
    """The text where it is an http(s) address with a host, else empty."""
    if not re.match(r"https?://[^\s<>\"]+$", text):
        return ""
    try:
        return text if urlsplit(text).hostname else ""
    except ValueError:
        return ""


def link(href: str, inner: str, more: str = "") -> str:
    """A link; `inner` is HTML, `more` further attributes."""
    return f'<a href="{esc(href)}"{more}>{inner}</a>'


def day(value: date) -> str:
    """A date as people read it, such as `7 Mar 2026`."""
    return f"{value.day} {value:%b} {value.year}"


def moment(at: datetime, shown: str = "", more: str = "") -> str:
    """A time element in UTC; the page's script adds the reader's own zone as a title."""
    return f'<time datetime="{at:%Y-%m-%dT%H:%M:%SZ}"{more}>{shown or f"{day(at)}, {at:%H:%M} UTC"}</time>'


def on(value: date, shown: str = "", more: str = "") -> str:
    """A time element of a whole day."""
    return f'<time datetime="{value.isoformat()[:10]}"{more}>{shown or day(value)}</time>'


def occurred(when: Occurrence | None, shown: str = "", more: str = "") -> str:
    """The day of an incident as a time element, with what it rests on where that is no start; a dash for none."""
    if when is None:
        return "–"
    qualifier = f" <small>({esc(when.qualifier)})</small>" if when.qualifier else ""
    return on(when.day, shown, more) + qualifier


def severity(name: str, rank: int, more: str = "") -> str:
    """The severity as colour, text and shape; `rank` 0 is the most severe."""
    if not name:
        return f'<span class="sev s9"{more}>No severity</span>'
    return f'<span class="sev s{min(rank, 5)}"{more}>{esc(name)}</span>'


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: `1 postmortem`, `1,204 postmortems`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
