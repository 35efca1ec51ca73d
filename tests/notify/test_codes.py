"""Codes are stable, and each of them is explained."""

import re

from generator.notify.codes import CODES
from tests.folders import REPOSITORY

ROOMS = ("notify", "clients/slack")


def test_every_code_that_is_told_is_explained():
    text = "".join(path.read_text("utf-8") for room in ROOMS for path in (REPOSITORY / "generator" / room).glob("*.py"))
    told = set(re.findall(r'"((?:slack|person|channel|history|missing|nobody|outcome|id)-[a-z-]+|skipped)"', text))

    assert told == set(CODES)
