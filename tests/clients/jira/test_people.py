"""Who is who: known by an exact address, by being the only one, or not at all."""

import pytest

from generator.clients.jira import JiraUser
from generator.errors import RefusedError, RemoteError, UnauthorisedError
from tests.clients.http.conftest import Reply
from tests.clients.jira.conftest import CANARY, client


def person(id_, name, email="", cloud=True, **more):
    return {"accountId" if cloud else "name": id_, "displayName": name, "emailAddress": email, "active": True, **more}


def searching(stand_in, cloud, *people):
    url, asked = stand_in(lambda *_: list(people))
    return client(url, cloud=cloud), asked


def test_the_exact_address_wins_over_those_that_begin_with_it(stand_in, dialect):
    cloud = dialect == "cloud"
    people = [person("1", "Jane", "jane@example.com.au", cloud), person("2", "Jane", "Jane@Example.com", cloud)]
    jira, asked = searching(stand_in, cloud, *people)

    assert jira.find_account(" jane@example.com ") == JiraUser("2", "Jane", "Jane@Example.com")
    assert jira.find_account("JANE@example.com").id == "2"
    assert len(asked) == 1
    assert ("query=" if cloud else "username=") + "jane%40example.com" in asked[0].path


def test_where_addresses_are_hidden_the_only_one_is_taken(stand_in):
    jira, _ = searching(stand_in, True, person("1", "Jane"), person("2", "Robot", accountType="app"))

    assert jira.find_account("jane@example.com") == JiraUser("1", "Jane")


@pytest.mark.parametrize(
    "people",
    [
        [],
        [person("1", "Jane", "other@example.com")],
        [person("1", "Jane", "jane@example.com") | {"active": False}],
        [person("1", "Jane", "jane@example.com", accountType="customer")],
        [{"displayName": "Jane", "emailAddress": "jane@example.com"}],
    ],
)
def test_somebody_else_is_nobody(stand_in, people):
    jira, asked = searching(stand_in, True, *people)

    assert jira.find_account("jane@example.com") is None
    assert jira.find_account("jane@example.com") is None
    assert len(asked) == 1
    assert jira.find_account(" ") is None
    assert len(asked) == 1


def test_several_are_never_chosen_from(stand_in):
    jira, _ = searching(stand_in, True, person("1", "Jane A"), person("2", "Jane B"))

    with pytest.raises(RefusedError, match=r"2 users whom jane@example.com may mean: Jane A \(1\), Jane B \(2\)"):
        jira.find_account("jane@example.com")


def test_an_account_is_asked_for_once(stand_in, dialect):
    cloud = dialect == "cloud"
    url, asked = stand_in(
        lambda method, path, query, body: (
            person("712020:a", "Jane", cloud=cloud) if "712020:a" in query.values() else (404, {})
        )
    )
    jira = client(url, cloud=cloud)

    assert [jira.account(id_) and jira.account(id_).name for id_ in ("712020:a", "gone", "")] == ["Jane", None, None]
    assert len(asked) == 2


def test_the_credentials_belong_to_somebody(stand_in, dialect):
    cloud = dialect == "cloud"
    url, asked = stand_in(lambda *_: person("7", "Bot", cloud=cloud))
    jira = client(url, cloud=cloud)

    assert jira.myself() == JiraUser("7", "Bot")
    assert asked[0].path == f"/rest/api/{3 if cloud else 2}/myself"
    assert jira.requests_made == 1


@pytest.mark.parametrize(
    "answer",
    [
        (401, {}),
        (403, {"message": "Forbidden"}),
        {},
        Reply(200, b"[]", {"X-Seraph-LoginReason": "AUTHENTICATED_FAILED"}),
        Reply(200, b"<html>Log in</html>", kind="text/html"),
        Reply(302, b"", {"Location": "/login.jsp"}),
        Reply(403, b"", {"X-Authentication-Denied-Reason": "CAPTCHA_CHALLENGE; login-url=x"}),
    ],
)
def test_wrong_credentials_are_told_once_and_for_all(stand_in, dialect, answer):
    url, asked = stand_in(lambda *_: answer)

    with pytest.raises(UnauthorisedError) as caught:
        client(url, cloud=dialect == "cloud").myself()
    assert len(asked) == 1
    assert CANARY not in repr(caught.value)


def test_a_token_with_scopes_is_told_where_it_works(stand_in):
    url, _ = stand_in(lambda *_: (401, {}))

    with pytest.raises(UnauthorisedError, match=r"https://api.atlassian.com/ex/jira/<cloudId>"):
        client(url, cloud=True).myself()
    with pytest.raises(UnauthorisedError, match="JIRA_API_URL"):
        client(url, cloud=True, site="https://example.atlassian.net").myself()
    with pytest.raises(UnauthorisedError, match="JIRA_PAT"):
        client(url, cloud=False).myself()


def test_another_site_is_no_jira(stand_in, dialect):
    url, _ = stand_in(lambda *_: (404, {}))

    with pytest.raises(RemoteError, match="context path"):
        client(url, cloud=dialect == "cloud").myself()
