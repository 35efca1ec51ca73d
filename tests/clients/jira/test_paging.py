"""Pages are walked to their end, and where there is none that is noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.clients.jira.paging import ResultPage, by_offset, by_token
from generator.errors import RemoteError


def items(*ids):
    return [{"id": str(one)} for one in ids]


def tokens(pages):
    """A list of pages behind tokens 1, 2, 3 ..."""
    return lambda token: pages[int(token or 0)]


@given(st.integers(0, 40), st.integers(1, 7), st.booleans())
def test_every_item_comes_once_whatever_the_size_of_the_pages(count, size, says_last):
    def fetch(token):
        at = int(token or 0)
        last = at + size >= count
        return ResultPage(items(*range(at, min(at + size, count))), None if last else str(at + size), last=last or None)

    def numbered(at):
        return ResultPage(
            items(*range(at, min(at + size, count))), total=None if says_last else count, last=at + size >= count
        )

    assert by_token(fetch, None) == items(*range(count))
    assert by_offset(numbered) == items(*range(count))


def test_a_limit_ends_the_walk():
    asked = []

    def fetch(token):
        asked.append(token)
        at = int(token or 0)
        return ResultPage(items(at, at + 1), str(at + 2), last=False)

    assert by_token(fetch, 3) == items(0, 1, 2)
    assert asked == [None, "2"]
    assert by_offset(lambda at: ResultPage(items(at, at + 1), total=100), 3) == items(0, 1, 2)


def test_what_comes_twice_is_one():
    assert by_token(tokens([ResultPage(items(1, 2), "1"), ResultPage(items(2, 3))]), None) == items(1, 2, 3)


def test_an_empty_page_is_passed_over_but_not_for_ever():
    assert by_token(tokens([ResultPage([], "1"), ResultPage(items(1))]), None) == items(1)
    with pytest.raises(RemoteError, match="circle"):
        by_token(lambda token: ResultPage([], str(int(token or 0) + 1)), None)
    with pytest.raises(RemoteError, match="circle"):
        by_token(lambda token: ResultPage(items(1), str(int(token or 0) + 1)), None)


def test_a_token_that_comes_again_is_a_circle():
    count = iter(range(100))
    with pytest.raises(RemoteError, match="circle"):
        by_token(lambda _: ResultPage(items(next(count)), "again"), None)


def test_more_pages_without_a_way_to_them_is_no_end():
    with pytest.raises(RemoteError, match="nowhere"):
        by_token(tokens([ResultPage(items(1), last=False)]), None)


def test_pages_without_end_are_left():
    with pytest.raises(RemoteError, match="circle"):
        by_token(lambda token: ResultPage(items(token), str(int(token or 0) + 1)), None)
    with pytest.raises(RemoteError, match="again and again"):
        by_offset(lambda at: ResultPage(items(at)))


def test_a_list_that_repeats_its_first_page_is_an_error():
    with pytest.raises(RemoteError, match="again and again"):
        by_offset(lambda at: ResultPage(items(1, 2), total=300))


def test_something_deleted_meanwhile_is_noticed_and_the_list_read_again():
    stored = list(range(250))
    asked = []

    def fetch(at):
        asked.append(at)
        page = ResultPage(items(*stored[at : at + 100]), total=len(stored))
        if len(asked) == 1:
            del stored[5]
        return page

    assert by_offset(fetch) == items(*(one for one in range(250) if one != 5))
    assert asked == [0, 100, 200, 0, 100, 200]


def test_a_count_that_is_wrong_each_time_is_not_believed_twice():
    assert by_offset(lambda at: ResultPage(items(1, 2) if at == 0 else [], total=3)) == items(1, 2)


def test_a_list_that_never_holds_still_is_an_error():
    count = iter(range(1000))
    with pytest.raises(RemoteError, match="changed each time"):
        by_offset(lambda at: ResultPage(items(next(count)) if at == 0 else [], total=9))
