"""A file says itself who wrote it and whether somebody edited it since."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.setup.init.marking import marked, plain, split

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=200)


@given(TEXT, st.sampled_from(["README.md", "a.yml", ".gitignore"]))
def test_what_was_marked_is_untouched_and_comes_back(text, path):
    body, mark = split(marked(text, path, "1.2.3"))

    assert (mark.version, mark.untouched) == ("1.2.3", True)
    assert body == plain(text)


@given(TEXT, TEXT)
def test_any_other_text_is_an_edit(text, more):
    written = marked(text, "a.yml", "1.2.3")
    edited = f"{written}{more}"
    _, mark = split(edited)

    assert mark.untouched == (plain(split(edited)[0]) == plain(text))


@pytest.mark.parametrize(
    "change", [lambda t: t.replace("\n", "\r\n"), lambda t: f"\ufeff{t}", lambda t: f"{t}\n\n", str.rstrip]
)
def test_what_git_and_editors_do_to_line_ends_is_no_edit(change):
    _, mark = split(change(marked("a: 1\nb: 2\n", "a.yml", "1.2.3")))

    assert mark.untouched


def test_a_file_without_the_mark_was_not_written_by_us():
    assert split("# postmortem init is a command\n")[1] is None


@pytest.mark.parametrize(("ours", "newer"), [("0.1.0", True), ("0.2.0", False), ("0.10.0", False)])
def test_versions_are_compared_as_numbers(ours, newer):
    _, mark = split(marked("x", "a.yml", "0.2.0"))

    assert mark.newer_than(ours) is newer
