"""Whose handle an account on the other side is."""

from collections.abc import Mapping

from generator.settings.model import Settings
from generator.sync.plan.changes import TrackerAccount
from generator.sync.plan.trackers import GITHUB

UNKNOWN = "account:"


def handle_of_account(account: TrackerAccount | None, settings: Settings, who: Mapping[str, str]) -> str:
    """The handle of an account: by people.yml, by exact e-mail, or by an earlier look-up; else `account:<id>`.

    Empty where nobody is assigned.
    """
    if account is None:
        return ""
    for person in settings.people:
        if account.place == GITHUB.name:
            same = person.github.casefold() == account.id.casefold()  # GitHub's logins are of any case
        else:
            same = person.jira == account.id
        if same and account.id:
            return person.handle
    if account.id in who:
        return who[account.id]
    found = settings.person(email=account.email) if account.email else None
    return found.handle if found else f"{UNKNOWN}{account.id}"
