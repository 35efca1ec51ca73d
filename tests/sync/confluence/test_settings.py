"""What is set for Confluence: the file, the environment that wins over it, and Jira's credentials in place of its own."""

import pytest

from generator.errors import UsageError
from generator.settings import load as config
from generator.settings.load import borrowed

CLOUD = {"CONFLUENCE_EMAIL": "bot@fernway.example", "CONFLUENCE_API_TOKEN": "canary-token"}
URL = "https://fernway.atlassian.net/wiki"


def load(root, text, **environment):
    (root / "site_config").mkdir(exist_ok=True)
    (root / "site_config" / "archive.yml").write_text(text, encoding="utf-8")
    with borrowed({"JIRA_NOTHING": "", "CONFLUENCE_NOTHING": "", **environment}):
        loaded = config.load(root)
        return loaded.settings.confluence, config.confluence(loaded.settings)


def test_the_file_sets_what_the_environment_does_not(tmp_path):
    text = "confluence:\n  url: https://fernway.atlassian.net/\n  space: OPS\n  parent: 4711\n"
    settings, connection = load(tmp_path, text, CONFLUENCE_SPACE="INC", **CLOUD)

    assert (settings.space, settings.parent, settings.archive_by) == ("INC", "4711", "quarter")
    assert (connection.site, connection.api, connection.cloud) == (URL, URL, True)
    assert connection.email == "bot@fernway.example"


def test_on_cloud_the_credentials_of_jira_will_do(tmp_path):
    text = f"confluence: {{url: {URL}, space: OPS}}\n"
    _, connection = load(tmp_path, text, JIRA_EMAIL="a@fernway.example", JIRA_API_TOKEN="of-jira", JIRA_PAT="x")

    assert (connection.cloud, connection.email, connection.token.reveal()) == (True, "a@fernway.example", "of-jira")


def test_a_personal_access_token_means_data_center(tmp_path):
    text = "confluence: {url: https://wiki.fernway.example/confluence/, space: OPS}\n"
    _, connection = load(tmp_path, text, CONFLUENCE_PAT="pat")

    assert (connection.cloud, connection.site) == (False, "https://wiki.fernway.example/confluence")
    assert "pat" not in repr(connection)


def test_a_gateway_has_the_api_and_the_site_the_pages(tmp_path):
    text = f"confluence: {{url: {URL}, api_url: https://api.atlassian.com/ex/confluence/7, space: OPS}}\n"
    _, connection = load(tmp_path, text, **CLOUD)

    assert (connection.api, connection.site) == ("https://api.atlassian.com/ex/confluence/7/wiki", URL)


def test_without_a_space_there_is_no_connection(tmp_path):
    assert load(tmp_path, f"confluence: {{url: {URL}}}\n", **CLOUD)[1] is None


@pytest.mark.parametrize(
    ("text", "environment", "message"),
    [
        ("confluence: {spce: x}\n", {}, r"archive.yml:1: `spce` is not known in `confluence`. Did you mean `space`\?"),
        ("confluence: [1]\n", {}, "`confluence` must be a mapping"),
        ("confluence: {archive_by: month}\n", {}, "`archive_by` cannot be 'month'"),
        ("confluence: {statuses: [publishd]}\n", {}, r"`statuses` names 'publishd'. Did you mean `published`\?"),
        ("confluence: {deployment: moon}\n", {}, "`deployment` cannot be 'moon'"),
        ("confluence: {text_limit: many}\n", {}, "`confluence: text_limit` must be a whole number"),
        ("confluence: {space: OPS}\n", CLOUD, "the space OPS is set, but no address"),
        ("confluence: {space: OPS, url: http://wiki.example}\n", CLOUD, "would send the token in the clear"),
        ("confluence: {space: OPS, url: https://a:b@wiki.example}\n", CLOUD, "must be a plain address"),
        (f"confluence: {{space: OPS, url: {URL}}}\n", {}, "CONFLUENCE_EMAIL and CONFLUENCE_API_TOKEN is not in the"),
        (f"confluence: {{space: OPS, url: {URL}, deployment: data-center}}\n", CLOUD, "CONFLUENCE_PAT is not in the"),
        (f"confluence: {{space: OPS, url: {URL}}}\n", {"CONFLUENCE_PAT": "a\nb"}, "a line break or a control"),
    ],
)
def test_what_cannot_be_right_is_told(tmp_path, text, environment, message):
    with pytest.raises(UsageError, match=message) as raised:
        load(tmp_path, text, **environment)
    assert "canary" not in str(raised.value)
