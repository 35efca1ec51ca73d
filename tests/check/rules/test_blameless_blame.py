"""Blame, fault and guilt of people and firms; a query may be the culprit, and DNS to blame."""

import pytest

from tests.check.blameless_sample import hits, named


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Jane is at fault.", "Jane is at fault"),
        ("The network team is to blame.", "The network team is to blame"),
        ("The vendor was to blame.", "The vendor was to blame"),
        ("Management blamed the on-call engineer.", "blamed the on-call engineer"),
        ("The blame lies with Tom.", "blame lies with Tom"),
        ("The culprit was a developer.", "culprit was a developer"),
        ("It is the engineer's fault.", "the engineer's fault"),
        ("The engineer responsible for the outage was found.", "The engineer responsible for the outage"),
        ("Dmitri was responsible for the data loss.", "Dmitri was responsible for the data loss"),
        ("We asked who broke the build.", "asked who broke"),
    ],
)
def test_somebody_is_blamed(text, words):
    assert named("blame", text) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "DNS was to blame.",
        "The power supply was at fault.",
        "The culprit was a missing index.",
        "No one is to blame.",
        "We do not blame the engineer.",
        "By git blame we found the commit.",
        "It is not the engineer's fault.",
        "A ground fault tripped the breaker.",
        "The team is responsible for the gateway.",
        "The incident commander is responsible for the incident.",
        "Jane was responsible for communication during the incident.",
        "The bug responsible for the outage is fixed.",
        "This is a blameless report.",
    ],
)
def test_nobody_is(text):
    assert hits("blame", text) == []


def test_the_message_and_the_question():
    (hit,) = hits("blame", "Jane is at fault for the failed release.")

    assert hit.message == "“Jane is at fault” looks for the guilty; the page is to look for the cause."
    assert (
        hit.hint == "What let the change go out to everybody at once, and what would have stopped it at one per cent?"
    )
