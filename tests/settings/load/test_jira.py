"""What is set for Jira: the file, the environment that wins over it, and secrets that never show."""

import copy
import pickle

import pytest

from generator.errors import UsageError
from generator.settings import load as config
from generator.settings.jira import Secret
from generator.settings.load import borrowed

CLOUD = {"JIRA_EMAIL": "bot@example.com", "JIRA_API_TOKEN": "canary-token"}


@pytest.fixture(autouse=True)
def empty_environment():
    with borrowed({"JIRA_NOTHING": ""}):
        yield


def load(root, text, **environment):
    (root / "site_config").mkdir(exist_ok=True)
    (root / "site_config" / "archive.yml").write_text(text, encoding="utf-8")
    with borrowed({"JIRA_NOTHING": "", **environment}):
        loaded = config.load(root)
        return loaded.settings.jira, config.jira(loaded.settings)


def test_the_file_sets_what_the_environment_does_not(tmp_path):
    text = "jira:\n  url: https://example.atlassian.net/\n  project: OPS\n  fields:\n    timeline: Timeline\n"
    settings, connection = load(
        tmp_path, text, JIRA_POSTMORTEM_PROJECT_KEY="INCIDENT", JIRA_FIELD_IMPACT="customfield_1", **CLOUD
    )

    assert settings.project == "INCIDENT"
    assert settings.fields.mapped() == {"timeline": "Timeline", "impact": "customfield_1"}
    assert (connection.site, connection.api, connection.cloud) == (
        "https://example.atlassian.net",
        "https://example.atlassian.net",
        True,
    )


def test_a_personal_access_token_means_data_center(tmp_path):
    _, connection = load(tmp_path, "title: A\n", JIRA_BASE_URL="https://jira.example.com/jira", JIRA_PAT="canary-pat")

    assert (connection.cloud, connection.email, connection.token.reveal()) == (False, "", "canary-pat")


def test_without_an_address_there_is_no_connection(tmp_path):
    assert load(tmp_path, "title: A\n")[1] is None


@pytest.mark.parametrize(
    ("text", "environment", "message"),
    [
        ("jira: {urll: x}\n", {}, r"archive.yml:1: `urll` is not known in `jira`. Did you mean `url`\?"),
        ("jira: {fields: {timelin: x}}\n", {}, r"`timelin` is not known in `jira: fields`. Did you mean `timeline`\?"),
        ("jira: [1]\n", {}, "`jira` must be a mapping"),
        ("jira: {text_limit: many}\n", {}, "`jira: text_limit` must be a whole number"),
        ("jira: {statuses: {draft: fresh}}\n", {}, "maps draft to 'fresh'; it is one of new, indeterminate, done"),
        ("jira: {required: [everything]}\n", {}, "`required` names 'everything'"),
        ("jira: {project: ops}\n", {}, "a project's key is of capital letters"),
        ("jira: {deployment: server}\n", {}, "`deployment` cannot be 'server'"),
        ("title: A\n", {"JIRA_BASE_URL": "http://jira.example.com", **CLOUD}, "begins with http:"),
        ("title: A\n", {"JIRA_BASE_URL": "https://bot:secret@jira.example.com", **CLOUD}, "a plain address"),
        ("title: A\n", {"JIRA_BASE_URL": "jira.example.com", **CLOUD}, "is not an address"),
        ("title: A\n", {"JIRA_BASE_URL": "https://example.atlassian.net"}, "JIRA_EMAIL and JIRA_API_TOKEN is not in"),
        ("title: A\n", {"JIRA_BASE_URL": "https://e.example", **CLOUD, "JIRA_API_TOKEN": "a\tb"}, "control character"),
        ("title: A\n", {"JIRA_GRACE": "soon"}, "`grace` must be a whole number"),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_place(tmp_path, text, environment, message):
    with pytest.raises(UsageError, match=message) as caught:
        load(tmp_path, text, **environment)

    assert "canary" not in str(caught.value)
    assert "secret@" not in str(caught.value)


@pytest.mark.parametrize(
    "show", [repr, str, "{}".format, lambda s: f"{s!r:>20}", lambda s: str([s]), lambda s: str({"a": s})]
)
def test_a_secret_never_shows(show):
    assert "canary" not in show(Secret("canary"))


def test_a_secret_cannot_be_written_or_copied_away():
    with pytest.raises(TypeError):
        pickle.dumps(Secret("canary"))
    with pytest.raises(TypeError):
        copy.copy(Secret("canary"))


def test_borrowed_settings_are_given_back(monkeypatch):
    monkeypatch.setenv("JIRA_PROJECT_OF_MINE", "before")
    with borrowed({"JIRA_BASE_URL": "http://127.0.0.1:1"}):
        import os

        assert "JIRA_PROJECT_OF_MINE" not in os.environ
    assert os.environ["JIRA_PROJECT_OF_MINE"] == "before"
    assert "JIRA_BASE_URL" not in os.environ
