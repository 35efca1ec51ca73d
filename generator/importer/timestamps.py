"""A time as it stands at the beginning of a line of prose, in any of the spellings that people use."""

import re
from dataclasses import dataclass, replace

from generator.importer import time_zones
from generator.importer.time_zones import Zone

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH = r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_YEAR = r"((?:19|20)\d\d(?!\d)(?!:\d)|'\d\d(?!\d))"
_HALF = r"(a\.?m\b\.?|p\.?m\b\.?)"
_LATER = r"(?=[\s,T]{1,3}(?:at\s)?~?\d{1,2}[:.h]\d\d)"
# The parts of a time, the most particular first: what `iso` takes can no longer be a `clock`. A name that stands twice
# is one part in two spellings. `short` (7/5) and `point` (14.02) are taken only where what follows shows that they are a
# time, since they may as well be fractions, versions and numbers.
_TOKENS = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("unclear", r"\d{5}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{3}(?!\d)|\d{1,2}[:h](?:\?\?|xx|__|--|\d[?x])(?::[\d?x]{2})?Z?(?!\w)|hh:mm|[?x]{1,2}:[?x]{2}|--:--|t\s?[+\-−±]\s?\d[\d:.]*\s?(?:hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)?(?!\w)|[+−-]\d{1,2}:\d\d(?::\d\d)?(?!\d)"),
        ("iso", r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d|[-/.]\d)(?:T(?=\d))?"),
        ("east", r"(\d{4})年\s?(\d{1,2})月\s?(\d{1,2})日"),
        ("packed", r"(20\d\d)([01]\d)([0-3]\d)(?:T(?=\d)|(?!\d))"),
        ("numeric", r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)(?![\d:])"),
        ("daymonth", rf"(\d{{1,2}})(?:st|nd|rd|th|\.)?[\s-]+(?:of\s+)?{_MONTH}\b\.?(?:[,\s-]{{1,2}}{_YEAR})?"),
        ("monthday", rf"{_MONTH}\b\.?[\s-]+(?:the\s+)?(\d{{1,2}})(?:st|nd|rd|th)?(?![\d:]|\.\d)(?:[,\s-]{{1,2}}{_YEAR})?"),
        ("short", rf"(\d{{1,2}})[/-](\d{{1,2}})(?:{_LATER}|(?=\s*[)\]:]|\s+[-–—]\s))"),
        ("half", rf"(\d{{1,2}})(?:[.:](\d\d))?(?::(\d\d))?\s?{_HALF}"),
        ("clock", r"(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?|:(?:xx|\?\?))?(?!\d|:\d)"),
        ("hour", r"(\d{1,2})\s?h\s?(\d\d)(?!\d|\s?m)"),
        ("hour", rf"(\d{{1,2}})[.:](\d\d)(?=\s?(?:uhr|hrs|h)\b|\s(?:{time_zones._OFFSET}|UTC|GMT|CES?T|[PE][SD]T))"),
        ("hour", r"(\d{1,2})()(?=\s?uhr\b)"),
        ("packedclock", r"([01]\d|2[0-3])([0-5]\d)(?=\s?(?:hrs?|hours|h|Z)\b|\s?(?:UTC|GMT|CES?T|[PEMC][SD]T|BST|[EP]T)\b)"),
        ("point", r"([01]?\d|2[0-3])\.([0-5]\d)(?=\s|[:\]),*–-]|$)(?!\s?(?:%|x\b|[kmgt]i?b\b|ms\b|s\b|sec|min|hour|million|billion|percent|times|release|version))"),
        ("word", r"(?:12\s+)?(noon|midday|midnight)\b"),
        ("weekday", r"(mon|tue|wed|thu|fri|sat|sun)(?:s|r|rs|nes|ur)?(?:day)?\b\.?"),
        ("dayword", r"day\s+\d{1,3}\b"),
    )
)  # fmt: skip
_MOST_PARTS = 8  # weekday, day, clock, zone, and the same again as the end of a range
_CLOCKS = {"half", "clock", "hour", "packedclock", "word", "point"}
# What may stand between the parts of a time: punctuation, emphasis, up to two small words, a bracket.
_JOINT = re.compile(
    r"[\s,;@*`]*(?:(?:at|on|the|around|about|approx(?:imately|\.)?|circa|ca\.?|c\.|~|≈)\s*){0,2}[\s(\[]*", re.IGNORECASE
)
_DASHED = re.compile(r"\s*(?:[-–—]{1,3}|[|/@]|:(?=\s))\s*")
_CLOSE = re.compile(r"\s*[)\]]")
_OPEN = re.compile(r"\s*[(\[]\s*")
_EXACT = re.compile(r"T\d\d:\d\d|\d:\d\d:\d\d")
_RANGE = re.compile(r"[\s*_`]*(?:[-–—−]|to|until|till|and|through|bis|→|->|/)[\s*_`]*(?:~|≈)?", re.IGNORECASE)
_SUFFIX = re.compile(r"\s?(?:hrs?|hours|h|uhr|o['’]clock)\b\.?", re.IGNORECASE)
_VAGUE = re.compile(r"~|≈|\b(?:around|about|approx\w*|roughly|circa|ca|c)\b", re.IGNORECASE)
# Signs behind a time that it is not exact.
_ISH = re.compile(
    r"\s?-?ish\b|\s?[~?](?![?\w])|\s?\((?:approx\w*\.?|approximate(?:ly)?|est(?:imated)?\.?|roughly)\)", re.IGNORECASE
)
# Small words before a time at the head of a line, up to three, as in `shortly after around 14:02`.
_LEAD = re.compile(
    r"\s*(?:(?:at|on|around|about|approx(?:imately|\.)?|roughly|circa|ca\.?|c\.|by|from|between|starting|beginning|just after|just before|shortly after|shortly before|since|in the early|early on|late on)\s+|[~≈@]\s*){0,3}",
    re.IGNORECASE,
)
# Those of them with which a sentence begins; a list's entry has none.
_SENTENCE_LEAD = re.compile(
    r"\b(?:at|on|by|from|between|since|after|before|around|about|early|late|starting|beginning)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time as written: `text` is it, `end` the offset behind it; what it does not say is None or empty.

    `numbers` are the two parts of a date such as 7/5 whose order the text does not tell, `unclear` marks a time that
    cannot be read, such as `14:??`, `led` one that begins a sentence, such as `At 14:02`, and `pointed` one such as
    `14.02`, which may as well be a number.
    """

    text: str
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    numbers: tuple[int, int] | None = None
    dotted: bool = False
    weekday: int | None = None
    clock: tuple[int, int, int] | None = None
    half: bool = False
    zone: Zone | None = None
    vague: bool = False
    unclear: bool = False
    led: bool = False
    padded: bool = False
    pointed: bool = False

    @property
    def dated(self) -> bool:
        """Whether it names a day."""
        return self.day is not None or self.numbers is not None

    @property
    def blank(self) -> bool:
        """Whether it says nothing yet."""
        return not (self.dated or self.timed or self.weekday is not None or self.unclear)

    @property
    def timed(self) -> bool:
        """Whether it names a time of the day."""
        return self.clock is not None


def read(text: str, start: int = 0, *, lead: bool = True) -> Stamp | None:
    """The time that begins at `start`, behind words such as `at` where `lead` allows them; None where none does."""
    begin = _LEAD.match(text, start).end() if lead else start  # type: ignore[union-attr]  # the pattern matches nothing too
    stamp = Stamp("", begin)
    position, opened = begin, 0
    for _ in range(_MOST_PARTS):
        part = _next(text, position, stamp)
        if part is None:
            break
        stamp, end, brackets = part
        opened += brackets
        while opened > 0 and (closing := _CLOSE.match(text, end)):
            end, opened = closing.end(), opened - 1
        position = end
        stamp = replace(stamp, end=end)
    if not (stamp.dated or stamp.timed or stamp.unclear):
        return None
    if opened > 0:  # a bracket that the time opened and something else closes, as in `14:02 (5 min later)`
        return None if text[begin : stamp.end].count("(") > 1 else _without_bracket(text, begin, stamp)
    ish = _ISH.match(text, stamp.end)
    end = ish.end() if ish else stamp.end
    led = text[start:begin]
    return replace(
        stamp,
        text=re.sub(r"[*`]+", "", text[start:end]).strip(),
        end=end,
        vague=bool(ish or _VAGUE.search(text[start:end])),
        led=bool(_SENTENCE_LEAD.search(led)),
    )


def _without_bracket(text: str, begin: int, stamp: Stamp) -> Stamp | None:
    cut = max(text.rfind("(", begin, stamp.end), text.rfind("[", begin, stamp.end))
    return read(text[:cut], begin, lead=False) if cut > begin else None


def _next(text: str, position: int, stamp: Stamp) -> tuple[Stamp, int, int] | None:
    """The next part of a time behind `position`, with where it ends and how many brackets it opened."""
    if stamp.timed and (zoned := _behind_clock(text, position, stamp)):
        return zoned
    if (stamp.timed or stamp.dated) and (between := _RANGE.match(text, position)):
        ended = _second(text, between.end(), stamp)
        if ended:
            return ended
    joints = [_JOINT.match(text, position)]
    if stamp.dated and not stamp.timed:
        joints.append(_DASHED.match(text, position))
    parts = (_part(text, joint, stamp) for joint in joints if joint)
    return next((part for part in parts if part), None)


def _behind_clock(text: str, position: int, stamp: Stamp) -> tuple[Stamp, int, int] | None:
    """A zone behind a clock, in brackets or not, or else a word such as `hrs`."""
    suffix = _SUFFIX.match(text, position)
    place = suffix.end() if suffix else position
    if zoned := _zone(text, place, stamp):
        return stamp if stamp.zone else replace(stamp, zone=zoned[0]), zoned[1], 0
    bracket = _OPEN.match(text, place)
    if bracket and (zoned := _zone(text, bracket.end(), stamp)):
        return stamp if stamp.zone else replace(stamp, zone=zoned[0]), zoned[1], 1
    return (stamp, place, 0) if suffix else None


def _part(text: str, joint: re.Match[str], stamp: Stamp) -> tuple[Stamp, int, int] | None:
    """The first token behind a joint that adds something to the stamp, with its end and the brackets opened."""
    opened = joint[0].count("(") + joint[0].count("[")
    if stamp.blank and opened:
        return None
    for name, pattern in _TOKENS:
        if name == "point" and not (stamp.blank or stamp.dated):
            continue  # behind anything but a day, 14.02 is a number
        match = pattern.match(text, joint.end())
        if match and (joint[0] or stamp.blank or name in _CLOCKS) and (grown := _grow(stamp, name, match, opened > 0)):
            aside = time_zones.inline(text, match.end()) if opened and stamp.timed and name in _CLOCKS else None
            return grown, aside[1] if aside else match.end(), opened
    return None


def _zone(text: str, position: int, stamp: Stamp) -> tuple[Zone, int] | None:
    """The zone behind a clock; `-13:45` is one only behind an exact time, else it ends a range."""
    zoned = time_zones.inline(text, position)
    if zoned and zoned[0].label[:1] in "-−" and not _EXACT.search(text, max(stamp.end - 8, 0), position):
        colon = ":" in zoned[0].label
        return None if colon or not text[position : position + 1].isspace() else zoned
    return zoned


def _second(text: str, position: int, stamp: Stamp) -> tuple[Stamp, int, int] | None:
    """The end of a range, or the same moment in another zone: consumed, and only its zone may matter."""
    if text[position - 1 : position].isalpha():
        return None
    dated = position
    for name, pattern in _TOKENS:
        if name in {"iso", "numeric", "daymonth", "monthday"} and (match := pattern.match(text, dated)):
            dated = match.end()
            if not stamp.timed:
                return stamp, dated, 0
            dated = _JOINT.match(text, dated).end()  # type: ignore[union-attr]  # the pattern matches nothing too
            break
    for name, pattern in _TOKENS:
        if name in _CLOCKS and stamp.timed and (match := pattern.match(text, dated)):
            zoned = _zone(text, match.end(), stamp)
            grown = replace(stamp, zone=zoned[0]) if zoned and not stamp.zone else stamp
            return grown, zoned[1] if zoned else match.end(), 0
    return None


def _grow(stamp: Stamp, name: str, match: re.Match[str], aside: bool) -> Stamp | None:
    """The stamp with one more part; None where it has that part already, unless the part stands in brackets."""
    if name == "unclear":
        return None if stamp.timed else replace(stamp, unclear=True)
    if name in _CLOCKS:
        if stamp.timed:
            return stamp if aside else None
        return _clocked(stamp, name, match)
    if name == "weekday":
        return stamp if stamp.weekday is not None else replace(stamp, weekday=_WEEKDAYS.index(match[1][:3].casefold()))
    if name == "dayword":
        return stamp
    if stamp.dated:
        return stamp if aside else None
    return _dated(stamp, name, match)


def _clocked(stamp: Stamp, name: str, match: re.Match[str]) -> Stamp | None:
    if name == "word":
        hour = 0 if match[1].casefold() == "midnight" else 12
        return replace(stamp, clock=(hour, 0, 0), half=True)
    hour, minute = int(match[1]), int(match[2] or 0)
    second = int(match[3] or 0) if name in {"clock", "half"} else 0
    half = match[4][0].casefold() if name == "half" else ""
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour == 24 and minute == 0:
        return None
    if hour > 23 or minute > 59 or second > 59:
        return replace(stamp, unclear=True)
    return replace(
        stamp,
        clock=(hour, minute, second),
        half=bool(half),
        padded=len(match[1]) == 2 and match[1][0] == "0",
        pointed=name == "point",
    )


def _dated(stamp: Stamp, name: str, match: re.Match[str]) -> Stamp | None:
    if name in {"iso", "packed", "east"}:
        year, month, day = int(match[1]), int(match[2]), int(match[3])
        return replace(stamp, year=year, month=month, day=day) if 1 <= month <= 12 and 1 <= day <= 31 else None
    if name == "numeric":
        return replace(stamp, numbers=(int(match[1]), int(match[3])), year=_year(match[4]), dotted=match[2] == ".")
    if name == "short":
        return replace(stamp, numbers=(int(match[1]), int(match[2])))
    named, number = (match[2], match[1]) if name == "daymonth" else (match[1], match[2])
    day = int(number)
    if not 1 <= day <= 31:
        return None
    return replace(stamp, month=MONTHS.index(named[:3].casefold()) + 1, day=day, year=_year(match[3]))


def _year(written: str | None) -> int | None:
    if not written:
        return None
    number = int(written.lstrip("'"))
    return number if number > 99 else 2000 + number if number < 70 else 1900 + number
