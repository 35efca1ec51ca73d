"""From times as written to moments in UTC: years, days and zones that a line leaves out come from what stands around it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from generator.importer.time_zones import Zone
from generator.importer.timestamps import MONTHS, Stamp, read

# Where a date may begin in prose: numbers with separators, or a day and a month's name in either order; `read` decides.
_DATES = re.compile(
    rf"(?<![\w./-])(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}|\d{{1,2}}(?:st|nd|rd|th|\.)?\s(?:of\s)?(?:{'|'.join(MONTHS)})|(?:{'|'.join(MONTHS)})[a-z]*\.?\s\d{{1,2}})(?![\d%])",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([/-])(\d{1,2})\2(?:\d{4}|\d\d)(?![\d/-])")
_AMERICAN = re.compile(r"\b(?:(?-i:[PMCE][SD]?T)|Pacific|US/\w+)\b|\d\s?[ap]\.?m\b", re.IGNORECASE)
_ELSEWHERE = re.compile(r"\b(?:CES?T|BST|EES?T|WES?T|IST|AE[SD]T|JST|SGT|Europe/\w+|Uhr)\b")
_OUT_OF_ORDER = timedelta(
    hours=3
)  # rows are out of order by minutes; a clock that goes back further has passed midnight
FIRST, LAST = date(1990, 1, 1), date(2100, 1, 1)


@dataclass(frozen=True, slots=True)
class Era:
    """What a document says about its dates: the day it is about, and whether 7/5 is written month first (`mdy`)."""

    day: date | None = None
    order: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """Where a stamp lies: `at` in UTC, the `day` where only that is known; `doubt` is a sentence for the report."""

    at: datetime | None = None
    day: date | None = None
    doubt: str = ""


def order_of(text: str) -> str:
    """Whether a text writes dates month first or day first, as its unambiguous dates show, else its time zones; else empty."""
    votes = {"mdy": 0, "dmy": 0}
    for match in _NUMERIC.finditer(text):
        first, second = int(match[1]), int(match[3])
        votes["dmy"] += first > 12 >= second
        votes["mdy"] += second > 12 >= first
    if any(votes.values()):
        return max(votes, key=lambda name: votes[name])
    american, other = len(_AMERICAN.findall(text)), len(_ELSEWHERE.findall(text))
    return "mdy" if american > other else "dmy" if other > american else ""


def dates_in(text: str, era: Era, most: int = 50) -> list[date]:
    """The days that a text names, in order; days without a year take the era's."""
    days: list[date] = []
    for match in _DATES.finditer(text):
        stamp = read(text, match.start(), lead=False)
        if stamp and stamp.dated and (day := day_of(stamp, era)):
            days.append(day)
            if len(days) == most:
                break
    return days


def day_of(stamp: Stamp, era: Era, near: date | None = None) -> date | None:
    """The day that a stamp names, None where it names none or where it cannot be told."""
    near = near or era.day
    if stamp.numbers:
        pairs = _orders(stamp, era.order)
    elif stamp.month and stamp.day:
        pairs = [(stamp.month, stamp.day)]
    else:
        return None
    candidates = [day for month, number in pairs if (day := _day(stamp.year or era.year, month, number, near))]
    if len(candidates) == 2 and candidates[0] != candidates[1]:
        return min(candidates, key=lambda day: abs(day - near)) if near else None
    return candidates[0] if candidates else None


def _orders(stamp: Stamp, order: str) -> list[tuple[int, int]]:
    first, second = stamp.numbers or (0, 0)
    if stamp.dotted or first > 12:
        return [(second, first)]
    if second > 12 or order == "mdy":
        return [(first, second)]
    return [(second, first)] if order == "dmy" else [(first, second), (second, first)]


def _day(year: int | None, month: int, number: int, near: date | None) -> date | None:
    years = [year] if year else [near.year - 1, near.year, near.year + 1] if near else []
    days = []
    for each in years:
        try:
            days.append(date(each, month, number))
        except ValueError:
            continue
    days = [day for day in days if FIRST <= day < LAST]
    return min(days, key=lambda day: abs(day - near)) if days and near else days[0] if days else None


class Chronology:
    """Reads one stamp after the other, as a reader does who remembers the day and the hour of the line before."""

    def __init__(self, era: Era, zone: Zone | None, stamps: Iterable[Stamp] = ()) -> None:
        self._era, self._zone = era, zone
        self._today: date | None = None
        self._last: datetime | None = None
        self._patience = _OUT_OF_ORDER
        clocks = [stamp for stamp in stamps if stamp.clock]
        self._twelve = bool(clocks) and all(
            not s.half and not s.padded and 1 <= s.clock[0] <= 12 for s in clocks if s.clock
        )

    def heading(self, stamp: Stamp | None) -> Moment:
        """Take note of a heading: the day it names holds for what follows; without one a new list may begin anew."""
        self._patience = timedelta(hours=12)
        if stamp and stamp.dated and (day := day_of(stamp, self._era, self._today)):
            self._today, self._last = day, None
            return Moment(day=day)
        return Moment()

    def place(self, stamp: Stamp) -> Moment:
        """The moment of the next stamp."""
        day = day_of(stamp, self._era, self._today) or self._weekday(stamp)
        if stamp.dated and not day:
            return Moment(doubt="names a day that cannot be determined")
        if day:
            self._today = day
        if stamp.unclear or stamp.clock is None:
            self._last = None if day else self._last
            return Moment(day=day, doubt="cannot be read" if stamp.unclear else "")
        return self._at(stamp.clock, stamp.zone or self._zone, day)

    def _at(self, clock: tuple[int, int, int], zone: Zone | None, day: date | None) -> Moment:
        """The moment of a clock on `day`, else on the day that holds; one that went back has passed midnight."""
        base = day or self._today or self._era.day
        if base is None:
            return Moment(doubt="has no date, and none stands near it")
        rules = zone.rules if zone and zone.rules else UTC
        at = datetime.combine(base, time(*clock), rules).astimezone(UTC)
        doubt = "" if zone is None or zone.rules else f"is in {zone.label}, which is not known, and is taken for UTC"
        if not day and self._last and self._last - at > self._patience:
            at += timedelta(hours=12 if self._twelve else 24)
            doubt = doubt or ("is taken for the afternoon" if self._twelve else "")
        self._last, self._patience = at, _OUT_OF_ORDER
        self._today = at.astimezone(rules).date()
        return Moment(at, self._today, doubt)

    def _weekday(self, stamp: Stamp) -> date | None:
        if stamp.weekday is None or stamp.dated:
            return None
        base = self._today or self._era.day
        if base is None:
            return None
        ahead = (stamp.weekday - base.weekday()) % 7
        return base + timedelta(days=ahead if self._today or ahead <= 3 else ahead - 7)
