"""Remedies that ask people to be without slips; remedies that change the system are what we want."""

import pytest

from tests.check.blameless_sample import hits, named

DOCUMENT = "# A day\n\n## Resolution\n\n{}\n\n## Action items\n\n{}\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- Be more careful with flags", "Be more careful"),
        ("We need to be more careful with flags.", "We need to be more careful"),
        ("Engineers must pay more attention.", "Engineers must pay more attention"),
        ("We asked Dave to be more careful.", "We asked Dave to be more careful"),
        ("Everyone should double-check the region.", "Everyone should double-check"),
        ("Developers need to take more care.", "Developers need to take more care"),
        ("- Review plans more carefully", "Review plans more carefully"),
        ("- Remind the developer of the rule", "Remind the developer"),
        ("The operator needs to be retrained.", "The operator needs to be retrained"),
        ("The clerk was reprimanded.", "The clerk was reprimanded"),
        ("The clerk got a written warning.", "written warning"),
    ],
)
def test_people_are_to_try_harder(text, words):
    assert named("remedy", text) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "Support was careful to say so.",
        "The rollout has to be more cautious.",
        "Make the tool double-check the account.",
        "Remind owners automatically 30 days before.",
        "A bot reminds the on-call engineer.",
        "The runbook reminded the engineer to pause the queue.",
        "Train the model again.",
        "We trained the support team on the new tool.",
        "We double-checked the figures.",
        "The engineer paid attention to the graph.",
        "Be careful: the command deletes all data.",
    ],
)
def test_nobody_is_asked_to(text):
    assert hits("remedy", text) == []


def test_a_step_of_the_work_is_no_remedy():
    step = "- Double-check the region"

    assert [hit.line for hit in hits("remedy", DOCUMENT.format(step, step))] == [9]


def test_the_messages_and_the_questions():
    (careful,) = hits("remedy", "Be more careful with flags.")
    (retrained,) = hits("remedy", "The operator needs to be retrained.")

    assert careful.message == "“Be more careful” asks people to be without slips."
    assert careful.hint.startswith("Attention runs out at three in the morning.")
    assert retrained.message.endswith("works on a person, and the place stays as it was.")
    assert retrained.hint == "What will the next person meet in the same place, and which part of it can we change?"
