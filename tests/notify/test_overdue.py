"""Overdue action items: one message for each person."""

from datetime import date

from generator.notify.due import NoticeFilter, due
from generator.notify.overdue import overdue
from generator.notify.subject import subjects
from tests.notify.archive import TODAY, doc, settings, words

WEEK = "2026-11-16"


def told(*documents, known=None):
    known = known or settings()
    notices, shortfalls = overdue(subjects(documents, known)[0], known, TODAY)
    return {notice.to: notice for notice in notices}, shortfalls


def row(number, owner, day="2026-11-10", status="open", ticket="", *, action="Size the pool"):
    return f"| {number} | {action} | {owner} | {day} | {status} | {ticket} |\n"


def test_items_of_several_postmortems_are_one_message_grouped_sev1_first():
    found, _ = told(
        doc("INC-2026-0001", severity="SEV3", title="Slow search", rows=row(1, "jane.smith", "2026-10-01")),
        doc(
            "INC-2026-0002",
            severity="SEV1",
            rows=row(1, "@jane.smith") + row(2, "Jane Smith", "2026-11-02", "in progress", "OPS-9"),
        ),
        doc("INC-2026-0003", severity="SEV1", rows=row(1, "ben.carter") + row(2, "jane.smith", "2026-12-01")),
    )
    notice = found["jane.smith"]
    said = words(notice)

    assert set(found) == {"jane.smith", "ben.carter"}
    assert (notice.key, notice.since) == (f"overdue:jane.smith:{WEEK}", date(2026, 11, 16))
    assert notice.text == "⏰ 3 action items of yours are past their day"
    assert said.index("INC-2026-0002") < said.index("INC-2026-0001")
    assert said.index("#2 Size the pool (due Mon 2 Nov 2026) OPS-9") < said.index(
        "#1 Size the pool (due Tue 10 Nov 2026)"
    )
    assert "· SEV3 · Slow search" in said
    assert "INC-2026-0003" not in said


def test_an_item_of_two_people_is_told_to_both():
    found, _ = told(doc(rows=row(1, "jane.smith, ben.carter") + row(2, "ben.carter & li.wei")))

    assert {to: notice.text[:3] for to, notice in found.items()} == {
        "jane.smith": "⏰ 1",
        "ben.carter": "⏰ 2",
        "li.wei": "⏰ 1",
    }


def test_strangers_are_a_shortfall_and_nobodys_items_are_not():
    found, shortfalls = told(doc(rows=row(1, "mona.lisa") + row(2, "mona.lisa") + row(3, "")))

    assert found == {}
    assert [(one.code, "2 overdue items of 'mona.lisa'" in one.message) for one in shortfalls] == [
        ("person-unknown", True)
    ]


def test_a_long_list_is_cut_kindly_and_fits():
    rows = "".join(row(n, "jane.smith", action="<&*> " * 200) for n in range(1, 300))
    found, _ = told(doc(rows=rows))
    notice = found["jane.smith"]

    assert "… and 279 more items: <https://postmortems.fernway.example/actions/|the tracker> shows them all." in words(
        notice
    )
    assert len(notice.blocks) <= 50
    assert all(len(block["text"]["text"]) <= 3000 for block in notice.blocks if "text" in block)
    assert notice.text == "⏰ 299 action items of yours are past their day"


def test_the_owner_of_a_restricted_postmortem_is_told_its_id_and_the_owners_of_its_items_nothing():
    hidden = doc("INC-2026-0050", audience="restricted", title="CANARY", rows=row(1, "ben.carter", action="CANARY") * 2)
    found, _ = told(hidden, doc(rows=row(1, "jane.smith")))
    alone, _ = told(hidden)

    assert set(found) == {"jane.smith"}
    assert "CANARY" not in words(found["jane.smith"]) + words(alone["jane.smith"])
    assert "🔒 INC-2026-0050: please look" in words(found["jane.smith"])
    assert alone["jane.smith"].text.count("INC-2026-0050") == 1


def test_an_action_cannot_mention_anybody():
    found, _ = told(doc(rows=row(1, "jane.smith", action="Tell <!channel> at [here](https://evil.example)")))

    assert "<!channel>" not in words(found["jane.smith"])
    assert "https://evil" not in words(found["jane.smith"])


def test_two_files_with_one_id_are_told_to_nobody():
    notices, shortfalls = due([doc(), doc()], settings(), TODAY, NoticeFilter(overdue=True))

    assert notices == []
    assert [one.code for one in shortfalls] == ["id-twice"]


def test_without_direct_messages_nobody_gets_one():
    notices, _ = due(
        [doc(rows=row(1, "jane.smith"))], settings(direct_messages=False), TODAY, NoticeFilter(overdue=True)
    )

    assert [notice.to for notice in notices if notice.to] == []
