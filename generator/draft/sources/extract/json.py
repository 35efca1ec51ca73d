"""Small readers for other people's JSON: they take any value and answer with the plain thing, or with nothing.

No reader here raises: a payload that lies about its types gives an emptier incident, never a traceback.
"""

import html
import json
import re
from collections.abc import Hashable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TypeVar

T = TypeVar("T", bound=Hashable)

EARLIEST, LATEST = 1990, 2100  # years outside are zero values and typing errors, not incidents
# Seconds, milliseconds, microseconds and nanoseconds of these years do not overlap, so the size tells the unit.
UNITS = (1, 1_000, 1_000_000, 1_000_000_000)

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
# RFC 3339 and what tools make of it: one digit for the hour, any fraction, a zone's name behind its offset.
_CLOCK = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2})[T ](?P<time>\d{1,2}:\d{2}(:\d{2})?)(?P<fraction>[.,]\d+)?\s*"
    r"(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?(\s+[A-Z]{1,5})?",
    re.IGNORECASE,
)
_HTML = (
    "a|abbr|article|b|blockquote|body|br|code|dd|del|div|dl|dt|em|font|footer|h[1-6]|head|header|hr|html|i|img|ins|li"
    "|main|mark|ol|p|pre|s|section|small|span|strike|strong|sub|sup|table|tbody|td|tfoot|th|thead|tr|u|ul"
)
_UNSEEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)
# Links do not lie in links: so the words of one end before the next begins, and none is looked for twice.
_LINK = re.compile(r"<a\s[^<>]*?href=[\"']?(https?://[^\s\"'<>]++)[^<>]*+>((?:[^<]|<(?!a\s))*?)</a\s*>", re.IGNORECASE)
# Tags that begin a new line where HTML is shown.
_BLOCK = re.compile(
    r"<br\s*/?>|</?(?:p|div|ul|ol|h[1-6]|tr|table|blockquote|pre|section|article|hr)\b[^<>]*>", re.IGNORECASE
)
_ITEM = re.compile(r"\s*<li\b[^<>]*>\s*", re.IGNORECASE)
_TAG = re.compile(rf"</?(?:{_HTML})\b[^<>]*>", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ud800-\udfff]")


def moment(value: object) -> datetime | None:
    """The moment that `value` names, in UTC, or None.

    Reads ISO 8601 with any offset (naive means UTC), the mail date format, and epoch seconds, milliseconds,
    microseconds or nanoseconds as a number or as digits. Zero times and years outside 1990–2100 are None.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, datetime):
        return _sane(value)
    if isinstance(value, int | float):
        return _epoch(value)
    if not isinstance(value, str) or len(value) > 64:
        return None
    written = value.strip()
    if _NUMBER.fullmatch(written):
        return _epoch(float(written)) or (_iso(written) if len(written) == 8 else None)
    return _iso(written) or _mail(written)


def text(value: object) -> str:
    """A string or number as stripped text without control characters; anything else is empty."""
    if isinstance(value, bool):
        return ""
    if isinstance(value, int | float):
        return _digits(value)
    return _CONTROL.sub("", value).strip() if isinstance(value, str) else ""


def first(*values: object) -> str:
    """The first of `values` that has text."""
    return next((found for found in map(text, values) if found), "")


def dig(obj: object, *keys: str | int) -> object:
    """What lies at `obj[key][key]...`, or None as soon as something on the way is missing or of another type."""
    for key in keys:
        if isinstance(obj, dict) and isinstance(key, str):
            obj = obj.get(key)
        elif isinstance(obj, list) and isinstance(key, int) and -len(obj) <= key < len(obj):
            obj = obj[key]
        else:
            return None
    return obj


def dicts(value: object) -> list[dict[str, object]]:
    """The objects in a list, without whatever else lies there; nothing where `value` is no list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def record(value: object) -> dict[str, object]:
    """`value` where it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def one_line(written: str) -> str:
    """`written` folded to one line: every run of white space is one space."""
    return " ".join(written.split())


def plain(value: object) -> str:
    """Text without its HTML: paragraphs and list items become lines, links Markdown links, entities characters.

    Only tags that HTML has go; `a < b`, an arrow and `<placeholder>` stay.
    """
    found = text(value)
    if "<" in found:
        found = _LINK.sub(lambda link: _linked(link[1], link[2]), _UNSEEN.sub("", found))
        found = _TAG.sub("", _BLOCK.sub("\n", _ITEM.sub("\n- ", found)))
    lines = (line.strip() for line in text(html.unescape(found)).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def url(value: object) -> str:
    """A web address, or empty: nothing but http and https gets into a document, and no white space."""
    found = text(value)
    return found if re.match(r"https?://[^\s<>\"]+$", found, re.IGNORECASE) else ""


def words(value: object) -> str:
    """A machine's word as a person writes it: `status_page_published` gives `status page published`."""
    return one_line(re.sub(r"(?<=[a-z])(?=[A-Z])|[_]+", " ", text(value))).lower()


def label(value: object) -> str:
    """A machine's word as a label: `in_triage` gives `In triage`; a word with capitals of its own stays as it is."""
    found = text(value)
    if found != found.lower():
        return one_line(found.replace("_", " "))
    shown = words(found)
    return shown[:1].upper() + shown[1:]


def unique(items: Iterable[T]) -> tuple[T, ...]:
    """The items in their order, each once, without the empty ones."""
    return tuple(dict.fromkeys(item for item in items if item))


def unwrapped(payload: object) -> object:
    """What a recorded HTTP session (`interactions`, as VCR writes it) was answered, as a list; else `payload` itself."""
    interactions = dig(payload, "interactions")
    if not isinstance(interactions, list):
        return payload
    answers = (dig(one, "response", "body") for one in interactions)
    return [body for answer in answers for body in _decoded(answer)]


def pieces(payload: object) -> list[dict[str, object]]:
    """The objects of a payload: itself, the items of a list, the answers of a recorded HTTP session."""
    found = unwrapped(payload)
    if isinstance(found, list):
        return [piece for item in found for piece in (dicts(item) if isinstance(item, list) else dicts([item]))]
    return dicts([found])


def _linked(target: str, words: str) -> str:
    shown = one_line(_TAG.sub("", words)).replace("[", "").replace("]", "")
    return f"[{shown}]({target})" if shown and shown != target else target


def _decoded(answer: object) -> Iterator[object]:
    body = answer if isinstance(answer, str) else first(dig(answer, "string"), dig(answer, "base64_string"))
    try:
        yield json.loads(body)
    except (ValueError, RecursionError):  # an answer that is no JSON (a picture, an empty 204) has nothing to tell
        return


def _epoch(number: float) -> datetime | None:
    if not -(10**20) < number < 10**20:  # also refuses nan and infinity
        return None
    for unit in UNITS:
        if EARLIEST <= 1970 + number / unit / 31_556_952 < LATEST:
            return _sane(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=number / unit))
    return None


def _iso(written: str) -> datetime | None:
    found = _CLOCK.fullmatch(written)
    if found:
        zone = (found["zone"] or "").upper().replace("UTC", "Z").replace("GMT", "Z")
        fraction = (found["fraction"] or "").replace(",", ".")[:7]  # Go and Java count nanoseconds
        written = f"{found['date']}T{found['time']:0>5}{fraction}{zone}"
    try:
        return _sane(datetime.fromisoformat(written))
    except (ValueError, OverflowError):
        return None


def _mail(written: str) -> datetime | None:
    try:
        return _sane(parsedate_to_datetime(written))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _sane(found: datetime) -> datetime | None:
    """In UTC, if its year is one in which somebody could have recorded an incident."""
    try:
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except OverflowError:
        return None
    return found if EARLIEST <= found.year < LATEST else None


def _digits(number: float) -> str:
    try:
        return str(int(number)) if number == int(number) else str(number)
    except (OverflowError, ValueError):  # infinite, not a number, or an integer with thousands of digits
        return ""
