"""Other tools' severities in the archive's own words."""

import re

from generator.settings.model import Settings


def severity_of(words: str, settings: Settings) -> str:
    """The archive's severity for a tool's word: the word as a whole, or the first part of `SEV-1: Critical`; else empty."""
    whole = " ".join(words.split())
    parts = (part.strip() for part in re.split(r"[:(/,|–—]|\s-\s", whole))
    for word in (whole, *parts, *whole.split()[:1]):
        if word and (found := settings.severity_of(word)):
            return found
    return ""
