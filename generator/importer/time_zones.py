"""Time zones as people write them: abbreviations, offsets, regions, cities, and sentences that declare one.

A winter abbreviation such as PST or CET is what most people write all year, so it means the region's time on the day
in question; a summer one such as PDT is written on purpose and means its own offset.
"""

import re
from dataclasses import dataclass
from datetime import UTC, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

_REGIONS = {
    "PST": "America/Los_Angeles", "PT": "America/Los_Angeles", "MST": "America/Denver", "MT": "America/Denver",
    "CST": "America/Chicago", "CT": "America/Chicago", "EST": "America/New_York", "ET": "America/New_York",
    "AKST": "America/Anchorage", "HST": "Pacific/Honolulu", "NST": "America/St_Johns", "CLT": "America/Santiago",
    "WET": "Europe/Lisbon", "CET": "Europe/Berlin", "MEZ": "Europe/Berlin", "EET": "Europe/Helsinki",
    "IST": "Asia/Kolkata", "ACST": "Australia/Adelaide", "AEST": "Australia/Sydney", "AET": "Australia/Sydney",
    "NZST": "Pacific/Auckland", "NZT": "Pacific/Auckland",
}  # fmt: skip
_OFFSETS = {
    "UTC": 0, "GMT": 0, "Z": 0, "ZULU": 0, "PDT": -7, "MDT": -6, "CDT": -5, "EDT": -4, "AKDT": -8, "ADT": -3, "BRT": -3,
    "ART": -3, "COT": -5, "PET": -5, "BST": 1, "WEST": 1, "WAT": 1, "CEST": 2, "MESZ": 2, "CAT": 2, "SAST": 2, "EEST": 3,
    "EAT": 3, "MSK": 3, "TRT": 3, "GST": 4, "PKT": 5, "WIB": 7, "ICT": 7, "SGT": 8, "HKT": 8, "PHT": 8, "AWST": 8,
    "JST": 9, "KST": 9, "AEDT": 11, "NZDT": 13,
}  # fmt: skip
_NAMES = {
    r"central european summer(?: time)?": "CEST", r"central european(?: standard)?(?: time)?": "CET",
    r"eastern european summer(?: time)?": "EEST", r"eastern european(?: standard)?(?: time)?": "EET",
    r"western european summer(?: time)?": "WEST", r"western european(?: standard)?(?: time)?": "WET",
    r"british summer(?: time)?": "BST", r"greenwich mean time": "GMT", r"(?:coordinated )?universal time(?: coordinated)?": "UTC",
    r"india(?:n)? standard time": "IST", r"japan(?:ese)?(?: standard)? time": "JST",
    r"(?:us[ /-]?|uc/)?pacific daylight(?: savings?)?(?: time)?": "PDT", r"(?:us[ /-]?|uc/)?pacific(?: standard)?(?: time)?(?![ /]\w)": "PT",
    r"(?:us[ /-]?)?mountain(?: standard)?(?: time)": "MT", r"us[ /-]?mountain": "MT",
    r"(?:us[ /-]?)?central daylight(?: savings?)?(?: time)": "CDT", r"(?:us[ /-]?)?central(?: standard)? time": "CT", r"us[ /-]?central": "CT",
    r"(?:us[ /-]?)?eastern daylight(?: savings?)?(?: time)": "EDT", r"(?:us[ /-]?)?eastern(?: standard)?(?: time)?(?![ /]\w)": "ET",
    r"australian eastern(?: standard)?(?: time)?": "AET",
}  # fmt: skip
_CITIES = {
    "san francisco": "America/Los_Angeles", "seattle": "America/Los_Angeles", "california": "America/Los_Angeles",
    "boston": "America/New_York", "washington": "America/New_York", "austin": "America/Chicago", "munich": "Europe/Berlin",
    "frankfurt": "Europe/Berlin", "hamburg": "Europe/Berlin", "german": "Europe/Berlin", "barcelona": "Europe/Madrid",
    "bangalore": "Asia/Kolkata", "bengaluru": "Asia/Kolkata", "mumbai": "Asia/Kolkata", "delhi": "Asia/Kolkata",
    "india": "Asia/Kolkata", "beijing": "Asia/Shanghai", "china": "Asia/Shanghai", "uk": "Europe/London", "tel aviv": "Asia/Jerusalem",
}  # fmt: skip
_CONTINENTS = ("Europe", "America", "Asia", "Australia", "Africa", "Pacific", "Atlantic", "America/Argentina")
_AMBIGUOUS_SMALL = {"ART", "PET", "WAT", "CAT", "EAT", "COT", "IST", "MT", "CT", "PT", "ET", "AET", "NST", "WET", "WEST", "ICT", "GST", "HST"}  # fmt: skip
_ABBREVIATION = "|".join(sorted({*_REGIONS, *_OFFSETS} - {"Z"}, key=len, reverse=True))
_OFFSET = r"(?:(?:UTC|GMT)\s?[+\-−±]\s?\d{1,2}(?::?\d\d)?(?!\d)|[+\-−]\d\d:?\d\d(?!\d)|[+\-−]\d\d(?![\d:]))"
# A zone behind a clock: an offset, an abbreviation, a region, a name in words, or `local`.
INLINE = re.compile(
    rf"\s?(?P<offset>{_OFFSET})|\s*(?P<word>Z(?![\w])|(?:{_ABBREVIATION})(?![\w/]))"
    rf"|\s*(?P<region>[A-Z][A-Za-z]+/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?(?!\w))"
    rf"|\s*(?P<name>(?:{'|'.join(f'(?:{name})' for name in _NAMES)})(?!\w))|\s*(?P<local>local(?: time)?(?!\w))",
    re.IGNORECASE,
)
_CITY = re.compile(r"\b((?:[A-Z][a-zA-Z]+)(?:[ _][A-Z][a-zA-Z]+)?)(?:'s|’s)?(?: local)? time\b")
# Words for what a zone may be declared of.
_TIMES = re.compile(
    r"\b(?:all|the|these|following|listed|below)?\s*(?:times?(?:stamps?)?|hours|clocks?|events)\b|\btime\s?-?zones?\b|\btz\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?](?=\w)[^.!?\n]*)*")
# Words that make a declaration of a sentence that names a zone; without one it only mentions it.
_DECLARING = re.compile(
    r"\b(?:all|unless|the following|following|listed|these|timestamps?|times are|times is|times in|times below|times given|time ?-?zone|tz)\b|^\W*times?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone as a text names it; `rules` is None where the words name none that is known, such as `local time`."""

    label: str
    rules: tzinfo | None


@lru_cache(maxsize=512)
def zone(label: str) -> Zone:
    """The zone that a label means."""
    words = " ".join(label.split()).strip("()[] ")
    return Zone(words, _offset(words) or _abbreviated(words.upper()) or _named(words) or _region(words))


def _offset(words: str) -> tzinfo | None:
    match = re.fullmatch(r"(?:UTC|GMT)?\s?([+\-−±])\s?(\d{1,2})(?::?(\d\d))?", words, re.IGNORECASE)
    if not match:
        return None
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    if minutes > 14 * 60:
        return None
    return timezone(timedelta(minutes=-minutes if match[1] in "-−" else minutes))


def _abbreviated(word: str) -> tzinfo | None:
    if word in _REGIONS:
        return _load(_REGIONS[word])
    if word in _OFFSETS:
        return timezone(timedelta(hours=_OFFSETS[word])) if _OFFSETS[word] else UTC
    return None


def _named(words: str) -> tzinfo | None:
    folded = words.casefold()
    for pattern, abbreviation in _NAMES.items():
        if re.fullmatch(pattern, folded):
            return _abbreviated(abbreviation)
    return None


def _region(words: str) -> tzinfo | None:
    bare = re.sub(r"(?:'s|’s)?(?: local)?(?: time)?$", "", words, flags=re.IGNORECASE)
    if "/" in bare:
        return _load(bare)
    if known := _CITIES.get(bare.casefold()):
        return _load(known)
    if not re.fullmatch(r"[A-Za-z]{3,}(?:[ _][A-Za-z]+){0,2}", bare):
        return None
    city = "_".join(part.capitalize() for part in re.split(r"[ _]", bare))
    return next((found for continent in _CONTINENTS if (found := _load(f"{continent}/{city}"))), None)


@lru_cache(maxsize=512)
def _load(key: str) -> tzinfo | None:
    if not re.fullmatch(r"[A-Za-z_]+(?:/[A-Za-z_+-]+){1,2}", key):
        return None
    try:
        return ZoneInfo(key)
    except (LookupError, ValueError, OSError):  # an unknown key, or a folder of the database
        return None


def inline(text: str, position: int) -> tuple[Zone, int] | None:
    """A zone that stands right at `position`, as behind a clock time, and where it ends."""
    match = INLINE.match(text, position)
    if not match:
        return None
    word = match["word"]
    if word and word != word.upper() and (word.upper() in _AMBIGUOUS_SMALL or word == "z"):
        return None  # "at 9:00 cat pictures": only capitals make it a zone
    return zone(match[0].strip()), match.end()


def named(text: str) -> Zone | None:
    """The zone that a heading or a sentence names; an explicit offset wins over a name beside it."""
    found: list[Zone] = []
    for match in INLINE.finditer(text):
        before = text[match.start() - 1] if match.start() else " "
        if (before.isalnum() and not match[0][0].isspace()) or before in "_/":
            continue
        word = match["word"]
        if match["offset"] and not re.match(r"\s?(?:UTC|GMT)", match[0], re.IGNORECASE):
            continue  # a bare -07 is no zone here, but a part of a date or a number
        if word and (word in {"Z", "z"} or (word != word.upper() and word.upper() in _AMBIGUOUS_SMALL)):
            continue
        if match["offset"]:
            return zone(match[0].strip())
        found.append(zone(match[0].strip()))
    if known := next((one for one in found if one.rules), None):
        return known
    if (city := _CITY.search(text)) and (place := zone(city[1])).rules:
        return place
    return found[0] if found else None


def declared(text: str) -> Zone | None:
    """The zone that a sentence such as `All times are in CEST` declares for everything around it."""
    bare = re.sub(r"\[([^\[\]]*)\]\([^()]*\)", r"\1", re.sub(r"(?<![A-Za-z])_+|_+(?![A-Za-z])|\*+", " ", text[:5000]))
    for match in _SENTENCE.finditer(" ".join(bare.split())):
        sentence = match[0]
        if (
            len(sentence) < 300
            and _TIMES.search(sentence)
            and _DECLARING.search(sentence)
            and (found := named(sentence))
        ):
            return found
    return None
