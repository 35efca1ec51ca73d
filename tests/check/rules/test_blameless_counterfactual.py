"""What a person should have done is a wish; what a system should have done, or a person should have had, is a finding."""

import pytest

from tests.check.blameless_sample import hits, named


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The on-call engineer should have noticed it.", "The on-call engineer should have noticed"),
        ("The DBA should really not have restarted it.", "The DBA should really not have restarted"),
        ("Mia could have prevented it.", "Mia could have prevented"),
        ("The tester ought to have asked.", "The tester ought to have asked"),
        ("A more careful engineer would have seen it.", "A more careful engineer would have seen"),
        ("The operator should have read the runbook.", "The operator should have read"),
        ("He should have been watching the queue.", "He should have been watching"),
        ("The reviewer was supposed to run the tests.", "The reviewer was supposed to run"),
        ("It was the technician's job to check the fuse.", "the technician's job to"),
        ("If the operator had read the runbook, all would be well.", "If the operator had read"),
        ("Had the engineer on duty asked, all would be well.", "Had the engineer on duty asked"),
        ("If only we had tested it.", "If only we had tested"),
        ("It would not have happened had Tom looked.", "had Tom looked"),
        ("The team should have tested it.", "The team should have tested"),
    ],
)
def test_a_wish_about_a_person(text, words):
    assert named("counterfactual", text) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "The health check should have failed.",
        "The operator should have restarted the pod.",
        "The engineer should have been paged.",
        "The engineer should have been able to stop it.",
        "Each engineer should have read access to the logs.",
        "Developers should have limited rights.",
        "We should have used a wider column.",
        "The engineer could not have known it.",
        "Somebody with the link could have read the file.",
        "The engineer would have needed a second account.",
        "If the alert had fired, the engineer would have seen it.",
        "If the engineer had had access, it would have taken less time.",
        "If the responder had been paged earlier, it would have taken less time.",
        "The job was supposed to run at night.",
        "The commander was supposed to be on leave.",
        "If the engineer restarts the pod, it fails.",
    ],
)
def test_nothing_is_wished_of_a_person(text):
    assert hits("counterfactual", text) == []


def test_the_message_and_the_question():
    (hit,) = hits("counterfactual", "The on-call engineer should have noticed the alert.")

    assert hit.message == "“The on-call engineer should have noticed” tells what did not happen instead of what did."
    assert hit.hint == "How visible was the signal from where people looked, and what would have made it stand out?"
