"""The client asks what GitHub understands, and every refusal has its name."""

import pytest

from generator.clients import github
from generator.clients.github import Remark
from generator.clients.github.issues import GitHubIssues
from generator.errors import NotFoundError, RefusedError, RemoteError, TryLaterError, UnauthorisedError, UsageError
from generator.settings.load.github import github as connection
from generator.settings.load.github import page
from tests.clients.github import contract, standin
from tests.clients.github.standin import ARCHIVE, BOT, TOKEN, Hub


def use_everything(client: github.GitHub) -> None:
    """Every call that the client of pull requests can make, at least once."""
    assert client.me() in {"", "jane"}
    assert client.default_branch() == "main"
    pull = client.open_pull(title="T", branch="b", base="main", body="B", draft=True)
    client.assign(pull.number, ["janesmith"])
    client.request_reviewers(pull.number, ["amara-o"])
    client.label(pull.number, ["postmortem"])
    assert client.events(pull.number) == {"assigned", "review_requested", "labeled"}
    client.review(pull.number, "0" * 40, [Remark("a.md", 3, "x")])
    comment = client.comment(pull.number, "Hello")
    client.edit_comment(comment.id, "Hello again")
    issue = client.open_issue("T", "B", ["overdue"])
    client.edit_issue(issue.number, title="T2", body="B2")
    assert [one.branch for one in client.pulls("b")] == ["b"]
    assert len(client.open_pulls()) == 1
    assert [(one.body, one.bot) for one in client.comments(pull.number)] == [("Hello again", True)]
    assert [one.body for one in client.notes(pull.number)] == ["x"]
    assert [(one.title, one.author) for one in client.issues("overdue")] == [("T2", BOT)]
    client.edit_issue(issue.number, title="T2", body="B2", close=True)
    assert client.issues("overdue") == ()


def use_every_issue(client: GitHubIssues) -> None:
    """Every call that the client of action items can make, at least once."""
    assert not client.assignable("stranger")
    assert client.assignable("jane-fernway")
    client.make_tag("claim", "1")
    client.describe_tag("claim", "2")
    assert client.tag("claim") == "2"
    client.delete_tag("claim")
    assert client.tag("claim") is None
    made = client.make_issue("T", "B", ["action-item"], ["jane-fernway"])
    client.change_issue(made.number, {"title": "T2", "state": "closed", "state_reason": "completed"})
    assert client.issue(made.number).title == "T2"
    assert [one.number for one in client.labelled("action-item")] == [made.number]
    assert made.number in [one.number for one in client.newest()]


@pytest.fixture
def issues(hub: Hub) -> GitHubIssues:
    """The client of action items."""
    return GitHubIssues(connection(hub.environment), waits=github.RetryPolicy(base=0, cap=0.05))


@pytest.mark.contract
def test_every_request_and_every_answer_of_the_stand_in_is_as_github_describes_it(hub: Hub, client, issues):
    use_everything(client)
    use_every_issue(issues)

    assert contract.violations(hub.exchanges) == []


def test_every_call_can_be_made_and_nothing_stands_in_for_what_is_never_asked(hub: Hub, client, issues):
    use_everything(client)
    use_every_issue(issues)

    assert {one.route for one in hub.exchanges if one.path != "/user"} == set(standin.ROUTES)


def test_lists_are_read_to_their_end(hub: Hub, client):
    number = hub.add_pull("b")
    for at in range(230):
        hub.add_comment(number, f"comment {at}", "jane")

    assert [one.body for one in client.comments(number)] == [f"comment {at}" for at in range(230)]
    assert sum("comments" in one.path for one in hub.exchanges) == 3


def test_pull_requests_of_another_branch_are_never_taken_for_ours(hub: Hub, client):
    hub.add_pull("postmortem/ops-1")
    hub.add_pull("postmortem/ops-12")

    assert [one.branch for one in client.pulls("postmortem/ops-1")] == ["postmortem/ops-1"]


def test_a_wrong_token_is_named_and_never_shown(hub: Hub):
    wrong = github.connect(connection({**hub.environment, "GITHUB_TOKEN": "ghs_wrong"}))

    with pytest.raises(UnauthorisedError) as told:
        wrong.default_branch()

    assert "ghs_wrong" not in str(told.value)
    assert "docs/github.md" in str(told.value)


@pytest.mark.parametrize(
    ("status", "message", "error"),
    [
        (403, "You have exceeded a secondary rate limit", TryLaterError),
        (403, "Resource not accessible by integration", RefusedError),
        (404, "Not Found", NotFoundError),
        (422, "Validation Failed", RefusedError),
    ],
)
def test_each_refusal_is_its_own_error(hub: Hub, client, status, message, error):
    hub.fault("GET .*/issues", status, message)

    with pytest.raises(error, match=message):
        client.issues("overdue")


@pytest.mark.parametrize("answer", [{"message": "no list"}, {"x": 1}])
def test_something_else_than_a_list_is_no_empty_list(hub: Hub, client, answer):
    hub.fault("GET .*/issues", 200, answer)

    with pytest.raises(RemoteError, match="GITHUB_API_URL"):
        client.issues("overdue")


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({}, "GITHUB_TOKEN and GITHUB_REPOSITORY is not in the environment"),
        ({"GITHUB_TOKEN": TOKEN}, "GITHUB_REPOSITORY is not"),
        ({"GITHUB_TOKEN": "a\nb", "GITHUB_REPOSITORY": ARCHIVE}, "no token has"),
        ({"GITHUB_TOKEN": TOKEN, "GITHUB_REPOSITORY": "../../x"}, "owner/name"),
        ({"GITHUB_TOKEN": TOKEN, "GITHUB_REPOSITORY": "a/.."}, "owner/name"),
        ({"GITHUB_TOKEN": TOKEN, "GITHUB_REPOSITORY": ARCHIVE, "GITHUB_API_URL": "http://example.com"}, "in the clear"),
        (
            {"GITHUB_TOKEN": TOKEN, "GITHUB_REPOSITORY": ARCHIVE, "GITHUB_SERVER_URL": "https://u:p@example.com"},
            "plain",
        ),
    ],
)
def test_a_wrong_setting_is_named_without_the_token(variables, words):
    with pytest.raises(UsageError, match=words) as told:
        connection(variables)

    assert TOKEN not in str(told.value)


def test_addresses_of_files_hold_whatever_a_name_holds():
    link = page({"GITHUB_REPOSITORY": ARCHIVE, "GITHUB_SHA": "abc"})

    assert link("a b/](x).md", 3) == f"https://github.com/{ARCHIVE}/blob/abc/a%20b/%5D%28x%29.md?plain=1#L3"
    assert page({})("a b.md", 0) == "a%20b.md"
