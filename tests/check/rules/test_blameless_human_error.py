"""“Human error” ends a search for causes; speaking of slips in general does not."""

import pytest

from tests.check.blameless_sample import hits, named


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It was caused by human error.", "human error"),
        ("- Operator error", "Operator error"),
        ("Root cause: fat-finger mistake.", "fat-finger mistake"),
        ("The reason was a mistake by the night operator.", "mistake by the night operator"),
        ("It was due to an oversight on the part of Jane Smith.", "oversight on the part of Jane Smith"),
        ("The developer's mistake cost an hour.", "The developer's mistake"),
        ("The outage was due to user error.", "user error"),
        ("The disk ran out of space because of human error.", "human error"),
        ("The removal of the host was due to human error.", "human error"),
    ],
)
def test_it_stands_as_a_cause(text, words):
    assert named("human-error", text) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "It was not caused by human error.",
        "Human error is never the cause.",
        "This was a flaw of the form rather than human error.",
        "At first we assumed user error.",
        "We initially thought that it was caused by operator error.",
        "The form leaves room for human error.",
        "The guard prevents operator errors.",
        "Step 4 is prone to human error.",
        "The user error rate rose to 4 %.",
        "Most answers were user errors (400).",
        "An error by the compiler went unnoticed.",
        "The server's error was logged.",
    ],
)
def test_it_does_not(text):
    assert hits("human-error", text) == []


def test_the_message_names_it_and_the_hint_asks_further():
    (hit,) = hits("human-error", "Due to human error the wrong flag was set.")

    assert hit.message == "“human error” stands here as a cause, but it is where the questions begin."
    assert hit.hint == "What would have shown that the value was wrong before it took effect everywhere?"
