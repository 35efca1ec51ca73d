"""The lines that a change touches."""

from hypothesis import given
from hypothesis import strategies as st

from generator.check.rules.changes import changed_lines


def test_changed_and_added_lines_count_and_removed_ones_leave_no_trace():
    before = "a\nb\nc\nd\n"

    assert changed_lines(before, "a\nB\nc\nd\n") == {2}
    assert changed_lines(before, "a\nb\nnew\nc\nd\n") == {3}
    assert changed_lines(before, "a\nd\n") == frozenset()
    assert changed_lines(before, before) == frozenset()
    assert changed_lines("", "a\nb") == {1, 2}


def test_a_section_that_moved_counts_where_it_stands_now():
    assert changed_lines("1\n2\n3\n4\n5\n6\n", "4\n5\n6\n1\n2\n3\n") in ({1, 2, 3}, {4, 5, 6}, {4, 5, 6, 7})


def test_line_endings_make_no_difference():
    assert changed_lines("a\nb\n", "a\r\nb\r\n") == frozenset()


def test_texts_too_large_to_compare_count_from_the_first_to_the_last_change():
    before = "".join(f"{n}\n" for n in range(5000))
    after = before.replace("\n1000\n", "\nx\n").replace("\n4000\n", "\ny\n")

    assert {1001, 4001} <= changed_lines(before, after) <= set(range(1001, 4002))


@given(st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abc"), max_size=12))
def test_lines_that_are_not_named_stand_in_both_texts_in_the_same_order(before, after):
    named = changed_lines("\n".join(before), "\n".join(after))
    kept = [line for number, line in enumerate("\n".join(after).split("\n"), 1) if number not in named]
    remaining = iter("\n".join(before).split("\n"))

    assert all(line in remaining for line in kept)
