"""Zones are found where prose declares them, and mean what was in force on the day."""

from datetime import UTC, datetime, timedelta

import pytest

from generator.importer import time_zones


@pytest.mark.parametrize(
    ("sentence", "winter", "summer"),
    [
        ("All times in UTC.", 0, 0),
        ("All times are listed in UTC.", 0, 0),
        ("All events are documented in [UTC](https://example.com/utc) time.", 0, 0),
        ("_All times in EEST_", 3, 3),
        ("*(All times US/Pacific, 24-hour clock.)*", -8, -7),
        ("All times in PST", -8, -7),
        ("All times in PST (UTC-7)", -7, -7),
        ("all times PDT", -7, -7),
        ("Times are in CEST", 2, 2),
        ("All times in Central European Time (CET)", 1, 2),
        ("Times below are Berlin time.", 1, 2),
        ("Time zone: Europe/London", 0, 1),
        ("The following times are in New York time", -5, -4),
        ("Timestamps are Eastern", -5, -4),
        ("All times in IST (UTC+5:30)", 5.5, 5.5),
        ("Unless noted, all events\nhappened on 2026-01-02, and all times are in\nGMT+2.", 2, 2),
        ("All times UTC−3", -3, -3),
    ],
)
def test_a_sentence_declares_a_zone(sentence, winter, summer):
    found = time_zones.declared(sentence)

    assert found is not None
    offsets = [datetime(2026, month, 15, 12, tzinfo=found.rules).utcoffset() for month in (1, 7)]
    assert offsets == [timedelta(hours=winter), timedelta(hours=summer)]


@pytest.mark.parametrize(
    "sentence",
    [
        "All times are approximate.",
        "At that time it was east of the river.",
        "Many a time we met.",
        "It took some time, as the west region shows.",
        "",
    ],
)
def test_a_sentence_without_a_zone_declares_none(sentence):
    assert time_zones.declared(sentence) is None


def test_local_time_is_a_zone_that_nobody_knows():
    found = time_zones.declared("All times are local time.")

    assert found is not None
    assert found.rules is None


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (" UTC", "UTC"),
        ("Z", "Z"),
        ("+02:00", "+02:00"),
        (" PT:", "PT"),
        (" est -", "est"),
        (" Europe/Berlin", "Europe/Berlin"),
        (" Pacific", "Pacific"),
    ],
)
def test_a_zone_stands_behind_a_clock(text, label):
    found = time_zones.inline(text, 0)

    assert found is not None
    assert found[0].label == label


@pytest.mark.parametrize("text", [" cat pictures", " eat", " it", " pm", " Utility", "zebra"])
def test_a_word_behind_a_clock_is_no_zone(text):
    assert time_zones.inline(text, 0) is None


def test_an_unknown_region_has_no_rules_and_a_path_is_no_region():
    assert time_zones.zone("Mars/Olympus").rules is None
    assert time_zones.zone("../../etc/passwd").rules is None
    assert time_zones.zone("UTC").rules is UTC
