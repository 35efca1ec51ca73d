"""Whose handle an account on the other side is."""

from collections.abc import Mapping

from generator.settings.model import Settings
from generator.sync.plan.base import digest
from generator.sync.plan.snapshot import TrackerAccount
from generator.sync.plan.tracker import TrackerRules

UNKNOWN = "account:"


def evidence_of(handle: str, settings: Settings) -> str:
    """The fingerprint of what people.yml says of an owner, on which it depends whether an account is found."""
    person = settings.person(handle=handle)
    return digest(repr(person) if person else handle)


def handle_of_account(
    account: TrackerAccount | None, settings: Settings, rules: TrackerRules, who: Mapping[str, str]
) -> str:
    """The handle of an account: by people.yml, by an earlier look-up, or by exact e-mail; else `account:<id>`.

    Empty where nobody is assigned.
    """
    if account is None:
        return ""
    for person in settings.people:
        if account.id and rules.is_account_of(account, person):
            return person.handle
    if account.id in who:
        return who[account.id]
    person_by_email = settings.person(email=account.email) if account.email else None
    return person_by_email.handle if person_by_email else f"{UNKNOWN}{account.id}"
