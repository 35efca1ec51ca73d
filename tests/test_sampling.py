"""A sample of a sweep leaves out cases, and never a kind of case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import sampling

CASES = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["before", "after"])), max_size=60)


@pytest.fixture(autouse=True)
def sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sampling._options, "all", False)


@pytest.mark.parametrize("share", [0, 0.3, 1])
def test_every_kind_is_there_and_the_share_and_the_order(share: float):
    @given(CASES)
    def check(cases: list[tuple[str, str]]) -> None:
        numbered = list(enumerate(cases))
        taken = sampling.sample(numbered, lambda one: one[1], share=share)

        assert {kind for _, case in taken for kind in case} == {kind for case in cases for kind in case}
        assert len(taken) >= round(share * len(cases))
        assert taken == sorted(set(taken))
        assert taken == sampling.sample(numbered, lambda one: one[1], share=share)

    check()


def test_of_many_alike_most_are_left_out_and_with_all_none(monkeypatch: pytest.MonkeyPatch):
    cases = list(range(100))

    assert len(sampling.sample(cases, lambda _: ["the same"])) == 1
    monkeypatch.setitem(sampling._options, "all", True)
    assert sampling.sample(cases, lambda _: ["the same"]) == cases


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        ("/rest/api/3/issue/OPS-12/transitions", "PUT /rest/api/3/issue/*/transitions"),
        ("/repos/fernway-example/checkout/issues/7", "PUT /repos/fernway-example/checkout/issues/*"),
        ("/rest/api/2/search", "PUT /rest/api/2/search"),
    ],
)
def test_a_kind_of_request_has_no_numbers_of_what_it_is_about(path: str, pattern: str):
    assert sampling.pattern("PUT", path) == pattern
