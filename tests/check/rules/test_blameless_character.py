"""Words that judge a person; the same words about software and plans are fine."""

import pytest

from tests.check.blameless_sample import hits, named


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Due to carelessness it was set.", "carelessness"),
        ("The negligent operator left.", "negligent"),
        ("It was sloppy work.", "sloppy"),
        ("It shows a lack of discipline.", "lack of discipline"),
        ("A lazy developer copied it.", "lazy developer"),
        ("The engineer was too lazy to test it.", "The engineer was too lazy"),
        ("It was down to his inexperience.", "his inexperience"),
        ("Poor judgement made it worse.", "Poor judgement"),
    ],
)
def test_a_character_is_judged(text, words):
    assert named("character", text) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "Images are lazy-loaded.",
        "Lazy loading hid it.",
        "The lazy initialiser ran late.",
        "A sloppy quorum accepted the write.",
        "The effect was negligible.",
        "The engineer was not careless.",
        "The naive estimate was 40 seconds.",
        "There was a lack of alerts.",
        "The network lacked capacity.",
        "Care was taken that no data was lost.",
    ],
)
def test_nobody_is_judged(text):
    assert hits("character", text) == []


def test_the_message_and_the_question():
    (hit,) = hits("character", "Due to carelessness, the wrong flag was set.")

    assert hit.message == "“carelessness” judges a character, and a character cannot be changed by an action item."
    assert hit.hint == "What would have shown that the value was wrong before it took effect everywhere?"
