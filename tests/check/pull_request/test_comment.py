"""The comment says what is left, by when, and stays within what GitHub takes."""

from hypothesis import given

from generator.check.pull_request import comment, line_comments
from generator.check.pull_request.comment import LONGEST, MARKER
from generator.check.pull_request.line_comments import mark_of, note
from generator.check.pull_request.model import ChangedPostmortem, Item, Review, Similar, Suggestion, When
from tests.check.pull_request.test_reading import PATH, item, reviews

SUBJECT = ChangedPostmortem(PATH, "INC-2026-0042", "Checkout errors", "draft")
SUGGESTION = Suggestion(PATH, 34, "It was human error.", "TODO: why?", "“human error” is no cause.")


def link(path: str, line: int) -> str:
    return f"https://github.com/o/r/blob/main/{path}" + (f"#L{line}" if line else "")


def body(*items: Item, **other: object) -> str:
    return comment.body(Review((SUBJECT,), items, **other), link)


def test_it_says_what_is_left_before_the_review_and_before_publishing():
    text = body(item(), item(line=9, when=When.PUBLISH, message="No lucky section"), item(when=When.ADVICE))

    assert text.startswith(MARKER)
    assert f"**Before the review** (1)\n\n- [Line 3]({link(PATH, 3)}): M (`todo`)" in text
    assert "<details><summary><b>Before it is published</b> (1)</summary>\n\n- [Line 9]" in text
    assert "1 piece of advice" in text


def test_nothing_left_is_said_as_well():
    assert "Before the review: nothing is left to do." in body()


def test_a_pull_request_without_postmortems_says_so():
    assert "changes no postmortem" in comment.body(Review(), link)


def test_a_published_document_has_no_review_before_it():
    published = ChangedPostmortem(PATH, "INC-1", "T", "published")

    assert "Before the review" not in comment.body(Review((published,)), link)


def test_suggestions_that_stand_at_their_lines_are_only_counted():
    found = Review((SUBJECT,), (), (SUGGESTION,))

    assert "- before: `It was human error.`\n- after: `TODO: why?`" in comment.body(found, link)
    posted = comment.body(found, link, posted=[SUGGESTION])
    assert "1 suggestion stands at the changed lines" in posted
    assert "before:" not in posted


def test_similar_earlier_ones_are_linked_once():
    one = Similar(PATH, "postmortems/2025/x.md", "INC-2025-0001", "Earlier", "2025-03-01", "SEV2")

    text = body(similar=(one, one))

    assert text.count("postmortems/2025/x.md") == 1
    assert "(SEV2, 2025\\-03\\-01)" in text


def test_very_much_is_cut_and_says_so():
    text = body(*(item(line=at, message="word " * 150) for at in range(1, 900)))

    assert len(text) <= LONGEST
    assert "… and 859 more" in text


@given(reviews)
def test_any_review_fits_and_has_one_mark(found):
    text = comment.body(found, link)

    assert len(text) <= LONGEST
    assert text.startswith(f"{MARKER}\n")
    assert text.count("<!-- postmortem:review -->") == 1 + sum(
        "<!-- postmortem:review -->" in one.before + one.after for one in found.suggestions
    )


def test_a_suggestion_keeps_its_mark_when_its_line_moves():
    moved = Suggestion(PATH, 99, SUGGESTION.before, SUGGESTION.after, "other words")

    assert mark_of(moved) == mark_of(SUGGESTION)
    assert line_comments.SUGGESTION.match(note(moved))[1] == mark_of(SUGGESTION)


def test_a_suggestion_with_a_fence_in_it_cannot_end_its_block():
    text = note(Suggestion(PATH, 1, "a", "```` @team", "why"))

    assert text.endswith("`````suggestion\n```` @team\n`````\n")
