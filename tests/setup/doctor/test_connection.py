"""The way to Jira: each thing that can be wrong with it, over real HTTP."""

import pytest

import jira_sandbox
from generator.errors import UsageError
from generator.setup import doctor
from generator.setup.doctor import Health
from tests.setup.doctor.conftest import PEOPLE

CANARY = "canary-9f27-of-the-token"


def verdicts(diagnoses):
    return {one.subject: one.verdict for one in diagnoses}


def token_of(practice):
    return "JIRA_API_TOKEN" if practice.jira.dialect == "cloud" else "JIRA_PAT"


def test_nothing_is_wrong_where_nothing_is_wrong_and_nothing_is_written(practice):
    assert practice.bad() == []
    assert practice.jira.writes == []


def test_nothing_configured_is_a_fault_that_says_how_to_configure_jira(practice):
    practice.set(JIRA_BASE_URL="")
    found = practice.one("back end")

    assert found.verdict is Health.FAULT
    assert "JIRA_BASE_URL, JIRA_EMAIL and JIRA_API_TOKEN" in found.advice
    assert "JIRA_PAT" in found.advice
    assert practice.jira.requests == []


def test_everything_that_needs_a_broken_thing_is_skipped_and_says_why(practice):
    practice.set(JIRA_BASE_URL="")
    skipped = {one.subject: one.message for one in practice.examine() if one.verdict is Health.SKIPPED}

    assert skipped["address"] == "Not tried, because of: back end."
    assert skipped["credentials"] == "Not tried, because of: deployment."
    assert skipped["accounts"] == "Not tried, because of: credentials."


def test_http_is_refused_before_anything_is_sent(practice):
    practice.set(JIRA_BASE_URL="http://jira.fernway.example")
    found = practice.one("back end")

    assert "begins with http:, which would send the token in the clear; use https:" in found.message


def test_an_address_with_a_slash_at_its_end_is_as_good(practice):
    practice.set(JIRA_BASE_URL=f"{practice.jira.url}/")

    assert practice.bad() == []


@pytest.mark.parametrize("dialect", ["cloud", "data-center"])
def test_a_context_path_belongs_to_the_address(opened, dialect):
    with jira_sandbox.start(dialect, people=PEOPLE, context="/jira") as running:
        practice = opened(running)

        assert practice.bad() == []

        practice.set(JIRA_BASE_URL=running.url.removesuffix("/jira"))

        assert "with its context path if it has one" in practice.one("address").message


def test_missing_credentials_are_a_fault_by_their_names(practice):
    practice.set(**{token_of(practice): ""})

    assert token_of(practice) in practice.one("back end").message


def test_an_address_where_nobody_answers(practice):
    practice.jira.stop()
    found = practice.one("address")

    assert "no connection could be made" in found.message
    assert "JIRA_BASE_URL" in found.advice


def test_an_address_that_is_no_jira(practice):
    practice.jira.fault("GET /serverInfo", "404", times=2)

    assert "Is this the address of a Jira, with its context path" in practice.one("address").message


def test_an_address_that_shows_a_page_of_a_proxy(practice):
    practice.jira.fault("GET /serverInfo", "html", body=b"<html><body>Welcome</body></html>")

    assert "page for a browser" in practice.one("address").message


@pytest.mark.parametrize("do", ["401", "403", "html", "login"])
def test_a_jira_that_tells_strangers_nothing_is_asked_with_the_credentials(practice, do):
    practice.jira.fault("GET /serverInfo", do)
    found = practice.examine()

    assert verdicts(found)["deployment"] is Health.SKIPPED
    assert verdicts(found)["credentials"] is Health.OK
    assert practice.bad() == []


def test_credentials_of_the_other_deployment_are_named(practice):
    cloud = practice.jira.dialect == "cloud"
    practice.set(
        JIRA_DEPLOYMENT="data-center" if cloud else "cloud",
        JIRA_PAT="x",
        JIRA_EMAIL="bot@fernway.example",
        JIRA_API_TOKEN="x",
    )
    found = practice.one("deployment")

    assert ("Unset JIRA_PAT" if cloud else "Set JIRA_PAT") in found.advice
    assert [one.path.rpartition("/")[2] for one in practice.jira.requests][-1] == "serverInfo"


def test_a_wrong_token_is_asked_once_and_never_shown(practice):
    practice.set(**{token_of(practice): CANARY})
    found = practice.one("credentials")

    assert found.verdict is Health.FAULT
    assert f"set {token_of(practice)}" in found.advice
    assert len([one for one in practice.jira.requests if one.path.endswith("/myself")]) == 1
    assert CANARY not in str([practice.examine(), practice.told])


@pytest.mark.parametrize(
    ("do", "words"),
    [
        ("silent-200", "answered as to a stranger"),
        ("html", "log-in page"),
        ("login", "log-in page"),
        ("captcha", "solved a CAPTCHA"),
        ("empty", "does not know whom"),
    ],
)
def test_answers_to_who_am_i_that_look_like_success_or_worse(practice, do, words):
    body = b"{}" if do == "empty" else None
    practice.jira.fault("GET /myself", "200" if do == "empty" else do, body={} if body else None)
    found = practice.one("credentials")

    assert words in found.message
    assert found.advice


def test_a_refused_account_is_asked_once(practice):
    practice.jira.fault("GET /myself", "403", times=5)

    assert practice.one("credentials").verdict is Health.FAULT
    assert len([one for one in practice.jira.requests if one.path.endswith("/myself")]) == 1


def test_an_expired_token_is_found_out(practice):
    practice.jira.expired = True

    assert practice.one("credentials").verdict is Health.FAULT


def test_a_token_with_scopes_is_tried_at_the_gateway_and_the_cure_can_be_copied(opened, cloud):
    practice = opened(cloud)
    cloud.fault("GET /rest/api/3/myself", "401")
    gateway = cloud.gateway.partition("/ex/")[0]
    found = [one for one in practice.examine(gateway=gateway) if one.verdict is Health.FAULT]

    assert [one.subject for one in found] == ["credentials"]
    assert found[0].advice == f"Set JIRA_API_URL={cloud.gateway} (or `api_url:` below `jira:`)."


def test_what_the_cure_for_a_token_with_scopes_says_works(opened, cloud):
    practice = opened(cloud)
    practice.set(JIRA_API_URL=cloud.gateway)

    assert practice.bad() == []


def test_the_gateway_is_no_address_for_people(opened, cloud):
    practice = opened(cloud)
    practice.set(JIRA_BASE_URL=cloud.gateway)

    assert "nobody can open an issue there" in practice.one("back end").message


def test_a_token_for_this_machine_is_never_tried_at_a_gateway_elsewhere(opened, cloud):
    practice = opened(cloud)
    practice.set(JIRA_API_TOKEN=CANARY)

    assert "JIRA_API_URL=" not in practice.one("credentials").advice


def test_the_age_of_a_token_is_said_to_be_unknown(practice):
    found = next(one for one in practice.examine() if one.subject == "token age")

    assert found.verdict is Health.SKIPPED
    assert "does not say" in found.message
    assert "calendar" in found.advice


def test_one_broken_answer_does_not_hide_the_next_fault(practice):
    practice.jira.fault("GET /issueLinkType", "500", times=9)
    practice.jira.fault("GET /mypermissions", "503", times=9)
    practice.settings("jira: {missing: 'assignee = '}\n")

    assert [one.subject for one in practice.bad()] == ["link types", "jira: missing", "permissions INCIDENT"]


def test_settings_that_cannot_be_read_are_a_diagnosis(practice):
    practice.settings("jira: {projct: OPS}\n")
    with pytest.raises(UsageError) as problem:
        practice.case()
    found = doctor.unreadable(str(problem.value))

    assert [one.verdict for one in found] == [Health.FAULT, Health.SKIPPED]
    assert "Did you mean" in found[0].message
