"""The timeline tells the story, and nothing that was said is lost."""

from dataclasses import replace

from generator.draft.incident import Event, EventKind
from generator.draft.people import PeopleFinder
from generator.draft.timeline import timeline
from tests.draft.rich import SETTINGS, at, message, status

PEOPLE = PeopleFinder(SETTINGS)


def told(*events):
    return [entry.event for entry in timeline(events, PEOPLE)[0]]


def test_messages_name_who_said_it_and_changes_who_made_it():
    assert told(message(1, "On it", "U01JANE"), status(2, "Resolved", "PagerDuty", "Jane Smith")) == [
        "Jane Smith: On it",
        "Resolved (Jane Smith)",
    ]


def test_nobody_is_named_twice_and_a_tool_is_no_person():
    assert told(status(2, "Resolved by Jane Smith", "PagerDuty", "Jane Smith")) == ["Resolved by Jane Smith"]
    assert told(status(2, "Resolved", "PagerDuty", "PagerDuty")) == ["Resolved"]


def test_what_people_starred_is_marked_and_links_lead_to_the_source():
    event = replace(message(1, "Rolling back", "Ana", key=True), url="https://chat.example.com/p1")

    assert told(event) == ["★ Ana: Rolling back ([link](https://chat.example.com/p1))"]


def test_a_short_chat_stays_in_the_table():
    rows, chat = timeline([message(n, f"word {n}") for n in range(30)], PEOPLE)

    assert len(rows) == 30
    assert (len(chat), str(chat)) == (0, "")


def test_a_long_chat_is_folded_but_for_what_tells_the_course_of_things():
    talk = [message(n, f"word {n}") for n in range(40)]
    others = [
        message(50, "thanks!", key=True),
        message(51, "We have rolled back payment-service"),
        status(52, "Resolved", "PagerDuty"),
        Event(at(53), "Note", "PagerDuty", EventKind.NOTE),
    ]

    rows, chat = timeline([*talk, *others], PEOPLE)

    assert [row.event for row in rows] == [
        "★ Ana: thanks!",
        "Ana: We have rolled back payment-service",
        "Resolved",
        "Note",
    ]
    assert len(chat) == 40
    assert "<summary>Chat log: 40 more messages</summary>" in str(chat)
    assert all(f"Ana: word {n}\n" in str(chat) for n in range(40))
