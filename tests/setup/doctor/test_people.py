"""The accounts of the people whom documents name."""

from generator.setup.doctor import Health, people
from tests.setup.doctor.conftest import DOCUMENT, NAMES


def test_a_person_without_an_account(practice):
    practice.write("site_config/people.yml", NAMES.replace("ben.carter@", "benjamin.carter@"))
    found = practice.bad()

    assert [(one.subject, one.verdict) for one in found] == [("accounts", Health.WARNING)]
    assert "ben.carter: Jira finds no active account by benjamin.carter@fernway.example" in found[0].message
    assert "1 of 2 people" in practice.examine()[-1].message


def test_an_account_that_is_not_active(practice):
    practice.write("site_config/people.yml", f"{NAMES}lena.fischer: {{jira: {account(practice, 'ben.carter')}}}\n")
    practice.write("postmortems/2026/INC-2026-0001-checkout.md", DOCUMENT.replace("ben.carter", "lena.fischer"))
    practice.jira.set_user("ben.carter", active=False)

    assert "is not active" in practice.one("accounts").message


def test_an_account_id_that_nobody_has(practice):
    practice.write("site_config/people.yml", NAMES.replace("name: Ben Carter", "jira: acc-of-nobody"))

    assert "knows no account 'acc-of-nobody'" in practice.one("accounts").message


def test_two_people_whom_an_address_may_mean(practice):
    practice.jira.add_user("jane.other", name="jane.smith@fernway.example 2", email="x@fernway.example")
    for name in ("jane.smith", "jane.other"):
        practice.jira.set_user(name, hidden_email=True)
    found = practice.one("accounts")

    assert "users whom jane.smith@fernway.example may mean" in found.message
    assert "`jira:`" in found.advice


def test_no_more_people_are_looked_up_than_jira_likes(practice, monkeypatch):
    monkeypatch.setattr(people, "MOST", 1)
    found = practice.examine()[-1]

    assert found.verdict is Health.SKIPPED
    assert found.message == "1 more people were not looked up, to spare Jira."
    assert len([one for one in practice.jira.requests if "/user" in one.path]) == 1


def test_somebody_who_is_named_by_an_e_mail_address_is_looked_up(practice):
    document = DOCUMENT.replace("@ben.carter", "ben.carter@fernway.example")
    practice.write("postmortems/2026/INC-2026-0001-checkout.md", document)
    practice.write("site_config/people.yml", NAMES.partition("\n")[0])

    assert practice.bad() == []
    assert practice.examine()[-1].message == "All 2 people whom documents name have an active account."


def test_a_jira_that_wants_peace_ends_the_looking_up_alone(practice):
    practice.jira.fault("GET /user/search", "429-quota")

    assert "asks to be left alone" in practice.one("accounts").message


def account(practice, name):
    user = practice.jira.user(name)
    return user["accountId"] if practice.jira.dialect == "cloud" else user["name"]
