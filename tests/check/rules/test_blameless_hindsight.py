"""What those say who know the end."""

import pytest

from generator.check.engine import by_id
from generator.document.finding import Level
from tests.check.blameless_sample import hits, named


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It was obvious that the disk would fill up.", "It was obvious that"),
        ("It should have been clear to all.", "should have been clear"),
        ("Anyone could have seen it.", "Anyone could have seen"),
        ("Any engineer would have known.", "Any engineer would have known"),
        ("In hindsight, the engineer should have stopped.", "In hindsight, the engineer should"),
        ("Clearly, the responder should have called.", "Clearly, the responder should"),
    ],
)
def test_the_past_is_made_plain(text, words):
    assert named("hindsight", text) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "It is not obvious which region is active.",
        "The fix seemed obvious enough.",
        "In hindsight, the threshold should have been lower.",
        "At 10:20 it was clear that a rollback would not do.",
        "Anyone can restart the job.",
        "Clearly, the health check should have failed.",
    ],
)
def test_it_is_not(text):
    assert hits("hindsight", text) == []


def test_it_is_never_more_than_advice():
    rule = by_id()["blameless-hindsight"]

    assert {rule.draft, rule.review, rule.published} == {Level.ADVICE}
