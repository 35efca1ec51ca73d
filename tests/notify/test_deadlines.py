"""Reviews and publications that are due."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from generator.notify.deadlines import reminders
from generator.notify.subject import NoticeSubject
from generator.settings.policy import Policy
from tests.notify.archive import TODAY, doc, settings, words


def said(today=TODAY, known=None, **values):
    return {notice.key: notice for notice in reminders(NoticeSubject(doc(**values), known or settings()), today)}


# The incident was resolved on Wednesday the 4th: the review is due on the 11th, the publication on the 11th too.
@pytest.mark.parametrize(
    ("day", "text"),
    [
        (8, None),
        (9, "🗓️ The review of INC-2026-0042 is due by Wed 11 Nov 2026."),
        (11, "🗓️ The review of INC-2026-0042 is due today."),
        (12, "🗓️ The review of INC-2026-0042 was due on Wed 11 Nov 2026."),
    ],
)
def test_a_review_is_announced_shortly_before_and_after_its_day(day, text):
    notice = said(date(2026, 11, day), day="2026-11-04").get("review:INC-2026-0042")

    assert (notice.text[: len(text)] if notice else None) == text
    assert notice is None or (notice.fresh and notice.since == date(2026, 11, 9))


def test_the_one_who_leads_it_is_mentioned_and_nobody_is_blamed():
    notice = said(date(2026, 11, 12), day="2026-11-04")["review:INC-2026-0042"]

    assert "Assignee: <@U0JANE>" in words(notice)
    assert "Is there something that others can help with?" in words(notice)


@pytest.mark.parametrize(("day", "due"), [(11, False), (12, True)])
def test_a_publication_is_missed_from_the_day_after(day, due):
    assert ("publish:INC-2026-0042" in said(date(2026, 11, day), day="2026-11-04")) is due


def test_what_is_settled_only_brings_an_earlier_message_up_to_date():
    found = said(day="2026-11-04", status="published", more="reviewed: 2026-11-10\n")

    assert [notice.fresh for notice in found.values()] == [False, False]
    assert found["review:INC-2026-0042"].text.startswith(
        "✅ The review of INC-2026-0042 took place on Tue 10 Nov 2026."
    )
    assert found["publish:INC-2026-0042"].text.startswith("✅ INC-2026-0042 is published.")


def test_in_review_is_settled_for_the_review_and_not_for_the_publication():
    found = said(day="2026-11-04", status="in-review")

    assert {key: notice.fresh for key, notice in found.items()} == {
        "review:INC-2026-0042": False,
        "publish:INC-2026-0042": True,
    }


def test_long_missed_days_are_the_trackers_to_show():
    assert said(day="2026-01-04") == {}


def test_holidays_and_the_policy_are_heeded():
    known = replace(settings(), policy=Policy(holidays=(date(2026, 11, 5),), default={"published": None}))
    found = said(date(2026, 11, 12), known, day="2026-11-04")

    assert found["review:INC-2026-0042"].text.startswith("🗓️ The review of INC-2026-0042 is due today.")
    assert list(found) == ["review:INC-2026-0042"]
    none = replace(settings(), policy=Policy(default={"published": None, "review": None}))
    assert said(TODAY, none, day="2026-11-04") == {}


def test_a_restricted_one_says_its_id_and_nothing_else():
    found = said(day="2026-11-04", audience="restricted", title="CANARY").values()

    assert {notice.to for notice in found} == {"jane.smith"}
    assert {notice.text for notice in found} == {
        "🔒 INC-2026-0042: please look into the document. It is restricted, so nothing more is said here."
    }
    assert all("CANARY" not in words(notice) and "SEV1" not in words(notice) for notice in found)


def test_an_incident_that_is_not_over_has_no_deadline():
    plain = doc()
    one = NoticeSubject(replace(plain, postmortem=replace(plain.postmortem, resolved=None)), settings())

    assert list(reminders(one, TODAY + timedelta(days=9))) == []
