"""The timeline's rows that say which key event they are."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from generator.document.model import TimelineEntry

MINUTE = timedelta(minutes=1)
# A label opens its row: in bold, or before a colon.
_LABELS = {
    "started": r"start(?:ed)?(?: of (?:the )?(?:impact|incident|outage|risk|exposure))?|impact (?:starts|started|begins|began)|incident (?:starts|started|begins|began)",
    "detected": r"(?:incident |issue |problem )?detect(?:ed|ion)",
    "mitigated": r"(?:incident |issue |impact )?mitigat(?:ed|ion)|end of (?:the )?impact|impact (?:ends|ended)",
    "resolved": r"(?:incident |issue |problem )?(?:resolved|resolution)|all[- ]clear|incident closed",
}
_LABEL = {
    key: re.compile(rf"[^\w*]{{0,3}}(?:(?:\*\*|__)(?:{words})\s?:?(?:\*\*|__)|(?:{words})\s?:\s)", re.IGNORECASE)
    for key, words in _LABELS.items()
}


def labelled(timeline: Iterable[TimelineEntry]) -> Mapping[str, list[TimelineEntry]]:
    """The rows that name themselves started, detected, mitigated or resolved, by that name."""
    found: dict[str, list[TimelineEntry]] = {}
    for entry in timeline:
        if entry.time is not None and ("**" in entry.event or "__" in entry.event or ":" in entry.event[:40]):
            for key, label in _LABEL.items():
                if label.match(entry.event):
                    found.setdefault(key, []).append(entry)
    return found


def near(at: datetime, entry: TimelineEntry) -> bool:
    """Whether a row lies within a minute of a time; rows are usually written without seconds."""
    return entry.time is not None and abs(entry.time - at) <= MINUTE
