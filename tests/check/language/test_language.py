"""Prose is found where people wrote it, on the line where they wrote it, and nowhere else."""

import time

import pytest

from generator.check.language import Prose
from generator.check.language.grammar import SubjectKind
from generator.check.language.people import Reader
from generator.document.parse import parse
from tests.check.blameless_sample import PEOPLE, named

WORDS = "John forgot to renew it."


def texts(text: str) -> list[str]:
    prose = Prose(parse(text))
    return [sentence.text for block in prose.blocks for sentence in prose._sentences(*block)]


@pytest.mark.parametrize(
    "text",
    [
        WORDS,
        f"# {WORDS}\n",
        f"- {WORDS}\n",
        f"3. [ ] {WORDS}\n",
        f"- an item\n\n    {WORDS}\n",
        f"!!! note\n    {WORDS}\n",
        "**John** forgot\nto _renew_ it.\n",
        "John\r\nforgot to\r\n  renew it.\r\n",
        "[John](https://example.com/people/john) forgot to renew it.[^1]\n",
        f"---\ntitle: A day\n---\n\n{WORDS}\n",
        f"| Time | Event |\n|---|---|\n| 10:00 | {WORDS} |\n",
        f"> quoted\n\n{WORDS}\n",
        f"<b>{WORDS}</b>\n",
    ],
)
def test_prose_is_read(text):
    assert named("person-fault", text) == ["John forgot to"]


@pytest.mark.parametrize(
    "text",
    [
        f"```\n{WORDS}\n```\n",
        f"Text.\n\n    {WORDS}\n",
        f"`{WORDS}`\n",
        f"``a ` b {WORDS}``\n",
        f"> {WORDS}\n",
        f"> A quotation that goes on\n{WORDS}\n",
        f'A customer wrote: "{WORDS}"\n',
        f"A customer wrote: “{WORDS}”\n",
        f"<!-- {WORDS} -->\n",
        f"---\ntitle: {WORDS}\n---\n\nText.\n",
        "[See here](https://example.com/john-forgot-to-renew-it)\n",
        "![John forgot to renew it](graph.png)\n",
        "[note]: https://example.com 'John forgot to renew it'\n",
        f"| Time | Event | Source |\n|---|---|---|\n| 10:00 | Renewed | {WORDS} |\n",
        f"| {WORDS} | Event |\n|---|---|\n| 10:00 | Renewed |\n",
        "`John` forgot to renew it.\n",
    ],
)
def test_what_is_no_prose_of_the_author_is_not_read(text):
    assert named("person-fault", text) == []


def test_sentences_end_at_their_mark_and_not_at_an_abbreviation():
    assert texts("The pods, e.g. Redis, failed. Dr. Smith called at 10.30 a.m. Then all was well! Was it? Yes.\n") == [
        "The pods, e.g. Redis, failed.",
        "Dr. Smith called at 10.30 a.m.",
        "Then all was well!",
        "Was it?",
        "Yes.",
    ]


def test_the_line_is_that_of_the_words_whatever_stands_before_them():
    text = "# A\n\nThe first line\ngoes on. The **on-call\n   engineer** forgot\nto look. All is well.\n"
    prose = Prose(parse(text))
    (sentence,) = prose.sentences_with(("forg",))

    assert sentence.text == "The on-call engineer forgot to look."
    assert [sentence.line_at(sentence.text.index(word)) for word in ("The", "engineer", "to look")] == [4, 5, 6]


def test_another_language_is_not_judged():
    assert named("human-error", "Der Ausfall war die Folge von human error und nicht von der Technik.") == []
    assert named("human-error", "L'incident est dû à une human error dans la console.") == []


@pytest.mark.parametrize(
    ("sentence", "kind", "words"),
    [
        ("The on-call engineer FAILED.", SubjectKind.PERSON, "The on-call engineer"),
        ("A very junior developer had never really FAILED.", SubjectKind.PERSON, "A very junior developer"),
        ("Developer X FAILED.", SubjectKind.PERSON, "Developer X"),
        ("Jane Smith FAILED.", SubjectKind.PERSON, "Jane Smith"),
        ("At 10:02, Priya FAILED.", SubjectKind.PERSON, "Priya"),
        ("@kim-2 FAILED.", SubjectKind.PERSON, "@kim-2"),
        ("Dr. Osei FAILED.", SubjectKind.PERSON, "Dr. Osei"),
        ("Yesterday Kwabena FAILED.", SubjectKind.PERSON, "Kwabena"),
        ("In the night ravi.patel FAILED.", SubjectKind.PERSON, "ravi.patel"),
        ("John, our DBA, FAILED.", SubjectKind.PERSON, "John"),
        ("Alice (payments) FAILED.", SubjectKind.PERSON, "Alice"),
        ("The engineer on duty FAILED.", SubjectKind.PERSON, "The engineer"),
        ("The engineer who had merged the change FAILED.", SubjectKind.PERSON, "The engineer"),
        ("The engineer looked at the graph and FAILED.", SubjectKind.PERSON, "The engineer"),
        ("A member of the platform team FAILED.", SubjectKind.PERSON, "A member"),
        ("It was the technician who FAILED.", SubjectKind.PERSON, "the technician"),
        ("One of the engineers FAILED.", SubjectKind.PERSON, "the engineers"),
        ("Two engineers were there, but they FAILED.", SubjectKind.PERSON, "they"),
        ("None of the reviewers FAILED.", SubjectKind.NOBODY, "the reviewers"),
        ("No one FAILED.", SubjectKind.NOBODY, "No one"),
        ("The database team FAILED.", SubjectKind.GROUP, "The database team"),
        ("The operator FAILED.", SubjectKind.SHARED, "The operator"),
        ("An operator FAILED.", SubjectKind.PERSON, "An operator"),
        ("We FAILED.", SubjectKind.WE, "We"),
        ("The vendor FAILED.", SubjectKind.COMPANY, "The vendor"),
        ("Quillon FAILED.", SubjectKind.STRANGER, "Quillon"),
    ],
)
def test_a_person_before_a_verb_is_seen(sentence, kind, words):
    agent = subject(sentence)

    assert agent is not None
    assert (agent.kind, sentence[agent.start : agent.end]) == (kind, words)


@pytest.mark.parametrize(
    "sentence",
    [
        "The deploy FAILED.",
        "GitHub FAILED.",
        "The engineer's script FAILED.",
        "The developer portal FAILED.",
        "The Kubernetes operator FAILED.",
        "The monitoring agent FAILED.",
        "The package manager FAILED.",
        "The page sent to the engineer FAILED.",
        "The script written by an intern FAILED.",
        "The engineer restarted the pods, which FAILED.",
        "The engineer restarted the pod and it FAILED.",
        "The engineer on call saw that the job FAILED.",
        "After the engineer had left, the scheduler looked up and FAILED.",
        "Customers who FAILED.",
        "The pods ran until they FAILED.",
        "`engineer` FAILED.",
        "FAILED.",
    ],
)
def test_what_is_not_plainly_a_person_is_none(sentence):
    assert subject(sentence) is None


def subject(text):
    prose = Prose(parse(text))
    (sentence,) = prose._sentences(*prose.blocks[-1])
    return Reader(PEOPLE).subject(sentence, sentence.text.index("FAILED"))


@pytest.mark.parametrize(
    "piece",
    ["they forgot ", "if had ", "human error ", "John deleted a b c wrong ", "was accidentally deleted by ", "` `` ", "[a](", "_x", "“a ",
     "without a a test ", "İ forgot ", "the team should have been ", "- forgot\n", "'s error ", "be more careful ", "{#", "<a", "![a]("],
)  # fmt: skip
def test_ten_times_the_text_takes_about_ten_times_as_long(piece):
    def seconds(size):
        parsed = parse(piece * (size // len(piece)))
        start = time.process_time()
        for rule in ("human-error", "counterfactual", "person-fault", "character", "blame", "remedy", "hindsight"):
            named(rule, parsed.text)
        return time.process_time() - start

    seconds(1_000)
    assert seconds(100_000) < 0.5 + 30 * seconds(10_000)
