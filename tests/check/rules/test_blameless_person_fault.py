"""A person as the subject of a failing verb; machines may fail, and people may act."""

import pytest

from tests.check.blameless_sample import hits, named


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("John forgot to renew it.", "John forgot to"),
        ("Quillon forgot to renew it.", "Quillon forgot to"),
        ("ravi.patel overlooked it.", "ravi.patel overlooked"),
        ("The engineer, alone at night, misread the gauge.", "The engineer, alone at night, misread"),
        ("The engineer who ran it lost track.", "The engineer who ran it lost track"),
        ("The operator ignored two alarms.", "The operator ignored"),
        ("The tester skipped the review.", "The tester skipped"),
        ("An intern broke production.", "An intern broke"),
        ("The admin took down the whole site.", "The admin took down the whole site"),
        ("Kim caused the outage.", "Kim caused the outage"),
        ("The on-call failed to acknowledge it.", "The on-call failed to acknowledge"),
        ("The storage team failed to test it.", "The storage team failed to test"),
        ("She didn't even read it.", "She didn't even read"),
        ("The contractor had never tested it.", "The contractor had never tested"),
        ("Nobody bothered to look.", "Nobody bothered"),
        ("None of the reviewers spotted it.", "None of the reviewers spotted"),
        ("The developer accidentally dropped it.", "The developer accidentally dropped"),
        ("Someone pushed an untested change.", "Someone pushed an untested"),
        ("Tom ran the script in the wrong window.", "Tom ran the script in the wrong"),
        ("The clerk pasted the password into a public channel.", "The clerk pasted"),
        ("Mei left the port open.", "Mei left the port open"),
        ("Alice deployed it without approval.", "Alice deployed it without approval"),
        ("The engineer removed the host by mistake.", "The engineer removed the host by mistake"),
        ("It was accidentally deleted by an engineer.", "accidentally deleted by an engineer"),
        ("The bug was introduced by Anna.", "bug was introduced by Anna"),
        ("The failure of the reviewer to ask made it worse.", "failure of the reviewer"),
        ("Why did the engineer not ask?", "Why did the engineer not ask"),
        ("The clerk's refusal to call cost an hour.", "The clerk's refusal to"),
    ],
)
def test_a_person_is_made_the_cause(text, words):
    (found,) = hits("person-fault", text)

    assert found.message == f"“{' '.join(named('person-fault', text))}” makes a person the cause."
    assert words in found.message or words.split()[-1] in found.message


@pytest.mark.parametrize(
    "text",
    [
        "Redis forgot its offset.",
        "The Kubernetes operator failed to check the custom resource.",
        "The operator failed to read the custom resource.",
        "The scheduler failed to evict pods.",
        "Users forgot their password.",
        "Employees failed to log in.",
        "The engineer failed to reproduce it.",
        "The engineer did not see it, and did not know of it.",
        "The engineer did not check the replica because the runbook does not name it.",
        "Nobody noticed the drop.",
        "Mei broke the work into four steps.",
        "Peter reverted the bad config.",
        "Peter deployed a fix for the broken config.",
        "Kim took down the notice.",
        "The bot deployed it without approval.",
        "Engineers can deploy without approval.",
        "Developers were allowed to deploy without approval.",
        "The form lets an engineer delete it without confirmation.",
        "The engineer deployed it without downtime.",
        "The script accidentally deleted the volume.",
        "It was reverted by an engineer.",
        "The page was triggered by Tom.",
        "It was caused by the engineer's laptop being offline.",
        "We forgot to renew it.",
        "The wrong disk was replaced.",
        "Jane rolled back the release at 14:05.",
    ],
)
def test_nobody_is(text):
    assert hits("person-fault", text) == []


def test_a_sentence_gives_one_finding():
    assert len(hits("person-fault", "John forgot to test it, ignored the alarm and deployed it without approval.")) == 1
