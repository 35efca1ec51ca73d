"""Confluence, GitHub and Slack are looked at where they are set up, and Jira is no fault where it is not used."""

from generator.settings.load import borrowed, load
from generator.setup.doctor import DoctorContext, Health, examine


def found(root, text, **environment):
    (root / "site_config").mkdir(exist_ok=True)
    (root / "site_config" / "archive.yml").write_text(text, encoding="utf-8")
    with borrowed({"JIRA_NONE": "", "CONFLUENCE_NONE": "", "GITHUB_NONE": "", "SLACK_NONE": "", **environment}):
        return {one.subject: one for one in examine(DoctorContext(load(root), ()))}


def test_without_jira_but_with_confluence_nothing_of_jira_is_a_fault(tmp_path):
    told = found(
        tmp_path,
        "confluence: {url: 'http://127.0.0.1:9', space: OPS}\n",
        CONFLUENCE_EMAIL="bot@example.com",
        CONFLUENCE_API_TOKEN="canary",
    )

    assert told["back end"].verdict is Health.SKIPPED
    assert "credentials" not in told
    assert told["Confluence"].verdict is Health.FAULT  # nothing listens there
    assert "confluence:" in told["Confluence"].advice
    assert "canary" not in str(told)


def test_a_tracker_on_github_without_a_token_is_a_fault_that_says_so(tmp_path):
    told = found(tmp_path, "tracker: github\ngithub: fernway-example/shop\n")

    assert told["GitHub"].verdict is Health.FAULT
    assert "GITHUB_TOKEN" in told["GitHub"].message


def test_a_channel_without_a_token_is_a_fault_that_says_so(tmp_path):
    told = found(tmp_path, "slack: {channel: C0FERNWAY1}\n")

    assert told["Slack"].verdict is Health.FAULT
    assert "SLACK_BOT_TOKEN" in told["Slack"].message


def test_what_is_not_set_up_is_not_looked_at(tmp_path):
    told = found(tmp_path, "title: A\n")

    assert {"Confluence", "GitHub", "Slack"} & told.keys() == set()
    assert told["back end"].verdict is Health.FAULT
