"""Three-way merge: one side changed, that side wins; both did, nobody does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.sync.plan.base import Base, Pair, PushedText, from_property, to_property
from generator.sync.plan.merge import MergeVerdict, merge, merge_status, stale

VALUES = st.sampled_from(["", "a", "b", "c"])
PAIRS = st.none() | st.builds(Pair, VALUES, VALUES)


@pytest.mark.parametrize(
    ("ours", "theirs", "base", "verdict"),
    [
        ("a", "a", Pair("b", "b"), MergeVerdict.SAME),
        ("b", "a", Pair("a", "a"), MergeVerdict.PUSH),
        ("a", "b", Pair("a", "a"), MergeVerdict.PULL),
        ("b", "c", Pair("a", "a"), MergeVerdict.CONFLICT),
        ("", "b", None, MergeVerdict.PULL),
        ("a", "", None, MergeVerdict.PUSH),
        ("a", "b", None, MergeVerdict.CONFLICT),
        ("", "", None, MergeVerdict.SAME),
        # The other side's "b" was taken over, but the file with it was never committed: it is taken over again.
        ("a", "b", Pair("a", "b"), MergeVerdict.PULL),
        # It was committed, and then each side went on.
        ("c", "b", Pair("a", "b"), MergeVerdict.PUSH),
        ("b", "c", Pair("a", "b"), MergeVerdict.PULL),
        ("c", "d", Pair("a", "b"), MergeVerdict.CONFLICT),
    ],
)
def test_who_changed_a_value_since_both_sides_last_met_decides(ours, theirs, base, verdict):
    assert merge(ours, theirs, base) is verdict


@given(VALUES, VALUES, PAIRS)
def test_a_change_that_only_the_file_has_is_never_overwritten(ours, theirs, base):
    if base and ours not in {base.ours, base.theirs}:
        assert merge(ours, theirs, base) is not MergeVerdict.PULL


@given(VALUES, VALUES, PAIRS)
def test_a_change_that_only_the_other_side_has_is_never_overwritten(ours, theirs, base):
    if base and theirs != base.theirs:
        assert merge(ours, theirs, base) is not MergeVerdict.PUSH


@given(VALUES, VALUES, PAIRS)
def test_after_what_was_decided_is_done_nothing_is_left_to_do(ours, theirs, base):
    verdict = merge(ours, theirs, base)
    if verdict is MergeVerdict.PUSH:
        after = (ours, ours, Pair(ours, ours))
    elif verdict is MergeVerdict.PULL:
        after = (theirs, theirs, Pair(ours, theirs))
    else:
        return

    assert merge(*after) is MergeVerdict.SAME
    assert not stale(*after)


@given(VALUES, VALUES, PAIRS)
def test_a_status_is_never_pushed(ours, theirs, base):
    assert merge_status(ours, theirs, base) is not MergeVerdict.PUSH


def test_a_status_that_moved_in_the_tracker_wins_over_the_file():
    assert merge_status("open", "completed", Pair("in progress", "in progress")) is MergeVerdict.PULL
    assert merge_status("completed", "open", Pair("open", "open")) is MergeVerdict.CONFLICT


@given(
    st.builds(
        Base,
        st.text(min_size=1, max_size=20),
        st.none() | st.integers(0, 999),
        st.dictionaries(st.sampled_from(["summary", "due", "assignee", "status"]), st.builds(Pair, VALUES, VALUES)),
        st.dictionaries(st.text(max_size=9), st.builds(PushedText, VALUES, VALUES), max_size=3),
        st.lists(st.text(max_size=9), max_size=3).map(tuple),
        st.text(max_size=9),
        st.text(max_size=9),
        st.text(max_size=9),
        st.dictionaries(st.text(max_size=9), st.text(max_size=9), max_size=3),
        st.booleans(),
    )
)
def test_a_base_survives_being_stored(base):
    assert from_property(to_property(base)) == base


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["v", "id", "item", "values", "texts", "labels", "who", "summary", "own"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(_JSON)
def test_whatever_somebody_wrote_into_the_property_is_read_or_refused(value):
    found = from_property(value)

    assert found is None or found == from_property(to_property(found))
