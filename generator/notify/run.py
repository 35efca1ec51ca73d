"""One conversation after the other: look what was said, decide, say it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from generator.clients.slack.failures import SlackError
from generator.clients.slack.history import SentMessages
from generator.clients.slack.message import EVERYBODY, Deed, Notice, Shortfall, deed
from generator.notify.mrkdwn import is_member
from generator.notify.outcome import NoticeOutcome
from generator.settings.model import Settings

if TYPE_CHECKING:
    from generator.clients.slack.client import Slack  # needs the library, which is not there where Slack is not set up

_TOO_LONG = "It is not certain whether this was sent already, as too much was written since {}; it was not sent."
_SKIPPED = "Not tried, because the run with Slack ended early."


def run(
    notices: Sequence[Notice],
    settings: Settings,
    slack: Slack | None,
    *,
    apply: bool,
    tell: Callable[[str], None] = lambda _: None,
) -> tuple[list[NoticeOutcome], list[Shortfall]]:
    """What is to be done with each notice and, with `apply`, what became of it; nothing is raised for Slack's sake.

    Without `slack` nothing is compared: each fresh notice is taken for unsent.
    """
    if slack is None:
        return [NoticeOutcome(one, deed(one, None)) for one in notices], []
    work = _Run(settings, slack, apply=apply)
    outcomes: list[NoticeOutcome] = []
    for to, group in groupby(notices, key=lambda one: one.to):
        tell(f"Looking at what {'the channel' if to == EVERYBODY else to} was sent")
        outcomes += work.conversation(to, list(group))
    return outcomes, work.warnings


class _Run:
    """What is known so far in a run."""

    def __init__(self, settings: Settings, slack: Slack, *, apply: bool) -> None:
        self._settings, self._slack, self._apply = settings, slack, apply
        self._over = False
        self.warnings: list[Shortfall] = []

    def conversation(self, to: str, notices: Sequence[Notice]) -> list[NoticeOutcome]:
        """The notices of one conversation."""
        if self._over:
            return [_not_done(one, "skipped", _SKIPPED) for one in notices]
        try:
            channel = self._slack.channel if to == EVERYBODY else self._direct(to, notices)
            if channel is None:
                return [_not_done(one, "person-unknown", "") for one in notices if one.fresh]
            since = min(one.since for one in notices)
            history = self._slack.history(channel, since) if channel else SentMessages()
        except SlackError as error:
            self._failed(error)
            return [_not_done(one, error.code, str(error)) for one in notices]
        return [self._one(one, channel, history) for one in notices]

    def _direct(self, handle: str, notices: Sequence[Notice]) -> str | None:
        """The conversation with a person: empty where there is none yet, None where Slack does not know them."""
        person = self._settings.person(handle=handle)
        member = person.slack if person and is_member(person.slack) else ""
        if not member and person and person.email:
            member = self._slack.member(person.email)
        if member:
            fresh = any(one.fresh for one in notices)
            return self._slack.direct(member, create=self._apply and fresh)
        if any(one.fresh for one in notices):
            message = f"{handle} is not notified: add `slack:` with their member id, or their e-mail, to people.yml."
            self.warnings.append(Shortfall("person-unknown", message))
        return None

    def _one(self, notice: Notice, channel: str, history: SentMessages) -> NoticeOutcome:
        found = history.messages.get(notice.key)
        wanted = deed(notice, found)
        if wanted is Deed.SEND and not history.certain(notice.since):
            message = f"{notice.key}: {_TOO_LONG.format(notice.since)}"
            self.warnings.append(Shortfall("history-too-long", message))
            return NoticeOutcome(notice, wanted, done=False, code="history-too-long", message=message)
        if not self._apply or wanted in {Deed.KEEP, Deed.LEAVE}:
            return NoticeOutcome(notice, wanted)
        if self._over:
            return NoticeOutcome(notice, wanted, done=False, code="skipped", message=_SKIPPED)
        try:
            if wanted is Deed.UPDATE and found is not None:
                self._slack.update(channel, found.ts, notice)
            else:
                self._slack.send(channel, notice)
        except SlackError as error:
            self._failed(error, notice.key)
            return NoticeOutcome(notice, wanted, done=False, code=error.code, message=str(error))
        return NoticeOutcome(notice, wanted, done=True)

    def _failed(self, error: SlackError, key: str = "") -> None:
        self._over = self._over or error.fatal
        self.warnings.append(Shortfall(error.code, f"{key}: {error}" if key else str(error)))


def _not_done(notice: Notice, code: str, message: str) -> NoticeOutcome:
    wanted = deed(notice, None)
    return NoticeOutcome(notice, wanted, done=False if wanted is Deed.SEND else None, code=code, message=message)
