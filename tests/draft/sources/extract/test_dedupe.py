"""Several deliveries about one incident are one incident."""

from datetime import UTC, datetime, timedelta

from generator.draft.incident import Event, Incident
from generator.draft.sources.extract.dedupe import in_order, together

NOON = datetime(2026, 3, 15, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_the_later_delivery_knows_better_but_does_not_move_the_beginning():
    first = Incident("Tool", ref="1", title="x", status="open", started=NOON, tags=("a",))
    second = Incident(
        "Tool", ref="1", title="y", status="resolved", started=NOON + HOUR, resolved=NOON + HOUR, tags=("a", "b")
    )

    (found,) = together([first, second])

    assert (found.title, found.status, found.started, found.resolved) == ("y", "resolved", NOON, NOON + HOUR)
    assert found.tags == ("a", "b")


def test_an_incident_that_was_reopened_is_not_resolved():
    closed = Incident("Tool", ref="1", title="x", status="resolved", resolved=NOON)
    reopened = Incident("Tool", ref="1", title="x", status="open")

    assert together([closed, reopened])[0].resolved is None


def test_incidents_with_other_refs_or_without_any_stay_apart():
    found = together(
        [
            Incident("Tool", ref="1", title="x"),
            Incident("Tool", ref="2", title="x"),
            Incident("Tool", title="x"),
            Incident("Tool", title="x"),
        ]
    )

    assert len(found) == 4


def test_everything_partial_is_one_partial_incident():
    events = [Event(NOON + HOUR, "b", "Tool", uid="2"), Event(NOON, "a", "Tool", uid="1")]

    (found,) = together(Incident("Tool", events=(event,)) for event in events)

    assert found.partial
    assert [event.text for event in found.events] == ["a", "b"]


def test_an_event_told_twice_is_one():
    again = [
        Event(NOON, "a", "Tool", uid="1"),
        Event(NOON, "a\n(edited)", "Tool", uid="1"),
        Event(NOON, "b", "Tool"),
        Event(NOON, "b", "Tool"),
    ]

    assert [event.text for event in in_order(again)] == ["a", "b"]
