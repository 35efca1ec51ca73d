"""What is kept of a delivery, and whether it is the echo of what we wrote ourselves."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class WebhookEvent:
    """A verified delivery as a hint: which issue to fetch again, and why.

    `name` and `identifier` are safe as parts of file names; `identifier` is the same on every repetition of a delivery.
    `retry` counts repetitions; `at` is when it happened (UTC), None where it is not said. `issue_id` is to be preferred
    to `issue_key`, which changes when an issue moves; either may be empty. `other_ids` are further issues to fetch.
    `sweep`: an issue changed and the body does not say which, so all must be looked at. `actor` is the account
    (accountId on Cloud, name on Data Center) or empty. `deleted`: the issue itself is gone. `moved_from` is its old key.
    `changed` are the fields' ids, or their names where Jira sends no ids.
    """

    name: str
    identifier: str
    retry: int = 0
    at: datetime | None = None
    issue_id: str = ""
    issue_key: str = ""
    other_ids: tuple[str, ...] = ()
    sweep: bool = False
    actor: str = ""
    deleted: bool = False
    moved_from: str = ""
    changed: tuple[str, ...] = ()


def is_echo(event: WebhookEvent, account_id: str, pushed_hash: str | None, hash_now: str | None) -> bool:
    """Whether this is our own write coming back: our account did it, and the issue holds what we pushed last.

    One of both is not enough: people may use the bot's account, and two people may write the same. We never delete or
    move an issue, so that is never an echo.
    """
    ours = bool(account_id) and event.actor == account_id
    unchanged = bool(pushed_hash) and pushed_hash == hash_now
    return ours and unchanged and not event.deleted and not event.moved_from
