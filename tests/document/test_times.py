"""When it happened: the best that the document says, and which that was."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.document.parse import parse
from generator.document.times import Basis, Occurrence, earliest, occurrence, order, same_moment

HEAD = "---\nid: INC-2026-0001\ntitle: Checkout errors\nstatus: draft\nseverity: SEV1\n{}---\n\n## Timeline\n\n{}"
ROWS = "| Time | Event |\n|---|---|\n| {} | It began |\n| {} | It went on |\n"
AT = datetime(2026, 3, 15, 14, 32, tzinfo=UTC)


def document(front: str = "", *rows: str) -> object:
    return parse(HEAD.format(front, ROWS.format(*rows) if rows else "")).postmortem


@pytest.mark.parametrize(
    ("front", "rows", "iso", "basis"),
    [
        ("started: 2026-03-15T14:32:00Z\ndetected: 2026-03-15T14:35:00Z\n", (), "2026-03-15T14:32:00Z", "started"),
        ("detected: 2026-03-15T14:35:00Z\nresolved: 2026-03-15T15:00:00Z\n", (), "2026-03-15T14:35:00Z", "detected"),
        ("started: soon\ndetected: 2026-03-15T14:35:00Z\n", (), "2026-03-15T14:35:00Z", "detected"),
        (
            "published: 2026-03-20\n",
            ("2026-03-15 14:38", "2026-03-15 14:50"),
            "2026-03-15T14:38:00Z",
            "timeline",
        ),
        ("", ("2026-03-15 14:50", "2026-03-15 14:38"), "2026-03-15T14:38:00Z", "timeline"),  # newest first
        ("", ("at noon", "2026-03-15 14:50"), "2026-03-15T14:50:00Z", "timeline"),
        ("published: 2026-03-20\n", ("14:38", "14:50"), "2026-03-20", "published"),  # clocks without a day
        ("mitigated: 2026-03-15T15:15:00Z\npublished: 2026-03-20\n", (), "2026-03-15T15:15:00Z", "mitigated"),
        ("resolved: 2026-03-15T23:59:00-05:00\npublished: 2026-03-20\n", (), "2026-03-16T04:59:00Z", "resolved"),
        ("published: 2026-03-20\n", (), "2026-03-20", "published"),
    ],
)
def test_the_best_that_is_there_is_the_answer(front, rows, iso, basis):
    when = occurrence(document(front, *rows))

    assert when is not None
    assert (when.iso, str(when.basis)) == (iso, basis)
    assert when.qualified == (iso if basis == "started" else f"{iso} ({when.qualifier})")
    assert when.begins == (basis in {"started", "detected", "timeline"})


def test_a_document_without_any_time_has_no_answer_and_is_the_oldest():
    nothing = document()

    assert occurrence(nothing) is None
    assert order(nothing) < order(document("started: 0001-01-01T00:00:00Z\n"))


def test_a_day_counts_from_its_first_moment():
    bare = Occurrence(date(2026, 3, 15), None, Basis.PUBLISHED)

    assert bare.timestamp == datetime(2026, 3, 15, tzinfo=UTC).timestamp()


def test_a_start_that_a_person_added_leaves_the_incident_the_same():
    draft = document("detected: 2026-03-15T14:35:00Z\n")
    later = document("started: 2026-03-15T14:32:00Z\ndetected: 2026-03-15T14:35:00Z\n")

    assert same_moment(draft, later)
    assert not same_moment(draft, document("detected: 2026-03-15T14:36:00Z\n"))
    assert not same_moment(
        document("published: 2026-03-20\n"), document("published: 2026-03-20\n")
    )  # a day is not enough


moments = st.none() | st.timedeltas(timedelta(-400), timedelta(400)).map(lambda distance: AT + distance)


evidence = st.fixed_dictionaries(
    {
        "started": moments,
        "detected": moments,
        "timeline": st.lists(moments, max_size=4),
        "mitigated": moments,
        "resolved": moments,
        "published": st.none() | st.dates(),
    }
)


@given(evidence)
def test_what_is_worse_never_wins_over_what_is_better(evidence):
    when = earliest(**evidence)

    first = min((at for at in evidence["timeline"] if at), default=None)
    best = {str(basis): evidence[basis] if basis is not Basis.TIMELINE else first for basis in Basis}
    there = [(name, value) for name, value in best.items() if value is not None]
    assert (when is None) == (not there)
    if when is not None:
        assert (str(when.basis), when.at or when.day) == there[0]
