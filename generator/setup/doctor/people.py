"""The accounts of those who lead and own things in the documents."""

from collections.abc import Iterator

from generator.errors import RefusedError
from generator.settings.model import Person
from generator.setup.doctor.archive_checks import named, person
from generator.setup.doctor.connection import CREDENTIALS
from generator.setup.doctor.context import DoctorContext
from generator.setup.doctor.diagnosis import Diagnosis, Examination, fine, unknown, warning

MOST = 50  # people looked up in one run, as Jira limits that most of all
_ACCOUNTS = "accounts"
_WHO = "Put the right one into site_config/people.yml, as `jira:` (account id on Cloud, user name on Data Center)."


def examinations() -> Iterator[Examination]:
    """All people together: asking stops where Jira does not want to be asked."""
    yield Examination(_ACCOUNTS, _accounts, (CREDENTIALS,))


def _accounts(case: DoctorContext) -> Iterator[Diagnosis]:
    people: dict[str, Person] = {}
    for words in named(case):
        found = person(case, words)
        if found and (found.jira or found.email):
            people.setdefault(found.handle, found)
    asked = list(people.values())[:MOST]
    good = 0
    for one in asked:
        problem = _problem(case, one)
        if problem:
            yield warning(_ACCOUNTS, f"{one.handle}: {problem} Nothing is assigned to them.", _WHO)
        else:
            good += 1
    if asked and good == len(asked):
        yield fine(_ACCOUNTS, f"All {good} people whom documents name have an active account.")
    elif good:
        yield fine(_ACCOUNTS, f"{good} of {len(asked)} people whom documents name have an active account.")
    elif not asked:
        yield unknown(_ACCOUNTS, "No document names anybody whom Jira could be asked for.")
    if len(people) > MOST:
        yield unknown(_ACCOUNTS, f"{len(people) - MOST} more people were not looked up, to spare Jira.")


def _problem(case: DoctorContext, who: Person) -> str:
    if who.jira:
        account = case.jira.account(who.jira)
        if account is None:
            return f"Jira knows no account {who.jira!r}, or does not show it to this one."
        return "" if account.active else f"The account {account.name} ({account.id}) is not active."
    try:
        account = case.jira.find_account(who.email)
    except RefusedError as error:
        return str(error)
    return "" if account else f"Jira finds no active account by {who.email}; it may hide the address."
