"""Days, years and zones that a line leaves out come from what stands around it."""

from datetime import date

import pytest

from generator.importer.chronology import Chronology, Era, dates_in, order_of
from generator.importer.time_zones import zone
from generator.importer.timestamps import read


def placed(lines: list[str], day: date | None, label: str = "", order: str = "") -> list[str]:
    stamps = [read(line) for line in lines]
    clockwork = Chronology(Era(day, order), zone(label) if label else None, stamps)
    moments = [clockwork.place(stamp) for stamp in stamps]
    return [f"{m.at:%m-%d %H:%M}" if m.at else str(m.day or "") for m in moments]


def test_a_clock_takes_the_day_of_the_entry_before_and_the_next_one_past_midnight():
    assert placed(["2026-05-30 23:55", "00:10", "00:05"], None) == ["05-30 23:55", "05-31 00:10", "05-31 00:05"]


def test_entries_that_are_a_little_out_of_order_stay_on_their_day():
    assert placed(["14:49", "14:43"], date(2026, 4, 18)) == ["04-18 14:49", "04-18 14:43"]


def test_a_clock_of_twelve_hours_goes_on_into_the_afternoon():
    assert placed(["9:30", "11:50", "1:15"], date(2026, 3, 3)) == ["03-03 09:30", "03-03 11:50", "03-03 13:15"]


def test_a_day_without_a_year_is_the_nearest_one():
    assert placed(["12-05 16:21", "03-26 23:04"], date(2026, 3, 26), order="mdy") == ["12-05 16:21", "03-26 23:04"]
    clockwork = Chronology(Era(date(2026, 1, 2)), None)
    assert clockwork.place(read("Dec 31 23:00")).day == date(2025, 12, 31)


def test_weekdays_go_forward():
    assert placed(["Mon 14:02", "Tue 09:00", "Fri 10:00"], date(2026, 3, 3)) == [
        "03-02 14:02",
        "03-03 09:00",
        "03-06 10:00",
    ]


def test_the_zone_in_force_on_the_day_counts():
    days = ["2026-03-28 12:00", "2026-03-30 12:00"]

    assert placed(days, None, "Europe/London") == ["03-28 12:00", "03-30 11:00"]


def test_a_label_beats_what_the_document_declares():
    assert placed(["12:00", "12:00 PDT"], date(2026, 7, 1), "UTC") == ["07-01 12:00", "07-01 19:00"]


def test_without_any_day_a_clock_stays_unplaced():
    assert placed(["12:00"], None) == [""]
    assert Chronology(Era(), None).place(read("12:00")).doubt == "has no date, and none stands near it"


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("7/5/2026 and 7/31/2026", "mdy"),
        ("31-07-2026", "dmy"),
        ("7/5/2026 in PST", "mdy"),
        ("7/5/2026 in CET", "dmy"),
        ("7/5/2026", ""),
    ],
)
def test_the_order_of_days_and_months_shows(text, order):
    assert order_of(text) == order


def test_an_ambiguous_day_is_the_one_near_the_documents_own():
    assert dates_in("on 7/5/2026", Era(date(2026, 7, 6))) == [date(2026, 7, 5)]
    assert dates_in("on 7/5/2026", Era(date(2026, 5, 6))) == [date(2026, 5, 7)]
    assert dates_in("on 7/5/2026", Era()) == []


def test_days_are_found_in_prose():
    text = "On Tuesday January 9 it broke; since 2026-01-02, until 3rd of February 2026. Version 1.2.3 and 10/12 nodes."

    assert dates_in(text, Era(date(2026, 1, 11))) == [date(2026, 1, 9), date(2026, 1, 2), date(2026, 2, 3)]
