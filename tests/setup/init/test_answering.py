"""Answers are tidied, checked, and written so that they come back as they were given."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.document import archive
from generator.errors import UsageError
from generator.settings.load import data, load
from generator.setup.init.answering import LONGEST, READERS, Answers, answers_of
from generator.setup.init.filling import fill
from generator.setup.init.plan import look, plan
from generator.setup.init.write import carry_out

TRAPS = ["NO", "null", "~", "14:32", "1e3", "0x1F", "# no comment", "a: b", "- x", "'", '"', "\\", "[a, b]", "{x}", "🔥", "&x", "*x", "@me", "`x`", "%", "!tag", "| x", "> x", "? x", "é ñ 漢字", "__URL__", "${{ github.token }}", "-->", "a\u2028b", "-", "=", "true"]  # fmt: skip
WORDS = st.one_of(st.sampled_from(TRAPS), st.text(max_size=60))


def shipped(name):
    return (data("starter") / name).read_text(encoding="utf-8")


def written(answers):
    return fill(shipped("site_config/archive.yml"), answers, repository="example/tool", ref="v1.0.0")


@given(WORDS, WORDS, st.lists(WORDS, max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_words_come_back_from_the_configuration_as_they_were_given(tmp_path_factory, title, service, ranks):
    names = {name.casefold(): name for one in ranks if (name := READERS["title"](one.replace(",", " ")))}
    answers = Answers(
        title=READERS["title"](title),
        service=service if not any(c.isalnum() for c in service) else READERS["service"](service),
        severities=READERS["severities"](",".join(names.values())),
    )
    if not any(character.isalnum() for character in service):
        answers = replace(answers, service="")
    root = tmp_path_factory.mktemp("archive")
    (root / "site_config").mkdir()
    (root / "site_config" / "archive.yml").write_text(written(answers), encoding="utf-8")
    loaded = load(root).settings

    assert loaded.title == answers.title
    assert [one.name for one in loaded.services] == [answers.service] * bool(answers.service)
    assert [one.name for one in loaded.severities] == list(answers.ranks)
    assert answers_of(written(answers)) == answers


@given(WORDS)
def test_a_title_that_is_one_line_is_kept_to_the_character(title):
    kept = " ".join(title.split())
    if kept.isprintable() and kept:
        assert READERS["title"](title) == kept


@pytest.mark.parametrize("trap", TRAPS)
def test_the_example_has_the_service_and_severity_that_were_answered(tmp_path, trap):
    answers = Answers(
        service=READERS["service"](trap) if any(map(str.isalnum, trap)) else "x", severities=(trap.replace(",", " "),)
    )
    name = "postmortems/2025/INC-2025-0001-example-expired-certificate.md"
    (tmp_path / "2025").mkdir()
    path = tmp_path / "2025" / "INC-2025-0001-x.md"
    path.write_text(fill(shipped(name), answers, repository="a/b", ref="v1"), encoding="utf-8")
    read = archive.read(path, tmp_path).postmortem

    assert read.services == (answers.service,)
    assert READERS["title"](read.severity) == READERS["title"](answers.severities[0])


def test_the_whole_of_an_archive_is_read_back(tmp_path):
    answers = Answers(
        title="NO",
        url="https://postmortems.example.com/",
        repository="https://github.com/example/postmortems",
        severities=("P1", "P2"),
        jira_url="https://example.atlassian.net",
        jira_project="OPS",
        service="checkout: api",
    )
    place = look(tmp_path)
    list(carry_out(tmp_path, plan(place, answers)))

    assert look(tmp_path).answers == answers


@pytest.mark.parametrize(
    ("given_as", "meant"),
    [
        ("example/postmortems", "https://github.com/example/postmortems"),
        ("git@github.com:example/postmortems.git", "https://github.com/example/postmortems"),
        ("ssh://git@git.example.com/team/postmortems.git", "https://git.example.com/team/postmortems"),
        ("https://gitlab.example.com/a/b/c.git", "https://gitlab.example.com/a/b/c"),
        ("https://github.com/example/postmortems/", "https://github.com/example/postmortems"),
        ("", ""),
    ],
)
def test_a_repository_is_understood_as_people_write_it(given_as, meant):
    assert READERS["repository"](given_as) == meant


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("title", "x" * (LONGEST + 1)),
        ("url", "postmortems.example.com"),
        ("url", "javascript:alert(1)"),
        ("url", "https://[bad/"),
        ("repository", "not a repository"),
        ("severities", "SEV1, sev1"),
        ("jira_project", "not a key"),
        ("jira_url", "http://jira.example.com"),
        ("jira_url", "https://user:secret@jira.example.com"),
        ("service", "!!!"),
    ],
)
def test_an_answer_that_cannot_be_right_is_refused(name, answer):
    with pytest.raises(UsageError) as refused:
        READERS[name](answer)

    assert "secret" not in str(refused.value)


def test_severities_of_ones_own_understand_the_words_of_other_tools(tmp_path):
    (tmp_path / "site_config").mkdir()
    text = written(Answers(severities=READERS["severities"]("Critical, Major, Minor")))
    (tmp_path / "site_config" / "archive.yml").write_text(text, encoding="utf-8")
    known = load(tmp_path).settings

    assert [known.severity_of(word) for word in ("P1", "critical", "major", "high", "SEV3", "low", "info")] == [
        "Critical",
        "Critical",
        "Major",
        "Major",
        "Minor",
        "Minor",
        "Minor",
    ]


def test_the_built_in_severities_are_no_answer():
    assert READERS["severities"]("SEV1, SEV2, SEV3, SEV4, SEV5") == ()
