"""The week in a few lines."""

from datetime import date

import pytest

from generator.notify.digest import digest
from generator.notify.due import NoticeFilter, due
from generator.notify.subject import subjects
from tests.notify.archive import TODAY, doc, settings, words

PUBLISHED = {"status": "published", "more": "published: 2026-11-12\n"}


def told(*documents, known=None, today=TODAY, **more):
    known = known or settings()
    return digest(subjects(documents, known)[0], known, today, **more)


def row(number, owner, day, status):
    return f"| {number} | Size the pool | {owner} | {day} | {status} | |\n"


ROWS = (
    row(1, "jane.smith", "2026-11-09", "completed")
    + row(2, "ben.carter, li.wei", "2026-11-15", "completed")
    + row(3, "mona.lisa", "2026-11-12", "won't do")
    + row(4, "mona.lisa", "2026-11-12", "open")
    + row(5, "jane.smith", "2026-11-08", "open")  # the week before
    + row(6, "jane.smith", "2026-11-16", "completed")  # the week after
)


def test_it_counts_the_seven_days_before_the_last_monday():
    notice = told(doc(rows=ROWS, **PUBLISHED), doc("INC-2026-0043", status="published", more="published: 2026-11-08\n"))
    said = words(notice)

    assert (notice.key, notice.to, notice.since, notice.fresh) == ("digest:2026-11-16", "", date(2026, 11, 16), True)
    assert (
        notice.text
        == "📚 Postmortems: the week from Mon 9 Nov 2026 to Sun 15 Nov 2026: 1 published, 3 of 4 action items due closed."
    )
    assert (
        "• <https://postmortems.fernway.example/postmortems/INC-2026-0042/|INC-2026-0042> Checkout errors (SEV1)"
        in said
    )
    assert "INC-2026-0043" not in said
    assert "3 of 4 that were due are closed (75 %)." in said


def test_those_who_closed_something_are_thanked_and_nobody_else_is_named():
    said = words(told(doc(rows=ROWS, **PUBLISHED)))

    assert "*Thank you*\nBen Carter, Jane Smith and Li Wei closed action items that were due." in said
    assert "mona" not in said
    assert "<@" not in said, "a thank-you does not ring"


def test_only_what_the_channel_may_know_is_counted():
    hidden = {"audience": "restricted", "title": "CANARY"}
    notice = told(
        doc("INC-2026-0001", rows=ROWS, **PUBLISHED, **hidden),
        doc("INC-2026-0002", rows=ROWS, **PUBLISHED, severity="SEV5"),
        doc(**PUBLISHED),
    )

    assert notice.text.endswith("1 published, 0 of 0 action items due closed.")
    assert "CANARY" not in words(notice)
    assert "INC-2026-0001" not in words(notice)


def test_a_quiet_week_is_not_told():
    assert told(doc()).fresh is False


@pytest.mark.parametrize(
    ("today", "key"),
    [(date(2026, 11, 16), "2026-11-16"), (date(2026, 11, 22), "2026-11-16"), (date(2026, 11, 23), "2026-11-23")],
)
def test_it_is_the_same_message_the_whole_week(today, key):
    assert told(doc(**PUBLISHED), today=today).key == f"digest:{key}"


def test_another_day_can_be_set_or_none():
    assert told(doc(**PUBLISHED), known=settings(digest_weekday="friday")).key == "digest:2026-11-20"
    assert told(doc(**PUBLISHED), known=settings(digest_weekday="")) is None
    assert told(doc(**PUBLISHED), known=settings(digest_weekday=""), asked=True).key == "digest:2026-11-16"


def test_many_publications_are_cut_kindly():
    notice = told(*(doc(f"INC-2026-{n:04}", title="x" * 300, **PUBLISHED) for n in range(60)))

    assert "… and 45 more." in words(notice)
    assert all(len(block["text"]["text"]) <= 3000 for block in notice.blocks if "text" in block)


def test_asked_for_alone_it_comes_alone():
    notices, _ = due([doc(rows=ROWS, **PUBLISHED)], settings(), TODAY, NoticeFilter(digest=True))

    assert [notice.key for notice in notices] == ["digest:2026-11-16"]
