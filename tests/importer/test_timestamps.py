"""Times are read in the spellings that people use, and numbers that are no times are not."""

import pytest

from generator.importer.timestamps import read


def parts(text: str) -> dict[str, object]:
    stamp = read(text)
    assert stamp is not None
    values = {
        "date": (stamp.year, stamp.month, stamp.day) if stamp.day else stamp.numbers and (stamp.year, *stamp.numbers),
        "clock": stamp.clock,
        "zone": stamp.zone and stamp.zone.label,
        "rest": text[stamp.end :],
    }
    return {name: value for name, value in values.items() if value}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14:02 UTC - x", {"clock": (14, 2, 0), "zone": "UTC", "rest": " - x"}),
        ("14:02:33,123 x", {"clock": (14, 2, 33), "rest": " x"}),
        ("2026-01-18 4:19", {"date": (2026, 1, 18), "clock": (4, 19, 0)}),
        ("2026-03-04T14:14:05Z x", {"date": (2026, 3, 4), "clock": (14, 14, 5), "zone": "Z", "rest": " x"}),
        ("2026-03-04T14:14:05.123+01:00", {"date": (2026, 3, 4), "clock": (14, 14, 5), "zone": "+01:00"}),
        ("2026/03/04 14:02", {"date": (2026, 3, 4), "clock": (14, 2, 0)}),
        ("2026年3月4日 14:02", {"date": (2026, 3, 4), "clock": (14, 2, 0)}),
        ("Sep 27 2026 13:06", {"date": (2026, 9, 27), "clock": (13, 6, 0)}),
        ("February 15, 2026: 7:56am UTC", {"date": (2026, 2, 15), "clock": (7, 56, 0), "zone": "UTC"}),
        ("3rd of March 2026 at 14:02", {"date": (2026, 3, 3), "clock": (14, 2, 0)}),
        ("19. April, 11:00", {"date": (None, 4, 19), "clock": (11, 0, 0)}),
        ("Tues Jun 28 20:28", {"date": (None, 6, 28), "clock": (20, 28, 0)}),
        ("22:30 UTC (Oct 29) x", {"date": (None, 10, 29), "clock": (22, 30, 0), "zone": "UTC", "rest": " x"}),
        ("07-27-2026 2:14 pm - x", {"date": (2026, 7, 27), "clock": (14, 14, 0), "rest": " - x"}),
        ("04.03.26 14:02", {"date": (2026, 4, 3), "clock": (14, 2, 0)}),
        ("12-05 16:21] x", {"date": (None, 12, 5), "clock": (16, 21, 0), "rest": "] x"}),
        ("12:11 PM: x", {"clock": (12, 11, 0), "rest": ": x"}),
        ("12:11 a.m. x", {"clock": (0, 11, 0), "rest": " x"}),
        ("13:06 PM: x", {"clock": (13, 6, 0), "rest": ": x"}),
        ("3pm PT: x", {"clock": (15, 0, 0), "zone": "PT", "rest": ": x"}),
        ("14h32 x", {"clock": (14, 32, 0), "rest": " x"}),
        ("14.30 Uhr x", {"clock": (14, 30, 0), "rest": " x"}),
        ("11.57 Deployed", {"clock": (11, 57, 0), "rest": " Deployed"}),
        ("0930Z x", {"clock": (9, 30, 0), "zone": "Z", "rest": " x"}),
        ("1430 UTC x", {"clock": (14, 30, 0), "zone": "UTC", "rest": " x"}),
        ("noon x", {"clock": (12, 0, 0), "rest": " x"}),
        ("09:14–09:20 x", {"clock": (9, 14, 0), "rest": " x"}),
        ("9:14am to 9:20am PT x", {"clock": (9, 14, 0), "zone": "PT", "rest": " x"}),
        ("13:30-13:45 x", {"clock": (13, 30, 0), "rest": " x"}),
        ("2026-10-06 09:00 - 11:00", {"date": (2026, 10, 6), "clock": (9, 0, 0)}),
        ("14:02 (10:02 EDT) x", {"clock": (14, 2, 0), "rest": " x"}),
        ("14:02 UTC / 16:02 CEST: x", {"clock": (14, 2, 0), "zone": "UTC", "rest": ": x"}),
        ("10:00 (UTC+2): x", {"clock": (10, 0, 0), "zone": "UTC+2", "rest": ": x"}),
        ("14:02 (5 min later) x", {"clock": (14, 2, 0), "rest": " (5 min later) x"}),
        ("14:02 - 3 pods", {"clock": (14, 2, 0), "rest": " - 3 pods"}),
    ],
)
def test_a_time_is_read_and_the_rest_is_left(text, expected):
    assert parts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "9 people",
        "1:1 meeting",
        "3/4 of the nodes",
        "14:0",
        "may contain nuts",
        "1.24.0 is out",
        "42",
        "10.5% of users",
        "T",
        "at night",
    ],
)
def test_what_only_looks_like_a_time_is_none(text):
    assert read(text) is None


@pytest.mark.parametrize(
    "text", ["14:??", "2026-03-13 HH:mm", "--:--", "20262-03-13 15:00", "T+5 min", "11/03/202 x", "25:61"]
)
def test_a_time_that_cannot_be_read_is_known_to_be_one(text):
    stamp = read(text)

    assert stamp is not None
    assert stamp.unclear


@pytest.mark.parametrize("text", ["~14:30", "ca. 14:30", "around 14:30", "14:30 (approx.)", "14:30~"])
def test_a_vague_time_says_so(text):
    stamp = read(text)

    assert stamp is not None
    assert (stamp.clock, stamp.vague) == ((14, 30, 0), True)


def test_a_time_in_a_sentence_is_led_and_one_at_its_beginning_is_not():
    assert read("At 14:02 UTC, we saw it").led
    assert not read("14:02 UTC, we saw it").led
